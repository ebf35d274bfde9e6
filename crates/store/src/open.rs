//! Opening: fresh, current, migrated, newer, damaged, read-only, full.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::{Backup, OpenError, Store};

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
        let _ = options;
        Err(OpenError::Store(crate::StoreError::Closed))
    }
}
