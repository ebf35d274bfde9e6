//! Names that people give to versions. They are no part of a version, and may be changed and taken away.

use std::collections::BTreeMap;

use rusqlite::params;
use story::StoryId;

use crate::{
    Store, StoreError, Thing,
    convert::{many, one, run},
    stories::key_of,
};

impl Store {
    /// Names a version, or gives it another name; an empty one takes it away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the story and for the version, and what the disk says.
    pub fn name_version(&self, story: StoryId, number: u32, name: String) -> Result<(), StoreError> {
        self.write(move |session| {
            let key = key_of(session.tx, story)?;
            let there = "SELECT 1 FROM revisions WHERE story = ?1 AND number = ?2";
            let known = one(session.tx, there, params![key, number], |_| Ok(()))?;
            known.ok_or(StoreError::NotFound(Thing::Revision))?;
            if name.is_empty() {
                let gone = "DELETE FROM version_names WHERE story = ?1 AND number = ?2";
                return run(session.tx, gone, params![key, number]).map(drop);
            }
            let named = "INSERT INTO version_names (story, number, name) VALUES (?1, ?2, ?3)
                         ON CONFLICT (story, number) DO UPDATE SET name = excluded.name";
            run(session.tx, named, params![key, number, name]).map(drop)
        })
    }

    /// The names of a story's versions, by number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn version_names(&self, story: StoryId) -> Result<BTreeMap<u32, String>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT number, name FROM version_names WHERE story = ?1";
            let read = |row: &rusqlite::Row| Ok((row.get("number")?, row.get("name")?));
            Ok(many(connection, sql, [key_of(connection, story)?], read)?.into_iter().collect())
        })
    }
}
