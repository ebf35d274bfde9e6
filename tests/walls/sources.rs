//! What no source of ours may say.

use crate::tree;
use std::path::PathBuf;

#[test]
fn no_certificate_is_taken_unseen() {
    let found = saying(&["danger_accept", "tls_danger"]);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn nothing_is_left_for_later() {
    let found = saying(&["FIXME", "XXX:"]);
    assert!(found.is_empty(), "{found:?}");
}

/// What people read outside the window (whose sentences `ui/tests/messages.test.ts` holds), in the spelling in which
/// text is stored and searched: ড় ঢ় য় as one letter each.
#[test]
fn what_people_read_is_spelt_as_it_is_stored() {
    let two_parts = ["\u{09A1}\u{09BC}", "\u{09A2}\u{09BC}", "\u{09AF}\u{09BC}"];
    let read = [("docs", "md"), ("crates/cli/src", "rs"), ("crates/page", "html")];
    let texts = read.iter().flat_map(|(folder, ending)| tree::files(folder, ending));
    let otherwise = texts.filter(|(_, text)| two_parts.iter().any(|letter| text.contains(letter)));
    let otherwise: Vec<_> = otherwise.map(|(path, _)| path).collect();
    assert!(otherwise.is_empty(), "{otherwise:?}");
}

/// Sources of ours, this test aside, with one of these words.
fn saying(words: &[&str]) -> Vec<PathBuf> {
    ["crates", "src-tauri"]
        .iter()
        .flat_map(|folder| tree::files(folder, "rs"))
        .filter(|(_, text)| words.iter().any(|word| text.contains(word)))
        .map(|(path, _)| path)
        .collect()
}
