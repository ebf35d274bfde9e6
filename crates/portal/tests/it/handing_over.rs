//! Between an author and the desk: each command has one effect, whatever whoever got the story did with it since.

use std::sync::{Arc, Mutex};

use khosra_portal::{
    Act, Delivery, Failure, Portal, Recalled, Recalling, Receipt, deliver_story, outcome, recall,
};
use serde_json::json;
use story::{Cause, IntentId, Outcome, Payload, Sha256Hex};

use crate::{
    server::{Answer, Reply, Request, Server},
    shelf::{Shared, Shelf, bytes, payload, story_id},
};

const REASON: &str = "দ্বিতীয় অনুচ্ছেদের সূত্র কী?";

struct Intent {
    key: IntentId,
    act: Act,
    payload: Payload,
    bytes: Vec<u8>,
    sent_before: Vec<Sha256Hex>,
}

impl Intent {
    fn of(number: u128, act: Act, headline: &str) -> Self {
        let payload = payload(headline);
        let bytes = bytes(&payload);
        let key = IntentId(uuid::Uuid::from_u128(number));
        Self { key, act, payload, bytes, sent_before: Vec::new() }
    }

    fn after(self, before: &Self) -> Self {
        Self { sent_before: vec![Sha256Hex::of(&before.bytes)], ..self }
    }

    async fn deliver(&self, portal: &dyn Portal, maybe_sent: bool) -> Result<Receipt, Failure> {
        let delivery = Delivery {
            consent: None,
            key: self.key,
            act: self.act,
            payload: &self.payload,
            bytes: &self.bytes,
            at: None,
            notice: None,
            reason: REASON,
            window_closed: false,
            maybe_sent,
            sent_before: &self.sent_before,
            over: None,
            guards: &[],
        };
        deliver_story(portal, &delivery).await
    }
}

/// A portal whose answers to commands get lost while the switch is on, after their effect.
async fn losing() -> (Server, Shared, Arc<Mutex<bool>>) {
    let lost = Arc::new(Mutex::new(false));
    let switch = Arc::clone(&lost);
    let (server, shelf) = Shelf::serve(move |request: &Request, answer: Answer| {
        let cut = request.path.ends_with("transitions") && *switch.lock().unwrap();
        if cut { Reply::Cut } else { answer.into() }
    })
    .await;
    (server, shelf, lost)
}

/// A filed story, and a return of it with other words.
async fn filed(server: &Server) -> (Intent, Intent) {
    let filing = Intent::of(1, Act::File, "নদীর ঘাট");
    filing.deliver(&*server.portal(), false).await.unwrap();
    let back = Intent::of(2, Act::Return, "নদীর পুরোনো ঘাট").after(&filing);
    (filing, back)
}

/// Whoever got the story puts another text in its place, and into other hands.
fn somebody(shelf: &Shared, headline: &str, desk: &'static str) -> Vec<u8> {
    let text = bytes(&payload(headline));
    let mut shelf = shelf.lock().unwrap();
    shelf.revision += 1;
    (shelf.copy, shelf.desk) = (Some(text.clone()), Some(desk));
    text
}

fn handed(shelf: &Shared) -> Vec<String> {
    shelf.lock().unwrap().handed.iter().map(|(command, _)| command.clone()).collect()
}

#[tokio::test]
async fn a_return_goes_with_the_desks_text_and_its_reason() {
    let (server, shelf, _) = losing().await;
    let (_, back) = filed(&server).await;
    let receipt = back.deliver(&*server.portal(), false).await.unwrap();
    assert_eq!((receipt.hash, receipt.was_there), (Sha256Hex::of(&back.bytes), false));
    let order = server.seen().into_iter().rfind(|request| request.method == "POST").unwrap();
    let order: serde_json::Value = serde_json::from_slice(&order.body).unwrap();
    assert_eq!(order, json!({"command": "return", "hash": Sha256Hex::of(&back.bytes), "note": REASON}));
    let shelf = shelf.lock().unwrap();
    assert_eq!((shelf.desk, shelf.publications), (Some("returned"), 0));
    assert_eq!(shelf.copy.as_ref(), Some(&back.bytes));
}

