//! What may be sent in one day over mobile data, against a real portal.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use khosra_desk::{
    Ended, Host as _,
    commands::call,
    wire::{
        AttachPhoto, BudgetView, DataBudget, IntentView, Nothing, OfIntent, PublishStory, StoryView,
        TakeDownStory,
    },
};
use newsite::Running;
use story::{Cause, DeliveryState, Originals, PublicState, StoryPhoto};
use testkit::{Newsroom, content, heavy_png, portal};

const PATIENCE: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_secs(2);

async fn newsroom() -> (Newsroom, Running) {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    (room, site)
}

async fn budget(room: &Newsroom, mobile: bool, daily_mb: Option<u32>) -> BudgetView {
    let originals = Originals::default();
    call::set_data_budget(&room.desk, DataBudget { mobile, daily_mb, originals }).await.unwrap().budget
}

async fn today(room: &Newsroom) -> BudgetView {
    call::outbox(&room.desk, Nothing {}).await.unwrap().budget
}

/// The story with a photo of its own that weighs more than a megabyte.
async fn pictured(room: &Newsroom, view: &StoryView, seed: u64) -> StoryView {
    let attach = AttachPhoto { story: view.story, name: format!("{seed}.png") };
    let attached = room.desk.attach_photo(attach, heavy_png(seed)).await.unwrap();
    let mut content = view.content.clone();
    content.photos.push(StoryPhoto {
        id: attached.photo.id,
        caption: "ঘাট".to_owned(),
        credit: "নিজস্ব".to_owned(),
        alt: "ঘাট".to_owned(),
        decorative: false,
        lead: false,
        focal: None,
    });
    room.save(view.story, view.counter + 1, content).await
}

async fn published(room: &Newsroom, seed: u64) -> StoryView {
    let view = room.write(content(&format!("খবর {seed}"))).await;
    let view = pictured(room, &view, seed).await;
    room.publish(&view).await
}

async fn run(room: &Newsroom, view: &StoryView, patience: Duration) -> Ended {
    let worker = room.desk.start_worker();
    let ended = room.desk.wait_for_outbox(Some(view.story), patience).await.unwrap();
    worker.stop().await;
    ended
}

async fn settles(room: &Newsroom, view: &StoryView) -> IntentView {
    match run(room, view, PATIENCE).await {
        Ended::Settled(mut intents) => intents.remove(0),
        other => panic!("{other:?}"),
    }
}

async fn waits(room: &Newsroom, view: &StoryView) -> IntentView {
    match run(room, view, SHORT).await {
        Ended::Waiting(mut intents) => intents.remove(0),
        other => panic!("{other:?}"),
    }
}

/// A day whose megabyte is spent.
async fn spent(room: &Newsroom) {
    budget(room, true, Some(1)).await;
    let view = published(room, 1).await;
    assert_eq!(settles(room, &view).await.state, DeliveryState::Confirmed, "what fits in goes");
    let BudgetView { sent_today, .. } = today(room).await;
    assert!((1_000_000..2_500_000).contains(&sent_today), "{sent_today}");
}

fn midnight() -> DateTime<Utc> {
    "2025-11-05T18:00:00Z".parse().unwrap()
}

#[tokio::test]
async fn a_photo_waits_until_midnight_in_dhaka_over_a_restart_and_then_goes_by_itself() {
    let (room, _site) = newsroom().await;
    spent(&room).await;
    let view = published(&room, 2).await;
    let held = waits(&room, &view).await;
    assert_eq!((held.state, held.cause), (DeliveryState::Queued, Some(Cause::BudgetSpent)));
    assert_eq!((held.next_at, held.attempts, held.bytes_sent), (Some(midnight()), 0, 0));
    let before = today(&room).await;
    assert_eq!((before.waiting, before.until), (1, midnight()));
    let room = room.reopen().await;
    assert_eq!(today(&room).await.sent_today, before.sent_today, "a new start is no new day");
    room.host.pass(midnight() - room.host.now() - TimeDelta::seconds(1));
    assert_eq!(waits(&room, &view).await.cause, Some(Cause::BudgetSpent));
    room.host.pass(TimeDelta::seconds(1));
    assert_eq!(today(&room).await.sent_today, 0);
    assert_eq!(settles(&room, &view).await.state, DeliveryState::Confirmed);
}

