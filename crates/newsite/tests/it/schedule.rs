//! Publication at a set time: the portal's clock decides, and nobody else's.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, NOW, hash, payload, png, refusal, with_photo};

const LATER: &str = "2026-11-24T11:00:00Z";

fn at(time: &str) -> Value {
    json!({ "at": time })
}

async fn scheduled(desk: &Desk, headline: &str) -> Value {
    let story = payload(headline);
    assert_eq!(desk.create(&story).await.status(), 201);
    desk.done(&story, "schedule", at(LATER)).await;
    story
}

async fn state(desk: &Desk, story: &Value) -> Value {
    desk.look_up(story["story"].as_str().unwrap()).await["state"].clone()
}

/// Where the page of a story from [`payload`] is, or will be.
fn page_of(story: &Value) -> String {
    let short = story["story"].as_str().unwrap().rsplit('-').next().unwrap();
    format!("/bangladesh-districts/2026/{short}-river-road-opens")
}

#[tokio::test]
async fn a_scheduled_story_reaches_readers_at_its_time_and_not_before() {
    let desk = Desk::open().await;
    let story = payload("সময়মতো প্রকাশ");
    assert_eq!(desk.create(&story).await.status(), 201);
    let receipt = desk.done(&story, "schedule", at(LATER)).await;
    assert_eq!((&receipt["state"], &receipt["hash"]), (&json!("scheduled"), &json!(hash(&story))));
    assert_eq!((&receipt["scheduled_for"], &receipt["public_url"]), (&json!(LATER), &Value::Null));
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["scheduled_for"], &kept["live_hash"]), (&json!(LATER), &Value::Null));
    assert_eq!((&kept["scheduled_hash"], &kept["desk"]), (&json!(hash(&story)), &json!("approved")));

    desk.set_clock("2026-11-24T10:59:59.999Z");
    assert_eq!(desk.page(&page_of(&story)).await.0, 404);
    for address in ["/", "/feed.xml", "/sitemap.xml", "/s/bangladesh-districts"] {
        assert!(!desk.page(address).await.1.contains("সময়মতো প্রকাশ"), "{address}");
    }
    desk.set_clock(LATER);
    let (status, page) = desk.page(&page_of(&story)).await;
    assert_eq!(status, 200);
    assert!(page.contains("সময়মতো প্রকাশ"));
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["state"], &kept["scheduled_for"]), (&json!("live"), &Value::Null));
    assert_eq!((&kept["published_at"], &kept["live_hash"]), (&json!(LATER), &json!(hash(&story))));
}

#[tokio::test]
async fn it_goes_out_also_when_nobody_asks_for_anything() {
    let desk = Desk::open().await;
    let story = scheduled(&desk, "কেউ না চাইলেও").await;
    desk.set_clock(LATER);
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    // Set back, so that a request by itself could not bring it about.
    desk.set_clock(NOW);
    assert_eq!(state(&desk, &story).await, "live");
}

#[tokio::test]
async fn a_time_that_passed_while_the_portal_was_down_is_made_good_and_printed_as_it_was_set() {
    let desk = Desk::open().await;
    let story = scheduled(&desk, "বন্ধ থাকার সময়").await;
    let desk = desk.restart_at("2026-11-24T15:00:00Z").await;
    assert_eq!(desk.page(&page_of(&story)).await.0, 200);
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["published_at"], LATER);
}

#[tokio::test]
async fn a_time_must_lie_ahead_of_the_portals_clock_and_belongs_to_a_schedule_only() {
    let desk = Desk::open().await;
    let story = payload("ভুল সময়");
    assert_eq!(desk.create(&story).await.status(), 201);
    let bad = [json!({}), at(NOW), at("2026-11-24T09:29:59Z"), at("2028-01-01T00:00:00Z"), at("tomorrow")];
    for more in bad {
        let (status, _, pointers) = refusal(desk.give(&story, "schedule", more.clone()).await).await;
        assert_eq!(status, 422, "{more}");
        assert!(pointers == ["/at"] || more == at("tomorrow"), "{more}: {pointers:?}");
    }
    assert_eq!(refusal(desk.give(&story, "publish", at(LATER)).await).await.2, ["/at"]);
    assert_eq!(state(&desk, &story).await, "never");
}