#[tokio::test]
async fn a_return_whose_answer_was_lost_is_one_whatever_the_author_did_since() {
    for (headline, desk) in [
        ("নদীর পুরোনো ঘাট", "returned"),
        ("নদীর পুরোনো ঘাট", "filed"),
        ("উত্তরসহ", "returned"),
        ("উত্তরসহ", "filed"),
        ("উত্তরসহ", "in_edit"),
    ] {
        let (server, shelf, lost) = losing().await;
        let (_, back) = filed(&server).await;
        *lost.lock().unwrap() = true;
        let failure = back.deliver(&*server.portal(), false).await.unwrap_err();
        assert!(matches!(outcome(&failure), Outcome::Unknown { .. }), "{failure}");
        *lost.lock().unwrap() = false;
        let text = somebody(&shelf, headline, desk);
        // The desk may have taken it again meanwhile, so that what stands there could be replaced.
        let back = Intent { sent_before: vec![Sha256Hex::of(&text)], ..back };
        for _ in 0..3 {
            let receipt = back.deliver(&*server.portal(), true).await.unwrap();
            assert_eq!(receipt.hash, Sha256Hex::of(&back.bytes), "{headline} {desk}");
        }
        assert_eq!(handed(&shelf), ["file", "return"], "{headline} {desk}");
        let shelf = shelf.lock().unwrap();
        assert_eq!((shelf.copy.as_ref(), shelf.desk), (Some(&text), Some(desk)), "nothing was written over");
    }
}

#[tokio::test]
async fn a_return_that_comes_after_the_author_has_recalled_changes_nothing() {
    for maybe_sent in [false, true] {
        let (server, shelf, _) = losing().await;
        let (filing, back) = filed(&server).await;
        shelf.lock().unwrap().desk = Some("draft");
        let failure = back.deliver(&*server.portal(), maybe_sent).await.unwrap_err();
        assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::Conflict });
        assert!(failure.nothing_done, "the portal has the last word");
        assert_eq!(server.count("PUT", "/"), 1, "only the filing");
        let shelf = shelf.lock().unwrap();
        assert_eq!((shelf.copy.as_ref(), shelf.desk), (Some(&filing.bytes), Some("draft")));
    }
}

#[tokio::test]
async fn another_persons_text_at_the_desk_is_not_returned_in_ours() {
    let (server, shelf, _) = losing().await;
    let (_, back) = filed(&server).await;
    let text = somebody(&shelf, "ডেস্কের আরেকজনের লেখা", "in_edit");
    for maybe_sent in [false, true] {
        let failure = back.deliver(&*server.portal(), maybe_sent).await.unwrap_err();
        assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::ChangedOnPortal });
    }
    assert_eq!(shelf.lock().unwrap().copy, Some(text));
    assert_eq!(handed(&shelf), ["file"]);
}

#[tokio::test]
async fn a_portal_that_says_yes_and_keeps_the_story_is_found_out() {
    let (server, _shelf) = Shelf::serve(|request, mut answer| {
        if request.method == "GET" && request.path.contains("stories") {
            let body = String::from_utf8(answer.body).unwrap();
            answer.body = body.replace("\"returned\"", "\"in_edit\"").into_bytes();
        }
        answer.into()
    })
    .await;
    let (_, back) = filed(&server).await;
    let failure = back.deliver(&*server.portal(), false).await.unwrap_err();
    assert_eq!(failure.cause, Cause::ReadBackDiffers);
    assert_eq!(failure.differences[0].at, "/desk");
}

#[tokio::test]
async fn there_is_nothing_to_return_where_nothing_is() {
    let (server, shelf, _) = losing().await;
    let back = Intent::of(2, Act::Return, "নদীর ঘাট");
    let failure = back.deliver(&*server.portal(), false).await.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::NotFound, true));
    assert_eq!(shelf.lock().unwrap().copy, None);
}

