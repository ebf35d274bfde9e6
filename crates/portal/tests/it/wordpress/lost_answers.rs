//! The line breaks after WordPress has done what it was asked: still one post and one photo.

use std::sync::{Arc, Mutex};

use khosra_portal::{Act, Portal, RemoteState, Unless, outcome};
use reqwest::Method;
use serde_json::{Value, json};
use story::{Cause, Outcome};

use super::{
    site::{Site, site},
    stories::{Intent, photo, send_photo},
};
use crate::server::{Reply, Server};

/// A line that swallows the next answers to requests of this kind.
async fn bad_line(site: &Site, url: &str, method: &'static str, path: &'static str, times: usize) -> Server {
    let left = Arc::new(Mutex::new(times));
    site.behind(url, move |request, forward| {
        let answer = forward(request);
        let mut left = left.lock().unwrap();
        if *left > 0 && request.method == method && request.path.contains(path) {
            *left -= 1;
            return Reply::Cut;
        }
        Reply::Raw(answer)
    })
    .await
}

async fn deliver_till_done(intent: &Intent, portal: &dyn Portal) -> usize {
    for attempt in 0..6 {
        match intent.deliver(portal, attempt > 0).await {
            Ok(_) => return attempt,
            Err(failure) => assert!(matches!(outcome(&failure), Outcome::Unknown { .. }), "{failure}"),
        }
    }
    panic!("never done");
}

#[tokio::test]
async fn a_lost_answer_to_the_first_creation_leaves_one_post() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let line = bad_line(site, url, "POST", "/wp/v2/posts", 2).await;
        let portal = site.portal_at(&line.url, "author").await;
        let intent = Intent::publish("লাইন কেটে গেল");
        assert!(deliver_till_done(&intent, &*portal).await > 0);
        let posts = site.posts(intent.story()).await;
        assert_eq!((posts.len(), &posts[0]["status"]), (1, &json!("publish")), "{url}");
    }
}

#[tokio::test]
async fn a_lost_answer_to_a_correction_is_found_done() {
    let site = site!();
    let portal = site.portal("author").await;
    let first = Intent::publish("সংশোধনের আগে");
    first.deliver(&*portal, false).await.unwrap();
    let line = bad_line(site, &site.url, "POST", "/wp/v2/posts/", 1).await;
    let portal = site.portal_at(&line.url, "author").await;
    let second = first.then(Act::Correct, |payload| payload.headline = "সংশোধনের পরে".into());
    let failure = second.deliver(&*portal, false).await.unwrap_err();
    assert!(matches!(outcome(&failure), Outcome::Unknown { why: Cause::CutOff, .. }), "{failure}");
    assert!(second.deliver(&*portal, true).await.unwrap().was_there);
}

#[tokio::test]
async fn copies_that_came_to_be_are_healed_by_the_next_look() {
    let site = site!();
    let portal = site.portal("author").await;
    let intent = Intent::publish("দুবার লেখা");
    intent.send(&*portal, Unless::Exists).await.unwrap();
    let post = site.posts(intent.story()).await[0].clone();
    // What a retried request that was only slow leaves behind.
    let mut again = json!({"status": "draft"});
    for field in ["title", "content", "excerpt"] {
        again[field] = post[field]["raw"].clone();
    }
    for field in ["categories", "tags", "featured_media"] {
        again[field] = post[field].clone();
    }
    for _ in 0..2 {
        site.by_hand("author", Method::POST, "posts", again.clone()).await;
    }
    assert_eq!(site.posts(intent.story()).await.len(), 3);
    let remote = portal.look_up(intent.story()).await.unwrap().unwrap();
    assert_eq!((remote.hash, remote.state), (intent.hash(), RemoteState::NotPublic));
    let posts = site.posts(intent.story()).await;
    let states: Vec<&Value> = posts.iter().map(|post| &post["status"]).collect();
    assert_eq!(states, ["draft", "trash", "trash"], "the oldest stays");
    intent.deliver(&*portal, true).await.unwrap();
}

