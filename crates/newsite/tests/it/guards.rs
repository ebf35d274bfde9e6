//! What holds a story back from readers, for every client: legal flag, embargo, a kill's second person; and the sheet that
//! tells who was alone.

use khosra_newsite::Options;
use reqwest::Method;
use serde_json::{Value, json};
use story::Role;

use crate::{
    desk::{Desk, NOW, payload},
    people::{Person, id},
};

const WHY: &str = "মানহানির মামলা চলছে";

fn because() -> Value {
    json!({ "note": WHY })
}

fn glass() -> Value {
    json!({ "note": WHY, "consent": "glass" })
}

/// A newsroom with two editors, Mahbub and Farida.
async fn strict() -> Desk {
    let desk = Desk::open_with(|options| Options { one_person: false, ..options }).await;
    desk.administration().await.change("farida", None, Some(Role::Editor)).await.unwrap();
    desk
}

/// Nasrin's story, at the desk.
async fn filed(desk: &Desk, headline: &str) -> Value {
    let (nasrin, story) = (Person::named(desk, "nasrin").await, payload(headline));
    nasrin.write(&story).await;
    nasrin.done(&story, "file", json!({})).await;
    story
}

async fn sheet(person: &Person<'_>, query: &str) -> Vec<(String, String)> {
    let answer = person.ask(Method::GET, &format!("/api/v1/sheet{query}")).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let told: Value = answer.json().await.unwrap();
    let line =
        |line: &Value| (line["kind"].as_str().unwrap().to_owned(), line["by"].as_str().unwrap().to_owned());
    let mut lines: Vec<_> = told["items"].as_array().unwrap().iter().map(line).collect();
    // Its clock stands still here, and so nothing is newer than the rest.
    lines.sort();
    lines
}

#[tokio::test]
async fn a_correspondents_flag_stops_every_way_to_the_readers_and_two_editors_clear_it() {
    let desk = strict().await;
    let story = filed(&desk, "আপত্তির খবর").await;
    let tapan = Person::named(&desk, "tapan").await;
    let (mahbub, farida) = (Person::named(&desk, "mahbub").await, Person::named(&desk, "farida").await);
    assert_eq!(tapan.refused(&story, "flag", json!({})).await, "invalid", "a flag needs its reason");
    let receipt = tapan.done(&story, "flag", because()).await;
    assert_eq!(
        (&receipt["guards"]["legal"]["raised"]["reason"], &receipt["desk"]),
        (&json!(WHY), &json!("filed"))
    );
    for command in ["approve", "publish", "schedule"] {
        let at = (command == "schedule").then_some("2026-11-25T00:00:00Z");
        assert_eq!(mahbub.refused(&story, command, json!({ "at": at })).await, "flagged", "{command}");
    }
    assert_eq!(tapan.refused(&story, "clear_flag", because()).await, "forbidden");
    let asked = mahbub.done(&story, "clear_flag", because()).await;
    assert_eq!(asked["guards"]["legal"]["clearing"]["account"], "mahbub");
    assert_eq!(mahbub.refused(&story, "clear_flag", because()).await, "second-person");
    assert_eq!(mahbub.refused(&story, "publish", json!({})).await, "flagged");
    let cleared = farida.done(&story, "clear_flag", because()).await;
    assert_eq!(cleared["guards"]["legal"], Value::Null);
    mahbub.done(&story, "publish", json!({})).await;
    assert_eq!(mahbub.refused(&story, "clear_flag", because()).await, "out-of-turn");
}

#[tokio::test]
async fn a_live_story_that_is_flagged_is_not_corrected_stays_live_and_waits_in_the_queue() {
    let desk = strict().await;
    let story = filed(&desk, "প্রকাশিত, পরে আপত্তি").await;
    let mahbub = Person::named(&desk, "mahbub").await;
    mahbub.done(&story, "publish", json!({})).await;
    Person::named(&desk, "nasrin").await.done(&story, "flag", because()).await;
    let next = crate::people::rewritten(&story, "প্রকাশিত, আপত্তির পরে বদল");
    mahbub.write(&next).await;
    assert_eq!(mahbub.refused(&next, "correct", json!({})).await, "flagged");
    let kept = desk.look_up(id(&story)).await;
    assert_eq!(
        (&kept["state"], &kept["guards"]["legal"]["raised"]["account"]),
        (&json!("live"), &json!("nasrin"))
    );
    let queue: Value =
        mahbub.ask(Method::GET, "/api/v1/stories?desk=open").send().await.unwrap().json().await.unwrap();
    assert_eq!(queue["items"][0]["guards"]["legal"]["raised"]["reason"], WHY);
    mahbub.done(&next, "clear_flag", glass()).await;
    mahbub.done(&next, "correct", json!({})).await;
    assert_eq!(sheet(&mahbub, "").await[0].0, "clear_alone");
}

