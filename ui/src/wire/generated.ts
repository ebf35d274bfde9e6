// Generated from the command table of crates/desk; `make generate` writes it anew.

/** HTML that only Rust makes, through the one sanitiser. */
export type SafeHtml = string & { readonly __safeHtml: unique symbol };

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Stands in a page where its text goes. */
export const TEXT_GOES_HERE = '<!--text-->';

/**
 * Who said that a story may stay as the portal kept it.
 */
export type AcceptedView = { 
/**
 * The person's name.
 */
by: string, 
/**
 * When.
 */
at: string, };

/**
 * A new account.
 */
export type AddPortal = { 
/**
 * What the person calls it.
 */
name: string, 
/**
 * What kind; the built-in one is started by its own command.
 */
kind: PortalKind, 
/**
 * `https://…`, or `http://` on this machine only.
 */
url: string, 
/**
 * Account name.
 */
user: string, 
/**
 * Exchanged for a token at once and forgotten.
 */
password: string, };

/**
 * The words that a note stands at, as the text-quote selector of the Web Annotation model names them: what was
 * selected, with a little of what stood before and after. The text may have changed since; whoever shows it looks for
 * the words anew.
 */
export type Anchor = { 
/**
 * The field.
 */
field: NotedField, 
/**
 * The photo, where the field is a photo's. Only a hint: a photo that went through a portal has another digest.
 */
photo: Sha256Hex | null, 
/**
 * The words; never empty.
 */
quote: string, 
/**
 * What stood directly before them; may be empty.
 */
prefix: string, 
/**
 * What stood directly after them; may be empty.
 */
suffix: string, 
/**
 * Where they began, in UTF-16 units of the field's text: which of several like places is meant.
 */
at: number, };

/**
 * Colours of the window.
 */
export type Appearance = "system" | "light" | "dark" | "contrast";

/**
 * The approval of one version. It holds only while that version is the head.
 */
export type Approval = { 
/**
 * The approved version.
 */
version: Sha256Hex, 
/**
 * Who approved it.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * It is the approver's own writing: one-person mode was on.
 */
alone: boolean, 
/**
 * That version was given to the outbox for readers: what is written afterwards is a new text, and nothing that was
 * changed behind the approver's back.
 */
sent: boolean, };

/**
 * Find fit for readers what was saved with this counter.
 */
export type ApproveStory = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * See [`PublishStory::counter`].
 */
counter: number, };

/**
 * Photo bytes handed over by drop, paste or file chooser.
 */
export type AttachPhoto = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Name of the file it came from; data, never a path.
 */
name: string, };

/**
 * A photo is in the store and belongs to the story.
 */
export type AttachedView = { 
/**
 * Facts about it. The window adds it to `content.photos`.
 */
photo: PhotoView, 
/**
 * Caption found in the file, if any.
 */
caption: string, 
/**
 * Credit found in the file, if any.
 */
credit: string, };

/**
 * A story's place on all four axes.
 */
export type Axes = { 
/**
 * The working copy.
 */
desk: DeskState, 
/**
 * The approval that stands, if any.
 */
approval: Approval | null, 
/**
 * The approval that stood until a letter changed. It stands again once the text is that version again.
 */
fallen: Approval | null, 
/**
 * The newest intent of the story that is not settled, else its last one; `None` when it was never sent.
 */
delivery: DeliveryState | null, 
/**
 * What readers get, by the portal's last word.
 */
public: PublicState, 
/**
 * What holds the story back, wherever it stands. No axis of its own: it moves none of the others.
 */
guards: Guards, 
/**
 * Somebody else at the desk has the working copy: it was handed in here and taken there. No axis of its own either.
 */
elsewhere: boolean, };

/**
 * A backup of the store.
 */
export type BackupView = { 
/**
 * File name, within the backups folder.
 */
name: string, 
/**
 * When it was made.
 */
at: string, 
/**
 * Bytes.
 */
size: number, };

/**
 * All backups.
 */
export type BackupsView = { 
/**
 * Newest first.
 */
backups: Array<BackupView>, };

/**
 * The budget, and how much of it is left.
 */
export type BudgetView = { 
/**
 * See [`DataBudget::mobile`].
 */
mobile: boolean, 
/**
 * See [`DataBudget::daily_mb`].
 */
daily_mb: number | null, 
/**
 * See [`DataBudget::originals`].
 */
originals: Originals, 
/**
 * Bytes that portals have acknowledged since midnight in Dhaka, on whatever connection.
 */
sent_today: number, 
/**
 * Photos and originals that wait for the next day.
 */
waiting: number, 
/**
 * When the next day begins.
 */
until: string, };

/**
 * Why an attempt did not end in a receipt. The interface has a sentence for each; raw text of the portal
 * goes beside it as a detail.
 */
export type Cause = "offline" | "timeout" | "cut_off" | "untrusted" | "portal_broken" | "portal_error_page" | "login_page" | "not_the_contract" | "wrong_echo" | "redirected" | "signed_out" | "forbidden" | "not_found" | "still_running" | "conflict" | "not_approved" | "suggestions_open" | "flagged" | "embargoed" | "kill_waits" | "changed_on_portal" | "too_large" | "invalid" | "too_many_requests" | "unavailable" | "read_back_differs" | "window_closed" | "no_secret" | "schedule_missed" | "budget_spent" | "metered" | "price_unknown" | "originals_off" | "cannot_strip";

/**
 * In whose place a person sits in the built-in portal's newsroom: each has a store and an account of its own, so that
 * both sides of a desk can be tried on one machine.
 */
export type Chair = "own" | "correspondent" | "sub_editor" | "editor";

/**
 * What kind of change it is. A newsroom owes its readers a word on every one but a slip of the pen.
 */
export type ChangeKind = "typo" | "update" | "clarification" | "correction" | "reply";

/**
 * What a person chose for a place.
 */
export type Choice = { "take": "ours" } | { "take": "theirs" } | { "take": "both" } | { "take": "text", 
/**
 * What.
 */
text: string, };

/**
 * Clear a legal flag: ask for it, or agree to it.
 */
export type ClearFlag = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Why; at most 1,000 letters, not empty.
 */
reason: string, 
/**
 * Without the second editor that it needs; it stands on the morning sheet.
 */
breaks_glass?: boolean, };

/**
 * A verb of the desk. Typing is never a command that can be refused; saving is not in this list.
 */
export type Command = "create" | "approve" | "approve_alone" | "unapprove" | "publish" | "correct" | "file" | "take" | "return" | "recall" | "schedule" | "withdraw" | "kill" | "spike" | "unspike" | "change_at_portal" | "accept_theirs" | "merge" | "publish_over" | "accept_differences" | "flag" | "ask_clear" | "clear_flag" | "clear_alone" | "set_embargo" | "lift_embargo" | "ask_kill" | "kill_alone" | "call_off_kill" | "override_warning";

/**
 * What a command answers when it does not do what was asked. The window has a sentence for each code.
 */
export type CommandError = { 
/**
 * What happened.
 */
code: ErrorCode, 
/**
 * Values for the sentence, such as `limit` or `name`.
 */
params: { [key in string]: string }, 
/**
 * Technical details for "details"; never story text, never a secret.
 */
detail: string, };

/**
 * Asks what differs between two versions.
 */
export type CompareVersions = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * The revision, 1, 2, 3 …
 */
number: number, 
/**
 * The text it is held against, as it stands in the window, which need not be saved; left out, the revision is held
 * against the one that it was made from.
 */
draft?: Content, };

/**
 * What differs between two versions.
 */
export type ComparisonView = { 
/**
 * The revision that stands before; 0 where there was nothing yet.
 */
before: number, 
/**
 * The revision that stands after; `None`: the draft.
 */
after: number | null, 
/**
 * Field by field; empty when nothing differs.
 */
changes: Array<FieldChange>, };

/**
 * The content of a draft or of a revision. The body is Markdown: CommonMark with GFM tables,
 * strikethrough and footnotes. A photo stands in it as `![](photo:SHA256)`, where the digest is
 * [`StoryPhoto::id`]; its caption, credit and alternative text live in [`Content::photos`] alone.
 */
