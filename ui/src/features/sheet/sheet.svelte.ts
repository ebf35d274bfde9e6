/** The morning sheet of one day, and the days before it. */
import { failureOf, type Platform } from '../../platform';
import type { CommandError, SheetView } from '../../wire/generated';
import { daysBack } from './day';

export class MorningSheet {
  readonly #platform: Platform;
  view = $state.raw<SheetView | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  loading = $state(false);
  /** How many days back; 0 is the last day. */
  back = $state(0);

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** So many days back from now. */
  async show(back: number): Promise<void> {
    this.back = Math.max(0, back);
    this.loading = true;
    try {
      const view = await this.#platform.call('morning_sheet', this.#day());
      this.view = view;
      this.trouble = null;
    } catch (thrown) {
      this.view = null;
      this.trouble = failureOf(thrown);
    } finally {
      this.loading = false;
    }
  }

  #day(): { since?: string; until?: string } {
    if (this.back === 0) return {};
    return daysBack(this.back, Date.now());
  }
}