#[tokio::test]
async fn a_filing_whose_answer_was_lost_is_done_although_the_desk_has_changed_it_since() {
    let (server, shelf, lost) = losing().await;
    let filing = Intent::of(1, Act::File, "নদীর ঘাট");
    *lost.lock().unwrap() = true;
    filing.deliver(&*server.portal(), false).await.unwrap_err();
    *lost.lock().unwrap() = false;
    let text = somebody(&shelf, "ডেস্কের শিরোনাম", "in_edit");
    let receipt = filing.deliver(&*server.portal(), true).await.unwrap();
    assert!(receipt.was_there && receipt.hash == Sha256Hex::of(&filing.bytes));
    assert_eq!(handed(&shelf), ["file"]);
    assert_eq!(shelf.lock().unwrap().copy, Some(text));
}

async fn recalled(server: &Server, maybe_sent: bool) -> Result<Recalled, Failure> {
    let key = IntentId(uuid::Uuid::from_u128(3));
    recall(&*server.portal(), &Recalling { key, story: story_id(), maybe_sent }).await
}

#[tokio::test]
async fn a_recall_takes_back_what_waits_and_leaves_its_text() {
    let (server, shelf, _) = losing().await;
    let (filing, _) = filed(&server).await;
    assert!(!recalled(&server, false).await.unwrap().was_back);
    assert!(recalled(&server, true).await.unwrap().was_back);
    assert_eq!(handed(&shelf), ["file", "recall"]);
    let shelf = shelf.lock().unwrap();
    assert_eq!((shelf.desk, shelf.copy.as_ref()), (Some("draft"), Some(&filing.bytes)));
}

#[tokio::test]
async fn what_the_desk_does_not_have_is_back_already() {
    let (server, shelf, _) = losing().await;
    assert_eq!(recalled(&server, false).await.unwrap().revision, None, "it was never there");
    filed(&server).await;
    for desk in ["draft", "returned"] {
        shelf.lock().unwrap().desk = Some(desk);
        assert!(recalled(&server, false).await.unwrap().was_back, "{desk}");
    }
    assert_eq!(handed(&shelf), ["file"]);
}

#[tokio::test]
async fn what_somebody_at_the_desk_has_is_not_recalled() {
    for (desk, maybe_sent) in [("in_edit", false), ("in_edit", true), ("approved", false), ("approved", true)]
    {
        let (server, shelf, _) = losing().await;
        filed(&server).await;
        shelf.lock().unwrap().desk = Some(desk);
        let failure = recalled(&server, maybe_sent).await.unwrap_err();
        assert_eq!((failure.cause, failure.nothing_done), (Cause::Conflict, true), "{desk} {maybe_sent}");
        assert_eq!(shelf.lock().unwrap().desk, Some(desk));
    }
}

#[tokio::test]
async fn a_recall_whose_answer_was_lost_is_one_also_when_the_story_was_filed_again() {
    for desk in ["draft", "filed", "in_edit"] {
        let (server, shelf, lost) = losing().await;
        filed(&server).await;
        *lost.lock().unwrap() = true;
        assert!(!recalled(&server, false).await.unwrap_err().nothing_done);
        *lost.lock().unwrap() = false;
        shelf.lock().unwrap().desk = Some(desk);
        assert!(recalled(&server, true).await.unwrap().was_back, "{desk}");
        assert_eq!(handed(&shelf), ["file", "recall"], "{desk}");
        assert_eq!(shelf.lock().unwrap().desk, Some(desk));
    }
}

#[tokio::test]
async fn a_look_up_that_fails_leaves_unknown_what_may_have_been_recalled() {
    let (server, _shelf) = Shelf::serve(|_, _| Answer::bare(502).into()).await;
    assert!(recalled(&server, false).await.unwrap_err().nothing_done);
    assert!(!recalled(&server, true).await.unwrap_err().nothing_done);
}
