//! What takes a story down goes first, and what was asked for before it is not sent any more.

use khosra_store::{PublicWord, Settlement, StoreError};
use story::{Cause, DeliveryState, IntentKind, PublicState};

use crate::{
    desk::{at, content, intent, new_intent, new_story, sending, settled},
    outbox::{asked, due, ready, state, with_photos},
};

#[test]
fn a_taking_down_takes_back_what_was_not_sent_and_goes_before_its_photos() {
    let desk = with_photos();
    desk.store.count_attempt(intent(1)).unwrap();
    asked(&desk, 4, 3, IntentKind::Kill);
    let states = [2, 3].map(|number| state(&desk, number));
    assert_eq!(states, [DeliveryState::Cancelled, DeliveryState::Cancelled]);
    assert_eq!(due(&desk), [intent(4)], "although a photo is under way");
}

/// Left open, it would keep the portal's whole queue waiting for a sign-in that nobody is asked for.
#[test]
fn a_stuck_photo_that_may_have_been_heard_goes_with_the_publication_that_was_taken_back() {
    let desk = with_photos();
    desk.store.count_attempt(intent(1)).unwrap();
    let stuck =
        Settlement { in_doubt: true, cause: Some(Cause::SignedOut), ..settled(1, DeliveryState::Blocked) };
    assert!(desk.store.settle(stuck).unwrap().doubtful);
    asked(&desk, 4, 3, IntentKind::Withdraw);
    assert_eq!([1, 2, 3].map(|number| state(&desk, number)), [DeliveryState::Cancelled; 3]);
    assert_eq!(due(&desk), [intent(4)]);
}

#[test]
fn what_may_have_been_heard_waits_for_the_taking_down_and_is_never_sent_again() {
    let desk = ready();
    asked(&desk, 1, 2, IntentKind::Publish);
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.settle(settled(1, DeliveryState::Unknown)).unwrap();
    assert_eq!(due(&desk), [intent(1)]);
    asked(&desk, 2, 3, IntentKind::Withdraw);
    assert_eq!(due(&desk), [intent(2)]);
    desk.store.count_attempt(intent(2)).unwrap();
    let mut end = settled(2, DeliveryState::Confirmed);
    let word = |state| Some(PublicWord { state, version: None, url: None, live_at: None });
    end.public = word(PublicState::Withdrawn);
    desk.store.settle(end).unwrap();
    assert_eq!(state(&desk, 1), DeliveryState::Cancelled);
    let mut late = settled(1, DeliveryState::Confirmed);
    late.public = word(PublicState::Live);
    assert!(matches!(desk.store.settle(late), Err(StoreError::WrongState(_))));
    assert_eq!(desk.axes(1).public, PublicState::Withdrawn);
    assert!(due(&desk).is_empty());
}

#[test]
fn a_kill_goes_before_a_withdrawal_a_correction_and_a_first_publication() {
    let desk = ready();
    for (number, kind) in [
        (2, IntentKind::File),
        (3, IntentKind::Schedule { at: at(500) }),
        (4, IntentKind::Publish),
        (5, IntentKind::Correct),
        (6, IntentKind::Withdraw),
        (7, IntentKind::Kill),
        (8, IntentKind::Return),
        (9, IntentKind::Recall),
    ] {
        desk.store.create_story(new_story(number, content("ক"))).unwrap();
        desk.store.act(sending(&desk, number, number * 10, vec![new_intent(number, kind)])).unwrap();
    }
    assert_eq!(due(&desk), [7, 6, 5, 4, 3, 2, 8, 9].map(intent));
    assert_eq!(desk.store.intent(intent(3)).unwrap().kind, IntentKind::Schedule { at: at(500) });
    let desk_acts = [8, 9].map(|number| desk.store.intent(intent(number)).unwrap().kind);
    assert_eq!(desk_acts, [IntentKind::Return, IntentKind::Recall]);
}
