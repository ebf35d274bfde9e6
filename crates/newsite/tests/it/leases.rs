//! Leases: who writes at a story is known, and nobody is stopped.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use story::Role;

use crate::desk::{Desk, payload, refusal};

struct Hand<'a> {
    desk: &'a Desk,
    user: String,
    path: String,
}

impl<'a> Hand<'a> {
    async fn of(desk: &'a Desk, role: Role, story: &Value) -> Self {
        let path = format!("/api/v1/stories/{}/lease", story["story"].as_str().unwrap());
        Self { desk, user: desk.token_of(role).await, path }
    }

    fn ask(&self, token: Option<&str>, wish: &Value) -> RequestBuilder {
        let request = self.desk.plain(Method::POST, &self.path).bearer_auth(&self.user).json(wish);
        token.into_iter().fold(request, |request, token| request.header("lease-token", token))
    }

    /// The answer to a wish that is granted, with its status.
    async fn granted(&self, token: Option<&str>, wish: Value) -> (u16, Value) {
        let answer = self.ask(token, &wish).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn refused(&self, token: Option<&str>, wish: Value) -> String {
        refusal(self.ask(token, &wish).send().await.unwrap()).await.1
    }

    async fn give_back(&self, token: &str) -> reqwest::Response {
        let request = self.desk.plain(Method::DELETE, &self.path).bearer_auth(&self.user);
        request.header("lease-token", token).send().await.unwrap()
    }
}

fn on(device: &str) -> Value {
    json!({ "device": device })
}

#[tokio::test]
async fn a_lease_lasts_five_minutes_and_its_holder_renews_it() {
    let desk = Desk::open().await;
    let story = payload("হাতে আছে");
    desk.create(&story).await;
    let farida = Hand::of(&desk, Role::SubEditor, &story).await;
    let (status, lease) = farida.granted(None, on("ল্যাপটপ")).await;
    assert_eq!((status, &lease["expires_at"]), (201, &json!("2026-11-24T09:35:00Z")));
    assert_eq!((&lease["holder"], &lease["taken_from"]), (&json!("farida"), &Value::Null));
    let shown = desk.look_up(story["story"].as_str().unwrap()).await["lease"].clone();
    assert_eq!((&shown["device"], shown.get("token")), (&json!("ল্যাপটপ"), None));

    desk.set_clock("2026-11-24T09:34:00Z");
    let (status, renewed) = farida.granted(lease["token"].as_str(), on("ল্যাপটপ")).await;
    assert_eq!((status, &renewed["expires_at"]), (200, &json!("2026-11-24T09:39:00Z")));
    assert_eq!(renewed["token"], lease["token"]);
    desk.set_clock("2026-11-24T09:39:00Z");
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["lease"], Value::Null);
    let mahbub = Hand::of(&desk, Role::Editor, &story).await;
    assert_eq!(mahbub.granted(None, on("ডেস্ক")).await.0, 201);
}

#[tokio::test]
async fn a_takeover_is_asked_for_in_so_many_words_and_names_who_had_it() {
    let desk = Desk::open().await;
    let story = payload("হাতবদল");
    desk.create(&story).await;
    let farida = Hand::of(&desk, Role::SubEditor, &story).await;
    let mahbub = Hand::of(&desk, Role::Editor, &story).await;
    let first = farida.granted(None, on("ল্যাপটপ")).await.1;
    assert_eq!(mahbub.refused(None, on("ডেস্ক")).await, "leased");
    // The same person at another machine has to say so too.
    assert_eq!(farida.refused(None, on("ফোন")).await, "leased");
    let (status, taken) = mahbub.granted(None, json!({ "device": "ডেস্ক", "takeover": true })).await;
    assert_eq!((status, &taken["taken_from"]["holder"]), (201, &json!("farida")));
    assert_eq!(farida.refused(first["token"].as_str(), on("ল্যাপটপ")).await, "leased");
    assert_eq!(refusal(farida.give_back(first["token"].as_str().unwrap()).await).await.1, "leased");
}

#[tokio::test]
async fn a_lost_answer_costs_its_holder_nothing_and_a_lease_is_given_back_twice_as_well_as_once() {
    let desk = Desk::open().await;
    let story = payload("উত্তর হারাল");
    desk.create(&story).await;
    let farida = Hand::of(&desk, Role::SubEditor, &story).await;
    let lost = farida.granted(None, on("ল্যাপটপ")).await.1;
    let (status, lease) = farida.granted(None, on("ল্যাপটপ")).await;
    assert_eq!(status, 201);
    assert_ne!(lease["token"], lost["token"]);
    let token = lease["token"].as_str().unwrap();
    for _ in 0..2 {
        assert_eq!(farida.give_back(token).await.status(), 204);
    }
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["lease"], Value::Null);
}

#[tokio::test]
async fn a_lease_stops_nobodys_writing() {
    let desk = Desk::open().await;
    let story = payload("লেখা থামে না");
    desk.create(&story).await;
    let farida = Hand::of(&desk, Role::SubEditor, &story).await;
    farida.granted(None, on("ল্যাপটপ")).await;
    let mut next = story.clone();
    next["headline"] = json!("অন্যের হাতের লেখা");
    desk.replace(&next).await;
    desk.done(&next, "publish", json!({})).await;
    assert_eq!(desk.look_up(story["story"].as_str().unwrap()).await["lease"]["holder"], "farida");
}

#[tokio::test]
async fn nobody_holds_what_they_may_not_write() {
    let desk = Desk::open().await;
    let story = payload("অন্যের সংবাদ");
    desk.create(&story).await;
    for role in [Role::Correspondent, Role::Admin] {
        let hand = Hand::of(&desk, role, &story).await;
        assert_eq!(hand.refused(None, on("ল্যাপটপ")).await, "forbidden");
    }
    let nothing = Hand::of(&desk, Role::Editor, &payload("নেই")).await;
    assert_eq!(nothing.refused(None, on("ল্যাপটপ")).await, "not-found");
}
