/**
 * Keeps the draft on disk while it is written. A save takes a snapshot and never writes back; "saved" is
 * said only of an answer that names the very save that was sent.
 */
import { failureOf } from '../../platform';
import type { CommandError, SaveDraft, SavedView } from '../../wire/generated';

export interface AutosavePorts {
  /** The content and its undo history. They go together: a history fits no other text than its own. */
  snapshot(): Pick<SaveDraft, 'content' | 'undo'>;
  save(draft: SaveDraft): Promise<SavedView>;
  /** The content is on disk. `current`: nothing has changed since. */
  onSaved(view: SavedView, current: boolean): void;
}

/** `late`: the disk has not answered for longer than anybody should believe it will. */
export type SaveTrouble = { kind: 'failed'; error: CommandError; retryAt: number } | { kind: 'late' };

export const IDLE = 400;
export const AT_MOST = 1_000;
export const LATE = 3_000;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;

type Timer = ReturnType<typeof setTimeout>;

export class Autosave {
  /** When the last save reached the disk; the disk's own word. */
  savedAt = $state('');
  saving = $state(false);
  trouble = $state.raw<SaveTrouble | null>(null);
  /** The counter of what is on disk. */
  counter = $state(0);

  #unsaved = false;
  /** Turns of `#unsaved` that were told to what is drawn. */
  #told = $state(0);
  readonly #story: string;
  readonly #ports: AutosavePorts;
  #sent: number;
  #running: Promise<void> | null = null;
  /** A save fell due while another was in flight. */
  #again = false;
  #idle: Timer | undefined;
  #limit: Timer | undefined;
  #retry: Timer | undefined;
  #failures = 0;

  constructor(story: string, saved: { counter: number; saved_at: string }, ports: AutosavePorts) {
    this.#story = story;
    this.#ports = ports;
    this.#sent = saved.counter;
    this.counter = saved.counter;
    this.savedAt = saved.saved_at;
  }

  /** Something was written that is not on disk. */
  get dirty(): boolean {
    return this.#told >= 0 && this.#unsaved;
  }

  /** Something changed. Called on every key, so it only sets timers: that it is unsaved is drawn after the key. */
  touch(): void {
    if (!this.#unsaved) setTimeout(this.#tell);
    this.#unsaved = true;
    if (this.#failures > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(this.#due, IDLE);
    this.#limit ??= setTimeout(this.#due, AT_MOST);
  }

  /** Saves until nothing is left to save. Answers whether everything is on disk. */
  async flush(): Promise<boolean> {
    if (this.#running) await this.#running;
    if (this.dirty) await this.#save();
    return !this.dirty && this.trouble === null;
  }

  /** Tries again at once, because a person asked. */
  async retry(): Promise<void> {
    clearTimeout(this.#retry);
    await this.flush();
  }

  /** Takes over what the desk says is on disk, after a command that wrote. */
  adopt(saved: { counter: number; saved_at: string }): void {
    this.#sent = Math.max(this.#sent, saved.counter);
    this.counter = Math.max(this.counter, saved.counter);
    this.savedAt = saved.saved_at;
  }

  /** No timer outlives the story on the screen. */
  stop(): void {
    this.#clearTimers();
    clearTimeout(this.#retry);
  }

  readonly #tell = (): void => {
    this.#told += 1;
  };

  readonly #due = (): void => {
    this.#clearTimers();
    if (this.#running) this.#again = true;
    else if (this.dirty) void this.#save();
  };

  #save(): Promise<void> {
    this.#clearTimers();
    clearTimeout(this.#retry);
    this.#again = false;
    this.#running = this.#send().finally(() => {
      this.#running = null;
      this.saving = false;
      if (this.#again) this.#due();
    });
    return this.#running;
  }

  async #send(): Promise<void> {
    const counter = ++this.#sent;
    const draft = { story: this.#story, counter, ...this.#ports.snapshot() };
    this.#unsaved = false;
    this.#tell();
    this.saving = true;
    const watch = setTimeout(() => {
      this.trouble ??= { kind: 'late' };
    }, LATE);
    try {
      this.#settle(counter, await this.#ports.save(draft));
    } catch (thrown) {
      this.#fail(failureOf(thrown));
    } finally {
      clearTimeout(watch);
    }
  }

  #settle(counter: number, view: SavedView): void {
    this.#failures = 0;
    this.trouble = null;
    this.#sent = Math.max(this.#sent, view.counter);
    if (view.counter !== counter) {
      // Another window was ahead of us: what we hold is not what is on disk.
      this.touch();
      return;
    }
    this.counter = view.counter;
    this.savedAt = view.saved_at;
    this.#ports.onSaved(view, !this.dirty);
  }

  #fail(error: CommandError): void {
    this.#unsaved = true;
    this.#tell();
    const wait = Math.min(FIRST_RETRY * 2 ** this.#failures, LAST_RETRY);
    this.#failures += 1;
    this.#again = false;
    this.trouble = { kind: 'failed', error, retryAt: Date.now() + wait };
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (!this.#running) void this.#save();
    }, wait);
  }

  #clearTimers(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#limit);
    this.#limit = undefined;
  }
}
