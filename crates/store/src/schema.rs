//! The schema and its history.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::{OpenError, StoreError};

/// `PRAGMA application_id` of our files: "KHSR".
pub(crate) const APPLICATION_ID: i64 = 0x4b48_5352;

/// Every migration, oldest first; each runs in one transaction.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../../../migrations/0001_begin.sql"),
    include_str!("../../../migrations/0002_search.sql"),
    include_str!("../../../migrations/0003_taking_down.sql"),
    include_str!("../../../migrations/0004_theirs.sql"),
    include_str!("../../../migrations/0005_notices.sql"),
    include_str!("../../../migrations/0006_returns_and_recalls.sql"),
    include_str!("../../../migrations/0007_queue.sql"),
    include_str!("../../../migrations/0008_notes.sql"),
    include_str!("../../../migrations/0009_approvals.sql"),
    include_str!("../../../migrations/0010_suggestions.sql"),
    include_str!("../../../migrations/0011_version_names.sql"),
    include_str!("../../../migrations/0012_originals.sql"),
    include_str!("../../../migrations/0013_guards.sql"),
    include_str!("../../../migrations/0014_readings.sql"),
    include_str!("../../../migrations/0015_taken_offline.sql"),
    include_str!("../../../migrations/0016_lists.sql"),
];

/// Brings a file to the newest of `steps`.
pub(crate) fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), OpenError> {
    let migrations = Migrations::new(steps.iter().map(|step| M::up(step)).collect());
    migrations.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => OpenError::Store(StoreError::Internal(other.to_string())),
    })
}

/// How many migrations a file has had.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// The newest version of `steps`.
pub(crate) fn newest(steps: &[&str]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}
