/** The way of the open story to its readers: asked for, confirmed, sent, taken back, looked at. */
import {
  furtherWays,
  isUnsent,
  readiness,
  refusal,
  type FurtherWay,
  type PublishFacts,
  type Readiness,
} from '../features/story/publishing';
import type { StoryPorts } from '../features/story/ports';
import { asText } from '../features/inspector/history.svelte';
import type { Decisions } from '../features/outbox/outbox.svelte';
import { atWhen, count, m, now } from '../i18n';
import { failureOf } from '../platform';
import type { IntentView, Notice, OriginalView, StoryView } from '../wire/generated';
import type { Newsroom } from './newsroom.svelte';
import { goToFindings } from './places';

interface Saved {
  story: string;
  counter: number;
}
/** They are about the story, whatever is on the screen: nothing has to be on disk before. */
const UNTOUCHED: readonly FurtherWay[] = ['withdraw', 'kill', 'flag', 'clear_flag', 'call_off_kill'];
type Said = (story: { headline: string }) => string;

export class Press implements StoryPorts {
  readonly #room: Newsroom;
  readonly attach: () => void;
  /** Lets a person choose a package. */
  readonly openPackage: () => void;

  constructor(room: Newsroom, choosers: { photo: () => void; package: () => void }) {
    this.#room = room;
    this.attach = choosers.photo;
    this.openPackage = choosers.package;
  }

  get ready(): Readiness {
    const facts = this.#facts;
    return facts ? readiness(facts) : { kind: 'not_yet', way: 'publish', reason: '', go: 'wait' };
  }

  /** What is allowed beside the one button. */
  get ways(): readonly FurtherWay[] {
    const facts = this.#facts;
    return facts && this.#room.session?.writable ? furtherWays(facts) : [];
  }

