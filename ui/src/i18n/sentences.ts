/** One sentence for each code of the wire. A code without a sentence fails the type check. */
import type {
  Appearance,
  Cause,
  Chair,
  CommandError,
  DeliveryState,
  DeskList,
  DeskState,
  ErrorCode,
  FindingCode,
  Guarantee,
  GuaranteeVerdict,
  IntentAct,
  IntentView,
  PortalKind,
  PublicState,
  RevisionReason,
  Role,
  Untold,
} from '../wire/generated';
import { inDigits } from './digits';
import { now } from './now.svelte';
import { atWhen } from './time';
import * as m from './generated/messages.js';
import { bytes } from './size';

type Params = CommandError['params'];

const ERRORS: Record<ErrorCode, (params: Params) => string> = {
  bad_arguments: () => m.error_bad_arguments(),
  not_found: () => m.error_not_found(),
  store_read_only: () => m.error_store_read_only(),
  store_full: () => m.error_store_full(),
  store_locked: () => m.error_store_locked(),
  store_damaged: () => m.error_store_damaged(),
  store_newer: () => m.error_store_newer(),
  store_broken: () => m.error_store_broken(),
  text_too_long: (params) => m.error_text_too_long({ limit: inDigits(value(params, 'limit')) }),
  moved_on: () => m.error_moved_on(),
  findings_block: () => m.error_findings_block(),
  refused_role: () => m.error_refused_role(),
  refused_spiked: () => m.error_refused_spiked(),
  refused_not_spiked: () => m.error_refused_not_spiked(),
  refused_not_approved: () => m.error_refused_not_approved(),
  refused_already_public: () => m.error_refused_already_public(),
  refused_not_public: () => m.error_refused_not_public(),
  refused_killed: () => m.error_refused_killed(),
  refused_already_filed: () => m.error_refused_already_filed(),
  refused_not_filed: () => m.error_refused_not_filed(),
  refused_taken: () => m.error_refused_taken(),
  refused_own_writing: () => m.error_refused_own_writing(),
  refused_suggestions_open: () => m.error_refused_suggestions_open(),
  suggestion_unfit: (params) => m.error_suggestion_unfit({ limit: value(params, 'limit') }),
  refused_flagged: () => m.error_refused_flagged(),
  refused_not_flagged: () => m.error_refused_not_flagged(),
  refused_embargoed: (params) =>
    m.error_refused_embargoed({ time: atWhen(value(params, 'until'), now.current) }),
  refused_kill_waits: () => m.error_refused_kill_waits(),
  refused_no_kill_waits: () => m.error_refused_no_kill_waits(),
  refused_second_person: () => m.error_refused_second_person(),
  refused_approval_fell: (params) => m.error_refused_approval_fell({ by: value(params, 'by') }),
  reason_needed: () => m.error_reason_needed(),
  notice_needed: () => m.error_notice_needed(),
  time_passed: () => m.error_time_passed(),
  time_far_off: () => m.schedule_far(),
  refused_delivery_open: () => m.error_refused_delivery_open(),
  no_portal: () => m.error_no_portal(),
  no_desk: () => m.error_no_desk(),
  text_not_here: () => m.error_text_not_here(),
  not_whole_here: (params) => m.error_not_whole_here({ names: value(params, 'names') }),
  no_keychain: () => m.error_no_keychain(),
  sign_in_refused: () => m.error_sign_in_refused(),
  portal_failed: (params) => m.error_portal_failed({ cause: causeNamed(params) }),
  bad_url: () => m.error_bad_url(),
  photo_kind: (params) => m.error_photo_kind({ name: value(params, 'name') }),
  photo_no_decoder: (params) => m.error_photo_no_decoder({ name: value(params, 'name') }),
  photo_too_slow: (params) => m.error_photo_too_slow({ name: value(params, 'name') }),
  photo_bytes: (params) =>
    m.error_photo_bytes({ name: value(params, 'name'), limit: inDigits(value(params, 'limit')) }),
  photo_pixels: (params) =>
    m.error_photo_pixels({ name: value(params, 'name'), limit: inDigits(value(params, 'limit')) }),
  photo_damaged: (params) => m.error_photo_damaged({ name: value(params, 'name') }),
  package_foreign: () => m.error_package_foreign(),
  package_too_long: (params) => m.error_package_too_long({ limit: bytes(Number(value(params, 'limit'))) }),
  package_sealed: () => m.error_package_sealed(),
  package_newer: () => m.error_package_newer(),
  package_damaged: () => m.error_package_damaged(),
  package_stranger: (params) => m.error_package_stranger({ name: value(params, 'name') }),
  package_address: () => m.error_package_address(),
  package_not_written: () => m.error_package_not_written(),
  package_left: () => m.error_package_left(),
  too_late_to_cancel: () => m.error_too_late_to_cancel(),
  internal: () => m.error_internal(),
};