export type Content = { 
/**
 * One line; the page's only `h1`.
 */
headline: string, 
/**
 * The paragraph under the headline; may be empty.
 */
standfirst: string, 
/**
 * Person or desk, without the colon that the page prints after it.
 */
byline: string, 
/**
 * Place the story was filed from, such as `খুলনা`; may be empty.
 */
dateline: string, 
/**
 * The agency's sign-off, such as `বাসস`, printed after the last paragraph; may be empty.
 */
source: string, 
/**
 * Slug of the section; empty until chosen.
 */
section: string, 
/**
 * Tags, in the author's order.
 */
tags: Array<string>, 
/**
 * Latin slug for the page's address; empty means "made from the headline".
 */
slug: string, 
/**
 * The language the story is written in.
 */
language: Language, 
/**
 * First publication, when the story has been published before it came here; the page prints this
 * instead of the portal's own time.
 */
published_at: string | null, 
/**
 * The text, as Markdown.
 */
body: string, 
/**
 * The story's photos in their order. Photos that the body does not place stand after the text.
 */
photos: Array<StoryPhoto>, };

/**
 * How many stories each list holds.
 */
export type Counts = { 
/**
 * See [`DeskList::Drafts`].
 */
drafts: number, 
/**
 * See [`DeskList::Sent`].
 */
sent: number, 
/**
 * See [`DeskList::Returned`].
 */
returned: number, 
/**
 * See [`DeskList::Scheduled`].
 */
scheduled: number, 
/**
 * See [`DeskList::Published`].
 */
published: number, 
/**
 * See [`DeskList::Outbox`].
 */
outbox: number, 
/**
 * See [`DeskList::Trash`].
 */
trash: number, };

/**
 * Asks for a revision of what is saved now.
 */
export type CutRevision = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Why.
 */
reason: RevisionReason, };

/**
 * What may be sent in one day over mobile data, and on which lines originals go.
 */
export type DataBudget = { 
/**
 * The person says that this machine is on mobile data; nothing is measured.
 */
mobile: boolean, 
/**
 * Megabytes of 1,000,000 bytes a day, after which photos wait; `None`: they never do.
 */
daily_mb: number | null, 
/**
 * When the originals of photos may be sent.
 */
originals: Originals, };

/**
 * Where one intent stands.
 */
export type DeliveryState = "queued" | "sending" | "unknown" | "confirmed" | "refused" | "blocked" | "cancelled";

/**
 * What the desk tells every window without being asked.
 */
export type DeskEvent = { "kind": "lists_changed" } | { "kind": "intent_moved", 
/**
 * The intent.
 */
intent: IntentView, } | { "kind": "original_moved", 
/**
 * The original.
 */
original: OriginalView, } | { "kind": "story_moved", 
/**
 * Which.
 */
story: StoryId, 
/**
 * Where it stands now.
 */
axes: Axes, 
/**
 * What readers get.
 */
public: PublicState, } | { "kind": "schedule_missed", 
/**
 * Which.
 */
story: StoryId, 
/**
 * Its headline.
 */
headline: string, } | { "kind": "queue_changed", 
/**
 * How many stories wait to be taken.
 */
waiting: number, } | { "kind": "notes_changed", 
/**
 * Which.
 */
story: StoryId, } | { "kind": "returned", 
/**
 * Which.
 */
story: StoryId, 
/**
 * Its headline.
 */
headline: string, 
/**
 * Who returned it.
 */
by: string, 
/**
 * Why.
 */
reason: string, } | { "kind": "approved", 
/**
 * Which.
 */
story: StoryId, 
/**
 * Its headline.
 */
headline: string, 
/**
 * Who approved it.
 */
by: string, } | { "kind": "went_live", 
/**
 * Which.
 */
story: StoryId, 
/**
 * Its headline.
 */
headline: string, } | { "kind": "notice_chosen", 
/**
 * Which.
 */
story: StoryId, } | { "kind": "taken_late", 
/**
 * Which.
 */
story: StoryId, 
/**
 * Its headline.
 */
headline: string, 
/**
 * The revision that holds the portal's text, where that had changed and stands beside the one written here.
 */
theirs: number | null, } | { "kind": "outbox_paused", 
/**
 * Nothing is sent.
 */
paused: boolean, } | { "kind": "package_step", 
/**
 * Photos that were looked at.
 */
done: number, 
/**
 * All of them.
 */
of: number, } | { "kind": "guarantee_tried", 
/**
 * Whose.
 */
portal: PortalId, 
/**
 * What was found.
 */
tried: GuaranteeView, } | { "kind": "reachable", 
/**
 * Whether it answers.
 */
reachable: boolean, };

/**
 * The lists of the desk. After any sequence of commands a story stands in exactly one of them.
 */
export type DeskList = "drafts" | "sent" | "returned" | "scheduled" | "published" | "outbox" | "trash";

/**
 * Where the working copy stands. The story's event log knows the truth.
 */
export type DeskState = "draft" | "filed" | "in_edit" | "returned" | "approved" | "spiked";

/**
 * A notice on the person's desktop, for when the window is behind others.
 */
export type DesktopNotice = { 
/**
 * The story that it speaks of: a click opens it, and the next notice of the same story stands in this one's place.
 */
story: StoryId | null, 
/**
 * What happened, in a few words.
 */
title: string, 
/**
 * The story's headline, or the whole sentence. Plain text.
 */
body: string, };

/**
 * One thing that a portal kept otherwise than it was sent.
 */
export type Difference = { 
/**
 * JSON pointer into the payload, such as `/photos/0/credit`; `/page` is the public page, `/state` what readers
 * get.
 */
at: string, 
/**
 * What was sent; at most a hundred letters or so, empty when that says nothing.
 */
sent: string, 
/**
 * What the portal has instead; empty when it has nothing.
 */
kept: string, };

/**
 * Not before this time.
 */
export type Embargo = { 
/**
 * By the portal's clock.
 */
until: string, 
/**
 * By whom.
 */
set: Said, };

/**
 * How words of the text may stand out.
 */
export type Emphasis = "strong" | "emphasis";

/**
 * Why a command did not do what was asked.
 */
export type ErrorCode = "bad_arguments" | "not_found" | "store_read_only" | "store_full" | "store_locked" | "store_damaged" | "store_newer" | "store_broken" | "text_too_long" | "moved_on" | "findings_block" | "refused_role" | "refused_spiked" | "refused_not_spiked" | "refused_not_approved" | "refused_already_public" | "refused_not_public" | "refused_already_filed" | "refused_not_filed" | "refused_taken" | "refused_killed" | "refused_delivery_open" | "refused_own_writing" | "refused_approval_fell" | "refused_suggestions_open" | "suggestion_unfit" | "refused_flagged" | "refused_not_flagged" | "refused_embargoed" | "refused_kill_waits" | "refused_no_kill_waits" | "refused_second_person" | "reason_needed" | "notice_needed" | "time_passed" | "time_far_off" | "no_portal" | "no_desk" | "text_not_here" | "not_whole_here" | "no_keychain" | "sign_in_refused" | "portal_failed" | "bad_url" | "photo_kind" | "photo_no_decoder" | "photo_too_slow" | "photo_bytes" | "photo_pixels" | "photo_damaged" | "package_foreign" | "package_too_long" | "package_sealed" | "package_newer" | "package_damaged" | "package_stranger" | "package_address" | "package_not_written" | "package_left" | "too_late_to_cancel" | "internal";

/**
 * One line of a story's log. Refusals are logged too. Each line's hash covers the line before it, so
 * that nobody can take one out unseen.
 */
export type Event = { 
/**
 * Made before the event is written.
 */
id: EventId, 
/**
 * The story it belongs to.
 */
story: StoryId, 
/**
 * 1, 2, 3 … within the story.
 */
sequence: number, 
/**
 * When, by this machine's clock, or by the portal's where it was done there. Order is by `sequence`, never by this.
 */
at: string, 
/**
 * Who gave the command.
 */
actor: string, 
/**
 * What was asked.
 */
command: Command, 
/**
 * The version it was about.
 */
version: Sha256Hex | null, 
/**
 * The desk state afterwards.
 */
desk: DeskState, 
/**
 * Why it was refused, when it was; a code of [`crate::Refusal`].
 */
refused: string | null, 
/**
 * A reason or remark by the actor; empty when none.
 */
note: string, 
/**
 * Hash of the line before; `None` for the first.
 */
previous: Sha256Hex | null, 
/**
 * Hash of this line, see [`Event::seal`].
 */
hash: Sha256Hex, };

/**
 * One line of a story's append-only log.
 */
export type EventId = string;

/**
 * What of a story a difference, or a merge, is about.
 */
export type Field = "headline" | "standfirst" | "byline" | "dateline" | "source" | "section" | "tags" | "slug" | "language" | "published_at" | "body" | "photo" | "caption" | "credit" | "alt" | "decorative" | "lead" | "focal" | "photo_order";

/**
 * A field that differs.
 */
export type FieldChange = { 
/**
 * Which.
 */
field: Field, 
/**
 * Of which photo; `None` for what belongs to the story.
 */
photo: Sha256Hex | null, 
/**
 * The whole field in its order: same and removed runs are what it said before, same and added ones what it says
 * after. One run for each tag. Empty for [`Field::PhotoOrder`].
 */
runs: Array<Run>, };

