//! Going wrong on purpose goes wrong in the way that was asked for.

use std::time::{Duration, Instant};

use khosra_newsite::{Faults, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, new_id, payload, png, refusal, with_photo};

#[tokio::test]
async fn a_database_error_with_status_200_comes_so_often_as_was_asked() {
    let desk = Desk::open().await;
    desk.fault("sql-error:1");
    let answer = desk.app(Method::GET, "/api/v1/me").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().starts_with("Error!: SQLSTATE[42S22]"));
    assert_eq!(desk.app(Method::GET, "/api/v1/me").send().await.unwrap().status(), 200);
    assert!(desk.portal.faults().specs().is_empty());
    // Readers are not meant by it.
    desk.fault("sql-error");
    assert!(!desk.page("/").await.1.contains("SQLSTATE"));
}

#[tokio::test]
async fn statuses_log_in_pages_and_redirects_take_the_answers_place_and_change_nothing() {
    let desk = Desk::open().await;
    let story = payload("কিছুই বদলায়নি");
    for (fault, status) in [("status=503:1", 503), ("login-page:1", 200), ("redirect:1", 302)] {
        desk.fault(fault);
        let answer = desk.create(&story).await;
        assert_eq!(answer.status(), status, "{fault}");
        assert_ne!(
            answer.headers().get("content-type").map(|kind| kind.as_bytes()),
            Some(b"application/json".as_slice())
        );
        let path = format!("/api/v1/stories/{}", story["story"].as_str().unwrap());
        assert_eq!(desk.app(Method::GET, &path).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn a_dropped_answer_is_no_answer_but_the_deed_is_done() {
    let desk = Desk::open().await;
    let story = payload("উত্তর হারিয়ে গেছে");
    desk.fault("drop-answer=1");
    let path = format!("/api/v1/stories/{}", story["story"].as_str().unwrap());
    let lost = desk.app(Method::PUT, &path).header("if-none-match", "*").json(&story).send().await;
    assert!(lost.is_err());
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["revision"], 1);
    assert_eq!(desk.create(&story).await.status(), 200);
}

#[tokio::test]
async fn a_cut_body_has_its_head_and_so_many_bytes() {
    let desk = Desk::open().await;
    desk.fault("cut-body=10:1");
    let mut answer = desk.app(Method::GET, "/api/v1/sections").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let mut came = Vec::new();
    let broken = loop {
        match answer.chunk().await {
            Ok(Some(bytes)) => came.extend(bytes),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken);
    assert_eq!(came, b"{\"sections");
}

#[tokio::test]
async fn latency_is_waited_for() {
    let desk = Desk::open().await;
    desk.fault("latency=200:1");
    let start = Instant::now();
    desk.app(Method::GET, "/api/v1/").send().await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn credits_are_dropped_from_what_is_read_back() {
    let desk = Desk::open().await;
    desk.fault("drop-credit");
    let story = with_photo("ছবির কৃতিত্ব", &png());
    assert_eq!(desk.create(&story).await.status(), 201);
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!(kept["payload"]["photos"][0]["credit"], "");
    assert_eq!(kept["payload"]["photos"][0]["caption"], story["photos"][0]["caption"]);
}

#[tokio::test]
async fn readers_miss_a_page_when_told_so() {
    let desk = Desk::open().await;
    let receipt = desk.publish(&payload("হারানো পাতা")).await;
    let path = receipt["public_url"].as_str().unwrap().strip_prefix(&desk.portal.url()).unwrap().to_owned();
    desk.fault("public-404");
    assert_eq!(desk.page(&path).await.0, 404);
    desk.fault("latency=0");
    assert_eq!(desk.page(&path).await.0, 200);
}

#[tokio::test]
async fn faults_are_changed_over_http_only_with_the_secret_of_the_run() {
    let closed = Desk::open().await;
    assert_eq!(closed.portal.control_secret(), None);
    assert_eq!(closed.plain(Method::GET, "/control/faults").send().await.unwrap().status(), 404);

    let desk = Desk::open_with(|options| Options {
        control: true,
        fault: Faults::parse(&["status=500:1@/nothing"]).unwrap(),
        ..options
    });
    let desk = desk.await;
    assert_eq!(refusal(desk.app(Method::GET, "/control/faults").send().await.unwrap()).await.0, 401);
    let secret = desk.portal.control_secret().unwrap();
    let put = |faults: Value| {
        let request = desk.plain(Method::PUT, "/control/faults").bearer_auth(secret);
        request.json(&json!({ "faults": faults })).send()
    };
    let listed = desk.plain(Method::GET, "/control/faults").bearer_auth(secret).send().await.unwrap();
    assert_eq!(listed.json::<Value>().await.unwrap()["faults"], json!(["status=500:1@/nothing"]));
    assert_eq!(put(json!(["status=429"])).await.unwrap().status(), 200);
    assert_eq!(desk.app(Method::GET, "/api/v1/me").send().await.unwrap().status(), 429);
    assert_eq!(refusal(put(json!(["explode"])).await.unwrap()).await.0, 422);
    assert_eq!(put(json!([])).await.unwrap().status(), 200);
    assert_eq!(
        desk.app(Method::GET, &format!("/api/v1/stories/{}", new_id())).send().await.unwrap().status(),
        404
    );
}
