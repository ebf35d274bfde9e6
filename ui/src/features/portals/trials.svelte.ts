/** Trying what a portal keeps to, one portal at a time; what was found last stays to be read. */
import { failureOf, type Platform } from '../../platform';
import type { CommandError, DeskEvent, GuaranteeView, TrialView } from '../../wire/generated';

/** As many as the desk tries. */
export const GUARANTEES = 20;

export class Trials {
  /** The portal whose trial has to be confirmed: readers could see something of it. */
  asking = $state.raw<string | null>(null);
  /** The portal that is being tried. Closing what shows it does not end it. */
  running = $state.raw<string | null>(null);
  stopping = $state(false);
  /** What was tried by now, in its order. */
  tried = $state.raw<readonly GuaranteeView[]>([]);
  found = $state.raw<{ portal: string; trial: TrialView } | null>(null);
  trouble = $state.raw<{ portal: string; error: CommandError } | null>(null);
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  ask(portal: string): void {
    this.asking = portal;
    this.found = null;
    this.trouble = null;
  }

  async begin(portal: string, publishing: boolean): Promise<void> {
    if (this.running !== null) return;
    this.asking = null;
    this.running = portal;
    this.stopping = false;
    this.tried = [];
    this.found = null;
    this.trouble = null;
    try {
      this.found = { portal, trial: await this.#platform.call('try_portal', { portal, publishing }) };
    } catch (thrown) {
      this.trouble = { portal, error: failureOf(thrown) };
    }
    this.running = null;
  }

  /** The test story is taken away all the same, so the trial ends a little later. */
  async stop(): Promise<void> {
    this.stopping = true;
    try {
      await this.#platform.call('stop_trial', {});
    } catch {
      this.stopping = false;
    }
  }

  hear(event: Extract<DeskEvent, { kind: 'guarantee_tried' }>): void {
    if (event.portal === this.running) this.tried = [...this.tried, event.tried];
  }
}
