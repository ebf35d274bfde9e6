//! The system's own dialog in which a person says where a file goes. It is opened from here, and what they choose stays
//! here: the window's page has no file system and hears a name, never a path.

use crate::window;
use desk::Proposed;
use rfd::AsyncFileDialog;
use std::{
    env,
    path::{Path, PathBuf},
};
use story::Language;
use tauri::{AppHandle, async_runtime::spawn};
use tokio::sync::oneshot;

/// Set where nobody sits before the screen: files go where they are proposed, and no dialog waits for an answer.
const UNATTENDED: &str = "KHOSRA_UNATTENDED";

/// Where the file goes; `None` when the person would rather not have it.
pub async fn ask_where(app: AppHandle, proposed: Proposed) -> Option<PathBuf> {
    if env::var_os(UNATTENDED).is_some_and(|value| !value.is_empty()) {
        return Some(proposed.path());
    }
    let (answers, chosen) = oneshot::channel();
    let asks = app.clone();
    // Dialogs belong to the thread that draws.
    let shown = app.run_on_main_thread(move || {
        let asking = dialog(&asks, &proposed).save_file();
        spawn(async move { answers.send(asking.await.map(|file| file.path().to_owned())) });
    });
    if let Err(error) = shown {
        tracing::warn!(%error, "nobody could be asked where a file goes");
        return None;
    }
    chosen.await.ok().flatten()
}

fn dialog(app: &AppHandle, proposed: &Proposed) -> AsyncFileDialog {
    let title = match proposed.language {
        Language::Bn => "প্যাকেটটি কোথায় থাকবে?",
        Language::En => "Where does the package go?",
    };
    let dialog = AsyncFileDialog::new().set_title(title).set_file_name(&proposed.name);
    let dialog = match there(&proposed.folder) {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    };
    match window::main(app) {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    }
}

/// The folder, or the nearest around it that is there: none is made before the person has answered.
fn there(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.is_dir())
}
