//! One live article for each intent, whatever the network does.

use std::sync::{Arc, Mutex};

use khosra_portal::{Act, Delivery, Failure, Portal, Receipt, deliver_story, outcome};
use proptest::prelude::*;
use serde_json::json;
use story::{Cause, IntentId, Outcome, Payload, Sha256Hex};

use crate::{
    server::{Answer, Reply, Request},
    shelf::{Shelf, bytes, payload},
};

const KEY: &str = "0193a000-0000-7000-8000-00000000000a";
const NEXT_KEY: &str = "0193a000-0000-7000-8000-00000000000b";

struct Intent {
    key: IntentId,
    act: Act,
    payload: Payload,
    bytes: Vec<u8>,
    sent_before: Vec<Sha256Hex>,
}

impl Intent {
    fn publish(headline: &str) -> Self {
        let payload = payload(headline);
        let bytes = bytes(&payload);
        Self { key: KEY.parse().unwrap(), act: Act::Publish, payload, bytes, sent_before: Vec::new() }
    }

    fn correct(headline: &str, before: &Intent) -> Self {
        let sent_before = vec![Sha256Hex::of(&before.bytes)];
        Self { key: NEXT_KEY.parse().unwrap(), act: Act::Correct, sent_before, ..Self::publish(headline) }
    }

    async fn deliver(&self, portal: &dyn Portal, maybe_sent: bool) -> Result<Receipt, Failure> {
        let (payload, bytes, sent_before) = (&self.payload, &self.bytes, &self.sent_before);
        let delivery = Delivery {
            consent: None,
            key: self.key,
            act: self.act,
            payload,
            bytes,
            at: None,
            notice: None,
            reason: "",
            window_closed: false,
            maybe_sent,
            sent_before,
            over: None,
            guards: &[],
        };
        deliver_story(portal, &delivery).await
    }
}

fn pass(_: &Request, answer: Answer) -> Reply {
    answer.into()
}

#[tokio::test]
async fn a_story_is_published_read_back_and_its_page_seen() {
    let (server, shelf) = Shelf::serve(pass).await;
    let intent = Intent::publish("নদীর ঘাট");
    let receipt = intent.deliver(&*server.portal(), false).await.unwrap();
    assert_eq!(receipt.hash, Sha256Hex::of(&intent.bytes));
    assert!(!receipt.was_there && receipt.public_url.ends_with("/page"));
    assert_eq!(shelf.lock().unwrap().publications, 1);
    let seen = server.seen();
    let put = seen.iter().find(|request| request.method == "PUT").unwrap();
    assert_eq!((put.header("if-none-match"), &put.body), (Some("*"), &intent.bytes));
    let transition = seen.iter().find(|request| request.method == "POST").unwrap();
    assert_eq!(transition.header("idempotency-key"), Some(KEY));
    assert_eq!(transition.header("if-match"), Some("\"1\""));
    let sent: serde_json::Value = serde_json::from_slice(&transition.body).unwrap();
    assert_eq!(sent, json!({"command": "publish", "hash": receipt.hash}));
    assert!(seen.last_chunk::<2>().unwrap().iter().any(|request| request.path == "/page"));
}

#[tokio::test]
async fn ten_retries_after_a_lost_answer_make_one_article() {
    let lost = Arc::new(Mutex::new(true));
    let switch = Arc::clone(&lost);
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let cut = request.path.ends_with("transitions") && *switch.lock().unwrap();
        if cut { Reply::Cut } else { answer.into() }
    })
    .await;
    let intent = Intent::publish("নদীর ঘাট");
    let portal = server.portal();
    let failure = intent.deliver(&*portal, false).await.unwrap_err();
    assert!(matches!(outcome(&failure), Outcome::Unknown { why: Cause::CutOff, .. }));
    *lost.lock().unwrap() = false;
    for _ in 0..10 {
        assert!(intent.deliver(&*portal, true).await.unwrap().was_there);
    }
    assert_eq!(shelf.lock().unwrap().publications, 1);
    assert_eq!(server.count("PUT", "/"), 1);
}

