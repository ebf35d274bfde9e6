//! The portal's own book, read by no code of the portal's.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};
use serde_json::Value;
use story::{Consent, DeskState, PublicState, StoryId};

/// Everything that the portal has of one story. States have the same names in its tables as on the wire.
#[derive(Debug, Clone)]
pub struct Kept {
    pub story: StoryId,
    /// Account that sent it first.
    pub author: String,
    pub desk: DeskState,
    pub public: PublicState,
    /// Digests of what readers have or had last, of what they will get, and of what was approved.
    pub live: Option<String>,
    pub planned: Option<String>,
    pub approved: Option<String>,
    /// Oldest first.
    pub revisions: Vec<Version>,
    /// In the order in which they were carried out.
    pub acts: Vec<Act>,
    /// Ids, in no order.
    pub notes: Vec<String>,
}

/// One text that the portal took.
#[derive(Debug, Clone)]
pub struct Version {
    pub hash: String,
    /// Account.
    pub by: String,
    pub payload: Value,
}

/// One command that the portal carried out.
#[derive(Debug, Clone)]
pub struct Act {
    pub key: String,
    /// Account, or `clock`.
    pub by: String,
    pub command: String,
    pub hash: String,
    pub note: String,
    pub consent: Option<Consent>,
}

impl Kept {
    /// What the portal has as the newest text.
    pub fn head(&self) -> &Version {
        self.revisions.last().expect("a story at a portal has a text")
    }

    /// What readers have.
    pub fn live_version(&self) -> Option<&Version> {
        let live = self.live.as_ref().filter(|_| self.public == PublicState::Live)?;
        self.revisions.iter().rfind(|version| version.hash == *live)
    }

    /// It stands in the queue of the portal's desk.
    pub fn is_open(&self) -> bool {
        match self.desk {
            DeskState::Filed | DeskState::InEdit => self.public != PublicState::Killed,
            DeskState::Approved => matches!(self.public, PublicState::Never | PublicState::Scheduled),
            DeskState::Draft | DeskState::Returned | DeskState::Spiked => false,
        }
    }
}

/// What the portal has of these stories; those that it has not got are left out.
pub fn read(file: &Path, stories: &[StoryId]) -> Vec<Kept> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let book = Connection::open_with_flags(file, flags).unwrap();
    stories.iter().filter_map(|story| kept(&book, *story)).collect()
}

/// The portal's counter, which every change of any story moves.
pub fn counter(file: &Path) -> i64 {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let book = Connection::open_with_flags(file, flags).unwrap();
    book.query_row("SELECT value FROM site_counter", [], |row| row.get(0)).unwrap()
}

fn kept(book: &Connection, story: StoryId) -> Option<Kept> {
    let sql =
        "SELECT author, desk, state, live_hash, scheduled_hash, approved_hash FROM stories WHERE id = ?1";
    let found = book.query_row(sql, [story.to_string()], |row| {
        Ok(Kept {
            story,
            author: row.get(0)?,
            desk: serde_json::from_value(row.get::<_, String>(1)?.into()).unwrap(),
            public: serde_json::from_value(row.get::<_, String>(2)?.into()).unwrap(),
            live: row.get(3)?,
            planned: row.get(4)?,
            approved: row.get(5)?,
            revisions: Vec::new(),
            acts: Vec::new(),
            notes: Vec::new(),
        })
    });
    let mut kept = match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => return None,
        found => found.unwrap(),
    };
    let sql = "SELECT hash, author, payload FROM revisions WHERE story = ?1 ORDER BY revision";
    kept.revisions = rows(book, sql, story, |row| {
        let payload = serde_json::from_str(&row.get::<_, String>(2)?).unwrap();
        Ok(Version { hash: row.get(0)?, by: row.get(1)?, payload })
    });
    let sql = "SELECT idempotency_key, username, command, hash, note, consent FROM acts WHERE story = ?1 ORDER BY rowid";
    kept.acts = rows(book, sql, story, |row| {
        Ok(Act {
            key: row.get(0)?,
            by: row.get(1)?,
            command: row.get(2)?,
            hash: row.get(3)?,
            note: row.get(4)?,
            consent: row
                .get::<_, Option<String>>(5)?
                .map(|name| serde_json::from_value(name.into()).unwrap()),
        })
    });
    kept.notes = rows(book, "SELECT id FROM notes WHERE story = ?1", story, |row| row.get(0));
    Some(kept)
}

fn rows<T>(
    book: &Connection,
    sql: &str,
    story: StoryId,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut asked = book.prepare(sql).unwrap();
    asked.query_map(params![story.to_string()], read).unwrap().map(Result::unwrap).collect()
}
