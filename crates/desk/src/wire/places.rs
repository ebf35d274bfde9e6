//! Places where readers meet a story, and what stands there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Cause, PlaceKind, PlaceState, StoryId};
use ts_rs::TS;

/// Where readers meet a story, as it was a moment ago.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlacesView {
    /// Which story.
    pub story: StoryId,
    /// When it was looked.
    pub at: DateTime<Utc>,
    /// It was taken from the readers: whatever still stands there is old.
    pub down: bool,
    /// In the order in which they were come to, the story's own page first.
    pub places: Vec<PlaceView>,
}

/// One place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlaceView {
    /// What kind.
    pub kind: PlaceKind,
    /// Where it is; `open_place` opens it in the browser.
    pub url: String,
    /// What stands there.
    pub state: PlaceState,
    /// Why it could not be read.
    pub cause: Option<Cause>,
    /// The same in the machine's words, for "details".
    pub detail: String,
}

/// Names a place that was found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenPlace {
    /// Of which story.
    pub story: StoryId,
    /// See [`PlaceView::url`]; nothing else is opened.
    pub url: String,
}