  get #facts(): PublishFacts | null {
    const { desk, session, portals, start } = this.#room;
    if (!session) return null;
    const { autosave, view } = session;
    return {
      view,
      role: start.role,
      saved: !autosave.dirty,
      failing: autosave.trouble !== null,
      hasPortal: portals.current !== null,
      hasDesk: desk.queue.hasDesk,
    };
  }

  /** Asks for confirmation, or leads to what stands in the way. */
  publish = (): void => {
    void this.#askToPublish();
  };

  /** Asks what a further way needs to know, or says why it is closed. */
  further = (way: FurtherWay): void => {
    void this.#askFurther(way);
  };

  confirmPublish = async (within: number | null, notice: Notice | null): Promise<void> => {
    const { platform, tools } = this.#room;
    const limit = within === null ? {} : { send_until: ahead(within) };
    const order = { ...limit, ...(notice && { notice }), ...this.#overFallen };
    await this.#send((saved) => platform.call('publish', { ...saved, ...order }), m.publish_queued_toast);
    tools.close();
  };

  confirmFile = async (): Promise<void> => {
    const { platform, tools } = this.#room;
    await this.#send((saved) => platform.call('file', saved), m.file_queued_toast);
    tools.close();
  };

  confirmSchedule = async (at: string): Promise<boolean> => {
    const { platform, tools } = this.#room;
    const said = ({ headline }: { headline: string }) =>
      m.schedule_queued_toast({ headline, time: atWhen(at, now.current) });
    const taken = await this.#send(
      (saved) => platform.call('schedule', { ...saved, at, ...this.#overFallen }),
      said,
    );
    if (taken) tools.close();
    return taken;
  };

  confirmDown = async (act: 'withdraw' | 'kill', reason: string, glass: boolean): Promise<boolean> => {
    const { session, platform, tools } = this.#room;
    if (!session) return false;
    const asked = { story: session.story, reason, ...(glass && { breaks_glass: true }) };
    const taken = await this.#ask(() => platform.call(act, asked), m.down_queued_toast);
    if (taken) tools.close();
    return taken;
  };

  confirmGuard = async (act: 'flag' | 'clear_flag', reason: string, glass: boolean): Promise<boolean> => {
    const { session, platform, tools } = this.#room;
    if (!session) return false;
    const asked = { story: session.story, reason };
    const taken = await this.#ask(
      () =>
        act === 'flag'
          ? platform.call('flag_story', asked)
          : platform.call('clear_flag', { ...asked, ...(glass && { breaks_glass: true }) }),
      (story) => {
        if (act === 'flag') return m.flag_done_toast(story);
        return session.view.axes.guards.legal ? m.clear_asked_toast(story) : m.clear_done_toast(story);
      },
    );
    if (taken) tools.close();
    return taken;
  };

  /** Until when readers do not get the story; null takes that away. */
  setEmbargo = (until: string | null): void => {
    const { session, platform } = this.#room;
    if (!session) return;
    const { story } = session;
    if (until === null)
      void this.#ask(() => platform.call('lift_embargo', { story }), m.embargo_lifted_toast);
    else
      void this.#ask(
        () => platform.call('set_embargo', { story, until }),
        ({ headline }) => m.embargo_set_toast({ headline, time: atWhen(until, now.current) }),
      );
  };

  async #callOffKill(story: string): Promise<void> {
    await this.#ask(() => this.#room.platform.call('call_off_kill', { story }), m.call_off_toast);
  }

  confirmReturn = async (reason: string): Promise<boolean> => {
    const { desk, platform, tools } = this.#room;
    const asked = (saved: Saved) => platform.call('return_story', { ...saved, reason });
    const taken = await this.#send(asked, m.return_queued_toast);
    if (taken) tools.close();
    void desk.queue.load();
    return taken;
  };

  confirmRecall = async (): Promise<boolean> => {
    const { session, platform, tools } = this.#room;
    if (!session) return false;
    let isAsked = false;
    const asked = async () => {
      const view = await platform.call('recall_story', { story: session.story });
      isAsked = view.deliveries[0]?.act === 'recall';
      return view;
    };
    const taken = await this.#ask(asked, (story) =>
      isAsked ? m.recall_queued_toast(story) : m.recall_unsent_toast(story),
    );
    if (taken) tools.close();
    return taken;
  };

  /** The dialog has said that another text was approved than this one. */
  get #overFallen(): { over_fallen?: true } {
    return this.#room.session?.view.axes.fallen ? { over_fallen: true } : {};
  }

  /** Of itself it gives readers nothing, and a changed letter takes it back: nothing is asked before. */
  async #approve(): Promise<void> {
    const { session, platform } = this.#room;
    const said = (story: { headline: string }) =>
      session?.view.axes.approval?.alone ? m.approve_done_alone_toast(story) : m.approve_done_toast(story);
    await this.#send((saved) => platform.call('approve', saved), said);
  }

  seeVersion = (revision: number): void => {
    const { session } = this.#room;
    if (session) void this.#room.versions.show(session.story, revision);
  };

  publishNow = (): void => {
    void this.#publishNow();
  };

  pause = (paused: boolean): void => {
    void this.#delivery(() => this.#room.outbox.pause(paused));
  };

  liftBudget = (): void => {
    void this.#delivery(() => this.#room.outbox.liftBudget());
  };

  goOn = (): void => {
    this.pause(false);
  };

  unspike = (): void => {
    const { session } = this.#room;
    if (session) void this.#room.unspike(session.story);
  };

  sendNow = (intent: IntentView | OriginalView): void => {
    void this.#delivery(() => this.#room.outbox.sendNow(intent.intent));
  };

  takeBack = (intent: IntentView | OriginalView): void => {
    const said = () => this.#room.toasts.say(m.outbox_cancelled({ headline: intent.headline }));
    void this.#delivery(() => this.#room.outbox.cancel(intent.intent), said);
  };

  /** What is decided on a delivery that cannot go on by itself. */
  readonly decisions: Decisions = {
    see: ({ story }, revision) => void this.#room.versions.show(story, revision),
    merge: ({ story }, revision) => void this.#room.merge.begin(story, revision),
    take: (intent, revision) => void this.#takeTheirs(intent, revision),
    over: (intent, revision) =>
      void this.#delivery(() => this.#room.outbox.publishOver(intent.intent, revision)),
    accept: (intent) => {
      const said = () => this.#room.toasts.say(m.differs_taken({ headline: intent.headline }));
      void this.#delivery(() => this.#room.outbox.accept(intent.intent), said);
    },
  };

  openPublic = (): void => {
    const { session } = this.#room;
    if (session) void this.openPage(session.story);
  };

  async openPage(story: string): Promise<void> {
    try {
      await this.#room.platform.call('open_public_page', { story });
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  }

  copyAll = (): void => {
    const { session } = this.#room;
    if (session) this.copy(asText(session.content()));
  };

  copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(
      () => this.#room.toasts.say(m.act_copied()),
      (thrown: unknown) => {
        this.#room.complain(failureOf(thrown));
      },
    );
  };

  saveAsPackage = (): void => {
    void this.#room.carrying.askToSave();
  };

  rescue = (): void => {
    void this.#rescue();
  };

  replaced = (places: number): void => {
    this.#room.toasts.say(m.find_replaced({ count: count(places) }));
  };

  /** Its note stands out wherever notes are shown; nobody's panel is changed by a click in the text. */
  showNote = (id: string): void => {
    const { notes } = this.#room;
    if (notes?.threads.some(({ note }) => note.note === id)) notes.active = id;
  };

  openNotes = (): readonly { id: string; quote: string }[] => {
    const open = this.#room.notes?.open ?? [];
    return open.map(({ note }) => ({ id: note.note, quote: note.anchor?.quote ?? '' }));
  };

  notesGo = (): boolean => this.#room.notes?.view?.way !== 'here';

  say = (sentence: string): void => {
    this.#room.toasts.say(sentence);
  };

  photoUrl = (id: string): string => this.#room.platform.photoUrl(id, 'display');

  async #askToPublish(): Promise<void> {
    const { session, tools } = this.#room;
    if (!session?.writable) return;
    await session.autosave.flush();
    const { ready } = this;
    if (ready.kind === 'ready') tools.dialog = 'publish';
    else this.#lead(ready);
  }

  async #askFurther(way: FurtherWay): Promise<void> {
    const { session, tools, toasts } = this.#room;
    if (!session) return;
    if (!UNTOUCHED.includes(way)) await session.autosave.flush();
    const { ready, ways } = this;
    const facts = this.#facts;
    if (ways.includes(way)) {
      // What has not left this computer comes back without a question.
      if (way === 'approve') await this.#approve();
      else if (way === 'call_off_kill') await this.#callOffKill(session.story);
      else if (way === 'recall' && isUnsent(session.view.deliveries)) await this.confirmRecall();
      else tools.dialog = way;
    } else if (facts && (way === 'return' || way === 'recall'))
      toasts.say(refusal(facts, way) ?? m.error_refused_spiked());
    else if (ready.kind === 'not_yet') this.#lead(ready);
    else if (way === 'approve' && facts?.role === 'editor') toasts.say(m.approve_stands());
    else toasts.say(ready.way === 'correct' ? m.error_refused_already_public() : m.error_refused_role());
  }

  async #publishNow(): Promise<void> {
    const { session } = this.#room;
    await session?.autosave.flush();
    const { ready } = this;
    if (ready.kind === 'ready' && session?.view.axes.fallen) this.#room.tools.dialog = 'publish';
    else if (ready.kind === 'ready') await this.confirmPublish(null, null);
    else this.#lead(ready);
  }

  /** Says what is in the way, and goes there. */
  #lead(ready: Extract<Readiness, { kind: 'not_yet' }>): void {
    this.#room.toasts.say(ready.reason);
    if (ready.go === 'checks') goToFindings(this.#room);
    if (ready.go === 'portals') {
      this.#room.settingsTab = 'portals';
      this.#room.dialog = 'settings';
    }
  }

  /** A command on what is on the screen, once that is on disk. Answers whether the desk took it. */
  async #send(command: (saved: Saved) => Promise<StoryView>, said: Said): Promise<boolean> {
    const { session, toasts } = this.#room;
    if (!session) return false;
    if (!(await session.autosave.flush())) {
      toasts.say(m.publish_unsaved(), { tone: 'bad' });
      return false;
    }
    const saved = { story: session.story, counter: session.autosave.counter };
    return this.#ask(() => command(saved), said);
  }

  async #ask(command: () => Promise<StoryView>, said: Said): Promise<boolean> {
    const view = await this.#room.act(command);
    if (view) this.#room.toasts.say(said({ headline: view.content.headline || m.row_untitled() }));
    await this.#room.outbox.load();
    return view !== null;
  }

  async #delivery(ask: () => Promise<boolean>, done?: () => void): Promise<void> {
    const { outbox, session } = this.#room;
    if (!(await ask())) {
      if (outbox.trouble) this.#room.complain(outbox.trouble);
      return;
    }
    const own = outbox.intents.filter((intent) => intent.story === session?.story);
    for (const intent of own.reverse()) session?.moved(intent);
    this.#room.refreshSoon();
    done?.();
  }

  /** The draft becomes the portal's version: what is on the screen has to be on disk before. */
  async #takeTheirs({ intent, story }: IntentView, revision: number): Promise<void> {
    const { session, platform, toasts } = this.#room;
    const open = session?.story === story;
    if (open && !(await session.autosave.flush())) {
      toasts.say(m.publish_unsaved(), { tone: 'bad' });
      return;
    }
    const view = await this.#room.act(() => platform.call('accept_theirs', { intent, revision }));
    if (view) {
      if (open) session.restore(view);
      await this.#room.history?.load();
      toasts.say(m.theirs_accepted(), { tone: 'good' });
    }
    await this.#room.outbox.load();
  }

  async #rescue(): Promise<void> {
    const { session, platform, toasts } = this.#room;
    if (!session) return;
    try {
      const rescued = { story: session.story, content: session.content() };
      const { path } = await platform.call('rescue_text', rescued);
      toasts.say(m.save_rescued({ path }), { tone: 'good' });
    } catch (thrown) {
      this.#room.complain(failureOf(thrown));
    }
  }
}

/** So many minutes from now. */
function ahead(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}
