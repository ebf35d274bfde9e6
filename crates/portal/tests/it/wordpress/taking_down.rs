//! What readers have is taken from them.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use khosra_portal::{Act, RemoteState, TakingDown, Unless, take_down};
use reqwest::Method;
use serde_json::{Value, json};
use story::Cause;

use super::{
    site::{forward, site},
    stories::Intent,
};
use crate::server::Reply;

#[tokio::test]
async fn a_withdrawn_story_leaves_the_readers_and_comes_back_when_it_is_published_again() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let portal = site.portal_at(url, "editor").await;
        let intent = Intent::publish("বাঁধ নিয়ে শঙ্কা");
        let receipt = intent.deliver(&*portal, false).await.unwrap();
        for _ in 0..2 {
            let done = intent.transition(&*portal, Act::Withdraw).await.unwrap();
            assert_eq!((done.state, done.public_url), (RemoteState::Withdrawn, None));
        }
        assert_eq!(portal.public_page(&receipt.public_url).await.unwrap_err().cause, Cause::NotFound);
        let remote = portal.look_up(intent.story()).await.unwrap().unwrap();
        assert_eq!((remote.state, &remote.hash), (RemoteState::Withdrawn, &intent.hash()));
        assert_eq!(intent.deliver(&*portal, true).await.unwrap_err().cause, Cause::ChangedOnPortal);
        assert_eq!(intent.deliver(&*portal, false).await.unwrap().public_url, receipt.public_url);
    }
}

#[tokio::test]
async fn a_killed_story_never_comes_back_by_itself() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let portal = site.portal_at(url, "editor").await;
        let intent = Intent::publish("ভুল খবর");
        let receipt = intent.deliver(&*portal, false).await.unwrap();
        for _ in 0..2 {
            assert_eq!(intent.transition(&*portal, Act::Kill).await.unwrap().state, RemoteState::Killed);
        }
        assert!(portal.public_page(&receipt.public_url).await.is_err());
        for maybe_sent in [true, false] {
            let failure = intent.deliver(&*portal, maybe_sent).await.unwrap_err();
            assert_eq!(failure.cause, Cause::ChangedOnPortal);
        }
        let posts = site.posts(intent.story()).await;
        assert_eq!((posts.len(), &posts[0]["status"]), (1, &json!("trash")));
    }
}

#[tokio::test]
async fn a_scheduled_story_that_is_withdrawn_is_a_draft_again() {
    let site = site!();
    let portal = site.portal("editor").await;
    let intent = Intent::publish("কাল থেকে নতুন ভাড়া");
    intent.send(&*portal, Unless::Exists).await.unwrap();
    let at = super::publishing::now() + TimeDelta::hours(3);
    intent.transition_at(&*portal, Act::Schedule, Some(at)).await.unwrap();
    assert_eq!(intent.transition(&*portal, Act::Withdraw).await.unwrap().state, RemoteState::NotPublic);
    assert_eq!(site.posts(intent.story()).await[0]["status"], "draft");
    assert!(intent.deliver(&*portal, false).await.is_ok());
}

#[tokio::test]
async fn what_somebody_took_down_in_wordpress_is_seen_as_taken_down() {
    let site = site!();
    let portal = site.portal("editor").await;
    let intent = Intent::publish("হাতে নামানো খবর");
    intent.deliver(&*portal, false).await.unwrap();
    let id = site.posts(intent.story()).await[0]["id"].clone();
    // WordPress counts in seconds.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    site.by_hand("editor", Method::POST, &format!("posts/{id}"), json!({"status": "draft"})).await;
    assert_eq!(portal.look_up(intent.story()).await.unwrap().unwrap().state, RemoteState::Withdrawn);
    site.by_hand("editor", Method::DELETE, &format!("posts/{id}"), Value::Null).await;
    assert_eq!(portal.look_up(intent.story()).await.unwrap().unwrap().state, RemoteState::Killed);
    assert_eq!(intent.deliver(&*portal, false).await.unwrap_err().cause, Cause::ChangedOnPortal);
}

#[tokio::test]
async fn a_draft_that_was_written_again_later_was_never_public() {
    let site = site!();
    let portal = site.portal("contributor").await;
    let first = Intent::publish("প্রথম খসড়া");
    let copy = first.send(&*portal, Unless::Exists).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let second = first.then(Act::File, |payload| payload.headline = "দ্বিতীয় খসড়া".into());
    second.send(&*portal, Unless::OtherThan(copy.etag)).await.unwrap();
    second.transition(&*portal, Act::File).await.unwrap();
    let remote = portal.look_up(first.story()).await.unwrap().unwrap();
    assert_eq!((remote.state, remote.hash), (RemoteState::NotPublic, second.hash()));
}

#[tokio::test]
async fn with_the_companion_a_publication_that_arrives_after_the_withdrawal_is_refused() {
    let site = site!();
    let held_up = Arc::new(Mutex::new(None));
    let line = Arc::clone(&held_up);
    let proxy = site
        .behind(&site.url_with_companion, move |request, forward| {
            if String::from_utf8_lossy(&request.body).contains(r#""status":"publish""#) {
                *line.lock().unwrap() = Some(request.clone());
                return Reply::Cut;
            }
            Reply::Raw(forward(request))
        })
        .await;
    let portal = site.portal_at(&proxy.url, "editor").await;
    let intent = Intent::publish("পথে আটকে থাকা খবর");
    assert!(!intent.deliver(&*portal, false).await.unwrap_err().nothing_done);
    let down = TakingDown {
        key: intent.key,
        story: intent.story(),
        act: Act::Withdraw,
        headline: &intent.payload.headline,
        note: "",
        consent: None,
        maybe_coming: true,
    };
    assert_eq!(take_down(&*portal, &down).await.unwrap().state, RemoteState::NotPublic);

    let late = held_up.lock().unwrap().take().unwrap();
    let upstream = site.url_with_companion.trim_start_matches("http://").trim_end_matches('/');
    let answer = forward(upstream, &late);
    assert!(answer.starts_with(b"HTTP/1.1 412"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(site.posts(intent.story()).await[0]["status"], "draft");
    // Who looks first may publish it.
    let again = site.portal_at(&site.url_with_companion, "editor").await;
    assert!(intent.deliver(&*again, false).await.is_ok());
}
