/** Everything on its way to a portal, as the desk tells it. */
import { Meanwhile } from '../../kit/meanwhile';
import { Pace } from '../../kit/pace';
import { failureOf, type Platform } from '../../platform';
import type {
  BudgetView,
  CommandError,
  DataBudget,
  IntentView,
  OriginalView,
  OutboxView,
} from '../../wire/generated';

/** What a person decides on a delivery that another version, or a portal's own way of keeping things, stands before. */
export interface Decisions {
  /** Shows the portal's version in the story's history. */
  see: (intent: IntentView, revision: number) => void;
  /** Makes one draft of it and of ours. */
  merge: (intent: IntentView, revision: number) => void;
  /** Takes it over as the draft. */
  take: (intent: IntentView, revision: number) => void;
  /** Sends ours in its place. */
  over: (intent: IntentView, revision: number) => void;
  /** Takes the differences as they are. */
  accept: (intent: IntentView) => void;
}

export class Outbox {
  intents = $state.raw<readonly IntentView[]>([]);
  /** Originals of photos: behind the stories, and no part of them. */
  originals = $state.raw<readonly OriginalView[]>([]);
  reachable = $state<boolean | null>(null);
  /** A person has stopped everything. */
  paused = $state(false);
  /** What may be sent today; null until the desk has said so. */
  budget = $state.raw<BudgetView | null>(null);
  trouble = $state.raw<CommandError | null>(null);
  readonly #platform: Platform;
  /** What was told, to be put in once more. */
  readonly #meanwhile = new Meanwhile<() => void>();
  /** How fast each of those goes that are being sent. */
  #paces: Readonly<Record<string, Pace>> = {};

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

  /** A portal that takes our key no more, and how many stories wait for it; it stops them all by the first of them. */
  get locked(): { portal: string; waiting: number } | null {
    const at = this.stuck.find(({ cause }) => cause === 'signed_out' || cause === 'no_secret');
    if (!at) return null;
    const { portal } = at;
    const open = [...this.stuck, ...this.going].filter((intent) => intent.portal === portal);
    const stories = open.map(({ story }) => story);
    return { portal, waiting: stories.filter((story, index) => stories.indexOf(story) === index).length };
  }

  /** Bytes that are still to go. */
  get bytesLeft(): number {
    return this.going.reduce((sum, each) => sum + Math.max(0, each.bytes_total - each.bytes_sent), 0);
  }

  /** A story's delivery that is not settled, else its last one. */
  of(story: string): IntentView | null {
    const own = this.intents.filter((intent) => intent.story === story);
    const open = own.find(({ state }) => state !== 'confirmed' && state !== 'cancelled');
    return open ?? own[0] ?? null;
  }

  /** Seconds that a delivery still takes, if it goes on like this; null while nobody knows. */
  secondsLeft({ intent, state, bytes_total }: IntentView, now: number): number | null {
    if (state !== 'sending') return null;
    return this.#paces[intent]?.secondsLeft(bytes_total, now) ?? null;
  }

  async load(): Promise<void> {
    await this.#take(this.#platform.call('outbox', {}));
  }

  /** Answers whether the desk took it. */
  sendNow(intent: string): Promise<boolean> {
    return this.#take(this.#platform.call('send_now', { intent }));
  }

  /** Keeps what may be sent in a day. Answers whether the desk took it. */
  setBudget(budget: DataBudget): Promise<boolean> {
    return this.#take(this.#platform.call('set_data_budget', budget));
  }

  /** Lets everything go that waits for tomorrow. Answers whether the desk took it. */
  liftBudget(): Promise<boolean> {
    return this.#take(this.#platform.call('lift_data_budget', {}));
  }

  publishOver(intent: string, revision: number): Promise<boolean> {
    return this.#take(this.#platform.call('publish_over', { intent, revision }));
  }

  accept(intent: string): Promise<boolean> {
    return this.#take(this.#platform.call('accept_differences', { intent }));
  }

  cancel(intent: string): Promise<boolean> {
    return this.#take(this.#platform.call('cancel_intent', { intent }));
  }

  /** Stops everything, or lets it go on. Answers whether the desk took it. */
  pause(paused: boolean): Promise<boolean> {
    return this.#take(this.#platform.call('pause_outbox', { paused }));
  }

  /** One intent moved; the order stays as it is until the next full answer. */
  moved(intent: IntentView): void {
    this.#meanwhile.note(() => {
      this.#put(intent);
    });
    this.#put(intent);
  }

  /** One original moved. */
  originalMoved(original: OriginalView): void {
    this.#meanwhile.note(() => {
      this.#putOriginal(original);
    });
    this.#putOriginal(original);
  }

  #putOriginal(original: OriginalView): void {
    const others = this.originals.filter(({ intent }) => intent !== original.intent);
    const known = others.length < this.originals.length;
    if (original.state === 'cancelled') this.originals = others;
    else if (!known) this.originals = [...others, original];
    else this.originals = this.originals.map((each) => (each.intent === original.intent ? original : each));
  }

  #put(intent: IntentView): void {
    this.#measure(intent);
    const known = this.intents.some((each) => each.intent === intent.intent);
    this.intents = known
      ? this.intents.map((each) => (each.intent === intent.intent ? intent : each))
      : [intent, ...this.intents];
  }

  #measure({ intent, state, bytes_sent }: IntentView): void {
    const { [intent]: pace = new Pace(), ...others } = this.#paces;
    if (state === 'sending') {
      pace.note(bytes_sent, Date.now());
      this.#paces = { ...others, [intent]: pace };
    } else {
      this.#paces = others;
    }
  }

  async #take(asked: Promise<OutboxView>): Promise<boolean> {
    try {
      const [view, told] = await this.#meanwhile.during(asked);
      this.intents = view.intents;
      this.originals = view.originals;
      for (const again of told) again();
      // An answer that does not know yet is older than news that came meanwhile.
      this.reachable = view.reachable ?? this.reachable;
      this.paused = view.paused;
      this.budget = view.budget;
      this.trouble = null;
    } catch (thrown) {
      this.trouble = failureOf(thrown);
    }
    return this.trouble === null;
  }
}