const FINDINGS: Record<FindingCode, () => string> = {
  headline_missing: () => m.finding_headline_missing(),
  headline_too_long: () => m.finding_headline_too_long(),
  headline_long: () => m.finding_headline_long(),
  body_missing: () => m.finding_body_missing(),
  body_too_long: () => m.finding_body_too_long(),
  section_missing: () => m.finding_section_missing(),
  byline_missing: () => m.finding_byline_missing(),
  credit_missing: () => m.finding_credit_missing(),
  alt_missing: () => m.finding_alt_missing(),
  caption_missing: () => m.finding_caption_missing(),
  photo_unknown: () => m.finding_photo_unknown(),
  photo_twice: () => m.finding_photo_twice(),
  bidi_override: () => m.finding_bidi_override(),
};

const CAUSES: Record<Cause, () => string> = {
  offline: () => m.cause_offline(),
  timeout: () => m.cause_timeout(),
  cut_off: () => m.cause_cut_off(),
  untrusted: () => m.cause_untrusted(),
  portal_broken: () => m.cause_portal_broken(),
  portal_error_page: () => m.cause_portal_error_page(),
  login_page: () => m.cause_login_page(),
  not_the_contract: () => m.cause_not_the_contract(),
  wrong_echo: () => m.cause_wrong_echo(),
  redirected: () => m.cause_redirected(),
  signed_out: () => m.cause_signed_out(),
  forbidden: () => m.cause_forbidden(),
  not_found: () => m.cause_not_found(),
  still_running: () => m.cause_still_running(),
  conflict: () => m.cause_conflict(),
  not_approved: () => m.cause_not_approved(),
  suggestions_open: () => m.cause_suggestions_open(),
  flagged: () => m.cause_flagged(),
  embargoed: () => m.cause_embargoed(),
  kill_waits: () => m.cause_kill_waits(),
  changed_on_portal: () => m.cause_changed_on_portal(),
  too_large: () => m.cause_too_large(),
  invalid: () => m.cause_invalid(),
  too_many_requests: () => m.cause_too_many_requests(),
  unavailable: () => m.cause_unavailable(),
  read_back_differs: () => m.cause_read_back_differs(),
  window_closed: () => m.cause_window_closed(),
  no_secret: () => m.cause_no_secret(),
  schedule_missed: () => m.cause_schedule_missed(),
  budget_spent: () => m.cause_budget_spent(),
  metered: () => m.cause_metered(),
  price_unknown: () => m.cause_price_unknown(),
  originals_off: () => m.cause_originals_off(),
  cannot_strip: () => m.cause_cannot_strip(),
};

const DELIVERIES: Record<DeliveryState, () => string> = {
  queued: () => m.delivery_queued(),
  sending: () => m.delivery_sending(),
  unknown: () => m.delivery_unknown(),
  confirmed: () => m.delivery_confirmed(),
  refused: () => m.delivery_refused(),
  blocked: () => m.delivery_blocked(),
  cancelled: () => m.delivery_cancelled(),
};

type ByState = Partial<Record<DeliveryState, () => string>>;

/** Until the portal has confirmed it, nobody may believe that readers do not have it. */
const DOWN: ByState = {
  queued: () => m.down_queued(),
  sending: () => m.down_sending(),
  unknown: () => m.down_unknown(),
  refused: () => m.down_refused(),
  blocked: () => m.down_blocked(),
};

/** Where an act says more than the state alone. */
const DELIVERIES_OF: Record<IntentAct, ByState> = {
  publish: {},
  correct: { confirmed: () => m.correct_confirmed() },
  file: { sending: () => m.file_sending(), confirmed: () => m.file_confirmed() },
  schedule: { sending: () => m.schedule_sending(), confirmed: () => m.schedule_confirmed() },
  withdraw: { ...DOWN, confirmed: () => m.withdraw_confirmed() },
  kill: { ...DOWN, confirmed: () => m.kill_confirmed() },
  return: {
    queued: () => m.return_queued(),
    sending: () => m.return_sending(),
    confirmed: () => m.return_confirmed(),
  },
  recall: {
    queued: () => m.recall_queued(),
    sending: () => m.recall_sending(),
    confirmed: () => m.recall_confirmed(),
  },
  approve: {
    queued: () => m.approve_queued(),
    sending: () => m.approve_sending(),
    confirmed: () => m.approve_confirmed(),
  },
};

