/** What is new in the open story since the person read it here, and when it counts as read. */
import type { StorySession } from '../features/story/session.svelte';
import { m } from '../i18n';
import type { SinceReadView } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';

/** Whoever has a story before them for so long has read it, where nothing in it is new to them. */
const SEEN_AFTER = 3_000;

export class Reading {
  /** How much is new; null until that is known. */
  counted = $state.raw<SinceReadView | null>(null);
  readonly #room: Newsroom;
  #seen: ReturnType<typeof setTimeout> | undefined;

  constructor(room: Newsroom) {
    this.#room = room;
  }

  /**
   * Another story comes onto the screen, and the one before has been read. What is new in a story is not read by its
   * opening: the line that says so would be gone before anybody saw it.
   */
  turn(before: StorySession | null): void {
    clearTimeout(this.#seen);
    if (before) void this.#mark(before);
    this.#seen = setTimeout(() => {
      const { session } = this.#room;
      if (session?.view.unread === null) void this.#mark(session);
    }, SEEN_AFTER);
  }

  /** The window closes, or somebody else sits down at it. */
  async leave(): Promise<void> {
    clearTimeout(this.#seen);
    const { session } = this.#room;
    if (session) await this.#mark(session);
  }

  /** Asked once the story is drawn: both texts are read for it. */
  async count(): Promise<void> {
    this.counted = null;
    const { platform, session } = this.#room;
    const unread = session?.view.unread;
    if (!session || !unread) return;
    try {
      const counted = await platform.call('since_read', { story: session.story });
      if (session === this.#room.session && session.view.unread) this.counted = counted;
    } catch {
      // The line says that something is new, and only not how much.
    }
  }

  /** Shows what is new, word by word. */
  show = (): void => {
    const { session, toasts, versions } = this.#room;
    const unread = session?.view.unread;
    if (unread) void versions.show(session.story, unread.revision, 'draft');
    else if (session) toasts.say(m.since_nothing());
  };

  /** A person says that they know what is new. */
  done = (): void => {
    const { session } = this.#room;
    if (!session) return;
    session.view = { ...session.view, unread: null };
    void this.#mark(session);
  };

  /** A mark that is not kept costs a line too many, and stops nobody. */
  async #mark({ story, autosave }: StorySession): Promise<void> {
    try {
      await this.#room.platform.call('mark_read', { story, counter: autosave.counter });
    } catch {
      // As above.
    }
  }
}
