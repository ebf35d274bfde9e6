//! What no source of ours may say.

use crate::tree;
use std::path::PathBuf;

#[test]
fn no_certificate_is_taken_unseen() {
    let found = saying(&["danger_accept", "tls_danger"]);
    assert!(found.is_empty(), "{found:?}");
}

/// A portal's own words stand in its adapter, so that the next portal is a folder and no change elsewhere.
#[test]
fn the_words_of_each_portal_stand_in_its_own_adapter() {
    let homes: [(&[&str], &[&str]); 2] = [
        (&["wp-json", "wp/v2", "rest_route", "<!-- wp:"], &["crates/portal/src/wordpress"]),
        (&["api/v1"], &["crates/portal/src/native", "crates/newsite", "crates/testkit"]),
    ];
    for (words, homes) in homes {
        let found = saying(words).into_iter();
        let found = found.map(|path| path.strip_prefix(tree::root()).expect("it is below").to_owned());
        let is_test = |path: &PathBuf| path.components().any(|part| part.as_os_str() == "tests");
        let is_at_home = |path: &PathBuf| homes.iter().any(|home| path.starts_with(home));
        let strangers: Vec<_> = found.filter(|path| !is_test(path) && !is_at_home(path)).collect();
        assert!(strangers.is_empty(), "{words:?} in {strangers:?}");
    }
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
