//! Publishing, correcting, withdrawing: once for each key.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, NOW, hash, new_id, payload, png, refusal, with_photo};

#[tokio::test]
async fn a_story_with_a_photo_goes_the_whole_road() {
    let desk = Desk::open().await;
    let story = with_photo("সেতু খুলে দেওয়া হলো", &png());
    let id = story["story"].as_str().unwrap();
    assert_eq!(desk.create(&story).await.status(), 201);
    let early = refusal(desk.order(&story, "publish", &new_id()).send().await.unwrap()).await;
    assert_eq!(early, (422, "invalid".to_owned(), vec!["/photos/0/sha256".to_owned()]));

    desk.send_photo(&png()).await;
    let receipt = desk.order(&story, "publish", &new_id()).send().await.unwrap();
    let receipt: Value = receipt.json().await.unwrap();
    assert_eq!((receipt["id"].as_str(), receipt["state"].as_str()), (Some(id), Some("live")));
    assert_eq!(receipt["hash"], hash(&story));
    assert_eq!(receipt["published_at"], NOW);

    let kept = desk.look_up(id).await;
    assert_eq!((&kept["live_hash"], &kept["payload"]), (&json!(hash(&story)), &story));
    let path = receipt["public_url"].as_str().unwrap().strip_prefix(&desk.portal.url()).unwrap();
    let short = id.rsplit('-').next().unwrap();
    assert_eq!(path, format!("/bangladesh-districts/2026/{short}-river-road-opens"));
    let (status, page) = desk.page(path).await;
    assert_eq!(status, 200);
    assert!(page.contains("সেতু খুলে দেওয়া হলো") && page.contains("ছবি: তপন সরকার"));
}

#[tokio::test]
async fn one_key_is_one_effect_and_one_answer() {
    let desk = Desk::open().await;
    let story = payload("ফেরি চলাচল স্বাভাবিক");
    assert_eq!(desk.create(&story).await.status(), 201);
    let key = new_id();
    let first = desk.order(&story, "publish", &key).send().await.unwrap().text().await.unwrap();
    let again = desk.order(&story, "publish", &key).send().await.unwrap();
    assert_eq!(again.status(), 200);
    assert_eq!(again.text().await.unwrap(), first);
    let other = desk.order(&story, "withdraw", &key).send().await.unwrap();
    assert_eq!(refusal(other).await.1, "key-reused");
    let second = desk.order(&story, "publish", &new_id()).send().await.unwrap();
    assert_eq!(refusal(second).await.1, "out-of-turn");
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_again_after_a_restart_a_week_later() {
    let desk = Desk::open().await;
    let story = payload("নদীর পানি কমছে");
    assert_eq!(desk.create(&story).await.status(), 201);
    let key = new_id();
    desk.fault("drop-answer=1@transitions");
    let lost = desk.order(&story, "publish", &key).send().await;
    assert!(lost.is_err(), "{lost:?}");
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["state"], "live");
    let desk = desk.restart_at("2026-12-01T09:30:00Z").await;
    let again = desk.order(&story, "publish", &key).send().await.unwrap();
    assert_eq!(again.status(), 200);
    assert_eq!(again.json::<Value>().await.unwrap()["published_at"], NOW);
}

