//! Notes at stories: what desk and author say to each other. No draft, revision, payload or line of a log reads them.

mod rows;

pub(crate) use rows::is_known_at;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::params;
use story::{Anchor, NoteId, NoteTurn, PortalId, StoryId, Suggestion};

use crate::{
    Store, StoreError, Thing,
    convert::{many, nanos, one, run, time, uuid},
    portals,
    stories::key_of,
    writer::Session,
};

/// One thing that was said at a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// The note that it answers.
    pub parent: Option<NoteId>,
    /// Account of whoever wrote it; empty without one.
    pub author: String,
    /// That person's name.
    pub author_name: String,
    /// What it says; empty only where it is nothing but a turn.
    pub words: String,
    /// What an answer does with the note that it answers.
    pub turn: Option<NoteTurn>,
    /// The words of the story, as its writer selected them; `None` for the whole story.
    pub anchor: Option<Anchor>,
    /// Where those words stood here last.
    pub place: Option<Anchor>,
    /// What those words should become; `None` where it only speaks.
    pub suggestion: Option<Suggestion>,
    /// When: by the portal's clock once it has it, else by this machine's.
    pub written_at: DateTime<Utc>,
    /// Written by the person at this machine.
    pub own: bool,
    /// It calls that person by name.
    pub named: bool,
    /// The portal that has it.
    pub portal: Option<PortalId>,
}

/// A note as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNote {
    /// What was said.
    pub note: Note,
    /// Of a note that answers none: something is left to do about it.
    pub open: bool,
    /// Of the same: the person was called and has not answered.
    pub waits: bool,
}

/// How many notes of a story are open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenNotes {
    /// Notes that are not resolved, answers not counted.
    pub open: u32,
    /// Those among them in which the person was called and has not answered.
    pub waiting: u32,
}

impl Store {
    /// Writes a note down, or writes one of the same id anew: its words, its writer and who has it. Where its words
    /// stand here stays. Says whether anything is otherwise than before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the story, for the portal, and for a note of another story; what the disk says.
    pub fn put_notes(&self, story: StoryId, notes: Vec<Note>) -> Result<bool, StoreError> {
        self.write(move |session| put(session, story, &notes))
    }

    /// All notes of a story, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn notes(&self, story: StoryId) -> Result<Vec<KeptNote>, StoreError> {
        self.read(|connection| rows::of_story(connection, key_of(connection, story)?))
    }

    /// Keeps where the words of notes stand now. Notes of other stories are left alone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn place_notes(&self, story: StoryId, places: Vec<(NoteId, Anchor)>) -> Result<(), StoreError> {
        self.write(move |session| {
            let key = key_of(session.tx, story)?;
            let sql = "UPDATE notes SET place = ?3 WHERE story = ?1 AND id = ?2";
            places.iter().try_for_each(|(note, place)| {
                run(session.tx, sql, params![key, note.0.as_bytes(), rows::json(place)?]).map(drop)
            })
        })
    }

    /// How many notes are open, for every story that has any.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open_notes(&self) -> Result<BTreeMap<StoryId, OpenNotes>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT stories.id AS id, count(*) AS open, sum(notes.waits) AS waiting
                       FROM notes JOIN stories ON stories.key = notes.story WHERE notes.open = 1 GROUP BY stories.id";
            let read = |row: &rusqlite::Row| {
                let story = StoryId(uuid(&row.get::<_, Vec<u8>>("id")?)?);
                Ok((story, OpenNotes { open: row.get("open")?, waiting: row.get("waiting")? }))
            };
            Ok(many(connection, sql, [], read)?.into_iter().collect())
        })
    }

    /// How many suggestions at a story nobody has accepted or rejected.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn open_suggestions(&self, story: StoryId) -> Result<u32, StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*) FROM notes WHERE story = ?1 AND open = 1 AND suggestion IS NOT NULL";
            let count = one(connection, sql, [key_of(connection, story)?], |row| Ok(row.get(0)?))?;
            Ok(count.unwrap_or_default())
        })
    }

    /// Own notes that no portal has, at stories that this portal knows; the oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn notes_to_send(&self, portal: PortalId) -> Result<Vec<(StoryId, Note)>, StoreError> {
        self.read(|connection| rows::unsent(connection, portals::key_of(connection, portal)?))
    }

    /// The portal has a story: it was sent there from here, or came from there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn is_known_at(&self, story: StoryId, portal: PortalId) -> Result<bool, StoreError> {
        self.read(|connection| {
            let (story, portal) = (key_of(connection, story)?, portals::key_of(connection, portal)?);
            rows::is_known_at(connection, story, portal)
        })
    }

    /// When the newest note was written that a portal has of a story; `None` where it has none that is here.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn noted_at(&self, story: StoryId, portal: PortalId) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|connection| {
            let keys = (key_of(connection, story)?, portals::key_of(connection, portal)?);
            let sql = "SELECT max(written_at) FROM notes WHERE story = ?1 AND portal = ?2";
            let newest =
                one(connection, sql, params![keys.0, keys.1], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
            Ok(newest.flatten().map(time))
        })
    }
}

fn put(session: &mut Session, story: StoryId, notes: &[Note]) -> Result<bool, StoreError> {
    let key = key_of(session.tx, story)?;
    let mut changed = false;
    for note in notes {
        let portal = note.portal.map(|portal| portals::key_of(session.tx, portal)).transpose()?;
        match rows::find(session.tx, note.id)? {
            None => rows::insert(session.tx, (key, portal), note)?,
            Some((at, _)) if at != key => return Err(StoreError::NotFound(Thing::Note)),
            Some((_, there)) if same(&there, note) => continue,
            Some(_) => write_anew(session, portal, note)?,
        }
        changed = true;
        rows::settle(session.tx, note.parent.unwrap_or(note.id))?;
    }
    Ok(changed)
}

/// Nothing of what is said, by whom and when, is otherwise.
fn same(there: &Note, note: &Note) -> bool {
    *there == Note { place: there.place.clone(), ..note.clone() }
}

fn write_anew(session: &Session, portal: Option<i64>, note: &Note) -> Result<(), StoreError> {
    let sql =
        "UPDATE notes SET author = ?2, author_name = ?3, words = ?4, written_at = ?5, own = ?6, named = ?7,
                   portal = ?8 WHERE id = ?1";
    let Note { id, author, author_name, words, written_at, own, named, .. } = note;
    let at = nanos(*written_at);
    run(session.tx, sql, params![id.0.as_bytes(), author, author_name, words, at, own, named, portal])
        .map(drop)
}
