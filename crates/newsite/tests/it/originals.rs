//! Originals of photos: for the desk alone, resumed like photos, and gone with the last story that shows them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use story::Sha256Hex;

use crate::{
    desk::{Desk, new_id, payload, png, refusal, with_photo},
    people::{Person, id},
};

/// The picture in full size, as far as a portal knows: other bytes than what readers get.
fn full() -> Vec<u8> {
    let mut bytes = png();
    bytes.extend((0..50_000_u32).flat_map(u32::to_le_bytes));
    bytes
}

fn place(photo: &[u8]) -> String {
    format!("/api/v1/photos/{}/original", Sha256Hex::of(photo))
}

/// The announcement of an original of `photo`, which the story shows.
fn announced(request: RequestBuilder, bytes: &[u8], photo: &[u8], story: &str) -> RequestBuilder {
    let encoded = |text: &str| STANDARD.encode(text);
    let (sha256, of) = (Sha256Hex::of(bytes), Sha256Hex::of(photo));
    let metadata = format!(
        "sha256 {},media_type {},original_of {},story {}",
        encoded(sha256.as_str()),
        encoded("image/png"),
        encoded(of.as_str()),
        encoded(story),
    );
    let request = request.header("tus-resumable", "1.0.0").header("upload-length", bytes.len());
    request.header("upload-metadata", metadata)
}

async fn begin(desk: &Desk, bytes: &[u8], story: &Value) -> Response {
    let request = desk.app(Method::POST, "/api/v1/uploads");
    announced(request, bytes, &png(), id(story)).send().await.unwrap()
}

async fn send(desk: &Desk, bytes: &[u8], story: &Value) {
    let begun = begin(desk, bytes, story).await;
    assert_eq!(begun.status(), 201);
    let place = begun.headers()["location"].to_str().unwrap().to_owned();
    let done = desk.chunk(&place, 0, bytes).send().await.unwrap();
    assert_eq!(done.status(), 204, "{:?}", done.text().await);
}

async fn is_here(desk: &Desk) -> bool {
    let answer = desk.app(Method::HEAD, &place(&png())).send().await.unwrap();
    assert!(matches!(answer.status().as_u16(), 200 | 404));
    answer.status() == 200
}

/// A live story with a photo.
async fn shown(desk: &Desk, headline: &str) -> Value {
    desk.send_photo(&png()).await;
    let story = with_photo(headline, &png());
    desk.publish(&story).await;
    story
}