#[tokio::test]
async fn a_crowd_with_one_key_has_one_effect() {
    let desk = Desk::open().await;
    let story = payload("ভিড়ের মধ্যে একবার");
    assert_eq!(desk.create(&story).await.status(), 201);
    let key = new_id();
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..12 {
        crowd.spawn(desk.order(&story, "publish", &key).send());
    }
    let mut done = 0;
    while let Some(answer) = crowd.join_next().await {
        let answer = answer.unwrap().unwrap();
        if answer.status() == 200 {
            done += 1;
            continue;
        }
        assert_eq!(answer.headers()["retry-after"], "1");
        assert_eq!(refusal(answer).await.1, "still-running");
    }
    assert!(done >= 1);
    let list: Value =
        desk.app(Method::GET, "/api/v1/lists/latest").send().await.unwrap().json().await.unwrap();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refusal_leaves_the_key_free_for_when_its_cause_is_gone() {
    let desk = Desk::open().await;
    let story = with_photo("ছবি পরে এসেছে", &png());
    assert_eq!(desk.create(&story).await.status(), 201);
    let key = new_id();
    assert_eq!(desk.order(&story, "publish", &key).send().await.unwrap().status(), 422);
    desk.send_photo(&png()).await;
    assert_eq!(desk.order(&story, "publish", &key).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn readers_keep_the_old_words_until_the_correction_and_the_first_time_stays() {
    let desk = Desk::open().await;
    let story = payload("আহত পাঁচজন");
    let path = desk.publish(&story).await["public_url"].as_str().unwrap().to_owned();
    let path = path.strip_prefix(&desk.portal.url()).unwrap().to_owned();
    let mut next = story.clone();
    next["headline"] = json!("আহত চারজন");
    next["slug"] = json!("four-hurt");
    desk.replace(&next).await;
    assert!(desk.page(&path).await.1.contains("আহত পাঁচজন"));

    let desk = desk.restart_at("2026-11-25T04:00:00Z").await;
    let wrong = desk.order(&story, "correct", &new_id()).send().await.unwrap();
    assert_eq!(refusal(wrong).await.1, "moved-on");
    let id = story["story"].as_str().unwrap();
    let order = json!({ "command": "correct", "hash": hash(&next), "note": "আহতের সংখ্যা সংশোধন করা হয়েছে।" });
    let request = desk.app(Method::POST, &format!("/api/v1/stories/{id}/transitions"));
    let receipt = request.header("idempotency-key", new_id()).json(&order).send().await.unwrap();
    let receipt: Value = receipt.json().await.unwrap();
    assert_eq!(receipt["published_at"], NOW);
    assert_eq!(receipt["updated_at"], "2026-11-25T04:00:00Z");

    let moved = desk.plain(Method::GET, &path).send().await.unwrap();
    assert_eq!(moved.status(), 301);
    let place = moved.headers()["location"].to_str().unwrap().to_owned();
    assert!(place.ends_with("-four-hurt"), "{place}");
    let (status, page) = desk.page(&place).await;
    assert_eq!(status, 200);
    assert!(page.contains("আহত চারজন") && page.contains("আহতের সংখ্যা সংশোধন করা হয়েছে।"));
    assert!(!page.contains("আহত পাঁচজন"));
}

#[tokio::test]
async fn a_change_is_of_a_kind_and_readers_are_told_of_all_but_a_slip_of_the_pen() {
    let desk = Desk::open().await;
    let mut story = payload("আহত পাঁচজন");
    let url = desk.publish(&story).await["public_url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix(&desk.portal.url()).unwrap().to_owned();
    let misplaced = desk.give(&story, "withdraw", json!({ "change": "update", "note": "কারণ" })).await;
    assert_eq!(refusal(misplaced).await.2, ["/change"]);
    for (change, note, told) in [
        (json!("update"), "একজন বাড়ি ফিরেছেন।", Some("হালনাগাদ")),
        (json!("typo"), "বানান ঠিক করা হলো।", None),
        (json!(null), "সংখ্যা ভুল ছিল।", Some("সংশোধনী")),
    ] {
        story["headline"] = json!(format!("আহত চারজন: {note}"));
        desk.replace(&story).await;
        if change == "update" {
            let wordless = desk.give(&story, "correct", json!({ "change": change })).await;
            assert_eq!(refusal(wordless).await.2, ["/note"]);
            let unknown = desk.give(&story, "correct", json!({ "change": "oops", "note": note })).await;
            assert_eq!(unknown.status(), 422);
        }
        desk.done(&story, "correct", json!({ "change": change, "note": note })).await;
        let (_, page) = desk.page(&path).await;
        match told {
            Some(title) => assert!(page.contains(&format!("<h2>{title}</h2>\n<p>{note} ")), "{page}"),
            None => assert!(page.contains("<p>একজন বাড়ি ফিরেছেন। "), "the last word to readers stays: {page}"),
        }
    }
}

#[tokio::test]
async fn a_withdrawn_story_is_gone_for_readers_and_can_come_back() {
    let desk = Desk::open().await;
    let story = payload("প্রত্যাহৃত সংবাদ");
    let receipt = desk.publish(&story).await;
    let path = receipt["public_url"].as_str().unwrap().strip_prefix(&desk.portal.url()).unwrap().to_owned();
    let withdrawn = desk.order(&story, "withdraw", &new_id()).send().await.unwrap();
    assert_eq!(withdrawn.json::<Value>().await.unwrap()["state"], "withdrawn");
    let (status, page) = desk.page(&path).await;
    assert_eq!(status, 410);
    assert!(!page.contains("প্রত্যাহৃত সংবাদ"));
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["live_hash"], Value::Null);
    assert!(!desk.page("/feed.xml").await.1.contains("প্রত্যাহৃত সংবাদ"));
    let twice = desk.order(&story, "withdraw", &new_id()).send().await.unwrap();
    assert_eq!(twice.json::<Value>().await.unwrap()["state"], "withdrawn");
    let back = desk.order(&story, "publish", &new_id()).send().await.unwrap();
    assert_eq!(back.json::<Value>().await.unwrap()["published_at"], NOW);
    assert_eq!(desk.page(&path).await.0, 200);
}

#[tokio::test]
async fn what_readers_must_not_get_is_named_place_by_place() {
    let desk = Desk::open().await;
    let mut story = with_photo(" ", &png());
    story["photos"][0]["credit"] = json!(" ");
    story["photos"][0]["alt"] = json!("");
    story["byline"] = json!("");
    story["section"] = json!("");
    story["body"] = json!("");
    story["published_at"] = json!("2026-11-25T00:00:00Z");
    desk.send_photo(&png()).await;
    assert_eq!(desk.create(&story).await.status(), 201);
    let (status, _, mut pointers) =
        refusal(desk.order(&story, "publish", &new_id()).send().await.unwrap()).await;
    pointers.sort();
    assert_eq!(status, 422);
    let expected =
        ["/body", "/byline", "/headline", "/photos/0/alt", "/photos/0/credit", "/published_at", "/section"];
    assert_eq!(pointers, expected);
}

#[tokio::test]
async fn an_earlier_publication_elsewhere_keeps_its_date() {
    let desk = Desk::open().await;
    let mut story = payload("পুরোনো সংবাদ");
    story["published_at"] = json!("2023-09-16T10:50:00Z");
    let receipt = desk.publish(&story).await;
    assert_eq!(receipt["published_at"], "2023-09-16T10:50:00Z");
    assert!(receipt["public_url"].as_str().unwrap().contains("/bangladesh-districts/2023/"));
}

#[tokio::test]
async fn a_command_without_a_key_or_with_unknown_words_is_refused() {
    let desk = Desk::open().await;
    let story = payload("চাবি ছাড়া");
    assert_eq!(desk.create(&story).await.status(), 201);
    assert_eq!(refusal(desk.order(&story, "publish", "soon").send().await.unwrap()).await.0, 400);
    assert_eq!(refusal(desk.order(&story, "explode", &new_id()).send().await.unwrap()).await.0, 422);
    let nobody = payload("কোথাও নেই");
    assert_eq!(refusal(desk.order(&nobody, "publish", &new_id()).send().await.unwrap()).await.0, 404);
}
