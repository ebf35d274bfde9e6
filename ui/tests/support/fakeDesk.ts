/** A desk in memory behind the platform's port: in tests of the window only the shell is absent. */
import type { Answer, Arguments, CommandName, PhotoFile, Platform } from '../../src/platform';
import type {
  AttachedView,
  Axes,
  BudgetView,
  Chair,
  CommandError,
  Commands,
  Content,
  DeskEvent,
  IntentAct,
  IntentView,
  OutboxView,
  PackageView,
  ReviewView,
  Revision,
  SavedView,
  Settings,
  StartView,
  StoryRow,
  StoryView,
  TentativeView,
  UnreadView,
} from '../../src/wire/generated';
import { AFTER, counts, findings, hitOf, listPage, waiting } from './facts';
import { failure } from './failure';
import { FakeGuards, FREE } from './fakeGuards';
import { FakeNotes } from './fakeNotes';
import { FakePackages } from './fakePackages';
import { FakeQueue } from './fakeQueue';
import { FakeReaders } from './fakeReaders';
import { FakeVersions } from './fakeVersions';
import { blank, FILE, SECTIONS } from './stories';

export const AT = '2026-11-24T08:00:00Z';
const DRAFT: Axes = {
  desk: 'draft',
  approval: null,
  fallen: null,
  delivery: null,
  public: 'never',
  guards: FREE,
  elsewhere: false,
};

export interface Kept {
  content: Content;
  counter: number;
  saved_at: string;
  axes: Axes;
  deliveries: IntentView[];
  revisions: { revision: Revision; content: Content }[];
  public_url: string | null;
  live_at: string | null;
  schedule_missed: boolean;
  /** Readers have another text. */
  differs: boolean;
  review: ReviewView | null;
  unread: UnreadView | null;
  tentative: TentativeView | null;
}

type Answers = { [N in CommandName]?: (args: Arguments<N>) => Answer<N> | Promise<Answer<N>> };

export { failure };

export class FakeDesk implements Platform {
  apple = false;
  now = () => AT;
  settings: Settings = {
    language: 'bn',
    appearance: 'light',
    text_size: 100,
    byline: '',
    notices: true,
    layout: '',
  };
  firstStart = false;
  chair: Chair = 'own';
  /** How often the window was begun anew. */
  begunAnew = 0;
  role: StartView['role'] = 'editor';
  onePerson: StartView['one_person'] = { newsroom: true, until: null, by: '' };
  paused = false;
  /** The portal cannot be reached. */
  answersNobody = false;
  budget: BudgetView = {
    mobile: false,
    daily_mb: null,
    originals: 'unmetered',
    sent_today: 0,
    waiting: 0,
    until: AT,
  };
  originals: OutboxView['originals'] = [];
  portals: StartView['portals'] = [
    {
      portal: 'p1',
      name: 'নমুনা দৈনিক',
      kind: 'built_in',
      url: 'http://127.0.0.1:4000',
      user: 'editor',
      current: true,
      tells_changes: true,
      keeps_originals: true,
      holds_back: true,
      lacks: [],
    },
  ];
  store: StartView['store'] = { kind: 'fine' };
  readonly stories = new Map<string, Kept>();
  readonly guards = new FakeGuards({
    guards: (story) => this.#story(story).axes.guards,
    set: (story, axes) => this.#set(story, axes),
    now: () => this.now(),
    alone: () => this.onePerson.newsroom,
  });
  readonly calls: { name: string; args: unknown }[] = [];
  /** What the next calls of a name throw. */
  readonly failing = new Map<string, CommandError>();
  /** Answers that a test gives in place of the desk's own. */
  readonly answers: Answers = {};
  pictures: (id: string) => string = () => '';
  photoFailure: CommandError | null = null;
  mayClose: (() => Promise<boolean>) | null = null;
  readonly queue = new FakeQueue(this, {
    view: (story) => this.#view(story),
    send: (story, act, to) => this.#send(story, act, {}, to),
  });
  readonly packages = new FakePackages();
  readonly readers = new FakeReaders(() => this.now());
  readonly notes = new FakeNotes(() => this.now());
  readonly versions = new FakeVersions(this, {
    story: (story) => this.#story(story),
    view: (story) => this.#view(story),
  });
  #listeners = new Set<(event: DeskEvent) => void>();
  #next = 1;