#[tokio::test]
async fn a_cut_after_the_first_create_leaves_one_draft_that_is_gone_on_with() {
    let lost = Arc::new(Mutex::new(true));
    let switch = Arc::clone(&lost);
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let cut = request.method == "PUT" && std::mem::take(&mut *switch.lock().unwrap());
        if cut { Reply::Cut } else { answer.into() }
    })
    .await;
    let intent = Intent::publish("নদীর ঘাট");
    let portal = server.portal();
    assert!(!intent.deliver(&*portal, false).await.unwrap_err().nothing_done);
    intent.deliver(&*portal, true).await.unwrap();
    let shelf = shelf.lock().unwrap();
    assert_eq!((shelf.revision, shelf.publications), (1, 1));
}

#[tokio::test]
async fn a_correction_replaces_our_own_version_and_no_other() {
    let (server, shelf) = Shelf::serve(pass).await;
    let portal = server.portal();
    let first = Intent::publish("নদীর ঘাট");
    first.deliver(&*portal, false).await.unwrap();
    let second = Intent::correct("নদীর নতুন ঘাট", &first);
    assert_eq!(second.deliver(&*portal, false).await.unwrap().revision, 2);
    let put = server.seen().into_iter().rfind(|request| request.method == "PUT").unwrap();
    assert_eq!(put.header("if-match"), Some("\"1\""));

    let stranger = bytes(&payload("অন্য কারও লেখা"));
    shelf.lock().unwrap().copy = Some(stranger.clone());
    shelf.lock().unwrap().revision = 3;
    let third = Intent {
        key: IntentId(uuid::Uuid::from_u128(3)), ..Intent::correct("আরও নতুন", &second)
    };
    let failure = third.deliver(&*portal, false).await.unwrap_err();
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::ChangedOnPortal });
    assert_eq!(shelf.lock().unwrap().copy, Some(stranger));
}

#[tokio::test]
async fn a_change_between_look_up_and_writing_is_not_overwritten() {
    let (server, shelf) = Shelf::serve(pass).await;
    let first = Intent::publish("নদীর ঘাট");
    first.deliver(&*server.portal(), false).await.unwrap();
    // A portal whose working copy moves on right after it was looked up.
    let (racing, other) = Shelf::serve(|request, answer| {
        if request.method == "PUT" { Answer::problem(412, "changed-here").into() } else { answer.into() }
    })
    .await;
    {
        let (mut other, shelf) = (other.lock().unwrap(), shelf.lock().unwrap());
        (other.copy, other.live, other.state) = (shelf.copy.clone(), shelf.live.clone(), shelf.state);
    }
    let second = Intent::correct("নদীর নতুন ঘাট", &first);
    let failure = second.deliver(&*racing.portal(), false).await.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::ChangedOnPortal, true));
}

#[tokio::test]
async fn a_story_taken_down_meanwhile_is_not_put_up_again_by_a_retry() {
    let (server, shelf) = Shelf::serve(pass).await;
    let intent = Intent::publish("নদীর ঘাট");
    intent.deliver(&*server.portal(), false).await.unwrap();
    (shelf.lock().unwrap().live, shelf.lock().unwrap().state) = (None, None);
    shelf.lock().unwrap().state = Some("withdrawn");
    let failure = intent.deliver(&*server.portal(), true).await.unwrap_err();
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::ReadBackDiffers }, "the portal knows the key");
    let shelf = shelf.lock().unwrap();
    assert_eq!((shelf.publications, shelf.state), (1, Some("withdrawn")));
}

#[tokio::test]
async fn a_failing_look_up_leaves_unknown_what_may_have_been_sent_and_only_that() {
    let (server, _shelf) = Shelf::serve(|_, _| Answer::bare(502).into()).await;
    let intent = Intent::publish("নদীর ঘাট");
    assert!(intent.deliver(&*server.portal(), false).await.unwrap_err().nothing_done);
    assert!(!intent.deliver(&*server.portal(), true).await.unwrap_err().nothing_done);
    assert_eq!(server.count("PUT", "/"), 0);
}

#[tokio::test]
async fn a_credit_that_the_portal_dropped_is_listed() {
    let (server, _shelf) = Shelf::serve(|request, mut answer| {
        if request.method == "GET" && request.path.contains("stories") {
            answer.body =
                String::from_utf8(answer.body).unwrap().replace(r#""credit":"রফিক","#, "").into_bytes();
        }
        answer.into()
    })
    .await;
    let failure = Intent::publish("নদীর ঘাট").deliver(&*server.portal(), false).await.unwrap_err();
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::ReadBackDiffers });
    assert!(failure.detail.contains("/photos/0/credit") && failure.detail.contains("/photos/1/credit"));
}

