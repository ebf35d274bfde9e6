//! The portal's own book, read by no code of the portal's.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, Row, params};
use serde_json::{Value, json};
use story::{Consent, DeskState, Guards, PublicState, StoryId};

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
    pub guards: Guards,
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
    /// By the portal's clock.
    pub at: DateTime<Utc>,
    /// When readers get it, of a schedule; until when they do not, of an embargo: what was answered says so.
    pub time: Option<DateTime<Utc>>,
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
        if self.guards.legal.is_some() || self.guards.kill.is_some() {
            return true;
        }
        match self.desk {
            DeskState::Filed | DeskState::InEdit => self.public != PublicState::Killed,
            DeskState::Approved => matches!(self.public, PublicState::Never | PublicState::Scheduled),
            DeskState::Draft | DeskState::Returned | DeskState::Spiked => false,
        }
    }
}

/// What the portal has of these stories; those that it has not got are left out.
pub fn read(file: &Path, stories: &[StoryId]) -> Vec<Kept> {
    let book = open(file);
    stories.iter().filter_map(|story| kept(&book, *story)).collect()
}

/// What is held back at the portal, of these stories.
pub fn held_back(file: &Path, stories: &[StoryId]) -> BTreeMap<StoryId, Guards> {
    let book = open(file);
    let sql = "SELECT id, legal, embargo, kill_asked FROM stories
               WHERE legal IS NOT NULL OR embargo IS NOT NULL OR kill_asked IS NOT NULL";
    let mut asked = book.prepare(sql).unwrap();
    let rows = asked.query_map([], |row| Ok((row.get::<_, String>(0)?.parse().unwrap(), guards(row, 1)?)));
    rows.unwrap().map(Result::unwrap).filter(|(story, _)| stories.contains(story)).collect()
}

/// The portal's counter, which every change of any story moves.
pub fn counter(file: &Path) -> i64 {
    let book = open(file);
    book.query_row("SELECT value FROM site_counter", [], |row| row.get(0)).unwrap()
}

fn open(file: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(file, flags).unwrap()
}

fn kept(book: &Connection, story: StoryId) -> Option<Kept> {
    let sql =
        "SELECT author, desk, state, live_hash, scheduled_hash, approved_hash, legal, embargo, kill_asked
               FROM stories WHERE id = ?1";
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
            guards: guards(row, 6)?,
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
    let sql = "SELECT acts.idempotency_key, username, command, hash, note, consent, done_at, answer FROM acts
               LEFT JOIN receipts ON receipts.idempotency_key = acts.idempotency_key
               WHERE story = ?1 ORDER BY acts.rowid";
    kept.acts = rows(book, sql, story, act);
    kept.notes = rows(book, "SELECT id FROM notes WHERE story = ?1", story, |row| row.get(0));
    Some(kept)
}

fn act(row: &Row<'_>) -> rusqlite::Result<Act> {
    let command: String = row.get(2)?;
    let consent: Option<String> = row.get(5)?;
    let answer: Option<String> = row.get(7)?;
    let answer = answer.map_or(Value::Null, |answer| serde_json::from_str(&answer).unwrap());
    let time = match command.as_str() {
        "schedule" => &answer["scheduled_for"],
        "set_embargo" => &answer["guards"]["embargo"]["until"],
        _ => &Value::Null,
    };
    Ok(Act {
        key: row.get(0)?,
        by: row.get(1)?,
        time: serde_json::from_value(time.clone()).unwrap(),
        command,
        hash: row.get(3)?,
        note: row.get(4)?,
        consent: consent.map(|name| serde_json::from_value(name.into()).unwrap()),
        at: DateTime::from_timestamp_millis(row.get(6)?).unwrap(),
    })
}

/// From three columns in a row.
fn guards(row: &Row<'_>, first: usize) -> rusqlite::Result<Guards> {
    let json = |at: usize| {
        let text: Option<String> = row.get(first + at)?;
        Ok::<Value, rusqlite::Error>(text.map_or(Value::Null, |text| serde_json::from_str(&text).unwrap()))
    };
    let all = json!({ "legal": json(0)?, "embargo": json(1)?, "kill": json(2)? });
    Ok(serde_json::from_value(all).unwrap())
}

fn rows<T>(
    book: &Connection,
    sql: &str,
    story: StoryId,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut asked = book.prepare(sql).unwrap();
    asked.query_map(params![story.to_string()], read).unwrap().map(Result::unwrap).collect()
}
