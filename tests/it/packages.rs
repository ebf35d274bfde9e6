//! Packages between two stores, by the command line alone.

use std::fs;

use serde_json::Value;

use crate::cli::{Place, Ran, arg};

const HEADLINE: &str = "শেষ খেয়ার মাঝি";

/// What others seal to.
fn address(place: &Place) -> String {
    place.run(&["package", "key", "--json"]).json()["address"].as_str().unwrap().to_owned()
}

/// Takes a package in, and its sender for who they say, as a script does.
fn opened(place: &Place, file: &str) -> Value {
    let first = place.run(&["package", "import", file, "--json"]);
    if first.code == Some(0) {
        return first.json();
    }
    let refused = first.json();
    assert_eq!((first.code, &refused["error"]["code"]), (Some(4), &"package_stranger".into()), "{refused}");
    let fingerprint = refused["error"]["params"]["fingerprint"].as_str().unwrap();
    let ran = place.run(&["package", "import", file, "--trust", fingerprint, "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.json()
}

fn refused(ran: Ran, code: i32, says: &str) {
    let told = ran.stopped(code);
    assert!(told.contains(says), "{told}");
}

#[test]
fn a_story_goes_from_one_store_to_another_and_back_and_the_same_file_twice_changes_nothing() {
    let (author, editor) = (Place::new(), Place::new());
    let id = author.story(HEADLINE);
    let stick = author.path("lead.story");
    let to = address(&editor);
    author.run(&["package", "export", &id, "--out", arg(&stick), "--to", &to]).done();
    let came = opened(&editor, arg(&stick));
    assert_eq!(
        (&came["story"], &came["is_new"], &came["sealed"]),
        (&id.as_str().into(), &true.into(), &true.into())
    );
    let shown = editor.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(
        (&shown["content"]["headline"], shown["photos"].as_array().unwrap().len()),
        (&HEADLINE.into(), 1)
    );
    let again = opened(&editor, arg(&stick));
    assert_eq!(
        (&again["is_new"], &again["versions"], &again["text"]),
        (&false.into(), &0.into(), &"known".into())
    );
    let list = editor.run(&["story", "list", "--json"]).json();
    assert_eq!(list["rows"].as_array().unwrap().len(), 1);
    // Its original stayed with its author; what came is written out in its place.
    editor.run(&["story", "export", &id, "--out", arg(&editor.path("out"))]).done();
    let receipt = editor.path("word.story");
    editor.run(&["package", "receipt", &id, "--out", arg(&receipt)]).done();
    let word = opened(&author, arg(&receipt));
    assert_eq!((&word["what"], &word["settled"]), (&"receipt".into(), &0.into()));
}

#[test]
fn an_open_package_warns_and_carries_nothing_that_a_photo_says_of_its_place() {
    let place = Place::new();
    let id = place.story(HEADLINE);
    let stick = place.path("lead.story");
    let ran = place.run(&["package", "export", &id, "--out", arg(&stick), "--plain", "--lang", "en"]);
    assert!(ran.err.contains("not sealed"), "{}", ran.err);
    assert_eq!(ran.code, Some(0));
    let bytes = fs::read(&stick).unwrap();
    let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(holds(HEADLINE.as_bytes()) && !holds(b"Exif\0\0"), "a picture without what its camera wrote");
}

#[test]
fn what_cannot_be_packed_or_taken_in_is_said_plainly() {
    let (author, editor) = (Place::new(), Place::new());
    let id = author.story(HEADLINE);
    let out = author.path("lead.story");
    let export = ["package", "export", &id, "--out", arg(&out), "--lang", "en"];
    refused(author.run(&export), 2, "--plain");
    refused(author.run(&[&export[..], &["--to", "editor"]].concat()), 2, "age1");
    refused(author.run(&["package", "receipt", &id, "--out", arg(&out), "--lang", "en"]), 2, "age1");
    let own = address(&author);
    author.run(&[&export[..], &["--to", &own]].concat()).done();
    let import = ["package", "import", arg(&out), "--lang", "en"];
    refused(editor.run(&import), 2, "another desk");
    let text = editor.file("notes.story", "পানি বাড়ছে");
    refused(editor.run(&["package", "import", arg(&text), "--lang", "en"]), 2, "no story package");
    refused(editor.run(&["package", "import", "nowhere.story"]), 2, "nowhere.story");
    let mut bytes = fs::read(&out).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&out, bytes).unwrap();
    refused(author.run(&import), 2, "damaged");
    let list = editor.run(&["story", "list", "--json"]).json();
    assert!(list["rows"].as_array().unwrap().is_empty(), "nothing of any of them");
}
