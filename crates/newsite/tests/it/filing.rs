//! Filing: a story is handed to the desk, and readers get nothing of it.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use story::Role;

use crate::desk::{Desk, hash, new_id, payload, refusal};

async fn file(desk: &Desk, token: &str, story: &Value) -> Response {
    let path = format!("/api/v1/stories/{}/transitions", story["story"].as_str().unwrap());
    let body = json!({ "command": "file", "hash": hash(story), "note": "" });
    let request = desk.plain(Method::POST, &path).bearer_auth(token).header("idempotency-key", new_id());
    request.json(&body).send().await.unwrap()
}

async fn write(desk: &Desk, token: &str, story: &Value) -> Response {
    let path = format!("/api/v1/stories/{}", story["story"].as_str().unwrap());
    let request = desk.plain(Method::PUT, &path).bearer_auth(token).header("if-none-match", "*");
    request.json(story).send().await.unwrap()
}

#[tokio::test]
async fn a_correspondent_files_their_own_story_and_readers_get_nothing_of_it() {
    let desk = Desk::open().await;
    let token = desk.token_of(Role::Correspondent).await;
    let story = payload("ডেস্কে জমা");
    assert_eq!(write(&desk, &token, &story).await.status(), 201);
    let answer = file(&desk, &token, &story).await;
    assert_eq!(answer.status(), 200);
    let receipt: Value = answer.json().await.unwrap();
    assert_eq!((&receipt["state"], &receipt["desk"]), (&json!("never"), &json!("filed")));
    assert_eq!((&receipt["hash"], &receipt["public_url"]), (&json!(hash(&story)), &Value::Null));
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["desk"], &kept["filed_hash"]), (&json!("filed"), &json!(hash(&story))));
    assert!(!desk.page("/").await.1.contains("ডেস্কে জমা"));
    assert!(!desk.page("/feed.xml").await.1.contains("ডেস্কে জমা"));
}

#[tokio::test]
async fn nobody_files_in_another_correspondents_name_and_an_administrator_files_nothing() {
    let desk = Desk::open().await;
    let story = payload("অন্যের লেখা");
    assert_eq!(desk.create(&story).await.status(), 201);
    for role in [Role::Correspondent, Role::Admin] {
        let answer = file(&desk, &desk.token_of(role).await, &story).await;
        assert_eq!(refusal(answer).await.1, "forbidden", "{role:?}");
    }
    assert_eq!(file(&desk, &desk.token_of(Role::SubEditor).await, &story).await.status(), 200);
}

#[tokio::test]
async fn a_filed_story_that_the_desk_changes_is_in_edit_and_a_correction_can_be_filed_while_live() {
    let desk = Desk::open().await;
    let token = desk.token_of(Role::Correspondent).await;
    let story = payload("জমার পর সম্পাদনা");
    assert_eq!(write(&desk, &token, &story).await.status(), 201);
    assert_eq!(file(&desk, &token, &story).await.status(), 200);
    let mut next = story.clone();
    next["headline"] = json!("সম্পাদিত শিরোনাম");
    desk.replace(&next).await;
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["desk"], "in_edit");
    assert_eq!(refusal(file(&desk, &token, &story).await).await.1, "moved-on");
    desk.done(&next, "publish", json!({})).await;
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["desk"], "approved");
    assert_eq!(file(&desk, &token, &next).await.status(), 200);
    let kept = desk.look_up(story["story"].as_str().unwrap()).await;
    assert_eq!((&kept["state"], &kept["desk"]), (&json!("live"), &json!("filed")));
}
