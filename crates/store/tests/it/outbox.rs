use std::collections::BTreeMap;

use khosra_store::{DayBytes, NewIntent, PublicWord, StoreError};
use proptest::prelude::*;
use serde_json::json;
use story::{Cause, DeliveryState, DeskList, IntentKind, PublicState};

use crate::desk::{
    Desk, at, content, intent, new_intent, new_story, photo_intent, portal, portal_id, sending, settled,
    story,
};

pub(crate) fn ready() -> Desk {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    desk
}

pub(crate) fn due(desk: &Desk) -> Vec<story::IntentId> {
    desk.store.due_intents(portal_id(1), at(1_000)).unwrap().iter().map(|intent| intent.id).collect()
}

/// A publication with two photos: intents 1 and 2 are the photos, 3 the text.
pub(crate) fn with_photos() -> Desk {
    let desk = ready();
    let text = NewIntent { parents: vec![intent(1), intent(2)], ..new_intent(3, IntentKind::Publish) };
    let act = sending(&desk, 1, 2, vec![photo_intent(1), photo_intent(2), text]);
    assert_eq!(desk.store.act(act).unwrap().intents.len(), 3);
    desk
}

#[test]
fn the_text_waits_for_its_photos() {
    let desk = with_photos();
    assert_eq!(due(&desk), [intent(1), intent(2)]);
    for number in [1, 2] {
        assert_ne!(due(&desk), [intent(3)]);
        desk.store.count_attempt(intent(number)).unwrap();
        desk.store.settle(settled(number, DeliveryState::Confirmed)).unwrap();
    }
    assert_eq!(due(&desk), [intent(3)]);
}

#[test]
fn the_frozen_bytes_come_back_and_an_act_is_written_once() {
    let desk = with_photos();
    assert_eq!(desk.store.payload(intent(3)).unwrap(), b"3");
    let again = sending(&desk, 1, 5, vec![new_intent(3, IntentKind::Publish)]);
    assert!(matches!(desk.store.act(again), Err(StoreError::Exists(_))));
    assert_eq!(desk.store.log(story(1)).unwrap().len(), 2);
}

#[test]
fn an_attempt_is_counted_before_it_is_made_and_a_crash_puts_it_in_doubt() {
    let desk = ready();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    let counted = desk.store.count_attempt(intent(1)).unwrap();
    assert_eq!((counted.state, counted.attempts), (DeliveryState::Sending, 1));
    assert_eq!(desk.axes(1).delivery, Some(DeliveryState::Sending));
    assert!(due(&desk).is_empty());
    assert!(matches!(
        desk.store.count_attempt(intent(1)),
        Err(StoreError::WrongState(DeliveryState::Sending))
    ));
    let desk = desk.again();
    let found = desk.store.intent(intent(1)).unwrap();
    assert_eq!((found.state, found.doubtful, found.attempts), (DeliveryState::Unknown, true, 1));
    assert_eq!(desk.axes(1).delivery, Some(DeliveryState::Unknown));
    assert_eq!(due(&desk), [intent(1)]);
}

#[test]
fn what_may_be_at_the_portal_cannot_be_taken_back() {
    let desk = ready();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    desk.store.count_attempt(intent(1)).unwrap();
    assert!(matches!(desk.store.cancel(intent(1), at(9)), Err(StoreError::WrongState(_))));
    desk.store.settle(settled(1, DeliveryState::Unknown)).unwrap();
    assert!(matches!(desk.store.cancel(intent(1), at(9)), Err(StoreError::WrongState(_))));
    // The look-up did not get through either: still in doubt.
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.settle(settled(1, DeliveryState::Queued)).unwrap();
    assert!(matches!(desk.store.cancel(intent(1), at(9)), Err(StoreError::WrongState(_))));
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.settle(settled(1, DeliveryState::Refused)).unwrap();
    assert_eq!(desk.store.cancel(intent(1), at(9)).unwrap().state, DeliveryState::Cancelled);
    assert_eq!(desk.store.counts().unwrap().drafts, 1);
}

#[test]
fn a_refusal_that_came_after_something_was_sent_does_not_let_it_be_taken_back() {
    let desk = ready();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    for state in [DeliveryState::Blocked, DeliveryState::Refused] {
        desk.store.release(intent(1)).unwrap();
        desk.store.count_attempt(intent(1)).unwrap();
        let end = khosra_store::Settlement { in_doubt: true, ..settled(1, state) };
        assert!(desk.store.settle(end).unwrap().doubtful, "{state:?}");
        assert!(matches!(desk.store.cancel(intent(1), at(9)), Err(StoreError::WrongState(_))));
    }
    assert_eq!(desk.store.release(intent(1)).unwrap().state, DeliveryState::Unknown);
}

