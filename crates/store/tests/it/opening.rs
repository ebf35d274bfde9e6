use std::{
    fs,
    path::{Path, PathBuf},
};

use khosra_store::{BackupReason, Condition, Counts, ListRequest, OpenError, OpenOptions, Store, StoreError};
use rusqlite::Connection;

use crate::{
    brought::take,
    desk::{Desk, at, intent, new_intent, open, options, photo, portal, save, sending, story},
    queue::{page, queued},
};

fn database(folder: &Path) -> PathBuf {
    folder.join("khosra.db")
}

/// A closed store with one story of some length and a backup.
fn closed() -> tempfile::TempDir {
    let desk = Desk::with_story(1);
    desk.store.save_draft(save(1, 2, &"মেঘনার ভাঙনে ঘর হারাল মানুষ। ".repeat(2_000))).unwrap();
    desk.store.backup(BackupReason::Daily, at(3)).unwrap();
    desk.folder
}

fn moved_aside(folder: &Path) -> (Store, PathBuf) {
    let opened = open(folder);
    let Condition::MovedAside { moved_to, backup, .. } = opened.condition else {
        panic!("{:?}", opened.condition);
    };
    assert_eq!(backup.unwrap().name, "khosra-20251124T160003Z-daily.db");
    assert_eq!(opened.store.counts().unwrap().drafts, 0);
    (opened.store, moved_to)
}

#[test]
fn a_second_opening_is_refused_until_the_first_is_closed() {
    let desk = Desk::with_story(1);
    assert!(matches!(Store::open(options(desk.folder.path())), Err(OpenError::InUse(_))));
    let copy = desk.store.clone();
    drop(desk.store);
    assert!(matches!(Store::open(options(desk.folder.path())), Err(OpenError::InUse(_))));
    drop(copy);
    assert_eq!(open(desk.folder.path()).condition, Condition::Current);
}

#[test]
fn a_closed_store_leaves_no_log_behind() {
    let folder = closed();
    assert!(!folder.path().join("khosra.db-wal").exists());
    assert!(!folder.path().join("khosra.db-shm").exists());
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_anything_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    // The test process has its own umask; a shell sets it to nothing and runs the series of `kill.rs`.
    let folder = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    let status = std::process::Command::new("sh")
        .args(["-c", "umask 000; exec \"$0\" --exact kill::scripted_series --ignored --nocapture"])
        .arg(program)
        .env("KHOSRA_SERIES", folder.path().join("store"))
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.unwrap().success());
    let mut folders = vec![folder.path().join("store")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{folder:?}");
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
                files += 1;
            }
        }
    }
    assert!(files >= 4, "{files}");
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let folder = closed();
    let raw = Connection::open(database(folder.path())).unwrap();
    raw.execute_batch("PRAGMA user_version = 999").unwrap();
    drop(raw);
    let before = fs::read(database(folder.path())).unwrap();
    let refused = Store::open(options(folder.path()));
    assert!(matches!(refused, Err(OpenError::Newer { found: 999, .. })), "{refused:?}");
    assert_eq!(fs::read(database(folder.path())).unwrap(), before);
}

#[test]
fn a_page_of_ones_is_met_and_the_file_kept_aside() {
    let folder = closed();
    let mut bytes = fs::read(database(folder.path())).unwrap();
    let page = bytes.len() / 4_096 / 2 * 4_096;
    bytes[page..page + 4_096].fill(0xFF);
    fs::write(database(folder.path()), &bytes).unwrap();
    let (_store, moved_to) = moved_aside(folder.path());
    assert_eq!(fs::read(moved_to.join("khosra.db")).unwrap(), bytes);
}

