//! Backups: made whole, checked by reading every page, put in place by renaming.

mod carried;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::{
    Store, StoreError, Thing,
    drafts::Memory,
    folder::{Folder, private_file, private_folder, size, sync_folder},
    open::{Found, look_at_copy},
    outbox::doubt_everything,
    schema::{self, STEPS},
    writer::Session,
};

/// Daily backups that are kept.
const KEPT: usize = 7;
/// A backup is due when the last is older: less than a day, so that a shift that begins earlier has one too.
const DUE_AFTER: TimeDelta = TimeDelta::hours(20);
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// Why a backup was made; part of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BackupReason {
    /// Once a day.
    Daily,
    /// Before the schema changed.
    Upgrade,
    /// A person asked.
    Asked,
}

/// A backup in the store's own folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// File name within the backups folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// When it was made, by its name.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: BackupReason,
    /// Bytes.
    pub size: u64,
}

impl Store {
    /// The backups in the store's own folder, newest first.
    ///
    /// # Errors
    /// What the disk says.
    pub fn backups(&self) -> Result<Vec<Backup>, StoreError> {
        list(self.folder()).map_err(Into::into)
    }

    /// Makes a backup in the store's own folder. Photo files are not copied: they lie beside it, are never
    /// changed, and are never deleted.
    ///
    /// # Errors
    /// What the disk says; then no file is left behind.
    pub fn backup(&self, reason: BackupReason, now: DateTime<Utc>) -> Result<Backup, StoreError> {
        write_backup(self.folder(), reason, now)
    }

    /// Makes the day's backup unless there is one of the last 20 hours, and keeps the newest 7.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn backup_daily(&self, now: DateTime<Utc>) -> Result<Option<Backup>, StoreError> {
        let daily = |backup: &Backup| backup.reason == BackupReason::Daily;
        let mut kept: Vec<Backup> = self.backups()?.into_iter().filter(daily).collect();
        if kept.first().is_some_and(|last| last.at <= now && now - last.at < DUE_AFTER) {
            return Ok(None);
        }
        let made = self.backup(BackupReason::Daily, now)?;
        kept.retain(|backup| backup.name != made.name);
        for old in kept.iter().skip(KEPT - 1) {
            fs::remove_file(&old.path)?;
        }
        Ok(Some(made))
    }

    /// Writes everything, photos included, into one file anywhere: what a person takes along on a stick.
    /// An existing file is replaced only when the new one is whole.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn backup_to(&self, file: &Path) -> Result<(), StoreError> {
        let part = beside(file)?;
        let made = copy_into(self.folder(), &part)
            .and_then(|()| carried::load(self.folder(), &part))
            .and_then(|()| Ok(put_in_place(&part, file)?));
        if made.is_err() {
            let _ = fs::remove_file(&part);
        }
        made
    }

    /// Puts a backup in the store's place. The present file is kept in the `aside` folder; its path is the
    /// answer. Every open intent comes back as `Unknown`, since the portal may know more than the backup.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`] or [`StoreError::Newer`] for a backup that cannot be
    /// used, and what the disk says; then the present file stays where it is.
    pub fn restore(&self, backup: &Path, now: DateTime<Utc>) -> Result<PathBuf, StoreError> {
        let copy = prepare(self.folder(), backup)?;
        let (folder, readers) = (self.folder().clone(), self.readers());
        self.with_writer(move |bench| {
            bench.close();
            let moved = readers.shut_out(|| exchange(&folder, &copy, now));
            moved.map_err(StoreError::from)
        })
    }

    /// The path of a backup by its name, for [`Store::restore`]; a name with a path in it is not found.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn backup_path(&self, name: &str) -> Result<PathBuf, StoreError> {
        let known = self.backups()?.into_iter().find(|backup| backup.name == name);
        known.map(|backup| backup.path).ok_or(StoreError::NotFound(Thing::Backup))
    }
}

impl BackupReason {
    const ALL: [Self; 3] = [Self::Daily, Self::Upgrade, Self::Asked];

    fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Upgrade => "upgrade",
            Self::Asked => "asked",
        }
    }
}