const CONFIRMED: Record<IntentAct, (story: { headline: string }) => string> = {
  publish: (story) => m.publish_confirmed_toast(story),
  correct: (story) => m.correct_confirmed_toast(story),
  file: (story) => m.file_confirmed_toast(story),
  return: (story) => m.return_confirmed_toast(story),
  recall: (story) => m.recall_confirmed_toast(story),
  approve: (story) => m.approve_confirmed_toast(story),
  schedule: (story) => m.schedule_confirmed_toast(story),
  withdraw: (story) => m.withdraw_confirmed_toast(story),
  kill: (story) => m.kill_confirmed_toast(story),
};

const DESK_STATES: Record<DeskState, () => string> = {
  draft: () => m.desk_state_draft(),
  filed: () => m.desk_state_filed(),
  in_edit: () => m.desk_state_in_edit(),
  returned: () => m.desk_state_returned(),
  approved: () => m.desk_state_approved(),
  spiked: () => m.desk_state_spiked(),
};

const PUBLIC_STATES: Record<PublicState, () => string> = {
  never: () => m.public_never(),
  scheduled: () => m.public_scheduled(),
  live: () => m.public_live(),
  withdrawn: () => m.public_withdrawn(),
  killed: () => m.public_killed(),
};

const CHAIR_NAMES: Record<Chair, () => string> = {
  own: () => m.chair_own(),
  correspondent: () => m.chair_correspondent(),
  sub_editor: () => m.chair_sub_editor(),
  editor: () => m.chair_editor(),
};

const ROLES: Record<Role, () => string> = {
  correspondent: () => m.role_correspondent(),
  sub_editor: () => m.role_sub_editor(),
  editor: () => m.role_editor(),
  admin: () => m.role_admin(),
};

const KINDS: Record<PortalKind, () => string> = {
  built_in: () => m.kind_built_in(),
  native: () => m.kind_native(),
  wordpress: () => m.kind_wordpress(),
};

const REASONS: Record<RevisionReason, () => string> = {
  asked: () => m.reason_asked(),
  left: () => m.reason_left(),
  time: () => m.reason_time(),
  command: () => m.reason_command(),
  imported: () => m.reason_imported(),
  restored: () => m.reason_restored(),
  portal: () => m.reason_portal(),
  merged: () => m.reason_merged(),
  package: () => m.reason_package(),
};

const LISTS: Record<DeskList, () => string> = {
  drafts: () => m.list_drafts(),
  sent: () => m.list_sent(),
  returned: () => m.list_returned(),
  scheduled: () => m.list_scheduled(),
  published: () => m.list_published(),
  outbox: () => m.list_outbox(),
  trash: () => m.list_trash(),
};

const ACTS: Record<IntentAct, () => string> = {
  publish: () => m.intent_publish(),
  correct: () => m.intent_correct(),
  file: () => m.intent_file(),
  return: () => m.intent_return(),
  recall: () => m.intent_recall(),
  approve: () => m.intent_approve(),
  schedule: () => m.intent_schedule(),
  withdraw: () => m.intent_withdraw(),
  kill: () => m.intent_kill(),
};

const APPEARANCES: Record<Appearance, () => string> = {
  system: () => m.appearance_system(),
  light: () => m.appearance_light(),
  dark: () => m.appearance_dark(),
  contrast: () => m.appearance_contrast(),
};

const GUARANTEES: Record<Guarantee, () => string> = {
  says_who_it_is: () => m.guarantee_says_who_it_is(),
  tells_time: () => m.guarantee_tells_time(),
  lists_sections: () => m.guarantee_lists_sections(),
  says_it_has_none: () => m.guarantee_says_it_has_none(),
  keeps_photos: () => m.guarantee_keeps_photos(),
  takes_a_photo_once: () => m.guarantee_takes_a_photo_once(),
  checks_photos: () => m.guarantee_checks_photos(),
  keeps_a_working_copy: () => m.guarantee_keeps_a_working_copy(),
  reads_back_the_same: () => m.guarantee_reads_back_the_same(),
  keeps_originals: () => m.guarantee_keeps_originals(),
  creates_once: () => m.guarantee_creates_once(),
  refuses_overwriting: () => m.guarantee_refuses_overwriting(),
  refuses_another_version: () => m.guarantee_refuses_another_version(),
  takes_for_the_desk: () => m.guarantee_takes_for_the_desk(),
  returns: () => m.guarantee_returns(),
  schedules: () => m.guarantee_schedules(),
  unschedules: () => m.guarantee_unschedules(),
  publishes: () => m.guarantee_publishes(),
  repeats_nothing: () => m.guarantee_repeats_nothing(),
  corrects: () => m.guarantee_corrects(),
  withdraws: () => m.guarantee_withdraws(),
  stays_down: () => m.guarantee_stays_down(),
  kills: () => m.guarantee_kills(),
};