#[test]
fn a_file_cut_short_empty_or_of_another_kind_is_never_taken_for_an_empty_desk() {
    let whole = fs::read(database(closed().path())).unwrap();
    let half = &whole[..whole.len() / 2];
    for (what, bytes) in
        [("half", half), ("nothing", b"".as_slice()), ("text", b"no database at all".as_slice())]
    {
        let folder = closed();
        fs::write(database(folder.path()), bytes).unwrap();
        let (_store, moved_to) = moved_aside(folder.path());
        assert_eq!(fs::read(moved_to.join("khosra.db")).unwrap(), bytes, "{what}");
    }
    let folder = closed();
    fs::remove_file(database(folder.path())).unwrap();
    moved_aside(folder.path());
}

#[test]
fn a_database_of_another_application_is_moved_aside() {
    let folder = closed();
    fs::remove_file(database(folder.path())).unwrap();
    let raw = Connection::open(database(folder.path())).unwrap();
    raw.execute_batch("CREATE TABLE other (x); PRAGMA user_version = 1;").unwrap();
    drop(raw);
    moved_aside(folder.path());
}

#[test]
fn a_foreign_log_beside_the_file_does_not_pass_unseen() {
    let folder = closed();
    // The log of another store, left by a process that did not close it.
    let other = Desk::with_story(2);
    for counter in 2..40 {
        other.store.save_draft(save(2, counter, &"অন্য কথা ".repeat(counter as usize * 50))).unwrap();
    }
    let foreign = fs::read(other.folder.path().join("khosra.db-wal")).unwrap();
    assert!(!foreign.is_empty());
    fs::write(folder.path().join("khosra.db-wal"), foreign).unwrap();
    let opened = open(folder.path());
    assert_eq!(opened.condition, Condition::Current);
    assert_eq!(opened.store.draft(story(1)).unwrap().row.counter, 2);
    assert!(opened.store.draft(story(2)).is_err());
    let aside = fs::read_dir(folder.path().join("aside")).unwrap().next().unwrap().unwrap();
    assert!(aside.path().join("khosra.db-wal").exists());
}

#[test]
fn a_backup_is_whole_and_can_be_put_in_place() {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, story::IntentKind::Publish)])).unwrap();
    let backup = desk.store.backup(BackupReason::Asked, at(5)).unwrap();
    assert_eq!(desk.store.backups().unwrap(), [khosra_store::Backup { at: at(5), ..backup.clone() }]);
    desk.store.save_draft(save(1, 2, "পরের লেখা")).unwrap();
    let path = desk.store.backup_path(&backup.name).unwrap();
    let kept = desk.store.restore(&path, at(6)).unwrap();
    assert_eq!(desk.store.draft(story(1)).unwrap().content.body, "প্রথম খসড়া");
    let found = desk.store.intent(intent(1)).unwrap();
    assert_eq!((found.state, found.doubtful), (story::DeliveryState::Unknown, true));
    desk.store.save_draft(save(1, 7, "নতুন লেখা")).unwrap();
    assert!(kept.join("khosra.db").exists());
    let desk = desk.again();
    assert_eq!(desk.store.draft(story(1)).unwrap().row.counter, 7);
    assert!(matches!(desk.store.backup_path("../khosra.db"), Err(StoreError::NotFound(_))));
}

#[test]
fn a_backup_on_a_stick_brings_texts_and_photos_to_a_new_machine() {
    let old = Desk::with_story(1);
    let id = old.store.put_photo(photo()).unwrap().id;
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("khosra.backup");
    fs::write(&file, "an older one").unwrap();
    old.store.backup_to(&file).unwrap();
    let new = Desk::new();
    new.store.restore(&file, at(9)).unwrap();
    assert_eq!(new.store.draft(story(1)).unwrap().content.body, "প্রথম খসড়া");
    assert_eq!(new.store.original(&id).unwrap(), b"bytes of a photo");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 1);
}

#[test]
fn a_damaged_backup_is_refused_and_the_present_file_stays() {
    let desk = Desk::with_story(1);
    let bad = desk.folder.path().join("bad.db");
    fs::write(&bad, b"not a database").unwrap();
    assert!(matches!(desk.store.restore(&bad, at(1)), Err(StoreError::Damaged(_))));
    assert!(matches!(desk.store.restore(Path::new("/nowhere"), at(1)), Err(StoreError::NotFound(_))));
    desk.store.save_draft(save(1, 2, "লেখা")).unwrap();
}

