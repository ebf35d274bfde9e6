/** The whole window's state: what is open, what was asked, what the desk told. Composes the features. */
import { CaptionHabits } from '../features/captions/kept.svelte';
import { Desk } from '../features/desk/desk.svelte';
import { History } from '../features/inspector/history.svelte';
import { Notes } from '../features/inspector/notes.svelte';
import { Outbox } from '../features/outbox/outbox.svelte';
import { Portals } from '../features/portals/portals.svelte';
import { Preview } from '../features/preview/preview.svelte';
import { Preferences } from '../features/settings/settings.svelte';
import { PhotoIntake } from '../features/story/intake.svelte';
import { StorySession } from '../features/story/session.svelte';
import { StoryTools } from '../features/story/tools.svelte';
import { SvelteSet } from 'svelte/reactivity';
import { confirmedNotice, exact, m, now, sentenceOf } from '../i18n';
import { Meanwhile } from '../kit/meanwhile';
import { Toasts } from '../kit/toasts.svelte';
import { failureOf, type Platform } from '../platform';
import type {
  CommandError,
  DataBudget,
  DeskEvent,
  IntentView,
  PortalView,
  SavedView,
  StartView,
  StoryRow,
  StoryView,
} from '../wire/generated';
import type { Theme } from './appearance';
import { Carrying } from './carrying.svelte';
import { carried, Seat } from './chairs';
import { Layout } from './layout.svelte';
import { MergeRoom } from './mergeroom.svelte';
import { News } from './news';
import { Reading } from './reading.svelte';
import { isFocusFree, isFocusInPanel } from './regions';
import { sectionChoices } from './sections';
import { Taking } from './taking.svelte';
import { Review } from './review';
import { Versions } from './versions';
import { Whereabouts } from './whereabouts.svelte';

export type NewsroomDialog =
  'palette' | 'shortcuts' | 'settings' | 'outbox' | 'sheet' | 'package' | 'places' | 'captions';
