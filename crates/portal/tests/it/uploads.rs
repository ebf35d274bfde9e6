//! Photos on a bad line.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use khosra_portal::{
    Failure, Memory, PhotoToSend, Portal, Progress, Secret, connect_remembering, deliver_photo,
};
use serde_json::Value;
use story::{Cause, Sha256Hex};

use crate::{
    server::{Answer, Reply, Request, Server, TOKEN, address},
    shelf::Shelf,
};

/// What outlives a process.
#[derive(Default)]
struct Paper(Mutex<BTreeMap<String, Value>>);

#[async_trait]
impl Memory for Paper {
    async fn get(&self, name: &str) -> Option<Value> {
        self.0.lock().unwrap().get(name).cloned()
    }

    async fn put(&self, name: &str, note: Value) {
        self.0.lock().unwrap().insert(name.to_owned(), note);
    }
}

/// A portal as a process that was just started has it.
fn fresh(url: &str, paper: &Arc<Paper>) -> Box<dyn Portal> {
    connect_remembering(&address(url), Secret::new(TOKEN), Arc::clone(paper) as _).unwrap()
}

/// Bytes of photos that were put on the line.
fn carried(server: &Server) -> usize {
    let seen = server.seen();
    seen.iter().filter(|seen| seen.path.contains("uploads")).map(|seen| seen.body.len()).sum()
}

/// A photo of several chunks.
fn picture() -> Vec<u8> {
    (0..900_000_u32).map(|index| index.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect()
}

async fn send(portal: &dyn Portal, bytes: &[u8]) -> (Result<(), Failure>, Vec<Progress>) {
    let told = Mutex::new(Vec::new());
    let sha256 = Sha256Hex::of(bytes);
    let photo = PhotoToSend { sha256: &sha256, media_type: "image/jpeg", bytes };
    let outcome = deliver_photo(portal, &photo, &|progress| told.lock().unwrap().push(progress)).await;
    (outcome, told.into_inner().unwrap())
}

fn is_monotone(told: &[Progress]) -> bool {
    told.windows(2).all(|pair| pair[0].sent < pair[1].sent) && told.iter().all(|now| now.total == 900_000)
}

/// Begins uploads, and gets no byte of them.
async fn stuck_at_zero(reply: Reply) -> Server {
    Server::start(move |request| match request.method.as_str() {
        "PATCH" => reply.clone(),
        "POST" => Answer::bare(201).with("Location", "/api/v1/uploads/7").into(),
        _ if request.path.contains("photos") => Answer::bare(404).into(),
        _ => Answer::bare(200).with("Upload-Offset", 0).into(),
    })
    .await
}

fn pass(_: &Request, answer: Answer) -> Reply {
    answer.into()
}

#[tokio::test]
async fn a_photo_goes_in_chunks_and_progress_only_grows() {
    let (server, shelf) = Shelf::serve(pass).await;
    let (outcome, told) = send(&*server.portal(), &picture()).await;
    outcome.unwrap();
    assert!(is_monotone(&told), "{told:?}");
    assert_eq!((told[0].sent, told.last().unwrap().sent), (0, 900_000));
    assert_eq!(server.count("PATCH", "/api/v1/uploads/0"), 4);
    assert_eq!(shelf.lock().unwrap().photos.len(), 1);
}

#[tokio::test]
async fn a_photo_that_is_there_is_not_sent_again() {
    let (server, _shelf) = Shelf::serve(pass).await;
    let portal = server.portal();
    send(&*portal, &picture()).await.0.unwrap();
    let (outcome, told) = send(&*portal, &picture()).await;
    outcome.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(server.count("POST", "/api/v1/uploads"), 1);
}

#[tokio::test]
async fn an_upload_goes_on_after_every_kind_of_cut() {
    // The answer is lost after the bytes arrived, again and again, with one chunk in between.
    let turn = Arc::new(Mutex::new(0));
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let mut turn = turn.lock().unwrap();
        *turn += u32::from(request.method == "PATCH");
        if request.method == "PATCH" && *turn % 2 == 1 { Reply::Cut } else { answer.into() }
    })
    .await;
    let (outcome, told) = send(&*server.portal(), &picture()).await;
    outcome.unwrap();
    assert!(is_monotone(&told), "{told:?}");
    let shelf = shelf.lock().unwrap();
    assert_eq!(shelf.uploads.len(), 1, "the upload was begun anew");
    assert_eq!(shelf.photos.values().next().unwrap(), &picture());
}

