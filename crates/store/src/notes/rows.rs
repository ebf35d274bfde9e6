//! Notes as rows.

use rusqlite::{Connection, Row as SqlRow, params};
use serde::{Serialize, de::DeserializeOwned};
use story::{NoteId, PortalId, StoryId};

use super::{KeptNote, Note};
use crate::{
    StoreError,
    convert::{many, nanos, one, run, time, unword, uuid, word},
};

/// Of a note with the id of the portal that has it.
const SELECT: &str =
    "SELECT notes.*, portals.id AS portal_id FROM notes LEFT JOIN portals ON portals.key = notes.portal";

/// A story that a portal has: sent there from here, or come from there.
const KNOWN: &str = "(EXISTS (SELECT 1 FROM intents WHERE intents.story = ?1 AND intents.portal = ?2
                          AND intents.kind NOT IN ('photo', 'original') AND intents.state = 'confirmed')
                  OR EXISTS (SELECT 1 FROM brought WHERE brought.story = ?1 AND brought.portal = ?2))";

/// A note, and the key of its story.
pub(super) fn find(connection: &Connection, note: NoteId) -> Result<Option<(i64, Note)>, StoreError> {
    let sql = format!("{SELECT} WHERE notes.id = ?1");
    one(connection, &sql, [note.0.as_bytes()], |row| Ok((row.get("story")?, read(row)?)))
}

pub(super) fn of_story(connection: &Connection, story: i64) -> Result<Vec<KeptNote>, StoreError> {
    let sql = format!("{SELECT} WHERE notes.story = ?1 ORDER BY notes.written_at, notes.key");
    many(connection, &sql, [story], |row| {
        Ok(KeptNote { note: read(row)?, open: row.get("open")?, waits: row.get("waits")? })
    })
}

pub(super) fn unsent(connection: &Connection, portal: i64) -> Result<Vec<(StoryId, Note)>, StoreError> {
    let sql = "SELECT notes.*, NULL AS portal_id, stories.id AS story_id FROM notes
                   JOIN stories ON stories.key = notes.story
               WHERE notes.portal IS NULL AND notes.own = 1 ORDER BY notes.key";
    let waiting = many(connection, sql, [], |row| {
        let story = StoryId(uuid(&row.get::<_, Vec<u8>>("story_id")?)?);
        Ok((row.get::<_, i64>("story")?, story, read(row)?))
    })?;
    let mut unsent = Vec::new();
    for (key, story, note) in waiting {
        if is_known_at(connection, key, portal)? {
            unsent.push((story, note));
        }
    }
    Ok(unsent)
}

pub(crate) fn is_known_at(connection: &Connection, story: i64, portal: i64) -> Result<bool, StoreError> {
    let sql = format!("SELECT {KNOWN}");
    Ok(one(connection, &sql, [story, portal], |row| Ok(row.get(0)?))?.unwrap_or(false))
}

pub(super) fn insert(
    connection: &Connection,
    (story, portal): (i64, Option<i64>),
    note: &Note,
) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO notes (id, story, parent, author, author_name, words, turn, anchor, place, suggestion,
                   written_at, own, named, portal, open, waits)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, 0)";
    let params = params![
        note.id.0.as_bytes(),
        story,
        note.parent.map(|parent| *parent.0.as_bytes()),
        note.author,
        note.author_name,
        note.words,
        note.turn.map(word).transpose()?,
        note.anchor.as_ref().map(json).transpose()?,
        note.place.as_ref().map(json).transpose()?,
        note.suggestion.as_ref().map(json).transpose()?,
        nanos(note.written_at),
        note.own,
        note.named,
        portal,
    ];
    run(connection, sql, params).map(drop)
}

/// Works out anew how a note stands with all its answers; one that is not here yet is done when it comes.
pub(super) fn settle(connection: &Connection, thread: NoteId) -> Result<(), StoreError> {
    let sql = "UPDATE notes SET
                   open = coalesce((SELECT said.turn = 'reopened' FROM notes AS said
                                    WHERE said.parent = ?1 AND said.turn IS NOT NULL
                                    ORDER BY said.written_at DESC, said.key DESC LIMIT 1), 1),
                   waits = EXISTS (SELECT 1 FROM notes AS said
                                   WHERE (said.id = ?1 OR said.parent = ?1) AND said.named = 1 AND said.own = 0
                                     AND said.written_at > coalesce(
                                         (SELECT max(ours.written_at) FROM notes AS ours
                                          WHERE (ours.id = ?1 OR ours.parent = ?1) AND ours.own = 1),
                                         -9223372036854775808))
               WHERE id = ?1 AND parent IS NULL";
    run(connection, sql, [thread.0.as_bytes()]).map(drop)
}

pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Internal(error.to_string()))
}

fn read(row: &SqlRow) -> Result<Note, StoreError> {
    let (parent, portal): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get("parent")?, row.get("portal_id")?);
    let turn: Option<String> = row.get("turn")?;
    Ok(Note {
        id: NoteId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        parent: parent.map(|parent| uuid(&parent)).transpose()?.map(NoteId),
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        words: row.get("words")?,
        turn: turn.map(unword).transpose()?,
        anchor: parsed(row.get("anchor")?)?,
        place: parsed(row.get("place")?)?,
        suggestion: parsed(row.get("suggestion")?)?,
        written_at: time(row.get("written_at")?),
        own: row.get("own")?,
        named: row.get("named")?,
        portal: portal.map(|portal| uuid(&portal)).transpose()?.map(PortalId),
    })
}

fn parsed<T: DeserializeOwned>(json: Option<String>) -> Result<Option<T>, StoreError> {
    let parse = |json: String| serde_json::from_str(&json);
    json.map(parse).transpose().map_err(|error| StoreError::Damaged(error.to_string()))
}
