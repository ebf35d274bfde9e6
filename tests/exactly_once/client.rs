//! What the editor's own file says of its deliveries, read by no code of the editor's.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row};
use serde_json::Value;
use story::{Sha256Hex, StoryId};
use uuid::Uuid;

/// One intent that is neither a photo nor an original.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The key on the wire.
    pub id: String,
    /// `publish`, `correct`, `schedule`, `withdraw` or `kill`.
    pub kind: String,
    pub state: String,
    pub attempts: u64,
    /// Digest of the payload.
    pub hash: String,
    pub payload: Value,
    pub receipt: Option<Value>,
}

impl Intent {
    pub fn takes_down(&self) -> bool {
        matches!(self.kind.as_str(), "withdraw" | "kill")
    }

    pub fn is_confirmed(&self) -> bool {
        self.state == "confirmed"
    }

    /// None for what takes a story down.
    pub fn headline(&self) -> Option<&str> {
        self.payload["headline"].as_str()
    }
}

/// One story.
#[derive(Debug, Clone)]
pub struct Written {
    pub story: StoryId,
    /// The public axis.
    pub public: String,
    /// In the order in which the commands were given.
    pub intents: Vec<Intent>,
    /// States of its photos' intents.
    pub photos: Vec<String>,
    pub originals: Vec<Original>,
}

/// The original of one photo.
#[derive(Debug, Clone)]
pub struct Original {
    /// Digest of what readers get in its place.
    pub photo: Sha256Hex,
    pub state: String,
}

impl Written {
    pub fn confirmed(&self) -> impl DoubleEndedIterator<Item = &Intent> {
        self.intents.iter().filter(|intent| intent.is_confirmed())
    }

    /// The last command that settled what readers get.
    pub fn last_word(&self) -> Option<&Intent> {
        self.confirmed().next_back()
    }
}

/// Everything in a store that is closed.
pub fn read(file: &Path) -> Vec<Written> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let book = Connection::open_with_flags(file, flags).unwrap();
    let mut stories = book.prepare("SELECT key, id, public FROM stories ORDER BY key").unwrap();
    let rows = stories.query_map([], |row| Ok((row.get(0)?, id(row, 1)?, row.get(2)?))).unwrap();
    let rows: Vec<(i64, Uuid, String)> = rows.map(Result::unwrap).collect();
    let written = rows.into_iter().map(|(key, id, public)| Written {
        story: StoryId(id),
        public,
        intents: intents(&book, key),
        photos: photos(&book, key),
        originals: originals(&book, key),
    });
    written.collect()
}

/// A line for each intent that is not settled, photos among them, also while the store is open.
pub fn unsettled(file: &Path) -> Vec<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let book = Connection::open_with_flags(file, flags).unwrap();
    let sql = "SELECT format('%d %s of story %d: %s, doubtful %d, attempts %d, next_at %s, cause %s', key, kind, story,
               state, doubtful, attempts, next_at, cause) FROM intents WHERE state NOT IN ('confirmed', 'cancelled')";
    let mut rows = book.prepare(sql).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn intents(book: &Connection, story: i64) -> Vec<Intent> {
    let sql = "SELECT id, kind, state, attempts, lower(hex(payload_hash)), payload, receipt FROM intents
               WHERE story = ?1 AND kind NOT IN ('photo', 'original') ORDER BY key";
    let mut rows = book.prepare(sql).unwrap();
    let rows = rows.query_map([story], |row| {
        let json = |text: String| serde_json::from_str(&text).unwrap();
        Ok(Intent {
            id: id(row, 0)?.to_string(),
            kind: row.get(1)?,
            state: row.get(2)?,
            attempts: row.get(3)?,
            hash: row.get(4)?,
            payload: serde_json::from_slice(&row.get::<_, Vec<u8>>(5)?).unwrap(),
            receipt: row.get::<_, Option<String>>(6)?.map(json),
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn photos(book: &Connection, story: i64) -> Vec<String> {
    let mut rows = book.prepare("SELECT state FROM intents WHERE story = ?1 AND kind = 'photo'").unwrap();
    rows.query_map([story], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn originals(book: &Connection, story: i64) -> Vec<Original> {
    let sql = "SELECT lower(hex(photo)), state FROM intents WHERE story = ?1 AND kind = 'original'";
    let mut rows = book.prepare(sql).unwrap();
    let rows = rows.query_map([story], |row| {
        Ok(Original { photo: row.get::<_, String>(0)?.parse().unwrap(), state: row.get(1)? })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_slice(&row.get::<_, Vec<u8>>(at)?).unwrap())
}
