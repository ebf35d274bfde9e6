//! Opening: fresh, current, migrated, newer, damaged, read-only, full.

mod look;

use std::{fs::File, io, path::PathBuf};

use chrono::{DateTime, Utc};

use look::log_is_foreign;
pub(crate) use look::{Found, look, look_at_copy};

use crate::{
    Backup, BackupReason, OpenError, Store, StoreError,
    backup::{move_aside, move_log_aside, newest_good, write_backup},
    connection,
    folder::{Folder, private_file, sync_folder},
    outbox::doubt_interrupted,
    readers::Readers,
    schema::{self, STEPS},
    writer::Writer,
};

/// Where and how to open.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// The store's folder; made (0700) when it is not there.
    pub folder: PathBuf,
    /// Now, for the names of backups and of files moved aside.
    pub now: DateTime<Utc>,
}

/// An open store, and what happened on the way.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// What a person should know.
    pub condition: Condition,
}

/// What happened when the store was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// There was none; an empty one was begun.
    Fresh,
    /// As it was left.
    Current,
    /// It had an older schema. A backup was made first.
    Migrated {
        /// The schema it had.
        from: u32,
        /// The copy made before.
        backup: Backup,
    },
    /// It was damaged: it was moved aside, untouched, and an empty one begun.
    MovedAside {
        /// The folder it is in now, with its `-wal` and `-shm`.
        moved_to: PathBuf,
        /// What was wrong.
        why: String,
        /// The newest backup that can be read, if there is one.
        backup: Option<Backup>,
    },
    /// It can be read and not written. Every writing method answers `ReadOnly`.
    ReadOnly,
}

impl Store {
    /// Opens the store of a folder, or begins one. Only one process at a time can.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(options: OpenOptions) -> Result<Opened, OpenError> {
        open_with(options, STEPS)
    }
}

/// Opens with a schema history of its own: how a test walks through an upgrade that does not exist yet.
pub(crate) fn open_with(options: OpenOptions, steps: &[&str]) -> Result<Opened, OpenError> {
    let folder = Folder::new(options.folder);
    let opened = open_to_write(&folder, options.now, steps);
    match opened {
        Err(OpenError::Full) if folder.release_ballast() => open_to_write(&folder, options.now, steps),
        Err(OpenError::Io(error)) if forbids_writing(&error) => open_to_read(folder, steps),
        Err(OpenError::Store(StoreError::ReadOnly)) => open_to_read(folder, steps),
        other => other,
    }
}

fn open_to_write(folder: &Folder, now: DateTime<Utc>, steps: &[&str]) -> Result<Opened, OpenError> {
    folder.prepare().map_err(full_or_io)?;
    let lock = folder.lock()?;
    folder.sweep()?;
    if log_is_foreign(folder) {
        let moved_to = move_log_aside(folder, now).map_err(full_or_io)?;
        tracing::warn!(?moved_to, "the log of another store lay beside the file and is moved aside");
    }
    let found = look(folder, steps)?;
    let (writer, condition) = match found {
        Found::Nothing => (begin(folder, steps)?, Condition::Fresh),
        Found::Ours { version } if version < schema::newest(steps) => {
            let backup = write_backup(folder, BackupReason::Upgrade, now)?;
            (begin(folder, steps)?, Condition::Migrated { from: version, backup })
        }
        Found::Ours { .. } => (begin(folder, steps)?, Condition::Current),
        Found::Damaged(why) => {
            tracing::warn!(why, "the store is damaged and is moved aside");
            let moved_to = move_aside(folder, now).map_err(full_or_io)?;
            let backup = newest_good(folder, steps);
            (begin(folder, steps)?, Condition::MovedAside { moved_to, why, backup })
        }
    };
    folder.clear_suspicion();
    finish(folder.clone(), writer, lock, condition)
}

/// The writing connection of a file that is whole, or of one that is not there yet.
fn begin(folder: &Folder, steps: &[&str]) -> Result<rusqlite::Connection, OpenError> {
    private_file(&folder.database()).map_err(full_or_io)?;
    let mut connection = connection::writing(&folder.database())?;
    schema::migrate(&mut connection, steps)?;
    sync_folder(folder.root()).map_err(full_or_io)?;
    Ok(connection)
}

fn finish(
    folder: Folder,
    connection: rusqlite::Connection,
    lock: File,
    condition: Condition,
) -> Result<Opened, OpenError> {
    let writer = Writer::start(folder.clone(), connection)?;
    writer.write(doubt_interrupted)?;
    let readers = Readers::new(folder.database(), false);
    Ok(Opened { store: Store::new(folder, readers, Some(writer), Some(lock)), condition })
}

fn open_to_read(folder: Folder, steps: &[&str]) -> Result<Opened, OpenError> {
    let file = folder.database();
    if crate::folder::size(&file) == 0 {
        return Err(OpenError::ReadOnlyEmpty(folder.root().to_owned()));
    }
    let version = |frozen| Readers::new(file.clone(), frozen).read(|read| Ok(schema::version(read)?));
    // A log that cannot be read would be text left out in silence: then it is an error, not an old state.
    let (frozen, found) = match version(false) {
        Ok(found) => (false, found),
        Err(_) if !folder.closed_uncleanly() => (true, version(true)?),
        Err(error) => return Err(error.into()),
    };
    let known = schema::newest(steps);
    if found > known {
        return Err(OpenError::Newer { found, known });
    }
    let readers = Readers::new(folder.database(), frozen);
    Ok(Opened { store: Store::new(folder, readers, None, None), condition: Condition::ReadOnly })
}

fn forbids_writing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

fn full_or_io(error: io::Error) -> OpenError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => OpenError::Full,
        _ => OpenError::Io(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: &str = "CREATE TABLE later (key INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;";
    const BROKEN: &str =
        "CREATE TABLE later (key INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);";

    fn options(folder: &std::path::Path) -> OpenOptions {
        OpenOptions { folder: folder.to_owned(), now: DateTime::UNIX_EPOCH }
    }

    fn tables(folder: &std::path::Path) -> u32 {
        let raw = rusqlite::Connection::open(folder.join("khosra.db")).unwrap();
        raw.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'later'", [], |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn an_upgrade_is_made_once_and_leaves_a_copy_of_what_was_before() {
        let folder = tempfile::tempdir().unwrap();
        drop(open_with(options(folder.path()), STEPS).unwrap());
        let steps: Vec<&str> = STEPS.iter().copied().chain([SECOND]).collect();
        let opened = open_with(options(folder.path()), &steps).unwrap();
        let Condition::Migrated { from, backup } = opened.condition else { panic!("{:?}", opened.condition) };
        assert_eq!((from, backup.reason), (schema::newest(STEPS), BackupReason::Upgrade));
        assert!(matches!(look_at_copy(&backup.path, STEPS), Ok(Found::Ours { .. })));
        drop(opened.store);
        assert_eq!(open_with(options(folder.path()), &steps).unwrap().condition, Condition::Current);
        assert!(matches!(open_with(options(folder.path()), STEPS), Err(OpenError::Newer { .. })));
    }

    #[test]
    fn an_upgrade_that_fails_half_way_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        drop(open_with(options(folder.path()), STEPS).unwrap());
        let steps: Vec<&str> = STEPS.iter().copied().chain([BROKEN]).collect();
        assert!(open_with(options(folder.path()), &steps).is_err());
        assert_eq!(tables(folder.path()), 0);
        let opened = open_with(options(folder.path()), STEPS).unwrap();
        assert_eq!(opened.condition, Condition::Current);
        assert_eq!(opened.store.backups().unwrap().len(), 1);
    }
}
