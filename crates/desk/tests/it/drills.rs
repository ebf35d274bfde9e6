//! Drills of a newsroom's worst days, against a real portal whose clock a test sets.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use khosra_desk::{
    Ended, Host as _, Timeouts,
    commands::call,
    wire::{DeskEvent, IntentView, OfIntent, ScheduleStory, StoryView, TakeDownStory},
};
use newsite::{Options, Running};
use story::{Cause, Content, DeliveryState, PublicState};
use testkit::{Fault, Hands, Newsroom, Proxy, content, other_jpeg, status};

use crate::common::{self, settled, stuck, with_photo};

const OLD: &str = "সেতুর কাজ আবার পেছাল";
const NEW: &str = "সেতুর কাজ এবার শুরু";

struct Given {
    room: Newsroom,
    site: Running,
    clock: Arc<Hands>,
    line: Proxy,
}

/// An editor, and a portal that stands at noon as the editor's own machine does.
async fn given() -> Given {
    let room = Newsroom::open();
    let clock = Arc::new(Hands::at_noon());
    let data = room.folder().join("site");
    let options = Options { seed: false, clock: clock.clone(), ..Options::embedded(data) };
    let site = newsite::start(options).await.unwrap();
    let line = Proxy::to(&site.url()).await;
    room.sign_in_over(&site, &line.url()).await;
    Given { room, site, clock, line }
}

impl Given {
    async fn ended(&self, view: &StoryView) -> Ended {
        common::ended(&self.room, Some(view.story)).await
    }

    async fn settled(&self, view: &StoryView) -> IntentView {
        settled(self.ended(view).await)
    }

    /// Has the portal publish it so long after noon by the editor's clock.
    async fn schedule(&self, hours: i64) -> StoryView {
        let view = self.room.write(content(OLD)).await;
        let at = self.room.host.now() + TimeDelta::hours(hours);
        let order = ScheduleStory { story: view.story, counter: view.counter, at, over_fallen: false };
        call::schedule(&self.room.desk, order).await.unwrap()
    }

    async fn articles(&self) -> usize {
        let feed = testkit::fetch(&format!("{}/feed.xml", self.site.url())).await;
        String::from_utf8(feed).unwrap().matches(&format!("<title>{OLD}</title>")).count()
    }

