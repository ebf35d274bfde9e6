//! The originals of photos go behind everything, hold nothing up, and go with their story.

use khosra_store::{NewIntent, StoreError};
use story::{Cause, DeliveryState, IntentKind, Sha256Hex};

use crate::{
    desk::{Desk, at, content, intent, new_intent, new_story, sending, settled, story},
    outbox::{asked, due, ready, state},
};

/// The original of a photo with this number, behind the intent `behind`.
fn original(number: u64, photo: u64, behind: u64) -> NewIntent {
    let sha256 = Sha256Hex::of(&photo.to_le_bytes());
    NewIntent {
        payload: Vec::new(),
        ..new_intent(number, IntentKind::Original { sha256, behind: intent(behind) })
    }
}

/// A publication and the originals of two photos: intents 1, 2 and 3.
fn with_originals() -> Desk {
    let desk = ready();
    let intents = vec![new_intent(1, IntentKind::Publish), original(2, 1, 1), original(3, 2, 1)];
    assert_eq!(desk.store.act(sending(&desk, 1, 2, intents)).unwrap().intents.len(), 3);
    desk
}

fn confirm(desk: &Desk, number: u64) {
    desk.store.count_attempt(intent(number)).unwrap();
    desk.store.settle(settled(number, DeliveryState::Confirmed)).unwrap();
}

#[test]
fn originals_are_due_once_their_story_is_confirmed_and_the_axes_say_nothing_of_them() {
    let desk = with_originals();
    assert_eq!(due(&desk), [intent(1)]);
    confirm(&desk, 1);
    assert_eq!(due(&desk), [intent(2), intent(3)]);
    let refused =
        khosra_store::Settlement { cause: Some(Cause::TooLarge), ..settled(2, DeliveryState::Refused) };
    desk.store.count_attempt(intent(2)).unwrap();
    desk.store.settle(refused).unwrap();
    assert_eq!(desk.axes(1).delivery, Some(DeliveryState::Confirmed), "its story is delivered all the same");
    confirm(&desk, 3);
    let there: Vec<_> = desk.store.confirmed_originals(9).unwrap().iter().map(|one| one.id).collect();
    assert_eq!(there, [intent(3)]);
    assert_eq!(desk.store.settled_intents(9).unwrap().len(), 1, "and they are no deliveries");
    let kind = desk.again().store.intent(intent(2)).unwrap().kind;
    assert_eq!(kind, original(2, 1, 1).kind);
}

#[test]
fn an_original_waits_for_everything_of_its_story_and_nothing_waits_for_it() {
    let desk = with_originals();
    confirm(&desk, 1);
    desk.store.count_attempt(intent(2)).unwrap();
    desk.store.settle(settled(2, DeliveryState::Unknown)).unwrap();
    asked(&desk, 4, 3, IntentKind::Correct);
    assert_eq!(due(&desk), [intent(4)]);
    desk.store.create_story(new_story(8, content("অন্য খবর"))).unwrap();
    desk.store.act(sending(&desk, 8, 9, vec![new_intent(5, IntentKind::File)])).unwrap();
    confirm(&desk, 4);
    assert_eq!(due(&desk), [intent(5), intent(2), intent(3)], "last of all, of whatever story");
}

#[test]
fn one_photo_has_one_original_and_it_goes_with_the_newest_word_of_its_story() {
    let desk = with_originals();
    // Another version of the same story, with one photo that is new.
    let again = vec![new_intent(4, IntentKind::Publish), original(5, 1, 4), original(6, 3, 4)];
    let written: Vec<_> =
        desk.store.act(sending(&desk, 1, 3, again)).unwrap().intents.iter().map(|one| one.id).collect();
    assert_eq!(written, [intent(4), intent(6)]);
    // The first word is taken back, and only what no later one has goes with it.
    desk.store.cancel(intent(1), at(5)).unwrap();
    assert_eq!(state(&desk, 2), DeliveryState::Queued);
    assert_eq!(state(&desk, 3), DeliveryState::Cancelled);
    confirm(&desk, 4);
    assert_eq!(due(&desk), [intent(2), intent(6)]);
    confirm(&desk, 2);
    let third = vec![new_intent(7, IntentKind::Correct), original(8, 1, 7)];
    assert_eq!(desk.store.act(sending(&desk, 1, 4, third)).unwrap().intents.len(), 1, "it is there already");
}

#[test]
fn a_taking_down_drops_originals_also_those_that_are_half_there() {
    for down in [IntentKind::Kill, IntentKind::Withdraw] {
        let desk = with_originals();
        confirm(&desk, 1);
        desk.store.count_attempt(intent(2)).unwrap();
        desk.store.settle(settled(2, DeliveryState::Unknown)).unwrap();
        desk.store.count_attempt(intent(3)).unwrap();
        asked(&desk, 4, 3, down);
        assert_eq!(state(&desk, 2), DeliveryState::Cancelled);
        assert_eq!(due(&desk), [intent(4)]);
        // What was under way when it was asked for is never taken up again.
        desk.store.doubt_interrupted().unwrap();
        assert_eq!(due(&desk), [intent(4)]);
        confirm(&desk, 4);
        assert_eq!(state(&desk, 3), DeliveryState::Cancelled);
        assert!(due(&desk).is_empty());
    }
}

#[test]
fn a_person_may_take_back_half_an_original_and_send_one_now_without_touching_its_story() {
    let desk = with_originals();
    let stuck =
        khosra_store::Settlement { cause: Some(Cause::SignedOut), ..settled(1, DeliveryState::Blocked) };
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.settle(stuck).unwrap();
    desk.store.release_beyond(intent(2)).unwrap();
    assert_eq!(state(&desk, 1), DeliveryState::Blocked);
    assert!(desk.store.intent(intent(2)).unwrap().beyond_budget);
    desk.store.release(intent(1)).unwrap();
    confirm(&desk, 1);
    desk.store.count_attempt(intent(2)).unwrap();
    assert!(matches!(desk.store.cancel(intent(2), at(5)), Err(StoreError::WrongState(_))));
    desk.store.settle(settled(2, DeliveryState::Unknown)).unwrap();
    desk.store.cancel(intent(2), at(6)).unwrap();
    assert_eq!(state(&desk, 2), DeliveryState::Cancelled);
    assert_eq!(desk.store.intents_of(story(1)).unwrap().len(), 3, "and nothing is forgotten");
}

#[test]
fn an_original_is_held_for_its_line_and_judged_anew_when_a_person_says_so() {
    let desk = with_originals();
    confirm(&desk, 1);
    assert!(desk.store.hold(intent(2), at(5_000), Cause::Metered).unwrap());
    assert!(desk.store.hold(intent(3), at(5_000), Cause::PriceUnknown).unwrap());
    assert!(due(&desk).is_empty());
    desk.store.release_held(&[Cause::Metered], false).unwrap();
    assert_eq!(due(&desk), [intent(2)]);
    assert_eq!(desk.store.intent(intent(3)).unwrap().attempts, 0, "waiting is no attempt");
}