/**
 * Where a rescued text or a backup is now.
 */
export type FileView = { 
/**
 * A path, to be shown.
 */
path: string, };

/**
 * One finding.
 */
export type Finding = { 
/**
 * What.
 */
code: FindingCode, 
/**
 * How much it matters.
 */
severity: Severity, 
/**
 * The photo it is about, if it is about one.
 */
photo: Sha256Hex | null, };

/**
 * What was found. The interface has a sentence for each.
 */
export type FindingCode = "headline_missing" | "headline_too_long" | "headline_long" | "body_missing" | "body_too_long" | "section_missing" | "byline_missing" | "credit_missing" | "alt_missing" | "caption_missing" | "photo_unknown" | "photo_twice" | "bidi_override";

/**
 * Put a legal flag on a story.
 */
export type FlagStory = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Why; at most 1,000 letters, not empty.
 */
reason: string, };

/**
 * A point in a picture, in thousandths of its width and height from the top left corner.
 */
export type FocalPoint = { 
/**
 * 0 (left edge) to 1000 (right edge).
 */
x: number, 
/**
 * 0 (top edge) to 1000 (bottom edge).
 */
y: number, };

/**
 * One promise of a portal. The codes are stable; the interface has a sentence for each.
 */
export type Guarantee = "says_who_it_is" | "tells_time" | "lists_sections" | "says_it_has_none" | "keeps_photos" | "takes_a_photo_once" | "checks_photos" | "keeps_a_working_copy" | "reads_back_the_same" | "keeps_originals" | "creates_once" | "refuses_overwriting" | "refuses_another_version" | "takes_for_the_desk" | "returns" | "schedules" | "unschedules" | "publishes" | "repeats_nothing" | "corrects" | "withdraws" | "stays_down" | "kills";

/**
 * What was found of a guarantee.
 */
export type GuaranteeVerdict = "holds" | "fails" | "untold";

/**
 * One guarantee, tried.
 */
export type GuaranteeView = { 
/**
 * Which.
 */
guarantee: Guarantee, 
/**
 * What was found.
 */
verdict: GuaranteeVerdict, 
/**
 * Why it was not tried; `None` when it was.
 */
untold: Untold | null, 
/**
 * What went wrong with a request; `None` when it holds, or all went well and the result was not what was promised.
 */
cause: Cause | null, 
/**
 * What was seen, for the portal's developers; empty unless it fails.
 */
detail: string, 
/**
 * How long it took.
 */
millis: number, };

/**
 * Everything that holds one story back.
 */
export type Guards = { 
/**
 * Blocks approve, publish, schedule and correct.
 */
legal: LegalFlag | null, 
/**
 * Blocks publish and schedule before its time.
 */
embargo: Embargo | null, 
/**
 * A kill that one editor asked for. Readers have the story no more; it is final once another editor agrees.
 */
kill: Said | null, };

/**
 * Who has a story.
 */
export type HeldView = { 
/**
 * The person's name.
 */
name: string, 
/**
 * On which machine.
 */
device: string, 
/**
 * Until when, unless they go on.
 */
until: string, };

/**
 * What an intent does at the portal.
 */
export type IntentAct = "publish" | "correct" | "file" | "return" | "recall" | "approve" | "schedule" | "withdraw" | "kill";

/**
 * One thing that the outbox has to bring to a portal. It is also the `Idempotency-Key` on the wire:
 * a retry is the same intent, a new text is a new one.
 */
export type IntentId = string;

/**
 * One intent of the outbox.
 */
export type IntentView = { 
/**
 * Which; also the key on the wire.
 */
intent: IntentId, 
/**
 * Of which story.
 */
story: StoryId, 
/**
 * Its headline when the command was given.
 */
headline: string, 
/**
 * What it brings.
 */
act: IntentAct, 
/**
 * To which portal.
 */
portal: PortalId, 
/**
 * Where it stands. The photos of a story count as part of it.
 */
state: DeliveryState, 
/**
 * When readers are to get it; for a schedule only.
 */
live_at: string | null, 
/**
 * Not sent for the first time after this without asking.
 */
send_until: string | null, 
/**
 * Why it waits or is stuck, if it does.
 */
cause: Cause | null, 
/**
 * The portal's own words, for "details"; at most 2,000 characters.
 */
detail: string, 
/**
 * Attempts counted so far.
 */
attempts: number, 
/**
 * Not before this time.
 */
next_at: string | null, 
/**
 * Bytes sent of the photos and the text.
 */
bytes_sent: number, 
/**
 * Bytes in all.
 */
bytes_total: number, 
/**
 * When the command was given.
 */
asked_at: string, 
/**
 * When the read-back agreed.
 */
confirmed_at: string | null, 
/**
 * Address of the public page, once confirmed.
 */
public_url: string | null, 
/**
 * The portal's version that stands in the way.
 */
theirs: TheirsView | null, 
/**
 * What the portal kept otherwise than it was sent.
 */
differences: Array<Difference>, 
/**
 * What was asked for has come about, but for the differences: a person may accept it as it is.
 */
acceptable: boolean, 
/**
 * Who accepted the differences.
 */
accepted: AcceptedView | null, };

/**
 * The language of a story or of the interface.
 */
export type Language = "bn" | "en";

/**
 * The test story is still at the portal, or may be.
 */
export type LeftOverView = { 
/**
 * Its id there.
 */
story: StoryId, 
/**
 * Its public address, when it has had one.
 */
url: string | null, 
/**
 * Readers have it or will get it, or may.
 */
maybe_public: boolean, 
/**
 * Why it could not be taken away.
 */
cause: Cause, 
/**
 * The portal's own words.
 */
detail: string, };

/**
 * Somebody doubts that the story may be published at all.
 */
export type LegalFlag = { 
/**
 * By whom, and why.
 */
raised: Said, 
/**
 * An editor wants it cleared; another one has to agree.
 */
clearing: Said | null, };

/**
 * Which rows of a list.
 */
export type ListQuery = { 
/**
 * The list.
 */
list: DeskList, 
/**
 * Only this section; all when `None`.
 */
section: string | null, 
/**
 * At most this many rows; 1 to 200.
 */
limit: number, 
/**
 * Rows after this cursor, from the previous answer.
 */
after: string | null, };

/**
 * A page of a list, with the counts of all.
 */
export type ListView = { 
/**
 * Newest change first.
 */
rows: Array<StoryRow>, 
/**
 * Cursor of the next page; `None` at the end.
 */
next: string | null, 
/**
 * How many stories each list holds.
 */
counts: Counts, };

/**
 * What readers have, beside a draft that differs from it.
 */
export type LiveView = { 
/**
 * Since when, by the portal's last word.
 */
since: string, 
/**
 * How many changes the page marks; 0 on the page that readers have. A change is a stretch of text that goes, comes,
 * or becomes another, in `data-change` of its `del` and `ins`; or a photo that came or went.
 */
changes: number, 
/**
 * What differs and no page shows, each once.
 */
unseen: Array<Field>, };

/**
 * What a look at the portal found.
 */
export type LookedView = { 
/**
 * The revision that the portal's version is; `None` when it came from here, or there is none.
 */
revision: number | null, };

/**
 * Something of a portal's version that a [`Content`] has no place for.
 */
export type Lost = { 
/**
 * What it is.
 */
kind: LostKind, 
/**
 * Its name there: of a block, of a field, or what stands under a photo.
 */
name: string, };

/**
 * What cannot be kept as it is.
 */
export type LostKind = "block" | "photo" | "field";

/**
 * The person has had a story before them.
 */
export type MarkRead = { 
/**
 * Which.
 */
story: StoryId, 
/**
 * The newest save that they have seen.
 */
counter: number, };

/**
 * Makes the draft of what a person chose.
 */
export type MergeVersions = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * See [`MergeView::revision`].
 */
revision: number, 
/**
 * See [`MergeView::counter`]; refused as moved on when the draft was saved since.
 */
counter: number, 
/**
 * By place; `None` leaves what is settled.
 */
choices: Array<Choice | null>, };

/**
 * The draft and a revision brought together, before a person has chosen.
 */
export type MergeView = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * The revision that the draft is merged with.
 */
revision: number, 
/**
 * The save of the draft that this was made of.
 */
counter: number, 
/**
 * Who wrote the draft.
 */
ours_by: string, 
/**
 * Who wrote the revision; the portal's name where it does not tell.
 */
theirs_by: string, 
/**
 * When, by the portal's word.
 */
