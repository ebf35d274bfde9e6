//! Backups: made whole, checked by reading every page, put in place by renaming.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::{Store, StoreError};

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
        self.unwritten(())
    }

    /// Makes a backup in the store's own folder. Photo files are not copied: they lie beside it, are never
    /// changed, and are never deleted.
    ///
    /// # Errors
    /// What the disk says; then no file is left behind.
    pub fn backup(&self, reason: BackupReason, now: DateTime<Utc>) -> Result<Backup, StoreError> {
        self.unwritten((reason, now))
    }

    /// Makes the day's backup unless there is one of the last 20 hours, and keeps the newest 7.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn backup_daily(&self, now: DateTime<Utc>) -> Result<Option<Backup>, StoreError> {
        self.unwritten(now)
    }

    /// Writes everything, photos included, into one file anywhere: what a person takes along on a stick.
    /// An existing file is replaced only when the new one is whole.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn backup_to(&self, file: &Path) -> Result<(), StoreError> {
        self.unwritten(file)
    }

    /// Puts a backup in the store's place. The present file is kept in the `aside` folder; its path is the
    /// answer. Every open intent comes back as `Unknown`, since the portal may know more than the backup.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`] or [`StoreError::Newer`] for a backup that cannot be
    /// used, and what the disk says; then the present file stays where it is.
    pub fn restore(&self, backup: &Path, now: DateTime<Utc>) -> Result<PathBuf, StoreError> {
        self.unwritten((backup, now))
    }

    /// The path of a backup by its name, for [`Store::restore`]; a name with a path in it is not found.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn backup_path(&self, name: &str) -> Result<PathBuf, StoreError> {
        self.unwritten(name)
    }
}
