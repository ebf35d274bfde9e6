//! Somebody writes in WordPress what we wrote there: it is never overwritten.

use khosra_portal::{Act, Unless, outcome};
use reqwest::Method;
use serde_json::json;
use story::{Cause, Outcome, Sha256Hex};

use super::{site::site, stories::Intent};
use crate::server::Reply;

#[tokio::test]
async fn every_change_by_hand_stops_the_next_version() {
    let site = site!();
    let portal = site.portal("editor").await;
    for (name, change) in [
        ("headline", json!({"title": "হাতে লেখা শিরোনাম"})),
        ("standfirst", json!({"excerpt": "হাতে লেখা ভূমিকা"})),
        ("section", json!({"categories": [site.sections["sports"]]})),
        ("tags", json!({"tags": []})),
    ] {
        let first = Intent::publish("যন্ত্রে লেখা শিরোনাম");
        first.deliver(&*portal, false).await.unwrap();
        let id = site.posts(first.story()).await[0]["id"].clone();
        let by_hand = site.by_hand("admin", Method::POST, &format!("posts/{id}"), change).await;
        let second = first.then(Act::Correct, |payload| payload.headline = "যন্ত্রের দ্বিতীয় শিরোনাম".into());
        let failure = second.deliver(&*portal, false).await.unwrap_err();
        assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::ChangedOnPortal }, "{name}");
        let after = &site.posts(first.story()).await[0];
        for field in ["title", "excerpt", "categories", "tags", "modified_gmt"] {
            assert_eq!(after[field], by_hand[field], "{name}");
        }
        let remote = portal.look_up(first.story()).await.unwrap().unwrap();
        assert_ne!(remote.payload[name], serde_json::to_value(&first.payload).unwrap()[name]);
    }
}

#[tokio::test]
async fn what_was_written_by_hand_comes_back_as_markdown() {
    let site = site!();
    let portal = site.portal("editor").await;
    let first = Intent::publish("হাতে বদলানো লেখা");
    first.deliver(&*portal, false).await.unwrap();
    let post = site.posts(first.story()).await[0].clone();
    let content = post["content"]["raw"].as_str().unwrap().replace("বিপৎসীমার", "সতর্কসীমার");
    site.by_hand("admin", Method::POST, &format!("posts/{}", post["id"]), json!({ "content": content }))
        .await;
    let remote = portal.look_up(first.story()).await.unwrap().unwrap();
    let body = first.payload.body.replace("বিপৎসীমার", "সতর্কসীমার");
    assert_eq!(remote.payload["body"], body);
    assert_ne!(remote.hash, first.hash());
}

#[tokio::test]
async fn a_change_between_look_and_write_is_refused_with_and_without_the_companion() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let portal = site.portal_at(url, "editor").await;
        let first = Intent::publish("প্রথম খসড়া");
        let copy = first.send(&*portal, Unless::Exists).await.unwrap();
        let id = site.posts(first.story()).await[0]["id"].clone();
        site.by_hand("admin", Method::POST, &format!("posts/{id}"), json!({"title": "হাতে লেখা"})).await;
        let second = first.then(Act::Publish, |payload| payload.headline = "দ্বিতীয় খসড়া".into());
        let failure = second.send(&*portal, Unless::OtherThan(copy.etag)).await.unwrap_err();
        assert_eq!((failure.cause, failure.nothing_done), (Cause::ChangedOnPortal, true));
        assert_eq!(site.posts(first.story()).await[0]["title"]["raw"], "হাতে লেখা");
    }
}

/// The gap that stock WordPress leaves: after our own look, before our writing.
#[tokio::test]
async fn the_companion_refuses_what_came_between_our_look_and_our_writing() {
    let site = site!();
    let first = Intent::publish("প্রথম কথা");
    first.send(&*site.portal("editor").await, Unless::Exists).await.unwrap();
    let id = site.posts(first.story()).await[0]["id"].as_u64().unwrap();
    let path = format!("/wp-json/wp/v2/posts/{id}");
    let proxy = site
        .behind(&site.url_with_companion, move |request, forward| {
            if request.method == "POST" && request.path == path {
                let mut meanwhile = request.clone();
                meanwhile.headers.retain(|(name, _)| name != "if-match");
                meanwhile.body = json!({"title": "মাঝখানের কথা"}).to_string().into_bytes();
                forward(&meanwhile);
            }
            Reply::Raw(forward(request))
        })
        .await;
    let portal = site.portal_at(&proxy.url, "editor").await;
    let etag = portal.look_up(first.story()).await.unwrap().unwrap().etag;
    let second = first.then(Act::Publish, |payload| payload.headline = "দ্বিতীয় কথা".into());
    let failure = second.send(&*portal, Unless::OtherThan(etag)).await.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::ChangedOnPortal, true), "{failure}");
    assert_eq!(site.posts(first.story()).await[0]["title"]["raw"], "মাঝখানের কথা");
}

#[tokio::test]
async fn an_article_made_from_a_copy_of_ours_is_left_alone() {
    let site = site!();
    let portal = site.portal("editor").await;
    let first = Intent::publish("মূল লেখা");
    first.deliver(&*portal, false).await.unwrap();
    let content = site.posts(first.story()).await[0]["content"]["raw"].clone();
    let copied = json!({"title": "নকল থেকে নতুন লেখা", "content": content, "status": "draft"});
    let id = site.by_hand("admin", Method::POST, "posts", copied).await["id"].clone();
    let remote = portal.look_up(first.story()).await.unwrap().unwrap();
    assert_eq!(remote.hash, Sha256Hex::of(&first.bytes));
    let copy = site.by_hand("admin", Method::GET, &format!("posts/{id}"), serde_json::Value::Null).await;
    assert_eq!(copy["status"], "draft");
}

#[tokio::test]
async fn a_post_that_only_quotes_the_key_is_not_the_story() {
    let site = site!();
    let intent = Intent::publish("উদ্ধৃতি");
    let quoting =
        json!({"title": "অন্য লেখা", "content": format!("khosra-{}", intent.story()), "status": "draft"});
    site.by_hand("admin", Method::POST, "posts", quoting).await;
    assert_eq!(site.portal("editor").await.look_up(intent.story()).await.unwrap(), None);
}
