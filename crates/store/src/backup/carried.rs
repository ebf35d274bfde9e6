//! Photos inside a backup file that travels: one table, which the store itself never has.

use std::{fs, path::Path};

use rusqlite::{Connection, params};

use crate::{
    StoreError,
    convert::{digest, many, run},
    folder::Folder,
    photos::{keep_file, photo_file},
};

const DIGESTS: &str = "SELECT sha256 FROM photos UNION SELECT sha256 FROM renditions";

/// Puts every photo file into the copy. One that is missing or cannot be read is left out and said so in the
/// log: it must not keep the texts from being saved.
pub(super) fn load(folder: &Folder, copy: &Path) -> Result<(), StoreError> {
    let mut connection = Connection::open(copy)?;
    let tx = connection.transaction()?;
    tx.execute_batch(
        "CREATE TABLE carried_photos (sha256 BLOB NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    )?;
    for sha256 in many(&tx, DIGESTS, [], |row| Ok(row.get::<_, Vec<u8>>(0)?))? {
        match fs::read(photo_file(folder, &digest(&sha256)?)) {
            Ok(bytes) => {
                let sql = "INSERT INTO carried_photos (sha256, bytes) VALUES (?1, ?2)";
                run(&tx, sql, params![sha256, bytes])?;
            }
            Err(error) => tracing::warn!(%error, "a photo is missing in the backup"),
        }
    }
    Ok(tx.commit()?)
}

/// Puts the photos that a backup carries back beside the store, and takes the table out of it.
pub(super) fn unload(folder: &Folder, connection: &Connection) -> Result<(), StoreError> {
    let table = "SELECT count(*) FROM sqlite_schema WHERE name = 'carried_photos'";
    if connection.query_row(table, [], |row| row.get::<_, u32>(0))? == 0 {
        return Ok(());
    }
    let digests =
        many(connection, "SELECT sha256 FROM carried_photos", [], |row| Ok(row.get::<_, Vec<u8>>(0)?))?;
    for sha256 in digests {
        let sql = "SELECT bytes FROM carried_photos WHERE sha256 = ?1";
        let bytes: Vec<u8> = connection.query_row(sql, [&sha256], |row| row.get(0))?;
        if keep_file(folder, &bytes)? != digest(&sha256)? {
            return Err(StoreError::Damaged("a photo in the backup is not what was kept".to_owned()));
        }
    }
    Ok(connection.execute_batch("DROP TABLE carried_photos; VACUUM;")?)
}
