//! The working copy: conditions, entity tags, bodies that cannot be taken.

use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, hash, new_id, payload, refusal};

#[tokio::test]
async fn the_same_bytes_twice_are_one_revision_and_the_same_answer() {
    let desk = Desk::open().await;
    let story = payload("সড়ক খুলেছে");
    let first = desk.create(&story).await;
    assert_eq!(first.status(), 201);
    let first: Value = first.json().await.unwrap();
    let second = desk.create(&story).await;
    assert_eq!(second.status(), 200);
    assert_eq!(second.json::<Value>().await.unwrap(), first);
    assert_eq!((first["revision"].as_i64(), first["state"].as_str()), (Some(1), Some("never")));
    assert_eq!(first["hash"], hash(&story));
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!(kept["payload"], story);
    assert_eq!(kept["live_hash"], Value::Null);
}

#[tokio::test]
async fn a_copy_is_replaced_only_by_who_knows_it() {
    let desk = Desk::open().await;
    let story = payload("সড়ক খুলেছে");
    let path = format!("/api/v1/stories/{}", story["story"].as_str().unwrap());
    let etag = desk.create(&story).await.json::<Value>().await.unwrap()["etag"].as_str().unwrap().to_owned();
    let mut next = story.clone();
    next["headline"] = json!("সড়ক আবার বন্ধ");
    let put = || desk.app(Method::PUT, &path).json(&next);
    assert_eq!(refusal(put().send().await.unwrap()).await.0, 428);
    assert_eq!(refusal(put().header("if-none-match", "*").send().await.unwrap()).await.1, "changed-here");
    assert_eq!(refusal(put().header("if-match", "\"9-old\"").send().await.unwrap()).await.0, 412);
    let replaced = put().header("if-match", &etag).send().await.unwrap();
    assert_eq!(replaced.status(), 200);
    let replaced: Value = replaced.json().await.unwrap();
    assert_eq!(replaced["revision"], 2);
    // The answer was lost; the same request comes again with the tag of before.
    let again = put().header("if-match", &etag).send().await.unwrap();
    assert_eq!(again.json::<Value>().await.unwrap(), replaced);
    let mut third = next.clone();
    third["headline"] = json!("তৃতীয়");
    let late = desk.app(Method::PUT, &path).header("if-match", etag).json(&third).send().await.unwrap();
    assert_eq!(refusal(late).await.0, 412);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_its_place() {
    let desk = Desk::open().await;
    let mut story = payload("ক");
    story["section"] = json!("weather");
    story["slug"] = json!("../x");
    story["headline"] = json!("ক".repeat(1_000_000));
    let (status, _, pointers) = refusal(desk.create(&story).await).await;
    assert_eq!(status, 422);
    assert_eq!(pointers, ["/headline", "/section", "/slug"]);
    let story = payload("ক");
    let path = format!("/api/v1/stories/{}", new_id());
    let elsewhere = desk.app(Method::PUT, &path).header("if-none-match", "*").json(&story);
    assert_eq!(refusal(elsewhere.send().await.unwrap()).await.2, ["/story"]);
}

#[tokio::test]
async fn bodies_of_every_wrong_kind_get_the_right_refusal() {
    let desk = Desk::open().await;
    let path = format!("/api/v1/stories/{}", new_id());
    let put = |kind: &str, body: Vec<u8>| {
        let request = desk.app(Method::PUT, &path).header("if-none-match", "*").header("content-type", kind);
        request.body(body).send()
    };
    let json = "application/json; charset=utf-8";
    let cases: [(&str, Vec<u8>, u16); 7] = [
        (json, b"{\"story\":".to_vec(), 400),
        (json, b"\xff\xfe".to_vec(), 400),
        (json, b"[]".to_vec(), 422),
        (json, b"{\"story\": NaN}".to_vec(), 400),
        (json, "[".repeat(100_000).into_bytes(), 422),
        ("text/html", b"<p>".to_vec(), 415),
        (json, vec![b' '; 8_000_001], 413),
    ];
    for (kind, body, status) in cases {
        let start = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
        assert_eq!(refusal(put(kind, body).await.unwrap()).await.0, status, "{start}");
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems_too() {
    let desk = Desk::open().await;
    for path in ["/api/v1/stories/not-an-id", "/api/v1/nothing", "/api/v2/x/y", "/api/v1/stories/x/y/z"] {
        assert_eq!(refusal(desk.app(Method::GET, path).send().await.unwrap()).await.0, 404, "{path}");
    }
    let answer = desk.app(Method::DELETE, "/api/v1/sections").send().await.unwrap();
    assert_eq!(answer.headers()["allow"], "GET,HEAD");
    assert_eq!(refusal(answer).await.0, 405);
    let unknown = desk.app(Method::GET, &format!("/api/v1/stories/{}", new_id())).send().await.unwrap();
    assert_eq!(refusal(unknown).await.1, "not-found");
}

#[tokio::test]
async fn sections_and_lists_are_not_sent_again_when_the_client_has_them() {
    let desk = Desk::open().await;
    for path in ["/api/v1/sections", "/api/v1/lists/latest", "/api/v1/lists/popular"] {
        let first = desk.app(Method::GET, path).send().await.unwrap();
        assert_eq!(first.status(), 200);
        let etag = first.headers()["etag"].clone();
        let again = desk.app(Method::GET, path).header("if-none-match", etag).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
        let other = desk.app(Method::GET, path).header("if-none-match", "\"x\"").send().await.unwrap();
        assert_eq!(other.status(), 200);
    }
}
