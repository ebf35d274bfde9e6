//! The worker against a real portal that goes wrong in every way it knows.

use std::time::Duration;

use khosra_desk::{
    Ended,
    commands::call,
    wire::{DeskEvent, ErrorCode, IntentView, Nothing, OfIntent, OfStory, StoryView},
};
use newsite::Running;
use story::{Cause, DeliveryState, PublicState};
use testkit::{CANARY, Fault, Newsroom, Proxy, content, portal};

use crate::common::{self, settled, stuck, with_photo};

const PATIENCE: Duration = Duration::from_secs(60);

struct Given {
    room: Newsroom,
    site: Running,
    view: StoryView,
}

/// A story that is in the outbox; the faults begin once it is there.
async fn given(faults: &[&str]) -> Given {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = room.write(content("জোয়ারের পানি নামছে")).await;
    let view = room.publish(&view).await;
    site.faults().replace(faults).unwrap();
    Given { room, site, view }
}

impl Given {
    async fn ended(&self) -> Ended {
        common::ended(&self.room, Some(self.view.story)).await
    }

    /// After one attempt, whatever it came to.
    async fn after_one_attempt(&self) -> IntentView {
        let worker = self.room.desk.start_worker();
        for _ in 0..600 {
            let intent = self.newest().await;
            if intent.attempts > 0 && intent.state != DeliveryState::Sending {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        worker.stop().await;
        self.newest().await
    }

    async fn newest(&self) -> IntentView {
        self.room.view(self.view.story).await.deliveries.remove(0)
    }
}

async fn page(url: &str) -> String {
    String::from_utf8(testkit::fetch(url).await).unwrap()
}

/// How often the front page links to stories with this headline.
async fn articles(site: &Running, headline: &str) -> usize {
    page(&format!("{}/feed.xml", site.url())).await.matches(&format!("<title>{headline}</title>")).count()
}

#[tokio::test]
async fn published_means_that_the_public_page_was_read_back() {
    let given = given(&[]).await;
    let intent = settled(given.ended().await);
    let view = given.room.view(given.view.story).await;
    assert_eq!((intent.state, view.axes.public), (DeliveryState::Confirmed, PublicState::Live));
    assert!(!view.differs_from_live);
    assert!(page(&view.public_url.clone().unwrap()).await.contains("জোয়ারের পানি নামছে"));
    let moves = given.room.host.told();
    assert!(moves.iter().any(
        |event| matches!(event, DeskEvent::IntentMoved { intent } if intent.state == DeliveryState::Sending)
    ));
    assert!(
        moves.iter().any(|event| matches!(event, DeskEvent::StoryMoved { public: PublicState::Live, .. }))
    );
}

#[tokio::test]
async fn an_answer_lost_after_the_portal_acted_ends_in_one_article() {
    let given = given(&["drop-answer=2"]).await;
    given.after_one_attempt().await;
    for _ in 0..10 {
        let intent = given.newest().await.intent;
        call::send_now(&given.room.desk, OfIntent { intent }).await.unwrap();
    }
    let worker = given.room.desk.start_worker();
    for _ in 0..200 {
        if given.newest().await.state.is_settled() {
            break;
        }
        let intent = given.newest().await.intent;
        call::send_now(&given.room.desk, OfIntent { intent }).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    worker.stop().await;
    assert_eq!(given.newest().await.state, DeliveryState::Confirmed);
    assert_eq!(articles(&given.site, "জোয়ারের পানি নামছে").await, 1);
}

#[tokio::test]
async fn an_sql_error_with_status_200_is_a_fault_of_the_portal_and_never_success() {
    let given = given(&["sql-error"]).await;
    let intent = given.after_one_attempt().await;
    assert_eq!(intent.cause, Some(Cause::PortalErrorPage));
    assert!(intent.state.is_waiting(), "{intent:?}");
    assert_eq!(given.room.view(given.view.story).await.axes.public, PublicState::Never);
    given.site.faults().replace::<&str>(&[]).unwrap();
    given.room.desk.send_all_now().await.unwrap();
    assert_eq!(settled(given.ended().await).state, DeliveryState::Confirmed);
}

#[tokio::test]
async fn a_login_page_is_no_answer() {
    let given = given(&["login-page"]).await;
    let intent = given.after_one_attempt().await;
    assert_eq!(intent.cause, Some(Cause::LoginPage));
    assert_eq!(call::outbox(&given.room.desk, Nothing {}).await.unwrap().reachable, Some(false));
}

#[tokio::test]
async fn a_dropped_credit_is_seen_at_the_read_back() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = with_photo(&room, "ছবিসহ খবর").await;
    let view = room.publish(&view).await;
    site.faults().replace(&["drop-credit"]).unwrap();
    let given = Given { room, site, view };
    let intent = stuck(given.ended().await);
    assert_eq!((intent.state, intent.cause), (DeliveryState::Blocked, Some(Cause::ReadBackDiffers)));
    let [found] = intent.differences.as_slice() else { panic!("{:?}", intent.differences) };
    assert_eq!(
        (found.at.as_str(), found.sent.as_str(), found.kept.as_str()),
        ("/photos/0/credit", "নিজস্ব", "")
    );
    assert!(intent.acceptable, "readers have it all the same");
}

#[tokio::test]
async fn differences_that_a_person_accepts_are_kept_in_the_receipt_and_the_story_goes_on() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = with_photo(&room, "ছবিসহ খবর").await;
    let view = room.publish(&view).await;
    site.faults().replace(&["drop-credit"]).unwrap();
    let given = Given { room, site, view };
    let intent = OfIntent { intent: stuck(given.ended().await).intent };
    assert_eq!(given.room.view(given.view.story).await.axes.public, PublicState::Never);
    given.room.host.pass(chrono::TimeDelta::minutes(5));
    call::accept_differences(&given.room.desk, intent).await.unwrap();
    let view = given.room.view(given.view.story).await;
    assert_eq!((view.axes.public, view.differs_from_live), (PublicState::Live, false));
    let accepted = &view.deliveries[0];
    assert_eq!((accepted.state, accepted.cause), (DeliveryState::Confirmed, None));
    assert_eq!(accepted.differences[0].at, "/photos/0/credit");
    assert_eq!(accepted.accepted.as_ref().unwrap().at, khosra_desk::Host::now(&*given.room.host));
    assert!(page(&view.public_url.clone().unwrap()).await.contains("ছবিসহ খবর"));
    let again = call::accept_differences(&given.room.desk, intent).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::MovedOn);
    // A later version goes its own way.
    given.site.faults().replace::<&str>(&[]).unwrap();
    let mut changed = view.content.clone();
    changed.headline = "ছবিসহ নতুন খবর".to_owned();
    let changed = given.room.save(view.story, view.counter + 1, changed).await;
    given.room.publish(&changed).await;
    let corrected = settled(given.ended().await);
    assert!(corrected.differences.is_empty() && corrected.accepted.is_none());
}

