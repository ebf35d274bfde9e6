//! An approval is an act of its own, holds for one version, and is of somebody else's writing.

use khosra_newsite::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    desk::{Desk, NOW, hash, payload},
    people::{Person, because, id, rewritten},
};

const BEFORE: &str = "before";

fn consent(consent: &str) -> Value {
    json!({ "consent": consent })
}

/// A newsroom where a second person reads everything.
async fn strict() -> Desk {
    Desk::open_with(|options| Options { one_person: false, ..options }).await
}

/// Nasrin's story, at the desk.
async fn filed(desk: &Desk) -> Value {
    let (nasrin, story) = (Person::named(desk, "nasrin").await, payload("অনুমোদনের অপেক্ষায়"));
    nasrin.write(&story).await;
    nasrin.done(&story, "file", json!({})).await;
    story
}

#[tokio::test]
async fn an_approval_says_who_approved_which_version_and_readers_get_nothing_of_it() {
    let desk = strict().await;
    let story = filed(&desk).await;
    let mahbub = Person::named(&desk, "mahbub").await;
    let receipt = mahbub.done(&story, "approve", json!({})).await;
    assert_eq!((&receipt["desk"], &receipt["state"]), (&json!("approved"), &json!("never")));
    let kept = desk.look_up(id(&story)).await;
    let approved = json!({ "hash": hash(&story), "by": "মাহবুব আলম চৌধুরী", "at": NOW, "alone": false });
    assert_eq!(kept["approved"], approved);
    assert!(!desk.page("/").await.1.contains("অনুমোদনের অপেক্ষায়"));
    mahbub.done(&story, "publish", consent(BEFORE)).await;
    assert_eq!(desk.look_up(id(&story)).await["approved"], approved);
}

#[tokio::test]
async fn approve_change_one_letter_publish_is_refused_by_the_portal() {
    let desk = strict().await;
    let story = filed(&desk).await;
    let mahbub = Person::named(&desk, "mahbub").await;
    mahbub.done(&story, "approve", json!({})).await;
    let changed = rewritten(&story, "অনুমোদনের অপেক্ষায়।");
    mahbub.write(&changed).await;
    for command in ["publish", "schedule"] {
        let at = (command == "schedule").then_some("2026-11-25T00:00:00Z");
        let order = json!({ "consent": BEFORE, "at": at });
        assert_eq!(mahbub.refused(&changed, command, order).await, "not-approved", "{command}");
    }
    assert_eq!(mahbub.refused(&story, "publish", consent(BEFORE)).await, "not-approved");
    let kept = desk.look_up(id(&story)).await;
    assert_eq!((&kept["state"], &kept["desk"]), (&json!("never"), &json!("in_edit")));
    assert_eq!(kept["approved"], Value::Null);
    mahbub.done(&changed, "approve", json!({})).await;
    mahbub.done(&changed, "publish", consent(BEFORE)).await;
}

#[tokio::test]
async fn who_takes_a_story_takes_its_approval_away_and_so_does_who_returns_it() {
    let desk = strict().await;
    let story = filed(&desk).await;
    let (mahbub, farida) = (Person::named(&desk, "mahbub").await, Person::named(&desk, "farida").await);
    mahbub.done(&story, "approve", json!({})).await;
    farida.done(&story, "take", json!({})).await;
    assert_eq!(mahbub.refused(&story, "publish", consent(BEFORE)).await, "not-approved");
    mahbub.done(&story, "approve", json!({})).await;
    farida.done(&story, "take", json!({})).await;
    farida.done(&story, "return", because()).await;
    assert_eq!(desk.look_up(id(&story)).await["approved"], Value::Null);
}

#[tokio::test]
async fn nobody_approves_what_they_alone_have_written_unless_they_say_that_they_are_alone() {
    let desk = strict().await;
    let (mahbub, story) = (Person::named(&desk, "mahbub").await, payload("একা লেখা"));
    assert_eq!(
        mahbub.ask(Method::GET, "/api/v1/me").send().await.unwrap().json::<Value>().await.unwrap()["one_person"],
        false
    );
    mahbub.write(&story).await;
    for command in ["approve", "publish"] {
        assert_eq!(mahbub.refused(&story, command, json!({})).await, "second-person", "{command}");
    }
    mahbub.done(&story, "approve", consent("alone")).await;
    assert_eq!(desk.look_up(id(&story)).await["approved"]["alone"], true);
    mahbub.done(&story, "publish", consent(BEFORE)).await;
}

#[tokio::test]
async fn one_letter_of_somebody_elses_makes_it_no_ones_own_writing() {
    let desk = strict().await;
    let (mahbub, story) = (Person::named(&desk, "mahbub").await, payload("দুজনের লেখা"));
    mahbub.write(&story).await;
    let edited = rewritten(&story, "দুজনের লেখা, দুজনের দেখা");
    Person::named(&desk, "farida").await.write(&edited).await;
    mahbub.done(&edited, "publish", json!({})).await;
}

#[tokio::test]
async fn only_an_editor_approves_and_not_out_of_other_hands() {
    let desk = strict().await;
    let story = filed(&desk).await;
    let farida = Person::named(&desk, "farida").await;
    for person in [&farida, &Person::named(&desk, "nasrin").await] {
        assert_eq!(person.refused(&story, "approve", json!({})).await, "forbidden");
    }
    farida.done(&story, "take", json!({})).await;
    farida.hold(&story, "ল্যাপটপ").await;
    let mahbub = Person::named(&desk, "mahbub").await;
    assert_eq!(mahbub.refused(&story, "approve", json!({})).await, "leased");
    assert_eq!(mahbub.refused(&story, "withdraw", consent(BEFORE)).await, "invalid");
}

#[tokio::test]
async fn a_newsroom_of_one_publishes_in_one_press() {
    let desk = Desk::open().await;
    let (mahbub, story) = (Person::named(&desk, "mahbub").await, payload("এক চাপে"));
    mahbub.write(&story).await;
    mahbub.done(&story, "publish", json!({})).await;
}
