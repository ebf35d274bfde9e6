//! What the person at this machine has read of a story. A store is one person's, and nothing of this leaves it.
//!
//! Their own words are no news to them. So the mark lies still while only they write, and it is the text that somebody
//! else's takes the place of, at that moment, that it is set to: every version from the last reading up to there is theirs.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::params;
use story::StoryId;

use crate::{
    Row, Store, StoreError,
    brought::AHEAD_OF_WINDOWS,
    convert::{many, nanos, one, run, time, uuid},
    revisions,
    stories::{key_of, keyed_row_of},
    writer::Session,
};

/// The draft says what somebody else wrote, and not what the person read here last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    /// The revision that they have read.
    pub revision: u32,
    /// When last.
    pub read_at: DateTime<Utc>,
}

/// Stories whose draft is unread in that sense.
const UNREAD: &str = "FROM readings JOIN stories ON stories.key = readings.story
    JOIN revisions ON revisions.story = readings.story AND revisions.number = readings.revision
    WHERE readings.revision IS NOT NULL AND revisions.hash <> stories.version";

impl Store {
    /// The person has read the draft as it was after the save `counter`. A text that came by itself since is another one,
    /// and nothing is noted then. Says whether something of the story had been unread.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn mark_read(&self, story: StoryId, counter: u64, at: DateTime<Utc>) -> Result<bool, StoreError> {
        self.write(move |session| {
            let (key, row) = keyed_row_of(session.tx, story)?;
            if row.counter >= counter.saturating_add(AHEAD_OF_WINDOWS) {
                return Ok(false);
            }
            let sql = "SELECT revision FROM readings WHERE story = ?1";
            let before = one(session.tx, sql, [key], |row| Ok(row.get::<_, Option<u32>>(0)?))?;
            let sql = "INSERT INTO readings (story, read_at) VALUES (?1, ?2)
                       ON CONFLICT (story) DO UPDATE SET read_at = excluded.read_at, revision = NULL";
            run(session.tx, sql, params![key, nanos(at)])?;
            Ok(before.flatten().is_some())
        })
    }

    /// What the person has read of a story whose draft is another text by now, which somebody else wrote; `None` where
    /// there is nothing new to them, and where they never read it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn unread(&self, story: StoryId) -> Result<Option<Unread>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT readings.revision, readings.read_at {UNREAD} AND readings.story = ?1");
            one(connection, &sql, [key_of(connection, story)?], |row| {
                Ok(Unread { revision: row.get(0)?, read_at: time(row.get(1)?) })
            })
        })
    }

    /// All stories with something unread.
    ///
    /// # Errors
    /// What the disk says.
    pub fn all_unread(&self) -> Result<BTreeSet<StoryId>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT stories.id {UNREAD}");
            let all = many(connection, &sql, [], |row| Ok(StoryId(uuid(&row.get::<_, Vec<u8>>(0)?)?)))?;
            Ok(all.into_iter().collect())
        })
    }
}

/// Somebody else's text takes the place of what the draft said, which `row` names and a revision holds. What the person
/// wrote since they read it last they know; of two such texts in turn the first counts.
pub(crate) fn overtake(session: &Session, key: i64, row: &Row) -> Result<(), StoreError> {
    let sql = "UPDATE readings SET revision = ?2,
                   read_at = max(read_at, (SELECT saved_at FROM stories WHERE key = ?1))
               WHERE story = ?1 AND revision IS NULL";
    let Some(held) = revisions::number_of(session.tx, key, &row.version)? else { return Ok(()) };
    run(session.tx, sql, params![key, held]).map(drop)
}
