//! The append-only log of a story.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{Command, DeskState, Event, EventId, Sha256Hex, StoryId, log::broken_link};

use crate::{
    Store, StoreError,
    convert::{digest, many, nanos, one, run, time, unword, uuid, word},
    stories::key_of,
};

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
        let events = self.read(|connection| {
            let key = key_of(connection, story)?;
            let sql = "SELECT * FROM events WHERE story = ?1 ORDER BY sequence";
            many(connection, sql, [key], |row| read_event(row, story))
        })?;
        match broken_link(&events) {
            None => Ok(events),
            Some(line) => Err(StoreError::Damaged(format!("line {line} of the log of {story}"))),
        }
    }

    /// Writes one line and changes nothing else: how a refusal is logged.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn append_event(&self, story: StoryId, event: NewEvent) -> Result<Event, StoreError> {
        self.write(move |session| {
            let key = key_of(session.tx, story)?;
            append(session.tx, key, story, &event)
        })
    }
}

/// The newest line that says that a command was carried out; its chain is not looked at.
pub(crate) fn last_of(
    connection: &Connection,
    key: i64,
    story: StoryId,
    command: Command,
) -> Result<Option<Event>, StoreError> {
    let sql = "SELECT * FROM events WHERE story = ?1 AND command = ?2 AND refused IS NULL
               ORDER BY sequence DESC LIMIT 1";
    one(connection, sql, params![key, word(command)?], |row| read_event(row, story))
}

/// Seals a line over the one before and writes it.
pub(crate) fn append(
    connection: &Connection,
    key: i64,
    story: StoryId,
    new: &NewEvent,
) -> Result<Event, StoreError> {
    let sql = "SELECT * FROM events WHERE story = ?1 ORDER BY sequence DESC LIMIT 1";
    let last = one(connection, sql, [key], |row| read_event(row, story))?;
    let event = sealed(story, new, last.as_ref());
    let sql = "INSERT INTO events (story, sequence, id, at, actor, command, version, desk, refused, note,
                   previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    run(
        connection,
        sql,
        params![
            key,
            event.sequence,
            event.id.0.as_bytes(),
            nanos(event.at),
            event.actor,
            word(event.command)?,
            event.version.as_ref().map(Sha256Hex::to_bytes),
            word(event.desk)?,
            event.refused,
            event.note,
            event.previous.as_ref().map(Sha256Hex::to_bytes),
            event.hash.to_bytes(),
        ],
    )?;
    Ok(event)
}

fn sealed(story: StoryId, new: &NewEvent, last: Option<&Event>) -> Event {
    let new = new.clone();
    let mut event = Event {
        id: new.id,
        story,
        sequence: last.map_or(1, |last| last.sequence + 1),
        // The seal covers the time, so it has to be the one that comes back from the column.
        at: time(nanos(new.at)),
        actor: new.actor,
        command: new.command,
        version: new.version,
        desk: new.desk,
        refused: new.refused,
        note: new.note,
        previous: last.map(|last| last.hash.clone()),
        hash: Sha256Hex::of(b""),
    };
    event.hash = event.seal();
    event
}

pub(crate) fn read_event(row: &SqlRow, story: StoryId) -> Result<Event, StoreError> {
    let version: Option<Vec<u8>> = row.get("version")?;
    let previous: Option<Vec<u8>> = row.get("previous")?;
    Ok(Event {
        id: EventId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        story,
        sequence: row.get("sequence")?,
        at: time(row.get("at")?),
        actor: row.get("actor")?,
        command: unword(row.get("command")?)?,
        version: version.map(|version| digest(&version)).transpose()?,
        desk: unword(row.get("desk")?)?,
        refused: row.get("refused")?,
        note: row.get("note")?,
        previous: previous.map(|previous| digest(&previous)).transpose()?,
        hash: digest(&row.get::<_, Vec<u8>>("hash")?)?,
    })
}
