//! Bytes that a portal has acknowledged, by the day: for those who pay for every one.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use story::{Cause, IntentId};

use crate::{
    Store, StoreError,
    convert::{nanos, one, run, word},
    outbox::{intent_of, let_go},
};

/// Bytes that a portal acknowledged, and on which day: counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayBytes {
    /// The day.
    pub day: i64,
    /// How many.
    pub bytes: u64,
}

impl Store {
    /// Bytes sent on a day, counted from 1970-01-01.
    ///
    /// # Errors
    /// What the disk says.
    pub fn bytes_sent_on(&self, day: i64) -> Result<u64, StoreError> {
        self.read(|connection| {
            let sql = "SELECT bytes FROM sent_bytes WHERE day = ?1";
            Ok(one(connection, sql, [day], |row| Ok(row.get(0)?))?.unwrap_or(0))
        })
    }

    /// Has an intent wait until then, for what its line costs. One that a person wants sent all the same, or
    /// that is under way or settled, is left as it is. Gives whether it waits.
    ///
    /// # Errors
    /// What the disk says.
    pub fn hold(&self, intent: IntentId, until: DateTime<Utc>, why: Cause) -> Result<bool, StoreError> {
        self.write(move |session| {
            let sql = "UPDATE intents SET next_at = ?2, cause = ?3
                       WHERE id = ?1 AND state IN ('queued', 'unknown') AND NOT beyond_budget";
            Ok(run(session.tx, sql, params![intent.0.as_bytes(), nanos(until), word(why)?])? == 1)
        })
    }

    /// Lets everything go on that was held for one of `causes`. With `beyond`, whatever the budget says.
    ///
    /// # Errors
    /// What the disk says.
    pub fn release_held(&self, causes: &[Cause], beyond: bool) -> Result<(), StoreError> {
        let causes = causes.to_vec();
        self.write(move |session| {
            let sql =
                "UPDATE intents SET next_at = NULL, cause = NULL, beyond_budget = max(beyond_budget, ?1)
                       WHERE cause = ?2 AND state IN ('queued', 'unknown')";
            causes.iter().try_for_each(|cause| run(session.tx, sql, params![beyond, word(*cause)?]).map(drop))
        })
    }

    /// Lets an intent go on at once because a person says so: as [`Store::release`], and its photos are no more held
    /// by a budget.
    ///
    /// # Errors
    /// As [`Store::release`].
    pub fn release_beyond(&self, intent: IntentId) -> Result<crate::Intent, StoreError> {
        self.write(move |session| {
            let key = intent_of(session.tx, intent)?.sequence;
            let sql = "UPDATE intents SET beyond_budget = 1
                       WHERE key = ?1 OR key IN (SELECT parent FROM intent_parents WHERE intent = ?1)";
            run(session.tx, sql, [key])?;
            let_go(session, intent)
        })
    }
}

pub(crate) fn count(connection: &Connection, sent: DayBytes) -> Result<(), StoreError> {
    let sql = "INSERT INTO sent_bytes (day, bytes) VALUES (?1, ?2)
               ON CONFLICT (day) DO UPDATE SET bytes = bytes + excluded.bytes";
    run(connection, sql, params![sent.day, sent.bytes]).map(drop)
}
