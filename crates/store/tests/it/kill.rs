//! The process is killed at each of its writes and syncs in turn. Afterwards the store opens, is whole, and
//! holds everything that was acknowledged.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use khosra_store::{BackupReason, Condition, NewRevision, Store};
use story::{DeliveryState, IntentKind, RevisionReason, Sha256Hex};

use crate::desk::{
    at, content, intent, new_intent, new_story, open, options, photo, portal, save, settled, story,
};

/// Says that a step was acknowledged; the parent reads it.
fn acknowledged(step: &str) {
    println!("acknowledged {step}");
}

fn body(counter: u64) -> String {
    format!("মেঘনার পাড়ে {counter} নম্বর বাক্য। ").repeat(40 + counter as usize)
}

/// The child: does one of everything, and tells after each that it is done.
#[test]
#[ignore = "run by the tests beside it, in a process of its own"]
fn scripted_series() {
    let Some(folder) = std::env::var_os("KHOSRA_SERIES").map(PathBuf::from) else { return };
    let store = Store::open(options(&folder)).unwrap().store;
    store.put_portal(portal(1)).unwrap();
    store.create_story(new_story(1, content(&body(1)))).unwrap();
    acknowledged("draft 1");
    for counter in 2..6 {
        store.save_draft(save(1, counter, &body(counter))).unwrap();
        acknowledged(&format!("draft {counter}"));
    }
    let new = NewRevision { at: at(9), reason: RevisionReason::Asked, author: String::new() };
    store.cut_revision(story(1), new).unwrap();
    acknowledged("revision");
    let photo = store.put_photo(photo()).unwrap();
    assert_eq!(photo.id, Sha256Hex::of(b"bytes of a photo"));
    acknowledged("photo");
    let axes = store.row(story(1)).unwrap().axes;
    let act = khosra_store::Act {
        story: story(1),
        decided_on: axes.clone(),
        counter: Some(5),
        events: vec![crate::desk::event(2, story::Command::Publish, axes.desk)],
        axes,
        revision: None,
        intents: vec![new_intent(1, IntentKind::Publish)],
    };
    store.act(act).unwrap();
    acknowledged("act");
    store.count_attempt(intent(1)).unwrap();
    acknowledged("attempt");
    store.settle(settled(1, DeliveryState::Confirmed)).unwrap();
    acknowledged("settled");
    store.backup(BackupReason::Daily, at(9)).unwrap();
    acknowledged("backup");
    drop(store);
    acknowledged("end");
}

#[test]
fn killed_at_every_sync_nothing_acknowledged_is_lost() {
    kill_at_each("fsync,fdatasync");
}

#[test]
fn killed_at_every_write_nothing_acknowledged_is_lost() {
    kill_at_each("pwrite64");
}

#[test]
fn killed_at_every_rename_and_truncation_nothing_acknowledged_is_lost() {
    kill_at_each("rename,renameat,renameat2,ftruncate,unlink,unlinkat");
}

/// Runs the series once for each of its calls of `calls`, killed at that call, until it comes to its end.
fn kill_at_each(calls: &str) {
    if !strace_works() {
        eprintln!("skipped: strace cannot be used here");
        return;
    }
    for step in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let output = series_under_strace(&folder.path().join("store"), calls, step);
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let done: Vec<&str> = lines.lines().filter_map(|line| line.strip_prefix("acknowledged ")).collect();
        if !folder.path().join("store/khosra.db").exists() {
            assert!(done.is_empty());
        }
        verify(&folder.path().join("store"), &done, step);
        if output.status.success() {
            assert_eq!(done.last(), Some(&"end"));
            assert!(step > 3, "the kill never came");
            return;
        }
    }
}

fn verify(folder: &Path, done: &[&str], step: u32) {
    let opened = open(folder);
    assert!(
        matches!(opened.condition, Condition::Fresh | Condition::Current),
        "step {step}: {:?}",
        opened.condition
    );
    let store = opened.store;
    let last = done.iter().rev().find_map(|step| step.strip_prefix("draft "));
    let last: u64 = last.map_or(0, |counter| counter.parse().unwrap());
    match store.draft(story(1)) {
        Ok(draft) => {
            assert!(draft.row.counter >= last, "step {step}: {} of {last}", draft.row.counter);
            assert_eq!(draft.content.body, body(draft.row.counter), "step {step}");
            assert!(!store.log(story(1)).unwrap().is_empty());
        }
        Err(_) => assert_eq!(last, 0, "step {step}"),
    }
    let has = |what: &str| done.contains(&what);
    assert!(!has("revision") || store.revision(story(1), 1).unwrap().body == body(5));
    assert!(!has("photo") || store.original(&Sha256Hex::of(b"bytes of a photo")).is_ok());
    assert!(!has("act") || store.payload(intent(1)).unwrap() == b"1");
    assert!(!has("attempt") || store.intent(intent(1)).unwrap().attempts == 1);
    assert!(!has("settled") || store.intent(intent(1)).unwrap().state == DeliveryState::Confirmed);
    assert!(!has("backup") || store.backups().unwrap().len() == 1);
    store.search("মেঘনার", 5).unwrap();
    let raw = rusqlite::Connection::open(folder.join("khosra.db")).unwrap();
    let whole: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok", "step {step}");
}

fn series_under_strace(folder: &Path, calls: &str, step: u32) -> Output {
    // strace counts the calls of each thread by itself; nearly all of ours are the writer's.
    Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}")])
        .args(["-e", &format!("inject={calls}:signal=KILL:when={step}")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "kill::scripted_series", "--ignored", "--nocapture"])
        .env("KHOSRA_SERIES", folder)
        .output()
        .unwrap()
}

fn strace_works() -> bool {
    let tried = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).status();
    tried.is_ok_and(|status| status.success())
}

#[test]
fn a_failed_sync_is_told_and_the_next_save_works() {
    if !strace_works() {
        eprintln!("skipped: strace cannot be used here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"])
        .args(["-e", "inject=fsync,fdatasync:error=EIO:when=12..40+9"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "kill::saves_until_each_is_kept", "--ignored", "--nocapture"])
        .env("KHOSRA_SERIES", folder.path().join("store"))
        .output()
        .unwrap();
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{lines}");
    assert!(lines.contains("acknowledged failure"), "{lines}");
    let store = open(&folder.path().join("store")).store;
    assert_eq!(store.draft(story(1)).unwrap().content.body, body(31));
}

/// The child of the test above: repeats a save that failed, as the desk does.
#[test]
#[ignore = "run by the test above, in a process of its own"]
fn saves_until_each_is_kept() {
    let Some(folder) = std::env::var_os("KHOSRA_SERIES").map(PathBuf::from) else { return };
    let store = Store::open(options(&folder)).unwrap().store;
    store.create_story(new_story(1, content(&body(1)))).unwrap();
    for counter in 2..32 {
        let kept = (0..5).find_map(|_| match store.save_draft(save(1, counter, &body(counter))) {
            Ok(saved) => Some(saved.counter),
            Err(error) => {
                assert!(matches!(error, khosra_store::StoreError::Io(_)), "{error}");
                acknowledged("failure");
                None
            }
        });
        assert_eq!(kept, Some(counter));
        assert_eq!(store.draft(story(1)).unwrap().content.body, body(counter));
    }
}
