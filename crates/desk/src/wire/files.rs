//! Backups, and text put into a file of its own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Content, StoryId};
use ts_rs::TS;

/// A backup of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// File name, within the backups folder.
    pub name: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// All backups.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupsView {
    /// Newest first.
    pub backups: Vec<BackupView>,
}

/// Names one backup.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfBackup {
    /// As in [`BackupView::name`].
    pub name: String,
}

/// Unsaved text to be put into a file, when the store cannot take it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RescueText {
    /// Which story.
    pub story: StoryId,
    /// The text.
    pub content: Content,
}

/// Where a rescued text or a backup is now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileView {
    /// A path, to be shown.
    pub path: String,
}