#[tokio::test]
async fn withdrawn_before_its_time_it_never_goes_out_and_was_never_public() {
    let desk = Desk::open().await;
    let story = scheduled(&desk, "সময়ের আগে ফেরত").await;
    let receipt = desk.done(&story, "withdraw", json!({ "note": "সময় বদলাবে" })).await;
    assert_eq!((&receipt["state"], &receipt["hash"]), (&json!("never"), &json!(hash(&story))));
    desk.set_clock(LATER);
    assert_eq!(desk.page(&page_of(&story)).await.0, 404);
    assert_eq!(state(&desk, &story).await, "never");
    desk.done(&story, "publish", json!({})).await;
    assert_eq!(desk.page(&page_of(&story)).await.0, 200);
}

#[tokio::test]
async fn a_scheduled_story_can_go_out_at_once_and_does_not_go_out_again() {
    let desk = Desk::open().await;
    let story = scheduled(&desk, "এখনই প্রকাশ").await;
    let receipt = desk.done(&story, "publish", json!({})).await;
    assert_eq!((&receipt["published_at"], &receipt["scheduled_for"]), (&json!(NOW), &Value::Null));
    desk.set_clock("2026-11-24T12:00:00Z");
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["published_at"], &kept["updated_at"]), (&json!(NOW), &Value::Null));
}

#[tokio::test]
async fn a_second_schedule_takes_the_place_of_the_first() {
    let desk = Desk::open().await;
    let story = scheduled(&desk, "সময় বদল").await;
    desk.done(&story, "schedule", at("2026-11-24T13:00:00Z")).await;
    desk.set_clock(LATER);
    assert_eq!(state(&desk, &story).await, "scheduled");
    desk.set_clock("2026-11-24T13:00:00Z");
    assert_eq!(state(&desk, &story).await, "live");
}

#[tokio::test]
async fn words_written_after_the_schedule_do_not_slip_out_with_it() {
    let desk = Desk::open().await;
    let story = scheduled(&desk, "নির্ধারিত শব্দ").await;
    let mut next = story.clone();
    next["headline"] = json!("পরে লেখা শব্দ");
    desk.replace(&next).await;
    assert_eq!(refusal(desk.give(&next, "withdraw", json!({})).await).await.1, "moved-on");
    desk.set_clock(LATER);
    let (_, page) = desk.page(&page_of(&story)).await;
    assert!(page.contains("নির্ধারিত শব্দ") && !page.contains("পরে লেখা শব্দ"));
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["live_hash"], &kept["hash"]), (&json!(hash(&story)), &json!(hash(&next))));
    assert_eq!(kept["desk"], "in_edit");
}

#[tokio::test]
async fn what_readers_could_not_get_now_cannot_be_scheduled() {
    let desk = Desk::open().await;
    let mut story = with_photo("ছবি ছাড়া সময়সূচি", &png());
    story["byline"] = json!("");
    assert_eq!(desk.create(&story).await.status(), 201);
    let (status, _, pointers) = refusal(desk.give(&story, "schedule", at(LATER)).await).await;
    assert_eq!((status, pointers), (422, vec!["/byline".to_owned(), "/photos/0/sha256".to_owned()]));
    let live = payload("প্রকাশিত সংবাদ");
    desk.publish(&live).await;
    assert_eq!(refusal(desk.give(&live, "schedule", at(LATER)).await).await.1, "out-of-turn");
}

#[tokio::test]
async fn the_same_key_with_another_time_is_another_command() {
    let desk = Desk::open().await;
    let story = payload("একই চাবি");
    assert_eq!(desk.create(&story).await.status(), 201);
    let path = format!("/api/v1/stories/{}/transitions", story["story"].as_str().unwrap());
    let key = crate::desk::new_id();
    let order = |time: &str| {
        let body = json!({ "command": "schedule", "hash": hash(&story), "note": "", "at": time });
        desk.app(Method::POST, &path).header("idempotency-key", &key).json(&body).send()
    };
    let first = order(LATER).await.unwrap().text().await.unwrap();
    assert_eq!(refusal(order("2026-11-24T12:00:00Z").await.unwrap()).await.1, "key-reused");
    // The answer was lost, and the time has passed before the client asks again.
    desk.set_clock("2026-11-24T12:00:00Z");
    assert_eq!(order(LATER).await.unwrap().text().await.unwrap(), first);
}
