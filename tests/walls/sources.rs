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

/// Sources of ours, this test aside, with one of these words.
fn saying(words: &[&str]) -> Vec<PathBuf> {
    ["crates", "src-tauri"]
        .iter()
        .flat_map(|folder| tree::files(folder, "rs"))
        .filter(|(_, text)| words.iter().any(|word| text.contains(word)))
        .map(|(path, _)| path)
        .collect()
}