theirs_at: string, 
/**
 * The revision that both were made from; `None`: nobody knows, and every difference is a person's to choose.
 */
base: number | null, 
/**
 * Where they differ.
 */
places: Array<Place>, 
/**
 * The body in its order.
 */
body: Array<Part>, };

/**
 * Gives a version a name, or takes it away.
 */
export type NameVersion = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Which revision.
 */
number: number, 
/**
 * At most 80 letters; empty for none.
 */
name: string, };

/**
 * One thing that was said at a story, for ever; a portal knows it by the same id.
 */
export type NoteId = string;

/**
 * Where the words of one note stand.
 */
export type NotePlace = { 
/**
 * Which note.
 */
note: NoteId, 
/**
 * The words, as they are now.
 */
place: Anchor, };

/**
 * What an answer does with the note that it answers; one without words of its own may do no more than that.
 */
export type NoteTurn = "resolved" | "reopened" | "accepted" | "rejected";

/**
 * One thing that was said at a story.
 */
export type NoteView = { 
/**
 * Which.
 */
note: NoteId, 
/**
 * The note that it answers.
 */
parent: NoteId | null, 
/**
 * The name of whoever wrote it; may be empty.
 */
author: string, 
/**
 * May be empty where there is a turn.
 */
text: string, 
/**
 * What an answer does with the note that it answers.
 */
turn: NoteTurn | null, 
/**
 * The words it stands at, as its writer selected them; `None` for the whole story.
 */
anchor: Anchor | null, 
/**
 * Where those words stood here last, if they were looked for.
 */
place: Anchor | null, 
/**
 * What those words should become; `None` where it only speaks.
 */
suggestion: Suggestion | null, 
/**
 * When.
 */
written_at: string, 
/**
 * Written by the person at this machine.
 */
own: boolean, 
/**
 * The portal has it.
 */
sent: boolean, 
/**
 * Of a note that answers none: something is left to do about it.
 */
open: boolean, 
/**
 * Of the same: the person at this machine was called by name and has not answered.
 */
waits: boolean, };

/**
 * Which field of a story a note stands at.
 */
export type NotedField = "headline" | "standfirst" | "byline" | "dateline" | "body" | "caption" | "credit";

/**
 * What was said at a story.
 */
export type NotesView = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Oldest first, answers among them.
 */
notes: Array<NoteView>, 
/**
 * How they come to others.
 */
way: NotesWay, 
/**
 * Names that may be called with `@`, as far as they are known here.
 */
people: Array<string>, };

/**
 * How notes of a story come to others.
 */
export type NotesWay = "here" | "with_story" | "shared";

/**
 * Arguments of a command that takes none, and the answer of one that has nothing to tell.
 */
export type Nothing = Record<symbol, never>;

/**
 * A change, and what readers are told of it.
 */
export type Notice = { 
/**
 * What kind of change.
 */
kind: ChangeKind, 
/**
 * Plain text for readers; not shown for [`ChangeKind::Typo`].
 */
note: string, };

/**
 * Names one backup.
 */
export type OfBackup = { 
/**
 * As in [`BackupView::name`].
 */
name: string, };

/**
 * Names one intent.
 */
export type OfIntent = { 
/**
 * Which.
 */
intent: IntentId, };

/**
 * Names one portal.
 */
export type OfPortal = { 
/**
 * Which.
 */
portal: PortalId, };

/**
 * Names one revision.
 */
export type OfRevision = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * 1, 2, 3 …
 */
number: number, };

/**
 * Names one story.
 */
export type OfStory = { 
/**
 * Which.
 */
story: StoryId, };

/**
 * Names a portal's version that stands in the way of an intent, as the person saw it.
 */
export type OfTheirs = { 
/**
 * Which intent.
 */
intent: IntentId, 
/**
 * The revision that was shown; refused as moved on when another one came meanwhile.
 */
revision: number, };

/**
 * Turns one-person mode on until the day ends in Dhaka, or off.
 */
export type OnePersonMode = { 
/**
 * On.
 */
on: boolean, };

/**
 * One-person mode: whoever writes alone may also approve.
 */
export type OnePersonView = { 
/**
 * The current portal's newsroom has one person: the mode is on, and does not end.
 */
newsroom: boolean, 
/**
 * It is on until then; `None` when it is off.
 */
until: string | null, 
/**
 * Who turned it on; empty when it is off.
 */
by: string, };

/**
 * A package whose bytes come with the call.
 */
export type OpenPackage = { 
/**
 * The fingerprint of somebody unknown whose packages are to be taken in from now on.
 */
trust: string | null, };

/**
 * Names a place that was found.
 */
export type OpenPlace = { 
/**
 * Of which story.
 */
story: StoryId, 
/**
 * See [`PlaceView::url`]; nothing else is opened.
 */
url: string, };

/**
 * The original of one photo on its way to a portal's desk. Its story is delivered without it.
 */
export type OriginalView = { 
/**
 * Which intent.
 */
intent: IntentId, 
/**
 * Of which story.
 */
story: StoryId, 
/**
 * Its headline when the command was given.
 */
headline: string, 
/**
 * To which portal.
 */
portal: PortalId, 
/**
 * Where it stands.
 */
state: DeliveryState, 
/**
 * Why it waits or is stuck, if it does.
 */
cause: Cause | null, 
/**
 * The portal's own words, or why it cannot be prepared; at most 2,000 characters.
 */
detail: string, 
/**
 * Attempts counted so far.
 */
attempts: number, 
/**
 * Not before this time.
 */
next_at: string | null, 
/**
 * Bytes that the portal has.
 */
bytes_sent: number, 
/**
 * Bytes of the file here.
 */
bytes_total: number, 
/**
 * When the command was given.
 */
asked_at: string, 
/**
 * When the portal had it.
 */
confirmed_at: string | null, };

/**
 * When the originals of photos may be sent to a portal that keeps them.
 */
export type Originals = "never" | "unmetered" | "always";

/**
 * Everything on its way, and what was settled lately.
 */
export type OutboxView = { 
/**
 * Stuck first, then waiting, then settled; newest first within each.
 */
intents: Array<IntentView>, 
/**
 * Originals that are on their way or wait for a person, oldest first, then those that arrived lately.
 */
originals: Array<OriginalView>, 
/**
 * Whether the portal answered when last asked; `None` before the first time.
 */
reachable: boolean | null, 
/**
 * A person has stopped everything.
 */
paused: boolean, 
/**
 * What may be sent today.
 */
budget: BudgetView, };

/**
 * How others seal packages to this desk, and know that one is ours.
 */
export type PackageKeyView = { 
/**
 * What packages for this desk are sealed to; it may be known to everybody.
 */
address: string, 
/**
 * What others see of who signed a package of ours.
 */
fingerprint: string, 
/**
 * People whose packages were taken in here, by name.
 */
people: Array<PackagePerson>, 
/**
 * The address that a package of this desk was last sealed to.
 */
last_to: string | null, };

/**
 * What goes into a package.
 */
export type PackageKind = "story" | "receipt";

/**
 * Somebody whose packages are taken in.
 */
export type PackagePerson = { 
/**
 * By their own word, when a person here said that it is them.
 */
name: string, 
/**
 * Of the key they sign with.
 */
fingerprint: string, 
/**
 * What packages for them are sealed to.
 */
address: string, };

/**
 * Where a package was put; both are `None` when the person would rather not have it.
 */
export type PackageSaved = { 
/**
 * The file's name, without its folder.
 */
name: string | null, 
/**
 * The folder's own name, without what it lies in.
 */
folder: string | null, };

/**
 * What became of the text in a package.
 */
export type PackageText = "known" | "draft" | "beside";

/**
 * Who may read a package.
 */
export type PackageTo = { "kind": "desk", 
/**
 * As in [`PackageKeyView::address`] there.
 */
address: string, } | { "kind": "sender" } | { "kind": "anybody" };

/**
 * A package was taken in.
 */
export type PackageView = { 
/**
 * The story that it is about.
 */
story: StoryId, 
/**
 * What was in it.
 */
what: PackageKind, 
/**
 * Who made it, by the name they are known by here.
 */
by: string, 
/**
 * Of the key that it is signed with.
 */
fingerprint: string, 
/**
 * Nobody else could read it on its way.
 */
sealed: boolean, 
/**
 * The story was not here before.
 */
is_new: boolean, 
/**
 * Versions that were not here before.
 */
versions: number, 
/**
 * What became of the text; `Known` for a receipt.
 */
text: PackageText, 
/**
 * The revision that holds a text which stands beside the draft.
 */
revision: number | null, 
/**
 * Its sender wants it taken as filed.
 */
filed: boolean, 
/**
 * Deliveries that a receipt has settled, so that they are not sent any more.
 */
settled: number, };

