//! The command line against a real WordPress: the same interface as for any other portal, and one post whatever
//! happens in between.

use std::{path::Path, process::Command, time::Duration};

use serde_json::Value;

use crate::cli::{Place, ran};

#[path = "../portals/started.rs"]
mod started;

/// The WordPress of this test run; `None` where there can be none.
fn wordpress() -> Option<Value> {
    let described = started::started(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    Some(serde_json::from_slice(&described).unwrap())
}

fn sign_in(place: &Place, site: &Value, url: &str, user: &str) {
    let arguments =
        ["portal", "add", "desk", "--kind", "wordpress", "--url", text(&site[url]), "--user", user];
    let mut command = place.command(&arguments);
    command.env("KHOSRA_PASSWORD", text(&site["users"][user]["password"]));
    ran(command.output().unwrap()).done();
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Posts that carry the story's key, in every state, as an editor of the site finds them.
fn posts(site: &Value, story: &str) -> usize {
    let states = "publish,future,draft,pending,private,trash";
    let url = format!(
        "{}wp-json/wp/v2/posts?search=khosra-{story}&status={states}&per_page=100&_fields=id",
        text(&site["url"])
    );
    let user = format!("admin:{}", text(&site["users"]["admin"]["password"]));
    let answer = Command::new("curl").args(["--silent", "--fail", "--user", &user, &url]).output().unwrap();
    assert!(answer.status.success());
    serde_json::from_slice::<Vec<Value>>(&answer.stdout).unwrap().len()
}

#[test]
fn a_story_is_published_on_wordpress_and_taken_down_again() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    sign_in(&place, &site, "url", "editor");
    let check = place.run(&["portal", "check", "desk", "--json"]).json();
    assert!(check["sections"].as_array().unwrap().len() > 3);
    let id = place.story_in("politics", "মন্ত্রিসভায় নতুন তিন মুখ");
    let url = place.run(&["publish", &id, "--portal", "desk", "--wait", "60"]).done();
    let page = Command::new("curl").args(["--silent", "--fail", &url]).output().unwrap();
    let page = String::from_utf8(page.stdout).unwrap();
    // How a featured photo's caption is shown is for the theme to say; the adapter's own tests look at it.
    for words in ["মন্ত্রিসভায় নতুন তিন মুখ", "কৃষ্ণচূড়ার ছায়ায়"]
    {
        assert!(page.contains(words), "{words}");
    }
    place.run(&["withdraw", &id, "--reason", "তথ্য যাচাই হয়নি", "--wait", "60"]).done();
    let gone = Command::new("curl").args(["--silent", "--fail", &url]).status().unwrap();
    assert!(!gone.success());
    assert_eq!(place.run(&["story", "show", &id, "--json"]).json()["axes"]["public"], "withdrawn");
}

#[test]
fn a_publication_killed_at_any_moment_ends_in_one_post() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    sign_in(&place, &site, "url", "editor");
    for turn in 0_u64..10 {
        let id = place.story_in("politics", &format!("মন্ত্রিসভায় নতুন মুখ, পর্ব {turn}"));
        let mut child = place.spawn(&["publish", &id, "--wait", "60"]);
        std::thread::sleep(Duration::from_millis(60 + turn * 220));
        child.kill().unwrap();
        child.wait().unwrap();
        place.run(&["outbox", "run", "--wait", "60"]).done();
        // Killed before the command was on disk, nothing was asked for yet.
        if place.run(&["story", "show", &id, "--json"]).json()["axes"]["delivery"].is_null() {
            assert_eq!(posts(&site, &id), 0, "{turn}");
            place.run(&["publish", &id, "--wait", "60"]).done();
        }
        assert_eq!(place.run(&["story", "show", &id, "--json"]).json()["axes"]["public"], "live", "{turn}");
        assert_eq!(posts(&site, &id), 1, "{turn}");
    }
}

#[test]
fn a_wrong_password_is_a_sentence() {
    let Some(site) = wordpress() else { return };
    let place = Place::new();
    let arguments = ["portal", "add", "desk", "--kind", "wordpress", "--url", text(&site["url"])];
    let mut command = place.command(&[&arguments[..], &["--user", "editor", "--lang", "en"]].concat());
    command.env("KHOSRA_PASSWORD", "abcd efgh ijkl mnop qrst uvwx");
    assert_eq!(ran(command.output().unwrap()).stopped(4).trim(), "Name or password are wrong.");
}
