//! The desk's queue by cursor, versions, tags.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use khosra_newsite::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, hash, payload, refusal};

async fn get(desk: &Desk, path: &str) -> Value {
    let answer = desk.app(Method::GET, path).send().await.unwrap();
    let (status, body) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

/// A client that follows the cursor until there is no more: what it holds, and where it stands.
async fn catch_up(desk: &Desk, held: &mut BTreeMap<String, Value>, cursor: Option<String>) -> String {
    let mut cursor = cursor;
    loop {
        let since = cursor.map(|cursor| format!("&since={cursor}")).unwrap_or_default();
        let page = get(desk, &format!("/api/v1/stories?limit=3{since}")).await;
        for item in page["items"].as_array().unwrap() {
            held.insert(item["id"].as_str().unwrap().to_owned(), item.clone());
        }
        let next = page["next"].as_str().unwrap().to_owned();
        if page["more"] == false {
            return next;
        }
        cursor = Some(next);
    }
}

#[tokio::test]
async fn a_client_that_was_away_for_a_month_catches_up_by_its_cursor_and_learns_of_a_kill() {
    let desk = Desk::open_with(|options| Options { seed: true, ..options }).await;
    let (killed, rewritten) = (payload("সরানো হবে"), payload("প্রথম শিরোনাম"));
    desk.publish(&killed).await;
    desk.publish(&rewritten).await;
    let mut held = BTreeMap::new();
    let cursor = catch_up(&desk, &mut held, None).await;
    assert_eq!(held.len(), 14);
    assert!(held.values().all(|item| item["state"] == "live" && item["headline"] != ""));

    desk.done(&killed, "kill", json!({ "note": "আদালতের আদেশ" })).await;
    let mut next = rewritten.clone();
    next["headline"] = json!("দ্বিতীয় শিরোনাম");
    desk.replace(&next).await;
    desk.create(&payload("নতুন খসড়া")).await;
    let desk = desk.restart_at("2026-12-24T09:30:00Z").await;
    let page = get(&desk, &format!("/api/v1/stories?since={cursor}")).await;
    let told: Vec<(&str, &str)> = page["items"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(told, [("সরানো হবে", "killed"), ("দ্বিতীয় শিরোনাম", "live"), ("নতুন খসড়া", "never")]);
    assert_eq!(page["more"], false);
    let quiet = get(&desk, &format!("/api/v1/stories?since={}", page["next"].as_str().unwrap())).await;
    assert_eq!((&quiet["items"], &quiet["next"]), (&json!([]), &page["next"]));
}

fn told(item: &Value) -> (&str, &str) {
    (item["headline"].as_str().unwrap(), item["state"].as_str().unwrap())
}

#[tokio::test]
async fn what_leaves_a_filter_is_told_of_once_more() {
    let desk = Desk::open().await;
    let (story, other) = (payload("তালিকায় আছে"), payload("খসড়ায় আছে"));
    desk.publish(&story).await;
    desk.create(&other).await;
    let live = get(&desk, "/api/v1/stories?state=live&section=bangladesh-districts").await;
    assert_eq!(
        live["items"].as_array().unwrap().iter().map(told).collect::<Vec<_>>(),
        [("তালিকায় আছে", "live")]
    );
    assert_eq!(get(&desk, "/api/v1/stories?section=sports").await["items"], json!([]));
    desk.done(&story, "withdraw", json!({})).await;
    let since = format!("/api/v1/stories?state=live&since={}", live["next"].as_str().unwrap());
    let left = get(&desk, &since).await;
    assert_eq!(
        (&left["items"][0]["matches"], &left["items"][0]["state"]),
        (&json!(false), &json!("withdrawn"))
    );
}

/// What is said to somebody who waits for `seconds`, and how long they waited.
async fn waited(desk: &Desk, since: &str, seconds: u64) -> (Value, Duration) {
    let began = Instant::now();
    (get(desk, &format!("/api/v1/stories?since={since}&wait={seconds}")).await, began.elapsed())
}

#[tokio::test]
async fn whoever_waits_hears_of_a_change_when_it_happens_and_of_nothing_when_nothing_does() {
    let desk = Desk::open().await;
    desk.create(&payload("আগের খসড়া")).await;
    let start = get(&desk, "/api/v1/stories").await;
    let since = start["next"].as_str().unwrap();
    let (quiet, took) = waited(&desk, since, 1).await;
    assert_eq!((&quiet["items"], &quiet["next"]), (&json!([]), &start["next"]));
    assert!(took >= Duration::from_secs(1), "{took:?}");
    let later = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        desk.create(&payload("নতুন খসড়া")).await
    };
    let ((news, took), _) = tokio::join!(waited(&desk, since, 30), later);
    assert_eq!(
        news["items"].as_array().unwrap().iter().map(told).collect::<Vec<_>>(),
        [("নতুন খসড়া", "never")]
    );
    assert!(
        took < Duration::from_secs(20),
        "it was said when it happened, not when the time was over: {took:?}"
    );
    let (at_once, took) = waited(&desk, since, 30).await;
    assert_eq!(at_once["items"], news["items"]);
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[tokio::test]
async fn a_story_that_the_clock_publishes_is_news_too() {
    let desk = Desk::open().await;
    let story = payload("বিকেলে প্রকাশ");
    desk.create(&story).await;
    desk.done(&story, "schedule", json!({ "at": "2026-11-24T10:00:00Z" })).await;
    let since = get(&desk, "/api/v1/stories").await["next"].as_str().unwrap().to_owned();
    let later = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        desk.set_clock("2026-11-24T10:00:01Z");
    };
    let ((news, _), ()) = tokio::join!(waited(&desk, &since, 30), later);
    assert_eq!(
        news["items"].as_array().unwrap().iter().map(told).collect::<Vec<_>>(),
        [("বিকেলে প্রকাশ", "live")]
    );
}

#[tokio::test]
async fn a_portal_that_stops_sends_those_who_wait_home() {
    let desk = Desk::open().await;
    desk.create(&payload("খসড়া")).await;
    let since = get(&desk, "/api/v1/stories").await["next"].as_str().unwrap().to_owned();
    let waiting = desk.app(Method::GET, &format!("/api/v1/stories?since={since}&wait=30"));
    let waiting = tokio::spawn(waiting.send());
    tokio::time::sleep(Duration::from_millis(500)).await;
    let began = Instant::now();
    drop(desk.close().await);
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(waiting.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn nothing_is_missed_while_others_write() {
    let desk = Desk::open().await;
    let stories: Vec<Value> = (0..24).map(|number| payload(&format!("ভিড়ের সংবাদ {number}"))).collect();
    let mut writers = tokio::task::JoinSet::new();
    for story in &stories {
        let path = format!("/api/v1/stories/{}", story["story"].as_str().unwrap());
        let request = desk.app(Method::PUT, &path).header("if-none-match", "*").json(story);
        writers.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    let mut held = BTreeMap::new();
    let mut cursor = None;
    while !writers.is_empty() {
        cursor = Some(catch_up(&desk, &mut held, cursor).await);
        while let Some(done) = writers.try_join_next() {
            assert_eq!(done.unwrap(), 201);
        }
    }
    catch_up(&desk, &mut held, cursor).await;
    assert_eq!(held.len(), 24);
}

#[tokio::test]
async fn a_cursor_that_is_none_and_one_from_the_future_are_refused() {
    let desk = Desk::open().await;
    for bad in [
        "since=x",
        "since=c-1",
        "limit=0",
        "limit=101",
        "limit=x",
        "state=secret",
        "section=%00",
        "desk=shut",
        "since=c0&wait=31",
        "since=c0&wait=-1",
    ] {
        let answer = desk.app(Method::GET, &format!("/api/v1/stories?{bad}")).send().await.unwrap();
        assert_eq!(refusal(answer).await.0, 400, "{bad}");
    }
    let ahead = desk.app(Method::GET, "/api/v1/stories?since=c999").send().await.unwrap();
    assert_eq!(refusal(ahead).await.1, "moved-on");
}

#[tokio::test]
async fn lists_notes_comments_tags_and_the_queue_are_not_sent_again_when_the_client_has_them() {
    let desk = Desk::open_with(|options| Options { seed: true, ..options }).await;
    let story = payload("একবারই পাঠানো");
    desk.publish(&story).await;
    let id = story["story"].as_str().unwrap();
    let of_story = ["revisions", "notes", "comments"].map(|part| format!("/api/v1/stories/{id}/{part}"));
    let lists = ["/api/v1/stories", "/api/v1/tags?query=x", "/api/v1/theme"].map(str::to_owned);
    for path in of_story.into_iter().chain(lists) {
        let first = desk.app(Method::GET, &path).send().await.unwrap();
        assert_eq!(first.status(), 200, "{path}");
        let etag = first.headers()["etag"].clone();
        let again = desk.app(Method::GET, &path).header("if-none-match", &etag).send().await.unwrap();
        assert_eq!((again.status().as_u16(), again.headers()["etag"].clone()), (304, etag), "{path}");
        assert!(again.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn versions_are_listed_newest_first_with_the_one_that_readers_have() {
    let desk = Desk::open().await;
    let story = payload("প্রথম রূপ");
    desk.publish(&story).await;
    let mut next = story.clone();
    next["headline"] = json!("দ্বিতীয় রূপ");
    desk.replace(&next).await;
    let path = format!("/api/v1/stories/{}/revisions", story["story"].as_str().unwrap());
    let items = get(&desk, &path).await["items"].clone();
    let shown = |index: usize| (items[index]["revision"].clone(), items[index]["hash"].clone());
    assert_eq!(shown(0), (json!(2), json!(hash(&next))));
    assert_eq!(shown(1), (json!(1), json!(hash(&story))));
    assert_eq!((&items[0]["live"], &items[1]["live"]), (&json!(false), &json!(true)));
    assert_eq!(items[0]["author"], "desk");
}

#[tokio::test]
async fn tags_are_found_by_a_part_and_in_either_spelling_and_signs_mean_nothing() {
    let desk = Desk::open().await;
    for (headline, tags) in
        [("ক", json!(["সড়ক", "নদী"])), ("খ", json!(["সড়ক", "100%"])), ("গ", json!(["a_b"]))]
    {
        let mut story = payload(headline);
        story["tags"] = tags;
        assert_eq!(desk.create(&story).await.status(), 201);
    }
    let found = async |query: &str| {
        let escaped: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = get(&desk, &format!("/api/v1/tags?query={escaped}")).await;
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|item| item["tag"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("").await, ["সড়ক", "100%", "a_b", "নদী"]);
    // The letter as two code points finds the letter as one.
    assert_eq!(found("স\u{9a1}\u{9bc}").await, ["সড়ক"]);
    assert_eq!(found("%").await, ["100%"]);
    assert_eq!(found("_").await, ["a_b"]);
    assert_eq!(found("নাই").await, Vec::<String>::new());
}
