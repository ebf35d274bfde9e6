/** How the person likes the window. A change shows at once and is kept a moment later. */
import { failureOf, type Platform } from '../../platform';
import type { BackupView, CommandError, Settings } from '../../wire/generated';

const PAUSE = 300;
export const TEXT_SIZES = { least: 80, most: 200, step: 10 } as const;

export class Preferences {
  current = $state.raw() as Settings;
  backups = $state.raw<readonly BackupView[] | null>(null);
  busy = $state(false);
  trouble = $state.raw<CommandError | null>(null);
  readonly #platform: Platform;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(platform: Platform, settings: Settings) {
    this.#platform = platform;
    this.current = settings;
  }

  change(patch: Partial<Settings>): void {
    this.current = { ...this.current, ...patch };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  resize(by: number): void {
    const { least, most } = TEXT_SIZES;
    const size = by === 0 ? 100 : this.current.text_size + by;
    this.change({ text_size: Math.min(most, Math.max(least, size)) });
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#try(() => this.#platform.call('save_settings', this.current));
  }

  async loadBackups(): Promise<void> {
    const view = await this.#try(() => this.#platform.call('list_backups', {}));
    if (view) this.backups = view.backups;
  }

  /** Answers where the backup is; null when it failed. */
  async backUp(): Promise<string | null> {
    const file = await this.#try(() => this.#platform.call('backup_now', {}));
    if (file) await this.loadBackups();
    return file?.path ?? null;
  }

  async #try<T>(act: () => Promise<T>): Promise<T | null> {
    this.busy = true;
    try {
      const answer = await act();
      this.trouble = null;
      return answer;
    } catch (thrown) {
      this.trouble = failureOf(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }
}