/**
 * A stretch of the merged body.
 */
export type Part = { "kind": "text", 
/**
 * What.
 */
text: string, } | { "kind": "place", 
/**
 * Which of [`Merge::places`].
 */
place: number, };

/**
 * Whether anything is sent at all.
 */
export type PauseOutbox = { 
/**
 * Nothing is sent until this is false again.
 */
paused: boolean, };

/**
 * Facts about a photo's file. The picture itself is fetched from the photo address.
 */
export type PhotoView = { 
/**
 * SHA-256 of the original file.
 */
id: Sha256Hex, 
/**
 * Name of the file it came from; shown, never used as a path.
 */
name: string, 
/**
 * `image/jpeg`, `image/png` or `image/webp`.
 */
media_type: string, 
/**
 * Pixels, after orientation.
 */
width: number, 
/**
 * Pixels, after orientation.
 */
height: number, 
/**
 * Bytes of the original.
 */
size: number, 
/**
 * The original names a place; what leaves the machine does not.
 */
had_location: boolean, };

/**
 * A place where the two versions differ.
 */
export type Place = { 
/**
 * Of which field; of the body there may be many.
 */
field: Field, 
/**
 * Of which photo; `None` for what belongs to the story.
 */
photo: Sha256Hex | null, 
/**
 * What stood there before either; empty also when nobody knows. Tags and the order of photos are one a line; of
 * what is there or not, `yes` or nothing.
 */
base: string, 
/**
 * What our side says.
 */
ours: string, 
/**
 * What their side says.
 */
theirs: string, 
/**
 * Both, where that makes sense.
 */
both: string | null, 
/**
 * The side that alone changed it, and that goes into the result; `None`: a person has to choose.
 */
settled: Side | null, };

/**
 * A kind of place.
 */
export type PlaceKind = "page" | "card" | "front" | "section" | "feed" | "sitemap";

/**
 * Where the words of notes stand in the text as it is now.
 */
export type PlaceNotes = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Only of those whose words were found.
 */
places: Array<NotePlace>, };

/**
 * What stands at a place.
 */
export type PlaceState = "new" | "old" | "listed" | "absent" | "unread";

/**
 * One place.
 */
export type PlaceView = { 
/**
 * What kind.
 */
kind: PlaceKind, 
/**
 * Where it is; `open_place` opens it in the browser.
 */
url: string, 
/**
 * What stands there.
 */
state: PlaceState, 
/**
 * Why it could not be read.
 */
cause: Cause | null, 
/**
 * The same in the machine's words, for "details".
 */
detail: string, };

/**
 * Where readers meet a story, as it was a moment ago.
 */
export type PlacesView = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * When it was looked.
 */
at: string, 
/**
 * It was taken from the readers: whatever still stands there is old.
 */
down: boolean, 
/**
 * In the order in which they were come to, the story's own page first.
 */
places: Array<PlaceView>, };

/**
 * What a portal said of itself.
 */
export type PortalCheck = { 
/**
 * The portal's own name.
 */
name: string, 
/**
 * The portal's version.
 */
version: string, 
/**
 * The account's name there.
 */
account: string, 
/**
 * What the account may do there.
 */
role: Role, 
/**
 * Its sections.
 */
sections: Array<Section>, };

/**
 * A portal account that this machine knows.
 */
export type PortalId = string;

/**
 * Kinds of portal.
 */
export type PortalKind = "built_in" | "native" | "wordpress";

/**
 * What a portal cannot do, or not for this account. The interface has a sentence for each.
 */
export type PortalLack = "desk" | "others_stories" | "leases" | "approvals" | "guards" | "notes" | "photos" | "notices" | "overwriting" | "duplicates";

/**
 * An account on a portal. The secret is in the system's keychain, never here.
 */
export type PortalView = { 
/**
 * Which.
 */
portal: PortalId, 
/**
 * What the person calls it.
 */
name: string, 
/**
 * What kind.
 */
kind: PortalKind, 
/**
 * Its address.
 */
url: string, 
/**
 * Account name there.
 */
user: string, 
/**
 * Stories go to this one.
 */
current: boolean, 
/**
 * Its pages tell readers what was changed.
 */
tells_changes: boolean, 
/**
 * Its desk keeps the originals of photos.
 */
keeps_originals: boolean, 
/**
 * It holds a story back for everybody: by a legal flag, an embargo, a second person for a kill.
 */
holds_back: boolean, 
/**
 * What it cannot do for this account, the gravest first; nothing before it has told.
 */
lacks: Array<PortalLack>, };

/**
 * All portals.
 */
export type PortalsView = { 
/**
 * In the order they were added.
 */
portals: Array<PortalView>, };

/**
 * Which page of a story is shown.
 */
export type PreviewPage = "draft" | "live" | "changes";

/**
 * A piece of a page.
 */
export type PreviewPiece = { 
/**
 * The same digest, the same piece.
 */
digest: string, 
/**
 * `None` when the digest was among the known ones.
 */
html: SafeHtml | null, };

/**
 * Asks for the page of a text that need not be saved. Never writes anything.
 */
export type PreviewQuery = { 
/**
 * Which story; its publication time is used.
 */
story: StoryId, 
/**
 * The text to show.
 */
content: Content, 
/**
 * Digests of the pieces that the window has: these come without their HTML.
 */
known: Array<string>, 
/**
 * Which page; left out, the draft's.
 */
show?: PreviewPage, };

/**
 * The page as readers would get it, in pieces: a key changes one paragraph, and only that has to come.
 */
export type PreviewView = { 
/**
 * A whole HTML document without scripts; the comment `<!--text-->` stands where the blocks go. What no reader
 * sees in it, such as the card for other sites, may be older than the text.
 */
page: PreviewPiece, 
/**
 * The elements of the text, in order.
 */
blocks: Array<PreviewPiece>, 
/**
 * For each element with a `data-at`, in the order of the page, the byte offset of its Markdown.
 */
places: Array<number>, 
/**
 * Of what readers have; `None` for the draft's page.
 */
live: LiveView | null, };

/**
 * What readers get. The portal knows the truth; this is its last word to us.
 */
export type PublicState = "never" | "scheduled" | "live" | "withdrawn" | "killed";

/**
 * Publish what was saved with this counter.
 */
export type PublishStory = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * The save that the person sees; refused as "moved on" when it is not the last one.
 */
counter: number, 
/**
 * The publish window: once this is past, it is not sent for the first time without asking.
 */
send_until?: string, 
/**
 * What readers are told of a change of what they have; left out, it is a slip of the pen. For nothing else.
 */
notice?: Notice, 
/**
 * Also when somebody had approved another text than this one.
 */
over_fallen?: boolean, };

/**
 * One story of the queue.
 */
export type QueueRow = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * May be empty.
 */
headline: string, 
/**
 * Section slug; may be empty.
 */
section: string, 
/**
 * The author's name.
 */
author: string, 
/**
 * Words in headline, standfirst and body.
 */
words: number, 
/**
 * Photos attached.
 */
photos: number, 
/**
 * Where it stands at the portal.
 */
desk: DeskState, 
/**
 * What readers get.
 */
public: PublicState, 
/**
 * When it was handed in.
 */
filed_at: string | null, 
/**
 * Who has it just now, if anybody.
 */
held: HeldView | null, 
/**
 * It was taken on this machine and is still in our hands.
 */
ours: boolean, 
/**
 * A copy of it is on this machine.
 */
here: boolean, 
/**
 * It was taken here while the portal could not be reached, and the desk does not know.
 */
tentative: boolean, 
/**
 * Notes of that copy that are not resolved.
 */
notes: number, 
/**
 * Those among them in which the person was called and has not answered.
 */
calls: number, 
/**
 * Somebody else's words came into it since the person read it here; they may still be at the portal alone.
 */
unread: boolean, 
/**
 * What holds it back from readers.
 */
guards: Guards, };

/**
 * What the portal's desk has, as last heard.
 */
export type QueueView = { 
/**
 * The current portal has a desk.
 */
has_desk: boolean, 
/**
 * This role works at it: takes what waits there, and returns it.
 */
at_desk: boolean, 
/**
 * What waits to be taken or is in somebody's hands, what was filed first before all others.
 */
rows: Array<QueueRow>, 
/**
 * When the portal last told; `None` before the first time.
 */
synced_at: string | null, 
/**
 * How many more wait there that were written at the portal itself, and are worked on only there.
 */
elsewhere: number, 
/**
 * What the portal does not keep at its desk, the gravest first.
 */
lacks: Array<PortalLack>, };

