//! Revisions: immutable, numbered, hashed versions of a story.

use chrono::{DateTime, Utc};
use story::{Content, Revision, RevisionReason, StoryId};

use crate::{Draft, Store, StoreError};

/// Asks for a revision of the draft as it is on disk.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: RevisionReason,
    /// Who wrote it.
    pub author: String,
}

/// Asks for an older revision as the draft's text.
#[derive(Debug, Clone)]
pub struct Restore {
    /// Which story.
    pub story: StoryId,
    /// The revision to bring back.
    pub number: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who asked.
    pub author: String,
}

impl Store {
    /// Makes a revision of the draft, unless the newest one equals it. Gives the newest one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn cut_revision(&self, story: StoryId, new: NewRevision) -> Result<Revision, StoreError> {
        self.unwritten((story, new))
    }

    /// All revisions of a story, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn revisions(&self, story: StoryId) -> Result<Vec<Revision>, StoreError> {
        self.unwritten(story)
    }

    /// What a revision says, its digest verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn revision(&self, story: StoryId, number: u32) -> Result<Content, StoreError> {
        self.unwritten((story, number))
    }

    /// The bytes of a revision exactly as they were hashed.
    ///
    /// # Errors
    /// As [`Store::revision`].
    pub fn revision_bytes(&self, story: StoryId, number: u32) -> Result<Vec<u8>, StoreError> {
        self.unwritten((story, number))
    }

    /// Brings a revision back as the draft and as the newest revision, in one transaction. What the draft
    /// said before becomes a revision first, so nothing is lost.
    ///
    /// # Errors
    /// As [`Store::revision`].
    pub fn restore_revision(&self, restore: Restore) -> Result<Draft, StoreError> {
        self.unwritten(restore)
    }
}
