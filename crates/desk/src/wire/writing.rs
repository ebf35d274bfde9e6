//! A story opened for writing, its saves and its revisions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Axes, Command, Content, Finding, Revision, StoryId};
use ts_rs::TS;

use super::{IntentView, PhotoView, ReviewView, TentativeView, UnreadView};

/// Names one story.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfStory {
    /// Which.
    pub story: StoryId,
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
    /// When readers will get it, by the portal's last word; `None` unless scheduled.
    pub live_at: Option<DateTime<Utc>>,
    /// That time has passed by the portal's clock, and readers do not have it.
    pub schedule_missed: bool,
    /// How it came back from the portal's desk; `None` unless it is returned.
    pub review: Option<ReviewView>,
    /// What the person read here before somebody else's words came into it; `None` where there is nothing new to them.
    pub unread: Option<UnreadView>,
    /// It was taken here, and the desk does not know; `None` where it does.
    pub tentative: Option<TentativeView>,
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
    /// What is known of them beside what they say, newest first; only of those that something is known of.
    pub marks: Vec<VersionMark>,
}

/// What is known of one version beside what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VersionMark {
    /// Which revision.
    pub number: u32,
    /// The name that a person gave it; empty without one.
    pub name: String,
    /// What was done with it, by the story's log, in that order.
    pub acts: Vec<VersionAct>,
}

/// A command that was carried out on a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VersionAct {
    /// Which.
    pub command: Command,
    /// Who gave it.
    pub actor: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Gives a version a name, or takes it away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NameVersion {
    /// Which story.
    pub story: StoryId,
    /// Which revision.
    pub number: u32,
    /// At most 80 letters; empty for none.
    pub name: String,
}
