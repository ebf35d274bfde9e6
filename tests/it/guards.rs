//! What holds a story back, and the morning sheet, as scripts of a newsroom with two editors use them.

use chrono::{DateTime, TimeDelta, Utc};
use newsite::Running;
use story::Role;
use testkit::two_editors;

use crate::cli::{Place, Ran, articles};

const HEADLINE: &str = "সেতুর নকশা নিয়ে প্রশ্ন";
const WHY: &str = "মানহানির আশঙ্কা";

/// Two editors at machines of their own, in a newsroom where a second person reads everything.
struct Desks {
    first: Place,
    second: Place,
    site: Running,
}

async fn desks() -> Desks {
    let (first, second) = (Place::new(), Place::new());
    let site = two_editors(&first.path("site")).await;
    first.sign_in_as(Role::Editor, &site);
    second.sign_in_as(Role::SubEditor, &site);
    Desks { first, second, site }
}

impl Desks {
    /// A story of the first editor's that the second has taken and approved.
    fn approved(&self) -> String {
        let id = self.first.story(HEADLINE);
        self.first.run(&["file", &id]).done();
        self.second.run(&["take", &id]).done();
        self.second.run(&["approve", &id]).done();
        id
    }
}

#[expect(clippy::disallowed_methods, reason = "the real portal runs by the real clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn says(ran: Ran, code: i32, sentence: &str) {
    assert_eq!(ran.code, Some(code), "{}", ran.err);
    assert!(ran.err.contains(sentence), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_legal_flag_stops_publication_until_two_have_cleared_it_and_the_sheet_tells() {
    let desks = desks().await;
    let id = desks.approved();
    let Desks { first, second, site } = &desks;
    says(
        second.run(&["flag", "set", &id, "--reason", WHY, "--lang", "en"]),
        0,
        &format!("There is a legal flag, by {}: {WHY}", testkit::account(site, Role::SubEditor).name),
    );
    says(second.run(&["publish", &id, "--lang", "en"]), 4, "A legal flag holds the story back.");
    says(second.run(&["publish", &id]), 4, "আইনি আপত্তি আছে; সেটি না উঠলে লেখা পাঠকের কাছে যাবে না।");
    assert_eq!(articles(site, HEADLINE).await, 0);

    let clear = ["flag", "clear", &id, "--reason", "আইনজীবী দেখেছেন", "--lang", "en"];
    says(second.run(&clear), 0, "wants it cleared; another editor has to agree.");
    says(second.run(&clear), 4, "Another editor has to agree.");
    first.run(&["take", &id, "--take-over"]).done();
    says(first.run(&clear), 0, "Nothing holds the story back.");
    says(first.run(&clear), 4, "There is no legal flag on this story.");
    let sheet = second.run(&["sheet", "--lang", "en"]);
    assert!(sheet.err.contains("By the portal, for the whole newsroom."), "{}", sheet.err);
    let lines = sheet.done();
    assert!(lines.contains("cleared a legal flag") && lines.contains(HEADLINE), "{lines}");
    let view = first.run(&["sheet", "--json"]).json();
    assert_eq!((&view["source"], &view["lines"][0]["note"]), (&"portal".into(), &"আইনজীবী দেখেছেন".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embargo_refuses_what_comes_before_its_time_and_is_lifted() {
    let desks = desks().await;
    let id = desks.approved();
    let editor = &desks.second;
    let far = ["embargo", &id, "--until", "2099-01-02T06:00:00+06:00"];
    says(editor.run(&far), 4, "সময়টি এক বছরের বেশি দূরে");
    let month = (now() + TimeDelta::days(30)).date_naive();
    let until = format!("{month}T06:00:00+06:00");
    says(
        editor.run(&["embargo", &id, "--until", &until]),
        0,
        &format!("{month}T00:00:00+00:00 পর্যন্ত প্রকাশ নিষেধ।"),
    );
    says(editor.run(&["publish", &id, "--lang", "en"]), 4, &format!("Under embargo until {month}"));
    says(editor.run(&["embargo", &id, "--lang", "en"]), 2, "--until");
    says(editor.run(&["embargo", &id, "--until", "কাল সকালে"]), 2, "--until");
    says(editor.run(&["embargo", &id, "--lift", "--lang", "en"]), 0, "Nothing holds the story back.");
    editor.run(&["publish", &id, "--wait", "60"]).done();
    assert_eq!(articles(&desks.site, HEADLINE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_takes_the_story_from_readers_at_once_and_is_final_with_a_second_editor() {
    let desks = desks().await;
    let id = desks.approved();
    let Desks { first, second, site } = &desks;
    second.run(&["publish", &id, "--wait", "60"]).done();
    says(
        second.run(&["kill", &id, "--reason", WHY, "--lang", "en"]),
        0,
        "readers have it no more. It is final once another editor agrees.",
    );
    assert_eq!(articles(site, HEADLINE).await, 0);
    first.run(&["take", &id, "--take-over"]).done();
    first.run(&["kill", &id, "--reason", WHY]).done();
    let shown = first.run(&["story", "show", &id, "--json"]).json();
    assert_eq!((&shown["axes"]["public"], articles(site, HEADLINE).await), (&"killed".into(), 0));
    let sheet = first.run(&["sheet", "--lang", "en"]).done();
    assert!(sheet.contains("asked for a kill") && sheet.contains("killed"), "{sheet}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_without_a_network_is_this_machines_and_a_quiet_day_says_so() {
    let desks = desks().await;
    let editor = &desks.first;
    let quiet = editor.run(&["sheet", "--lang", "en"]);
    assert!(quiet.err.contains("Nothing out of the ordinary."), "{}", quiet.err);
    assert_eq!(quiet.done(), "");
    let turned = ["sheet", "--since", "2026-11-05T06:00:00+06:00", "--until", "2026-11-04T06:00:00+06:00"];
    says(editor.run(&turned), 2, "--until অবশ্যই --since-এর পরের সময় হবে।");
    desks.site.stop().await;
    let alone = desks.first.run(&["sheet"]);
    assert!(alone.err.contains("এটি শুধু এই যন্ত্রের হিসাব"), "{}", alone.err);
}
