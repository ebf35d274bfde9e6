//! The draft's journal: a whole text now and then, and one small splice for each save since. A save of a
//! long story writes some hundred bytes, and opening costs one text and a bounded number of splices.

use std::{collections::VecDeque, sync::Arc};

use rusqlite::{Connection, params};
use zstd::bulk::Compressor;

use super::{MAX_CONTENT_BYTES, Text, ZSTD_LEVEL, splice::Splice};
use crate::{
    Row, StoreError,
    convert::{many, one, run},
    writer::Session,
};

/// Splices from which a journal is folded when there is silence.
const FOLD_AT: usize = 64;
/// Splices at which it is folded even in the middle of typing.
const MOST_SPLICES: usize = 512;
/// Bytes in splices at which it is folded, and beyond which a single change is kept as a whole text.
const MOST_SPLICED: usize = 128 << 10;
/// Drafts the writer remembers: more than anyone types into at once.
const REMEMBERED: usize = 4;
/// Level of zstd for undo histories, of which every save brings a new one: the quickest packs these as small as
/// level 3.
const UNDO_LEVEL: i32 = 1;

/// What the writer knows without reading: the texts last saved, and which story stands on top.
#[derive(Default)]
pub(crate) struct Memory {
    /// The story that no other has changed after.
    pub(crate) top: Option<i64>,
    drafts: VecDeque<Remembered>,
    packer: Option<Compressor<'static>>,
}

#[derive(Debug)]
struct Remembered {
    key: i64,
    text: Arc<Vec<u8>>,
    splices: usize,
    spliced: usize,
}

impl Memory {
    /// Packs an undo history, with tables that are made once: to make them costs more than to use them.
    pub(super) fn pack_undo(&mut self, undo: &str) -> std::io::Result<Vec<u8>> {
        let mut packer = match self.packer.take() {
            Some(packer) => packer,
            None => Compressor::new(UNDO_LEVEL)?,
        };
        let packed = packer.compress(undo.as_bytes())?;
        self.packer = Some(packer);
        Ok(packed)
    }

    fn take(&mut self, key: i64) -> Option<Remembered> {
        let at = self.drafts.iter().position(|draft| draft.key == key)?;
        self.drafts.remove(at)
    }

    fn put(&mut self, draft: Remembered) {
        self.drafts.truncate(REMEMBERED - 1);
        self.drafts.push_front(draft);
    }
}

/// The first text of a story.
pub(crate) fn begin(session: &mut Session, key: i64, text: &Text) -> Result<(), StoreError> {
    write_whole(session.tx, key, 1, &text.bytes)?;
    session.memory.put(Remembered { key, text: Arc::clone(&text.bytes), splices: 0, spliced: 0 });
    Ok(())
}

/// Appends what changed since the save that `row` tells of.
pub(crate) fn append(
    session: &mut Session,
    key: i64,
    row: &Row,
    counter: u64,
    text: &Text,
) -> Result<(), StoreError> {
    let mut draft = recall(session, key)?;
    if text.version != row.version {
        let splice = Splice::between(&draft.text, &text.bytes);
        draft.splices += 1;
        draft.spliced += splice.inserted.len();
        let heavy = draft.splices > MOST_SPLICES || draft.spliced > MOST_SPLICED;
        if heavy {
            write_whole(session.tx, key, counter, &text.bytes)?;
            (draft.splices, draft.spliced) = (0, 0);
        } else {
            write_splice(session.tx, key, counter, &splice)?;
        }
        draft.text = Arc::clone(&text.bytes);
    }
    session.memory.put(draft);
    Ok(())
}

/// The text of a draft, from disk. Its digest stands in the story's row; the caller compares.
pub(crate) fn read_text(connection: &Connection, key: i64) -> Result<Arc<Vec<u8>>, StoreError> {
    load(connection, key).map(|draft| draft.text)
}

/// Folds the journals of the drafts the writer remembers, one at a time; true when there is more to do.
pub(crate) fn fold_journals(session: &mut Session) -> Result<bool, StoreError> {
    let long = |draft: &&mut Remembered| draft.splices >= FOLD_AT;
    let Some(draft) = session.memory.drafts.iter_mut().find(long) else { return Ok(false) };
    let sql = "SELECT counter FROM stories WHERE key = ?1";
    let counter: u64 = one(session.tx, sql, [draft.key], |row| Ok(row.get(0)?))?.unwrap_or(1);
    write_whole(session.tx, draft.key, counter, &draft.text)?;
    (draft.splices, draft.spliced) = (0, 0);
    Ok(true)
}

fn recall(session: &mut Session, key: i64) -> Result<Remembered, StoreError> {
    match session.memory.take(key) {
        Some(draft) => Ok(draft),
        None => load(session.tx, key),
    }
}

fn load(connection: &Connection, key: i64) -> Result<Remembered, StoreError> {
    let lost = || StoreError::Damaged("a draft cannot be put together".to_owned());
    let sql = "SELECT length, content FROM draft_snapshots WHERE story = ?1";
    let whole = one(connection, sql, [key], |row| Ok((row.get::<_, usize>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let (length, packed) = whole.ok_or_else(lost)?;
    let mut text = unpack(&packed, length)?;
    let sql = "SELECT start, removed, inserted FROM draft_splices WHERE story = ?1 ORDER BY counter";
    let mut spliced = 0;
    let applied = many(connection, sql, [key], |row| {
        let inserted: Vec<u8> = row.get(2)?;
        spliced += inserted.len();
        let splice = Splice { start: row.get(0)?, removed: row.get(1)?, inserted: &inserted };
        splice.apply(&mut text).ok_or_else(lost)
    })?;
    Ok(Remembered { key, text: Arc::new(text), splices: applied.len(), spliced })
}

fn unpack(packed: &[u8], length: usize) -> Result<Vec<u8>, StoreError> {
    if length > MAX_CONTENT_BYTES {
        return Err(StoreError::Damaged("a draft is longer than can be".to_owned()));
    }
    zstd::bulk::decompress(packed, length).map_err(|error| StoreError::Damaged(error.to_string()))
}

fn write_whole(connection: &Connection, key: i64, counter: u64, text: &[u8]) -> Result<(), StoreError> {
    let sql =
        "INSERT OR REPLACE INTO draft_snapshots (story, counter, length, content) VALUES (?1, ?2, ?3, ?4)";
    let packed = zstd::bulk::compress(text, ZSTD_LEVEL)?;
    run(connection, sql, params![key, counter, text.len(), packed])?;
    run(connection, "DELETE FROM draft_splices WHERE story = ?1", [key]).map(drop)
}

fn write_splice(connection: &Connection, key: i64, counter: u64, splice: &Splice) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO draft_splices (story, counter, start, removed, inserted) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (start, removed) = (splice.start, splice.removed);
    run(connection, sql, params![key, counter, start, removed, splice.inserted]).map(drop)
}
