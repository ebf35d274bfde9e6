//! What crosses between the desk and its window: plain data, no rule. TypeScript types are generated from
//! these (see [`crate::commands`]); a change here changes `ui/src/wire/generated.ts`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{
    Axes, Cause, Content, DeliveryState, DeskList, Finding, IntentId, Language, PortalId, PublicState,
    Revision, Role, Section, Sha256Hex, StoryId,
};
use ts_rs::TS;

/// Arguments of a command that takes none, and the answer of one that has nothing to tell.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Names one story.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfStory {
    /// Which.
    pub story: StoryId,
}

/// What the window needs before it can draw anything.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartView {
    /// How the person likes the window.
    pub settings: Settings,
    /// No portal was ever chosen on this machine: show the first-start screen.
    pub first_start: bool,
    /// Accounts on portals.
    pub portals: Vec<PortalView>,
    /// The current portal's section tree, as last heard of; empty before the first portal.
    pub sections: Vec<Section>,
    /// What happened when the store was opened, where a person should know.
    pub store: StoreCondition,
    /// What this person may do on the current portal.
    pub role: Role,
    /// Version of the application.
    pub version: String,
}

/// What happened when the store was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StoreCondition {
    /// Nothing to tell.
    Fine,
    /// The file was damaged: it was moved aside, untouched, and an empty one begun.
    MovedAside {
        /// Where the damaged file is now.
        moved_to: String,
        /// The newest backup that can be brought back, if there is one.
        backup: Option<BackupView>,
    },
    /// The file can be read and not written: nothing that is typed will be kept.
    ReadOnly,
}

/// A backup of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// File name, within the backups folder.
    pub name: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// How the person likes the window. Unknown to the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Language of the interface.
    pub language: Language,
    /// Colours.
    pub appearance: Appearance,
    /// Text size in percent, 80 to 200.
    pub text_size: u16,
    /// Name that new stories get as byline.
    pub byline: String,
    /// Sizes and open regions, in a form that only the window reads. JSON.
    pub layout: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::Bn,
            appearance: Appearance::System,
            text_size: 100,
            byline: String::new(),
            layout: String::new(),
        }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// As the system says.
    #[default]
    System,
    /// Dark on paper.
    Light,
    /// Light on dark.
    Dark,
    /// Black and white, strong lines.
    Contrast,
}

/// Which rows of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListQuery {
    /// The list.
    pub list: DeskList,
    /// Only this section; all when `None`.
    pub section: Option<String>,
    /// At most this many rows; 1 to 200.
    pub limit: u32,
    /// Rows after this cursor, from the previous answer.
    pub after: Option<String>,
}

/// A page of a list, with the counts of all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListView {
    /// Newest change first.
    pub rows: Vec<StoryRow>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
    /// How many stories each list holds.
    pub counts: Counts,
}

/// How many stories each list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counts {
    /// See [`DeskList::Drafts`].
    pub drafts: u32,
    /// See [`DeskList::Outbox`].
    pub outbox: u32,
    /// See [`DeskList::Published`].
    pub published: u32,
    /// See [`DeskList::Trash`].
    pub trash: u32,
}

/// One line of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StoryRow {
    /// Which story.
    pub story: StoryId,
    /// May be empty.
    pub headline: String,
    /// Section slug; may be empty.
    pub section: String,
    /// Where it stands.
    pub axes: Axes,
    /// Byline; may be empty.
    pub byline: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Photos attached.
    pub photos: u32,
    /// Last change.
    pub changed_at: DateTime<Utc>,
    /// Readers have another version than this machine's.
    pub differs_from_live: bool,
}

/// A search over everything ever written on this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    /// As typed; never a query language.
    pub text: String,
    /// At most this many; 1 to 100.
    pub limit: u32,
}

/// One find.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// The story's row.
    pub row: StoryRow,
    /// Text around the first match.
    pub excerpt: String,
    /// Where the matches stand in `excerpt`: start and end in UTF-16 units, ascending, not overlapping.
    pub marks: Vec<(u32, u32)>,
}

/// A story opened for writing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StoryView {
    /// Which.
    pub story: StoryId,
    /// What it says, as last saved.
    pub content: Content,
    /// Counter of the last save; the next one is larger.
    #[ts(type = "number")]
    pub counter: u64,
    /// When that save reached the disk.
    pub saved_at: DateTime<Utc>,
    /// The undo history that the window gave with its last save; opaque.
    pub undo: Option<String>,
    /// Where it stands.
    pub axes: Axes,
    /// What blocks and what is advice.
    pub findings: Vec<Finding>,
    /// Words, characters, reading time.
    pub counts: TextCounts,
    /// Facts about the attached photos, in the order of `content.photos`.
    pub photos: Vec<PhotoView>,
    /// Its deliveries, newest first.
    pub deliveries: Vec<IntentView>,
    /// Address of the public page, once confirmed.
    pub public_url: Option<String>,
    /// Readers have another version than this machine's.
    pub differs_from_live: bool,
}

