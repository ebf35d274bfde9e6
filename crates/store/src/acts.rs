//! An act of the desk: log, axes, revision and intents change together or not at all.

use story::{Axes, Event, Revision, StoryId};

use crate::{Intent, NewEvent, NewIntent, NewRevision, Row, Store, StoreError};

/// What a command comes to, decided by the desk upon one reading of the story.
#[derive(Debug, Clone)]
pub struct Act {
    /// Which story.
    pub story: StoryId,
    /// The axes the decision was made upon; the act is refused as moved on when they changed since.
    pub decided_on: Axes,
    /// The draft's counter the decision was made upon, when the act is about the text.
    pub counter: Option<u64>,
    /// The lines for the log, in order.
    pub events: Vec<NewEvent>,
    /// Where it stands afterwards. The delivery axis is not read: the store derives it from the intents.
    pub axes: Axes,
    /// The version this fixes; skipped when the newest revision equals the draft.
    pub revision: Option<NewRevision>,
    /// What has to reach a portal, parents before those that name them.
    pub intents: Vec<NewIntent>,
}

/// What an act left on disk.
#[derive(Debug, Clone)]
pub struct ActDone {
    /// Where the story stands now.
    pub row: Row,
    /// The lines written.
    pub events: Vec<Event>,
    /// The newest revision, when one was asked for.
    pub revision: Option<Revision>,
    /// The intents written, in the order given.
    pub intents: Vec<Intent>,
}

impl Store {
    /// Applies an act in one transaction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::MovedOn`], [`StoreError::Exists`] for an intent's id that is
    /// taken, and what the disk says.
    pub fn act(&self, act: Act) -> Result<ActDone, StoreError> {
        self.unwritten(act)
    }
}
