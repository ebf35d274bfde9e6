//! Photos by tus: interrupted, resumed, damaged, false.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, Response};
use sha2::{Digest as _, Sha256};
use story::Sha256Hex;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use crate::desk::{Desk, png, refusal};

fn offset(answer: &Response) -> usize {
    answer.headers()["upload-offset"].to_str().unwrap().parse().unwrap()
}

/// A picture that is longer than one pixel needs.
fn long_png() -> Vec<u8> {
    let mut bytes = png();
    bytes.extend((0..200_000_u32).flat_map(u32::to_le_bytes));
    bytes
}

#[tokio::test]
async fn an_upload_that_broke_off_goes_on_where_it_stopped_after_a_restart() {
    let desk = Desk::open().await;
    let (bytes, half) = (long_png(), 300_000);
    let place = desk.begin(&bytes, "image/png").await;
    break_off(&desk, &place, &bytes[..half], bytes.len()).await;
    while offset(&desk.app(Method::HEAD, &place).send().await.unwrap()) < half {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let desk = desk.restart_at("2026-11-24T11:00:00Z").await;
    // The app's token is of this run, but the upload is still the same account's.
    let head = desk.app(Method::HEAD, &place).send().await.unwrap();
    let at = offset(&head);
    assert_eq!(at, half);
    let done = desk.chunk(&place, at, &bytes[at..]).send().await.unwrap();
    assert_eq!((done.status().as_u16(), offset(&done)), (204, bytes.len()));
    let sha256 = Sha256Hex::of(&bytes);
    let here = desk.app(Method::HEAD, &format!("/api/v1/photos/{sha256}")).send().await.unwrap();
    assert_eq!(here.status(), 200);
    let media = desk.plain(Method::GET, &format!("/media/{sha256}")).send().await.unwrap();
    assert_eq!(media.headers()["content-type"], "image/png");
    assert!(media.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    assert_eq!(media.bytes().await.unwrap(), bytes);
    // The last answer was lost, and the client asks where it stands.
    assert_eq!(offset(&desk.app(Method::HEAD, &place).send().await.unwrap()), bytes.len());
}

/// Announces the whole rest, sends a part, and hangs up.
async fn break_off(desk: &Desk, place: &str, part: &[u8], announced: usize) {
    let host = desk.portal.url().replace("http://", "");
    let token = desk.portal.app_token();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nTus-Resumable: 1.0.0\r\n\
         Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {announced}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(part).await.unwrap();
    stream.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_chunk_with_a_wrong_checksum_counts_for_nothing() {
    let desk = Desk::open().await;
    let bytes = png();
    let place = desk.begin(&bytes, "image/png").await;
    let wrong = format!("sha256 {}", STANDARD.encode(Sha256::digest(b"other")));
    let answer = desk.chunk(&place, 0, &bytes).header("upload-checksum", wrong).send().await.unwrap();
    assert_eq!(refusal(answer).await.0, 460);
    assert_eq!(offset(&desk.app(Method::HEAD, &place).send().await.unwrap()), 0);
    let right = format!("sha256 {}", STANDARD.encode(Sha256::digest(&bytes)));
    let answer = desk.chunk(&place, 0, &bytes).header("upload-checksum", right).send().await.unwrap();
    assert_eq!(answer.status(), 204);
}

/// The digest of the photo, as the portal names it once it has it whole.
fn named_digest(answer: &Response) -> Option<&str> {
    answer.headers().get("repr-digest").map(|digest| digest.to_str().unwrap())
}

fn digest(bytes: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(bytes)))
}

/// Begins an upload with its first bytes.
async fn begin_with(desk: &Desk, bytes: &[u8], first: &[u8], checksum: &[u8]) -> Response {
    let request = desk.upload(bytes.len(), Sha256Hex::of(bytes).as_str(), "image/png");
    let request = request.header("content-type", "application/offset+octet-stream");
    let checksum = format!("sha256 {}", STANDARD.encode(Sha256::digest(checksum)));
    request.header("upload-checksum", checksum).body(first.to_vec()).send().await.unwrap()
}

#[tokio::test]
async fn the_first_bytes_may_come_with_the_announcement() {
    let desk = Desk::open().await;
    let bytes = long_png();
    let begun = begin_with(&desk, &bytes, &bytes[..5_000], &bytes[..5_000]).await;
    assert_eq!((begun.status().as_u16(), offset(&begun), named_digest(&begun)), (201, 5_000, None));
    let place = begun.headers()["location"].to_str().unwrap().to_owned();
    let rest = desk.chunk(&place, 5_000, &bytes[5_000..]).send().await.unwrap();
    assert_eq!((rest.status().as_u16(), offset(&rest)), (204, bytes.len()));
    assert_eq!(named_digest(&rest), Some(&*digest(&bytes)));
    // Asked again for the last bytes it says the same.
    let again = desk.chunk(&place, bytes.len(), b"").send().await.unwrap();
    assert_eq!((again.status().as_u16(), named_digest(&again)), (204, Some(&*digest(&bytes))));

    let whole = begin_with(&desk, &png(), &png(), &png()).await;
    assert_eq!((whole.status().as_u16(), named_digest(&whole)), (201, Some(&*digest(&png()))));
    let photo = format!("/media/{}", Sha256Hex::of(&png()));
    assert_eq!(desk.plain(Method::GET, &photo).send().await.unwrap().bytes().await.unwrap(), png());
}

#[tokio::test]
async fn first_bytes_that_are_refused_leave_nothing_behind() {
    let desk = Desk::open().await;
    let damaged = begin_with(&desk, &png(), &png(), b"other").await;
    assert_eq!(refusal(damaged).await.0, 460);
    let more = [&png()[..], b"more"].concat();
    assert_eq!(refusal(begin_with(&desk, &png(), &more, &more).await).await.0, 413);
    let text = b"no picture".as_slice();
    assert_eq!(refusal(begin_with(&desk, text, text, text).await).await.0, 415);
    let uploads = desk.folder().join("uploads");
    assert_eq!(std::fs::read_dir(uploads).unwrap().count(), 0);
}

#[tokio::test]
async fn a_chunk_for_another_byte_is_told_where_the_upload_stands() {
    let desk = Desk::open().await;
    let bytes = png();
    let place = desk.begin(&bytes, "image/png").await;
    assert_eq!(desk.chunk(&place, 0, &bytes[..10]).send().await.unwrap().status(), 204);
    assert_eq!(refusal(desk.chunk(&place, 20, &bytes[20..]).send().await.unwrap()).await.1, "offset-differs");
    let more = [&bytes[10..], b"more"].concat();
    assert_eq!(refusal(desk.chunk(&place, 10, &more).send().await.unwrap()).await.0, 413);
    assert_eq!(offset(&desk.app(Method::HEAD, &place).send().await.unwrap()), 10);
}

#[tokio::test]
async fn what_is_no_picture_or_another_file_is_refused_and_forgotten() {
    let desk = Desk::open().await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".as_slice();
    let place = desk.begin(svg, "image/jpeg").await;
    assert_eq!(refusal(desk.chunk(&place, 0, svg).send().await.unwrap()).await.0, 415);
    assert_eq!(desk.app(Method::HEAD, &place).send().await.unwrap().status(), 404);
    let photo = format!("/api/v1/photos/{}", Sha256Hex::of(svg));
    assert_eq!(desk.app(Method::HEAD, &photo).send().await.unwrap().status(), 404);

    let place = desk.begin(&png(), "image/webp").await;
    assert_eq!(refusal(desk.chunk(&place, 0, &png()).send().await.unwrap()).await.0, 415);

    let other = Sha256Hex::of(b"another file");
    let begun = desk.upload(png().len(), other.as_str(), "image/png").send().await.unwrap();
    let place = begun.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(refusal(desk.chunk(&place, 0, &png()).send().await.unwrap()).await.2, ["/sha256"]);
}

#[tokio::test]
async fn a_bomb_by_its_header_and_a_file_too_large_are_refused() {
    let desk = Desk::open().await;
    let mut bomb = png();
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let place = desk.begin(&bomb, "image/png").await;
    assert_eq!(refusal(desk.chunk(&place, 0, &bomb).send().await.unwrap()).await.0, 413);
    let sha256 = Sha256Hex::of(b"");
    let large = desk.upload(60 * 1024 * 1024, sha256.as_str(), "image/png").send().await.unwrap();
    assert_eq!(refusal(large).await.0, 413);
}

#[tokio::test]
async fn names_in_the_metadata_are_digests_or_nothing() {
    let desk = Desk::open().await;
    for name in ["../../x", "", "a\nb", &"A".repeat(64)] {
        let answer = desk.upload(10, name, "image/png").send().await.unwrap();
        assert_eq!(refusal(answer).await.0, 400, "{name}");
    }
    let answer = desk.upload(10, Sha256Hex::of(b"").as_str(), "image/svg+xml").send().await.unwrap();
    assert_eq!(refusal(answer).await.0, 415);
}

#[tokio::test]
async fn an_upload_is_given_up_and_the_protocol_is_described() {
    let desk = Desk::open().await;
    let place = desk.begin(&png(), "image/png").await;
    assert_eq!(desk.app(Method::DELETE, &place).send().await.unwrap().status(), 204);
    assert_eq!(desk.app(Method::HEAD, &place).send().await.unwrap().status(), 404);
    let abilities = desk.plain(Method::OPTIONS, "/api/v1/uploads").send().await.unwrap();
    assert_eq!(abilities.headers()["tus-extension"], "creation,creation-with-upload,checksum,termination");
    let old =
        desk.app(Method::POST, "/api/v1/uploads").header("tus-resumable", "0.2.2").send().await.unwrap();
    assert_eq!(refusal(old).await.1, "tus-version");
}
