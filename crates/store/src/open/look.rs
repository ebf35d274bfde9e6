//! Looking at a file before anything is written to it: whose it is, how old, and whether it is whole.
//!
//! A start must not take longer for a large store, so the whole file is read only when it is small, when the
//! last process did not close it, or when a damaged page was met (ADR 5).

use std::{fs::File, io::Read as _, path::Path};

use rusqlite::Connection;

use crate::{
    OpenError, StoreError, connection,
    folder::{Folder, size},
    schema,
};

/// A file that is read whole at every start: some ten milliseconds.
const SMALL: u64 = 16 << 20;
/// A file that is read whole after an unclean end; of a larger one only the tables that hold unsent work.
const MEDIUM: u64 = 256 << 20;

/// What stands in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// No store.
    Nothing,
    /// A store that can be used.
    Ours {
        /// Its schema.
        version: u32,
    },
    /// A file that cannot be used, and why.
    Damaged(String),
}

/// How closely to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closely {
    Glance,
    OpenWork,
    Whole,
}

/// Looks at the store of a folder and changes nothing.
///
/// # Errors
/// [`OpenError::Newer`], and what the disk says.
pub(crate) fn look(folder: &Folder, steps: &[&str]) -> Result<Found, OpenError> {
    let file = folder.database();
    undo_first_step(folder);
    let unclean = folder.closed_uncleanly();
    if size(&file) == 0 {
        let was_here = unclean || folder.backups().read_dir()?.next().is_some();
        let gone = || Found::Damaged("the file is empty or gone".to_owned());
        return Ok(if was_here { gone() } else { Found::Nothing });
    }
    if !unclean && is_cut_short(&file)? {
        return Ok(Found::Damaged("the file is shorter than it says".to_owned()));
    }
    let closely = match size(&file) {
        _ if folder.is_suspect() => Closely::Whole,
        0..=SMALL => Closely::Whole,
        0..=MEDIUM if unclean => Closely::Whole,
        _ if unclean => Closely::OpenWork,
        _ => Closely::Glance,
    };
    judge(&file, closely, steps)
}

/// A rollback journal is only there when the process ended in the first moment of a new file, before it had
/// a log; whoever opens the file to write takes that step back.
fn undo_first_step(folder: &Folder) {
    if !folder.root().join("khosra.db-journal").exists() {
        return;
    }
    let undone = Connection::open(folder.database())
        .and_then(|connection| connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())));
    if let Err(error) = undone {
        tracing::warn!(%error, "a first step was not taken back");
    }
}

/// Whether the log beside the file belongs to another store: with it, stories of the file would be gone,
/// and a story is never deleted. SQLite itself takes any log whose checksums are right.
pub(crate) fn log_is_foreign(folder: &Folder) -> bool {
    if !folder.closed_uncleanly() {
        return false;
    }
    let file = folder.database();
    // A file caught in the middle of a checkpoint may not be readable without its log; then it is ours.
    let Ok(alone) = connection::frozen(&file).and_then(|file| first_and_last(&file)) else { return false };
    let Ok(together) = connection::reading(&file) else { return false };
    let known = |id: &Vec<u8>| {
        let sql = "SELECT count(*) FROM stories WHERE id = ?1";
        together.query_row(sql, [id], |row| row.get::<_, u32>(0)).is_ok_and(|count| count > 0)
    };
    !alone.iter().all(known)
}

fn first_and_last(connection: &Connection) -> rusqlite::Result<Vec<Vec<u8>>> {
    let sql = "SELECT id FROM stories WHERE key IN (
                   (SELECT min(key) FROM stories), (SELECT max(key) FROM stories))";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Looks at a backup, whole.
pub(crate) fn look_at_copy(file: &Path, steps: &[&str]) -> Result<Found, OpenError> {
    if is_cut_short(file)? {
        return Ok(Found::Damaged("the file is shorter than it says".to_owned()));
    }
    judge(file, Closely::Whole, steps)
}

fn judge(file: &Path, closely: Closely, steps: &[&str]) -> Result<Found, OpenError> {
    match inspect(file, closely, schema::newest(steps)) {
        Ok(found) => Ok(found),
        // A bad page raises an error instead of giving a row.
        Err(StoreError::Damaged(why)) => Ok(Found::Damaged(why)),
        Err(error) => Err(error.into()),
    }
}

fn inspect(file: &Path, closely: Closely, known: u32) -> Result<Found, StoreError> {
    let connection = connection::reading(file)?;
    let found = schema::version(&connection)?;
    let tables: u32 =
        connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0))?;
    if found == 0 && tables == 0 {
        return Ok(Found::Nothing);
    }
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != schema::APPLICATION_ID {
        return Ok(Found::Damaged("the file belongs to another application".to_owned()));
    }
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let fault = match closely {
        Closely::Glance => None,
        Closely::OpenWork => open_work_fault(&connection)?,
        Closely::Whole => fault(&connection, "PRAGMA quick_check(1)")?,
    };
    Ok(fault.map_or(Found::Ours { version: found }, Found::Damaged))
}

fn open_work_fault(connection: &Connection) -> Result<Option<String>, StoreError> {
    for table in ["stories", "draft_snapshots", "draft_splices", "intents"] {
        if let Some(fault) = fault(connection, &format!("PRAGMA quick_check('{table}')"))? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

fn fault(connection: &Connection, check: &str) -> Result<Option<String>, StoreError> {
    let answer: String = connection.query_row(check, [], |row| row.get(0))?;
    Ok((answer != "ok").then_some(answer))
}

/// Whether a file that was closed holds fewer pages than its header says. Bytes 16 and 28 of the header:
/// page size and size in pages (sqlite.org/fileformat2.html, 1.3).
fn is_cut_short(file: &Path) -> std::io::Result<bool> {
    let mut header = [0; 100];
    if File::open(file)?.read_exact(&mut header).is_err() {
        return Ok(true);
    }
    let number = |range: std::ops::Range<usize>| {
        let bytes = header.get(range).unwrap_or_default();
        bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    let page = match number(16..18) {
        1 => 65_536,
        bytes => bytes,
    };
    Ok(size(file) < page * number(28..32))
}
