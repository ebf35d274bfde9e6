//! Folders of tests that make very many.

use std::{
    fs::{self, File},
    path::Path,
    time::Duration,
};

use tempfile::TempDir;

/// A folder in memory where the machine has that, for the disk is not what is tested then.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(folder) = tempfile::tempdir_in(memory)
    {
        return folder;
    }
    tempfile::tempdir().expect("a folder")
}

/// Copies the files of a folder, and no folders in it.
pub fn copy_files(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a file");
        }
    }
}

/// Waits until the last blocking call of a desk that was dropped has ended, as the end of a process would: until its
/// store is given up.
pub(crate) async fn given_up(store: &Path) {
    let lock = store.join("lock");
    for _ in 0..20_000 {
        let file = File::open(&lock).expect("the store is there");
        if file.try_lock().is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    panic!("the store of the old desk was not given up");
}
