//! What the runs once found, each told again without a seed.

use std::time::Duration;

use desk::{
    Host as _,
    commands::call,
    wire::{ErrorCode, IntentView, Nothing, OfIntent, ScheduleStory, StoryView, TakeDownStory},
};
use khosra_testkit::{Asked, Fault, Newsroom, Proxy, RetryAfter, When, content, portal};
use newsite::{Clock as _, Running, SystemClock};
use story::{DeliveryState, PublicState};

struct Given {
    room: Newsroom,
    site: Running,
    proxy: Proxy,
    view: StoryView,
}

/// A story in the outbox, of a desk that reaches its portal over a line.
async fn given() -> Given {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let proxy = Proxy::to(&site.url()).await;
    room.sign_in_over(&site, &proxy.url()).await;
    let view = room.write(content("জোয়ারের পানি নামছে")).await;
    let view = room.publish(&view).await;
    Given { room, site, proxy, view }
}

impl Given {
    /// Where the delivery stands after an attempt that left it stuck.
    async fn stuck(&self) -> IntentView {
        let worker = self.room.desk.start_worker();
        let ended = self.room.desk.wait_for_outbox(Some(self.view.story), Duration::from_secs(30)).await;
        worker.stop().await;
        let newest = self.room.view(self.view.story).await.deliveries.remove(0);
        assert!(newest.state.is_stuck(), "{ended:?}");
        newest
    }

