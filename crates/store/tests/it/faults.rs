//! Full disks, read-only folders and other programs. What needs rights that this machine does not give is
//! skipped, and says so.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use khosra_store::{BackupReason, Condition, OpenError, Store, StoreError};
use rusqlite::Connection;

use crate::desk::{Desk, at, content, new_story, open, options, save, story};

/// Something mounted at a folder until it is dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// `None`, with a printed reason, where mounting is not allowed.
    fn new(args: &[&str], at: &Path) -> Option<Self> {
        let tried = Command::new("mount").args(args).arg(at).output();
        match tried {
            Ok(output) if output.status.success() => Some(Self(at.to_owned())),
            other => {
                eprintln!("skipped: mount {args:?} is not possible here: {other:?}");
                None
            }
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_told_nothing_is_lost_and_saving_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_mounted) = Mounted::new(&["-t", "tmpfs", "-o", "size=2m", "tmpfs"], folder.path()) else {
        return;
    };
    let store = open(&folder.path().join("store")).store;
    store.create_story(new_story(1, content("প্রথম"))).unwrap();
    let filler = folder.path().join("filler");
    std::fs::write(&filler, vec![7; 600 << 10]).unwrap();
    let mut kept = String::from("প্রথম");
    let mut refused = None;
    for counter in 2..500 {
        let body = noise(counter).repeat(20);
        match store.save_draft(save(1, counter, &body)) {
            Ok(_) => kept = body,
            Err(error) => {
                refused = Some((counter, error));
                break;
            }
        }
    }
    let (counter, error) = refused.unwrap();
    assert_eq!(error, StoreError::Full);
    assert_eq!(store.draft(story(1)).unwrap().content.body, kept);
    std::fs::remove_file(&filler).unwrap();
    let saved = store.save_draft(save(1, counter, "আবার জায়গা আছে")).unwrap();
    assert!(saved.changed);
    drop(store);
    let store = open(&folder.path().join("store")).store;
    assert_eq!(store.draft(story(1)).unwrap().content.body, "আবার জায়গা আছে");
}

#[test]
fn the_reserve_lets_the_last_saves_through() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_mounted) = Mounted::new(&["-t", "tmpfs", "-o", "size=40m", "tmpfs"], folder.path()) else {
        return;
    };
    let store = open(&folder.path().join("store")).store;
    store.create_story(new_story(1, content("প্রথম"))).unwrap();
    let reserve = folder.path().join("store/ballast");
    // The writer lays it down in its first silence.
    let waited = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        std::fs::metadata(&reserve).is_ok_and(|facts| facts.len() == 4 << 20)
    });
    assert!(waited);
    let mut filler = std::fs::File::create(folder.path().join("filler")).unwrap();
    while filler.write_all(&[7; 4_096]).is_ok() {}
    let body: String = (1..4_000).map(noise).collect();
    store.save_draft(save(1, 2, &body)).unwrap();
    assert!(!reserve.exists());
    assert_eq!(store.draft(story(1)).unwrap().content.body, body);
}

#[test]
fn a_photo_or_a_backup_that_does_not_fit_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_mounted) = Mounted::new(&["-t", "tmpfs", "-o", "size=2m", "tmpfs"], folder.path()) else {
        return;
    };
    let store = open(&folder.path().join("store")).store;
    store.create_story(new_story(1, content("প্রথম"))).unwrap();
    let photo = khosra_store::NewPhoto {
        name: "বড়.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        width: 1,
        height: 1,
        had_location: false,
        at: at(1),
        original: vec![7; 3 << 20],
        renditions: Vec::new(),
    };
    let id = story::Sha256Hex::of(&photo.original);
    assert_eq!(store.put_photo(photo).unwrap_err(), StoreError::Full);
    assert!(matches!(store.photo(&id), Err(StoreError::NotFound(_))));
    std::fs::write(folder.path().join("filler"), vec![7; 1_700 << 10]).unwrap_or_default();
    assert!(store.backup(BackupReason::Daily, at(1)).is_err());
    assert!(store.backups().unwrap().is_empty());
    assert_eq!(std::fs::read_dir(folder.path().join("store/unfinished")).unwrap().count(), 0);
    assert_eq!(store.draft(story(1)).unwrap().content.body, "প্রথম");
}

#[test]
fn a_read_only_folder_opens_for_reading_and_never_claims_a_save() {
    let desk = Desk::with_story(1);
    desk.store.save_draft(save(1, 2, "শেষ লেখা")).unwrap();
    let folder = desk.folder;
    drop(desk.store);
    let path = folder.path().to_str().unwrap().to_owned();
    let Some(_mounted) = Mounted::new(&["--bind", "-o", "ro", &path], folder.path()) else { return };
    let opened = open(folder.path());
    assert_eq!(opened.condition, Condition::ReadOnly);
    let store = opened.store;
    assert_eq!(store.draft(story(1)).unwrap().content.body, "শেষ লেখা");
    assert_eq!(store.counts().unwrap().drafts, 1);
    assert_eq!(store.search("শেষ", 5).unwrap().len(), 1);
    assert_eq!(store.save_draft(save(1, 3, "আরও")).unwrap_err(), StoreError::ReadOnly);
    assert_eq!(store.backup(BackupReason::Daily, at(1)).unwrap_err(), StoreError::ReadOnly);
}

#[test]
fn a_read_only_folder_without_a_store_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap().to_owned();
    let Some(_mounted) = Mounted::new(&["--bind", "-o", "ro", &path], folder.path()) else { return };
    let refused = Store::open(options(folder.path()));
    assert!(matches!(refused, Err(OpenError::ReadOnlyEmpty(_))), "{refused:?}");
}

#[test]
fn a_save_while_another_program_holds_the_file_is_told_and_works_later() {
    let desk = Desk::with_story(1);
    let other = Connection::open(desk.folder.path().join("khosra.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(desk.store.save_draft(save(1, 2, "লেখা")).unwrap_err(), StoreError::Locked);
    assert_eq!(desk.store.draft(story(1)).unwrap().row.counter, 1);
    other.execute_batch("ROLLBACK").unwrap();
    assert!(desk.store.save_draft(save(1, 2, "লেখা")).unwrap().changed);
}

/// Text that no compression makes small.
fn noise(seed: u64) -> String {
    let digest = story::Sha256Hex::of(&seed.to_le_bytes());
    let mut text = String::new();
    for part in 0..8_u64 {
        text.push_str(
            story::Sha256Hex::of(&[digest.as_str().as_bytes(), &part.to_le_bytes()].concat()).as_str(),
        );
    }
    text
}
