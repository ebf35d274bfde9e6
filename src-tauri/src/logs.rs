//! The log: a file in the store's own folder, of our own crates only, which write ids and never text.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::Path,
    sync::Mutex,
};
use tracing::Level;
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

const FOLDER: &str = "logs";
const FILE: &str = "khosra.log";
const EARLIER: &str = "khosra.log.1";
/// Bytes after which the next start begins a new file.
const LONG: u64 = 2_000_000;

/// Begins the log. Without one the application goes on: a full or read-only disk has its own sentence.
pub fn begin(store: &Path) {
    let Ok(file) = open(&store.join(FOLDER)) else { return };
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Mutex::new(file));
    // Everything outside our crates stays silent, since nobody here vouches for what it writes.
    let ours = Targets::new().with_target("khosra", Level::INFO);
    // A second call, as in a test, finds the first log and leaves it.
    let _ = tracing_subscriber::registry().with(lines).with(ours).try_init();
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join(FILE);
    if fs::metadata(&path).is_ok_and(|file| file.len() > LONG) {
        fs::rename(&path, folder.join(EARLIER))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
