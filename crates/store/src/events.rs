//! The append-only log of a story.

use chrono::{DateTime, Utc};
use story::{Command, DeskState, Event, EventId, Sha256Hex, StoryId};

use crate::{Store, StoreError};

/// A line for a story's log; the store adds its number and seals it over the line before. See
/// [`story::Event`] for the fields.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct NewEvent {
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub actor: String,
    pub command: Command,
    pub version: Option<Sha256Hex>,
    pub desk: DeskState,
    pub refused: Option<String>,
    pub note: String,
}

impl Store {
    /// The story's log, oldest line first, its chain verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`] when the chain is broken, and what the disk says.
    pub fn log(&self, story: StoryId) -> Result<Vec<Event>, StoreError> {
        self.unwritten(story)
    }

    /// Writes one line and changes nothing else: how a refusal is logged.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn append_event(&self, story: StoryId, event: NewEvent) -> Result<Event, StoreError> {
        self.unwritten((story, event))
    }
}
