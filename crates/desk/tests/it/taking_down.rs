//! Withdraw, kill, schedule and file, against a real portal.

use std::time::Duration;

use chrono::TimeDelta;
use khosra_desk::{
    Ended, Host as _,
    commands::call,
    wire::{
        DeskEvent, ErrorCode, IntentAct, IntentView, OfIntent, OfStory, PauseOutbox, PublishStory,
        ScheduleStory, SetEmbargo, StoryView, TakeDownStory,
    },
};
use newsite::{Clock as _, Running, SystemClock};
use story::{Cause, DeliveryState, DeskState, PublicState};
use testkit::{Fault, Newsroom, Part, Proxy, content, portal, status};

const PATIENCE: Duration = Duration::from_secs(60);

async fn newsroom() -> (Newsroom, Running) {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    (room, site)
}

async fn ended(room: &Newsroom, view: &StoryView) -> Ended {
    let worker = room.desk.start_worker();
    let ended = room.desk.wait_for_outbox(Some(view.story), PATIENCE).await.unwrap();
    worker.stop().await;
    ended
}

async fn settled(room: &Newsroom, view: &StoryView) -> IntentView {
    match ended(room, view).await {
        Ended::Settled(mut intents) => intents.remove(0),
        other => panic!("{other:?}"),
    }
}

/// A story that readers have, and its page.
async fn live(room: &Newsroom) -> (StoryView, String) {
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    room.publish(&view).await;
    settled(room, &view).await;
    let view = room.view(view.story).await;
    let url = view.public_url.clone().unwrap();
    (view, url)
}

fn down(view: &StoryView) -> TakeDownStory {
    TakeDownStory {
        story: view.story, reason: "তথ্য যাচাই হয়নি".to_owned(), breaks_glass: false
    }
}

#[tokio::test]
async fn a_withdrawn_story_is_gone_for_readers_and_can_be_published_again() {
    let (room, _site) = newsroom().await;
    let (view, url) = live(&room).await;
    call::withdraw(&room.desk, down(&view)).await.unwrap();
    let intent = settled(&room, &view).await;
    assert_eq!((intent.act, intent.state), (IntentAct::Withdraw, DeliveryState::Confirmed));
    let view = room.view(view.story).await;
    assert_eq!((view.axes.public, view.public_url.clone()), (PublicState::Withdrawn, None));
    assert!(matches!(status(&url).await, 404 | 410));
    room.publish(&view).await;
    settled(&room, &view).await;
    assert_eq!(room.view(view.story).await.axes.public, PublicState::Live);
    assert_eq!(status(&url).await, 200);
    let log = call::story_log(&room.desk, OfStory { story: view.story }).await.unwrap();
    assert!(log.iter().any(|line| line.note == "তথ্য যাচাই হয়নি"));
}

#[tokio::test]
async fn a_killed_story_answers_gone_and_never_comes_back() {
    let (room, _site) = newsroom().await;
    let (view, url) = live(&room).await;
    call::kill(&room.desk, down(&view)).await.unwrap();
    settled(&room, &view).await;
    let view = room.view(view.story).await;
    assert_eq!((view.axes.public, status(&url).await), (PublicState::Killed, 410));
    let order = PublishStory::soon(view.story, view.counter);
    let refused = call::publish(&room.desk, order).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedKilled);
}

#[tokio::test]
async fn a_taking_down_needs_its_reason() {
    let (room, _site) = newsroom().await;
    let (view, _) = live(&room).await;
    let blank = TakeDownStory { story: view.story, reason: " \n".to_owned(), breaks_glass: false };
    let refused = call::withdraw(&room.desk, blank).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ReasonNeeded);
    assert_eq!(room.view(view.story).await.deliveries.len(), 1);
}

