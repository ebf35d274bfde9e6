/** The portal's desk as a desk in memory hears of it: what waits there, who has it, what comes back. */
import type {
  Commands,
  Content,
  IntentAct,
  PortalLack,
  QueueRow,
  ReviewView,
  StoryView,
} from '../../src/wire/generated';
import { counts } from './facts';
import { failure } from './failure';
import type { FakeDesk } from './fakeDesk';

type Names = 'list_queue' | 'refresh_queue' | 'take_story' | 'hand_over' | 'return_story' | 'recall_story';

interface Ports {
  view: (story: string) => StoryView;
  send: (story: string, act: IntentAct, to: 'returned' | 'draft') => StoryView;
}

export class FakeQueue {
  hasDesk = true;
  syncedAt: string | null = '2026-11-24T07:58:00Z';
  rows: QueueRow[] = [];
  /** So many wait that were written at the portal itself. */
  elsewhere = 0;
  lacks: PortalLack[] = [];
  /** What the portal has, by story. */
  readonly contents = new Map<string, Content>();
  readonly #desk: FakeDesk;
  readonly #ports: Ports;

  constructor(desk: FakeDesk, ports: Ports) {
    this.#desk = desk;
    this.#ports = ports;
  }

  /** Somebody files a story at the portal. */
  add(content: Content, patch: Partial<QueueRow> = {}): string {
    const story = patch.story ?? `q${this.rows.length + 1}`;
    this.contents.set(story, content);
    this.rows.push({
      story,
      headline: content.headline,
      section: content.section,
      author: 'সালমা খাতুন',
      words: counts(content).words,
      photos: content.photos.length,
      desk: 'filed',
      public: 'never',
      filed_at: '2026-11-24T07:30:00Z',
      held: null,
      ours: false,
      here: false,
      tentative: false,
      notes: 0,
      calls: 0,
      unread: false,
      guards: { legal: null, embargo: null, kill: null },
      ...patch,
    });
    return story;
  }

  /** What changed at the portal came in. */
  tell(): void {
    const waiting = this.rows.filter(({ desk }) => desk === 'filed').length;
    this.#desk.tell({ kind: 'queue_changed', waiting });
  }

  /** The desk gives a story of this machine back, with its own words when it has changed them. */
  giveBack(story: string, review: Partial<ReviewView> = {}, words: Partial<Content> = {}): void {
    const kept = this.#desk.stories.get(story)!;
    kept.review = { by: 'নাসরিন আক্তার', at: this.#desk.now(), reason: 'সূত্র কে?', theirs: null, ...review };
    kept.axes = { ...kept.axes, desk: 'returned' };
    if (Object.keys(words).length > 0) {
      kept.content = { ...kept.content, ...words };
      kept.counter += 1;
    }
    const { headline } = kept.content;
    const { by, reason } = kept.review;
    this.#desk.tell({ kind: 'story_moved', story, axes: kept.axes, public: kept.axes.public });
    this.#desk.tell({ kind: 'returned', story, headline, by, reason });
  }

  readonly commands: { [N in Names]: (args: Commands[N]['args']) => Commands[N]['answer'] } = {
    list_queue: () => this.#view(),
    refresh_queue: () => {
      this.syncedAt = this.#desk.now();
      return this.#view();
    },
    take_story: ({ story, takeover }) => {
      const row = this.rows.find((each) => each.story === story);
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
      if (!row) throw failure('not_found');
      if (row.held && !takeover) return { story: null, held: row.held };
      if (this.#desk.answersNobody) return this.#takeOffline(row);
      Object.assign(row, { desk: 'in_edit', held: null, ours: true, here: true, tentative: false });
      this.#bring(story);
      this.#desk.stories.get(story)!.tentative = null;
      return { story: this.#ports.view(story), held: null };
    },
    hand_over: ({ story }) => {
      const kept = this.#desk.stories.get(story)!;
      Object.assign(kept, {
        tentative: null,
        content: this.contents.get(story),
        counter: kept.counter + 1,
      });
      return this.#ports.view(story);
    },
    return_story: ({ story, reason }) => {
      this.rows = this.rows.filter((row) => row.story !== story);
      const kept = this.#desk.stories.get(story)!;
      kept.review = { by: 'রুমানা', at: this.#desk.now(), reason, theirs: null };
      return this.#ports.send(story, 'return', 'returned');
    },
    recall_story: ({ story }) => {
      const kept = this.#desk.stories.get(story)!;
      const [newest] = kept.deliveries;
      if (newest?.act !== 'file' || newest.state !== 'queued') {
        return this.#ports.send(story, 'recall', 'draft');
      }
      kept.axes = { ...kept.axes, desk: 'draft' };
      this.#desk.moveIntent(story, { state: 'cancelled' });
      return this.#ports.view(story);
    },
  };

  #takeOffline(row: QueueRow): { story: StoryView; held: null } {
    Object.assign(row, { here: true, tentative: true });
    this.#bring(row.story);
    this.#desk.stories.get(row.story)!.tentative = { taken_at: this.#desk.now(), held: null };
    return { story: this.#ports.view(row.story), held: null };
  }

  #bring(story: string): void {
    const { stories } = this.#desk;
    const content = this.contents.get(story)!;
    if (!stories.has(story)) this.#desk.add(content, {}, story);
    const kept = stories.get(story)!;
    kept.axes = { ...kept.axes, desk: 'in_edit' };
  }

  #view() {
    return {
      has_desk: this.hasDesk,
      at_desk: this.hasDesk,
      rows: structuredClone(this.rows),
      synced_at: this.syncedAt,
      elsewhere: this.elsewhere,
      lacks: this.lacks,
    };
  }
}
