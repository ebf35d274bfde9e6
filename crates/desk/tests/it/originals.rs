//! The originals of photos behind their stories, against a real portal.

use std::time::Duration;

use ::portal::{Address, Credentials, Kind, Secret, sign_in};
use chrono::TimeDelta;
use khosra_desk::{
    Ended,
    commands::call,
    wire::{DataBudget, Nothing, OfIntent, OriginalView, OutboxView, StoryView, TakeDownStory},
};
use newsite::Running;
use story::{Cause, DeliveryState, Line, Originals, Payload, Role};
use testkit::{CANARY, Newsroom, account, fetch_as, jpeg_with_place, portal};

use crate::common::{ended, settled, with_photo};

async fn newsroom() -> (Newsroom, Running) {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    (room, site)
}

async fn outbox(room: &Newsroom) -> OutboxView {
    call::outbox(&room.desk, Nothing {}).await.unwrap()
}

/// The only one there is.
async fn original(room: &Newsroom) -> OriginalView {
    let mut originals = outbox(room).await.originals;
    assert_eq!(originals.len(), 1);
    originals.remove(0)
}

async fn policy(room: &Newsroom, mobile: bool, originals: Originals) -> OutboxView {
    call::set_data_budget(&room.desk, DataBudget { mobile, daily_mb: None, originals }).await.unwrap()
}

async fn published(room: &Newsroom, headline: &str) -> StoryView {
    let view = with_photo(room, headline).await;
    room.publish(&view).await
}

/// Lets everything go that goes by itself.
async fn all_settled(room: &Newsroom) {
    assert!(matches!(ended(room, None).await, Ended::Settled(_)));
}

/// Lets the line be asked again, until the original stands as it should.
async fn a_minute_later(room: &Newsroom, stands: impl Fn(&OriginalView) -> bool) {
    room.host.pass(TimeDelta::seconds(61));
    let worker = room.desk.start_worker();
    for _ in 0..600 {
        if stands(&original(room).await) {
            return worker.stop().await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:?}", original(room).await);
}

/// What the portal's editor gets as the original of the story's photo: status and bytes.
async fn fetched(site: &Running, view: &StoryView) -> (u16, Vec<u8>) {
    let editor = account(site, Role::Editor);
    let address = Address::parse(Kind::Native, &site.url()).unwrap();
    let password = Secret::new(editor.password.as_str());
    let credentials = Credentials { user: &editor.user, password: &password, device: "test" };
    let session = sign_in(&address, &credentials).await.unwrap();
    let token = session.token.expose();
    let story = fetch_as(&format!("{}/api/v1/stories/{}", site.url(), view.story), Some(token)).await.1;
    let story: serde_json::Value = serde_json::from_slice(&story).unwrap();
    let payload: Payload = serde_json::from_value(story["payload"].clone()).unwrap();
    let photo = &payload.photos[0].sha256;
    fetch_as(&format!("{}/api/v1/photos/{photo}/original", site.url()), Some(token)).await
}

#[tokio::test]
async fn an_original_follows_its_story_and_tells_nothing_of_place_machine_or_owner() {
    let (room, site) = newsroom().await;
    room.host.set_line(Line::Free);
    let view = published(&room, "মূল ছবিসহ খবর").await;
    assert_eq!(original(&room).await.state, DeliveryState::Queued);
    let told = settled(ended(&room, Some(view.story)).await);
    assert_eq!((told.state, told.bytes_total < 1_000_000), (DeliveryState::Confirmed, true));
    all_settled(&room).await;
    let there = original(&room).await;
    assert_eq!((there.state, there.cause), (DeliveryState::Confirmed, None));
    assert_eq!(
        (there.bytes_sent, there.bytes_total),
        (jpeg_with_place().len() as u64, jpeg_with_place().len() as u64)
    );
    let (status, bytes) = fetched(&site, &view).await;
    assert_eq!(status, 200);
    assert!(jpeg_with_place().windows(CANARY.len()).any(|window| window == CANARY.as_bytes()));
    assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()));
    let facts = photo::examine(&bytes, &photo::Limits::default()).unwrap();
    assert!(!facts.had_location);
    // Stripped and not made anew: the picture's own data are those of the camera.
    assert!(jpeg_with_place().ends_with(&bytes[bytes.len() - 10_000..]));
    let before = outbox(&room).await.budget.sent_today;
    let again = published(&room, "একই ছবির আরেক খবর").await;
    all_settled(&room).await;
    let text = outbox(&room).await.intents[0].bytes_total;
    assert!(
        outbox(&room).await.budget.sent_today - before <= text,
        "the portal has it: not a byte goes twice"
    );
    assert_eq!(fetched(&site, &again).await.0, 200);
}