/**
 * Unsaved text to be put into a file, when the store cannot take it.
 */
export type RescueText = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * The text.
 */
content: Content, };

/**
 * Give a story back to its author, as it was saved with this counter.
 */
export type ReturnStory = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * See [`PublishStory::counter`].
 */
counter: number, 
/**
 * Why; at most 1,000 letters, not empty. Its author reads it.
 */
reason: string, };

/**
 * How a story came back to its author.
 */
export type ReviewView = { 
/**
 * Who returned it.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The revision that holds the desk's text, when the draft here could not simply become it.
 */
theirs: number | null, };

/**
 * One immutable version of a story. The content itself is fetched from the store by number.
 */
export type Revision = { 
/**
 * 1, 2, 3 … within the story.
 */
number: number, 
/**
 * SHA-256 of the content's bytes.
 */
hash: Sha256Hex, 
/**
 * The hash of the version it was made from; `None` for the first.
 */
parent: Sha256Hex | null, 
/**
 * The hash of the other version that a merge made it of; `None` where there was no merge. Left out where it is none:
 * packages of before there was such a thing are read, and theirs are written, as ever.
 */
merged?: Sha256Hex, 
/**
 * When it was cut.
 */
at: string, 
/**
 * Why it was cut.
 */
reason: RevisionReason, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * Words in headline, standfirst and body.
 */
words: number, };

/**
 * Why a revision was cut.
 */
export type RevisionReason = "asked" | "left" | "time" | "command" | "imported" | "restored" | "portal" | "merged" | "package";

/**
 * All revisions of a story.
 */
export type RevisionsView = { 
/**
 * Newest first.
 */
revisions: Array<Revision>, 
/**
 * What is known of them beside what they say, newest first; only of those that something is known of.
 */
marks: Array<VersionMark>, };

/**
 * What a person may do.
 */
export type Role = "correspondent" | "sub_editor" | "editor" | "admin";

/**
 * A stretch of whole letters.
 */
export type Run = { 
/**
 * Where it stands.
 */
kind: RunKind, 
/**
 * What it says; never empty but for what is only there or not ([`Field::Photo`] and the flags).
 */
text: string, };

/**
 * On which side a run stands.
 */
export type RunKind = "same" | "removed" | "added";

/**
 * What somebody said, and when.
 */
export type Said = { 
/**
 * The person's name.
 */
by: string, 
/**
 * Their account at the portal; empty where only this machine knows of it.
 */
account: string, 
/**
 * When, by the clock of whoever wrote it down.
 */
at: string, 
/**
 * Why; may be empty for an embargo.
 */
reason: string, };

/**
 * One autosave.
 */
export type SaveDraft = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Larger than that of every earlier save; an older one that arrives late changes nothing.
 */
counter: number, 
/**
 * The whole content.
 */
content: Content, 
/**
 * The window's undo history, opaque; `None` leaves the stored one.
 */
undo: string | null, };

/**
 * Put a story, or word of it, into a package.
 */
export type SavePackage = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * What of it.
 */
what: PackageKind, 
/**
 * Who may read it.
 */
to: PackageTo, };

/**
 * The content is on disk.
 */
export type SavedView = { 
/**
 * Counter of the save that is on disk now.
 */
counter: number, 
/**
 * When it got there.
 */
saved_at: string, 
/**
 * What blocks and what is advice, for this content.
 */
findings: Array<Finding>, 
/**
 * How long it is.
 */
counts: TextCounts, 
/**
 * Where it stands: an approval falls when a letter changes.
 */
axes: Axes, 
/**
 * Readers have another version than this machine's.
 */
differs_from_live: boolean, };

/**
 * Have the portal publish, at a set time, what was saved with this counter.
 */
export type ScheduleStory = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * See [`PublishStory::counter`].
 */
counter: number, 
/**
 * When readers get it, by the portal's clock.
 */
at: string, 
/**
 * See [`PublishStory::over_fallen`].
 */
over_fallen?: boolean, };

/**
 * One find.
 */
export type SearchHit = { 
/**
 * The story's row.
 */
row: StoryRow, 
/**
 * Text around the first match.
 */
excerpt: string, 
/**
 * Where the matches stand in `excerpt`: start and end in UTF-16 units, ascending, not overlapping.
 */
marks: Array<[number, number]>, };

/**
 * A search over everything ever written on this machine.
 */
export type SearchQuery = { 
/**
 * As typed; never a query language.
 */
text: string, 
/**
 * At most this many; 1 to 100.
 */
limit: number, };

/**
 * One section of a portal, as the portal gave it to us.
 */
export type Section = { 
/**
 * Short Latin name, unique on the portal; part of the page's address.
 */
slug: string, 
/**
 * What readers see, in Bengali.
 */
name_bn: string, 
/**
 * What readers see, in English.
 */
name_en: string, 
/**
 * The parent's slug; `None` for a top-level section.
 */
parent: string | null, 
/**
 * Place among its siblings, smallest first.
 */
position: number, };

/**
 * Keep a story from readers until a time.
 */
export type SetEmbargo = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Until when, by the portal's clock.
 */
until: string, };

/**
 * How the person likes the window. Unknown to the portal.
 */
export type Settings = { 
/**
 * Language of the interface.
 */
language: Language, 
/**
 * Colours.
 */
appearance: Appearance, 
/**
 * Text size in percent, 80 to 200.
 */
text_size: number, 
/**
 * Name that new stories get as byline.
 */
byline: string, 
/**
 * Notices on the desktop when the window is behind others.
 */
notices: boolean, 
/**
 * Sizes and open regions, in a form that only the window reads. JSON.
 */
layout: string, };

/**
 * How much a finding matters.
 */
export type Severity = "block" | "advice";

/**
 * A SHA-256 digest, written as 64 lower-case hexadecimal digits.
 */
export type Sha256Hex = string;

/**
 * One line of it.
 */
export type SheetLineView = { 
/**
 * What was done; `None`: one-person mode was turned on.
 */
command: Command | null, 
/**
 * With which story; `None` for one-person mode.
 */
story: StoryId | null, 
/**
 * The story is on this machine.
 */
here: boolean, 
/**
 * Its headline; may be empty.
 */
headline: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * The reason; may be empty. For an overridden warning its codes, with spaces between them.
 */
note: string, };

/**
 * Which day of the morning sheet.
 */
export type SheetQuery = { 
/**
 * From when on; left out, it is the last day.
 */
since?: string, 
/**
 * Until before when; left out, it is a day after `since`, or now.
 */
until?: string, };

/**
 * Whose word a morning sheet is.
 */
export type SheetSource = "portal" | "offline" | "here";

/**
 * What was done alone, or in spite of something.
 */
export type SheetView = { 
/**
 * From when on.
 */
since: string, 
/**
 * Until before when.
 */
until: string, 
/**
 * Newest first.
 */
lines: Array<SheetLineView>, 
/**
 * Whose word it is.
 */
source: SheetSource, };

/**
 * Whose version.
 */
export type Side = "ours" | "theirs";

/**
 * How much is new in a story since the person read it here last.
 */
export type SinceReadView = { 
/**
 * See [`UnreadView::revision`].
 */
revision: number, 
/**
 * Paragraphs of the text that differ, came or went.
 */
paragraphs: number, 
/**
 * What else differs, in the order of a story's fields.
 */
fields: Array<Field>, };

/**
 * Changes to another chair.
 */
export type SitDown = { 
/**
 * Which.
 */
chair: Chair, };

/**
 * What the window needs before it can draw anything.
 */
export type StartView = { 
/**
 * How the person likes the window.
 */
settings: Settings, 
/**
 * No portal was ever chosen on this machine: show the first-start screen.
 */
first_start: boolean, 
/**
 * Accounts on portals.
 */
portals: Array<PortalView>, 
/**
 * The current portal's section tree, as last heard of; empty before the first portal.
 */
sections: Array<Section>, 
/**
 * What happened when the store was opened, where a person should know.
 */
store: StoreCondition, 
/**
 * What this person may do on the current portal.
 */
role: Role, 
/**
 * In whose place the person sits.
 */
chair: Chair, 
/**
 * Whether this person may approve what nobody else has written.
 */
one_person: OnePersonView, 
/**
 * Version of the application.
 */
version: string, };

/**
 * What happened when the store was opened.
 */
export type StoreCondition = { "kind": "fine" } | { "kind": "moved_aside", 
/**
 * Where the damaged file is now.
 */
moved_to: string, 
/**
 * The newest backup that can be brought back, if there is one.
 */
backup: BackupView | null, } | { "kind": "read_only" };

/**
 * One item of work, for ever.
 */
export type StoryId = string;

