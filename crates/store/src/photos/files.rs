//! Photo files, named by what is in them. A name that a person or a portal gave is never part of a path.

use std::{
    fs, io,
    io::Write as _,
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use story::Sha256Hex;

use crate::{
    StoreError, Thing,
    folder::{Folder, private_file, private_folder, size, sync_folder},
};

/// Tells apart the unfinished files of threads that keep photos at the same time.
static UNFINISHED: AtomicU64 = AtomicU64::new(0);

/// Where the bytes with this digest lie: `photos/ab/abcd…`.
pub(crate) fn photo_file(folder: &Folder, sha256: &Sha256Hex) -> PathBuf {
    let shelf: String = sha256.as_str().chars().take(2).collect();
    folder.photos().join(shelf).join(sha256.as_str())
}

/// Puts bytes on disk under their digest: whole and synced before they have that name, and the name synced
/// before this answers.
pub(crate) fn keep_file(folder: &Folder, bytes: &[u8]) -> Result<Sha256Hex, StoreError> {
    let sha256 = Sha256Hex::of(bytes);
    let file = photo_file(folder, &sha256);
    // One that is there was renamed when it was whole; another length can only be damage, and is healed.
    if size(&file) == bytes.len() as u64 && file.exists() {
        return Ok(sha256);
    }
    let shelf = folder.photos().join(sha256.as_str().get(..2).unwrap_or_default());
    private_folder(&shelf)?;
    let unfinished = folder.unfinished().join(UNFINISHED.fetch_add(1, Ordering::Relaxed).to_string());
    let kept = write_whole(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &file));
    if let Err(error) = kept {
        let _ = fs::remove_file(&unfinished);
        return Err(error.into());
    }
    sync_folder(&shelf)?;
    sync_folder(&folder.photos())?;
    Ok(sha256)
}

/// The bytes with this digest, verified.
pub(super) fn read_file(folder: &Folder, sha256: &Sha256Hex) -> Result<Vec<u8>, StoreError> {
    let bytes = fs::read(photo_file(folder, sha256)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::NotFound(Thing::Photo),
        _ => error.into(),
    })?;
    if Sha256Hex::of(&bytes) == *sha256 {
        Ok(bytes)
    } else {
        Err(StoreError::Damaged(format!("photo {sha256} is not what was taken in")))
    }
}

fn write_whole(path: &std::path::Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private_file(path)?;
    file.set_len(0)?;
    file.write_all(bytes)?;
    file.sync_all()
}