    /// Until the worker has seen what readers get.
    async fn becomes(&self, view: &StoryView, public: PublicState) -> StoryView {
        let worker = self.room.desk.start_worker();
        for _ in 0..400 {
            let now = self.room.view(view.story).await;
            if now.axes.public == public {
                worker.stop().await;
                return now;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{:?}", self.room.view(view.story).await.axes)
    }

    async fn withdraw(&self, view: &StoryView) {
        let reason = "তথ্য যাচাই হয়নি".to_owned();
        let down = TakeDownStory { story: view.story, reason, breaks_glass: false };
        call::withdraw(&self.room.desk, down).await.unwrap();
    }
}

/// Drill 4: a machine whose clock is a day wrong publishes nothing before its time by the portal's clock.
#[tokio::test]
async fn drill_4_a_schedule_holds_by_the_portals_clock_on_a_machine_that_is_a_day_ahead_or_behind() {
    // By the editor's clock, and when that is by the portal's.
    for (skew, hours, due) in [(24, 6, 30), (-24, 30, 6)] {
        let given = given().await;
        given.room.host.pass(TimeDelta::hours(skew));
        let view = given.schedule(hours).await;
        given.settled(&view).await;
        assert_eq!(given.room.view(view.story).await.axes.public, PublicState::Scheduled);
        given.clock.pass(TimeDelta::hours(due) - TimeDelta::minutes(1));
        assert_eq!(given.articles().await, 0, "{skew}: not before its time");
        given.clock.pass(TimeDelta::minutes(2));
        assert_eq!(given.articles().await, 1, "{skew}: at its time");
    }
}

/// Drill 4 too: what a clock that is behind takes for the future is refused by the portal, and readers get nothing.
#[tokio::test]
async fn drill_4_a_time_that_is_past_by_the_portals_clock_is_a_question_to_a_person() {
    let given = given().await;
    given.room.host.pass(TimeDelta::hours(-24));
    let view = given.schedule(6).await;
    let asked = stuck(given.ended(&view).await);
    assert_eq!((asked.state, asked.cause), (DeliveryState::Refused, Some(Cause::Invalid)));
    assert_eq!(given.articles().await, 0);
}

/// Drill 6: a schedule is taken back without a network, and the portal publishes all the same.
#[tokio::test]
async fn drill_6_unscheduled_offline_and_published_all_the_same_is_shown_as_live_with_withdraw_offered() {
    let given = given().await;
    let view = given.schedule(6).await;
    given.settled(&view).await;
    given.line.bend(|_| Some(Fault::CutBefore));
    given.withdraw(&view).await;
    given.clock.pass(TimeDelta::hours(7));
    given.room.host.pass(TimeDelta::hours(7));
    let asked = given.room.view(view.story).await.deliveries.remove(0);
    call::cancel_intent(&given.room.desk, OfIntent { intent: asked.intent }).await.unwrap();
    given.line.calm();
    let live = given.becomes(&view, PublicState::Live).await;
    let page = live.public_url.clone().unwrap().replace(&given.line.url(), &given.site.url());
    assert_eq!((status(&page).await, live.live_at), (200, None));
    given.withdraw(&live).await;
    assert_eq!(given.settled(&live).await.state, DeliveryState::Confirmed);
    assert_eq!(given.room.view(view.story).await.axes.public, PublicState::Withdrawn);
    assert_eq!(given.articles().await, 0);
}

/// Drill 9: a time-out, then a 409, then a look-up: nobody is ever asked to publish again.
#[tokio::test]
async fn drill_9_a_time_out_and_a_409_end_in_one_article_and_nobody_is_asked_to_publish_again() {
    let given = given().await;
    let brief = Duration::from_millis(400);
    given.room.host.set_patience(Timeouts { connect: brief, idle: brief, total: brief });
    let room = given.room.reopen().await;
    let given = Given { room, ..given };
    let mut commands = 0;
    given.line.bend(move |asked| {
        commands += usize::from(asked.key.is_some());
        match (asked.key.is_some(), commands) {
            (true, 1) => Some(Fault::Silence),
            (true, 2) => Some(Fault::Refused(409)),
            _ => None,
        }
    });
    let view = given.room.write(content(OLD)).await;
    given.room.publish(&view).await;
    given.room.host.told();
    let worker = given.room.desk.start_worker();
    for _ in 0..200 {
        given.room.desk.send_all_now().await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        if given.room.view(view.story).await.axes.public == PublicState::Live {
            break;
        }
    }
    worker.stop().await;
    let newest = given.room.view(view.story).await.deliveries.remove(0);
    assert_eq!(newest.state, DeliveryState::Confirmed);
    assert_eq!(given.articles().await, 1);
    let asked = given
        .room
        .host
        .told()
        .into_iter()
        .find(|event| matches!(event, DeskEvent::IntentMoved { intent } if intent.state.is_stuck()));
    assert!(asked.is_none(), "{asked:?}");
}

/// The photos that a page shows, as its addresses name them.
fn photos(page: &str) -> Vec<String> {
    let mut found: Vec<String> =
        page.split("/media/").skip(1).map(|rest| rest.chars().take(64).collect()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Drill 11: a correction with another lead photo goes over a line that is cut again and again.
#[tokio::test]
async fn drill_11_readers_get_the_old_page_or_the_corrected_one_and_never_half_of_either() {
    let given = given().await;
    let view = with_photo(&given.room, OLD).await;
    // An address of its own, so that it stays where it is whatever the headline says.
    let content = Content { slug: "setu".to_owned(), ..view.content };
    let view = given.room.save(view.story, view.counter + 1, content).await;
    given.room.publish(&view).await;
    given.settled(&view).await;
    let live = given.room.view(view.story).await;
    let page = live.public_url.clone().unwrap().replace(&given.line.url(), &given.site.url());
    let before = String::from_utf8(testkit::fetch(&page).await).unwrap();
    assert!(before.contains(OLD) && !photos(&before).is_empty(), "{before}");

    let attach = khosra_desk::wire::AttachPhoto { story: view.story, name: "setu.jpg".to_owned() };
    let attached = given.room.desk.attach_photo(attach, other_jpeg()).await.unwrap();
    let mut lead = live.content.photos[0].clone();
    lead.id = attached.photo.id;
    let corrected = Content { headline: NEW.to_owned(), photos: vec![lead], ..live.content.clone() };
    let newer = given.room.save(view.story, live.counter + 1, corrected).await;
    let mut requests = 0;
    given.line.bend(move |_| {
        requests += 1;
        (requests < 12 && requests % 2 == 0).then_some(Fault::CutAnswer(None))
    });
    given.room.publish(&newer).await;
    let worker = given.room.desk.start_worker();
    let mut seen = Vec::new();
    for _ in 0..400 {
        let now = String::from_utf8(testkit::fetch(&page).await).unwrap();
        let says = |headline: &str| now.contains(&format!("<h1>{headline}</h1>"));
        assert_eq!(says(OLD), photos(&now) == photos(&before), "{now}");
        assert_ne!(says(OLD), says(NEW), "{now}");
        for photo in photos(&now) {
            assert_eq!(status(&format!("{}/media/{photo}", given.site.url())).await, 200);
        }
        seen.push(says(NEW));
        if given.room.view(view.story).await.deliveries[0].state == DeliveryState::Confirmed {
            break;
        }
        given.room.desk.send_all_now().await.unwrap();
    }
    worker.stop().await;
    assert_eq!(given.room.view(view.story).await.deliveries[0].state, DeliveryState::Confirmed);
    assert!(seen.contains(&false) && seen.is_sorted(), "once corrected, it stays so: {seen:?}");
    let after = String::from_utf8(testkit::fetch(&page).await).unwrap();
    assert!(after.contains(NEW) && photos(&after) != photos(&before));
}
