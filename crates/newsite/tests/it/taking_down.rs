//! Withdrawal, which can be undone, and killing, which cannot.

use reqwest::Response;
use serde_json::{Value, json};

use crate::desk::{Desk, hash, new_id, payload, refusal};

const WHY: &str = "আদালতের আদেশ";

fn because() -> Value {
    json!({ "note": WHY })
}

async fn out(desk: &Desk, headline: &str) -> (Value, String) {
    let story = payload(headline);
    let receipt = desk.publish(&story).await;
    let path = desk.path_of(&receipt["public_url"]);
    (story, path)
}

#[tokio::test]
async fn a_killed_story_is_gone_for_ever_and_no_command_brings_it_back() {
    let desk = Desk::open().await;
    let (story, path) = out(&desk, "চিরতরে সরানো").await;
    let receipt = desk.done(&story, "kill", because()).await;
    assert_eq!((&receipt["state"], &receipt["hash"]), (&json!("killed"), &json!(hash(&story))));
    for command in ["publish", "correct", "schedule", "withdraw", "kill", "file", "take", "return", "recall"]
    {
        let more = if command == "schedule" { json!({ "at": "2026-11-25T00:00:00Z" }) } else { because() };
        assert_eq!(refusal(desk.give(&story, command, more).await).await.1, "out-of-turn", "{command}");
    }
    let desk = desk.restart_at("2027-11-24T09:30:00Z").await;
    let (status, page) = desk.page(&path).await;
    assert_eq!(status, 410);
    assert!(!page.contains("চিরতরে সরানো") && !page.contains(WHY));
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["state"], &kept["live_hash"]), (&json!("killed"), &Value::Null));
    for address in ["/", "/feed.xml", "/sitemap.xml", "/s/bangladesh-districts"] {
        assert!(!desk.page(address).await.1.contains("চিরতরে সরানো"), "{address}");
    }
}

#[tokio::test]
async fn a_kill_needs_its_reason() {
    let desk = Desk::open().await;
    let (story, path) = out(&desk, "কারণ ছাড়া").await;
    for note in ["", "  \n"] {
        let (status, _, pointers) = refusal(desk.give(&story, "kill", json!({ "note": note })).await).await;
        assert_eq!((status, pointers), (422, vec!["/note".to_owned()]));
    }
    assert_eq!(desk.page(&path).await.0, 200);
}

#[tokio::test]
async fn a_kill_reaches_scheduled_and_withdrawn_stories_and_closes_the_preview() {
    let desk = Desk::open().await;
    let waiting = payload("অপেক্ষায় থাকা");
    let copy: Value = desk.create(&waiting).await.json().await.unwrap();
    desk.done(&waiting, "schedule", json!({ "at": "2026-11-24T11:00:00Z" })).await;
    assert_eq!(desk.done(&waiting, "kill", because()).await["state"], "killed");
    desk.set_clock("2026-11-24T12:00:00Z");
    assert_eq!(desk.look_up(waiting["story"].as_str().unwrap()).await["state"], "killed");
    assert_eq!(desk.page(&desk.path_of(&copy["preview_url"])).await.0, 410);
    let short = waiting["story"].as_str().unwrap().rsplit('-').next().unwrap();
    assert_eq!(desk.page(&format!("/bangladesh-districts/2026/{short}-x")).await.0, 410);

    let (story, path) = out(&desk, "আগেই প্রত্যাহৃত").await;
    desk.done(&story, "withdraw", json!({})).await;
    assert_eq!(desk.done(&story, "kill", because()).await["state"], "killed");
    assert_eq!(desk.page(&path).await.0, 410);

    let never = payload("কখনো প্রকাশিত নয়");
    assert_eq!(desk.create(&never).await.status(), 201);
    assert_eq!(desk.done(&never, "kill", because()).await["state"], "killed");
    assert_eq!(refusal(desk.give(&never, "publish", json!({})).await).await.1, "out-of-turn");
}

/// Gives the command as somebody decided on it who saw the story under this tag.
async fn late(desk: &Desk, story: &Value, command: &str, tag: &str) -> Response {
    desk.order(story, command, &new_id()).header("if-match", tag).send().await.unwrap()
}

#[tokio::test]
async fn what_was_decided_before_a_taking_down_and_arrives_after_it_does_nothing() {
    let desk = Desk::open().await;
    let story = payload("পথে আটকে থাকা");
    let copy: Value = desk.create(&story).await.json().await.unwrap();
    let id = story["story"].as_str().unwrap();
    let mut tags = vec![copy["etag"].as_str().unwrap().to_owned()];
    for state in ["never", "withdrawn", "withdrawn"] {
        assert_eq!(desk.done(&story, "withdraw", json!({})).await["state"], state);
        for tag in &tags {
            let refused = refusal(late(&desk, &story, "publish", tag).await).await;
            assert_eq!((refused.0, &*refused.1), (412, "changed-here"), "{tag}");
        }
        assert_eq!(desk.look_up(id).await["state"], state);
        let tag = desk.look_up(id).await["etag"].as_str().unwrap().to_owned();
        assert!(!tags.contains(&tag), "{tag}");
        // Who has seen that it was taken down may publish it again.
        let again = late(&desk, &story, "publish", &tag).await;
        assert_eq!(again.status(), 200);
        tags.push(tag);
    }
}

#[tokio::test]
async fn a_publication_does_not_change_the_tag_and_a_repeated_one_is_answered_whatever_the_tag() {
    let desk = Desk::open().await;
    let story = payload("একই চাবি, একই উত্তর");
    let copy: Value = desk.create(&story).await.json().await.unwrap();
    let tag = copy["etag"].as_str().unwrap();
    let key = new_id();
    let publish = || desk.order(&story, "publish", &key).header("if-match", tag).send();
    let first = publish().await.unwrap().text().await.unwrap();
    let id = story["story"].as_str().unwrap();
    assert_eq!(desk.look_up(id).await["etag"], tag);
    desk.done(&story, "withdraw", json!({})).await;
    // It is the answer of then, and no second publication.
    assert_eq!(publish().await.unwrap().text().await.unwrap(), first);
    assert_eq!(desk.look_up(id).await["state"], "withdrawn");
}

#[tokio::test]
async fn what_is_out_of_sight_is_taken_down_by_the_version_that_may_be_on_its_way() {
    let desk = Desk::open().await;
    let (story, _) = out(&desk, "আগে ছিল").await;
    desk.done(&story, "withdraw", json!({})).await;
    let mut next = story.clone();
    next["headline"] = json!("আবার আসছিল");
    desk.replace(&next).await;
    for version in [&story, &next] {
        assert_eq!(desk.done(version, "withdraw", json!({})).await["hash"], json!(hash(version)));
    }
}

#[tokio::test]
async fn a_taking_down_names_what_readers_have_and_not_what_was_written_since() {
    let desk = Desk::open().await;
    let (story, path) = out(&desk, "পাঠকের হাতে").await;
    let mut next = story.clone();
    next["headline"] = json!("নতুন খসড়া");
    desk.replace(&next).await;
    for command in ["withdraw", "kill"] {
        assert_eq!(refusal(desk.give(&next, command, because()).await).await.1, "moved-on", "{command}");
    }
    assert_eq!(desk.page(&path).await.0, 200);
    let receipt = desk.done(&story, "kill", because()).await;
    assert_eq!((receipt["revision"].as_i64(), receipt["hash"].as_str()), (Some(1), Some(&*hash(&story))));
}
