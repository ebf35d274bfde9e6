/** The page as readers would get it, following the typing. It reads the text and never writes anything. */
import { failureOf, took, type Platform } from '../../platform';
import type { CommandError, LiveView, PreviewPage, PreviewQuery } from '../../wire/generated';
import { digestsOf, filledIn, type Page } from './page';

type Question = Omit<PreviewQuery, 'known' | 'show'>;

/** How long the text has to rest before it is held against what readers have. */
const REST = 600;

export class Preview {
  page = $state.raw<Page | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  loading = $state(false);
  /** Which page is asked for. */
  show = $state<PreviewPage>('draft');
  /** Of what readers have, beside the page that is shown; null while the draft's is. */
  live = $state.raw<LiveView | null>(null);

  readonly #platform: Platform;
  readonly #query: () => Question;
  #waiting = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #running = false;
  #again = false;
  #changedAt = 0;
  #drawnFor = 0;

  constructor(platform: Platform, query: () => Question) {
    this.#platform = platform;
    this.#query = query;
  }

  /** Another page of the same story; what is shown stays until it has come. */
  choose(show: PreviewPage): void {
    if (show === this.show) return;
    this.show = show;
    this.trouble = null;
    clearTimeout(this.#rest);
    this.#changedAt = 0;
    void this.#ask();
  }

  /**
   * The text changed. Called on every key, so the question waits until the key is on the screen; a comparison waits
   * until the keys have rested, and what readers have does not change by them.
   */
  changed(): void {
    if (this.show === 'draft') this.#follow();
    else if (this.show === 'changes' || this.page === null) this.#askAfterRest();
  }

  /** The page now stands on the screen. */
  drawn(): void {
    if (this.#drawnFor > 0) took('khosra:preview', this.#drawnFor);
    this.#drawnFor = 0;
  }

  /** For good: another story is shown now. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#rest);
  }

  #follow(): void {
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

  #askAfterRest(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#ask(), REST);
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
    const { show } = this;
    this.#changedAt = 0;
    try {
      const known = digestsOf(this.page);
      const view = await this.#platform.call('preview', { ...this.#query(), known, show });
      // Another page was chosen while this one was made.
      if (show === this.show) {
        this.page = filledIn(view, this.page);
        this.live = view.live;
        this.trouble = null;
        this.#drawnFor = since;
      }
    } catch (thrown) {
      if (show === this.show) this.trouble = failureOf(thrown);
    }
    this.#running = false;
    this.loading = false;
    if (this.#again) {
      this.#again = false;
      void this.#ask();
    }
  }
}
