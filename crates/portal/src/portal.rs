//! The one face that all portals have for the desk, and the plain data that crosses it.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Cause, ChangeKind, Consent, DeskState, Guards, IntentId, Lost, Section, Sha256Hex, StoryId};

pub use crate::about::{About, Capabilities, Limits, Me};
use crate::{
    desk::{DeskPage, DeskWord, Lease, Taken, Taking},
    failure::Failure,
    guards::{Guarding, Sheet},
    notes::{NoteToSend, PortalNote},
    places::{self, Place, Whereabouts},
};

/// A portal that somebody is signed in to. Every call is one act with one outcome; nothing is repeated
/// behind the caller's back, except that an upload goes on where it stopped.
#[async_trait]
pub trait Portal: Send + Sync {
    /// What the portal is and can do.
    async fn about(&self) -> Result<About, Failure>;

    /// Who we are there.
    async fn me(&self) -> Result<Me, Failure>;

    /// Forgets the token at the portal.
    async fn sign_out(&self) -> Result<(), Failure>;

    /// All sections, parents and children, in no order.
    async fn sections(&self) -> Result<Vec<Section>, Failure>;

    /// A list that readers see, first item first.
    async fn list(&self, list: ListName) -> Result<Vec<ListItem>, Failure>;

    /// Whether the portal holds the photo with this digest.
    async fn has_photo(&self, sha256: &Sha256Hex) -> Result<bool, Failure>;

    /// Uploads a photo and makes sure that the portal holds it whole. An upload that this value began before
    /// goes on where it stopped. `progress` is told bytes that the portal has acknowledged, never fewer than
    /// before within one call.
    async fn send_photo(&self, photo: &PhotoToSend<'_>, progress: OnProgress<'_>) -> Result<(), Failure>;

    /// Whether the portal holds an original of the photo whose rendition has this digest. Only where
    /// [`Capabilities::originals`] is, as the next.
    async fn has_original(&self, _photo: &Sha256Hex) -> Result<bool, Failure> {
        Err(no_originals())
    }

    /// Uploads an original and makes sure that the portal holds it whole: as [`Portal::send_photo`].
    async fn send_original(
        &self,
        _original: &OriginalToSend<'_>,
        _progress: OnProgress<'_>,
    ) -> Result<(), Failure> {
        Err(no_originals())
    }

    /// The story as the portal holds it; `None` when the portal says in its own words that it has none.
    async fn look_up(&self, story: StoryId) -> Result<Option<Remote>, Failure>;