/**
 * A photo *in this story*: the words belong to the story, the bytes to the store.
 */
export type StoryPhoto = { 
/**
 * SHA-256 of the original file's bytes. The same file twice is the same photo.
 */
id: Sha256Hex, 
/**
 * What the reader sees under it; may be empty, the page then prints the headline.
 */
caption: string, 
/**
 * Photographer or source, without the `ছবি:` that the page prints before it.
 */
credit: string, 
/**
 * Alternative text for readers who do not see the picture.
 */
alt: string, 
/**
 * The picture says nothing that the text does not: readers' tools may skip it.
 */
decorative: boolean, 
/**
 * This is the lead photo. At most one; see [`Content::lead_photo`].
 */
lead: boolean, 
/**
 * The point that every crop keeps.
 */
focal: FocalPoint | null, };

/**
 * One line of a list.
 */
export type StoryRow = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * May be empty.
 */
headline: string, 
/**
 * Section slug; may be empty.
 */
section: string, 
/**
 * Where it stands.
 */
axes: Axes, 
/**
 * Byline; may be empty.
 */
byline: string, 
/**
 * Words in headline, standfirst and body.
 */
words: number, 
/**
 * Photos attached.
 */
photos: number, 
/**
 * Last change.
 */
changed_at: string, 
/**
 * Readers have another version than this machine's.
 */
differs_from_live: boolean, 
/**
 * Notes that are not resolved.
 */
notes: number, 
/**
 * Those among them in which the person was called and has not answered.
 */
calls: number, 
/**
 * Somebody else's words came into it since the person read it here.
 */
unread: boolean, };

/**
 * A story opened for writing.
 */
export type StoryView = { 
/**
 * Which.
 */
story: StoryId, 
/**
 * What it says, as last saved.
 */
content: Content, 
/**
 * Counter of the last save; the next one is larger.
 */
counter: number, 
/**
 * When that save reached the disk.
 */
saved_at: string, 
/**
 * The undo history that the window gave with its last save; opaque.
 */
undo: string | null, 
/**
 * Where it stands.
 */
axes: Axes, 
/**
 * What blocks and what is advice.
 */
findings: Array<Finding>, 
/**
 * Words, characters, reading time.
 */
counts: TextCounts, 
/**
 * Facts about the attached photos, in the order of `content.photos`.
 */
photos: Array<PhotoView>, 
/**
 * Its deliveries, newest first.
 */
deliveries: Array<IntentView>, 
/**
 * Address of the public page, once confirmed.
 */
public_url: string | null, 
/**
 * Readers have another version than this machine's.
 */
differs_from_live: boolean, 
/**
 * When readers will get it, by the portal's last word; `None` unless scheduled.
 */
live_at: string | null, 
/**
 * That time has passed by the portal's clock, and readers do not have it.
 */
schedule_missed: boolean, 
/**
 * How it came back from the portal's desk; `None` unless it is returned.
 */
review: ReviewView | null, 
/**
 * What the person read here before somebody else's words came into it; `None` where there is nothing new to them.
 */
unread: UnreadView | null, 
/**
 * It was taken here, and the desk does not know; `None` where it does.
 */
tentative: TentativeView | null, };

/**
 * Suggests that words of a story should be others, or be set otherwise.
 */
export type SuggestChange = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * The words as they are.
 */
anchor: Anchor, 
/**
 * What they should become, of at most 5,000 letters. Where several words of them are others, each change becomes a
 * suggestion of its own.
 */
change: Suggestion, 
/**
 * Why; at most 1,000 letters, may be empty. It is said at the first of them.
 */
text: string, };

/**
 * What a note proposes for the words it stands at. The story says nothing of it until somebody takes it over.
 */
export type Suggestion = { "kind": "replace", 
/**
 * As they are read; a line break begins another paragraph. Empty: nothing in their place.
 */
words: string, } | { "kind": "format", 
/**
 * How.
 */
mark: Emphasis, 
/**
 * Set so, or no longer.
 */
on: boolean, };

/**
 * Take a story from the readers.
 */
export type TakeDownStory = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * Why; at most 1,000 letters, not empty.
 */
reason: string, 
/**
 * Of a kill: without the second editor that it needs; it stands on the morning sheet.
 */
breaks_glass?: boolean, };

/**
 * Takes a story from the queue.
 */
export type TakeStory = { 
/**
 * Which.
 */
story: StoryId, 
/**
 * Also from the hands of somebody else.
 */
takeover: boolean, };

/**
 * What taking came to: exactly one of the two is there.
 */
export type TakeView = { 
/**
 * It is in our hands, opened for writing.
 */
story: StoryView | null, 
/**
 * Somebody else has it; nothing was changed.
 */
held: HeldView | null, };

/**
 * That a story was taken here while the portal could not be reached, and the desk does not know.
 */
export type TentativeView = { 
/**
 * When.
 */
taken_at: string, 
/**
 * Who had it when the desk was asked; `None` while it was not.
 */
held: HeldView | null, };

/**
 * How long a text is.
 */
export type TextCounts = { 
/**
 * Words in headline, standfirst and body.
 */
words: number, 
/**
 * Letters as a reader sees them (grapheme clusters), without Markdown's marks.
 */
characters: number, 
/**
 * Reading time in minutes, rounded up.
 */
minutes: number, };

/**
 * What somebody wrote at the portal.
 */
export type TheirsView = { 
/**
 * Which revision of the story it is.
 */
revision: number, 
/**
 * When it was changed there, else when it was found.
 */
at: string, 
/**
 * What of it has no place in a story here.
 */
lost: Array<Lost>, 
/**
 * Readers have it.
 */
live: boolean, };

/**
 * What was found.
 */
export type TrialView = { 
/**
 * The test story's id.
 */
story: StoryId, 
/**
 * Every guarantee once, in the order in which they were tried.
 */
guarantees: Array<GuaranteeView>, 
/**
 * Seconds that the portal's clock is ahead of this machine's; `None` when it did not tell.
 */
skew_seconds: number | null, 
/**
 * The test story, when it could not be taken away.
 */
left_over: LeftOverView | null, 
/**
 * Digest of the test photo, which stays at the portal; `None` when none was sent.
 */
photo: Sha256Hex | null, };

/**
 * Asks to try every guarantee of a portal with a test story.
 */
export type TryPortal = { 
/**
 * Which.
 */
portal: PortalId, 
/**
 * Also what readers could see for some seconds.
 */
publishing: boolean, };

/**
 * Says that nothing is left to do about a note, or that there is again, or what became of its suggestion.
 */
export type TurnNote = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * A note that answers none.
 */
note: NoteId, 
/**
 * Which; a verdict only of a note that suggests something.
 */
turn: NoteTurn, };

/**
 * The draft says what somebody else wrote, and not what the person read here last.
 */
export type UnreadView = { 
/**
 * The revision that they have read.
 */
revision: number, 
/**
 * When last.
 */
read_at: string, };

/**
 * Why nothing can be said about a guarantee.
 */
export type Untold = "not_offered" | "not_allowed" | "left_out" | "not_reached" | "stopped";

/**
 * A command that was carried out on a version.
 */
export type VersionAct = { 
/**
 * Which.
 */
command: Command, 
/**
 * Who gave it.
 */
actor: string, 
/**
 * When.
 */
at: string, };

/**
 * What is known of one version beside what it says.
 */
export type VersionMark = { 
/**
 * Which revision.
 */
number: number, 
/**
 * The name that a person gave it; empty without one.
 */
name: string, 
/**
 * What was done with it, by the story's log, in that order.
 */
acts: Array<VersionAct>, };

/**
 * Writes a note at words of a story, or an answer to one.
 */
export type WriteNote = { 
/**
 * Which story.
 */
story: StoryId, 
/**
 * The note that it answers, which answers none itself.
 */
parent: NoteId | null, 
/**
 * The words; `None` for the whole story, and for an answer.
 */
anchor: Anchor | null, 
/**
 * What it says; at most 1,000 letters, not empty.
 */
text: string, };