#[tokio::test]
async fn a_page_that_does_not_answer_is_a_difference_until_the_next_look() {
    let given = given(&["public-404"]).await;
    let intent = stuck(given.ended().await);
    assert_eq!((intent.cause, intent.differences[0].at.as_str()), (Some(Cause::ReadBackDiffers), "/page"));
    // The portal says that it is live: whether its page may answer so is for a person to say.
    assert!(intent.acceptable);
    given.site.faults().replace::<&str>(&[]).unwrap();
    call::send_now(&given.room.desk, OfIntent { intent: intent.intent }).await.unwrap();
    let done = settled(given.ended().await);
    assert!(done.differences.is_empty(), "sent again, it is as it was sent");
}

#[tokio::test]
async fn a_photo_goes_first_with_its_bytes_counted_and_nothing_of_its_place() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = with_photo(&room, "ছবিসহ খবর").await;
    let view = room.publish(&view).await;
    let given = Given { room, site, view };
    let intent = settled(given.ended().await);
    assert!(intent.bytes_total > 10_000, "{intent:?}");
    let media: Vec<_> = testkit::files(&given.room.folder().join("site"));
    let photo =
        media.iter().find(|(_, bytes)| bytes.starts_with(&[0xFF, 0xD8])).expect("the portal has the photo");
    for secret in [CANARY.as_bytes(), b"Exif", b"GPS"] {
        assert!(!photo.1.windows(secret.len()).any(|window| window == secret), "{secret:?}");
    }
    let html = page(&intent.public_url.unwrap()).await;
    assert!(html.contains("ধানখেতের আলে") && html.contains("নিজস্ব"));
}