#[test]
fn what_was_in_doubt_may_be_taken_back_once_the_portal_says_what_holds_it_and_not_before() {
    for (cause, is_an_answer) in [(Cause::Flagged, true), (Cause::Embargoed, true), (Cause::SignedOut, false)]
    {
        let desk = ready();
        desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
        desk.store.count_attempt(intent(1)).unwrap();
        desk.store.settle(settled(1, DeliveryState::Unknown)).unwrap();
        desk.store.count_attempt(intent(1)).unwrap();
        let end = khosra_store::Settlement { cause: Some(cause), ..settled(1, DeliveryState::Blocked) };
        assert_eq!(desk.store.settle(end).unwrap().doubtful, !is_an_answer, "{cause:?}");
        assert_eq!(desk.store.cancel(intent(1), at(9)).is_ok(), is_an_answer, "{cause:?}");
    }
}

#[test]
fn taking_a_publication_back_takes_its_waiting_photos_back() {
    let desk = with_photos();
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.settle(settled(1, DeliveryState::Confirmed)).unwrap();
    desk.store.cancel(intent(3), at(9)).unwrap();
    let states: Vec<_> = [1, 2, 3].map(|number| desk.store.intent(intent(number)).unwrap().state).into();
    assert_eq!(states, [DeliveryState::Confirmed, DeliveryState::Cancelled, DeliveryState::Cancelled]);
    assert!(desk.store.open_intents().unwrap().is_empty());
}

#[test]
fn a_photo_that_was_under_way_when_its_story_was_taken_back_is_not_tried_again() {
    for state in [DeliveryState::Queued, DeliveryState::Unknown, DeliveryState::Blocked] {
        let desk = with_photos();
        desk.store.count_attempt(intent(1)).unwrap();
        desk.store.cancel(intent(3), at(9)).unwrap();
        assert_eq!(desk.store.intent(intent(1)).unwrap().state, DeliveryState::Sending);
        assert_eq!(desk.store.settle(settled(1, state)).unwrap().state, DeliveryState::Cancelled);
        assert!(desk.store.open_intents().unwrap().is_empty());
    }
}

#[test]
fn a_stuck_photo_makes_the_story_stuck_and_release_lets_both_go_on() {
    let desk = with_photos();
    desk.store.count_attempt(intent(2)).unwrap();
    let mut end = settled(2, DeliveryState::Blocked);
    end.cause = Some(Cause::SignedOut);
    end.detail = "ক".repeat(5_000);
    let stuck = desk.store.settle(end).unwrap();
    assert_eq!((stuck.cause, stuck.detail.chars().count()), (Some(Cause::SignedOut), 2_000));
    assert_eq!(desk.axes(1).delivery, Some(DeliveryState::Blocked));
    assert_eq!(desk.store.release_blocked(portal_id(1), &[Cause::Forbidden]).unwrap(), 0);
    assert_eq!(desk.store.release_blocked(portal_id(1), &[Cause::SignedOut]).unwrap(), 1);
    assert_eq!(due(&desk), [intent(1), intent(2)]);
    assert_eq!(desk.axes(1).delivery, Some(DeliveryState::Queued));
}

#[test]
fn a_time_not_yet_come_is_waited_for_and_told() {
    let desk = ready();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    desk.store.count_attempt(intent(1)).unwrap();
    let mut later = settled(1, DeliveryState::Queued);
    later.next_at = Some(at(5_000));
    desk.store.settle(later).unwrap();
    assert!(due(&desk).is_empty());
    assert_eq!(desk.store.next_due_at(portal_id(1)).unwrap(), Some(at(5_000)));
    desk.store.release(intent(1)).unwrap();
    assert_eq!(due(&desk), [intent(1)]);
    assert_eq!(desk.store.next_due_at(portal_id(1)).unwrap(), None);
}

#[test]
fn a_settled_intent_never_goes_back() {
    let desk = ready();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.progress(intent(1), 40, DayBytes { day: 20_000, bytes: 40 }).unwrap();
    assert_eq!(desk.store.intent(intent(1)).unwrap().bytes_sent, 40);
    let mut end = settled(1, DeliveryState::Confirmed);
    end.receipt = Some(json!({ "etag": "\"7\"" }));
    end.public = Some(PublicWord { state: PublicState::Live, version: None, url: None, live_at: None });
    let done = desk.store.settle(end).unwrap();
    assert_eq!((done.bytes_sent, done.confirmed_at), (100, Some(at(100))));
    let back = desk.store.settle(settled(1, DeliveryState::Queued));
    assert_eq!(back.unwrap_err(), StoreError::WrongState(DeliveryState::Confirmed));
    assert!(desk.store.release(intent(1)).is_err());
    let last = desk.store.last_confirmed(story(1), portal_id(1)).unwrap().unwrap();
    assert_eq!(last.receipt, Some(json!({ "etag": "\"7\"" })));
    assert_eq!(desk.store.settled_intents(10).unwrap(), [last]);
    assert_eq!(DeskList::of(&desk.axes(1)), DeskList::Published);
}

