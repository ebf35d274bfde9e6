//! Drafts: the one mutable copy of a story on this machine.

mod journal;
mod splice;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use story::{Axes, Content, Sha256Hex, StoryId};

pub(crate) use journal::{Memory, begin, fold_journals, read_text};

use crate::{
    Row, Store, StoreError,
    convert::{nanos, one, run, time},
    stories::{Face, key_of, keyed_row_of, move_to_top, write_axes},
    writer::Session,
};

/// Level of zstd for whole texts: quick, and within a tenth of the best for such texts.
pub(crate) const ZSTD_LEVEL: i32 = 3;

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
        let text = Text::of(&save.content)?;
        self.write(move |session| keep(session, &save, &text))
    }

    /// The draft as last saved, its digest verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn draft(&self, story: StoryId) -> Result<Draft, StoreError> {
        self.read(|connection| read_draft(connection, story))
    }
}

/// A content as it is hashed and kept.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// Shared with what the writer remembers: a long text is not copied at every save.
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) version: Sha256Hex,
}

impl Text {
    pub(crate) fn of(content: &Content) -> Result<Self, StoreError> {
        let bytes = content.to_bytes().map_err(|error| StoreError::Internal(error.to_string()))?;
        if bytes.len() > MAX_CONTENT_BYTES {
            return Err(StoreError::TooLong { limit: MAX_CONTENT_BYTES });
        }
        let version = Sha256Hex::of(&bytes);
        Ok(Self { bytes: Arc::new(bytes), version })
    }
}

/// What the bytes of a draft or revision say.
pub(crate) fn parse(bytes: &[u8]) -> Result<Content, StoreError> {
    serde_json::from_slice(bytes).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// The draft of a story, verified.
pub(crate) fn read_draft(connection: &Connection, story: StoryId) -> Result<Draft, StoreError> {
    let (key, row) = keyed_row_of(connection, story)?;
    let bytes = read_text(connection, key)?;
    if Sha256Hex::of(&bytes) != row.version {
        return Err(StoreError::Damaged(format!("the draft of {story} is not what was saved")));
    }
    let saved_at =
        one(connection, "SELECT saved_at FROM stories WHERE key = ?1", [key], |row| Ok(time(row.get(0)?)))?;
    let undo = read_undo(connection, key)?;
    Ok(Draft { saved_at: saved_at.unwrap_or(row.changed_at), row, content: parse(&bytes)?, undo })
}

/// Keeps one save, unless it comes too late.
pub(crate) fn keep(session: &mut Session, save: &DraftSave, text: &Text) -> Result<Saved, StoreError> {
    let (key, row) = keyed_row_of(session.tx, save.story)?;
    if save.counter <= row.counter {
        return too_late(session.tx, key, row);
    }
    journal::append(session, key, &row, save.counter, text)?;
    write_face(session.tx, key, &row, save, text)?;
    let axes = row.axes.after_edit(&text.version);
    if axes != row.axes {
        write_axes(session.tx, key, &axes)?;
    }
    move_to_top(session, key)?;
    run(session.tx, "INSERT OR IGNORE INTO unindexed (story) VALUES (?1)", [key])?;
    if let Some(undo) = &save.undo {
        write_undo(session, key, undo)?;
    }
    let version = text.version.clone();
    Ok(Saved { counter: save.counter, saved_at: save.at, version, axes, changed: true })
}

fn too_late(connection: &Connection, key: i64, row: Row) -> Result<Saved, StoreError> {
    let sql = "SELECT saved_at FROM stories WHERE key = ?1";
    let saved_at = one(connection, sql, [key], |row| Ok(time(row.get(0)?)))?.unwrap_or(row.changed_at);
    Ok(Saved { counter: row.counter, saved_at, version: row.version, axes: row.axes, changed: false })
}

/// The columns that every save changes; `section` apart, because an index stands on it.
fn write_face(
    connection: &Connection,
    key: i64,
    row: &Row,
    save: &DraftSave,
    text: &Text,
) -> Result<(), StoreError> {
    let face = Face::of(&save.content, save.words)?;
    if face.section != row.section {
        run(connection, "UPDATE stories SET section = ?2 WHERE key = ?1", params![key, face.section])?;
    }
    let sql = "UPDATE stories SET changed_at = ?2, counter = ?3, saved_at = ?2, version = ?4, headline = ?5,
                   byline = ?6, words = ?7, photos = ?8 WHERE key = ?1";
    run(
        connection,
        sql,
        params![
            key,
            nanos(save.at),
            save.counter,
            text.version.to_bytes(),
            face.headline,
            face.byline,
            face.words,
            face.photos,
        ],
    )
    .map(drop)
}

fn write_undo(session: &mut Session, key: i64, undo: &str) -> Result<(), StoreError> {
    if undo.len() > MAX_UNDO_BYTES {
        return run(session.tx, "DELETE FROM draft_undo WHERE story = ?1", [key]).map(drop);
    }
    let sql = "INSERT OR REPLACE INTO draft_undo (story, length, undo) VALUES (?1, ?2, ?3)";
    let packed = session.memory.pack_undo(undo)?;
    run(session.tx, sql, params![key, undo.len(), packed]).map(drop)
}

/// Forgets the window's undo history, which belongs to a text that is the draft no more.
pub(crate) fn forget_undo(session: &mut Session, story: StoryId) -> Result<(), StoreError> {
    let key = key_of(session.tx, story)?;
    run(session.tx, "DELETE FROM draft_undo WHERE story = ?1", [key]).map(drop)
}

/// An undo history that cannot be read is no reason to keep the text from its author.
fn read_undo(connection: &Connection, key: i64) -> Result<Option<String>, StoreError> {
    let sql = "SELECT length, undo FROM draft_undo WHERE story = ?1";
    let packed = one(connection, sql, [key], |row| Ok((row.get::<_, usize>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    Ok(packed.and_then(|(length, packed)| {
        let bytes = zstd::bulk::decompress(&packed, length.min(MAX_UNDO_BYTES)).ok()?;
        String::from_utf8(bytes).ok()
    }))
}