#[tokio::test]
async fn without_network_the_story_waits_and_goes_by_itself_later() {
    let mut given = given(&[]).await;
    let port = given.site.url().rsplit(':').next().unwrap().parse().unwrap();
    let folder = given.room.folder().join("site");
    let stopped = std::mem::replace(&mut given.site, portal(&folder.join("other"), 0, &[]).await);
    stopped.stop().await;
    let intent = given.after_one_attempt().await;
    assert_eq!((intent.state, intent.cause), (DeliveryState::Queued, Some(Cause::Offline)));
    given.site = portal(&folder, port, &[]).await;
    // Nobody presses anything: the worker looks for the network by itself.
    assert_eq!(settled(given.ended().await).state, DeliveryState::Confirmed);
}

/// A line that lets small questions through says "here I am" to every look for the network.
#[tokio::test]
async fn a_line_that_breaks_only_what_is_sent_is_tried_again_later_and_not_at_once() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let line = Proxy::to(&site.url()).await;
    room.sign_in_over(&site, &line.url()).await;
    let view = room.write(content("ছেঁড়া তার")).await;
    room.publish(&view).await;
    line.bend(|asked| (asked.method == "PUT").then_some(Fault::CutBefore));
    let worker = room.desk.start_worker();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    worker.stop().await;
    let tries = line.seen().iter().filter(|seen| seen.asked.method == "PUT").count();
    assert!((1..=2).contains(&tries), "the first, and one at the first look: {tries}");
}

#[tokio::test]
async fn a_refused_token_stops_the_queue_once_and_a_new_sign_in_goes_on_with_the_same_keys() {
    let given = given(&["status=401"]).await;
    let first = stuck(given.ended().await);
    assert_eq!((first.state, first.cause), (DeliveryState::Blocked, Some(Cause::SignedOut)));
    given.site.faults().replace::<&str>(&[]).unwrap();
    let second = given.room.write(content("দ্বিতীয় খবর")).await;
    let second = given.room.publish(&second).await;
    let worker = given.room.desk.start_worker();
    tokio::time::sleep(Duration::from_millis(500)).await;
    worker.stop().await;
    let waiting = given.room.view(second.story).await.deliveries.remove(0);
    assert_eq!((waiting.state, waiting.attempts), (DeliveryState::Queued, 0), "no attempt was wasted");
    given.room.sign_in(&given.site).await;
    let after = settled(given.ended().await);
    assert_eq!(after.intent, first.intent);
    let worker = given.room.desk.start_worker();
    let ended = given.room.desk.wait_for_outbox(Some(second.story), PATIENCE).await.unwrap();
    worker.stop().await;
    assert_eq!(settled(ended).intent, waiting.intent);
}

#[tokio::test]
async fn a_stuck_story_does_not_hold_up_another() {
    let given = given(&[]).await;
    given.site.faults().replace(&[&format!("status=422@{}", given.view.story)]).unwrap();
    let other = given.room.write(content("অন্য খবর")).await;
    let other = given.room.publish(&other).await;
    let worker = given.room.desk.start_worker();
    let ended = given.room.desk.wait_for_outbox(Some(other.story), PATIENCE).await.unwrap();
    let stopped = given.room.desk.wait_for_outbox(Some(given.view.story), PATIENCE).await.unwrap();
    worker.stop().await;
    assert_eq!(settled(ended).state, DeliveryState::Confirmed);
    assert_eq!(stuck(stopped).cause, Some(Cause::Invalid));
}

