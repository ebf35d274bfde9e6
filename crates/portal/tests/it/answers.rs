//! Every kind of answer that is none, and what it is called.

use std::time::Duration;

use khosra_portal::{Failure, ListName, RemoteState, StoryToSend, Unless, outcome};
use serde_json::json;
use story::{Cause, Outcome, Sha256Hex};

use crate::{
    server::{Answer, Reply, Server},
    shelf::{STORY, bytes, payload, story_id},
};

/// What a `PUT` of a story comes to.
async fn put(reply: impl Into<Reply>) -> Failure {
    let server = Server::always(reply).await;
    let body = bytes(&payload("শিরোনাম"));
    let story = StoryToSend { story: story_id(), bytes: &body, unless: &Unless::Exists };
    server.portal().send_story(&story).await.unwrap_err()
}

/// What a look-up comes to.
async fn look_up(reply: impl Into<Reply>) -> Failure {
    Server::always(reply).await.portal().look_up(story_id()).await.unwrap_err()
}

fn ok(body: &str) -> Answer {
    Answer::new(200, "application/json", body)
}

#[tokio::test]
async fn a_database_error_with_status_200_is_the_portals_error_page_and_leaves_the_outcome_unknown() {
    let text = "Error!: SQLSTATE[42S22]: Column not found: 1054 Unknown column 'parent_cat_type'";
    for media_type in ["text/html", "application/json", "text/plain"] {
        let failure = put(Answer::new(200, media_type, text)).await;
        assert_eq!(failure.cause, Cause::PortalErrorPage, "{media_type}");
        assert!(!failure.nothing_done && failure.detail.contains("parent_cat_type"));
        assert!(matches!(outcome(&failure), Outcome::Unknown { why: Cause::PortalErrorPage, .. }));
    }
}

