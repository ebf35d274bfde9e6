//! The desk's queue: what is to be done, who has it, how long it is.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    desk::{Desk, NOW, payload, png, refusal, with_photo},
    people::{Person, because, id, rewritten},
};

async fn page(desk: &Desk, query: &str) -> Value {
    let answer = desk.app(Method::GET, &format!("/api/v1/stories?{query}")).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{query}");
    answer.json().await.unwrap()
}

fn headlines(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["headline"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_queue_has_what_author_or_desk_has_still_to_do() {
    let desk = Desk::open().await;
    let (nasrin, farida) = (Person::named(&desk, "nasrin").await, Person::named(&desk, "farida").await);
    let stories = ["খসড়া", "জমা", "সম্পাদনায়", "ফেরত", "ফিরিয়ে নেওয়া", "সময় বাঁধা", "প্রকাশিত", "সরানো"].map(payload);
    for story in &stories {
        nasrin.write(story).await;
    }
    let [_, waiting, taken, returned, recalled, scheduled, live, killed] = &stories;
    for story in [waiting, taken, returned, recalled, live, killed] {
        nasrin.done(story, "file", json!({})).await;
    }
    farida.done(taken, "take", json!({})).await;
    farida.done(returned, "return", because()).await;
    nasrin.done(recalled, "recall", json!({})).await;
    desk.done(scheduled, "schedule", json!({ "at": "2026-11-24T11:00:00Z" })).await;
    desk.done(live, "publish", json!({})).await;
    desk.done(killed, "kill", because()).await;
    let open = page(&desk, "desk=open").await;
    assert_eq!(headlines(&open), ["জমা", "সম্পাদনায়", "ফেরত", "সময় বাঁধা"]);
    assert!(open["items"].as_array().unwrap().iter().all(|item| item["matches"] == true));
    assert_eq!(headlines(&page(&desk, "desk=open&state=scheduled").await), ["সময় বাঁধা"]);

    // Its time comes, and it leaves the queue; a correction of it comes back.
    desk.set_clock("2026-11-24T11:00:00Z");
    let since = |page: &Value| format!("desk=open&since={}", page["next"].as_str().unwrap());
    let left = page(&desk, &since(&open)).await;
    assert_eq!((headlines(&left), &left["items"][0]["matches"]), (vec!["সময় বাঁধা"], &json!(false)));
    farida.write(&rewritten(scheduled, "সময়ের পর সংশোধন")).await;
    let back = page(&desk, &since(&left)).await;
    assert_eq!((headlines(&back), &back["items"][0]["matches"]), (vec!["সময়ের পর সংশোধন"], &json!(true)));
}

#[tokio::test]
async fn a_line_of_the_queue_says_whose_it_is_how_long_and_why_it_went_back() {
    let desk = Desk::open().await;
    let (nasrin, farida) = (Person::named(&desk, "nasrin").await, Person::named(&desk, "farida").await);
    let story = with_photo("ঘাটে ভিড়", &png());
    nasrin.write(&story).await;
    let fresh = page(&desk, "").await["items"][0].clone();
    for unset in ["filed_at", "desk_at", "desk_by", "lease"] {
        assert_eq!(fresh[unset], Value::Null, "{unset}");
    }
    nasrin.done(&story, "file", json!({})).await;
    desk.set_clock("2026-11-24T09:45:00Z");
    farida.done(&story, "return", because()).await;
    let line = page(&desk, "desk=open").await["items"][0].clone();
    assert_eq!((&line["author"], &line["author_name"]), (&json!("nasrin"), &json!("নাসরিন সুলতানা")));
    // Two words of headline, eight of standfirst, thirteen of text.
    assert_eq!((&line["words"], &line["photos"]), (&json!(23), &json!(1)));
    assert_eq!((&line["filed_at"], &line["desk_at"]), (&json!(NOW), &json!("2026-11-24T09:45:00Z")));
    assert_eq!((&line["desk_by"], &line["desk_note"]), (&json!("ফরিদা ইয়াসমিন"), &because()["note"]));
}

#[tokio::test]
async fn who_has_a_story_is_in_the_queue_from_taking_it_to_giving_it_back() {
    let desk = Desk::open().await;
    let (nasrin, farida) = (Person::named(&desk, "nasrin").await, Person::named(&desk, "farida").await);
    let story = payload("কার হাতে");
    nasrin.write(&story).await;
    nasrin.done(&story, "file", json!({})).await;
    let mut seen = page(&desk, "desk=open").await;
    assert_eq!(seen["items"][0]["lease"], Value::Null);

    let token = farida.hold(&story, "ল্যাপটপ").await;
    seen = page(&desk, &format!("desk=open&since={}", seen["next"].as_str().unwrap())).await;
    let lease = seen["items"][0]["lease"].clone();
    assert_eq!((&lease["holder"], &lease["name"]), (&json!("farida"), &json!("ফরিদা ইয়াসমিন")));
    assert_eq!((&lease["device"], lease.get("token")), (&json!("ল্যাপটপ"), None));

    desk.set_clock("2026-11-24T09:34:00Z");
    let path = format!("/api/v1/stories/{}/lease", id(&story));
    let renew = farida.ask(Method::POST, &path).header("lease-token", &token);
    assert_eq!(renew.json(&json!({ "device": "ল্যাপটপ" })).send().await.unwrap().status(), 200);
    seen = page(&desk, &format!("desk=open&since={}", seen["next"].as_str().unwrap())).await;
    assert_eq!(seen["items"][0]["lease"]["expires_at"], "2026-11-24T09:39:00Z");

    let give_back = farida.ask(Method::DELETE, &path).header("lease-token", &token);
    assert_eq!(give_back.send().await.unwrap().status(), 204);
    seen = page(&desk, &format!("desk=open&since={}", seen["next"].as_str().unwrap())).await;
    assert_eq!((headlines(&seen), &seen["items"][0]["lease"]), (vec!["কার হাতে"], &Value::Null));
}

#[tokio::test]
async fn a_photo_comes_back_as_it_was_sent_to_whoever_is_signed_in() {
    let desk = Desk::open().await;
    let sha256 = story::Sha256Hex::of(&png());
    let path = format!("/api/v1/photos/{sha256}");
    let nasrin = Person::named(&desk, "nasrin").await;
    assert_eq!(refusal(nasrin.ask(Method::GET, &path).send().await.unwrap()).await.1, "not-found");
    desk.send_photo(&png()).await;
    let photo = nasrin.ask(Method::GET, &path).send().await.unwrap();
    assert_eq!(photo.status(), 200);
    assert_eq!(photo.headers()["content-type"], "image/png");
    let tag = photo.headers()["etag"].clone();
    assert_eq!(photo.bytes().await.unwrap(), png());
    let known = nasrin.ask(Method::GET, &path).header("if-none-match", tag).send().await.unwrap();
    assert_eq!((known.status().as_u16(), known.bytes().await.unwrap().len()), (304, 0));
    let head = nasrin.ask(Method::HEAD, &path).send().await.unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(refusal(desk.plain(Method::GET, &path).send().await.unwrap()).await.0, 401);
    let nameless = nasrin.ask(Method::GET, "/api/v1/photos/x").send().await.unwrap();
    assert_eq!(refusal(nameless).await.0, 404);
}

#[tokio::test]
async fn a_portal_with_a_queue_says_so() {
    let desk = Desk::open().await;
    let about: Value = desk.plain(Method::GET, "/api/v1/").send().await.unwrap().json().await.unwrap();
    assert_eq!(about["capabilities"]["desk"], true);
}