#[tokio::test]
async fn on_a_line_that_is_paid_for_or_not_known_it_waits_and_a_person_may_send_it_now() {
    let (room, site) = newsroom().await;
    let view = published(&room, "দামি সংযোগ").await;
    all_settled(&room).await;
    let held = original(&room).await;
    assert_eq!((held.state, held.cause), (DeliveryState::Queued, Some(Cause::PriceUnknown)));
    assert_eq!((held.attempts, held.bytes_sent), (0, 0), "waiting is no attempt");
    room.host.set_line(Line::Metered);
    a_minute_later(&room, |one| one.cause == Some(Cause::Metered)).await;
    let room = room.reopen().await;
    assert_eq!(fetched(&site, &view).await.0, 404);
    call::send_now(&room.desk, OfIntent { intent: held.intent }).await.unwrap();
    all_settled(&room).await;
    assert_eq!(original(&room).await.state, DeliveryState::Confirmed);
    assert_eq!(fetched(&site, &view).await.0, 200);
}

#[tokio::test]
async fn the_line_is_asked_again_by_itself_and_another_choice_counts_at_once() {
    let (room, _site) = newsroom().await;
    published(&room, "লাইন বদলাবে").await;
    all_settled(&room).await;
    room.host.set_line(Line::Free);
    a_minute_later(&room, |one| one.state == DeliveryState::Confirmed).await;

    // Mobile data, by a person's word, whatever the machine says of the line; until every line will do.
    policy(&room, true, Originals::Unmetered).await;
    let mut view = with_photo(&room, "মোবাইল ডেটা").await;
    view = room.publish(&view).await;
    all_settled(&room).await;
    let waiting =
        |view: OutboxView| view.originals.into_iter().find(|one| one.state != DeliveryState::Confirmed);
    let held = waiting(outbox(&room).await).unwrap();
    assert_eq!((held.story, held.cause), (view.story, Some(Cause::Metered)));
    policy(&room, true, Originals::Never).await;
    all_settled(&room).await;
    assert_eq!(waiting(outbox(&room).await).unwrap().cause, Some(Cause::OriginalsOff));
    policy(&room, true, Originals::Always).await;
    all_settled(&room).await;
    assert!(waiting(outbox(&room).await).is_none());
}

#[tokio::test]
async fn who_wants_no_originals_has_none_and_one_that_was_asked_for_can_be_taken_back() {
    let (room, _site) = newsroom().await;
    policy(&room, false, Originals::Never).await;
    published(&room, "মূল ছবি নয়").await;
    all_settled(&room).await;
    assert!(outbox(&room).await.originals.is_empty());
    policy(&room, false, Originals::Unmetered).await;
    published(&room, "পরে ফেরত").await;
    all_settled(&room).await;
    let held = original(&room).await;
    call::cancel_intent(&room.desk, OfIntent { intent: held.intent }).await.unwrap();
    assert!(outbox(&room).await.originals.is_empty());
}

#[tokio::test]
async fn a_taking_down_leaves_no_original_behind() {
    let (room, site) = newsroom().await;
    room.host.set_line(Line::Free);
    let view = published(&room, "মুছে ফেলা খবর").await;
    all_settled(&room).await;
    assert_eq!(fetched(&site, &view).await.0, 200);
    let reason = || "আদালতের আদেশ".to_owned();
    call::kill(&room.desk, TakeDownStory { story: view.story, reason: reason(), breaks_glass: false })
        .await
        .unwrap();
    all_settled(&room).await;
    assert_eq!(fetched(&site, &view).await.0, 404, "the kill took it along");

    room.host.set_line(Line::Metered);
    let view = published(&room, "তুলে নেওয়া খবর").await;
    all_settled(&room).await;
    call::withdraw(&room.desk, TakeDownStory { story: view.story, reason: reason(), breaks_glass: false })
        .await
        .unwrap();
    room.host.set_line(Line::Free);
    all_settled(&room).await;
    let open = |one: &OriginalView| one.story == view.story;
    assert!(!outbox(&room).await.originals.iter().any(open), "and one that waited goes nowhere");
    assert_eq!(fetched(&site, &view).await.0, 404);
}

#[tokio::test]
async fn a_portal_that_refuses_an_original_holds_nothing_up() {
    let (room, site) = newsroom().await;
    room.host.set_line(Line::Free);
    let view = published(&room, "প্রথম").await;
    assert_eq!(settled(ended(&room, Some(view.story)).await).state, DeliveryState::Confirmed);
    site.faults().replace(&["status=403@/original"]).unwrap();
    all_settled(&room).await;
    let refused = original(&room).await;
    assert_eq!((refused.state, refused.cause), (DeliveryState::Refused, Some(Cause::Forbidden)));
    site.faults().replace(&["status=401@/original"]).unwrap();
    call::send_now(&room.desk, OfIntent { intent: refused.intent }).await.unwrap();
    all_settled(&room).await;
    assert_eq!(original(&room).await.cause, Some(Cause::SignedOut));
    let next = room.write(testkit::content("দ্বিতীয়")).await;
    let next = room.publish(&next).await;
    assert_eq!(settled(ended(&room, Some(next.story)).await).state, DeliveryState::Confirmed);
}