#[test]
fn a_day_has_one_backup_and_a_week_is_kept() {
    let desk = Desk::with_story(1);
    let day = 86_400;
    for number in 0..10 {
        assert!(desk.store.backup_daily(at(number * day)).unwrap().is_some());
        assert!(desk.store.backup_daily(at(number * day + 3_600)).unwrap().is_none());
    }
    let kept = desk.store.backups().unwrap();
    assert_eq!((kept.len(), kept[0].at), (7, at(9 * day)));
}

/// What each version of the schema left: `schema-NNNN.sql` and `store-NNNN.db`, where NNNN is the version.
fn dumps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/databases")
}

fn writes_dumps() -> bool {
    std::env::var_os("KHOSRA_WRITE_DUMPS").is_some()
}

#[test]
fn a_fresh_database_equals_the_dump_of_its_version() {
    let desk = Desk::new();
    let folder = desk.folder;
    drop(desk.store);
    let raw = Connection::open(database(folder.path())).unwrap();
    let mut statement =
        raw.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name").unwrap();
    let schema: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let schema = schema.join(";\n\n") + ";\n";
    let version: u32 = raw.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let dump = dumps().join(format!("schema-{version:04}.sql"));
    if writes_dumps() {
        fs::write(&dump, &schema).unwrap();
        write_store(&dumps().join(format!("store-{version:04}.db")));
    }
    assert_eq!(schema, fs::read_to_string(dump).unwrap());
}

/// A store with something of everything, for the versions that are to come.
fn write_store(file: &Path) {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    desk.store.save_draft(save(1, 2, "পদ্মার পাড়ে ভাঙন")).unwrap();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, story::IntentKind::Publish)])).unwrap();
    desk.store.put_queue(page(vec![queued(9, 1)], "c1")).unwrap();
    desk.store.take_in(take(9, "যমুনার চরে নতুন স্কুল", 9)).unwrap();
    let backup = desk.store.backup(BackupReason::Asked, at(5)).unwrap();
    fs::copy(backup.path, file).unwrap();
}

#[test]
fn a_store_of_every_version_opens_with_everything_in_it() {
    let files = fs::read_dir(dumps()).unwrap().map(|file| file.unwrap().path());
    let stores: Vec<_> = files.filter(|file| file.extension().is_some_and(|end| end == "db")).collect();
    assert_eq!(stores.len(), fs::read_dir(dumps().join("../../migrations")).unwrap().count());
    for file in stores {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(&file, database(folder.path())).unwrap();
        let opened = Store::open(OpenOptions { folder: folder.path().to_owned(), now: at(0) }).unwrap();
        assert!(matches!(opened.condition, Condition::Current | Condition::Migrated { .. }), "{file:?}");
        assert_eq!(opened.store.draft(story(1)).unwrap().content.body, "পদ্মার পাড়ে ভাঙন");
        assert_eq!(opened.store.open_intents().unwrap().len(), 1);
        assert_eq!(opened.store.log(story(1)).unwrap().len(), 2);
        for words in ["ভাঙন", "পদ্ম", "পাড়ে পদ্মার"] {
            assert_eq!(opened.store.search(words, 5).unwrap().len(), 1, "{words} in {file:?}");
        }
    }
}

