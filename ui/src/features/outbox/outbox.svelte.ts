/** Everything on its way to a portal, as the desk tells it. */
import { Meanwhile } from '../../kit/meanwhile';
import { failureOf, type Platform } from '../../platform';
import type { CommandError, IntentView, OutboxView } from '../../wire/generated';

export class Outbox {
  intents = $state.raw<readonly IntentView[]>([]);
  reachable = $state<boolean | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  readonly #platform: Platform;
  readonly #meanwhile = new Meanwhile<IntentView>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** On its way by itself. */
  get going(): readonly IntentView[] {
    return this.intents.filter(
      ({ state }) => state === 'queued' || state === 'sending' || state === 'unknown',
    );
  }

  /** Waiting for a person. */
  get stuck(): readonly IntentView[] {
    return this.intents.filter(({ state }) => state === 'refused' || state === 'blocked');
  }

  /** Bytes that are still to go. */
  get bytesLeft(): number {
    return this.going.reduce((sum, each) => sum + Math.max(0, each.bytes_total - each.bytes_sent), 0);
  }

  async load(): Promise<void> {
    await this.#take(this.#platform.call('outbox', {}));
  }

  /** Answers whether the desk took it. */
  sendNow(intent: string): Promise<boolean> {
    return this.#take(this.#platform.call('send_now', { intent }));
  }

  cancel(intent: string): Promise<boolean> {
    return this.#take(this.#platform.call('cancel_intent', { intent }));
  }

  /** One intent moved; the order stays as it is until the next full answer. */
  moved(intent: IntentView): void {
    this.#meanwhile.note(intent);
    const known = this.intents.some((each) => each.intent === intent.intent);
    this.intents = known
      ? this.intents.map((each) => (each.intent === intent.intent ? intent : each))
      : [intent, ...this.intents];
  }

  async #take(asked: Promise<OutboxView>): Promise<boolean> {
    try {
      const [view, told] = await this.#meanwhile.during(asked);
      this.intents = view.intents;
      for (const intent of told) this.moved(intent);
      // An answer that does not know yet is older than news that came meanwhile.
      this.reachable = view.reachable ?? this.reachable;
      this.trouble = null;
    } catch (thrown) {
      this.trouble = failureOf(thrown);
    }
    return this.trouble === null;
  }
}
