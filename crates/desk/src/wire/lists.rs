//! Lists of stories, and the search over all of them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Axes, DeskList, StoryId};
use ts_rs::TS;

/// Which rows of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListQuery {
    /// The list.
    pub list: DeskList,
    /// Only this section; all when `None`.
    pub section: Option<String>,
    /// At most this many rows; 1 to 200.
    pub limit: u32,
    /// Rows after this cursor, from the previous answer.
    pub after: Option<String>,
}

/// A page of a list, with the counts of all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListView {
    /// Newest change first.
    pub rows: Vec<StoryRow>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
    /// How many stories each list holds.
    pub counts: Counts,
}

/// How many stories each list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counts {
    /// See [`DeskList::Drafts`].
    pub drafts: u32,
    /// See [`DeskList::Sent`].
    pub sent: u32,
    /// See [`DeskList::Returned`].
    pub returned: u32,
    /// See [`DeskList::Scheduled`].
    pub scheduled: u32,
    /// See [`DeskList::Published`].
    pub published: u32,
    /// See [`DeskList::Outbox`].
    pub outbox: u32,
    /// See [`DeskList::Trash`].
    pub trash: u32,
}

/// One line of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StoryRow {
    /// Which story.
    pub story: StoryId,
    /// May be empty.
    pub headline: String,
    /// Section slug; may be empty.
    pub section: String,
    /// Where it stands.
    pub axes: Axes,
    /// Byline; may be empty.
    pub byline: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Photos attached.
    pub photos: u32,
    /// Last change.
    pub changed_at: DateTime<Utc>,
    /// Readers have another version than this machine's.
    pub differs_from_live: bool,
    /// Notes that are not resolved.
    pub notes: u32,
    /// Those among them in which the person was called and has not answered.
    pub calls: u32,
    /// Somebody else's words came into it since the person read it here.
    pub unread: bool,
}

/// A search over everything ever written on this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchQuery {
    /// As typed; never a query language.
    pub text: String,
    /// At most this many; 1 to 100.
    pub limit: u32,
}

/// One find.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SearchHit {
    /// The story's row.
    pub row: StoryRow,
    /// Text around the first match.
    pub excerpt: String,
    /// Where the matches stand in `excerpt`: start and end in UTF-16 units, ascending, not overlapping.
    pub marks: Vec<(u32, u32)>,
}