fn files(desk: &Desk) -> usize {
    std::fs::read_dir(desk.folder().join("photos/originals")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn an_original_is_there_after_a_restart_for_the_desk_and_at_no_public_address() {
    let desk = Desk::open().await;
    let story = shown(&desk, "মূল ছবিসহ খবর").await;
    assert!(!is_here(&desk).await);
    let begun = begin(&desk, &full(), &story).await;
    let upload = begun.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(desk.chunk(&upload, 0, &full()[..9_000]).send().await.unwrap().status(), 204);
    let desk = desk.restart_at("2026-11-24T11:00:00Z").await;
    let head = desk.app(Method::HEAD, &upload).send().await.unwrap();
    assert_eq!(head.headers()["upload-offset"], "9000", "it goes on where it stopped");
    let done = desk.chunk(&upload, 9_000, &full()[9_000..]).send().await.unwrap();
    assert!(done.headers().contains_key("repr-digest"));
    let desk = desk.restart_at("2026-11-24T12:00:00Z").await;
    assert!(is_here(&desk).await);
    let got = desk.app(Method::GET, &place(&png())).send().await.unwrap();
    let tag = format!("\"{}\"", Sha256Hex::of(&full()));
    assert_eq!((got.status().as_u16(), got.headers()["etag"].to_str().unwrap()), (200, tag.as_str()));
    assert_eq!(got.headers()["content-type"], "image/png");
    assert_eq!(got.bytes().await.unwrap(), full());
    for public in [format!("/media/{}", Sha256Hex::of(&full())), place(&png())] {
        let status = desk.plain(Method::GET, &public).send().await.unwrap().status().as_u16();
        assert!(matches!(status, 401 | 404), "{public}: {status}");
    }
    let photo = format!("/api/v1/photos/{}", Sha256Hex::of(&full()));
    assert_eq!(desk.app(Method::GET, &photo).send().await.unwrap().status(), 404, "nor is it a photo");
}

#[tokio::test]
async fn whoever_may_send_it_may_ask_for_it_and_only_the_desk_gets_it() {
    let desk = Desk::open().await;
    let story = shown(&desk, "মূল ছবি কার").await;
    send(&desk, &full(), &story).await;
    for (user, asked, given) in
        [("tapan", 200, 403), ("farida", 200, 200), ("mahbub", 200, 200), ("admin", 403, 403)]
    {
        let person = Person::named(&desk, user).await;
        let head = person.ask(Method::HEAD, &place(&png())).send().await.unwrap().status().as_u16();
        let get = person.ask(Method::GET, &place(&png())).send().await.unwrap().status().as_u16();
        assert_eq!((head, get), (asked, given), "{user}");
    }
    let tapan = Person::named(&desk, "tapan").await;
    let request = announced(tapan.ask(Method::POST, "/api/v1/uploads"), &full(), &png(), id(&story));
    assert_eq!(refusal(request.send().await.unwrap()).await.0, 403, "another's story");
}

#[tokio::test]
async fn an_original_of_nothing_of_anothers_story_or_with_half_a_name_is_refused() {
    let desk = Desk::open().await;
    let nobodys = begin(&desk, &full(), &json!({ "story": new_id() })).await;
    assert_eq!(refusal(nobodys).await.0, 404);
    let bare = payload("ছবি নেই");
    desk.publish(&bare).await;
    assert_eq!(refusal(begin(&desk, &full(), &bare).await).await.2, ["/original_of"], "no such photo");
    let story = shown(&desk, "ছবি আছে").await;
    assert_eq!(refusal(begin(&desk, &full(), &bare).await).await.2, ["/original_of"], "not in this story");
    let half = desk.upload(full().len(), Sha256Hex::of(&full()).as_str(), "image/png").send().await.unwrap();
    assert_eq!(half.status(), 201);
    let metadata = format!(
        "sha256 {},media_type {},story {}",
        STANDARD.encode(Sha256Hex::of(&full()).as_str()),
        STANDARD.encode("image/png"),
        STANDARD.encode(id(&story)),
    );
    let request = desk.app(Method::POST, "/api/v1/uploads").header("tus-resumable", "1.0.0");
    let request = request.header("upload-length", 9).header("upload-metadata", metadata);
    assert_eq!(refusal(request.send().await.unwrap()).await.0, 400);
}

#[tokio::test]
async fn the_first_original_of_a_photo_stays() {
    let desk = Desk::open().await;
    let story = shown(&desk, "দুবার পাঠানো").await;
    send(&desk, &full(), &story).await;
    send(&desk, &full(), &story).await;
    let other = [full(), b"more".to_vec()].concat();
    send(&desk, &other, &story).await;
    let got = desk.app(Method::GET, &place(&png())).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(got, full());
    assert_eq!(files(&desk), 1, "and one file is kept");
}

#[tokio::test]
async fn a_kill_takes_the_original_with_it_unless_another_story_shows_the_photo() {
    let desk = Desk::open().await;
    let (first, second) = (shown(&desk, "প্রথম খবর").await, shown(&desk, "দ্বিতীয় খবর").await);
    send(&desk, &full(), &first).await;
    desk.done(&first, "kill", json!({ "note": "আদালতের আদেশ" })).await;
    assert!(is_here(&desk).await, "the second story shows the photo");
    // What was begun before the kill of the last one is not finished after it.
    let other = [full(), b"more".to_vec()].concat();
    let begun = begin(&desk, &other, &second).await;
    let upload = begun.headers()["location"].to_str().unwrap().to_owned();
    desk.done(&second, "withdraw", json!({})).await;
    assert!(is_here(&desk).await, "a withdrawn story may come back");
    desk.done(&second, "kill", json!({ "note": "আদালতের আদেশ" })).await;
    assert!(!is_here(&desk).await);
    assert_eq!(files(&desk), 0);
    assert_eq!(refusal(desk.chunk(&upload, 0, &other).send().await.unwrap()).await.1, "out-of-turn");
    assert_eq!(refusal(begin(&desk, &full(), &second).await).await.1, "out-of-turn");
    assert_eq!(files(&desk), 0);
    assert!(!is_here(&desk).await);
}
