//! Stories and the desk lists.

use chrono::{DateTime, Utc};
use story::{Axes, Content, DeskList, Sha256Hex, StoryId};

use crate::{NewEvent, Store, StoreError};

/// A story to begin.
#[derive(Debug, Clone)]
pub struct NewStory {
    /// Its id, for ever.
    pub story: StoryId,
    /// What it says at first; its draft gets counter 1.
    pub content: Content,
    /// Words in headline, standfirst and body of `content`.
    pub words: u32,
    /// The first line of its log; its time is the story's.
    pub event: NewEvent,
}

/// Where a story stands and what the lists show of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which story.
    pub story: StoryId,
    /// May be empty; cut after 300 letters.
    pub headline: String,
    /// Section slug; may be empty.
    pub section: String,
    /// May be empty; cut after 300 letters.
    pub byline: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Photos attached.
    pub photos: u32,
    /// Where it stands.
    pub axes: Axes,
    /// Last change of text or axes.
    pub changed_at: DateTime<Utc>,
    /// Counter of the draft's last save.
    pub counter: u64,
    /// SHA-256 of the draft's content.
    pub version: Sha256Hex,
    /// The version readers have, by the portal's last word.
    pub live_version: Option<Sha256Hex>,
    /// Address of the public page, once confirmed.
    pub public_url: Option<String>,
}

impl Row {
    /// Readers have another version than this machine's draft.
    pub fn differs_from_live(&self) -> bool {
        self.live_version.as_ref().is_some_and(|live| *live != self.version)
    }
}

/// Which rows of a list.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// The list.
    pub list: DeskList,
    /// Only this section; all when `None`.
    pub section: Option<String>,
    /// At most this many rows; held to 1..=200.
    pub limit: u32,
    /// Rows after this cursor, from [`ListPage::next`]; one that we never gave counts as `None`.
    pub after: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// Newest change first.
    pub rows: Vec<Row>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
    /// How many stories each list holds, read at the same moment.
    pub counts: Counts,
}

/// How many stories each list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// See [`DeskList::Drafts`].
    pub drafts: u32,
    /// See [`DeskList::Outbox`].
    pub outbox: u32,
    /// See [`DeskList::Published`].
    pub published: u32,
    /// See [`DeskList::Trash`].
    pub trash: u32,
}

impl Store {
    /// Begins a story: row, draft and first line of its log in one transaction. It can be found at once.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the id is taken, [`StoreError::TooLong`], and what the disk says.
    pub fn create_story(&self, new: NewStory) -> Result<Row, StoreError> {
        self.unwritten(new)
    }

    /// Where a story stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn row(&self, story: StoryId) -> Result<Row, StoreError> {
        self.unwritten(story)
    }

    /// One page of a list, with the counts of all.
    ///
    /// # Errors
    /// What the disk says.
    pub fn list(&self, request: &ListRequest) -> Result<ListPage, StoreError> {
        self.unwritten(request)
    }

    /// How many stories each list holds.
    ///
    /// # Errors
    /// What the disk says.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.unwritten(())
    }
}
