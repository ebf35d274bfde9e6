//! Holding a story back, and the morning sheet.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Command, StoryId};
use ts_rs::TS;

/// Put a legal flag on a story.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FlagStory {
    /// Which story.
    pub story: StoryId,
    /// Why; at most 1,000 letters, not empty.
    pub reason: String,
}

/// Clear a legal flag: ask for it, or agree to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClearFlag {
    /// Which story.
    pub story: StoryId,
    /// Why; at most 1,000 letters, not empty.
    pub reason: String,
    /// Without the second editor that it needs; it stands on the morning sheet.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub breaks_glass: bool,
}

/// Keep a story from readers until a time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SetEmbargo {
    /// Which story.
    pub story: StoryId,
    /// Until when, by the portal's clock.
    pub until: DateTime<Utc>,
}

/// Which day of the morning sheet.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SheetQuery {
    /// From when on; left out, it is the last day.
    #[serde(default)]
    #[ts(optional)]
    pub since: Option<DateTime<Utc>>,
    /// Until before when; left out, it is a day after `since`, or now.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<DateTime<Utc>>,
}

/// What was done alone, or in spite of something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SheetView {
    /// From when on.
    pub since: DateTime<Utc>,
    /// Until before when.
    pub until: DateTime<Utc>,
    /// Newest first.
    pub lines: Vec<SheetLineView>,
    /// Whose word it is.
    pub source: SheetSource,
}

/// Whose word a morning sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SheetSource {
    /// The portal's, for the whole newsroom.
    Portal,
    /// This machine's log: the portal cannot be reached.
    Offline,
    /// This machine's log: the portal keeps none, or there is none.
    Here,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetLineView {
    /// What was done; `None`: one-person mode was turned on.
    pub command: Option<Command>,
    /// With which story; `None` for one-person mode.
    pub story: Option<StoryId>,
    /// The story is on this machine.
    pub here: bool,
    /// Its headline; may be empty.
    pub headline: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The reason; may be empty. For an overridden warning its codes, with spaces between them.
    pub note: String,
}