#[tokio::test]
async fn a_php_warning_before_or_in_the_json_is_the_portals_error_page() {
    let before = "<br />\n<b>Warning</b>: Undefined array key in <b>/srv/x.php</b> on line 3<br />{\"id\":1}";
    assert_eq!(put(ok(before)).await.cause, Cause::PortalErrorPage);
    assert_eq!(put(ok(r#"{"error":"SQLSTATE[HY000] [2002] refused"}"#)).await.cause, Cause::PortalErrorPage);
}

#[tokio::test]
async fn a_hotels_log_in_page_is_one_and_a_look_up_that_meets_it_did_nothing() {
    let page = Answer::new(200, "text/html; charset=utf-8", "<!DOCTYPE html><title>Hotel Wi-Fi</title>");
    let failure = look_up(page.clone()).await;
    assert_eq!((failure.cause, failure.nothing_done), (Cause::LoginPage, true));
    assert!(!put(page).await.nothing_done);
    assert_eq!(put(ok("<html>Log in</html>")).await.cause, Cause::LoginPage);
    assert_eq!(put(Answer::bare(511)).await.cause, Cause::LoginPage);
}

#[tokio::test]
async fn a_foreign_answer_is_not_the_contract() {
    for answer in [
        Answer::new(200, "text/plain", "OK"),
        Answer::bare(200),
        ok("[]"),
        ok("{}"),
        ok("null"),
        ok(r#"{"id":NaN}"#),
        ok(&format!(r#"{{"id":"{STORY}","id":"{STORY}"}}"#)),
        ok(&"[".repeat(100_000)),
        Answer::new(200, "application/json", b"\xff\xfe{\0".to_vec()),
    ] {
        let failure = put(answer.clone()).await;
        assert_eq!(failure.cause, Cause::NotTheContract, "{:?}", answer.body.get(..20));
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_it() {
    let failure = put(Answer::new(200, "application/json", vec![b' '; 9 * 1024 * 1024])).await;
    assert_eq!(failure.cause, Cause::NotTheContract);
}

#[tokio::test]
async fn numbers_that_are_none_and_fields_that_come_twice_are_not_the_contract() {
    let whole = json!({"id": STORY, "revision": 1, "etag": "1", "hash": Sha256Hex::of(b"x"), "state": "live",
        "payload": {}})
    .to_string();
    let bent = |from: &str, to: &str| {
        assert!(whole.contains(from));
        ok(&whole.replacen(from, to, 1))
    };
    for number in ["NaN", "Infinity", "-1", "1.5", "1e999", "18446744073709551616", "\"1\"", "01"] {
        let answer = bent(r#""revision":1"#, &format!(r#""revision":{number}"#));
        assert_eq!(look_up(answer).await.cause, Cause::NotTheContract, "{number}");
    }
    let twice = bent(r#""state":"live""#, r#""state":"never","state":"live""#);
    assert_eq!(look_up(twice).await.cause, Cause::NotTheContract);
    // What is bent above is right as it stands.
    assert_eq!(
        Server::always(ok(&whole)).await.portal().look_up(story_id()).await.unwrap().unwrap().revision,
        1
    );
}

#[tokio::test]
async fn json_too_deep_is_refused_wherever_it_stands() {
    let deep = |part: &str, closed: &str| part.repeat(50_000) + &closed.repeat(50_000);
    for nested in [deep("[", "]"), deep(r#"{"a":"#, "}").replace(":}", ":1}")] {
        let body = format!(
            r#"{{"id":"{STORY}","revision":1,"etag":"1","hash":"{}","state":"live","payload":{nested}}}"#,
            Sha256Hex::of(b"x")
        );
        assert_eq!(look_up(ok(&body)).await.cause, Cause::NotTheContract);
        // As a field that nobody asked for, too.
        assert_eq!(put(ok(&format!(r#"{{"more":{nested}}}"#))).await.cause, Cause::NotTheContract);
    }
}

#[tokio::test]
async fn only_utf_8_counts_whatever_charset_is_named() {
    let text = format!(r#"{{"id":"{STORY}","etag":"é"}}"#);
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin_1: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    for (charset, body) in [("utf-16", utf_16), ("iso-8859-1", latin_1)] {
        let failure = put(Answer::new(200, &format!("application/json; charset={charset}"), body)).await;
        assert_eq!((failure.cause, failure.nothing_done), (Cause::NotTheContract, false), "{charset}");
    }
    let page = Answer::new(200, "text/html; charset=windows-1252", b"<h1>caf\xe9</h1>".to_vec());
    let server = Server::always(page).await;
    let failure = server.portal().public_page(&format!("{}/page", server.url)).await.unwrap_err();
    assert_eq!(failure.cause, Cause::NotTheContract);
}

#[tokio::test]
async fn what_comes_packed_is_not_unpacked_so_that_no_bomb_goes_off() {
    let body = bytes(&payload("শিরোনাম"));
    let right = json!({"id": STORY, "revision": 1, "etag": "1", "hash": Sha256Hex::of(&body)}).to_string();
    let packed =
        Answer::new(201, "application/json", gzip(right.as_bytes())).with("Content-Encoding", "gzip");
    let server = Server::always(packed).await;
    let story = StoryToSend { story: story_id(), bytes: &body, unless: &Unless::Exists };
    let failure = server.portal().send_story(&story).await.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::NotTheContract, false));
    assert_eq!(server.seen()[0].header("accept-encoding"), None);
}

/// A gzip member with one stored block.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let crc = !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    });
    let length = u16::try_from(bytes.len()).unwrap();
    let head =
        [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1][..], &length.to_le_bytes(), &(!length).to_le_bytes()];
    [&head.concat(), bytes, &crc.to_le_bytes(), &u32::from(length).to_le_bytes()].concat()
}

#[tokio::test]
async fn an_answer_about_another_story_or_version_does_not_count() {
    let body = bytes(&payload("শিরোনাম"));
    let hash = Sha256Hex::of(&body);
    let other = "0193a000-0000-7000-8000-0000000000ff";
    let answer = |id: &str, hash: &Sha256Hex| {
        Answer::json(201, json!({"id": id, "revision": 1, "etag": "\"1\"", "hash": hash}))
    };
    assert_eq!(put(answer(other, &hash)).await.cause, Cause::WrongEcho);
    let failure = put(answer(STORY, &Sha256Hex::of(b"other words"))).await;
    assert_eq!((failure.cause, failure.nothing_done), (Cause::WrongEcho, false));
    let server = Server::always(answer(STORY, &hash)).await;
    let story = StoryToSend { story: story_id(), bytes: &body, unless: &Unless::Exists };
    assert_eq!(server.portal().send_story(&story).await.unwrap().revision, 1);
}

#[tokio::test]
async fn every_refusal_has_its_own_name_and_did_nothing() {
    for (status, cause) in [
        (400, Cause::Invalid),
        (401, Cause::SignedOut),
        (403, Cause::Forbidden),
        (404, Cause::NotFound),
        (409, Cause::Conflict),
        (410, Cause::NotFound),
        (412, Cause::ChangedOnPortal),
        (413, Cause::TooLarge),
        (415, Cause::Invalid),
        (422, Cause::Invalid),
        (429, Cause::TooManyRequests),
        (503, Cause::Unavailable),
    ] {
        let failure = put(Answer::problem(status, "word")).await;
        assert_eq!((failure.cause, failure.nothing_done), (cause, true), "{status}");
        assert!(failure.detail.contains(&format!("HTTP {status}")) && failure.detail.contains("because"));
    }
}

#[tokio::test]
async fn a_409_that_is_still_running_is_told_from_a_conflict() {
    let failure = put(Answer::problem(409, "still-running").with("Retry-After", 3)).await;
    assert_eq!((failure.cause, failure.nothing_done), (Cause::StillRunning, false));
    let after = Some(Duration::from_secs(3));
    assert_eq!(outcome(&failure), Outcome::Unknown { why: Cause::StillRunning, after });
    assert!(matches!(outcome(&put(Answer::problem(409, "moved-on")).await), Outcome::Stuck { .. }));
}

#[tokio::test]
async fn a_broken_portal_and_a_gateways_503_leave_a_write_unknown_and_a_read_harmless() {
    for (status, cause) in [(500, Cause::PortalBroken), (502, Cause::PortalBroken), (503, Cause::Unavailable)]
    {
        let answer = Answer::new(status, "text/html", "<h1>Bad gateway</h1><p>nginx</p>");
        let failure = put(answer.clone()).await;
        assert_eq!((failure.cause, failure.nothing_done), (cause, false), "{status}");
        assert!(failure.detail.contains("Bad gateway nginx"));
        assert!(look_up(answer).await.nothing_done);
    }
}

#[tokio::test]
async fn what_the_portal_does_not_accept_is_named_by_its_place() {
    let body =
        json!({"title": "Invalid", "errors": [{"pointer": "/photos/2/sha256", "detail": "not uploaded"}]});
    let failure = put(Answer::new(422, "application/problem+json", body.to_string())).await;
    assert!(failure.detail.contains("/photos/2/sha256: not uploaded"), "{failure}");
}

#[tokio::test]
async fn retry_after_is_handed_on_in_both_forms_capped_and_cleaned_of_nonsense() {
    let date = "Wed, 05 Nov 2025 06:00:00 GMT";
    for (asked, seconds) in [
        ("7", Some(7)),
        ("Wed, 05 Nov 2025 06:01:00 GMT", Some(60)),
        ("99999999999999999999", Some(3600)),
        ("Wed, 05 Nov 2025 05:00:00 GMT", Some(0)),
        ("-7", None),
        ("soon", None),
    ] {
        let answer = Answer::problem(429, "slow-down").with("Date", date).with("Retry-After", asked);
        assert_eq!(put(answer).await.after, seconds.map(Duration::from_secs), "{asked}");
    }
}

#[tokio::test]
async fn only_the_portals_own_404_says_that_it_has_no_such_story() {
    let own = Server::always(Answer::problem(404, "not-found")).await;
    assert_eq!(own.portal().look_up(story_id()).await, Ok(None));
    let failure = look_up(Answer::new(404, "text/html", "<h1>Not found</h1>")).await;
    assert_eq!(failure.cause, Cause::NotTheContract);
}

#[tokio::test]
async fn lists_sections_and_who_we_are_are_read() {
    let server = Server::start(|request| {
        let answer = match request.path.as_str() {
            "/api/v1/" => json!({"name": "দৈনিক", "version": "1", "contract": "khosra-native-1",
                "capabilities": {"lists": true, "resumable_uploads": true, "tomorrow": true},
                "limits": {"photo_bytes": 1, "photo_pixels": 2, "body_bytes": 3, "list_page": 4}}),
            "/api/v1/me" => json!({"user": "desk", "name": "নাসরিন", "byline": "নাসরিন সুলতানা", "role": "editor",
                "one_person": true, "sections": []}),
            "/api/v1/sections" => json!({"sections": [
                {"slug": "sports", "name_bn": "খেলা", "name_en": "Sports", "parent": null, "position": 5}]}),
            _ => json!({"items": [{"id": STORY, "headline": "শিরোনাম", "url": "https://x.example/1",
                "section": "sports", "published_at": "2025-11-05T06:00:00Z"}]}),
        };
        Answer::json(200, answer).into()
    })
    .await;
    let portal = server.portal();
    let about = portal.about().await.unwrap();
    assert!(about.capabilities.lists && !about.capabilities.comments);
    assert_eq!(portal.me().await.unwrap().role, story::Role::Editor);
    assert_eq!(portal.sections().await.unwrap()[0].name_bn, "খেলা");
    assert_eq!(portal.list(ListName::Popular).await.unwrap()[0].headline, "শিরোনাম");
    assert_eq!(server.count("GET", "/api/v1/lists/popular"), 1);
}

#[tokio::test]
async fn a_portal_of_another_contract_is_not_taken_for_ours() {
    let body = json!({"name": "x", "version": "1", "contract": "other-2", "capabilities": {},
        "limits": {"photo_bytes": 1, "photo_pixels": 2, "body_bytes": 3, "list_page": 4}});
    let failure = Server::always(Answer::json(200, body)).await.portal().about().await.unwrap_err();
    assert_eq!(failure.cause, Cause::NotTheContract);
}

#[test]
fn a_state_that_is_not_known_is_one_that_readers_do_not_see() {
    let read = |text: &str| serde_json::from_value::<RemoteState>(json!(text)).unwrap();
    assert_eq!(read("live"), RemoteState::Live);
    assert_eq!(read("scheduled"), RemoteState::Scheduled);
    assert_eq!(read("of tomorrow"), RemoteState::NotPublic);
}
