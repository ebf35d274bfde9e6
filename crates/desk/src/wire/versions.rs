//! Versions of a story: compared, and brought together.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Choice, Content, Field, FieldChange, Part, Place, StoryId};
use ts_rs::TS;

/// Asks what differs between two versions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CompareVersions {
    /// Which story.
    pub story: StoryId,
    /// The revision, 1, 2, 3 …
    pub number: u32,
    /// The text it is held against, as it stands in the window, which need not be saved; left out, the revision is held
    /// against the one that it was made from.
    #[serde(default)]
    #[ts(optional)]
    pub draft: Option<Content>,
}

/// What differs between two versions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComparisonView {
    /// The revision that stands before; 0 where there was nothing yet.
    pub before: u32,
    /// The revision that stands after; `None`: the draft.
    pub after: Option<u32>,
    /// Field by field; empty when nothing differs.
    pub changes: Vec<FieldChange>,
}

/// The draft says what somebody else wrote, and not what the person read here last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnreadView {
    /// The revision that they have read.
    pub revision: u32,
    /// When last.
    pub read_at: DateTime<Utc>,
}

/// How much is new in a story since the person read it here last.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SinceReadView {
    /// See [`UnreadView::revision`].
    pub revision: u32,
    /// Paragraphs of the text that differ, came or went.
    pub paragraphs: u32,
    /// What else differs, in the order of a story's fields.
    pub fields: Vec<Field>,
}

/// The person has had a story before them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct MarkRead {
    /// Which.
    pub story: StoryId,
    /// The newest save that they have seen.
    #[ts(type = "number")]
    pub counter: u64,
}

/// The draft and a revision brought together, before a person has chosen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergeView {
    /// Which story.
    pub story: StoryId,
    /// The revision that the draft is merged with.
    pub revision: u32,
    /// The save of the draft that this was made of.
    #[ts(type = "number")]
    pub counter: u64,
    /// Who wrote the draft.
    pub ours_by: String,
    /// Who wrote the revision; the portal's name where it does not tell.
    pub theirs_by: String,
    /// When, by the portal's word.
    pub theirs_at: DateTime<Utc>,
    /// The revision that both were made from; `None`: nobody knows, and every difference is a person's to choose.
    pub base: Option<u32>,
    /// Where they differ.
    pub places: Vec<Place>,
    /// The body in its order.
    pub body: Vec<Part>,
}

/// Makes the draft of what a person chose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MergeVersions {
    /// Which story.
    pub story: StoryId,
    /// See [`MergeView::revision`].
    pub revision: u32,
    /// See [`MergeView::counter`]; refused as moved on when the draft was saved since.
    #[ts(type = "number")]
    pub counter: u64,
    /// By place; `None` leaves what is settled.
    pub choices: Vec<Option<Choice>>,
}
