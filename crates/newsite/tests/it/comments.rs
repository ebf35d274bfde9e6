//! Readers' comments: the desk hides and shows them, and the page counts those that are shown.

use khosra_newsite::Options;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use story::Role;

use crate::desk::{Desk, new_id, payload, refusal};

async fn open() -> Desk {
    Desk::open_with(|options| Options { control: true, ..options }).await
}

async fn say(desk: &Desk, story: &str, text: &str) -> Response {
    let body = json!({ "story": story, "reader": "একজন পাঠক", "text": text });
    let secret = desk.portal.control_secret().unwrap();
    desk.plain(Method::POST, "/control/comments").bearer_auth(secret).json(&body).send().await.unwrap()
}

async fn comments(desk: &Desk, id: &str) -> Vec<Value> {
    let answer = desk.app(Method::GET, &format!("/api/v1/stories/{id}/comments")).send().await.unwrap();
    answer.json::<Value>().await.unwrap()["items"].as_array().unwrap().clone()
}

async fn hide(desk: &Desk, token: &str, id: &str, comment: &str, hidden: Value) -> Response {
    let path = format!("/api/v1/stories/{id}/comments/{comment}");
    let request = desk.plain(Method::PATCH, &path).bearer_auth(token);
    request.json(&json!({ "hidden": hidden })).send().await.unwrap()
}

/// The number beside the heading of the comments, as it is printed; none when there are none.
async fn counted(desk: &Desk, path: &str) -> Option<String> {
    let (_, page) = desk.page(path).await;
    let section = page.split("class=\"comments\"").nth(1)?.split("</section>").next()?.to_owned();
    let count = section.split("class=\"count\">").nth(1)?.split('<').next()?;
    Some(count.to_owned())
}

#[tokio::test]
async fn a_hidden_comment_is_not_counted_on_the_page_and_comes_back_when_it_is_shown() {
    let desk = open().await;
    let story = payload("পাঠকের মত");
    let path = desk.path_of(&desk.publish(&story).await["public_url"]);
    let id = story["story"].as_str().unwrap();
    for text in ["প্রথম মন্তব্য", "দ্বিতীয় মন্তব্য"] {
        assert_eq!(say(&desk, id, text).await.status(), 201);
    }
    assert_eq!(counted(&desk, &path).await.as_deref(), Some("২"));
    let listed = comments(&desk, id).await;
    assert_eq!(listed.len(), 2);
    let comment = listed[0]["id"].as_str().unwrap();
    let sub = desk.token_of(Role::SubEditor).await;
    let hidden: Value = hide(&desk, &sub, id, comment, json!(true)).await.json().await.unwrap();
    assert_eq!((&hidden["hidden"], &hidden["text"]), (&json!(true), &listed[0]["text"]));
    assert_eq!(counted(&desk, &path).await.as_deref(), Some("১"));
    assert_eq!(comments(&desk, id).await[0]["hidden"], true);
    hide(&desk, &sub, id, comment, json!(false)).await;
    assert_eq!(counted(&desk, &path).await.as_deref(), Some("২"));
}

#[tokio::test]
async fn only_the_desk_decides_and_only_about_what_is_there() {
    let desk = open().await;
    let story = payload("কার অধিকার");
    desk.publish(&story).await;
    let id = story["story"].as_str().unwrap();
    say(&desk, id, "মন্তব্য").await;
    let comment = comments(&desk, id).await[0]["id"].as_str().unwrap().to_owned();
    for role in [Role::Correspondent, Role::Admin] {
        let answer = hide(&desk, &desk.token_of(role).await, id, &comment, json!(true)).await;
        assert_eq!(refusal(answer).await.1, "forbidden", "{role:?}");
    }
    let editor = desk.token_of(Role::Editor).await;
    assert_eq!(refusal(hide(&desk, &editor, id, &new_id(), json!(true)).await).await.0, 404);
    assert_eq!(refusal(hide(&desk, &editor, &new_id(), &comment, json!(true)).await).await.0, 404);
    assert_eq!(refusal(hide(&desk, &editor, id, &comment, json!("yes")).await).await.0, 422);
    assert_eq!(comments(&desk, id).await[0]["hidden"], false);
    assert_eq!(refusal(say(&desk, &new_id(), "কোথাও নেই").await).await.0, 404);
}