const VERDICTS: Record<GuaranteeVerdict, () => string> = {
  holds: () => m.verdict_holds(),
  fails: () => m.verdict_fails(),
  untold: () => m.verdict_untold(),
};

const UNTOLD: Record<Untold, () => string> = {
  not_offered: () => m.untold_not_offered(),
  not_allowed: () => m.untold_not_allowed(),
  left_out: () => m.untold_left_out(),
  not_reached: () => m.untold_not_reached(),
  stopped: () => m.untold_stopped(),
};

/** What happened, what was kept and what to do. */
export const sentenceOf = (error: CommandError): string => ERRORS[error.code](error.params);
export const findingSentence = (code: FindingCode): string => FINDINGS[code]();
export const deliverySentence = (state: DeliveryState): string => DELIVERIES[state]();
/** Where a delivery of this act stands. */
export const deliveryOf = (act: IntentAct, state: DeliveryState): string =>
  (DELIVERIES_OF[act][state] ?? DELIVERIES[state])();
/** The portal was read back, and it is as was asked for. */
export const confirmedNotice = (act: IntentAct, headline: string): string => CONFIRMED[act]({ headline });
export const deskStateName = (state: DeskState): string => DESK_STATES[state]();
export const publicStateName = (state: PublicState): string => PUBLIC_STATES[state]();
export const roleName = (role: Role): string => ROLES[role]();
export const chairName = (chair: Chair): string => CHAIR_NAMES[chair]();
export const portalKindName = (kind: PortalKind): string => KINDS[kind]();
/** What a portal does that keeps to this. */
export const guaranteeName = (guarantee: Guarantee): string => GUARANTEES[guarantee]();
export const verdictName = (verdict: GuaranteeVerdict): string => VERDICTS[verdict]();
export const untoldSentence = (why: Untold): string => UNTOLD[why]();
/** What went wrong with a request, whatever it was about. */
export const causeSentence = (cause: Cause): string => CAUSES[cause]();
export const revisionReason = (reason: RevisionReason): string => REASONS[reason]();
export const listName = (list: DeskList): string => LISTS[list]();
export const intentActName = (act: IntentAct): string => ACTS[act]();
export const appearanceName = (appearance: Appearance): string => APPEARANCES[appearance]();

/**
 * What going on with a delivery is called. It always looks at what the portal has first; what waits has nothing there.
 */
export function goOnName({ act, state, cause }: Pick<IntentView, 'act' | 'state' | 'cause'>): string {
  if (state === 'unknown') return m.outbox_check_now();
  if (cause === 'budget_spent') return m.outbox_send_anyway();
  if (cause === 'window_closed' && act !== 'schedule') return m.outbox_send_anyway();
  return state === 'refused' || state === 'blocked' ? m.outbox_try_again() : m.outbox_send_now();
}

/** What taking a delivery back is called. */
export function takeBackName(act: IntentAct): string {
  if (act === 'withdraw' || act === 'kill') return m.outbox_cancel_down();
  if (act === 'return') return m.outbox_cancel_return();
  if (act === 'approve') return m.outbox_cancel_approve();
  return act === 'recall' ? m.outbox_cancel_recall() : m.outbox_cancel();
}

/** Why a story could not be taken, or the portal not asked what waits: there nothing goes by itself later. */
export function queueFailure(error: CommandError): string {
  const isOffline = error.code === 'portal_failed' && error.params['cause'] === 'offline';
  return isOffline ? m.queue_offline() : sentenceOf(error);
}

/** Why a delivery of this act waits or is stuck, and what a person has to know of that. */
export function causeOf(act: IntentAct, cause: Cause): string {
  if (cause === 'conflict' && act === 'return') return m.error_refused_not_filed();
  if (cause === 'conflict' && act === 'recall') return m.recall_taken();
  if (cause === 'conflict' && act === 'approve') return m.error_refused_taken();
  if (cause !== 'window_closed') return CAUSES[cause]();
  return act === 'schedule' ? m.delivery_late() : `${CAUSES[cause]()} ${m.delivery_anyway()}`;
}

function value(params: Params, name: string): string {
  return params[name] ?? '';
}

function causeNamed(params: Params): string {
  const cause = value(params, 'cause');
  return isCause(cause) ? CAUSES[cause]() : cause;
}

function isCause(text: string): text is Cause {
  return Object.hasOwn(CAUSES, text);
}