    /// Creates or replaces the working copy; readers see nothing of it yet.
    async fn send_story(&self, story: &StoryToSend<'_>) -> Result<WorkingCopy, Failure>;

    /// Changes what readers get: see [`Act`].
    async fn transition(&self, transition: &Transition) -> Result<Transitioned, Failure>;

    /// What the desk has open, or what changed there since `since`; one page. It tells everything from the beginning
    /// when the portal does not know the cursor any more. Only where [`Capabilities::desk`] is, as the four that
    /// follow.
    async fn desk_changes(&self, _since: Option<&str>) -> Result<DeskPage, Failure> {
        Err(no_desk())
    }

    /// Returns when something changed at the desk since `since`, or when nothing has for `patience`, half a minute at
    /// most. Only where [`Capabilities::waits`] is.
    async fn wait_for_desk(&self, _since: &str, _patience: Duration) -> Result<(), Failure> {
        Err(no_desk())
    }

    /// Takes the story into our hands: a lease, and the desk state `in_edit`. Where the portal has
    /// [no leases](Capabilities::without_leases) there is nothing to tell it, and it is the version that was looked up
    /// that is taken.
    async fn take(&self, _taking: &Taking<'_>) -> Result<Taken, Failure> {
        Err(no_desk())
    }

    /// Keeps the lease going; `None` when it is somebody else's now. Only where there are leases, as the next.
    async fn renew(&self, _story: StoryId, _lease: &Lease, _device: &str) -> Result<Option<Lease>, Failure> {
        Err(no_desk())
    }

    /// Gives the lease back; one that is over already is no error.
    async fn give_back(&self, _story: StoryId, _lease: &Lease) -> Result<(), Failure> {
        Err(no_desk())
    }

    /// A photo's bytes, with this digest for certain.
    async fn fetch_photo(&self, _sha256: &Sha256Hex) -> Result<Vec<u8>, Failure> {
        Err(no_desk())
    }

    /// What was said at a story, oldest first; nothing when the portal has no such story. Only where
    /// [`Capabilities::notes`] is, as the next.
    async fn notes(&self, _story: StoryId) -> Result<Vec<PortalNote>, Failure> {
        Err(no_notes())
    }

    /// Says something at a story; the same note again changes nothing. Gives it as the portal keeps it.
    async fn put_note(&self, _story: StoryId, _note: &NoteToSend<'_>) -> Result<PortalNote, Failure> {
        Err(no_notes())
    }

    /// Puts on a story what holds it back from readers, or takes it off; the same key has one effect. Gives what holds it
    /// back then. Only where [`Capabilities::guards`] is.
    async fn guard(&self, _order: &Guarding<'_>) -> Result<Guards, Failure> {
        Err(Failure::harmless(Cause::NotFound, "this portal holds no story back"))
    }

    /// What was done alone, or in spite of something, from the one time until before the other; on the last day by the
    /// portal's clock when none is named. Only where [`Capabilities::sheet`] is.
    async fn sheet(&self, _span: Option<(DateTime<Utc>, DateTime<Utc>)>) -> Result<Sheet, Failure> {
        Err(Failure::harmless(Cause::NotFound, "this portal keeps no morning sheet"))
    }

    /// A transition has one effect for each key, and none if the story was taken down since it was first sent: to send
    /// it again is safe, whatever was done at the portal meanwhile.
    fn knows_keys(&self) -> bool {
        false
    }

    /// The public page's HTML, fetched as any reader would, without the token.
    async fn public_page(&self, url: &str) -> Result<String, Failure>;

    /// Where readers meet the story, and what stands there: read as any reader would, without the token. Which places
    /// there are the adapter finds out by asking; of a portal that it knows nothing of, the story's own page. A place that
    /// cannot be read is told as such.
    async fn places(&self, story: &Whereabouts<'_>) -> Result<Vec<Place>, Failure> {
        let url = story.url.unwrap_or_default();
        places::of_page(url, self.public_page(url).await, story)
    }
}

fn no_desk() -> Failure {
    Failure::harmless(Cause::NotFound, "this portal has no desk to take stories from")
}

fn no_originals() -> Failure {
    Failure::harmless(Cause::NotFound, "this portal keeps no originals")
}

fn no_notes() -> Failure {
    Failure::harmless(Cause::NotFound, "this portal keeps no notes")
}

/// Lists that readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListName {
    /// সর্বশেষ
    Latest,
    /// জনপ্রিয়
    Popular,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// The story's id at the portal.
    pub id: String,
    /// What readers see.
    pub headline: String,
    /// Public address.
    pub url: String,
    /// Section slug.
    pub section: String,
    /// The opening of the body, for a card; empty when the portal does not tell.
    #[serde(default)]
    pub teaser: String,
    /// First publication.
    pub published_at: DateTime<Utc>,
}

/// A photo on its way.
#[derive(Clone, Copy)]
pub struct PhotoToSend<'a> {
    /// Digest of `bytes`.
    pub sha256: &'a Sha256Hex,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: &'a str,
    /// The rendition.
    pub bytes: &'a [u8],
}

/// An original on its way.
#[derive(Clone, Copy)]
pub struct OriginalToSend<'a> {
    /// Digest of the rendition that it is an original of.
    pub photo: &'a Sha256Hex,
    /// A story that shows the rendition.
    pub story: StoryId,
    /// The file, without what must not leave.
    pub file: PhotoToSend<'a>,
}

/// How far an upload is, in bytes that the portal acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Acknowledged.
    pub sent: u64,
    /// In all.
    pub total: u64,
}

/// Told about [`Progress`]; must return quickly.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// A story as the portal holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remote {
    /// Whose.
    pub id: StoryId,
    /// Counts the versions of the working copy.
    pub revision: u64,
    /// Names the working copy for `If-Match`, quotes included.
    pub etag: String,
    /// SHA-256 of the working copy's payload bytes, as the portal received them.
    pub hash: Sha256Hex,
    /// What readers get.
    pub state: RemoteState,
    /// Where the working copy stands at the portal's desk, where it has one.
    #[serde(default)]
    pub desk: Option<DeskState>,
    /// Address of the public page.
    #[serde(default)]
    pub public_url: Option<String>,
    /// First publication.
    #[serde(default)]
    pub published_at: Option<DateTime<Utc>>,
    /// Last change that readers got.
    #[serde(default)]
    pub updated_at: Option<DateTime<Utc>>,
    /// SHA-256 of the payload bytes that readers get; `None` unless live.
    #[serde(default)]
    pub live_hash: Option<Sha256Hex>,
    /// When readers get it; `None` unless scheduled.
    #[serde(default)]
    pub scheduled_for: Option<DateTime<Utc>>,
    /// SHA-256 of the payload bytes that readers get then; `None` unless scheduled, or where the portal keeps only one
    /// version.
    #[serde(default)]
    pub scheduled_hash: Option<Sha256Hex>,
    /// When the working copy was last changed, where the portal tells.
    #[serde(default)]
    pub changed_at: Option<DateTime<Utc>>,
    /// The approval that stands at the portal's desk, where it tells.
    #[serde(default)]
    pub approved: Option<ApprovedThere>,
    /// What holds it back from readers, where the portal keeps such things.
    #[serde(default)]
    pub guards: Guards,
    /// How it came to where it stands at the portal's desk, where it has one.
    #[serde(flatten)]
    pub way: DeskWord,
    /// What of the working copy could not be said in `payload`.
    #[serde(skip)]
    pub lost: Vec<Lost>,
    /// What the portal kept of the payload, as JSON in the payload's shape. Kept open, so that a field the
    /// portal dropped shows up as a difference and not as an unreadable answer.
    pub payload: serde_json::Value,
}

