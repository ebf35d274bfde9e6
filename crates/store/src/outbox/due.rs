//! What may go now, and in which order.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use story::StoryId;

use super::{Intent, rows::select};
use crate::{
    StoreError,
    convert::{many, nanos, one, time, uuid},
};

/// Waiting, every parent confirmed, and nothing of the story open that was asked for earlier. What takes the story down
/// waits for none of it, and all of it waits for that. An original waits for everything of its story, and nothing waits for
/// it. `sending` is left out: one worker has it in hand, or the next
/// opening puts it in doubt.
const READY: &str = "intents.portal = ?1 AND intents.state IN ('queued', 'unknown')
    AND NOT EXISTS (
        SELECT 1 FROM intent_parents JOIN intents AS parent ON parent.key = intent_parents.parent
        WHERE intent_parents.intent = intents.key AND parent.state <> 'confirmed')
    AND (intents.kind IN ('withdraw', 'kill') OR NOT EXISTS (
        SELECT 1 FROM intents AS other
        WHERE other.story = intents.story AND other.kind NOT IN ('photo', 'original') AND other.key <> intents.key
            AND (other.key < intents.key OR other.kind IN ('withdraw', 'kill') OR intents.kind = 'original')
            AND other.portal = intents.portal AND other.state NOT IN ('confirmed', 'cancelled')))
    AND (intents.kind <> 'original' OR EXISTS (
        SELECT 1 FROM intents AS told WHERE told.key = intents.behind AND told.state = 'confirmed'))";

pub(super) fn due(
    connection: &Connection,
    portal: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Intent>, StoreError> {
    let condition = format!(
        "{READY} AND intents.state NOT IN ('confirmed', 'cancelled')
             AND (intents.next_at IS NULL OR intents.next_at <= ?2)
         ORDER BY intents.rank, intents.key LIMIT 100"
    );
    select(connection, &condition, params![portal, nanos(now)])
}

pub(super) fn next_due_at(connection: &Connection, portal: i64) -> Result<Option<DateTime<Utc>>, StoreError> {
    let sql = format!("SELECT min(intents.next_at) FROM intents WHERE {READY}");
    let first = one(connection, &sql, [portal], |row| Ok(row.get::<_, Option<i64>>(0)?))?;
    Ok(first.flatten().map(time))
}

pub(super) fn to_go_live(
    connection: &Connection,
    by: DateTime<Utc>,
) -> Result<Vec<(StoryId, DateTime<Utc>)>, StoreError> {
    let sql = "SELECT id, live_at FROM stories WHERE live_at <= ?1 ORDER BY live_at";
    many(connection, sql, [nanos(by)], |row| {
        Ok((StoryId(uuid(&row.get::<_, Vec<u8>>(0)?)?), time(row.get(1)?)))
    })
}
