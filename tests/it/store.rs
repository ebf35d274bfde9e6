//! Stores that cannot be used as they should be, and backups.

use std::fs;

use crate::cli::{Place, arg};

#[test]
fn a_backup_is_the_whole_of_it() {
    let place = Place::new();
    let id = place.story("ব্যাকআপের গল্প");
    let file = place.path("all.khosra");
    place.run(&["backup", "--out", arg(&file)]).done();
    let other = Place::new();
    other.run(&["restore", arg(&file)]).done();
    let shown = |place: &Place| place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(shown(&place)["content"], shown(&other)["content"]);
    let page = other.path("page.html");
    other.run(&["preview", &id, "--out", arg(&page)]).done();
    assert!(fs::read_to_string(page).unwrap().contains("data:image/jpeg"));
}

#[test]
fn a_bare_name_is_a_file_in_the_folder_one_stands_in() {
    let place = Place::new();
    let id = place.story("নামেই পরিচয়");
    place.run(&["preview", &id, "--out", "page.html"]).done();
    place.run(&["story", "export", &id, "--out", "out"]).done();
    place.run(&["backup", "--out", "all.khosra"]).done();
    place.run(&["restore", "all.khosra"]).done();
    for name in ["page.html", "out", "all.khosra"] {
        assert!(place.path(name).exists(), "{name}");
    }
}

#[test]
fn a_backup_that_is_none_changes_nothing() {
    let place = Place::new();
    let id = place.story("অক্ষত");
    let bad = place.file("bad", b"SQLite format 3\0 and then nothing");
    assert!(matches!(place.run(&["restore", arg(&bad)]).code, Some(2 | 4)));
    assert!(matches!(place.run(&["restore", arg(&place.path("none"))]).code, Some(2 | 4)));
    assert!(place.run(&["story", "show", &id]).done().contains("অক্ষত"));
}

fn database(place: &Place) -> std::path::PathBuf {
    let files = testkit::files(&place.store());
    let found = files.into_iter().find(|(_, bytes)| bytes.starts_with(b"SQLite format 3\0"));
    found.expect("a database").0
}

#[test]
fn a_damaged_store_is_moved_aside_and_said_to_be() {
    let place = Place::new();
    let id = place.story("ক্ষতি");
    let file = database(&place);
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let ran = place.run(&["story", "list", "--lang", "en"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("moved"), "{}", ran.err);
    let kept = testkit::files(&place.store()).iter().any(|(_, kept)| *kept == bytes[..bytes.len() / 2]);
    assert!(kept, "the damaged file is still there, untouched");
    place.run(&["story", "show", &id]).stopped(2);
}

#[test]
fn a_newer_store_is_left_alone() {
    let place = Place::new();
    place.story("নতুন সংস্করণ");
    let file = database(&place);
    let mut bytes = fs::read(&file).unwrap();
    // PRAGMA user_version is the big-endian word at offset 60 of the header.
    bytes[60..64].copy_from_slice(&999_u32.to_be_bytes());
    fs::write(&file, &bytes).unwrap();
    let told = place.run(&["story", "list", "--lang", "en"]).stopped(4);
    assert!(told.contains("newer version"), "{told}");
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

#[test]
fn two_programs_do_not_write_one_store() {
    let place = Place::new();
    place.story("দুজনের এক খাতা");
    // Waits for its password, with the store open.
    let mut command = place.command(&[
        "portal",
        "add",
        "x",
        "--kind",
        "native",
        "--url",
        "https://x.example",
        "--user",
        "u",
    ]);
    let mut first =
        command.stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let told = place.run(&["story", "list", "--lang", "en"]).stopped(4);
    assert!(told.contains("Another program"), "{told}");
    first.kill().unwrap();
    first.wait().unwrap();
    place.run(&["story", "list"]).done();
}
