//! `portal check`: what a portal keeps to, for people and for a newsroom's own CI.

use std::{
    process::{Command, Output, Stdio},
    time::Duration,
};

use newsite::Running;
use story::Role;
use testkit::{Fault, Proxy};

use crate::cli::{Place, Ran, editor, page, ran};

/// Without an account of this machine.
fn check_at(place: &Place, site: &Running, role: Role, more: &[&str]) -> Ran {
    let account = testkit::account(site, role);
    let url = site.url();
    let named = ["portal", "check", &url, "--kind", "native", "--user", &account.user];
    let mut command = place.command(&[&named[..], more].concat());
    command.env("KHOSRA_PASSWORD", &account.password);
    let output: Output = command.output().unwrap();
    ran(output)
}

async fn is_clean(site: &Running) {
    for path in ["", "feed.xml", "sitemap.xml"] {
        let page = page(&format!("{}/{path}", site.url())).await;
        assert!(!page.contains("khosra-test") && !page.contains("Test story"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_tried_without_being_added_and_every_guarantee_has_its_line() {
    let place = Place::new();
    let site = place.portal().await;
    let table = check_at(&place, &site, Role::Editor, &["--lang", "en"]);
    assert!(table.err.contains("The small test photo stays at the portal"), "{}", table.err);
    let table = table.done();
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("ok     ")).collect();
    assert_eq!(rows.len(), 23, "{table}");
    // Codes and times stand in columns that no Bengali word can push aside.
    let columns =
        |row: &&str| row.get(..44).is_some_and(|columns| columns.is_ascii() && columns.ends_with(" ms  "));
    assert!(rows.iter().all(columns), "{table}");
    assert!(table.contains("withdraws: the page is gone"), "{table}");
    assert!(table.lines().last().unwrap().starts_with("23 hold, 0 fail, 0 cannot be told"), "{table}");
    assert_eq!(place.run(&["portal", "list"]).done(), "", "nothing is kept");
    is_clean(&site).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_this_machine_is_tried_by_its_name_or_its_address_in_json() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let url = format!("{}/", site.url());
    for named in ["ঘর", url.as_str()] {
        let check = place.run(&["portal", "check", named, "--without-publishing", "--json"]);
        assert_eq!(check.code, Some(0), "{}", check.err);
        let check = check.json();
        assert_eq!(check["role"], "editor", "as before it says who the portal is");
        assert!(!check["sections"].as_array().unwrap().is_empty());
        let guarantees = check["guarantees"].as_array().unwrap();
        let verdict = |code: &str| {
            let one = guarantees.iter().find(|one| one["guarantee"] == code).unwrap();
            (one["verdict"].as_str().unwrap(), one["untold"].as_str())
        };
        assert_eq!(guarantees.len(), 23);
        assert_eq!(verdict("refuses_overwriting"), ("holds", None));
        assert_eq!(verdict("publishes"), ("untold", Some("left_out")));
        assert!(check["left_over"].is_null() && check["photo"].is_string());
    }
    is_clean(&site).await;
    let unknown = place.run(&["portal", "check", "অন্য", "--lang", "en"]).stopped(2);
    assert_eq!(unknown.trim(), "There is no portal called “অন্য” on this machine.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_breaks_a_promise_ends_with_4_and_says_which_in_both_languages() {
    let place = Place::new();
    let site = testkit::portal(&place.path("site"), 0, &["public-404"]).await;
    let english = check_at(&place, &site, Role::Editor, &["--lang", "en"]);
    assert_eq!(english.code, Some(4), "{}{}", english.out, english.err);
    let row = english.out.lines().find(|line| line.contains(" publishes ")).unwrap();
    let due = "publishes: the page shows headline and photo: The portal knows no such thing.";
    assert!(row.starts_with("FAILS  ") && row.ends_with(due), "{row}");
    let bengali = check_at(&place, &site, Role::Editor, &[]);
    let row = bengali.out.lines().find(|line| line.contains(" publishes ")).unwrap();
    assert!(row.ends_with("প্রকাশ করলে পাতায় শিরোনাম ও ছবি দেখা যায়: পোর্টালে এমন কিছু নেই।"), "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_account_may_not_is_no_failure_and_what_it_leaves_is_named() {
    let place = Place::new();
    let site = place.portal().await;
    let check = check_at(&place, &site, Role::Correspondent, &["--json", "--lang", "en"]);
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.err);
    let value = check.json();
    let story = value["story"].as_str().unwrap();
    assert_eq!(value["left_over"]["story"], story);
    let due = format!("readers do not see it. The portal's desk has it: {story}");
    assert!(check.err.contains(&due), "{}", check.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_in_the_middle_it_takes_the_test_story_away_before_it_ends() {
    let place = Place::new();
    let site = place.portal().await;
    let line = Proxy::to(&site.url()).await;
    line.bend(|_| Some(Fault::Delay(Duration::from_millis(150))));
    let url = line.url();
    let editor = editor(&site);
    let named = ["portal", "check", &url, "--kind", "native", "--user", &editor.user, "--lang", "en"];
    let mut command = place.command(&named);
    command.env("KHOSRA_PASSWORD", &editor.password).stdout(Stdio::piped()).stderr(Stdio::piped());
    let check = command.spawn().unwrap();
    let sent = || line.seen().iter().any(|seen| seen.asked.method == "PUT");
    while !sent() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Command::new("kill").args(["-INT", &check.id().to_string()]).status().unwrap();
    let check = ran(check.wait_with_output().unwrap());
    let table = check.done();
    assert!(table.contains("keeps_a_working_copy") && table.contains("stopped before"), "{table}");
    let publishes = table.lines().find(|line| line.contains(" publishes ")).unwrap();
    assert!(publishes.starts_with("-      "), "{publishes}");
    let killed = line.seen().iter().filter(|seen| seen.asked.path.ends_with("/transitions")).count();
    assert!(killed > 0, "taken away at the portal");
    is_clean(&site).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_half_an_account_are_sentences() {
    let place = Place::new();
    let site = place.portal().await;
    let url = site.url();
    let named = ["portal", "check", &url, "--kind", "native", "--user", "mahbub", "--lang", "en"];
    let mut command = place.command(&named);
    command.env("KHOSRA_PASSWORD", "nobody's");
    assert_eq!(ran(command.output().unwrap()).stopped(4).trim(), "Name or password are wrong.");
    place.run(&["portal", "check", &url, "--kind", "native"]).stopped(2);
}
