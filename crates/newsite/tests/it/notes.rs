//! Notes between desk and author: written once however often they are sent, and never a reader's.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use story::Role;

use crate::{
    desk::{Desk, new_id, payload, refusal},
    people::Person,
};

const SECRET: &str = "সূত্রের নাম ছাপা যাবে না";

async fn put(desk: &Desk, token: &str, story: &Value, id: &str, note: Value) -> Response {
    let path = format!("/api/v1/stories/{}/notes/{id}", story["story"].as_str().unwrap());
    desk.plain(Method::PUT, &path).bearer_auth(token).json(&note).send().await.unwrap()
}

async fn notes(desk: &Desk, story: &Value) -> Vec<Value> {
    let path = format!("/api/v1/stories/{}/notes", story["story"].as_str().unwrap());
    let answer: Value = desk.app(Method::GET, &path).send().await.unwrap().json().await.unwrap();
    answer["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_note_sent_twice_is_one_note_and_only_its_writer_writes_it_anew() {
    let desk = Desk::open().await;
    let story = payload("টীকাসহ");
    desk.create(&story).await;
    let (sub, editor) = (desk.token_of(Role::SubEditor).await, desk.token_of(Role::Editor).await);
    let id = new_id();
    let note = json!({ "text": SECRET, "paragraph": 1 });
    let first = put(&desk, &sub, &story, &id, note.clone()).await;
    assert_eq!(first.status(), 201);
    let first: Value = first.json().await.unwrap();
    desk.set_clock("2026-11-24T10:00:00Z");
    let again = put(&desk, &sub, &story, &id, note).await;
    assert_eq!((again.status().as_u16(), again.json::<Value>().await.unwrap()), (200, first));
    let other = put(&desk, &editor, &story, &id, json!({ "text": "অন্যের টীকা" })).await;
    assert_eq!(refusal(other).await.1, "forbidden");
    let anew = put(&desk, &sub, &story, &id, json!({ "text": "সূত্র যাচাই হয়েছে" })).await;
    assert_eq!(anew.status(), 200);
    desk.set_clock("2026-11-24T10:05:00Z");
    put(&desk, &editor, &story, &new_id(), json!({ "text": "ঠিক আছে" })).await;
    let kept = notes(&desk, &story).await;
    let told: Vec<_> = kept.iter().map(|note| (&note["author"], &note["text"], &note["paragraph"])).collect();
    let wanted =
        [("farida", "সূত্র যাচাই হয়েছে"), ("mahbub", "ঠিক আছে")].map(|(who, text)| (json!(who), json!(text)));
    assert_eq!(told.len(), 2);
    assert!(told.iter().zip(&wanted).all(|(told, wanted)| (told.0, told.1) == (&wanted.0, &wanted.1)));
}

#[tokio::test]
async fn no_reader_and_no_machine_of_theirs_ever_gets_a_note() {
    let desk = Desk::open().await;
    let story = payload("টীকা গোপন");
    let copy: Value = desk.create(&story).await.json().await.unwrap();
    let editor = desk.token_of(Role::Editor).await;
    assert_eq!(put(&desk, &editor, &story, &new_id(), json!({ "text": SECRET })).await.status(), 201);
    let receipt = desk.done(&story, "publish", json!({})).await;
    let page = desk.path_of(&receipt["public_url"]);
    let preview = desk.path_of(&copy["preview_url"]);
    let everywhere =
        [page.as_str(), &preview, "/", "/s/bangladesh-districts", "/feed.xml", "/sitemap.xml", "/robots.txt"];
    for address in everywhere {
        let (status, text) = desk.page(address).await;
        assert_eq!(status, 200, "{address}");
        assert!(!text.contains(SECRET), "{address}");
    }
    // The page carries the story for machines, and the note is not in that either, however it is escaped.
    let html = desk.page(&page).await.1;
    let ld = html.split("application/ld+json").nth(1).unwrap().split("</script>").next().unwrap();
    let ld: Value = serde_json::from_str(ld.split_once('>').unwrap().1).unwrap();
    assert!(!ld.to_string().contains(SECRET) && !ld.to_string().contains("সূত্রের নাম"));
    let story_answer = desk.look_up(story["story"].as_str().unwrap()).await.to_string();
    assert!(!story_answer.contains(SECRET) && !receipt.to_string().contains(SECRET));
    // Nor does anyone get it who has not signed in.
    let path = format!("/api/v1/stories/{}/notes", story["story"].as_str().unwrap());
    assert_eq!(refusal(desk.plain(Method::GET, &path).send().await.unwrap()).await.0, 401);
}

#[tokio::test]
async fn an_empty_note_a_long_one_and_a_strangers_are_refused() {
    let desk = Desk::open().await;
    let story = payload("টীকা নয়");
    desk.create(&story).await;
    let editor = desk.token_of(Role::Editor).await;
    for text in [" \n".to_owned(), "ক".repeat(2_000), "a\u{0}b".to_owned()] {
        let answer = put(&desk, &editor, &story, &new_id(), json!({ "text": text })).await;
        assert_eq!(refusal(answer).await.0, 422);
    }
    let stranger = desk.token_of(Role::Correspondent).await;
    let answer = put(&desk, &stranger, &story, &new_id(), json!({ "text": "নাক গলানো" })).await;
    assert_eq!(refusal(answer).await.1, "forbidden");
    let nowhere = put(&desk, &editor, &story, "not-an-id", json!({ "text": "ক" })).await;
    assert_eq!(refusal(nowhere).await.0, 404);
    assert_eq!(notes(&desk, &story).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_note_keeps_the_words_it_stands_at_and_its_answers_and_the_queue_says_when_it_came() {
    let desk = Desk::open().await;
    let story = payload("কথার পাশে কথা");
    desk.create(&story).await;
    desk.done(&story, "file", json!({})).await;
    let line = |queue: Value| queue["items"][0]["noted_at"].clone();
    let queue = "/api/v1/stories?desk=open";
    let before: Value = desk.app(Method::GET, queue).send().await.unwrap().json().await.unwrap();
    assert_eq!(line(before), Value::Null);
    let (sub, editor) = (desk.token_of(Role::SubEditor).await, desk.token_of(Role::Editor).await);
    let anchor = json!({ "field": "caption", "photo": "a".repeat(64), "quote": "নদীর পাড়", "prefix": "ভাঙা ",
        "suffix": "।", "at": 5 });
    let (id, reply, turn) = (new_id(), new_id(), new_id());
    let note = json!({ "text": "কোন নদী?", "anchor": anchor });
    assert_eq!(put(&desk, &sub, &story, &id, note.clone()).await.status(), 201);
    assert_eq!(put(&desk, &sub, &story, &id, note).await.status(), 200);
    desk.set_clock("2026-11-24T10:00:00Z");
    let answer = json!({ "text": "পদ্মা", "parent": id });
    assert_eq!(put(&desk, &editor, &story, &reply, answer).await.status(), 201);
    desk.set_clock("2026-11-24T10:05:00Z");
    let resolved = json!({ "parent": id, "turn": "resolved" });
    assert_eq!(put(&desk, &editor, &story, &turn, resolved).await.status(), 201);
    let kept = notes(&desk, &story).await;
    assert_eq!((kept.len(), &kept[0]["anchor"], &kept[0]["parent"]), (3, &anchor, &Value::Null));
    assert_eq!((&kept[1]["parent"], &kept[1]["text"]), (&json!(id), &json!("পদ্মা")));
    assert_eq!((&kept[2]["turn"], &kept[2]["text"]), (&json!("resolved"), &json!("")));
    assert!(kept.iter().all(|note| !note["author_name"].as_str().unwrap().is_empty()));
    let after: Value = desk.app(Method::GET, queue).send().await.unwrap().json().await.unwrap();
    assert_eq!(line(after), "2026-11-24T10:05:00Z");
    let refused = [
        json!({ "turn": "accepted", "parent": id }),
        json!({ "suggestion": { "kind": "replace", "words": "ক" } }),
        json!({ "suggestion": { "kind": "replace", "words": "নদীর পাড়" }, "anchor": anchor }),
        json!({ "suggestion": { "kind": "format", "mark": "strong", "on": true }, "anchor": anchor }),
        json!({ "text": "ক", "parent": id, "suggestion": { "kind": "replace", "words": "" }, "anchor": anchor }),
        json!({ "turn": "resolved" }),
        json!({ "text": "ক", "parent": new_id() }),
        json!({ "text": "ক", "parent": reply }),
        json!({ "text": "ক", "anchor": { "field": "body", "quote": " " } }),
        json!({ "text": "ক", "anchor": { "field": "body", "quote": "ক".repeat(1_001) } }),
    ];
    for note in refused {
        let answer = put(&desk, &editor, &story, &new_id(), note.clone()).await;
        assert_eq!(refusal(answer).await.0, 422, "{note}");
    }
    assert_eq!(notes(&desk, &story).await.len(), 3);
}

#[tokio::test]
async fn a_suggestion_is_given_back_as_it_came_and_nothing_is_approved_until_it_is_settled() {
    let desk = Desk::open().await;
    let story = payload("প্রস্তাবের অপেক্ষায়");
    desk.create(&story).await;
    let (sub, editor) = (desk.token_of(Role::SubEditor).await, desk.token_of(Role::Editor).await);
    let anchor = json!({ "field": "headline", "photo": null, "quote": "অপেক্ষায়", "prefix": "প্রস্তাবের ", "suffix": "",
        "at": 11 });
    let suggestion = json!({ "kind": "replace", "words": "অপেক্ষা শেষ" });
    let note = json!({ "anchor": anchor, "suggestion": suggestion });
    let (id, mahbub) = (new_id(), Person::named(&desk, "mahbub").await);
    assert_eq!(put(&desk, &sub, &story, &id, note.clone()).await.status(), 201);
    assert_eq!(put(&desk, &sub, &story, &id, note).await.status(), 200);
    let kept = notes(&desk, &story).await;
    assert_eq!((&kept[0]["suggestion"], &kept[0]["anchor"]), (&suggestion, &anchor));
    for command in ["approve", "publish"] {
        assert_eq!(mahbub.refused(&story, command, json!({})).await, "suggestions-open", "{command}");
    }
    let turn = |turn| json!({ "parent": id, "turn": turn });
    desk.set_clock("2026-11-24T10:00:00Z");
    assert_eq!(put(&desk, &editor, &story, &new_id(), turn("rejected")).await.status(), 201);
    desk.set_clock("2026-11-24T10:01:00Z");
    assert_eq!(put(&desk, &editor, &story, &new_id(), turn("reopened")).await.status(), 201);
    assert_eq!(mahbub.refused(&story, "approve", json!({})).await, "suggestions-open");
    desk.set_clock("2026-11-24T10:02:00Z");
    assert_eq!(put(&desk, &editor, &story, &new_id(), turn("accepted")).await.status(), 201);
    mahbub.done(&story, "approve", json!({})).await;
}
