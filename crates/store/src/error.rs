//! What can go wrong, as values a caller can match; no caller ever reads a message.

use std::path::PathBuf;

use rusqlite::{Error as Sql, ErrorCode};
use story::DeliveryState;

/// What was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A story.
    Story,
    /// A revision of a story.
    Revision,
    /// An intent of the outbox.
    Intent,
    /// A photo, or a rendition of one.
    Photo,
    /// A portal account.
    Portal,
    /// A backup.
    Backup,
    /// A note at a story.
    Note,
}

/// Why the store did not do what was asked. Nothing was changed, unless the variant says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file or its folder can be read and not written.
    #[error("the store can be read and not written")]
    ReadOnly,
    /// The disk is full, also after the reserve was given up. Reading goes on.
    #[error("the disk is full")]
    Full,
    /// Another program holds the file; the same call may work a moment later.
    #[error("another program holds the store")]
    Locked,
    /// Bytes are not what was written. The next opening looks at the whole file.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The file was written by a newer version of the application.
    #[error("the store has schema {found}, this version knows {known}")]
    Newer {
        /// Schema version of the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// There is no such thing.
    #[error("there is no such {0:?}")]
    NotFound(Thing),
    /// There is one with this id already.
    #[error("there is a {0:?} with this id already")]
    Exists(Thing),
    /// Longer than `limit` bytes.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// In bytes of UTF-8.
        limit: usize,
    },
    /// The story is not where the act was decided upon: its text or its axes moved on.
    #[error("the story moved on; its draft has counter {counter}")]
    MovedOn {
        /// Counter of the draft now.
        counter: u64,
    },
    /// The intent's state does not allow it.
    #[error("the intent is {0:?}")]
    WrongState(DeliveryState),
    /// The disk or the operating system gave an error. After an error while writing, the change may or may
    /// not be on disk; the same save again is safe.
    #[error("input/output: {0}")]
    Io(String),
    /// The writer has stopped.
    #[error("the store is closed")]
    Closed,
    /// A fault of ours: a value or a statement that the database refused.
    #[error("database: {0}")]
    Internal(String),
}

/// Why the store could not be opened. No file was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process writes this folder.
    #[error("another process uses the store in {0}")]
    InUse(PathBuf),
    /// See [`StoreError::Newer`].
    #[error("the store has schema {found}, this version knows {known}")]
    Newer {
        /// Schema version of the file.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// The disk is full, also after the reserve was given up.
    #[error("the disk is full")]
    Full,
    /// Another program holds the file itself.
    #[error("another program holds the file")]
    Locked,
    /// The folder can be read and not written, and there is no store in it.
    #[error("no store can be begun in a folder that is read-only: {0}")]
    ReadOnlyEmpty(PathBuf),
    /// The disk or the operating system gave an error.
    #[error("input/output: {0}")]
    Io(#[from] std::io::Error),
    /// Anything else the database said.
    #[error("{0}")]
    Store(StoreError),
}

impl From<Sql> for StoreError {
    fn from(error: Sql) -> Self {
        if matches!(error, Sql::QueryReturnedNoRows) {
            return Self::Internal("a row that must be there is not".to_owned());
        }
        let Some(code) = error.sqlite_error() else { return Self::Internal(error.to_string()) };
        match code.code {
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(error.to_string()),
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Self::Io(error.to_string()),
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io(error.to_string()),
        }
    }
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::Locked => Self::Locked,
            StoreError::Newer { found, known } => Self::Newer { found, known },
            other => Self::Store(other),
        }
    }
}

impl From<Sql> for OpenError {
    fn from(error: Sql) -> Self {
        StoreError::from(error).into()
    }
}