  add(content: Content, patch: Partial<Kept> = {}, story = `s${this.#next++}`): string {
    const kept = {
      counter: 1,
      saved_at: this.now(),
      axes: DRAFT,
      deliveries: [],
      revisions: [],
      public_url: null,
      live_at: null,
      schedule_missed: false,
      differs: false,
      review: null,
      unread: null,
      tentative: null,
    };
    this.stories.set(story, { ...kept, content, ...patch });
    return story;
  }

  tell(event: DeskEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** The story's delivery moves, as the outbox worker would tell it. */
  moveIntent(story: string, patch: Partial<IntentView>): IntentView {
    const kept = this.#story(story);
    const intent = { ...kept.deliveries[0]!, ...patch };
    kept.deliveries = [intent, ...kept.deliveries.slice(1)];
    kept.axes = { ...kept.axes, delivery: intent.state };
    if (intent.state === 'confirmed') {
      const readers = AFTER[intent.act] ?? kept.axes.public;
      kept.axes = { ...kept.axes, public: readers };
      kept.public_url = readers === 'live' ? intent.public_url : null;
      kept.live_at = readers === 'scheduled' ? intent.live_at : null;
    }
    this.tell({ kind: 'intent_moved', intent });
    this.tell({ kind: 'story_moved', story, axes: kept.axes, public: kept.axes.public });
    return intent;
  }

  /** The portal lets the set time of a story pass. */
  missSchedule(story: string): void {
    const kept = this.#story(story);
    kept.schedule_missed = true;
    this.tell({ kind: 'schedule_missed', story, headline: kept.content.headline });
  }

  async call<N extends CommandName>(name: N, args: Arguments<N>): Promise<Answer<N>> {
    this.calls.push({ name, args: structuredClone(args) });
    await Promise.resolve();
    const error = this.failing.get(name);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
    if (error) throw error;
    const own = this.answers[name];
    if (own) return own(args);
    return this.#commands[name](args);
  }

  async attachPhoto(_story: string, file: PhotoFile): Promise<AttachedView> {
    await Promise.resolve();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
    if (this.photoFailure) throw this.photoFailure;
    const id = file.name
      .replace(/[^0-9a-f]/g, '')
      .padEnd(64, '0')
      .slice(0, 64);
    const facts = { media_type: 'image/jpeg', width: 1600, height: 1067, size: 412_000, had_location: true };
    return { photo: { id, name: file.name, ...facts }, caption: '', credit: '' };
  }

  openPackage(_: Uint8Array, trust: string | null): Promise<PackageView> {
    return this.packages.open(trust);
  }

  photoUrl(id: string): string {
    return this.pictures(id);
  }

  onDesk(listener: (event: DeskEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  beginAnew(): void {
    this.begunAnew += 1;
  }

  onClose(mayClose: () => Promise<boolean>): () => void {
    this.mayClose = mayClose;
    return () => (this.mayClose = null);
  }

  readonly #commands: { [N in CommandName]: (args: Commands[N]['args']) => Commands[N]['answer'] } = {
    start: () => this.#start(),
    save_settings: (settings) => {
      this.settings = settings;
      return {};
    },
    list_stories: ({ list, section }) => listPage(this.#rows(), list, section),
    search: ({ text }) =>
      this.#rows()
        .filter(({ story }) => JSON.stringify(this.#story(story).content).includes(text))
        .map((row) => hitOf(row, this.#story(row.story).content, text)),
    new_story: () => this.#view(this.add({ ...blank(), byline: this.settings.byline })),
    open_story: ({ story }) => this.#view(story),
    save_draft: ({ story, counter, content }) => {
      const kept = this.#story(story);
      if (counter > kept.counter) Object.assign(kept, { content, counter, saved_at: this.now() });
      const { approval } = kept.axes;
      if (approval) kept.axes = { ...kept.axes, desk: 'in_edit', approval: null, fallen: approval };
      return this.#saved(story);
    },
    ...this.versions.commands,
    story_log: () => [],
    ...this.readers.commands,
    spike: ({ story }) => this.#set(story, { desk: 'spiked' }),
    unspike: ({ story }) => this.#set(story, { desk: 'draft' }),
    publish: ({ story, send_until }) => {
      const act = this.#story(story).axes.public === 'live' ? 'correct' : 'publish';
      return this.#send(story, act, { send_until: send_until ?? null });
    },
    approve: ({ story }) => {
      const alone = this.onePerson.until !== null;
      const approval = { version: 'v', by: 'রুমানা', at: this.now(), alone, sent: false };
      return this.#set(story, { desk: 'approved', approval, fallen: null });
    },
    set_one_person: ({ on }) => {
      const until = on ? new Date(Date.parse(this.now()) + 3_600_000).toISOString() : null;
      this.onePerson = { newsroom: false, until, by: on ? 'রুমানা' : '' };
      return this.onePerson;
    },
    file: ({ story }) => this.#send(story, 'file', {}, 'filed'),
    schedule: ({ story, at }) => this.#send(story, 'schedule', { live_at: at, send_until: at }),
    withdraw: ({ story }) => this.#send(story, 'withdraw', {}, null),
    kill: ({ story }) => this.#send(story, 'kill', {}, null),
    ...this.guards.commands,
    ...this.queue.commands,
    ...this.notes.commands,
    pause_outbox: ({ paused }) => {
      this.paused = paused;
      this.tell({ kind: 'outbox_paused', paused });
      return this.#outbox();
    },
    set_data_budget: (budget) => {
      this.budget = { ...this.budget, ...budget };
      return this.#outbox();
    },
    lift_data_budget: () => {
      this.budget = { ...this.budget, waiting: 0 };
      return this.#outbox();
    },
    outbox: () => this.#outbox(),
    send_now: () => this.#outbox(),
    look_at_portal: () => ({ revision: null }),
    accept_theirs: ({ intent, revision }) => {
      const story = this.#storyOf(intent);
      const kept = this.#story(story);
      kept.content = this.versions.content(story, revision);
      kept.counter += 1;
      this.moveIntent(story, { state: 'cancelled', cause: null, theirs: null });
      return this.#view(story);
    },
    publish_over: ({ intent }) => {
      this.moveIntent(this.#storyOf(intent), { state: 'queued', cause: null, theirs: null });
      return this.#outbox();
    },
    accept_differences: ({ intent }) => {
      const accepted = { by: 'রুমানা', at: this.now() };
      this.moveIntent(this.#storyOf(intent), {
        state: 'confirmed',
        cause: null,
        acceptable: false,
        accepted,
      });
      return this.#outbox();
    },
    cancel_intent: ({ intent }) => {
      const story = [...this.stories].find(([, kept]) => kept.deliveries[0]?.intent === intent)?.[0];
      if (story) this.moveIntent(story, { state: 'cancelled' });
      return this.#outbox();
    },
    list_portals: () => ({ portals: this.portals }),
    use_built_in_portal: () => {
      this.firstStart = false;
      return this.#start();
    },
    add_portal: ({ name, kind, url, user }) => {
      this.firstStart = false;
      this.portals = [
        {
          portal: 'p2',
          name,
          kind,
          url,
          user,
          current: true,
          tells_changes: true,
          keeps_originals: kind === 'native',
          holds_back: true,
          lacks: [],
        },
      ];
      return this.#start();
    },
    choose_portal: () => this.#start(),
    remove_portal: ({ portal }) => {
      this.portals = this.portals.filter((each) => each.portal !== portal);
      return this.#start();
    },
    check_portal: () => ({
      name: 'Dainik',
      version: '1.0',
      account: 'editor',
      role: 'editor',
      sections: SECTIONS,
    }),
    sit_down: ({ chair }) => {
      this.chair = chair;
      return {};
    },
    try_portal: () => ({ story: 's-test', guarantees: [], skew_seconds: 0, left_over: null, photo: null }),
    stop_trial: () => ({}),
    open_public_page: () => ({}),
    package_key: () => this.packages.key(),
    save_package: () => this.packages.save(),
    leave_package: () => this.packages.leave(),
    show_notice: () => ({}),
    rescue_text: () => ({ path: '/elsewhere/khosra-rescue.md' }),
    list_backups: () => ({ backups: [] }),
    backup_now: () => ({ path: '/elsewhere/khosra.backup' }),
    restore_backup: () => this.#start(),
  };

  #start(): StartView {
    const { settings, firstStart: first_start, portals, store, role, chair, onePerson: one_person } = this;
    const known = { settings, first_start, portals, store, role, chair, one_person };
    return { ...known, sections: SECTIONS, version: '0.1.0' };
  }

  #story(story: string): Kept {
    const kept = this.stories.get(story);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
    if (!kept) throw failure('not_found');
    return kept;
  }

  /** The story whose newest delivery this is. */
  #storyOf(intent: string): string {
    const found = [...this.stories].find(([, kept]) => kept.deliveries[0]?.intent === intent);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the wire rejects with plain data
    if (!found) throw failure('not_found');
    return found[0];
  }

  #saved(story: string): SavedView {
    const { counter, saved_at, content, axes, differs } = this.#story(story);
    const facts = { findings: findings(content), counts: counts(content), differs_from_live: differs };
    return { counter, saved_at, axes, ...facts };
  }

  #view(story: string): StoryView {
    const { content, deliveries, public_url, live_at, schedule_missed, review, unread, tentative } =
      this.#story(story);
    const photos = content.photos.map(({ id }) => ({ id, ...FILE }));
    const stands = { deliveries, public_url, live_at, schedule_missed, review, unread, tentative };
    return { story, content, undo: null, photos, ...stands, ...this.#saved(story) };
  }

  #set(story: string, axes: Partial<Axes>): StoryView {
    const kept = this.#story(story);
    kept.axes = { ...kept.axes, ...axes };
    return this.#view(story);
  }

  /** Taking down leaves the desk's state as it is. */
  #send(
    story: string,
    act: IntentAct,
    patch: Partial<IntentView>,
    to: Axes['desk'] | null = 'approved',
  ): StoryView {
    const kept = this.#story(story);
    kept.schedule_missed = false;
    const { headline } = kept.content;
    const known = {
      intent: `i-${story}-${kept.deliveries.length}`,
      story,
      headline,
      act,
      asked_at: this.now(),
    };
    const intent: IntentView = { ...waiting(known), ...patch };
    kept.deliveries.unshift(intent);
    return this.#set(story, { desk: to ?? kept.axes.desk, delivery: 'queued', fallen: null });
  }

  #outbox(): OutboxView {
    const intents = [...this.stories.values()].flatMap((kept) => kept.deliveries);
    return { intents, originals: this.originals, reachable: true, paused: this.paused, budget: this.budget };
  }

  #rows(): StoryRow[] {
    return [...this.stories].map(([story, { content, axes, saved_at, differs, unread }]) => ({
      story,
      headline: content.headline,
      section: content.section,
      axes,
      byline: content.byline,
      words: counts(content).words,
      photos: content.photos.length,
      changed_at: saved_at,
      differs_from_live: differs,
      notes: this.notes.open(story),
      calls: this.notes.calls(story),
      unread: unread !== null,
    }));
  }
}
