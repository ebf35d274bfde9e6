//! The queue of the portal's desk, and taking a story from it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{DeskState, Guards, PublicState, StoryId};
use ts_rs::TS;

use super::{PortalLack, StoryView};

/// What the portal's desk has, as last heard.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct QueueView {
    /// The current portal has a desk.
    pub has_desk: bool,
    /// This role works at it: takes what waits there, and returns it.
    pub at_desk: bool,
    /// What waits to be taken or is in somebody's hands, what was filed first before all others.
    pub rows: Vec<QueueRow>,
    /// When the portal last told; `None` before the first time.
    pub synced_at: Option<DateTime<Utc>>,
    /// How many more wait there that were written at the portal itself, and are worked on only there.
    pub elsewhere: u32,
    /// What the portal does not keep at its desk, the gravest first.
    pub lacks: Vec<PortalLack>,
}

/// One story of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QueueRow {
    /// Which story.
    pub story: StoryId,
    /// May be empty.
    pub headline: String,
    /// Section slug; may be empty.
    pub section: String,
    /// The author's name.
    pub author: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Photos attached.
    pub photos: u32,
    /// Where it stands at the portal.
    pub desk: DeskState,
    /// What readers get.
    pub public: PublicState,
    /// When it was handed in.
    pub filed_at: Option<DateTime<Utc>>,
    /// Who has it just now, if anybody.
    pub held: Option<HeldView>,
    /// It was taken on this machine and is still in our hands.
    pub ours: bool,
    /// A copy of it is on this machine.
    pub here: bool,
    /// It was taken here while the portal could not be reached, and the desk does not know.
    pub tentative: bool,
    /// Notes of that copy that are not resolved.
    pub notes: u32,
    /// Those among them in which the person was called and has not answered.
    pub calls: u32,
    /// Somebody else's words came into it since the person read it here; they may still be at the portal alone.
    pub unread: bool,
    /// What holds it back from readers.
    pub guards: Guards,
}

/// Who has a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldView {
    /// The person's name.
    pub name: String,
    /// On which machine.
    pub device: String,
    /// Until when, unless they go on.
    pub until: DateTime<Utc>,
}

/// Takes a story from the queue.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct TakeStory {
    /// Which.
    pub story: StoryId,
    /// Also from the hands of somebody else.
    pub takeover: bool,
}

/// What taking came to: exactly one of the two is there.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeView {
    /// It is in our hands, opened for writing.
    pub story: Option<StoryView>,
    /// Somebody else has it; nothing was changed.
    pub held: Option<HeldView>,
}

/// That a story was taken here while the portal could not be reached, and the desk does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TentativeView {
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Who had it when the desk was asked; `None` while it was not.
    pub held: Option<HeldView>,
}

/// How a story came back to its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReviewView {
    /// Who returned it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// The revision that holds the desk's text, when the draft here could not simply become it.
    pub theirs: Option<u32>,
}
