//! Settings: a name and a JSON value each.

use serde_json::Value;

use rusqlite::params;

use crate::{
    Store, StoreError,
    convert::{json, one, run, unjson},
};

impl Store {
    /// A setting; `None` when it was never set.
    ///
    /// # Errors
    /// What the disk says.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT value FROM settings WHERE name = ?1";
            one(connection, sql, [name], |row| unjson(&row.get::<_, String>(0)?))
        })
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// What the disk says.
    pub fn set_setting(&self, name: &str, value: Value) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.write(move |session| {
            let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2)
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            run(session.tx, sql, params![name, json(&value)]).map(drop)
        })
    }
}