/// Makes a backup in the store's own folder.
pub(crate) fn write_backup(
    folder: &Folder,
    reason: BackupReason,
    now: DateTime<Utc>,
) -> Result<Backup, StoreError> {
    let name = format!("khosra-{}-{}.db", now.format(STAMP), reason.word());
    let path = folder.backups().join(&name);
    let part = folder.unfinished().join(&name);
    let made = copy_into(folder, &part).and_then(|()| Ok(put_in_place(&part, &path)?));
    if let Err(error) = made {
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    let size = size(&path);
    Ok(Backup { name, path, at: now, reason, size })
}

/// The newest backup that can be read.
pub(crate) fn newest_good(folder: &Folder, steps: &[&str]) -> Option<Backup> {
    let good = |backup: &Backup| matches!(look_at_copy(&backup.path, steps), Ok(Found::Ours { .. }));
    list(folder).ok()?.into_iter().find(good)
}

/// Puts the database and what belongs to it into a folder of its own, untouched.
pub(crate) fn move_aside(folder: &Folder, now: DateTime<Utc>) -> io::Result<PathBuf> {
    move_files_aside(folder, &[folder.database(), folder.wal(), folder.shm()], now)
}

/// Puts a log that belongs to another store into a folder of its own.
pub(crate) fn move_log_aside(folder: &Folder, now: DateTime<Utc>) -> io::Result<PathBuf> {
    move_files_aside(folder, &[folder.wal(), folder.shm()], now)
}

fn move_files_aside(folder: &Folder, files: &[PathBuf], now: DateTime<Utc>) -> io::Result<PathBuf> {
    let place = free_place(folder, now);
    private_folder(&place)?;
    for file in files {
        let Some(name) = file.file_name() else { continue };
        if file.exists() {
            fs::rename(file, place.join(name))?;
        }
    }
    sync_folder(&place)?;
    sync_folder(folder.root())?;
    Ok(place)
}

fn free_place(folder: &Folder, now: DateTime<Utc>) -> PathBuf {
    let stamp = now.format(STAMP).to_string();
    let names = std::iter::once(stamp.clone()).chain((2..1_000).map(|nth| format!("{stamp}-{nth}")));
    let mut places = names.map(|name| folder.aside().join(name));
    places.find(|place| !place.exists()).unwrap_or_else(|| folder.aside().join(stamp))
}

fn list(folder: &Folder) -> io::Result<Vec<Backup>> {
    let mut backups = Vec::new();
    for entry in fs::read_dir(folder.backups())? {
        let entry = entry?;
        backups.extend(named(&entry.path(), entry.metadata()?.len()));
    }
    backups.sort_by(|one, other| other.name.cmp(&one.name));
    Ok(backups)
}

fn named(path: &Path, size: u64) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.to_owned();
    let (stamp, word) = name.strip_prefix("khosra-")?.strip_suffix(".db")?.split_once('-')?;
    let at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    let reason = BackupReason::ALL.into_iter().find(|reason| reason.word() == word)?;
    Some(Backup { name, path: path.to_owned(), at, reason, size })
}

/// A whole, defragmented copy as of one moment. Every page is read for it, so a backup is also a check.
fn copy_into(folder: &Folder, to: &Path) -> Result<(), StoreError> {
    private_file(to)?.set_len(0)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(folder.database(), flags)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

fn put_in_place(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    fs::rename(part, to)?;
    sync_folder(to.parent().unwrap_or(Path::new(".")))
}

/// A name for the unfinished file, in the folder it will be renamed in.
fn beside(file: &Path) -> Result<PathBuf, StoreError> {
    let name = file.file_name().ok_or_else(|| StoreError::Io("a backup needs a file name".to_owned()))?;
    let mut part = std::ffi::OsString::from(".");
    part.push(name);
    part.push(".part");
    Ok(file.with_file_name(part))
}

/// A copy of a backup, looked through, brought to our schema, its photos unpacked and its outbox in doubt.
fn prepare(folder: &Folder, backup: &Path) -> Result<PathBuf, StoreError> {
    if size(backup) == 0 {
        return Err(StoreError::NotFound(Thing::Backup));
    }
    let copy = folder.unfinished().join("restored.db");
    private_file(&copy)?.set_len(0)?;
    // A copy takes over the mode of what it is made from.
    fs::copy(backup, &copy)?;
    private_file(&copy)?;
    match look_at_copy(&copy, STEPS) {
        Ok(Found::Ours { .. }) => {}
        Ok(Found::Nothing) => return Err(StoreError::Damaged("the backup is empty".to_owned())),
        Ok(Found::Damaged(why)) => return Err(StoreError::Damaged(why)),
        Err(error) => return Err(closed(error)),
    }
    let mut connection = Connection::open(&copy)?;
    schema::migrate(&mut connection, STEPS).map_err(closed)?;
    carried::unload(folder, &connection)?;
    let tx = Transaction::new(&mut connection, TransactionBehavior::Immediate)?;
    doubt_everything(&mut Session { tx: &tx, memory: &mut Memory::default() })?;
    tx.commit()?;
    drop(connection);
    File::open(&copy)?.sync_all()?;
    Ok(copy)
}

fn closed(error: crate::OpenError) -> StoreError {
    match error {
        crate::OpenError::Newer { found, known } => StoreError::Newer { found, known },
        crate::OpenError::Store(error) => error,
        other => StoreError::Io(other.to_string()),
    }
}

fn exchange(folder: &Folder, copy: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let place = move_aside(folder, now)?;
    if let Err(error) = put_in_place(copy, &folder.database()) {
        let name = folder.database();
        if let Some(name) = name.file_name() {
            fs::rename(place.join(name), folder.database())?;
        }
        return Err(error);
    }
    Ok(place)
}
