/** The desk's lists: which one is shown, its rows as far as they are loaded, and the search over everything. */
import { failureOf, type Platform } from '../../platform';
import { Queue } from './queue.svelte';
import { stepped } from './rows';
import type { CommandError, Counts, DeskList, SearchHit, StoryRow } from '../../wire/generated';

/** In the order of the window. */
export const LISTS: readonly DeskList[] = [
  'drafts',
  'sent',
  'returned',
  'scheduled',
  'published',
  'outbox',
  'trash',
];
const PAGE = 100;
const HITS = 50;
const SEARCH_PAUSE = 60;

export class Desk {
  list = $state<DeskList>('drafts');
  /** What waits at the portal's desk stands in place of the list. */
  queueShown = $state(false);
  section = $state('');
  rows = $state.raw<readonly StoryRow[]>([]);
  counts = $state.raw<Counts>({
    drafts: 0,
    sent: 0,
    returned: 0,
    scheduled: 0,
    published: 0,
    outbox: 0,
    trash: 0,
  });
  loading = $state(true);
  trouble = $state.raw<CommandError | null>(null);
  query = $state('');
  hits = $state.raw<readonly SearchHit[] | null>(null);
  /** The row that the arrow keys stand on. */
  cursor = $state<string | null>(null);

  readonly queue: Queue;
  readonly #platform: Platform;
  #next: string | null = null;
  /** Only the newest question's answer is shown. */
  #asked = 0;
  #searched = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.queue = new Queue(platform);
  }

  /** What is on the screen: hits while searching, else the list. */
  get shown(): readonly StoryRow[] {
    return this.hits?.map((hit) => hit.row) ?? this.rows;
  }

  async show(list: DeskList): Promise<void> {
    if (list !== this.list) this.rows = [];
    this.list = list;
    this.queueShown = false;
    this.query = '';
    this.hits = null;
    await this.refresh();
  }

  async showQueue(): Promise<void> {
    this.queueShown = true;
    this.query = '';
    this.hits = null;
    await this.queue.load();
  }

  async filter(section: string): Promise<void> {
    this.section = section;
    this.rows = [];
    await this.refresh();
  }

  /** The list anew, as long as it already was. */
  async refresh(): Promise<void> {
    await this.#load(null, Math.min(200, Math.max(PAGE, this.rows.length)));
  }

  /** The next page, when there is one and it is not on its way. */
  async more(): Promise<void> {
    if (this.#next !== null && !this.loading) await this.#load(this.#next, PAGE);
  }

  search(text: string): void {
    this.query = text;
    clearTimeout(this.#pause);
    if (text.trim() === '') {
      this.#searched += 1;
      this.hits = null;
      return;
    }
    this.#pause = setTimeout(() => void this.#look(text), SEARCH_PAUSE);
  }

  /** Moves the cursor by rows and answers where it stands now. */
  move(by: number): string | null {
    this.cursor = stepped(this.shown, this.cursor, by);
    return this.cursor;
  }

  async #load(after: string | null, limit: number): Promise<void> {
    const asked = ++this.#asked;
    this.loading = true;
    const query = { list: this.list, section: this.section || null, limit, after };
    try {
      const view = await this.#platform.call('list_stories', query);
      if (asked !== this.#asked) return;
      this.rows = after === null ? view.rows : [...this.rows, ...view.rows];
      this.#next = view.next;
      this.counts = view.counts;
      this.trouble = null;
    } catch (thrown) {
      if (asked === this.#asked) this.trouble = failureOf(thrown);
    } finally {
      if (asked === this.#asked) this.loading = false;
    }
  }

  async #look(text: string): Promise<void> {
    const searched = ++this.#searched;
    try {
      const hits = await this.#platform.call('search', { text, limit: HITS });
      if (searched === this.#searched) this.hits = hits;
    } catch (thrown) {
      if (searched === this.#searched) this.trouble = failureOf(thrown);
    }
  }
}