    /// As above, or waiting: a 404 of something in between is not taken for the portal's word.
    async fn after_an_attempt(&self) -> IntentView {
        let worker = self.room.desk.start_worker();
        let newest = loop {
            let newest = self.room.view(self.view.story).await.deliveries.remove(0);
            if newest.attempts > 0 && newest.state != DeliveryState::Sending {
                break newest;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        worker.stop().await;
        newest
    }

    async fn take_back(&self, intent: &IntentView) -> Result<(), ErrorCode> {
        let taken = call::cancel_intent(&self.room.desk, OfIntent { intent: intent.intent }).await;
        taken.map(drop).map_err(|error| error.code)
    }

    async fn is_live(&self) -> bool {
        let feed = khosra_testkit::fetch(&format!("{}/feed.xml", self.site.url())).await;
        String::from_utf8(feed).unwrap().contains(&self.view.content.headline)
    }
}

/// So from the first request on that comes behind the command to publish.
fn after_the_command(fault: Fault) -> impl FnMut(&Asked) -> Option<Fault> + Send {
    let mut given = false;
    move |asked| {
        let hit = given.then_some(fault);
        given |= asked.key.is_some();
        hit
    }
}

#[tokio::test]
async fn a_story_that_went_live_cannot_be_taken_back_because_the_read_back_was_refused() {
    // Seeds 37 and 56: a 412 and a 415 in the place of what was read after the command.
    for status in [401, 403, 404, 412, 415, 422] {
        let given = given().await;
        given.proxy.bend(after_the_command(Fault::Status(status, When::Unheard, RetryAfter::None)));
        let stuck = given.after_an_attempt().await;
        assert!(given.is_live().await);
        assert_eq!(given.take_back(&stuck).await, Err(ErrorCode::TooLateToCancel), "{status}");
    }
}

#[tokio::test]
async fn when_what_stopped_the_queue_is_taken_back_the_rest_goes_on_at_once() {
    // Seed 1143: nobody told the worker, which looked again after a minute.
    let given = given().await;
    given.proxy.bend(|asked| (asked.method == "GET").then_some(Fault::Refused(401)));
    let other = given.room.write(content("অন্য খবর")).await;
    let worker = given.room.desk.start_worker();
    let wait = |story| given.room.desk.wait_for_outbox(Some(story), Duration::from_secs(10));
    wait(given.view.story).await.unwrap();
    let other = given.room.publish(&other).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    given.proxy.calm();
    given.take_back(&given.room.view(given.view.story).await.deliveries[0]).await.unwrap();
    let ended = wait(other.story).await.unwrap();
    worker.stop().await;
    assert!(matches!(ended, desk::Ended::Settled(_)), "{ended:?}");
}

#[tokio::test]
async fn to_send_again_what_was_just_taken_up_is_no_error() {
    let given = given().await;
    given.proxy.bend(|_| Some(Fault::Delay(Duration::from_millis(5))));
    let worker = given.room.desk.start_worker();
    for _ in 0..400 {
        let intent = given.view.deliveries[0].intent;
        call::send_now(&given.room.desk, OfIntent { intent }).await.unwrap();
    }
    worker.stop().await;
}

#[tokio::test]
async fn a_refusal_by_something_in_between_does_not_say_that_the_portal_did_nothing() {
    let given = given().await;
    given.proxy.bend(|asked| asked.key.is_some().then_some(Fault::Status(403, When::Done, RetryAfter::None)));
    let stuck = given.stuck().await;
    assert!(given.is_live().await);
    assert_eq!(given.take_back(&stuck).await, Err(ErrorCode::TooLateToCancel));
    given.proxy.calm();
    call::send_now(&given.room.desk, OfIntent { intent: stuck.intent }).await.unwrap();
    let worker = given.room.desk.start_worker();
    given.room.desk.wait_for_outbox(None, Duration::from_secs(30)).await.unwrap();
    worker.stop().await;
    let newest = given.room.view(given.view.story).await.deliveries.remove(0);
    assert_eq!(newest.state, DeliveryState::Confirmed);
}

#[tokio::test]
async fn a_refusal_in_the_portals_own_words_lets_the_story_be_taken_back() {
    let given = given().await;
    given.proxy.bend(|asked| asked.key.is_some().then_some(Fault::Refused(422)));
    let stuck = given.stuck().await;
    assert_eq!(given.take_back(&stuck).await, Ok(()));
    assert!(!given.is_live().await);
    assert!(call::outbox(&given.room.desk, Nothing {}).await.unwrap().intents[0].state.is_settled());
}

/// A story taken down while its publication is on its way, and what the desk and the portal make of it.
async fn taken_down_meanwhile(given: &Given, killed: bool) {
    let down =
        TakeDownStory {
            story: given.view.story, reason: "তথ্য যাচাই হয়নি".to_owned(), breaks_glass: false
        };
    let desk = &given.room.desk;
    let taken = if killed { call::kill(desk, down).await } else { call::withdraw(desk, down).await };
    taken.unwrap();
    let ended = desk.wait_for_outbox(Some(given.view.story), Duration::from_secs(30)).await.unwrap();
    assert!(matches!(ended, desk::Ended::Settled(_)), "{ended:?}");
}

#[tokio::test]
async fn what_is_being_sent_when_the_story_is_taken_down_does_not_come_after_it() {
    // Seed 11: the withdrawal found nothing at the portal, and what was under way went on. No fault was needed.
    for killed in [false, true] {
        let given = given().await;
        let slow = Fault::Delay(Duration::from_millis(400));
        given.proxy.bend(move |asked| (asked.method == "PUT").then_some(slow));
        let mut arrived = given.proxy.arrived();
        let seen = *arrived.borrow();
        let worker = given.room.desk.start_worker();
        arrived.wait_for(|arrived| *arrived >= seen + 2).await.unwrap();
        taken_down_meanwhile(&given, killed).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        worker.stop().await;
        assert!(!given.is_live().await, "killed: {killed}");
    }
}

#[tokio::test]
async fn a_publication_that_a_line_holds_up_has_no_effect_after_the_taking_down() {
    for killed in [false, true] {
        let given = given().await;
        given.proxy.bend(|asked| asked.key.is_some().then_some(Fault::Late(usize::MAX)));
        given.after_an_attempt().await;
        given.proxy.calm();
        let worker = given.room.desk.start_worker();
        taken_down_meanwhile(&given, killed).await;
        given.proxy.let_go().await;
        worker.stop().await;
        assert!(!given.is_live().await, "killed: {killed}");
        if killed {
            // For ever, although readers never had it.
            let view = given.room.view(given.view.story).await;
            assert_eq!(view.axes.public, PublicState::Killed);
            continue;
        }
        // A person who means it can publish it all the same.
        given.room.publish(&given.room.view(given.view.story).await).await;
        let worker = given.room.desk.start_worker();
        given.room.desk.wait_for_outbox(None, Duration::from_secs(30)).await.unwrap();
        worker.stop().await;
        assert!(given.is_live().await);
    }
}

#[tokio::test]
async fn what_is_published_again_after_a_withdrawal_arrives_although_its_first_attempt_was_lost() {
    // Seed 24: that the story was down was taken for somebody's answer to the lost attempt.
    let given = given().await;
    let worker = given.room.desk.start_worker();
    let settled = || given.room.desk.wait_for_outbox(Some(given.view.story), Duration::from_secs(30));
    settled().await.unwrap();
    taken_down_meanwhile(&given, false).await;
    let mut lost = false;
    given.proxy.bend(move |asked| {
        let loses = !lost && asked.key.is_some();
        lost |= loses;
        loses.then_some(Fault::CutBefore)
    });
    given.room.publish(&given.room.view(given.view.story).await).await;
    while given.room.view(given.view.story).await.deliveries[0].attempts == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    given.room.host.pass(chrono::TimeDelta::hours(1));
    given.room.desk.send_all_now().await.unwrap();
    let ended = settled().await.unwrap();
    worker.stop().await;
    assert!(matches!(ended, desk::Ended::Settled(_)), "{ended:?}");
    assert!(given.is_live().await);
}

#[tokio::test]
async fn a_scheduled_story_is_taken_down_although_its_working_copy_is_ahead() {
    // Seed 1091: the newer version was at the portal's desk, and the withdrawal named it in place of the scheduled one.
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let proxy = Proxy::to(&site.url()).await;
    room.sign_in_over(&site, &proxy.url()).await;
    room.host.pass(SystemClock.now() - room.host.now());
    let view = room.write(content("জোয়ারের পানি নামছে")).await;
    let at = room.host.now() + chrono::TimeDelta::hours(6);
    let order = ScheduleStory { story: view.story, counter: view.counter, at, over_fallen: false };
    call::schedule(&room.desk, order).await.unwrap();
    let given = Given { room, site, proxy, view };
    let worker = given.room.desk.start_worker();
    let wait = || given.room.desk.wait_for_outbox(Some(given.view.story), Duration::from_secs(30));
    wait().await.unwrap();
    let newer = given.room.save(given.view.story, given.view.counter + 1, content("পানি নেমে গেছে")).await;
    given.proxy.bend(|asked| asked.key.is_some().then_some(Fault::Refused(422)));
    given.room.publish(&newer).await;
    wait().await.unwrap();
    given.proxy.calm();
    taken_down_meanwhile(&given, false).await;
    worker.stop().await;
    assert_eq!(given.room.view(given.view.story).await.axes.public, story::PublicState::Never);
}