/** Every command, with its arguments and its answer. */
export interface Commands {
  /** What the window needs before it can draw anything. */
  start: { args: Nothing; answer: StartView };
  /** Keeps how the person likes the window. */
  save_settings: { args: Settings; answer: Nothing };
  /** Lets this person approve what nobody else has written, until the day ends, or no more. */
  set_one_person: { args: OnePersonMode; answer: OnePersonView };
  /** One page of a desk list, with the counts of all lists. */
  list_stories: { args: ListQuery; answer: ListView };
  /** Finds words in everything ever written on this machine. */
  search: { args: SearchQuery; answer: Array<SearchHit> };
  /** Begins a story; it is on disk when this answers. */
  new_story: { args: Nothing; answer: StoryView };
  /** A story with everything the window shows of it. */
  open_story: { args: OfStory; answer: StoryView };
  /** Keeps the draft; the answer means that it is on disk. */
  save_draft: { args: SaveDraft; answer: SavedView };
  /** Makes a revision of what is saved, unless the newest one equals it. */
  cut_revision: { args: CutRevision; answer: RevisionsView };
  /** All revisions of a story. */
  list_revisions: { args: OfStory; answer: RevisionsView };
  /** Gives a version a name, or takes it away. */
  name_version: { args: NameVersion; answer: RevisionsView };
  /** What a revision says. */
  read_revision: { args: OfRevision; answer: Content };
  /** What differs between a revision and the text in the window, or the revision it was made from. */
  compare_versions: { args: CompareVersions; answer: ComparisonView };
  /** How much is new in a story since the person read it here; not found where nothing is. */
  since_read: { args: OfStory; answer: SinceReadView };
  /** Notes that the person has had a story before them; stays on this machine. */
  mark_read: { args: MarkRead; answer: Nothing };
  /** The draft as saved and a revision brought together; writes nothing. */
  merge_view: { args: OfRevision; answer: MergeView };
  /** Makes the draft of what a person chose from both, and takes back what met with that revision. */
  merge_versions: { args: MergeVersions; answer: StoryView };
  /** Brings a revision back as a new one; nothing is lost. */
  restore_revision: { args: OfRevision; answer: StoryView };
  /** The story's append-only log. */
  story_log: { args: OfStory; answer: Array<Event> };
  /** The page as readers would get it; writes nothing. */
  preview: { args: PreviewQuery; answer: PreviewView };
  /** Sets a story aside. */
  spike: { args: OfStory; answer: StoryView };
  /** Brings a spiked story back. */
  unspike: { args: OfStory; answer: StoryView };
  /** Approves what is saved and puts it into the outbox, in one transaction. */
  publish: { args: PublishStory; answer: StoryView };
  /** Approves what is saved, as an act of its own, and tells the portal through the outbox. */
  approve: { args: ApproveStory; answer: StoryView };
  /** Hands what is saved to the portal's desk, through the outbox. */
  file: { args: PublishStory; answer: StoryView };
  /** Gives what is saved back to its author with a reason, through the outbox. */
  return_story: { args: ReturnStory; answer: StoryView };
  /** Takes back what nobody at the desk has taken yet: before it is sent, or through the outbox. */
  recall_story: { args: OfStory; answer: StoryView };
  /** Approves what is saved and has the portal publish it at a set time, through the outbox. */
  schedule: { args: ScheduleStory; answer: StoryView };
  /** What the portal's desk has, as last heard. */
  list_queue: { args: Nothing; answer: QueueView };
  /** Asks the portal for its desk's queue now. */
  refresh_queue: { args: Nothing; answer: QueueView };
  /** Takes a story from the portal's desk into our hands, and onto this machine. */
  take_story: { args: TakeStory; answer: TakeView };
  /** Hands what was written at a story that somebody else has to them, as suggestions; it stays here as a version. */
  hand_over: { args: OfStory; answer: StoryView };
  /** What desk and author said to each other at a story. */
  list_notes: { args: OfStory; answer: NotesView };
  /** Writes a note at words of a story, or an answer to one; it is on disk when this answers. */
  write_note: { args: WriteNote; answer: NotesView };
  /** Suggests what words of a story should become, each change by itself. */
  suggest_change: { args: SuggestChange; answer: NotesView };
  /** Resolves a note, opens it again, or says what became of its suggestion. */
  turn_note: { args: TurnNote; answer: NotesView };
  /** Keeps where the words of notes stand in the text as it is now. */
  place_notes: { args: PlaceNotes; answer: Nothing };
  /** Takes the story from the readers, ahead of everything else on its way. */
  withdraw: { args: TakeDownStory; answer: StoryView };
  /** Takes the story from the readers for ever, first of all. */
  kill: { args: TakeDownStory; answer: StoryView };
  /** Puts a legal flag on a story: nothing of it goes to readers until it is cleared. */
  flag_story: { args: FlagStory; answer: StoryView };
  /** Clears a legal flag, agrees to that, or asks for it: whichever this person's word comes to. */
  clear_flag: { args: ClearFlag; answer: StoryView };
  /** Keeps a story from readers until a time, by the portal's clock. */
  set_embargo: { args: SetEmbargo; answer: StoryView };
  /** Takes that time away. */
  lift_embargo: { args: OfStory; answer: StoryView };
  /** Takes back a kill that waits for a second person; the story stays withdrawn. */
  call_off_kill: { args: OfStory; answer: StoryView };
  /** What was done alone or in spite of something, on one day. */
  morning_sheet: { args: SheetQuery; answer: SheetView };
  /** Stops everything that would be sent, or lets it go on. */
  pause_outbox: { args: PauseOutbox; answer: OutboxView };
  /** Keeps what may be sent in one day over mobile data. */
  set_data_budget: { args: DataBudget; answer: OutboxView };
  /** Lets everything go that waits for the next day. */
  lift_data_budget: { args: Nothing; answer: OutboxView };
  /** Everything on its way, and what was settled lately. */
  outbox: { args: Nothing; answer: OutboxView };
  /** Looks at the present state, then goes on with this intent at once. */
  send_now: { args: OfIntent; answer: OutboxView };
  /** Brings what somebody wrote at the portal into the history; the draft stays as it is. */
  look_at_portal: { args: OfStory; answer: LookedView };
  /** Takes the portal's version over as the draft, and takes the intent back. */
  accept_theirs: { args: OfTheirs; answer: StoryView };
  /** Lets the intent go on in place of the portal's version that was shown. */
  publish_over: { args: OfTheirs; answer: OutboxView };
  /** Takes it as delivered although the portal kept something otherwise. */
  accept_differences: { args: OfIntent; answer: OutboxView };
  /** Takes an intent back, if nothing of it was sent. */
  cancel_intent: { args: OfIntent; answer: OutboxView };
  /** All accounts on portals. */
  list_portals: { args: Nothing; answer: PortalsView };
  /** Starts the portal inside the application and makes it the current one, with sample stories when the desk is empty. */
  use_built_in_portal: { args: Nothing; answer: StartView };
  /** Changes to another chair of the built-in portal's newsroom; the window begins anew after it. */
  sit_down: { args: SitDown; answer: Nothing };
  /** Signs in to a portal and makes it the current one. */
  add_portal: { args: AddPortal; answer: StartView };
  /** Makes this portal the current one. */
  choose_portal: { args: OfPortal; answer: StartView };
  /** Forgets the account and its secret; no story is touched. */
  remove_portal: { args: OfPortal; answer: StartView };
  /** Asks a portal who it is and who we are. */
  check_portal: { args: OfPortal; answer: PortalCheck };
  /** Tries each guarantee of a portal with a test story, and takes it away again. */
  try_portal: { args: TryPortal; answer: TrialView };
  /** Ends the trial that runs; its test story is taken away. */
  stop_trial: { args: Nothing; answer: Nothing };
  /** Opens the confirmed public page in the browser. */
  open_public_page: { args: OfStory; answer: Nothing };
  /** Shows a notice on the desktop, for when the window is behind others. */
  show_notice: { args: DesktopNotice; answer: Nothing };
  /** Reads the places where readers meet a story, and tells which still show an old wording. */
  story_places: { args: OfStory; answer: PlacesView };
  /** Opens a place that was found in the browser. */
  open_place: { args: OpenPlace; answer: Nothing };
  /** Writes text into a file outside the store, when the store cannot take it. */
  rescue_text: { args: RescueText; answer: FileView };
  /** All backups of the store. */
  list_backups: { args: Nothing; answer: BackupsView };
  /** Makes a backup of the store. */
  backup_now: { args: Nothing; answer: FileView };
  /** Puts a backup in the store's place; the present file is kept aside. */
  restore_backup: { args: OfBackup; answer: StartView };
  /** What packages for this desk are sealed to, and whose packages are taken in here. */
  package_key: { args: Nothing; answer: PackageKeyView };
  /** Asks where a story, or word that it has arrived, goes as a file for the way without a network, and puts it there. */
  save_package: { args: SavePackage; answer: PackageSaved };
  /** Takes in the package whose bytes come with the call. */
  open_package: { args: OpenPackage; answer: PackageView };
  /** Leaves the package that is being read; nothing of it is kept. */
  leave_package: { args: Nothing; answer: Nothing };
  /** Takes the photo bytes that come with the call into the store. */
  attach_photo: { args: AttachPhoto; answer: AttachedView };
}
