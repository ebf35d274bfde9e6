//! Bytes that a portal has acknowledged, by the day: for those who pay for every one.

use rusqlite::params;

use crate::{
    Store, StoreError,
    convert::{one, run},
};

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

    /// Adds to the bytes sent on a day.
    ///
    /// # Errors
    /// What the disk says.
    pub fn count_bytes(&self, day: i64, bytes: u64) -> Result<(), StoreError> {
        self.write(move |session| {
            let sql = "INSERT INTO sent_bytes (day, bytes) VALUES (?1, ?2)
                       ON CONFLICT (day) DO UPDATE SET bytes = bytes + excluded.bytes";
            run(session.tx, sql, params![day, bytes]).map(drop)
        })
    }
}