/// How long a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextCounts {
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Letters as a reader sees them (grapheme clusters), without Markdown's marks.
    pub characters: u32,
    /// Reading time in minutes, rounded up.
    pub minutes: u32,
}

/// Facts about a photo's file. The picture itself is fetched from the photo address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhotoView {
    /// SHA-256 of the original file.
    pub id: Sha256Hex,
    /// Name of the file it came from; shown, never used as a path.
    pub name: String,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// Bytes of the original.
    #[ts(type = "number")]
    pub size: u64,
    /// The original names a place; what leaves the machine does not.
    pub had_location: bool,
}

/// One autosave.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveDraft {
    /// Which story.
    pub story: StoryId,
    /// Larger than that of every earlier save; an older one that arrives late changes nothing.
    #[ts(type = "number")]
    pub counter: u64,
    /// The whole content.
    pub content: Content,
    /// The window's undo history, opaque; `None` leaves the stored one.
    pub undo: Option<String>,
}

/// The content is on disk.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedView {
    /// Counter of the save that is on disk now.
    #[ts(type = "number")]
    pub counter: u64,
    /// When it got there.
    pub saved_at: DateTime<Utc>,
    /// What blocks and what is advice, for this content.
    pub findings: Vec<Finding>,
    /// How long it is.
    pub counts: TextCounts,
    /// Where it stands: an approval falls when a letter changes.
    pub axes: Axes,
    /// Readers have another version than this machine's.
    pub differs_from_live: bool,
}

/// Asks for a revision of what is saved now.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct CutRevision {
    /// Which story.
    pub story: StoryId,
    /// Why.
    pub reason: story::log::RevisionReason,
}

/// Names one revision.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfRevision {
    /// Which story.
    pub story: StoryId,
    /// 1, 2, 3 …
    pub number: u32,
}

/// All revisions of a story.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RevisionsView {
    /// Newest first.
    pub revisions: Vec<Revision>,
}

/// Asks for the page of a text that need not be saved. Never writes anything.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewQuery {
    /// Which story; its publication time is used.
    pub story: StoryId,
    /// The text to show.
    pub content: Content,
    /// Digests of the pieces that the window has: these come without their HTML.
    #[serde(default)]
    pub known: Vec<String>,
}

/// The page as readers would get it, in pieces: a key changes one paragraph, and only that has to come.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewView {
    /// A whole HTML document without scripts; the comment `<!--text-->` stands where the blocks go. What no reader
    /// sees in it, such as the card for other sites, may be older than the text.
    pub page: PreviewPiece,
    /// The elements of the text, in order.
    pub blocks: Vec<PreviewPiece>,
    /// For each element with a `data-at`, in the order of the page, the byte offset of its Markdown.
    pub places: Vec<u32>,
}

/// A piece of a page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewPiece {
    /// The same digest, the same piece.
    pub digest: String,
    /// `None` when the digest was among the known ones.
    #[ts(type = "SafeHtml | null")]
    pub html: Option<String>,
}

/// Photo bytes handed over by drop, paste or file chooser.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachPhoto {
    /// Which story.
    pub story: StoryId,
    /// Name of the file it came from; data, never a path.
    pub name: String,
}

/// A photo is in the store and belongs to the story.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachedView {
    /// Facts about it. The window adds it to `content.photos`.
    pub photo: PhotoView,
    /// Caption found in the file, if any.
    pub caption: String,
    /// Credit found in the file, if any.
    pub credit: String,
}

/// Publish what was saved with this counter.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PublishStory {
    /// Which story.
    pub story: StoryId,
    /// The save that the person sees; refused as "moved on" when it is not the last one.
    #[ts(type = "number")]
    pub counter: u64,
}

/// One intent of the outbox.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IntentView {
    /// Which; also the key on the wire.
    pub intent: IntentId,
    /// Of which story.
    pub story: StoryId,
    /// Its headline when the command was given.
    pub headline: String,
    /// What it brings.
    pub act: IntentAct,
    /// To which portal.
    pub portal: PortalId,
    /// Where it stands. The photos of a story count as part of it.
    pub state: DeliveryState,
    /// Why it waits or is stuck, if it does.
    pub cause: Option<Cause>,
    /// The portal's own words, for "details"; at most 2,000 characters.
    pub detail: String,
    /// Attempts counted so far.
    pub attempts: u32,
    /// Not before this time.
    pub next_at: Option<DateTime<Utc>>,
    /// Bytes sent of the photos and the text.
    #[ts(type = "number")]
    pub bytes_sent: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub bytes_total: u64,
    /// When the command was given.
    pub asked_at: DateTime<Utc>,
    /// When the read-back agreed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Address of the public page, once confirmed.
    pub public_url: Option<String>,
}

/// What an intent does at the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IntentAct {
    /// First publication.
    Publish,
    /// A newer version in place of the live one.
    Correct,
}

/// Names one intent.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfIntent {
    /// Which.
    pub intent: IntentId,
}

