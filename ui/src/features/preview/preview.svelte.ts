/** The page as readers would get it, following the typing. It reads the text and never writes anything. */
import { failureOf, took, type Platform } from '../../platform';
import type { CommandError, PreviewQuery } from '../../wire/generated';
import { digestsOf, filledIn, type Page } from './page';

type Question = Omit<PreviewQuery, 'known'>;

export class Preview {
  page = $state.raw<Page | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  loading = $state(false);

  readonly #platform: Platform;
  readonly #query: () => Question;
  #waiting = false;
  #stopped = false;
  #running = false;
  #again = false;
  #changedAt = 0;
  #drawnFor = 0;

  constructor(platform: Platform, query: () => Question) {
    this.#platform = platform;
    this.#query = query;
  }

  /** The text changed. Called on every key, so the question waits until the key is on the screen. */
  changed(): void {
    if (this.#changedAt === 0) this.#changedAt = performance.now();
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      // A task after the frame's own work: before it, the key would be drawn later.
      setTimeout(() => {
        this.#waiting = false;
        void this.#ask();
      });
    });
  }

  /** The page now stands on the screen. */
  drawn(): void {
    if (this.#drawnFor > 0) took('khosra:preview', this.#drawnFor);
    this.#drawnFor = 0;
  }

  /** For good: another story is shown now. */
  stop(): void {
    this.#stopped = true;
  }

  /** One question at a time; what changed meanwhile is asked next, and only the last of it. */
  async #ask(): Promise<void> {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.loading = true;
    const since = this.#changedAt;
    this.#changedAt = 0;
    try {
      const known = digestsOf(this.page);
      const view = await this.#platform.call('preview', { ...this.#query(), known });
      const page = filledIn(view, this.page);
      this.#drawnFor = since;
      this.page = page;
      this.trouble = null;
    } catch (thrown) {
      this.trouble = failureOf(thrown);
    }
    this.#running = false;
    this.loading = false;
    if (this.#again) {
      this.#again = false;
      void this.#ask();
    }
  }
}
