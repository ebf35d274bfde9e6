//! The store's folder: what lies where, who may read it, and who holds it.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::OpenError;

/// Space given up when the disk is full, so that the last saves still go through.
const BALLAST_BYTES: u64 = 4 << 20;
/// How often, and how far apart, the lock of another process is tried: two seconds in all.
const LOCK_ATTEMPTS: u32 = 40;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// A store's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.root.join("khosra.db")
    }

    pub(crate) fn wal(&self) -> PathBuf {
        self.root.join("khosra.db-wal")
    }

    pub(crate) fn shm(&self) -> PathBuf {
        self.root.join("khosra.db-shm")
    }

    pub(crate) fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    pub(crate) fn photos(&self) -> PathBuf {
        self.root.join("photos")
    }

    /// Where files go that are not whole yet; emptied at each opening.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.root.join("unfinished")
    }

    /// Where damaged or replaced files are kept.
    pub(crate) fn aside(&self) -> PathBuf {
        self.root.join("aside")
    }

    /// Makes the folder and what belongs in it, for this person only.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        private_folder(&self.root)?;
        for part in [self.backups(), self.photos(), self.unfinished(), self.aside()] {
            private_folder(&part)?;
        }
        Ok(())
    }

    /// Clears away what an earlier process did not finish. Only for who holds the lock.
    pub(crate) fn sweep(&self) -> io::Result<()> {
        fs::read_dir(self.unfinished())?.try_for_each(|left| fs::remove_file(left?.path()))
    }

    /// Takes the folder for this process, until the file is dropped. The lock file stays: deleting it would
    /// let two processes hold two files of one name. Waits a little: a process that was killed holds its files
    /// until its last thread is gone.
    pub(crate) fn lock(&self) -> Result<File, OpenError> {
        let file = private_file(&self.root.join("lock"))?;
        for attempt in 1_u32.. {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if attempt < LOCK_ATTEMPTS => thread::sleep(LOCK_PAUSE),
                Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(self.root.clone())),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Ok(file)
    }

    /// The `-wal` holds something: the last process did not close the file.
    pub(crate) fn closed_uncleanly(&self) -> bool {
        size(&self.wal()) > 0
    }

    /// Remembers that a damaged page was met, so that the next opening reads the whole file.
    pub(crate) fn suspect(&self) {
        if let Err(error) = private_file(&self.suspicion()) {
            tracing::warn!(%error, "cannot mark the store as suspect");
        }
    }

    pub(crate) fn is_suspect(&self) -> bool {
        self.suspicion().exists()
    }

    pub(crate) fn clear_suspicion(&self) {
        let _ = fs::remove_file(self.suspicion());
    }

    /// Lays the reserve down, when the disk has plenty of room for it.
    pub(crate) fn take_ballast(&self) {
        let room = fs4::available_space(&self.root).unwrap_or(0);
        if room < 8 * BALLAST_BYTES || size(&self.ballast()) >= BALLAST_BYTES {
            return;
        }
        if let Err(error) = self.write_ballast() {
            tracing::warn!(%error, "no reserve for a full disk");
        }
    }

    /// Gives the reserve up; false when there was none.
    pub(crate) fn release_ballast(&self) -> bool {
        size(&self.ballast()) > 0 && fs::remove_file(self.ballast()).is_ok()
    }

    /// Less room than one page of the log needs.
    pub(crate) fn is_full(&self) -> bool {
        fs4::available_space(&self.root).is_ok_and(|room| room < 64 << 10)
    }

    fn ballast(&self) -> PathBuf {
        self.root.join("ballast")
    }

    fn suspicion(&self) -> PathBuf {
        self.root.join("suspect")
    }

    fn write_ballast(&self) -> io::Result<()> {
        // Real bytes, so that the blocks are really taken; not synced, since nothing depends on them.
        let mut file = private_file(&self.ballast())?;
        let block = [0x5a; 64 << 10];
        for _ in 0..BALLAST_BYTES / 65_536 {
            file.write_all(&block)?;
        }
        Ok(())
    }
}

/// Bytes of a file; 0 when there is none.
pub(crate) fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |facts| facts.len())
}

/// Makes a folder that only this person can enter, whatever the umask says.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    set_mode(path, 0o700)
}

/// Opens or makes a file that only this person can read, whatever the umask says. SQLite gives `-wal` and
/// `-shm` the mode of the file they belong to.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    set_mode(path, 0o600)?;
    Ok(file)
}

/// Makes the names in a folder durable; a renamed file is only then safe under its new name.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    // The parent of a bare file name is an empty path, and means here.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    // Windows has no such call for folders; its journal keeps names.
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let present = fs::metadata(path)?.permissions().mode() & 0o777;
    if present == mode { Ok(()) } else { fs::set_permissions(path, fs::Permissions::from_mode(mode)) }
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}
