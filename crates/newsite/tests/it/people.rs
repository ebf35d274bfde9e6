//! The people of a newsroom, each with an account of their own.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::desk::{Desk, hash, new_id, refusal};

pub struct Person<'a> {
    desk: &'a Desk,
    token: String,
}

impl<'a> Person<'a> {
    /// Somebody of the demo accounts, signed in.
    pub async fn named(desk: &'a Desk, user: &str) -> Self {
        let account = desk.portal.accounts().iter().find(|account| account.user == user).unwrap();
        Self { desk, token: desk.sign_in(user, &account.password).await }
    }

    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.desk.plain(method, path).bearer_auth(&self.token)
    }

    /// Puts the story there, or another text in its place.
    pub async fn write(&self, story: &Value) {
        let path = format!("/api/v1/stories/{}", id(story));
        let there = self.ask(Method::GET, &path).send().await.unwrap();
        let request = self.ask(Method::PUT, &path).json(story);
        let request = match there.headers().get("etag") {
            Some(tag) => request.header("if-match", tag),
            None => request.header("if-none-match", "*"),
        };
        let status = request.send().await.unwrap().status();
        assert!(status.is_success(), "{status}");
    }

    /// The request for a command, under a key of its own.
    pub fn order(&self, story: &Value, command: &str, more: Value) -> RequestBuilder {
        let mut body = json!({ "command": command, "hash": hash(story), "note": "" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let request = self.ask(Method::POST, &format!("/api/v1/stories/{}/transitions", id(story)));
        request.header("idempotency-key", new_id()).json(&body)
    }

    /// The receipt for a command that is carried out.
    pub async fn done(&self, story: &Value, command: &str, more: Value) -> Value {
        let answer = self.order(story, command, more).send().await.unwrap();
        let (status, body) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(status, 200, "{command}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// How a command is refused.
    pub async fn refused(&self, story: &Value, command: &str, more: Value) -> String {
        refusal(self.order(story, command, more).send().await.unwrap()).await.1
    }

    pub async fn ask_for_lease(&self, story: &Value, wish: Value) -> Response {
        let path = format!("/api/v1/stories/{}/lease", id(story));
        self.ask(Method::POST, &path).json(&wish).send().await.unwrap()
    }

    /// Takes the lease; its token.
    pub async fn hold(&self, story: &Value, device: &str) -> String {
        let answer = self.ask_for_lease(story, json!({ "device": device })).await;
        assert_eq!(answer.status(), 201);
        answer.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned()
    }
}

pub fn id(story: &Value) -> &str {
    story["story"].as_str().unwrap()
}

/// The story with another headline.
pub fn rewritten(story: &Value, headline: &str) -> Value {
    let mut next = story.clone();
    next["headline"] = json!(headline);
    next
}

/// A reason to give a story back.
pub fn because() -> Value {
    json!({ "note": "সূত্রের নাম ও দ্বিতীয় উৎস দরকার" })
}
