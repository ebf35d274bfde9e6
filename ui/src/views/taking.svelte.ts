/** Stories between the portal's desk and this window: taken into hand, and come back with a reason. */
import { m, queueFailure } from '../i18n';
import { failureOf } from '../platform';
import type { CommandError, DeskEvent, HeldView, QueueRow, StoryView } from '../wire/generated';
import { newsSentence } from './news';
import type { Newsroom } from './newsroom.svelte';

type Returned = Extract<DeskEvent, { kind: 'returned' }>;
type TakenLate = Extract<DeskEvent, { kind: 'taken_late' }>;

export class Taking {
  /** What a person is asked before a story is taken from who has it in hand. */
  asks = $state.raw<{ row: QueueRow; held: HeldView } | null>(null);
  readonly #room: Newsroom;
  /** The return that was told of while its story was being written on. */
  #told = '';

  constructor(room: Newsroom) {
    this.#room = room;
  }

  /** Takes a story into our hands and opens it; one that is there already is opened alone. */
  async take(row: QueueRow, takeover = false): Promise<void> {
    const { desk, platform, session, toasts } = this.#room;
    if ((row.ours && row.here) || (row.tentative && !takeover)) {
      await this.#room.open(row.story);
      return;
    }
    if (desk.queue.taking !== null) return;
    if (session?.story === row.story && !(await session.autosave.flush())) {
      toasts.say(m.publish_unsaved(), { tone: 'bad' });
      return;
    }
    const stayed = this.#watch();
    desk.queue.taking = row.story;
    try {
      const { story, held } = await platform.call('take_story', { story: row.story, takeover });
      this.asks = null;
      if (story) await this.#taken(story, stayed());
      else if (held) this.#ask({ row, held }, stayed());
    } catch (thrown) {
      this.#complain(failureOf(thrown));
    } finally {
      desk.queue.taking = null;
      await desk.queue.load();
    }
  }

  /** Takes over what was asked about. */
  takeOver = async (): Promise<void> => {
    if (this.asks) await this.take(this.asks.row, true);
  };

  leave = (): void => {
    this.asks = null;
  };

  /** Of the open story, which was taken here without the desk while somebody else has it. */
  takeOverOpen = (): void => {
    const { desk, session } = this.#room;
    const row = session && desk.queue.row(session.story);
    if (row) void this.take(row, true);
  };

  /** Hands what was written at it to whoever has it. */
  handOver = (): void => {
    void this.#handOver();
  };

  /** The story that has waited longest and that nobody has taken. */
  takeNext = (): void => {
    const next = this.#room.desk.queue.rows.find(
      ({ desk, held, tentative }) => desk === 'filed' && held === null && !tentative,
    );
    if (next) void this.take(next);
    else this.#room.toasts.say(m.queue_none());
  };

  /** Asks the portal what waits. */
  ask = (): void => {
    void this.#refresh();
  };

  /** Shows what waits; says why there is nothing to show. */
  show(focus: () => void): void {
    const { desk, layout, offersQueue, toasts } = this.#room;
    if (!offersQueue) {
      toasts.say(desk.queue.hasDesk ? m.error_refused_role() : m.error_no_desk());
      return;
    }
    layout.change({ deskOpen: true });
    void desk.showQueue();
    focus();
  }

  queueChanged(waiting: number): void {
    const { queue } = this.#room.desk;
    queue.waiting = waiting;
    void queue.load();
    const { session } = this.#room;
    if (session?.view.tentative) void this.#room.lookAgain(session.story);
  }

  /** The desk knows of a story that was taken without it. */
  agreed({ story, headline, theirs }: TakenLate): void {
    const { merge, session, toasts } = this.#room;
    this.#room.refreshSoon();
    if (story === session?.story) void this.#room.lookAgain(story, 'words too');
    const said = { headline: headline || m.row_untitled() };
    if (theirs === null) {
      toasts.say(m.tentative_agreed(said), { tone: 'good' });
      return;
    }
    const act = { label: m.merge_begin(), run: () => void merge.begin(story, theirs) };
    toasts.say(m.tentative_changed(said), { act });
  }

  /** The open story's banner says it by itself; of another one a notice has to. */
  returned(event: Returned): void {
    const { session, toasts } = this.#room;
    this.#room.refreshSoon();
    if (event.story === session?.story) void this.#room.lookAgain(event.story, 'words too');
    else toasts.say(newsSentence(event), { act: this.#opening(event.story) });
  }

  /** Takes what the desk says of the open story, its words too. What is being written here stands. */
  async meet(view: StoryView): Promise<void> {
    const { history, layout, platform, session, toasts } = this.#room;
    if (session?.meet(view) !== false) {
      if (history?.revisions) await history.load();
      return;
    }
    // The desk's words were the draft already, and what is written here comes over them: they are kept as a version.
    const { review, story } = view;
    if (review?.theirs !== null || this.#told === `${story} ${review.at}`) return;
    this.#told = `${story} ${review.at}`;
    await platform.call('cut_revision', { story, reason: 'portal' });
    await history?.load();
    const see = {
      label: m.act_history_tab(),
      run: () => {
        layout.showTab('history');
      },
    };
    toasts.say(m.review_kept({ headline: view.content.headline || m.row_untitled() }), { act: see });
  }

  async #handOver(): Promise<void> {
    const { platform, session, toasts } = this.#room;
    const name = session?.view.tentative?.held?.name;
    if (!session || name === undefined) return;
    if (!(await session.autosave.flush())) {
      toasts.say(m.publish_unsaved(), { tone: 'bad' });
      return;
    }
    const { story } = session;
    const view = await this.#room.act(() => platform.call('hand_over', { story }));
    if (!view) return;
    if (this.#room.session === session) session.restore(view);
    await this.#room.history?.load();
    toasts.say(m.tentative_handed({ name }), { tone: 'good' });
  }

  async #taken(view: StoryView, stayed: boolean): Promise<void> {
    const { session, toasts } = this.#room;
    this.#room.refreshSoon();
    if (view.story === session?.story) await this.meet(view);
    else if (stayed) await this.#room.open(view.story);
    else {
      const headline = view.content.headline || m.row_untitled();
      toasts.say(m.queue_taken_toast({ headline }), { tone: 'good', act: this.#opening(view.story) });
    }
  }

  /** A question does not come over what a person has gone on with meanwhile. */
  #ask(asks: { row: QueueRow; held: HeldView }, stayed: boolean): void {
    if (stayed) {
      this.asks = asks;
      return;
    }
    const said = { name: asks.held.name, headline: asks.row.headline || m.row_untitled() };
    const see = { label: m.queue_held_ask(), run: () => (this.asks = asks) };
    this.#room.toasts.say(m.queue_held_toast(said), { act: see });
  }

  /** The answer tells whether the person is still where they were: nothing else was opened, nothing written. */
  #watch(): () => boolean {
    const room = this.#room;
    const { session } = room;
    const changes = session?.changes ?? 0;
    return () => room.session === session && (session?.changes ?? 0) === changes && !room.opening;
  }

  #opening(story: string) {
    return { label: m.missed_open(), run: () => void this.#room.open(story) };
  }

  async #refresh(): Promise<void> {
    const { queue } = this.#room.desk;
    if (queue.asking) return;
    const trouble = await queue.refresh();
    if (trouble) this.#complain(trouble);
  }

  #complain(error: CommandError): void {
    this.#room.toasts.say(queueFailure(error), { tone: 'bad', detail: error.detail });
  }
}