/// Everything on its way, and what was settled lately.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutboxView {
    /// Stuck first, then waiting, then settled; newest first within each.
    pub intents: Vec<IntentView>,
    /// Whether the portal answered when last asked; `None` before the first time.
    pub reachable: Option<bool>,
}

/// An account on a portal. The secret is in the system's keychain, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PortalView {
    /// Which.
    pub portal: PortalId,
    /// What the person calls it.
    pub name: String,
    /// What kind.
    pub kind: PortalKind,
    /// Its address.
    pub url: String,
    /// Account name there.
    pub user: String,
    /// Stories go to this one.
    pub current: bool,
}

/// Kinds of portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PortalKind {
    /// The one inside the application.
    BuiltIn,
    /// Speaks the native contract.
    Native,
    /// WordPress 6.1 or newer.
    Wordpress,
}

/// A new account.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct AddPortal {
    /// What the person calls it.
    pub name: String,
    /// What kind; the built-in one is started by its own command.
    pub kind: PortalKind,
    /// `https://…`, or `http://` on this machine only.
    pub url: String,
    /// Account name.
    pub user: String,
    /// Exchanged for a token at once and forgotten.
    pub password: String,
}

/// Names one portal.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfPortal {
    /// Which.
    pub portal: PortalId,
}

/// What a portal said of itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PortalCheck {
    /// The portal's own name.
    pub name: String,
    /// The portal's version.
    pub version: String,
    /// The account's name there.
    pub account: String,
    /// What the account may do there.
    pub role: Role,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// All portals.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PortalsView {
    /// In the order they were added.
    pub portals: Vec<PortalView>,
}

/// Unsaved text to be put into a file, when the store cannot take it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RescueText {
    /// Which story.
    pub story: StoryId,
    /// The text.
    pub content: Content,
}

/// Where a rescued text or a backup is now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileView {
    /// A path, to be shown.
    pub path: String,
}

/// All backups.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupsView {
    /// Newest first.
    pub backups: Vec<BackupView>,
}

/// Names one backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfBackup {
    /// As in [`BackupView::name`].
    pub name: String,
}

/// What the desk tells every window without being asked.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DeskEvent {
    /// Lists or counts changed.
    ListsChanged,
    /// An intent moved; this is where it stands.
    IntentMoved {
        /// The intent.
        intent: Box<IntentView>,
    },
    /// A story's axes changed outside a command of this window.
    StoryMoved {
        /// Which.
        story: StoryId,
        /// Where it stands now.
        axes: Axes,
        /// What readers get.
        public: PublicState,
    },
    /// The portal became reachable or stopped being so.
    Reachable {
        /// Whether it answers.
        reachable: bool,
    },
}

/// What a command answers when it does not do what was asked. The window has a sentence for each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CommandError {
    /// What happened.
    pub code: ErrorCode,
    /// Values for the sentence, such as `limit` or `name`.
    pub params: std::collections::BTreeMap<String, String>,
    /// Technical details for "details"; never story text, never a secret.
    pub detail: String,
}

/// Why a command did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The arguments are not of the command's form.
    BadArguments,
    /// There is no such story, revision, intent, photo, portal or backup.
    NotFound,
    /// The store can be read and not written.
    StoreReadOnly,
    /// The disk is full.
    StoreFull,
    /// Another program holds the store.
    StoreLocked,
    /// The store is damaged.
    StoreDamaged,
    /// The store was written by a newer version of the application.
    StoreNewer,
    /// The disk gave an error.
    StoreBroken,
    /// `{limit}`: the text is longer than the store takes.
    TextTooLong,
    /// The text moved on since the person saw it.
    MovedOn,
    /// Findings block it; they are in the story's findings.
    FindingsBlock,
    /// The role may not.
    RefusedRole,
    /// The story is spiked.
    RefusedSpiked,
    /// The story is not spiked.
    RefusedNotSpiked,
    /// No approval stands.
    RefusedNotApproved,
    /// Readers already have it.
    RefusedAlreadyPublic,
    /// Readers do not have it.
    RefusedNotPublic,
    /// It was killed.
    RefusedKilled,
    /// An earlier delivery is not settled.
    RefusedDeliveryOpen,
    /// No portal was chosen.
    NoPortal,
    /// The system's keychain does not answer.
    NoKeychain,
    /// Name or password are wrong.
    SignInRefused,
    /// The portal did not answer as agreed; `{cause}` is a [`Cause`].
    PortalFailed,
    /// The address is not one of a portal.
    BadUrl,
    /// `{name}`: no JPEG, PNG or WebP, whatever its name says.
    PhotoKind,
    /// `{name}`, `{limit}`: more bytes than taken.
    PhotoBytes,
    /// `{name}`, `{limit}`: more pixels than taken.
    PhotoPixels,
    /// `{name}`: the file is damaged.
    PhotoDamaged,
    /// It may be sent already; it cannot be taken back.
    TooLateToCancel,
    /// Nothing else fits; see the detail.
    Internal,
}
