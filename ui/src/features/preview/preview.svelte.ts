/** The page as readers would get it, following the typing. It reads the text and never writes anything. */
import { failureOf, took, type Platform } from '../../platform';
import type { CommandError, PreviewQuery, SafeHtml } from '../../wire/generated';

/** A pause this short still joins the keys of a fast typist into one page. */
export const PAUSE = 16;
/** Typing may keep the machine from ever being idle; the page does not wait longer than this. */
const IDLE_AT_MOST = 14;

export class Preview {
  html = $state.raw<SafeHtml | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  loading = $state(false);

  readonly #platform: Platform;
  readonly #query: () => PreviewQuery;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #again = false;
  #changedAt = 0;
  #drawnFor = 0;

  constructor(platform: Platform, query: () => PreviewQuery) {
    this.#platform = platform;
    this.#query = query;
  }

  /** The text changed. Called on every key, so it only sets a timer. */
  changed(): void {
    if (this.#changedAt === 0) this.#changedAt = performance.now();
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      whenIdle(() => {
        this.#timer = undefined;
        void this.#ask();
      });
    }, PAUSE);
  }

  /** The page now stands on the screen. */
  drawn(): void {
    if (this.#drawnFor > 0) took('khosra:preview', this.#drawnFor);
    this.#drawnFor = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#again = false;
  }

  /** One question at a time; what changed meanwhile is asked next, and only the last of it. */
  async #ask(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.loading = true;
    const since = this.#changedAt;
    this.#changedAt = 0;
    try {
      const { html } = await this.#platform.call('preview', this.#query());
      this.#drawnFor = since;
      this.html = html;
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

function whenIdle(act: () => void): void {
  // WebKit has no requestIdleCallback; a task after the frame is as near as it gets.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: IDLE_AT_MOST });
  else setTimeout(act, 0);
}