/// An approval by the portal's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovedThere {
    /// SHA-256 of the payload bytes that were approved.
    pub hash: Sha256Hex,
    /// Name of who approved them.
    #[serde(default)]
    pub by: String,
    /// When, by the portal's clock.
    pub at: DateTime<Utc>,
    /// It is the approver's own writing.
    #[serde(default)]
    pub alone: bool,
}

/// A story's state by the portal's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteState {
    /// Readers have it.
    Live,
    /// Readers get it at a set time, by the portal's clock.
    Scheduled,
    /// Readers had it.
    Withdrawn,
    /// Readers had it and never will again.
    Killed,
    /// Anything else: readers do not have it.
    #[serde(other)]
    NotPublic,
}

impl RemoteState {
    /// As it is called on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Scheduled => "scheduled",
            Self::Withdrawn => "withdrawn",
            Self::Killed => "killed",
            Self::NotPublic => "never",
        }
    }
}

/// A working copy on its way.
#[derive(Debug, Clone, Copy)]
pub struct StoryToSend<'a> {
    /// Whose.
    pub story: StoryId,
    /// The frozen payload, byte for byte.
    pub bytes: &'a [u8],
    /// What must be true at the portal, or nothing is done.
    pub unless: &'a Unless,
}

/// Guards a write against overwriting another person's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unless {
    /// Not if the portal has any version.
    Exists,
    /// Not if the portal's version is another than the one with this ETag.
    OtherThan(String),
}

/// The working copy was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingCopy {
    /// Whose; equals what was sent.
    pub id: StoryId,
    /// See [`Remote::revision`].
    pub revision: u64,
    /// See [`Remote::etag`].
    pub etag: String,
    /// Digest of the bytes received; equals what was sent.
    pub hash: Sha256Hex,
}

/// What the transition does, for readers or at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// First publication.
    Publish,
    /// A newer version in place of the live one.
    Correct,
    /// Handed to the portal's desk; readers see nothing of it.
    File,
    /// Back from the desk to its author, with a reason; readers see nothing of it.
    Return,
    /// Taken back by its author before anybody at the desk has it; readers see nothing of it.
    Recall,
    /// An editor's word that the version named may go to readers; they see nothing of it yet.
    Approve,
    /// First publication at a set time, by the portal's clock.
    Schedule,
    /// Readers get it no more; a scheduled one is not published.
    Withdraw,
    /// As withdrawn, for ever.
    Kill,
}

/// Asks for a change of what readers get, or of whose hands the story is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Whose.
    pub story: StoryId,
    /// The intent; the same key has one effect, however often it is sent.
    pub key: IntentId,
    /// What.
    pub act: Act,
    /// Digest of the payload it is about: the working copy's, or what readers have when it is taken down.
    pub hash: Sha256Hex,
    /// When readers get it; for [`Act::Schedule`] only.
    pub at: Option<DateTime<Utc>>,
    /// The portal's version on which this was decided; `None` when it must happen whatever there is. A portal
    /// that [refuses overwriting](Capabilities::refuses_overwriting) does nothing when it has another, or when the
    /// story was taken down since: so what was held up on the way brings nothing back.
    pub etag: Option<String>,
    /// The version behind [`Self::etag`] was put there in this very attempt; else it was found there, and an earlier
    /// attempt may have given the command under another tag.
    pub anew: bool,
    /// Reason of a taking down or a return, what readers are told of a change; may be empty.
    pub note: String,
    /// What kind of change readers get; for [`Act::Correct`] only. A portal that has no [`Capabilities::notices`]
    /// leaves it and the note out.
    pub change: Option<ChangeKind>,
    /// On whose word it goes, where that is more than ours now. A portal that has no [`Capabilities::approvals`] leaves
    /// it out.
    pub consent: Option<Consent>,
}

/// The change was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transitioned {
    /// Whose; equals what was sent.
    pub id: StoryId,
    /// What readers get now.
    pub state: RemoteState,
    /// See [`Remote::revision`].
    pub revision: u64,
    /// Digest of the payload readers get; equals what was sent.
    pub hash: Sha256Hex,
    /// Address of the public page, where it has one.
    #[serde(default)]
    pub public_url: Option<String>,
    /// First publication.
    #[serde(default)]
    pub published_at: Option<DateTime<Utc>>,
    /// Last change that readers got.
    #[serde(default)]
    pub updated_at: Option<DateTime<Utc>>,
}
