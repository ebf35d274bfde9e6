//! Drafts: the one mutable copy of a story on this machine.

use chrono::{DateTime, Utc};
use story::{Axes, Content, Sha256Hex, StoryId};

use crate::{Row, Store, StoreError};

/// Longest content taken, in bytes of its JSON.
pub const MAX_CONTENT_BYTES: usize = 16 << 20;
/// Longest undo history kept. A longer one is forgotten, and the save goes through.
pub const MAX_UNDO_BYTES: usize = 8 << 20;

/// One autosave.
#[derive(Debug, Clone)]
pub struct DraftSave {
    /// Which story.
    pub story: StoryId,
    /// Larger than that of every earlier save.
    pub counter: u64,
    /// When the save was asked for.
    pub at: DateTime<Utc>,
    /// The whole content.
    pub content: Content,
    /// Words in headline, standfirst and body of `content`.
    pub words: u32,
    /// The window's undo history; `None` leaves the stored one.
    pub undo: Option<String>,
}

/// What is on disk after a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Counter of the save that is on disk now: larger than the one asked for when that came too late.
    pub counter: u64,
    /// When that save was asked for.
    pub saved_at: DateTime<Utc>,
    /// SHA-256 of the content on disk.
    pub version: Sha256Hex,
    /// Where the story stands: an approval falls when a letter changes.
    pub axes: Axes,
    /// False when this save came too late and changed nothing.
    pub changed: bool,
}

/// A draft as last saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where the story stands; counter and version are those of `content`.
    pub row: Row,
    /// What it says.
    pub content: Content,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// The window's undo history, as last given.
    pub undo: Option<String>,
}

impl Store {
    /// Keeps a draft. A counter not larger than the stored one changes nothing, so that a late save can
    /// never put an old text over a newer one, and a repeated one is harmless.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::TooLong`], and what the disk says.
    pub fn save_draft(&self, save: DraftSave) -> Result<Saved, StoreError> {
        self.unwritten(save)
    }

    /// The draft as last saved, its digest verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn draft(&self, story: StoryId) -> Result<Draft, StoreError> {
        self.unwritten(story)
    }
}