#[tokio::test]
async fn a_story_whose_publication_waits_is_withdrawn_before_anything_is_sent() {
    let (room, site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    room.publish(&view).await;
    call::withdraw(&room.desk, down(&view)).await.unwrap();
    settled(&room, &view).await;
    let view = room.view(view.story).await;
    let states: Vec<_> = view.deliveries.iter().map(|intent| (intent.act, intent.state)).collect();
    let expected =
        [(IntentAct::Withdraw, DeliveryState::Confirmed), (IntentAct::Publish, DeliveryState::Cancelled)];
    assert_eq!(states, expected);
    assert_eq!(view.axes.public, PublicState::Never);
    let feed = testkit::fetch(&format!("{}/feed.xml", site.url())).await;
    assert!(!String::from_utf8(feed).unwrap().contains("সেতুর কাজ"));
}

#[tokio::test]
async fn a_publication_that_could_not_be_confirmed_is_taken_down_and_not_sent_again() {
    let (room, site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    room.publish(&view).await;
    site.faults().replace(&["public-404"]).unwrap();
    let Ended::Stuck(stuck) = ended(&room, &view).await else { panic!("it was confirmed") };
    assert_eq!(stuck[0].cause, Some(Cause::ReadBackDiffers));
    site.faults().replace::<&str>(&[]).unwrap();
    call::withdraw(&room.desk, down(&view)).await.unwrap();
    settled(&room, &view).await;
    let view = room.view(view.story).await;
    assert_eq!(view.deliveries[1].state, DeliveryState::Cancelled);
    assert_eq!(view.axes.public, PublicState::Withdrawn);
    room.host.pass(TimeDelta::hours(2));
    settled(&room, &view).await;
    let feed = testkit::fetch(&format!("{}/feed.xml", site.url())).await;
    assert!(!String::from_utf8(feed).unwrap().contains("সেতুর কাজ"));
}

#[tokio::test]
async fn a_kill_behind_a_withdrawal_in_doubt_goes_out_and_neither_stops_the_other() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let line = Proxy::to(&site.url()).await;
    room.sign_in_over(&site, &line.url()).await;
    let (view, url) = live(&room).await;
    // The answer to the order is lost, and nothing can be asked afterwards.
    let mut ordered = false;
    line.bend(move |asked| {
        let lost = ordered.then_some(Fault::CutBefore);
        ordered |= asked.path.ends_with("/transitions");
        if ordered && lost.is_none() { Some(Fault::CutAnswer(Some(Part::Head))) } else { lost }
    });
    call::withdraw(&room.desk, down(&view)).await.unwrap();
    let worker = room.desk.start_worker();
    let in_doubt = async {
        loop {
            let deliveries = room.view(view.story).await.deliveries;
            let withdrawal = deliveries.iter().find(|intent| intent.act == IntentAct::Withdraw).unwrap();
            if withdrawal.attempts > 0 && withdrawal.state.is_waiting() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, in_doubt).await.unwrap();
    worker.stop().await;
    line.calm();
    call::kill(&room.desk, down(&view)).await.unwrap();
    let open = room.view(view.story).await.deliveries;
    assert_eq!(open.iter().filter(|intent| !intent.state.is_settled()).count(), 2);
    room.desk.send_all_now().await.unwrap();
    assert!(matches!(ended(&room, &view).await, Ended::Settled(_)));
    let page = url.replace(&line.url(), &site.url());
    assert_eq!((room.view(view.story).await.axes.public, status(&page).await), (PublicState::Killed, 410));
}

fn at_six(room: &Newsroom, view: &StoryView) -> ScheduleStory {
    ScheduleStory {
        story: view.story,
        counter: view.counter,
        at: room.host.now() + TimeDelta::hours(6),
        over_fallen: false,
    }
}

#[tokio::test]
async fn a_scheduled_story_goes_live_by_the_portals_clock_and_the_desk_hears_of_it() {
    let (room, site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    // The portal has the real clock.
    let at = SystemClock.now() + TimeDelta::seconds(2);
    room.host.pass(SystemClock.now() - room.host.now());
    call::schedule(
        &room.desk,
        ScheduleStory { story: view.story, counter: view.counter, at, over_fallen: false },
    )
    .await
    .unwrap();
    let intent = settled(&room, &view).await;
    assert_eq!((intent.act, intent.live_at), (IntentAct::Schedule, Some(at)));
    let scheduled = room.view(view.story).await;
    assert_eq!(scheduled.axes.public, PublicState::Scheduled);
    assert_eq!(scheduled.live_at.map(|live_at| live_at.timestamp()), Some(at.timestamp()));
    tokio::time::sleep(Duration::from_secs(3)).await;
    room.host.pass(TimeDelta::seconds(10));
    let worker = room.desk.start_worker();
    for _ in 0..200 {
        if room.view(view.story).await.axes.public == PublicState::Live {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    worker.stop().await;
    let live = room.view(view.story).await;
    assert_eq!((live.axes.public, live.live_at), (PublicState::Live, None));
    assert!(!live.differs_from_live);
    assert_eq!(status(&live.public_url.unwrap()).await, 200);
    drop(site);
}

#[tokio::test]
async fn a_computer_whose_clock_is_a_day_ahead_raises_no_alarm_and_publishes_nothing() {
    let (room, _site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    room.host.pass(SystemClock.now() - room.host.now());
    call::schedule(&room.desk, at_six(&room, &view)).await.unwrap();
    settled(&room, &view).await;
    room.host.pass(TimeDelta::days(1));
    room.host.told();
    let worker = room.desk.start_worker();
    tokio::time::sleep(Duration::from_secs(2)).await;
    worker.stop().await;
    let view = room.view(view.story).await;
    assert_eq!((view.axes.public, view.schedule_missed), (PublicState::Scheduled, false));
    assert!(!room.host.told().iter().any(|event| matches!(event, DeskEvent::ScheduleMissed { .. })));
}

#[tokio::test]
async fn a_time_that_is_past_or_more_than_a_year_ahead_is_refused_at_once() {
    let (room, _site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    let (story, counter) = (view.story, view.counter);
    for (ahead, code) in
        [(TimeDelta::minutes(-1), ErrorCode::TimePassed), (TimeDelta::days(4_000), ErrorCode::TimeFarOff)]
    {
        let at = room.host.now() + ahead;
        let order = ScheduleStory { story, counter, at, over_fallen: false };
        assert_eq!(call::schedule(&room.desk, order).await.unwrap_err().code, code);
        let refused = call::set_embargo(&room.desk, SetEmbargo { story, until: at }).await.unwrap_err();
        assert_eq!(refused.code, code);
    }
    assert!(room.view(story).await.axes.guards.is_free());
}

#[tokio::test]
async fn a_filed_story_is_at_the_portals_desk_and_not_with_the_readers() {
    let (room, site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    let order = PublishStory::soon(view.story, view.counter);
    call::file(&room.desk, order).await.unwrap();
    assert_eq!(settled(&room, &view).await.act, IntentAct::File);
    let view = room.view(view.story).await;
    assert_eq!((view.axes.desk, view.axes.public), (DeskState::Filed, PublicState::Never));
    let feed = testkit::fetch(&format!("{}/feed.xml", site.url())).await;
    assert!(!String::from_utf8(feed).unwrap().contains("সেতুর কাজ"));
}

#[tokio::test]
async fn after_the_publish_window_a_person_is_asked_and_may_open_it_again() {
    let (room, _site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    let send_until = Some(room.host.now() + TimeDelta::hours(2));
    let order = PublishStory { send_until, ..PublishStory::soon(view.story, view.counter) };
    call::publish(&room.desk, order).await.unwrap();
    room.host.pass(TimeDelta::hours(3));
    let Ended::Stuck(stuck) = ended(&room, &view).await else { panic!("it was sent") };
    assert_eq!((stuck[0].state, stuck[0].cause), (DeliveryState::Blocked, Some(Cause::WindowClosed)));
    call::send_now(&room.desk, OfIntent { intent: stuck[0].intent }).await.unwrap();
    assert_eq!(settled(&room, &view).await.state, DeliveryState::Confirmed);
}

#[tokio::test]
async fn a_paused_outbox_sends_nothing_until_it_goes_on() {
    let (room, _site) = newsroom().await;
    let view = room.write(content("সেতুর কাজ আবার পেছাল")).await;
    let outbox = call::pause_outbox(&room.desk, PauseOutbox { paused: true }).await.unwrap();
    assert!(outbox.paused);
    room.publish(&view).await;
    let worker = room.desk.start_worker();
    tokio::time::sleep(Duration::from_secs(1)).await;
    worker.stop().await;
    assert_eq!(room.view(view.story).await.deliveries[0].attempts, 0);
    call::pause_outbox(&room.desk, PauseOutbox { paused: false }).await.unwrap();
    assert_eq!(settled(&room, &view).await.state, DeliveryState::Confirmed);
}