export const SETTINGS_TABS = ['general', 'captions', 'portals', 'backups'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** How a story comes into the window: begun just now, opened by the start, or chosen by a person. */
type Entry = 'begun' | 'resumed' | 'chosen';

const VERSION_EVERY = 5 * 60_000;
const REFRESH_PAUSE = 150;

export class Newsroom {
  readonly platform: Platform;
  readonly toasts = new Toasts();
  readonly tools = new StoryTools();
  readonly desk: Desk;
  readonly outbox: Outbox;
  readonly portals: Portals;
  readonly preferences: Preferences;
  readonly layout: Layout;
  readonly captions: CaptionHabits;
  readonly intake: PhotoIntake;
  readonly taking: Taking;
  readonly carrying = new Carrying(this);
  readonly seat = new Seat(this);
  readonly versions = new Versions(this);
  readonly review = new Review(this);
  readonly #news = new News(this);
  readonly reading = new Reading(this);
  readonly merge: MergeRoom;
  readonly whereabouts: Whereabouts;

  start = $state.raw() as StartView;
  session = $state.raw<StorySession | null>(null);
  preview = $state.raw<Preview | null>(null);
  history = $state.raw<History | null>(null);
  notes = $state.raw<Notes | null>(null);
  /** Stories whose set time has passed, and readers do not have them. */
  readonly missed = new SvelteSet<string>();
  /** A story is on its way into the window. */
  opening = $state(false);
  dialog = $state<NewsroomDialog | null>(null);
  settingsTab = $state<SettingsTab>('general');
  /** The colours that the window has. */
  theme = $state<Theme>('light');

  readonly #meanwhile = new Meanwhile<DeskEvent>();
  #asked = 0;
  #versionAt = Date.now();
  #changesAtVersion = 0;
  #refresh: ReturnType<typeof setTimeout> | undefined;

  constructor(platform: Platform, start: StartView) {
    this.platform = platform;
    this.start = start;
    this.desk = new Desk(platform);
    this.outbox = new Outbox(platform);
    this.portals = new Portals(platform, (view) => {
      this.begin(view);
    });
    this.portals.list = start.portals;
    this.preferences = new Preferences(platform, start.settings);
    const habits = carried();
    if (habits) this.preferences.change(habits);
    this.layout = new Layout(start.settings.layout, (layout) => {
      this.preferences.change({ layout });
    });
    this.captions = new CaptionHabits(this.layout.captions, (captions) => {
      this.layout.change({ captions });
    });
    this.intake = new PhotoIntake(platform, {
      // The focus stays, and so does the panel that a person is in: they may be writing on already.
      added: (session) => {
        if (session === this.session && !isFocusInPanel()) this.layout.showTab('photos');
      },
      refused: (error) => {
        this.complain(error);
      },
      known: () => this.toasts.say(m.photos_again()),
    });
    this.taking = new Taking(this);
    this.merge = new MergeRoom(this);
    this.whereabouts = new Whereabouts(this);
  }

  /** Sections as a tree, in the interface's language. */
  get sections() {
    return sectionChoices(this.start.sections, this.preferences.current.language);
  }

  sectionName(slug: string): string {
    return this.sections.find((section) => section.value === slug)?.label ?? slug;
  }

  /** The portal that wants to know again who we are; the one inside the application sees to that by itself. */
  get locked(): { portal: PortalView; waiting: number } | null {
    const { locked } = this.outbox;
    const portal = this.portals.list.find((known) => known.portal === locked?.portal);
    return locked && portal && portal.kind !== 'built_in' ? { portal, waiting: locked.waiting } : null;
  }

  /** The person may take what waits at the portal's desk. */
  get offersQueue(): boolean {
    const { role } = this.start;
    return this.desk.queue.hasDesk && (role === 'editor' || role === 'sub_editor');
  }

  /** Whoever answers for the newsroom reads the morning sheet; without a portal it is this machine's own. */
  get offersSheet(): boolean {
    const { role } = this.start;
    return this.portals.current === null || role === 'editor' || role === 'admin';
  }

  /** By what the portal knows the person. */
  get me(): readonly string[] {
    const user = this.portals.current?.user;
    return user === undefined ? [] : [user];
  }

  /** A start, or a new start on another portal or another store. */
  begin(view: StartView): void {
    this.start = view;
    this.portals.list = view.portals;
    if (!view.first_start) void this.load();
    else if (view.chair !== 'own') void this.seat.furnish();
  }

  /** Lists and outbox; and the newest draft, when nothing is open yet: ready for the next word. */
  async load(): Promise<void> {
    await Promise.all([this.desk.refresh(), this.outbox.load(), this.desk.queue.load()]);
    const newest = this.desk.rows[0];
    if (this.session || !newest) return;
    await this.#enter(() => this.platform.call('open_story', { story: newest.story }), 'resumed');
  }

  async open(story: string): Promise<void> {
    if (story === this.session?.story && !this.opening) {
      this.session.editor?.focus();
      return;
    }
    await this.#enter(() => this.platform.call('open_story', { story }));
  }

  async newStory(): Promise<void> {
    await this.#enter(() => this.platform.call('new_story', {}), 'begun');
    this.desk.list = 'drafts';
    this.desk.queueShown = false;
    this.refreshSoon();
  }

  /** The story stays on the screen until its text is on disk. Answers whether it may go. */
  async leave(): Promise<boolean> {
    const { session } = this;
    if (!session) return true;
    if (!(await session.autosave.flush())) return false;
    if (session.changes > 0) await this.#cut('left');
    return true;
  }

  /** A command on a story that answers with where it stands now. */
  async act(ask: () => Promise<StoryView>): Promise<StoryView | null> {
    try {
      const [view, told] = await this.#meanwhile.during(ask());
      if (view.story === this.session?.story) this.session.adopt(view);
      this.#noteMissed(view);
      for (const event of told) this.session?.hear(event);
      this.refreshSoon();
      return view;
    } catch (thrown) {
      this.complain(failureOf(thrown));
      return null;
    }
  }

  async spike(story: string): Promise<void> {
    if (story === this.session?.story && !(await this.session.autosave.flush())) return;
    const view = await this.act(() => this.platform.call('spike', { story }));
    if (!view) return;
    const undo = { label: m.act_undo(), run: () => void this.unspike(story) };
    this.toasts.say(m.spiked({ headline: view.content.headline || m.row_untitled() }), { act: undo });
  }

  async unspike(story: string): Promise<void> {
    const view = await this.act(() => this.platform.call('unspike', { story }));
    if (view) this.toasts.say(m.unspiked({ headline: view.content.headline || m.row_untitled() }));
  }

  /** Keeps what may be sent in a day. */
  async setBudget(budget: DataBudget): Promise<void> {
    if (!(await this.outbox.setBudget(budget)) && this.outbox.trouble) this.complain(this.outbox.trouble);
  }

  /** One-person mode is on, for the day. */
  get onePerson(): boolean {
    const { until } = this.start.one_person;
    return until !== null && Date.parse(until) > now.current;
  }

  async setOnePerson(on: boolean): Promise<void> {
    try {
      const one_person = await this.platform.call('set_one_person', { on });
      this.start = { ...this.start, one_person };
      const { until } = one_person;
      const said = until === null ? m.one_person_off_toast() : m.one_person_on_toast({ time: exact(until) });
      this.toasts.say(said);
    } catch (thrown) {
      this.complain(failureOf(thrown));
    }
  }

  /** Rows whose words fit. A search that fails finds nothing here; the desk's own search says why. */
  async look(text: string): Promise<readonly StoryRow[]> {
    try {
      return (await this.platform.call('search', { text, limit: 8 })).map((hit) => hit.row);
    } catch {
      return [];
    }
  }

  complain(error: CommandError): void {
    this.toasts.say(sentenceOf(error), { tone: 'bad', detail: error.detail });
  }

  hear(event: DeskEvent): void {
    this.#meanwhile.note(event);
    const before = this.session?.view.axes;
    this.session?.hear(event);
    this.#news.hear(event);
    if (event.kind === 'lists_changed') this.refreshSoon();
    else if (event.kind === 'reachable') this.outbox.reachable = event.reachable;
    else if (event.kind === 'original_moved') this.outbox.originalMoved(event.original);
    else if (event.kind === 'outbox_paused') this.outbox.paused = event.paused;
    else if (event.kind === 'guarantee_tried') this.portals.trials.hear(event);
    else if (event.kind === 'schedule_missed') this.missed.add(event.story);
    else if (event.kind === 'queue_changed') this.taking.queueChanged(event.waiting);
    else if (event.kind === 'returned') this.taking.returned(event);
    else if (event.kind === 'taken_late') this.taking.agreed(event);
    else if (event.kind === 'notes_changed') this.#spoken(event.story);
    else if (event.kind === 'story_moved') {
      if (event.public !== 'scheduled') this.missed.delete(event.story);
      if (event.story !== this.session?.story) return;
      if (event.axes.desk !== before?.desk) void this.lookAgain(event.story, 'words too');
      else if (event.public !== before.public) void this.lookAgain(event.story);
    } else if (event.kind === 'intent_moved') this.#moved(event.intent);
  }

  #spoken(story: string): void {
    if (story === this.session?.story) void this.notes?.load();
    this.refreshSoon();
  }

  #moved(intent: IntentView): void {
    this.outbox.moved(intent);
    const isNew = intent.theirs !== null && intent.story === this.session?.story;
    if (isNew && this.history?.revisions) void this.history.load();
    if (intent.state === 'confirmed') {
      this.toasts.say(confirmedNotice(intent.act, intent.headline || m.row_untitled()), { tone: 'good' });
      this.whereabouts.arrived(intent);
      // Readers have another version, and the story is as public as before: no other word comes of it.
      if (intent.act === 'correct' && intent.story === this.session?.story) void this.lookAgain(intent.story);
    }
    this.refreshSoon();
  }

  #noteMissed({ story, schedule_missed }: Pick<StoryView, 'story' | 'schedule_missed'>): void {
    if (schedule_missed) this.missed.add(story);
    else this.missed.delete(story);
  }

  /**
   * Readers get something else: the page's address and the set time come with the story alone. The desk may have put
   * other words into the draft.
   */
  async lookAgain(story: string, what?: 'words too'): Promise<void> {
    try {
      const [view, told] = await this.#meanwhile.during(this.platform.call('open_story', { story }));
      if (view.story !== this.session?.story) return;
      if (what) await this.taking.meet(view);
      else this.session.adopt(view);
      for (const event of told) this.session.hear(event);
    } catch (thrown) {
      this.complain(failureOf(thrown));
    }
  }

  /** The caption sheet; where there is nothing to caption yet, the place where photos are added. */
  showCaptions(): void {
    if (!this.session) return;
    if (this.session.fields.photos.length > 0) this.dialog = 'captions';
    else this.layout.showTab('photos');
  }

  refreshSoon(): void {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => void this.desk.refresh(), REFRESH_PAUSE);
  }

  /** The newest request wins; one that came too late opens nothing. */
  async #enter(ask: () => Promise<StoryView>, entry: Entry = 'chosen'): Promise<void> {
    const asked = ++this.#asked;
    this.opening = true;
    try {
      if (!(await this.leave())) return;
      const [view, told] = await this.#meanwhile.during(ask());
      if (asked !== this.#asked) return;
      this.#show(view, entry);
      for (const event of told) this.session?.hear(event);
    } catch (thrown) {
      this.complain(failureOf(thrown));
    } finally {
      if (asked === this.#asked) this.opening = false;
    }
  }

  #show(view: StoryView, entry: Entry): void {
    this.notes?.stop();
    this.session?.autosave.stop();
    this.preview?.stop();
    this.#noteMissed(view);
    const session = new StorySession(view, this.platform, (saved) => {
      this.#saved(saved);
    });
    this.preview = new Preview(this.platform, () => ({ story: session.story, content: session.content() }));
    this.history = new History(this.platform, session.story, () => session.content());
    this.notes = new Notes(this.platform, session);
    void this.notes.load();
    this.tools.source = false;
    this.tools.find = false;
    this.tools.close();
    session.takesCaret = this.#caretFor(entry, view.content.body);
    this.layout.previewFull &&= entry !== 'begun';
    this.reading.turn(this.session);
    this.session = session;
    this.desk.cursor = session.story;
    this.#versionAt = Date.now();
    this.#changesAtVersion = 0;
  }

  /** Nobody's focus is taken from where a person put it meanwhile. */
  #caretFor(entry: Entry, body: string): 'headline' | 'text' | null {
    if (entry === 'begun') return 'headline';
    if (entry === 'chosen' || this.dialog !== null || !isFocusFree()) return null;
    return body === '' ? 'headline' : 'text';
  }

  #saved(saved: SavedView): void {
    now.touch();
    this.refreshSoon();
    const changed = (this.session?.changes ?? 0) > this.#changesAtVersion;
    if (changed && Date.parse(saved.saved_at) - this.#versionAt >= VERSION_EVERY) void this.#cut('time');
  }

  async #cut(reason: 'left' | 'time'): Promise<void> {
    const { session, history } = this;
    if (!session) return;
    this.#versionAt = Date.now();
    this.#changesAtVersion = session.changes;
    try {
      const { revisions } = await this.platform.call('cut_revision', { story: session.story, reason });
      if (history?.revisions) history.revisions = revisions;
    } catch (thrown) {
      // The draft itself is on disk: a version less is worth a word, not a stop.
      this.complain(failureOf(thrown));
    }
  }
}
