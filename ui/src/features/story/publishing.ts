/** Which ways to its readers a story has as it stands, and what the buttons say of them. */
import { count, m } from '../../i18n';
import { cut } from '../../kit/cut';
import type {
  Approval,
  DeskState,
  Guards,
  IntentAct,
  IntentView,
  Role,
  StoryView,
} from '../../wire/generated';

export interface PublishFacts {
  view: Pick<StoryView, 'axes' | 'findings' | 'deliveries' | 'differs_from_live'>;
  /** What the person may do on the current portal. */
  role: Role;
  /** Everything that is on the screen is on disk. */
  saved: boolean;
  /** Saving does not work at present. */
  failing: boolean;
  hasPortal: boolean;
  /** Filed stories wait there in a queue, to be taken and returned. */
  hasDesk: boolean;
}

/** What the one button does. `again` follows a withdrawal; `file` is for those who may not publish. */
export type Way = 'publish' | 'again' | 'correct' | 'file';

export type Readiness =
  | { kind: 'ready'; way: Way }
  /** `checks`: findings say why; `portals`: there is none to send to; `wait`: something else has to end first. */
  | { kind: 'not_yet'; way: Way; reason: string; go: 'checks' | 'portals' | 'wait' };

/** What a story can have done to it beside the one button. */
export type FurtherWay =
  | 'approve'
  | 'schedule'
  | 'within'
  | 'file'
  | 'return'
  | 'recall'
  | 'flag'
  | 'clear_flag'
  | 'withdraw'
  | 'kill'
  | 'call_off_kill';

const UNDER_WAY: readonly IntentView['state'][] = ['queued', 'sending', 'unknown'];
const SETTLED: readonly IntentView['state'][] = ['confirmed', 'cancelled'];
const DOWN: readonly IntentAct[] = ['withdraw', 'kill'];
/** Between an author and the desk: readers see nothing of it. */
const INSIDE: readonly IntentAct[] = ['file', 'return', 'recall', 'approve'];

/** What the person may do first: the desk's command table says the same and has the last word. */
export function wayOf({ role, view }: Pick<PublishFacts, 'role' | 'view'>): Way {
  if (role === 'correspondent' || role === 'sub_editor') return 'file';
  if (view.axes.public === 'live') return 'correct';
  return view.axes.public === 'withdrawn' ? 'again' : 'publish';
}

export function readiness(facts: PublishFacts): Readiness {
  const way = wayOf(facts);
  const { view } = facts;
  const wait = (reason: string): Readiness => ({ kind: 'not_yet', way, reason, go: 'wait' });
  const standing = inTheWay(facts, way);
  if (standing !== null) return wait(standing);
  if (facts.failing) return wait(m.publish_unsaved());
  const blocks = view.findings.filter((finding) => finding.severity === 'block').length;
  if (blocks > 0) {
    const said = { count: count(blocks) };
    const reason = way === 'file' ? m.file_blocked(said) : m.publish_blocked(said);
    return { kind: 'not_yet', way, reason, go: 'checks' };
  }
  if (!facts.hasPortal) return { kind: 'not_yet', way, reason: m.publish_no_portal(), go: 'portals' };
  if (view.axes.public === 'live' && facts.saved && !view.differs_from_live) return wait(m.publish_same());
  return { kind: 'ready', way };
}

/** What lies in the way whatever the text says; null when nothing. */
function inTheWay({ role, view }: PublishFacts, way: Way): string | null {
  const { desk, public: readers } = view.axes;
  if (readers === 'killed') return m.publish_killed();
  if (way !== 'file' && view.axes.guards.kill) return m.publish_kill_waits();
  if (way !== 'file' && view.axes.guards.legal) return m.publish_flagged();
  const open = view.deliveries.filter((intent) => !SETTLED.includes(intent.state));
  if (open.some((intent) => DOWN.includes(intent.act))) return m.publish_going_down();
  if (open.some((intent) => UNDER_WAY.includes(intent.state))) return m.publish_open();
  if (open.length > 0) return m.publish_stuck();
  if (role === 'admin') return m.publish_role();
  if (way !== 'file' || fileable(desk)) return null;
  return desk === 'in_edit' ? m.file_in_edit() : m.file_done();
}

/** What else is allowed now, in the order of the menu. */
export function furtherWays(facts: PublishFacts): FurtherWay[] {
  const { role, view } = facts;
  const between = (['return', 'recall'] as const).filter((way) => refusal(facts, way) === null);
  if (role === 'admin') return between;
  const { guards } = view.axes;
  const mayFlag = guards.legal === null && view.axes.public !== 'killed';
  if (role !== 'editor') return mayFlag ? [...between, 'flag'] : between;
  const ready = readiness(facts).kind === 'ready';
  const first = ready && view.axes.public !== 'live';
  const ways: [FurtherWay, boolean][] = [
    ['approve', ready && approvalOf(view) === null],
    ['schedule', first],
    ['within', ready],
    ['file', first && fileable(view.axes.desk)],
    ['return', between.includes('return')],
    ['recall', between.includes('recall')],
    ['flag', mayFlag],
    ['clear_flag', guards.legal !== null],
    ['withdraw', mayGoDown(facts, 'withdraw')],
    ['kill', mayGoDown(facts, 'kill')],
    ['call_off_kill', guards.kill !== null],
  ];
  return ways.filter(([, allowed]) => allowed).map(([way]) => way);
}

/** The approval that stands for what the draft says. */
export function approvalOf({ axes }: Pick<StoryView, 'axes'>): Approval | null {
  return axes.desk === 'approved' ? axes.approval : null;
}