#[tokio::test]
async fn what_was_sent_is_counted_once_whatever_is_asked_again() {
    let (room, _site) = newsroom().await;
    let view = published(&room, 1).await;
    let total = settles(&room, &view).await.bytes_total;
    assert_eq!(today(&room).await.sent_today, total, "also when nobody set a limit");
    // The portal has the photo: only the text of the second story goes.
    let second = room.write(content("একই ছবির খবর")).await;
    let second = pictured(&room, &second, 1).await;
    let second = room.publish(&second).await;
    settles(&room, &second).await;
    let more = today(&room).await.sent_today - total;
    assert!((100..10_000).contains(&more), "{more}");
}

#[tokio::test]
async fn text_withdrawals_and_corrections_are_never_held_back() {
    let (room, _site) = newsroom().await;
    let live = room.write(content("প্রথম খবর")).await;
    room.publish(&live).await;
    settles(&room, &live).await;
    spent(&room).await;
    let plain = room.write(content("ছবি ছাড়া খবর")).await;
    room.publish(&plain).await;
    assert_eq!(settles(&room, &plain).await.state, DeliveryState::Confirmed);
    let live = room.view(live.story).await;
    let corrected = pictured(&room, &live, 9).await;
    room.publish(&corrected).await;
    assert_eq!(settles(&room, &corrected).await.state, DeliveryState::Confirmed, "its photos go with it");
    let down = TakeDownStory { story: live.story, reason: "ভুল".to_owned(), breaks_glass: false };
    call::withdraw(&room.desk, down).await.unwrap();
    settles(&room, &live).await;
    assert_eq!(room.view(live.story).await.axes.public, PublicState::Withdrawn);
}

#[tokio::test]
async fn a_person_may_send_one_or_all_of_them_anyway() {
    let (room, _site) = newsroom().await;
    spent(&room).await;
    let one = published(&room, 2).await;
    let held = waits(&room, &one).await;
    call::send_now(&room.desk, OfIntent { intent: held.intent }).await.unwrap();
    assert_eq!(settles(&room, &one).await.state, DeliveryState::Confirmed);
    let (two, three) = (published(&room, 3).await, published(&room, 4).await);
    waits(&room, &two).await;
    waits(&room, &three).await;
    assert_eq!(today(&room).await.waiting, 2);
    assert_eq!(call::lift_data_budget(&room.desk, Nothing {}).await.unwrap().budget.waiting, 0);
    settles(&room, &two).await;
    settles(&room, &three).await;
    // That was about those: what comes later waits again.
    let four = published(&room, 5).await;
    assert_eq!(waits(&room, &four).await.cause, Some(Cause::BudgetSpent));
}

#[tokio::test]
async fn a_larger_limit_or_another_network_lets_them_go() {
    let (room, _site) = newsroom().await;
    spent(&room).await;
    let view = published(&room, 2).await;
    waits(&room, &view).await;
    budget(&room, true, Some(100)).await;
    assert_eq!(settles(&room, &view).await.state, DeliveryState::Confirmed);
    budget(&room, true, Some(0)).await;
    let view = published(&room, 3).await;
    assert_eq!(waits(&room, &view).await.cause, Some(Cause::BudgetSpent));
    budget(&room, false, Some(0)).await;
    assert_eq!(settles(&room, &view).await.state, DeliveryState::Confirmed);
}

#[tokio::test]
async fn who_set_a_window_is_asked_when_it_closes_and_not_at_midnight() {
    let (room, _site) = newsroom().await;
    budget(&room, true, Some(0)).await;
    let view = room.write(content("সময় বাঁধা খবর")).await;
    let view = pictured(&room, &view, 1).await;
    let send_until = Some(room.host.now() + TimeDelta::hours(1));
    let order = PublishStory { send_until, ..PublishStory::soon(view.story, view.counter) };
    call::publish(&room.desk, order).await.unwrap();
    assert_eq!(waits(&room, &view).await.cause, Some(Cause::BudgetSpent));
    room.host.pass(TimeDelta::hours(1) + TimeDelta::seconds(2));
    let Ended::Stuck(stuck) = run(&room, &view, PATIENCE).await else { panic!("nobody was asked") };
    assert_eq!(stuck[0].cause, Some(Cause::WindowClosed));
}