#[tokio::test]
async fn a_later_attempt_goes_on_where_the_earlier_one_was_given_up() {
    let signed_out = Arc::new(Mutex::new(true));
    let switch = Arc::clone(&signed_out);
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let second = request.header("upload-offset").is_some_and(|offset| offset != "0");
        let refuses = *switch.lock().unwrap() && request.method == "PATCH" && second;
        if refuses { Answer::problem(401, "signed-out").into() } else { answer.into() }
    })
    .await;
    let portal = server.portal();
    assert_eq!(send(&*portal, &picture()).await.0.unwrap_err().cause, Cause::SignedOut);
    *signed_out.lock().unwrap() = false;
    let (outcome, told) = send(&*portal, &picture()).await;
    outcome.unwrap();
    // This portal kept the second chunk although it refused it: only its own count matters.
    assert_eq!((told[0].sent, told.last().unwrap().sent), (3 * 64 * 1024, 900_000));
    assert_eq!(shelf.lock().unwrap().uploads.len(), 1);
}

#[tokio::test]
async fn a_line_that_never_gets_a_byte_through_is_given_up_and_waits() {
    let server = stuck_at_zero(Reply::Cut).await;
    let (outcome, _) = send(&*server.portal(), &picture()).await;
    let failure = outcome.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::CutOff, true));
    assert!(server.count("PATCH", "/") <= 4);
}

#[tokio::test]
async fn a_portal_busy_with_a_broken_chunk_is_waited_for_and_not_called_a_conflict() {
    let server = stuck_at_zero(Answer::problem(409, "offset-differs").into()).await;
    let failure = send(&*server.portal(), &picture()).await.0.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::StillRunning, true));
}

#[tokio::test]
async fn an_upload_that_the_portal_stays_busy_with_is_given_up_for_a_new_one_and_no_chunk_sent_in_vain() {
    let shelf = Mutex::new(Shelf::default());
    let asked = Server::start(move |request| {
        if request.is("PATCH", "/api/v1/uploads/0") {
            return Answer::problem(409, "offset-differs").into();
        }
        shelf.lock().unwrap().answer(request).into()
    })
    .await;
    let portal = asked.portal();
    for attempt in 1..=2 {
        assert_eq!(send(&*portal, &picture()).await.0.unwrap_err().cause, Cause::StillRunning);
        assert_eq!(asked.count("PATCH", "/api/v1/uploads/0"), attempt);
    }
    send(&*portal, &picture()).await.0.unwrap();
    assert_eq!(asked.count("POST", "/api/v1/uploads"), 2);
}

#[tokio::test]
async fn an_upload_that_the_portal_forgot_is_begun_anew() {
    let broken = Arc::new(Mutex::new(true));
    let switch = Arc::clone(&broken);
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let breaks = *switch.lock().unwrap() && request.method == "PATCH";
        if breaks { Answer::problem(413, "too-large").into() } else { answer.into() }
    })
    .await;
    let portal = server.portal();
    assert_eq!(send(&*portal, &picture()).await.0.unwrap_err().cause, Cause::TooLarge);
    *broken.lock().unwrap() = false;
    shelf.lock().unwrap().uploads.clear();
    send(&*portal, &picture()).await.0.unwrap();
    assert_eq!(server.count("POST", "/api/v1/uploads"), 2);
}

#[tokio::test]
async fn a_hotels_network_that_says_200_to_everything_does_not_have_the_photo() {
    let page = "<!doctype html><title>Guest Wi-Fi</title><form><input type=password></form>";
    for (media_type, body, cause) in
        [("text/html", page, Cause::LoginPage), ("application/json", "", Cause::NotTheContract)]
    {
        let server = Server::always(Answer::new(200, media_type, body)).await;
        let failure = send(&*server.portal(), &picture()).await.0.unwrap_err();
        assert_eq!((failure.cause, failure.nothing_done), (cause, true));
    }
}

#[tokio::test]
async fn a_portal_that_says_done_and_does_not_hold_the_photo_is_not_believed() {
    let (server, _shelf) =
        Shelf::serve(
            |request, answer| {
                if request.path.contains("photos") { Answer::bare(404).into() } else { answer.into() }
            },
        )
        .await;
    let failure = send(&*server.portal(), &picture()).await.0.unwrap_err();
    assert_eq!(failure.cause, Cause::WrongEcho);
}

