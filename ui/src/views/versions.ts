/** The open story's versions: looked at, brought back, and fetched from the portal. */
import type { Against } from '../features/inspector/history.svelte';
import { m } from '../i18n';
import { failureOf } from '../platform';
import type { Newsroom } from './newsroom.svelte';

export class Versions {
  readonly #room: Newsroom;

  constructor(room: Newsroom) {
    this.#room = room;
  }

  async restore(number: number): Promise<void> {
    const { history, platform, session, toasts } = this.#room;
    if (!session || !(await session.autosave.flush())) return;
    const restored = { story: session.story, number };
    const view = await this.#room.act(() => platform.call('restore_revision', restored));
    if (!view) return;
    session.restore(view);
    await history?.load();
    toasts.say(m.history_restored({ number: String(number) }), { tone: 'good' });
  }

  /** Opens a story with one of its versions beside it. */
  async show(story: string, number: number, against?: Against): Promise<void> {
    const room = this.#room;
    room.dialog = null;
    if (story !== room.session?.story) await room.open(story);
    if (story !== room.session?.story) return;
    room.layout.showTab('history');
    await room.history?.load();
    await room.history?.view(number, against);
  }

  /** Brings what somebody wrote at the portal into the history. */
  async lookAtPortal(): Promise<void> {
    const { history, platform, session, toasts } = this.#room;
    if (!session) return;
    try {
      const { revision } = await platform.call('look_at_portal', { story: session.story });
      await history?.load();
      toasts.say(revision === null ? m.theirs_none() : m.theirs_found());
      if (revision !== null) await history?.view(revision);
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  }
}
