//! What a portal had last from here, or brought here last: whoever writes on from it overwrites nobody.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{IntentId, Sha256Hex};

use crate::{
    StoreError,
    convert::{digest, nanos, one, run, uuid},
    outbox::delivery_of,
};

/// A text that came and became the draft, at once or because somebody brought its revision back.
pub(super) const CAME: &str = "(brought.revision IS NULL OR EXISTS (
        SELECT 1 FROM revisions WHERE revisions.story = brought.story AND revisions.hash = brought.version
            AND revisions.reason NOT IN ('portal', 'package') AND revisions.number > brought.revision))";

/// A version by the portal's name for it and by ours.
pub(super) struct Base {
    pub(super) hash: Sha256Hex,
    pub(super) version: Sha256Hex,
}

/// What is written down of a text that came.
pub(crate) struct Kept<'a> {
    /// The portal's digest of it.
    pub(crate) hash: &'a Sha256Hex,
    /// The version that it is here.
    pub(crate) version: &'a Sha256Hex,
    /// The revision that holds it, where it did not become the draft.
    pub(crate) revision: Option<u32>,
}

/// The version that a portal had last from here, or that came from there last and became the draft.
pub(crate) fn base_version(
    connection: &Connection,
    place: (i64, i64),
) -> Result<Option<Sha256Hex>, StoreError> {
    Ok(base(connection, place)?.map(|base| base.version))
}

/// The newer of the last confirmed delivery and of the last text that came and became the draft. `place` is the story
/// and the portal, as here and below.
pub(super) fn base(connection: &Connection, place: (i64, i64)) -> Result<Option<Base>, StoreError> {
    let (story, portal) = place;
    let sql = "SELECT payload_hash, version, key FROM intents
               WHERE story = ?1 AND portal = ?2 AND state = 'confirmed' AND version IS NOT NULL
                   AND kind IN ('publish', 'correct', 'file', 'schedule', 'return')
               ORDER BY key DESC LIMIT 1";
    let sent = one(connection, sql, [story, portal], read)?;
    let sql = format!(
        "SELECT hash, version, after FROM brought WHERE story = ?1 AND portal = ?2 AND {CAME}
         ORDER BY key DESC LIMIT 1"
    );
    let came = one(connection, &sql, [story, portal], read)?;
    Ok(match (sent, came) {
        (Some((_, sent)), Some((came, after))) if after >= sent => Some(came),
        (Some((sent, _)), _) => Some(sent),
        (None, came) => came.map(|(came, _)| came),
    })
}

fn read(row: &SqlRow) -> Result<(Base, i64), StoreError> {
    let hash = digest(&row.get::<_, Vec<u8>>(0)?)?;
    let version = digest(&row.get::<_, Vec<u8>>(1)?)?;
    Ok((Base { hash, version }, row.get(2)?))
}

/// Writes down that a text came; once for each.
pub(crate) fn note(
    connection: &Connection,
    (story, portal): (i64, i64),
    kept: Kept<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let hash = kept.hash.to_bytes();
    let sql = "DELETE FROM brought WHERE story = ?1 AND portal = ?2 AND hash = ?3";
    run(connection, sql, params![story, portal, hash])?;
    let sql = "INSERT INTO brought (story, portal, hash, version, revision, after, brought_at)
               VALUES (?1, ?2, ?3, ?4, ?5, (SELECT coalesce(max(key), 0) FROM intents WHERE story = ?1), ?6)";
    let version = kept.version.to_bytes();
    run(connection, sql, params![story, portal, hash, version, kept.revision, nanos(at)]).map(drop)
}

/// Whether something of the story is on its way.
pub(crate) fn is_open(connection: &Connection, story: i64) -> Result<bool, StoreError> {
    Ok(delivery_of(connection, story)?.is_some_and(|state| !state.is_settled()))
}

pub(super) fn newest_intent(connection: &Connection, story: i64) -> Result<Option<IntentId>, StoreError> {
    let sql = "SELECT id FROM intents WHERE story = ?1 ORDER BY key DESC LIMIT 1";
    one(connection, sql, [story], |row| Ok(IntentId(uuid(&row.get::<_, Vec<u8>>(0)?)?)))
}