#[test]
fn a_removed_portal_keeps_its_intents() {
    let desk = ready();
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    desk.store.remove_portal(portal_id(1)).unwrap();
    assert!(desk.store.portals().unwrap().is_empty());
    assert_eq!(desk.store.current_portal().unwrap(), None);
    assert!(desk.store.choose_portal(portal_id(1)).is_err());
    assert_eq!(desk.store.intents_of(story(1)).unwrap().len(), 1);
    desk.store.put_portal(portal(1)).unwrap();
    assert_eq!(desk.store.current_portal().unwrap(), Some(portal(1)));
}

#[test]
fn sections_lists_and_settings_come_back_as_given() {
    let desk = ready();
    let section = |slug: &str, position| story::Section {
        slug: slug.to_owned(),
        name_bn: "বাংলাদেশ".to_owned(),
        name_en: "Bangladesh".to_owned(),
        parent: None,
        position,
    };
    let tree = vec![section("z", 2), section("a", 1)];
    desk.store.replace_sections(portal_id(1), vec![section("old", 1)]).unwrap();
    desk.store.replace_sections(portal_id(1), tree.clone()).unwrap();
    let twice = desk.store.replace_sections(portal_id(1), vec![section("a", 1), section("a", 2)]);
    assert!(twice.is_err());
    assert_eq!(desk.store.sections(portal_id(1)).unwrap(), tree);
    let list = khosra_store::CachedList {
        content: json!({ "items": [] }),
        etag: Some("x".to_owned()),
        fetched_at: at(3),
    };
    desk.store.put_portal_list(portal_id(1), "latest", list.clone()).unwrap();
    assert_eq!(desk.store.portal_list(portal_id(1), "latest").unwrap(), Some(list));
    assert_eq!(desk.store.portal_list(portal_id(1), "popular").unwrap(), None);
    desk.store.set_setting("window", json!({ "text_size": 110 })).unwrap();
    assert_eq!(desk.store.setting("window").unwrap(), Some(json!({ "text_size": 110 })));
    assert_eq!(desk.store.setting("nothing").unwrap(), None);
}

pub(crate) fn asked(desk: &Desk, number: u64, event: u64, kind: IntentKind) {
    desk.store.act(sending(desk, 1, event, vec![new_intent(number, kind)])).unwrap();
}

pub(crate) fn state(desk: &Desk, number: u64) -> DeliveryState {
    desk.store.intent(intent(number)).unwrap().state
}

#[test]
fn a_recall_is_no_word_on_what_stands_at_the_portal() {
    let desk = ready();
    for (number, kind) in [(1, IntentKind::File), (2, IntentKind::Recall)] {
        asked(&desk, number, number + 1, kind);
        desk.store.count_attempt(intent(number)).unwrap();
        desk.store.settle(settled(number, DeliveryState::Confirmed)).unwrap();
    }
    let last = desk.store.last_confirmed(story(1), portal_id(1)).unwrap().unwrap();
    assert_eq!(last.id, intent(1));
}

#[test]
fn a_scheduled_story_is_watched_from_its_time_until_the_portal_says_more() {
    let desk = ready();
    asked(&desk, 1, 2, IntentKind::Schedule { at: at(500) });
    desk.store.count_attempt(intent(1)).unwrap();
    let mut end = settled(1, DeliveryState::Confirmed);
    let word = |state, live_at| PublicWord { state, version: None, url: None, live_at };
    end.public = Some(word(PublicState::Scheduled, Some(at(500))));
    desk.store.settle(end).unwrap();
    assert_eq!(desk.store.due_to_go_live(at(499)).unwrap(), []);
    assert_eq!(desk.store.due_to_go_live(at(500)).unwrap(), [(story(1), at(500))]);
    desk.store.note_public(story(1), word(PublicState::Live, None), at(510)).unwrap();
    assert_eq!(desk.store.due_to_go_live(at(999)).unwrap(), []);
    assert_eq!(desk.axes(1).public, PublicState::Live);
}

