//! Backups of the store, and bringing one back.

use std::path::{Path, PathBuf};

use store::BackupReason;

use crate::{
    Desk, settings, view,
    wire::{BackupsView, CommandError, DeskEvent, FileView, StartView},
};

pub(crate) fn list(desk: &Desk) -> Result<BackupsView, CommandError> {
    Ok(BackupsView { backups: desk.store().backups()?.into_iter().map(view::backup).collect() })
}

pub(crate) fn now(desk: &Desk) -> Result<FileView, CommandError> {
    let backup = desk.store().backup(BackupReason::Asked, desk.host().now())?;
    Ok(FileView { path: backup.path.display().to_string() })
}

pub(crate) fn restore_named(desk: &Desk, name: &str) -> Result<StartView, CommandError> {
    let path = desk.store().backup_path(name)?;
    restore(desk, &path)?;
    settings::start(desk)
}

fn restore(desk: &Desk, backup: &Path) -> Result<PathBuf, CommandError> {
    let aside = desk.store().restore(backup, desk.host().now())?;
    desk.restored();
    desk.tell(DeskEvent::ListsChanged);
    desk.wake();
    Ok(aside)
}

impl Desk {
    /// Writes everything, photos included, into one file.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn backup_to(&self, file: PathBuf) -> Result<(), CommandError> {
        self.blocking(move |desk| Ok(desk.store().backup_to(&file)?)).await
    }

    /// Puts a backup in the store's place; gives where the present file is kept.
    ///
    /// # Errors
    /// `NotFound`, `StoreDamaged` or `StoreNewer` for a file that is no usable backup; then nothing changed.
    pub async fn restore(&self, file: PathBuf) -> Result<PathBuf, CommandError> {
        self.blocking(move |desk| restore(desk, &file)).await
    }
}
