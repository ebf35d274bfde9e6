//! How a connection is set up. Encryption will enter here: a key has to be the first thing said on each.

use std::{cell::Cell, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

/// How long another program may hold the file before we say so.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The one connection that writes. Its checkpoints are the writer's own business, outside any save.
pub(crate) fn writing(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = guarded(file, flags)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
         PRAGMA journal_size_limit = 4194304;",
    )?;
    connection.wal_hook(Some(|_, pages| {
        PAGES_IN_LOG.set(u32::try_from(pages).unwrap_or_default());
        Ok(())
    }));
    Ok(connection)
}

thread_local! {
    /// SQLite tells it to a plain function, which has nowhere else to put it.
    static PAGES_IN_LOG: Cell<u32> = const { Cell::new(0) };
}

/// How long the log was after the last commit on this thread, in pages.
pub(crate) fn pages_in_log() -> u32 {
    PAGES_IN_LOG.get()
}

/// A connection that cannot write, whatever is asked of it.
pub(crate) fn reading(file: &Path) -> rusqlite::Result<Connection> {
    let connection = guarded(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    Ok(connection)
}

/// A connection to a file that nobody can be writing, on a disk where no `-shm` can be made.
pub(crate) fn frozen(file: &Path) -> rusqlite::Result<Connection> {
    let path: String = file.to_string_lossy().chars().map(escaped).collect();
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = guarded(Path::new(&format!("file:{path}?immutable=1")), flags)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    Ok(connection)
}

fn escaped(letter: char) -> String {
    match letter {
        '%' => "%25".to_owned(),
        '?' => "%3f".to_owned(),
        '#' => "%23".to_owned(),
        other => other.to_string(),
    }
}

fn guarded(file: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
    )?;
    Ok(connection)
}
