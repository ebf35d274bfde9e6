/** Somebody else's version and the draft: from the wish to merge them to the one draft that comes of it. */
import { Merging } from '../features/merge/merging.svelte';
import { m } from '../i18n';
import { failureOf } from '../platform';
import type { Newsroom } from './newsroom.svelte';

export class MergeRoom {
  /** What is being merged; null: nothing is. */
  merging = $state.raw<Merging | null>(null);
  readonly #room: Newsroom;

  constructor(room: Newsroom) {
    this.#room = room;
  }

  /** Opens the story with both texts; what is on the screen is on disk before. */
  async begin(story: string, number: number): Promise<void> {
    this.#room.dialog = null;
    if (story !== this.#room.session?.story) await this.#room.open(story);
    const { platform, session, toasts } = this.#room;
    if (session?.story !== story || !session.writable) return;
    if (!(await session.autosave.flush())) {
      toasts.say(m.publish_unsaved(), { tone: 'bad' });
      return;
    }
    try {
      this.merging = new Merging(await platform.call('merge_view', { story, number }));
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  }

  /** Leaves everything as it was. */
  leave = (): void => {
    this.merging = null;
  };

  confirm = async (): Promise<void> => {
    const { merging } = this;
    const { platform, session, toasts } = this.#room;
    if (!merging?.ready || merging.working || session?.story !== merging.view.story) return;
    const { story, revision, counter } = merging.view;
    const choices = [...merging.choices];
    merging.working = true;
    const asked = { story, revision, counter, choices };
    const view = await this.#room.act(() => platform.call('merge_versions', asked));
    merging.working = false;
    if (view) {
      session.restore(view);
      this.leave();
      await this.#room.history?.load();
      toasts.say(m.merge_done(), { tone: 'good' });
    }
    await this.#room.outbox.load();
  };
}