#[test]
fn a_closed_publish_window_opens_when_a_person_lets_it_go_on() {
    let desk = ready();
    let text = NewIntent { send_until: Some(at(5)), ..new_intent(1, IntentKind::Publish) };
    desk.store.act(sending(&desk, 1, 2, vec![text])).unwrap();
    assert_eq!(desk.store.intent(intent(1)).unwrap().send_until, Some(at(5)));
    desk.store.release(intent(1)).unwrap();
    assert_eq!(desk.store.intent(intent(1)).unwrap().send_until, None);
}

/// What a random worker does with the first due intent.
fn ends() -> impl Strategy<Value = Vec<DeliveryState>> {
    let ends = prop::sample::select(vec![
        DeliveryState::Confirmed,
        DeliveryState::Queued,
        DeliveryState::Unknown,
        DeliveryState::Refused,
        DeliveryState::Blocked,
    ]);
    prop::collection::vec(ends, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn order_per_story_and_parents_hold_whatever_happens(ends in ends(), picks in prop::collection::vec(0_usize..4, 30)) {
        let desk = ready();
        desk.store.create_story(new_story(2, content("খ"))).unwrap();
        // Two acts for each of two stories, the second a correction; each with one photo.
        for act in 0..4_u64 {
            let (photo, text) = (10 + act * 2, 11 + act * 2);
            let kind = if act < 2 { IntentKind::Publish } else { IntentKind::Correct };
            let text = NewIntent { parents: vec![intent(photo)], ..new_intent(text, kind) };
            let act = sending(&desk, 1 + act % 2, 100 + act, vec![photo_intent(photo), text]);
            desk.store.act(act).unwrap();
        }
        let mut confirmed: BTreeMap<story::IntentId, usize> = BTreeMap::new();
        for (turn, (end, pick)) in ends.into_iter().zip(picks).enumerate() {
            let due = desk.store.due_intents(portal_id(1), at(1_000)).unwrap();
            let Some(next) = due.get(pick % due.len().max(1)) else { break };
            prop_assert!(next.parents.iter().all(|parent| confirmed.contains_key(parent)));
            let earlier = desk.store.intents_of(next.story).unwrap();
            let open = earlier.iter().filter(|other| {
                other.sequence < next.sequence && other.parents.len() == 1 && !other.state.is_settled()
            });
            prop_assert_eq!(open.count(), 0);
            desk.store.count_attempt(next.id).unwrap();
            desk.store.settle(khosra_store::Settlement { intent: next.id, ..settled(0, end) }).unwrap();
            if end == DeliveryState::Confirmed {
                prop_assert!(confirmed.insert(next.id, turn).is_none(), "confirmed twice");
            }
        }
        let open = desk.store.open_intents().unwrap().len();
        prop_assert_eq!(open + confirmed.len(), 8, "an intent was lost");
    }
}

#[test]
fn bytes_are_counted_by_the_day_and_over_a_restart() {
    let desk = with_photos();
    desk.store.progress(intent(1), 40, DayBytes { day: 20_000, bytes: 40 }).unwrap();
    desk.store.progress(intent(1), 70, DayBytes { day: 20_000, bytes: 30 }).unwrap();
    let text = DayBytes { day: 20_001, bytes: 5 };
    let there = khosra_store::Settlement { sent: Some(text), ..settled(1, DeliveryState::Confirmed) };
    desk.store.settle(there.clone()).unwrap();
    desk.store.settle(there).unwrap_err();
    let desk = desk.again();
    let sent = [19_999, 20_000, 20_001].map(|day| desk.store.bytes_sent_on(day).unwrap());
    assert_eq!(sent, [0, 70, 5]);
}

#[test]
fn what_waits_for_the_next_day_goes_on_by_time_by_a_new_budget_or_by_a_person() {
    let desk = with_photos();
    assert!(desk.store.hold(intent(1), at(5_000), Cause::BudgetSpent).unwrap());
    assert!(!due(&desk).contains(&intent(1)));
    assert_eq!(desk.store.intent(intent(1)).unwrap().cause, Some(Cause::BudgetSpent));
    desk.store.release_held(&[Cause::BudgetSpent], false).unwrap();
    assert!(due(&desk).contains(&intent(1)));
    assert!(desk.store.hold(intent(1), at(5_000), Cause::BudgetSpent).unwrap());
    desk.store.release_beyond(intent(3)).unwrap();
    assert!(due(&desk).contains(&intent(1)));
    assert!(!desk.store.hold(intent(1), at(5_000), Cause::BudgetSpent).unwrap(), "a person has said so");
}