#[tokio::test]
async fn a_correction_replaces_what_readers_have() {
    let given = given(&[]).await;
    let first = settled(given.ended().await);
    let live = given.room.view(given.view.story).await;
    let same = khosra_desk::wire::PublishStory::soon(live.story, live.counter);
    assert_eq!(
        call::publish(&given.room.desk, same).await.unwrap_err().code,
        ErrorCode::RefusedAlreadyPublic
    );
    let mut changed = live.content.clone();
    changed.headline = "জোয়ারের পানি নেমে গেছে".to_owned();
    let changed = given.room.save(live.story, live.counter + 1, changed).await;
    assert!(changed.differs_from_live && changed.axes.public == PublicState::Live);
    given.room.publish(&changed).await;
    let second = settled(given.ended().await);
    assert_ne!(first.intent, second.intent);
    let html = page(&second.public_url.unwrap()).await;
    assert!(html.contains("জোয়ারের পানি নেমে গেছে"));
    assert_eq!(articles(&given.site, "জোয়ারের পানি নামছে").await, 0);
}

#[tokio::test]
async fn pressing_retry_after_success_sends_nothing() {
    let given = given(&[]).await;
    let intent = settled(given.ended().await);
    given.site.faults().replace(&["status=500"]).unwrap();
    let shown = call::send_now(&given.room.desk, OfIntent { intent: intent.intent }).await.unwrap();
    let same = shown.intents.iter().find(|shown| shown.intent == intent.intent).unwrap();
    assert_eq!((same.state, same.attempts), (DeliveryState::Confirmed, intent.attempts));
}

#[tokio::test]
async fn what_was_under_way_when_the_program_ended_is_looked_up_first() {
    let given = given(&["latency=5000"]).await;
    let worker = given.room.desk.start_worker();
    while given.newest().await.state != DeliveryState::Sending {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    worker.stop().await;
    let Given { room, site, view } = given;
    let room = room.reopen().await;
    let given = Given { room, site, view };
    let unknown = given.newest().await;
    assert_eq!(unknown.state, DeliveryState::Unknown);
    let too_late =
        call::cancel_intent(&given.room.desk, OfIntent { intent: unknown.intent }).await.unwrap_err();
    assert_eq!(too_late.code, ErrorCode::TooLateToCancel);
    given.site.faults().replace::<&str>(&[]).unwrap();
    let intent = settled(given.ended().await);
    assert_eq!(intent.intent, unknown.intent);
    assert_eq!(articles(&given.site, "জোয়ারের পানি নামছে").await, 1);
}

#[tokio::test]
async fn an_upload_goes_on_in_its_old_place_after_an_end_of_the_program() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &["status=413@PATCH /api/v1/uploads"]).await;
    room.sign_in(&site).await;
    let view = with_photo(&room, "ছবিসহ খবর").await;
    let view = room.publish(&view).await;
    let given = Given { room, site, view };
    assert_eq!(stuck(given.ended().await).cause, Some(Cause::TooLarge));
    let uploads = given.room.folder().join("site/uploads");
    assert_eq!(testkit::files(&uploads).len(), 1, "the upload was begun");
    let Given { room, site, view } = given;
    let given = Given { room: room.reopen().await, site, view };
    given.site.faults().replace::<&str>(&[]).unwrap();
    let intent = given.newest().await.intent;
    call::send_now(&given.room.desk, OfIntent { intent }).await.unwrap();
    assert_eq!(settled(given.ended().await).state, DeliveryState::Confirmed);
    assert_eq!(testkit::files(&uploads), [], "nothing is left of an upload begun twice");
}

#[tokio::test]
async fn one_photo_of_two_stories_goes_once() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &["latency=300@/api/v1/uploads"]).await;
    room.sign_in(&site).await;
    for _ in 0..2 {
        let view = with_photo(&room, "ছবিসহ খবর").await;
        room.publish(&view).await;
    }
    let ended = common::ended(&room, None).await;
    assert!(matches!(ended, Ended::Settled(_)), "{ended:?}");
    assert_eq!(testkit::files(&room.folder().join("site/uploads")), [], "nothing is left of a second upload");
}

#[tokio::test]
async fn the_public_page_opens_in_the_browser_once_there_is_one() {
    let given = given(&[]).await;
    let of = OfStory { story: given.view.story };
    let early = call::open_public_page(&given.room.desk, of).await.unwrap_err();
    assert_eq!(early.code, ErrorCode::RefusedNotPublic);
    let url = settled(given.ended().await).public_url.unwrap();
    call::open_public_page(&given.room.desk, of).await.unwrap();
    assert_eq!(given.room.host.opened(), [url]);
    let _ = call::outbox(&given.room.desk, Nothing {}).await.unwrap();
}
