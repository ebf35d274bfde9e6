/** What waits at the portal's desk, as this machine last heard of it, and the one that is being taken. */
import { failureOf, type Platform } from '../../platform';
import type { CommandError, PortalLack, QueueRow, QueueView } from '../../wire/generated';
import { stepped } from './rows';

export class Queue {
  /** The current portal has a desk: stories can be taken from it, returned and recalled. */
  hasDesk = $state(false);
  rows = $state.raw<readonly QueueRow[]>([]);
  /** Filed, and not taken by anybody. */
  waiting = $state(0);
  /** How many more wait that were written at the portal itself. */
  elsewhere = $state(0);
  /** What the portal does not keep at its desk, the gravest first. */
  lacks = $state.raw<readonly PortalLack[]>([]);
  /** When the portal told so; null before the first time. */
  syncedAt = $state<string | null>(null);
  loading = $state(true);
  /** The portal is being asked. */
  asking = $state(false);
  trouble = $state.raw<CommandError | null>(null);
  /** The row that the arrow keys stand on. */
  cursor = $state<string | null>(null);
  /** The story that is on its way here. */
  taking = $state<string | null>(null);

  readonly #platform: Platform;
  #asked = 0;
  /** The newest answer that was shown: an older one that arrives late is not. */
  #shown = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Oldest filed first, of one section when one is named. */
  of(section: string): readonly QueueRow[] {
    return section === '' ? this.rows : this.rows.filter((row) => row.section === section);
  }

  row(story: string): QueueRow | undefined {
    return this.rows.find((row) => row.story === story);
  }

  /** Moves the cursor among these rows and answers where it stands now. */
  move(rows: readonly QueueRow[], by: number): string | null {
    this.cursor = stepped(rows, this.cursor, by);
    return this.cursor;
  }

  /** What was last heard of. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    this.trouble = await this.#take(
      () => this.#platform.call('list_queue', {}),
      () => asked,
    );
    this.loading = false;
  }

  /** Asks the portal. Answers what went wrong: the rows stay as they were. */
  async refresh(): Promise<CommandError | null> {
    this.asking = true;
    // However long it took, it knows more than what was read here meanwhile.
    const trouble = await this.#take(
      () => this.#platform.call('refresh_queue', {}),
      () => ++this.#asked,
    );
    this.asking = false;
    return trouble;
  }

  async #take(ask: () => Promise<QueueView>, order: () => number): Promise<CommandError | null> {
    try {
      const view = await ask();
      const at = order();
      if (at > this.#shown) this.#show(view);
      this.#shown = Math.max(this.#shown, at);
      return null;
    } catch (thrown) {
      return failureOf(thrown);
    }
  }

  #show({ has_desk, rows, synced_at, elsewhere, lacks }: QueueView): void {
    this.hasDesk = has_desk;
    this.rows = rows;
    this.syncedAt = synced_at;
    this.elsewhere = elsewhere;
    this.lacks = lacks;
    this.waiting = rows.filter(({ desk }) => desk === 'filed').length;
  }
}
