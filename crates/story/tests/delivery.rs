//! What an answer means for an intent, and when to try again.

use std::time::Duration;

use khosra_story::{
    Cause, DeliveryState, IntentKind, Outcome,
    delivery::{MAX_DELAY, MIN_DELAY, delay, settle, settle_as},
};
use proptest::prelude::*;

#[test]
fn only_a_receipt_makes_a_delivery_confirmed() {
    let why = Cause::Timeout;
    let others = [
        Outcome::Later { why, after: None },
        Outcome::Unknown { why, after: None },
        Outcome::Stuck { why: Cause::Invalid },
        Outcome::Stuck { why: Cause::SignedOut },
    ];
    assert_eq!(settle(&Outcome::Delivered), DeliveryState::Confirmed);
    assert!(others.iter().all(|outcome| settle(outcome) != DeliveryState::Confirmed));
}

#[test]
fn a_lost_answer_is_unknown_and_never_queued_again_unseen() {
    let lost = Outcome::Unknown { why: Cause::CutOff, after: None };
    assert_eq!(settle(&lost), DeliveryState::Unknown);
}

#[test]
fn what_a_person_can_mend_elsewhere_blocks_and_what_the_portal_rejects_is_refused() {
    let state = |why| settle(&Outcome::Stuck { why });
    assert_eq!(state(Cause::SignedOut), DeliveryState::Blocked);
    assert_eq!(state(Cause::ChangedOnPortal), DeliveryState::Blocked);
    assert_eq!(state(Cause::Forbidden), DeliveryState::Refused);
    assert_eq!(state(Cause::TooLarge), DeliveryState::Refused);
}

#[test]
fn every_state_is_settled_waiting_or_stuck_and_only_one_of_them() {
    use DeliveryState::*;
    for state in [Queued, Sending, Unknown, Confirmed, Refused, Blocked, Cancelled] {
        let kinds = [state.is_settled(), state.is_waiting(), state.is_stuck()];
        assert_eq!(kinds.iter().filter(|kind| **kind).count(), 1, "{state:?}");
    }
}

#[test]
fn what_takes_a_story_from_the_readers_goes_before_all_that_brings_one() {
    let at = chrono::DateTime::UNIX_EPOCH;
    let order = [
        IntentKind::Kill,
        IntentKind::Withdraw,
        IntentKind::Correct,
        IntentKind::Publish,
        IntentKind::Schedule { at },
        IntentKind::File,
        IntentKind::Return,
        IntentKind::Recall,
    ];
    assert!(order.is_sorted_by_key(IntentKind::rank));
    assert_eq!(order.iter().filter(|kind| kind.takes_down()).count(), 2);
}

#[test]
fn what_goes_between_author_and_desk_is_refused_where_another_act_stands_in_the_way() {
    let stuck = |why| Outcome::Stuck { why };
    let behind = khosra_story::IntentId(uuid::Uuid::nil());
    let original = IntentKind::Original { sha256: khosra_story::Sha256Hex::of(b""), behind };
    assert!(original.rank() > IntentKind::File.rank(), "last of all");
    for kind in [IntentKind::Return, IntentKind::Recall, original] {
        assert_eq!(settle_as(&kind, &stuck(Cause::Conflict)), DeliveryState::Refused, "{kind:?}");
        assert_eq!(settle_as(&kind, &stuck(Cause::SignedOut)), DeliveryState::Blocked, "{kind:?}");
        assert_eq!(settle_as(&kind, &Outcome::Delivered), DeliveryState::Confirmed, "{kind:?}");
    }
    assert_eq!(settle_as(&IntentKind::Publish, &stuck(Cause::Conflict)), DeliveryState::Blocked);
}

proptest! {
    #[test]
    fn no_wait_is_shorter_or_longer_than_the_bounds(
        attempts in any::<u32>(), asked in proptest::option::of(any::<u64>()), dice in any::<u64>(),
    ) {
        let wait = delay(attempts, asked.map(Duration::from_secs), dice);
        prop_assert!((MIN_DELAY..=MAX_DELAY).contains(&wait));
    }

    #[test]
    fn what_the_portal_asked_for_is_kept_within_the_bounds(seconds in 2_u64..=3600, dice in any::<u64>()) {
        let asked = Duration::from_secs(seconds);
        prop_assert_eq!(delay(1, Some(asked), dice), asked);
    }
}
