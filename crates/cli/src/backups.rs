//! Backups: out to a file, and back.

use std::path::PathBuf;

use desk::Desk;
use serde_json::json;

use crate::answer::{Answer, Stopped};

/// Writes everything into one file.
pub async fn backup(desk: &Desk, out: PathBuf) -> Result<Answer, Stopped> {
    desk.backup_to(out.clone()).await?;
    Ok(Answer::done(json!({"file": out}), out.display().to_string()))
}

/// Puts a backup in the store's place.
pub async fn restore(desk: &Desk, file: PathBuf) -> Result<Answer, Stopped> {
    let kept = desk.restore(file).await?;
    Ok(Answer::done(json!({"kept": kept}), kept.display().to_string()))
}
