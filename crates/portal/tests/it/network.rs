//! The network between: none, slow, cut, bent.

use std::time::Duration;

use khosra_portal::{Failure, Secret, StoryToSend, Unless, connect, outcome};
use story::{Cause, Outcome};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    server::{Answer, Reply, Server, TOKEN, address},
    shelf::{bytes, payload, story_id},
};

async fn put_to(url: &str) -> Failure {
    let body = bytes(&payload("শিরোনাম"));
    let story = StoryToSend { story: story_id(), bytes: &body, unless: &Unless::Exists };
    connect(&address(url), Secret::new(TOKEN)).unwrap().send_story(&story).await.unwrap_err()
}

async fn put(reply: impl Into<Reply>) -> Failure {
    put_to(&Server::always(reply).await.url).await
}

#[tokio::test]
async fn a_refused_connection_is_offline_and_waits() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let failure = put_to(&format!("http://{free}")).await;
    assert_eq!((failure.cause, failure.nothing_done), (Cause::Offline, true));
    assert_eq!(outcome(&failure), Outcome::Later { why: Cause::Offline, after: None });
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_offline() {
    let failure = put_to("https://portal.invalid").await;
    assert!(matches!(failure.cause, Cause::Offline | Cause::Timeout), "{failure}");
    assert!(failure.nothing_done);
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_trusted() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
    });
    let failure = put_to(&url).await;
    assert_eq!((failure.cause, failure.nothing_done), (Cause::Untrusted, true), "{failure}");
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::Untrusted });
    server.abort();
}

#[tokio::test]
async fn a_server_of_tls_1_1_or_older_is_not_trusted() {
    for minor in [1, 2] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = vec![0; 4096];
            let asked = stream.read(&mut heard).await.unwrap();
            stream.write_all(&server_hello(minor)).await.unwrap();
            let rest = stream.read(&mut heard[asked..]).await.unwrap_or(0);
            let mut more = Vec::new();
            let _ = stream.read_to_end(&mut more).await;
            [&heard[asked..asked + rest], &more].concat()
        });
        let failure = put_to(&url).await;
        assert_eq!((failure.cause, failure.nothing_done), (Cause::Untrusted, true), "{failure}");
        let after = server.await.unwrap();
        assert!(after.len() < 16 && after.first().is_none_or(|kind| *kind == ALERT), "{after:?}");
    }
}

/// Kind of a TLS record that says why one goes away.
const ALERT: u8 = 21;

/// "Let us speak TLS 1.0" (or 1.1), with a cipher of those days.
fn server_hello(minor: u8) -> Vec<u8> {
    let version = [3, minor];
    let hello = [&version[..], &[7; 32], &[0], &[0, 0x2f], &[0]].concat();
    let length = u8::try_from(hello.len()).unwrap();
    [&[22], &version[..], &[0, length + 4], &[2, 0, 0, length], &hello].concat()
}

#[tokio::test]
async fn an_answer_lost_after_the_request_leaves_the_outcome_unknown() {
    let failure = put(Reply::Cut).await;
    assert_eq!((failure.cause, failure.nothing_done), (Cause::CutOff, false));
    assert!(matches!(outcome(&failure), Outcome::Unknown { why: Cause::CutOff, .. }));
}

#[tokio::test]
async fn an_answer_cut_at_any_byte_never_counts() {
    let whole =
        Answer::new(201, "application/json", r#"{"id":"x","revision":1,"etag":"1","hash":"y"}"#).bytes();
    for end in (1..whole.len()).step_by(7) {
        let failure = put(Reply::Raw(whole[..end].to_vec())).await;
        assert_eq!((failure.cause, failure.nothing_done), (Cause::CutOff, false), "cut at {end}");
    }
}

#[tokio::test]
async fn json_that_ends_early_is_cut_off_even_when_the_connection_closed_well() {
    let answer = Answer::new(201, "application/json", r#"{"id":"0193a000-0000-7000-8000-0000000000"#);
    assert_eq!(put(answer).await.cause, Cause::CutOff);
}

#[tokio::test]
async fn silence_and_dripping_end_in_a_timeout_with_an_unknown_outcome() {
    for reply in [Reply::Stall, Reply::Drip, Reply::DripHead] {
        let begun = std::time::Instant::now();
        let failure = put(reply).await;
        assert_eq!((failure.cause, failure.nothing_done), (Cause::Timeout, false));
        assert!(begun.elapsed().as_secs() < 4);
    }
}

#[tokio::test]
async fn what_is_no_http_at_all_is_cut_off() {
    assert_eq!(put(Reply::Raw(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec())).await.cause, Cause::CutOff);
    let endless = [b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Y: z\r\n".repeat(200_000)].concat();
    assert_eq!(put(Reply::Raw(endless)).await.cause, Cause::CutOff);
}

#[tokio::test]
async fn a_head_or_body_without_end_is_left_long_before_a_timeout() {
    let ok = "HTTP/1.1 200 OK\r\n";
    let chunked = format!("{ok}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (first, again, cause) in [
        (ok.to_owned(), "X-Y: z\r\n".repeat(1_000), Cause::CutOff),
        (format!("{ok}X-Y: "), "z".repeat(8_000), Cause::CutOff),
        ("HTTP/1.1 100 Continue\r\n".to_owned(), "X-Y: z\r\n".repeat(1_000), Cause::CutOff),
        (chunked, format!("fa00\r\n{}\r\n", " ".repeat(64_000)), Cause::NotTheContract),
    ] {
        let (first, again) = (first.into_bytes(), again.into_bytes());
        let begun = std::time::Instant::now();
        let failure = put(Reply::Endless(first, again)).await;
        assert_eq!((failure.cause, failure.nothing_done), (cause, false), "{failure}");
        assert!(begun.elapsed().as_millis() < 1_400, "{cause:?} after {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn an_answer_has_a_hundred_header_lines_at_most() {
    let with = |lines: usize| {
        // Three more come with every answer.
        (0..lines - 3)
            .fold(Answer::problem(422, "word"), |answer, line| answer.with(&format!("X-{line}"), "z"))
    };
    assert_eq!(put(with(100)).await.cause, Cause::Invalid);
    assert_eq!(put(with(101)).await.cause, Cause::CutOff);
}

#[tokio::test]
async fn a_redirect_to_another_place_is_never_followed() {
    let elsewhere = Server::always(Answer::json(200, serde_json::json!({}))).await;
    let metadata = "http://169.254.169.254/latest".to_owned();
    for (status, place) in [
        (301, elsewhere.url.clone()),
        (302, elsewhere.url.replace("127.0.0.1", "localhost")),
        (303, elsewhere.url.replace("http://", "//")),
        (307, metadata),
        (308, "file:///etc/passwd".to_owned()),
    ] {
        let failure = put(Answer::bare(status).with("Location", &place)).await;
        assert_eq!(failure.cause, Cause::Redirected, "{place}");
        assert!(!matches!(outcome(&failure), Outcome::Delivered));
    }
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn a_redirect_within_the_portal_does_not_keep_the_contract() {
    let server = Server::always(Answer::bare(302).with("Location", "/login")).await;
    assert_eq!(put_to(&server.url).await.cause, Cause::NotTheContract);
    assert_eq!(server.seen().len(), 1);
}
