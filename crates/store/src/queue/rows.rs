//! The queue as rows.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row as SqlRow, params};
use story::{PortalId, StoryId};

use super::{Held, Queued, QueuedHere};
use crate::{
    StoreError,
    convert::{digest, many, nanos, one, run, time, unword, uuid, word},
    guards, portals,
};

pub(super) fn find(
    connection: &Connection,
    portal: i64,
    story: StoryId,
) -> Result<Option<Queued>, StoreError> {
    let sql = "SELECT * FROM queue WHERE portal = ?1 AND story = ?2";
    one(connection, sql, params![portal, story.0.as_bytes()], read)
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

fn read(row: &SqlRow) -> Result<Queued, StoreError> {
    let moment = |name: &str| Ok::<_, StoreError>(row.get::<_, Option<i64>>(name)?.map(time));
    Ok(Queued {
        story: StoryId(uuid(&row.get::<_, Vec<u8>>("story")?)?),
        headline: row.get("headline")?,
        section: row.get("section")?,
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        words: row.get("words")?,
        photos: row.get("photos")?,
        desk: unword(row.get("desk")?)?,
        public: unword(row.get("public")?)?,
        hash: digest(&row.get::<_, Vec<u8>>("hash")?)?,
        etag: row.get("etag")?,
        filed_at: moment("filed_at")?,
        desk_at: moment("desk_at")?,
        desk_by: row.get("desk_by")?,
        desk_note: row.get("desk_note")?,
        held: read_held(row)?,
        guards: guards::read_column(row.get("guards")?)?,
    })
}

pub(crate) fn read_held(row: &SqlRow) -> Result<Option<Held>, StoreError> {
    let Some(holder) = row.get("holder")? else { return Ok(None) };
    let (name, device): (Option<String>, Option<String>) =
        (row.get("holder_name")?, row.get("holder_device")?);
    let until: Option<i64> = row.get("held_until")?;
    let until = time(until.unwrap_or_default());
    Ok(Some(Held { holder, name: name.unwrap_or_default(), device: device.unwrap_or_default(), until }))
}

pub(super) fn read_here(row: &SqlRow) -> Result<QueuedHere, StoreError> {
    let (here, public): (Option<String>, Option<String>) = (row.get("here")?, row.get("public_here")?);
    Ok(QueuedHere {
        queued: read(row)?,
        here: here.map(unword).transpose()?,
        public_here: public.map(unword).transpose()?,
        guards_here: guards::read_column(row.get("guards_here")?)?,
        news_there: row.get("news_there")?,
        tentative: row.get("tentative")?,
    })
}