#[tokio::test]
async fn a_lost_answer_to_an_upload_leaves_one_photo() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let line = bad_line(site, url, "POST", "/wp/v2/media", 1).await;
        let portal = site.portal_at(&line.url, "author").await;
        let (bytes, of_it) = photo("একটিই ছবি", true);
        let failure = send_photo(&*portal, &bytes, &of_it).await.unwrap_err();
        assert_eq!(failure.cause, Cause::CutOff);
        send_photo(&*portal, &bytes, &of_it).await.unwrap();
        let path = format!("media?search={}", of_it.sha256);
        assert_eq!(site.by_hand("admin", Method::GET, &path, Value::Null).await.as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_same_photo_sent_twice_at_once_is_there_once() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let portal = site.portal_at(url, "author").await;
        let (bytes, of_it) = photo("একসঙ্গে দুবার", true);
        let to_send = khosra_portal::PhotoToSend {
            sha256: &of_it.sha256,
            media_type: &of_it.media_type,
            bytes: &bytes,
        };
        // Not asked for beforehand, as two machines would not know of one another.
        for _ in 0..2 {
            portal.send_photo(&to_send, &|_| ()).await.unwrap();
        }
        let path = format!("media?search={}", of_it.sha256);
        assert_eq!(site.by_hand("admin", Method::GET, &path, Value::Null).await.as_array().unwrap().len(), 1);
    }
}

/// Creates a draft with the key and says which status came back.
async fn create(site: &Site, key: &str) -> u16 {
    let url = format!("{}wp-json/wp/v2/posts", site.url_with_companion);
    let request =
        reqwest::Client::new().post(url).basic_auth("author", Some(site.password("author").expose()));
    let content = json!({"title": key, "content": key, "status": "draft"});
    request.header("idempotency-key", key).json(&content).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn six_creations_with_one_key_at_once_make_one_post_with_the_companion() {
    let site = site!();
    let intent = Intent::publish("ছয়বার একসঙ্গে");
    let key = format!("khosra-{}", intent.story());
    let once = || create(site, &key);
    let (a, b, c, d, e, f) = tokio::join!(once(), once(), once(), once(), once(), once());
    let answers = [a, b, c, d, e, f];
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [200, 201, 409].contains(status)), "{answers:?}");
    assert_eq!(once().await, 200, "later the same key gives the same answer");
    assert_eq!(site.posts(intent.story()).await.len(), 1);
}

#[tokio::test]
async fn a_creation_that_crashed_holds_its_key_for_a_while_and_not_for_ever() {
    let site = site!();
    let key = format!("khosra-{}", Intent::publish("মাঝপথে থেমে গেল").story());
    assert_eq!(create(site, &key).await, 201);
    let author = site.users["author"].id;
    let row = story::Sha256Hex::of(format!("{author}\n/wp/v2/posts\n{key}").as_bytes());
    for (claimed, due) in [("UNIX_TIMESTAMP()", 409), ("UNIX_TIMESTAMP() - 1000", 201)] {
        site.sql(&format!("UPDATE wp_khosra_keys SET post = 0, claimed = {claimed} WHERE id = '{row}'"));
        assert_eq!(create(site, &key).await, due);
    }
}

#[tokio::test]
async fn a_site_whose_search_finds_nothing_gets_no_heap_of_copies() {
    let site = site!();
    for (url, due) in [(&site.url, Err(Cause::Invalid)), (&site.url_with_companion, Ok(()))] {
        let line = site
            .behind(url, |request, forward| {
                request.headers.push(("x-test-no-search".into(), "1".into()));
                Reply::Raw(forward(request))
            })
            .await;
        let portal = site.portal_at(&line.url, "author").await;
        let intent = Intent::publish("খুঁজে পাওয়া যায় না");
        for _ in 0..2 {
            assert_eq!(intent.deliver(&*portal, true).await.map(drop).map_err(|failure| failure.cause), due);
        }
        let posts = site.posts(intent.story()).await;
        let left = posts.iter().filter(|post| post["status"] != "trash").count();
        assert_eq!(left, usize::from(due.is_ok()), "{url}");
    }
}