fn everything(raw: &Connection, table: &str) -> Vec<Vec<rusqlite::types::Value>> {
    let mut statement = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn an_intent_keeps_every_column_when_its_table_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(dumps().join("store-0005.db"), database(folder.path())).unwrap();
    let raw = Connection::open(database(folder.path())).unwrap();
    raw.execute_batch(
        "UPDATE intents SET note = 'কারণ', send_until = 11, doubtful = 1, attempts = 3, next_at = 12,
             cause = 'offline', detail = 'কথা', bytes_sent = 13, settled_at = 14, confirmed_at = 15, receipt = '{}',
             theirs = '{}', over_etag = '\"1\"', beyond_budget = 1, change = 'update';
         INSERT INTO intents (id, story, portal, kind, photo, rank, headline, payload, payload_hash, state,
             bytes_total, asked_at)
             SELECT randomblob(16), story, portal, 'photo', randomblob(32), 5, headline, x'', payload_hash, 'queued',
                 9, 10 FROM intents;
         INSERT INTO intent_parents (intent, parent) SELECT min(key), max(key) FROM intents;",
    )
    .unwrap();
    let tables = ["intents", "intent_parents"];
    let before = tables.map(|table| everything(&raw, table));
    drop(raw);
    assert_eq!(before.each_ref().map(Vec::len), [2, 1]);
    drop(open(folder.path()));
    let raw = Connection::open(database(folder.path())).unwrap();
    let [intents, parents] = tables.map(|table| everything(&raw, table));
    // What is newer than the table is behind the rest, and empty.
    let (kept, newer): (Vec<_>, Vec<_>) = intents
        .into_iter()
        .zip(&before[0])
        .map(|(row, old)| (row[..old.len()].to_vec(), row[old.len()..].to_vec()))
        .unzip();
    assert_eq!([kept, parents], before);
    assert!(newer.iter().flatten().all(|value| *value == rusqlite::types::Value::Null));
    assert!(raw.execute("DELETE FROM intents", []).is_err(), "an intent is never deleted");
    assert!(everything(&raw, "pragma_foreign_key_check").is_empty());
}

#[test]
fn every_story_of_an_older_store_comes_to_stand_in_its_list() {
    use story::DeskList::{Drafts, Outbox, Published, Returned, Scheduled, Sent, Trash};
    let cases = [
        // List of then, desk, readers, what was confirmed last from here; where it stands now.
        ("drafts", "draft", "never", None, Drafts),
        ("drafts", "filed", "never", Some("file"), Sent),
        ("drafts", "in_edit", "never", Some("file"), Sent),
        ("drafts", "in_edit", "never", Some("recall"), Drafts),
        ("drafts", "approved", "never", Some("approve"), Drafts),
        ("drafts", "returned", "never", Some("file"), Returned),
        ("published", "returned", "live", Some("file"), Returned),
        ("published", "approved", "scheduled", None, Scheduled),
        ("published", "in_edit", "live", Some("publish"), Published),
        ("outbox", "filed", "never", None, Outbox),
        ("trash", "spiked", "never", None, Trash),
    ];
    for (list, desk, public, sent, wanted) in cases {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(dumps().join("store-0015.db"), database(folder.path())).unwrap();
        let raw = Connection::open(database(folder.path())).unwrap();
        let delivery = sent.map(|_| "confirmed").or((list == "outbox").then_some("queued"));
        let one = story(1);
        let values = rusqlite::params![list, desk, public, delivery, one.0.as_bytes()];
        raw.execute(
            "UPDATE stories SET list = ?1, desk = ?2, public = ?3, delivery = ?4, approved_version = NULL WHERE id = ?5",
            values,
        )
        .unwrap();
        raw.execute("UPDATE intents SET kind = coalesce(?1, kind)", [sent]).unwrap();
        drop(raw);
        let store = open(folder.path()).store;
        let axes = store.row(story(1)).unwrap().axes;
        assert_eq!(story::DeskList::of(&axes), wanted, "{desk}, {public}");
        let request = ListRequest { list: wanted, section: None, limit: 9, after: None };
        let page = store.list(&request).unwrap();
        assert!(page.rows.iter().any(|row| row.story == story(1)), "{desk}, {public}: not in {wanted:?}");
        let Counts { drafts, sent, returned, scheduled, published, outbox, trash } = page.counts;
        assert_eq!(drafts + sent + returned + scheduled + published + outbox + trash, 2);
    }
}