/** Readers have it or may have it, and it is not on its way down already. */
function mayGoDown({ view }: PublishFacts, act: 'withdraw' | 'kill'): boolean {
  const { axes, deliveries } = view;
  if (axes.public === 'killed') return false;
  const open = deliveries.filter((intent) => !SETTLED.includes(intent.state));
  // A kill can follow a withdrawal that has not arrived yet; nothing follows a kill.
  if (open.some((intent) => intent.act === 'kill' || (act === 'withdraw' && intent.act === 'withdraw'))) {
    return false;
  }
  if (axes.public === 'live' || axes.public === 'scheduled') return true;
  if (act === 'kill' && (axes.public === 'withdrawn' || axes.guards.kill)) return true;
  return open.some((intent) => !INSIDE.includes(intent.act));
}

/** Where a story that went between an author and the desk still stands as it was sent, for what says so to be true. */
const LEFT_AT: Partial<Record<IntentAct, readonly DeskState[]>> = {
  file: ['filed', 'in_edit', 'approved'],
  return: ['returned'],
  recall: ['draft'],
  approve: ['approved'],
};

/** It arrived, and its good news is no longer true: the story was handed on since, or the portal missed its time. */
export function isOvertaken(
  { act, state }: Pick<IntentView, 'act' | 'state'>,
  { axes, schedule_missed }: Pick<StoryView, 'axes' | 'schedule_missed'>,
): boolean {
  if (state !== 'confirmed') return false;
  return (act === 'schedule' && schedule_missed) || LEFT_AT[act]?.includes(axes.desk) === false;
}

/** Why a story can neither go back to its author nor be asked back from the desk; null when it can. */
export function refusal(facts: PublishFacts, way: 'return' | 'recall'): string | null {
  const { role, view, hasDesk } = facts;
  const { desk, public: readers } = view.axes;
  const may = way === 'return' ? role === 'editor' || role === 'sub_editor' : role !== 'admin';
  if (!may) return m.error_refused_role();
  if (readers === 'killed') return m.error_refused_killed();
  if (desk !== 'filed' && (way === 'recall' || desk !== 'in_edit')) {
    return way === 'recall' && desk === 'in_edit' ? m.error_refused_taken() : m.error_refused_not_filed();
  }
  if (way === 'recall' && isUnsent(view.deliveries)) return null;
  if (!hasDesk) return m.error_no_desk();
  const open = view.deliveries.some((intent) => !SETTLED.includes(intent.state));
  return open ? m.error_refused_delivery_open() : null;
}

/** It is to be filed, and nothing of that has reached the portal. */
export function isUnsent(deliveries: readonly IntentView[]): boolean {
  const open = deliveries.filter((intent) => !SETTLED.includes(intent.state));
  return open.length > 0 && open.every(({ act, state }) => act === 'file' && state === 'queued');
}

function fileable(desk: PublishFacts['view']['axes']['desk']): boolean {
  return desk === 'draft' || desk === 'returned';
}

const LABELS: Record<Way, (story: { headline: string }) => string> = {
  publish: (story) => m.publish_now(story),
  again: (story) => m.publish_again(story),
  correct: (story) => m.publish_change(story),
  file: (story) => m.file_now(story),
};

/** What the button says: the act, and to what. A long headline is cut, so that the verb stays in sight. */
export function publishLabel(headline: string, way: Way, letters = Infinity): string {
  return LABELS[way](named(headline, letters));
}

/** The headline as a button names it. */
export function named(headline: string, letters = Infinity): { headline: string } {
  return { headline: cut(headline.trim(), letters) || m.row_untitled() };
}

type Sentence = (inputs?: Record<string, never>, options?: { locale?: 'bn' | 'en' }) => string;

/** What a further way is called, for a story that stands there. */
export function furtherName(
  way: FurtherWay,
  { axes }: { axes: Pick<StoryView['axes'], 'public' | 'guards'> },
): Sentence {
  const { guards } = axes;
  const scheduled = axes.public === 'scheduled';
  const names: Record<FurtherWay, Sentence> = {
    approve: m.way_approve,
    schedule: scheduled ? m.way_reschedule : m.way_schedule,
    within: m.way_within,
    file: m.way_file,
    return: m.way_return,
    recall: m.way_recall,
    flag: m.way_flag,
    clear_flag: guards.legal?.clearing ? m.way_confirm_clear : m.way_clear_flag,
    withdraw: scheduled ? m.way_unschedule : m.way_withdraw,
    kill: guards.kill ? m.way_confirm_kill : m.way_kill,
    call_off_kill: m.way_call_off_kill,
  };
  return names[way];
}

/** What a person's word comes to where two are needed: the desk decides the same, and has the last word. */
export type Step = 'alone' | 'ask' | 'agree' | 'wait';

/** `me`: the account and the name; `alone`: there is nobody else in the newsroom. */
export function clearing({ legal }: Guards, me: readonly string[], alone: boolean): Step {
  return stepOf(legal?.clearing ?? null, me, alone);
}

export function killing({ kill }: Guards, me: readonly string[], alone: boolean): Step {
  return stepOf(kill, me, alone);
}

function stepOf(asked: Guards['kill'], me: readonly string[], alone: boolean): Step {
  if (alone) return 'alone';
  if (!asked) return 'ask';
  return me.includes(asked.account) || me.includes(asked.by) ? 'wait' : 'agree';
}

/** The delivery that a person should hear of: the newest that is not settled, else the newest. */
export function currentDelivery(deliveries: readonly IntentView[]): IntentView | null {
  const open = deliveries.find((intent) => !SETTLED.includes(intent.state));
  return open ?? deliveries[0] ?? null;
}

/** A delivery that takes the story from its readers and has not done so yet. */
export function goingDown(deliveries: readonly IntentView[]): boolean {
  return deliveries.some((intent) => DOWN.includes(intent.act) && UNDER_WAY.includes(intent.state));
}
