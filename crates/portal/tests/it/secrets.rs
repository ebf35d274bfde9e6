//! The token goes to the portal, and nowhere else.

use khosra_portal::{ConnectError, Credentials, PhotoToSend, Secret, sign_in};
use serde_json::json;
use story::{Cause, Sha256Hex};

use crate::{
    server::{Answer, Server, TOKEN, address},
    shelf::story_id,
};

#[tokio::test]
async fn a_portal_that_echoes_the_token_does_not_bring_it_into_the_details() {
    let echo = format!("denied: Authorization: Bearer {TOKEN}");
    for (status, media_type) in [(401, "text/plain"), (200, "application/json"), (500, "text/html")] {
        let server = Server::always(Answer::new(status, media_type, echo.clone())).await;
        let failure = server.portal().look_up(story_id()).await.unwrap_err();
        assert!(failure.detail.contains("denied"), "{failure}");
        assert!(!format!("{failure:?} {failure}").contains(TOKEN));
    }
}

#[tokio::test]
async fn details_are_cut_at_two_thousand_characters() {
    let server = Server::always(Answer::new(500, "text/plain", "খ".repeat(5_000))).await;
    let failure = server.portal().look_up(story_id()).await.unwrap_err();
    assert!(failure.detail.chars().count() <= khosra_portal::MAX_DETAIL);
}

#[tokio::test]
async fn a_public_page_is_asked_for_without_the_token() {
    let site = Server::always(Answer::new(200, "text/html", "<h1>x</h1>")).await;
    let page = site.portal().public_page(&format!("{}/page", site.url)).await.unwrap();
    assert_eq!(page, "<h1>x</h1>");
    assert_eq!(site.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn a_public_page_inside_a_private_network_is_not_asked_for() {
    let inside = Server::always(Answer::new(200, "text/html", "secret")).await;
    let portal = Server::always(Answer::bare(404)).await.portal();
    for url in [inside.url.clone(), "http://169.254.169.254/".into(), "file:///etc/passwd".into()] {
        let failure = portal.public_page(&url).await.unwrap_err();
        assert_eq!(failure.cause, Cause::Redirected, "{url}");
    }
    assert_eq!(inside.seen().len(), 0);
}

#[tokio::test]
async fn an_upload_place_on_another_host_gets_neither_bytes_nor_token() {
    let elsewhere = Server::always(Answer::bare(200)).await;
    let place = format!("{}/api/v1/uploads/1", elsewhere.url);
    let server = Server::start(move |request| match request.method.as_str() {
        "HEAD" => Answer::bare(404).into(),
        _ => Answer::bare(201).with("Location", &place).into(),
    })
    .await;
    let bytes = b"picture".as_slice();
    let photo = PhotoToSend { sha256: &Sha256Hex::of(bytes), media_type: "image/jpeg", bytes };
    let failure = server.portal().send_photo(&photo, &|_| {}).await.unwrap_err();
    assert_eq!(failure.cause, Cause::Redirected);
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn signing_in_exchanges_the_password_for_a_token_that_does_not_show() {
    let server = Server::start(|request| {
        let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body, json!({"user": "desk", "password": "sesame", "device": "desk-pc"}));
        assert_eq!(request.header("authorization"), None);
        Answer::json(201, json!({"token": TOKEN, "expires_at": "2027-01-01T00:00:00Z"})).into()
    })
    .await;
    let credentials = Credentials { user: "desk", password: &Secret::new("sesame"), device: "desk-pc" };
    let session = sign_in(&address(&server.url), &credentials).await.unwrap();
    assert_eq!(session.token.expose(), TOKEN);
    assert!(!format!("{session:?}").contains(TOKEN));
}

#[tokio::test]
async fn a_wrong_password_is_signed_out_and_is_not_repeated_in_the_details() {
    let server = Server::always(Answer::new(401, "text/plain", "no such password: sesame")).await;
    let credentials = Credentials { user: "desk", password: &Secret::new("sesame"), device: "desk-pc" };
    let Err(ConnectError::Failed(failure)) = sign_in(&address(&server.url), &credentials).await else {
        panic!("signed in with a wrong password");
    };
    assert_eq!(failure.cause, Cause::SignedOut);
    assert!(!failure.detail.contains("sesame"));
}