#[tokio::test]
async fn in_a_newsroom_of_one_the_flag_is_cleared_with_a_reason() {
    let desk = Desk::open().await;
    let (mahbub, story) = (Person::named(&desk, "mahbub").await, payload("একা, আপত্তি"));
    mahbub.write(&story).await;
    mahbub.done(&story, "flag", because()).await;
    assert_eq!(mahbub.refused(&story, "publish", json!({})).await, "flagged");
    assert_eq!(mahbub.refused(&story, "clear_flag", json!({})).await, "invalid");
    assert_eq!(mahbub.done(&story, "clear_flag", because()).await["guards"]["legal"], Value::Null);
    mahbub.done(&story, "publish", json!({})).await;
    assert_eq!(sheet(&mahbub, "").await[0].0, "clear_flag");
}

#[tokio::test]
async fn an_embargo_ends_by_the_portals_own_clock() {
    let desk = strict().await;
    let story = filed(&desk, "সময়ের আগে নয়").await;
    let mahbub = Person::named(&desk, "mahbub").await;
    let nasrin = Person::named(&desk, "nasrin").await;
    let noon = json!({ "at": "2026-11-24T12:00:00Z" });
    assert_eq!(nasrin.refused(&story, "set_embargo", noon.clone()).await, "out-of-turn", "the desk has it");
    assert_eq!(mahbub.refused(&story, "set_embargo", json!({})).await, "invalid");
    let set = mahbub.done(&story, "set_embargo", noon.clone()).await;
    assert_eq!(set["guards"]["embargo"]["until"], noon["at"]);
    mahbub.done(&story, "approve", json!({})).await;
    assert_eq!(mahbub.refused(&story, "publish", json!({})).await, "embargoed");
    let early = json!({ "at": "2026-11-24T11:59:59Z" });
    assert_eq!(mahbub.refused(&story, "schedule", early).await, "embargoed");
    desk.set_clock("2026-11-24T11:59:59Z");
    assert_eq!(mahbub.refused(&story, "publish", json!({})).await, "embargoed");
    desk.set_clock("2026-11-24T12:00:00Z");
    mahbub.done(&story, "publish", json!({})).await;
    assert_eq!(mahbub.refused(&story, "set_embargo", noon).await, "out-of-turn", "readers have it");
}

#[tokio::test]
async fn a_scheduled_story_that_is_held_back_at_its_time_does_not_go_out_later_by_itself() {
    for command in ["flag", "set_embargo"] {
        let desk = strict().await;
        let story = filed(&desk, "অপেক্ষমাণ খবর").await;
        let mahbub = Person::named(&desk, "mahbub").await;
        mahbub.done(&story, "schedule", json!({ "at": "2026-11-24T11:00:00Z" })).await;
        let until = (command == "set_embargo").then_some("2026-11-24T11:30:00Z");
        mahbub.done(&story, command, json!({ "note": WHY, "at": until })).await;
        desk.set_clock("2026-11-24T11:00:00Z");
        let kept = desk.look_up(id(&story)).await;
        assert_eq!((&kept["state"], &kept["scheduled_for"]), (&json!("never"), &Value::Null), "{command}");
        if command == "flag" {
            mahbub.done(&story, "clear_flag", glass()).await;
        }
        desk.set_clock("2026-11-24T12:00:00Z");
        assert_eq!(desk.look_up(id(&story)).await["state"], "never", "{command}");
    }
}

