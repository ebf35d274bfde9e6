//! The queue as rows.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{PortalId, StoryId};

use super::{Held, Queued, QueuedHere};
use crate::{
    StoreError,
    convert::{Cells, digest, many, nanos, one, run, time, uuid, word},
    guards, portals,
};

pub(super) fn find(
    connection: &Connection,
    portal: i64,
    story: StoryId,
) -> Result<Option<Queued>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM queue WHERE portal = ?1 AND story = ?2");
    one(connection, &sql, params![portal, story.0.as_bytes()], |row| read(&mut Cells::of(row)))
}

pub(super) fn write(connection: &Connection, portal: i64, queued: &Queued) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO queue (portal, story, headline, section, author, author_name, words, photos,
                   desk, public, hash, etag, filed_at, desk_at, desk_by, desk_note, holder, holder_name,
                   holder_device, held_until, guards)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)";
    let held = queued.held.as_ref();
    run(
        connection,
        sql,
        params![
            portal,
            queued.story.0.as_bytes(),
            queued.headline,
            queued.section,
            queued.author,
            queued.author_name,
            queued.words,
            queued.photos,
            word(queued.desk)?,
            word(queued.public)?,
            queued.hash.to_bytes(),
            queued.etag,
            queued.filed_at.map(nanos),
            queued.desk_at.map(nanos),
            queued.desk_by,
            queued.desk_note,
            held.map(|held| held.holder.as_str()),
            held.map(|held| held.name.as_str()),
            held.map(|held| held.device.as_str()),
            held.map(|held| nanos(held.until)),
            guards::column(&queued.guards)?,
        ],
    )
    .map(drop)
}

/// Takes a story off the queue; says whether it was on it.
pub(super) fn drop_one(connection: &Connection, portal: i64, story: StoryId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM queue WHERE portal = ?1 AND story = ?2";
    Ok(run(connection, sql, params![portal, story.0.as_bytes()])? > 0)
}

/// Takes everything off the queue but what is named; says whether there was anything.
pub(super) fn drop_others(connection: &Connection, portal: i64, open: &[Queued]) -> Result<bool, StoreError> {
    let kept: BTreeSet<StoryId> = open.iter().map(|queued| queued.story).collect();
    let sql = "SELECT story FROM queue WHERE portal = ?1";
    let known = many(connection, sql, [portal], |row| Ok(StoryId(uuid(&row.get::<_, Vec<u8>>(0)?)?)))?;
    let mut dropped = false;
    for story in known.into_iter().filter(|story| !kept.contains(story)) {
        dropped |= drop_one(connection, portal, story)?;
    }
    Ok(dropped)
}

/// What the portal will tell of a story that was just taken, before it has told.
pub(crate) fn note_taken(
    connection: &Connection,
    (portal, story): (PortalId, StoryId),
    held: &Held,
) -> Result<(), StoreError> {
    let sql =
        "UPDATE queue SET desk = 'in_edit', desk_by = ?4, desk_note = '', holder = ?3, holder_name = ?4,
                   holder_device = ?5, held_until = ?6
               WHERE portal = ?1 AND story = ?2";
    let portal = portals::key_of(connection, portal)?;
    let Held { holder, name, device, until } = held;
    run(connection, sql, params![portal, story.0.as_bytes(), holder, name, device, nanos(*until)]).map(drop)
}

/// What [`read`] reads, in its order.
const COLUMNS: &str = "queue.story, queue.headline, queue.section, queue.author, queue.author_name, queue.words,
    queue.photos, queue.desk, queue.public, queue.hash, queue.etag, queue.filed_at, queue.desk_at, queue.desk_by,
    queue.desk_note, queue.guards, queue.holder, queue.holder_name, queue.holder_device, queue.held_until";

fn read(cells: &mut Cells) -> Result<Queued, StoreError> {
    Ok(Queued {
        story: cells.bytes(uuid).map(StoryId)?,
        headline: cells.value()?,
        section: cells.value()?,
        author: cells.value()?,
        author_name: cells.value()?,
        words: cells.value()?,
        photos: cells.value()?,
        desk: needed(cells.word()?)?,
        public: needed(cells.word()?)?,
        hash: cells.bytes(digest)?,
        etag: cells.value()?,
        filed_at: cells.time()?,
        desk_at: cells.time()?,
        desk_by: cells.value()?,
        desk_note: cells.value()?,
        guards: guards::read_column(cells.value()?)?,
        held: held(cells.value()?, (cells.value()?, cells.value()?), cells.time()?),
    })
}

fn needed<T>(word: Option<T>) -> Result<T, StoreError> {
    word.ok_or_else(|| StoreError::Damaged("a word is missing".to_owned()))
}

fn held(
    holder: Option<String>,
    (name, device): (Option<String>, Option<String>),
    until: Option<DateTime<Utc>>,
) -> Option<Held> {
    let (name, device) = (name.unwrap_or_default(), device.unwrap_or_default());
    holder.map(|holder| Held { holder, name, device, until: until.unwrap_or_default() })
}

pub(crate) fn read_held(row: &SqlRow) -> Result<Option<Held>, StoreError> {
    let until = row.get::<_, Option<i64>>("held_until")?.map(time);
    Ok(held(row.get("holder")?, (row.get("holder_name")?, row.get("holder_device")?), until))
}

/// Everything in a portal's queue, what was filed first before all others. It is sorted here: no index has those without
/// a time behind the others, and rows are smaller here than where SQLite would sort them.
pub(super) fn all_here(connection: &Connection, portal: i64) -> Result<Vec<QueuedHere>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, stories.desk, stories.public, stories.guards,
             EXISTS (SELECT 1 FROM readings WHERE readings.story = stories.key)
             AND NOT EXISTS (SELECT 1 FROM brought WHERE brought.story = stories.key
                             AND brought.portal = queue.portal AND brought.hash = queue.hash)
             AND NOT EXISTS (SELECT 1 FROM intents WHERE intents.story = stories.key
                             AND intents.portal = queue.portal AND intents.payload_hash = queue.hash),
             EXISTS (SELECT 1 FROM taken_offline WHERE taken_offline.story = stories.key)
         FROM queue LEFT JOIN stories ON stories.id = queue.story WHERE queue.portal = ?1"
    );
    let mut all = many(connection, &sql, [portal], read_here)?;
    all.sort_by_key(|QueuedHere { queued, .. }| (queued.filed_at.is_none(), queued.filed_at, queued.story));
    Ok(all)
}

fn read_here(row: &SqlRow) -> Result<QueuedHere, StoreError> {
    let cells = &mut Cells::of(row);
    Ok(QueuedHere {
        queued: read(cells)?,
        here: cells.word()?,
        public_here: cells.word()?,
        guards_here: guards::read_column(cells.value()?)?,
        news_there: cells.value()?,
        tentative: cells.value()?,
    })
}