#[tokio::test]
async fn a_program_that_was_killed_in_the_middle_goes_on_at_the_portals_count() {
    let (half_way, reached) = tokio::sync::oneshot::channel();
    let mut half_way = Some(half_way);
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let is_third = request.header("upload-offset") == Some("196608");
        match half_way.take_if(|_| is_third) {
            Some(half_way) => {
                half_way.send(()).unwrap();
                Reply::Stall
            }
            None => answer.into(),
        }
    })
    .await;
    let paper = Arc::new(Paper::default());
    let portal = fresh(&server.url, &paper);
    let killed = tokio::spawn(async move { send(&*portal, &picture()).await.0 });
    reached.await.unwrap();
    killed.abort();
    assert!(killed.await.unwrap_err().is_cancelled());
    let there = shelf.lock().unwrap().uploads[0].bytes.len();
    assert_eq!(there, (64 + 128 + 256) * 1024, "the portal took the chunk whose answer never came");
    let (outcome, told) = send(&*fresh(&server.url, &paper), &picture()).await;
    outcome.unwrap();
    assert_eq!((told[0].sent, carried(&server)), (there as u64, 900_000), "no byte went twice");
    assert_eq!(shelf.lock().unwrap().uploads.len(), 1, "the upload was begun anew");
}

#[tokio::test]
async fn a_portal_at_another_address_after_a_restart_is_asked_there() {
    let signed_out = |request: &Request, answer: Answer| {
        let second = request.header("upload-offset").is_some_and(|offset| offset != "0");
        if second { Answer::problem(401, "signed-out").into() } else { answer.into() }
    };
    let (before, shelf) = Shelf::serve(signed_out).await;
    let paper = Arc::new(Paper::default());
    send(&*fresh(&before.url, &paper), &picture()).await.0.unwrap_err();
    let after = Server::start(move |request| shelf.lock().unwrap().answer(request).into()).await;
    send(&*fresh(&after.url, &paper), &picture()).await.0.unwrap();
    assert_eq!(after.count("POST", "/api/v1/uploads"), 0);
}

#[tokio::test]
async fn nothing_is_remembered_of_a_photo_that_is_there_and_a_strange_note_is_none() {
    let (server, _shelf) = Shelf::serve(pass).await;
    let paper = Arc::new(Paper::default());
    paper.put("uploads", serde_json::json!({"of": "another version"})).await;
    send(&*fresh(&server.url, &paper), &picture()).await.0.unwrap();
    assert_eq!(paper.get("uploads").await.unwrap(), serde_json::json!([]));
}

#[tokio::test]
async fn first_bytes_go_with_the_beginning_only_where_the_portal_announced_it() {
    for (extensions, takes, posted, patched) in [
        ("creation,checksum", false, 0, 4),
        ("creation, creation-with-upload,checksum", true, 64 * 1024, 3),
        // Announced and not done: the portal's own count decides.
        ("creation-with-upload", false, 64 * 1024, 4),
    ] {
        let (server, shelf) = Shelf::serve(pass).await;
        shelf.lock().unwrap().extensions = extensions;
        shelf.lock().unwrap().takes_first_bytes = takes;
        let (outcome, told) = send(&*server.portal(), &picture()).await;
        outcome.unwrap();
        assert!(is_monotone(&told), "{told:?}");
        let post = server.seen().into_iter().find(|seen| seen.is("POST", "/api/v1/uploads")).unwrap();
        assert_eq!((post.body.len(), server.count("PATCH", "/")), (posted, patched), "{extensions}");
        assert_eq!(server.count("OPTIONS", "/"), 1, "{extensions}");
    }
}

#[tokio::test]
async fn a_portal_that_names_the_photos_digest_behind_its_last_byte_is_not_asked_again() {
    let (server, shelf) = Shelf::serve(pass).await;
    shelf.lock().unwrap().names_digest = true;
    send(&*server.portal(), &picture()).await.0.unwrap();
    assert_eq!(server.count("HEAD", "/api/v1/photos"), 1);
    let bend = |request: &Request, answer: Answer| {
        let other = format!("sha-256=:{}:", "A".repeat(43) + "=");
        if request.method == "PATCH" { answer.with("Repr-Digest", other).into() } else { answer.into() }
    };
    let (server, _shelf) = Shelf::serve(bend).await;
    send(&*server.portal(), &picture()).await.0.unwrap();
    assert_eq!(server.count("HEAD", "/api/v1/photos"), 2);
}
