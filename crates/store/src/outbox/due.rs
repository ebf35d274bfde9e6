//! What may go now, and in which order.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{Intent, rows::select};
use crate::{
    StoreError,
    convert::{nanos, one, time},
};

/// Waiting, every parent confirmed, and nothing of the story open that was asked for earlier. `sending` is
/// left out: one worker has it in hand, or the next opening puts it in doubt.
const READY: &str = "intents.portal = ?1 AND intents.state IN ('queued', 'unknown')
    AND NOT EXISTS (
        SELECT 1 FROM intent_parents JOIN intents AS parent ON parent.key = intent_parents.parent
        WHERE intent_parents.intent = intents.key AND parent.state <> 'confirmed')
    AND NOT EXISTS (
        SELECT 1 FROM intents AS earlier
        WHERE earlier.story = intents.story AND earlier.key < intents.key AND earlier.kind <> 'photo'
            AND earlier.portal = intents.portal AND earlier.state NOT IN ('confirmed', 'cancelled'))";

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
