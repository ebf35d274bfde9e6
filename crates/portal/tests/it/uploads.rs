//! Photos on a bad line.

use std::sync::{Arc, Mutex};

use khosra_portal::{Failure, PhotoToSend, Portal, Progress, deliver_photo};
use story::{Cause, Sha256Hex};

use crate::{
    server::{Answer, Reply, Request, Server},
    shelf::Shelf,
};

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
    assert_eq!((told[0].sent, told.last().unwrap().sent), (512 * 1024, 900_000));
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