#[tokio::test]
async fn live_by_the_portals_word_and_absent_for_readers_is_no_success() {
    for page in [
        Answer::new(404, "text/html", "<h1>404</h1>"),
        Answer::new(200, "text/html", "<h1>Under construction</h1>"),
        Answer::bare(302).with("Location", "https://parking.example/"),
    ] {
        let (server, _shelf) =
            Shelf::serve(
                move |request, answer| {
                    if request.path == "/page" { page.clone().into() } else { answer.into() }
                },
            )
            .await;
        let failure = Intent::publish("নদীর ঘাট").deliver(&*server.portal(), false).await.unwrap_err();
        assert_eq!(failure.cause, Cause::ReadBackDiffers, "{failure}");
    }
}

#[tokio::test]
async fn a_page_that_does_not_answer_for_the_moment_is_asked_again_later() {
    let down = Arc::new(Mutex::new(true));
    let switch = Arc::clone(&down);
    let (server, shelf) = Shelf::serve(move |request, answer| {
        let down = request.path == "/page" && *switch.lock().unwrap();
        if down { Answer::bare(503).into() } else { answer.into() }
    })
    .await;
    let intent = Intent::publish("নদীর ঘাট");
    let failure = intent.deliver(&*server.portal(), false).await.unwrap_err();
    assert!(matches!(outcome(&failure), Outcome::Unknown { why: Cause::Unavailable, .. }));
    *down.lock().unwrap() = false;
    assert!(intent.deliver(&*server.portal(), true).await.unwrap().was_there);
    assert_eq!(shelf.lock().unwrap().publications, 1);
}

#[tokio::test]
async fn signed_out_in_the_middle_is_one_question_and_no_burnt_retries() {
    let (server, _shelf) = Shelf::serve(|_, _| Answer::problem(401, "signed-out").into()).await;
    let failure = Intent::publish("নদীর ঘাট").deliver(&*server.portal(), false).await.unwrap_err();
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::SignedOut });
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn there_is_nothing_to_correct_where_nothing_is() {
    let (server, shelf) = Shelf::serve(pass).await;
    let first = Intent::publish("নদীর ঘাট");
    let failure = Intent::correct("নতুন", &first).deliver(&*server.portal(), false).await.unwrap_err();
    assert_eq!(failure.cause, Cause::NotFound);
    assert_eq!(shelf.lock().unwrap().copy, None);
}

/// What a bad line does to one request.
#[derive(Debug, Clone, Copy)]
enum Weather {
    Fine,
    LostAnswer,
    Truncated,
    ErrorPage,
    Gateway,
}

fn bend(weather: Weather, answer: Answer) -> Reply {
    match weather {
        Weather::Fine => answer.into(),
        Weather::LostAnswer => Reply::Cut,
        Weather::Truncated => {
            let bytes = answer.bytes();
            Reply::Raw(bytes[..bytes.len() - 1 - answer.body.len() / 2].to_vec())
        }
        Weather::ErrorPage => {
            Answer::new(200, "text/html", "Error!: SQLSTATE[42S22]: Column not found").into()
        }
        Weather::Gateway => Answer::new(502, "text/html", "<h1>Bad gateway</h1>").into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every request is carried out; its answer arrives, or is bent in some way. Retries until it is settled.
    #[test]
    fn whatever_the_weather_there_is_one_article_and_it_is_ours(
        weather in prop::collection::vec(prop::sample::select(vec![
            Weather::Fine, Weather::LostAnswer, Weather::Truncated, Weather::ErrorPage, Weather::Gateway,
        ]), 0..12),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (publications, live, intent) = runtime.block_on(async {
            let mut weather = weather.into_iter();
            let (server, shelf) =
                Shelf::serve(move |_, answer| bend(weather.next().unwrap_or(Weather::Fine), answer)).await;
            let (intent, portal) = (Intent::publish("নদীর ঘাট"), server.portal());
            let mut maybe_sent = false;
            for _ in 0..20 {
                match intent.deliver(&*portal, maybe_sent).await {
                    Ok(_) => break,
                    Err(failure) => {
                        assert!(!matches!(outcome(&failure), Outcome::Stuck { .. }), "{failure}");
                        maybe_sent |= !failure.nothing_done;
                    }
                }
            }
            let shelf = shelf.lock().unwrap();
            (shelf.publications, shelf.live.clone(), intent)
        });
        prop_assert_eq!(publications, 1);
        prop_assert_eq!(live, Some(intent.bytes));
    }
}