#[tokio::test]
async fn a_kill_takes_the_story_from_readers_at_once_and_is_final_by_a_second_editor() {
    let desk = strict().await;
    let story = filed(&desk, "ভুল খবর").await;
    let (mahbub, farida) = (Person::named(&desk, "mahbub").await, Person::named(&desk, "farida").await);
    let path = desk.path_of(&mahbub.done(&story, "publish", json!({})).await["public_url"]);
    let asked = mahbub.done(&story, "kill", because()).await;
    assert_eq!(
        (&asked["state"], &asked["guards"]["kill"]["account"]),
        (&json!("withdrawn"), &json!("mahbub"))
    );
    assert_eq!(desk.page(&path).await.0, 410);
    assert_eq!(mahbub.refused(&story, "kill", because()).await, "second-person");
    assert_eq!(farida.refused(&story, "publish", json!({})).await, "kill-waits");
    let called_off = farida.done(&story, "call_off_kill", json!({})).await;
    assert_eq!((&called_off["state"], &called_off["guards"]["kill"]), (&json!("withdrawn"), &Value::Null));
    farida.done(&story, "kill", because()).await;
    let killed = mahbub.done(&story, "kill", because()).await;
    assert_eq!((&killed["state"], &killed["guards"]["kill"]), (&json!("killed"), &Value::Null));
    assert_eq!(farida.refused(&story, "call_off_kill", json!({})).await, "out-of-turn");
    let told = sheet(&mahbub, "").await;
    let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["ask_kill", "ask_kill", "kill"]);
}

#[tokio::test]
async fn a_kill_may_break_the_glass_and_a_scheduled_story_may_be_killed_by_two() {
    let desk = strict().await;
    let (mahbub, farida) = (Person::named(&desk, "mahbub").await, Person::named(&desk, "farida").await);
    let alone = filed(&desk, "তাড়া আছে").await;
    mahbub.done(&alone, "publish", json!({})).await;
    assert_eq!(mahbub.done(&alone, "kill", glass()).await["state"], "killed");
    let waiting = filed(&desk, "কাল যাওয়ার কথা").await;
    mahbub.done(&waiting, "schedule", json!({ "at": "2026-11-25T00:00:00Z" })).await;
    let asked = mahbub.done(&waiting, "kill", because()).await;
    assert_eq!((&asked["state"], &asked["scheduled_for"]), (&json!("never"), &Value::Null));
    assert_eq!(farida.done(&waiting, "kill", because()).await["state"], "killed");
    assert_eq!(farida.refused(&waiting, "withdraw", glass()).await, "invalid", "nothing to break glass for");
    let told = sheet(&farida, "").await;
    assert_eq!(
        told.last().map(|(kind, by)| (kind.as_str(), by.as_str())),
        Some(("kill_alone", "মাহবুব আলম চৌধুরী"))
    );
}

#[tokio::test]
async fn the_sheet_is_for_editors_and_administrators_and_tells_of_one_day() {
    let desk = strict().await;
    let mahbub = Person::named(&desk, "mahbub").await;
    let own = payload("নিজের লেখা");
    mahbub.write(&own).await;
    mahbub.done(&own, "publish", json!({ "consent": "alone" })).await;
    let told = sheet(&mahbub, "").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "approve_alone");
    assert!(sheet(&mahbub, &format!("?since=2026-11-22T00:00:00Z&until={NOW}")).await.is_empty());
    desk.set_clock("2026-11-26T09:30:00Z");
    assert!(sheet(&mahbub, "").await.is_empty(), "the last day has nothing out of the ordinary");
    assert_eq!(sheet(&mahbub, &format!("?since={NOW}")).await.len(), 1);
    for user in ["nasrin", "tapan"] {
        let answer = Person::named(&desk, user).await.ask(Method::GET, "/api/v1/sheet").send().await.unwrap();
        assert_eq!(answer.status(), 403, "{user}");
    }
}

#[tokio::test]
async fn what_is_sent_over_a_warning_stands_on_the_sheet() {
    let desk = strict().await;
    let story = filed(&desk, &"দীর্ঘ শিরোনামের শব্দ ".repeat(12)).await;
    let mahbub = Person::named(&desk, "mahbub").await;
    mahbub.done(&story, "publish", json!({})).await;
    let answer: Value = mahbub.ask(Method::GET, "/api/v1/sheet").send().await.unwrap().json().await.unwrap();
    let line = &answer["items"][0];
    assert_eq!((&line["kind"], &line["note"]), (&json!("override_warning"), &json!("headline_long")));
}
