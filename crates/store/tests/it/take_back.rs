use khosra_store::{Act, StoreError, TakeBack};
use story::{Axes, Command, DeliveryState, DeskState, IntentKind};

use crate::desk::{Desk, event, intent, new_intent, portal, sending, settled, story};

/// The story is filed, and the intent that says so waits.
fn filed() -> Desk {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    let act = sending(&desk, 1, 2, vec![new_intent(1, IntentKind::File)]);
    let axes = Axes { desk: DeskState::Filed, ..act.axes.clone() };
    desk.store.act(Act { axes, ..act }).unwrap();
    desk
}

fn back(number: u64) -> TakeBack {
    let event = event(number, Command::Recall, DeskState::Draft);
    TakeBack { intent: intent(1), from: DeskState::Filed, event }
}

#[test]
fn a_filing_that_is_taken_back_leaves_the_story_where_it_was() {
    let desk = filed();
    assert_eq!(desk.store.take_back(back(9)).unwrap().state, DeliveryState::Cancelled);
    let axes = desk.axes(1);
    assert_eq!((axes.desk, axes.delivery), (DeskState::Draft, Some(DeliveryState::Cancelled)));
    let log = desk.store.log(story(1)).unwrap();
    assert_eq!(log.last().map(|line| line.command), Some(Command::Recall));
    assert!(matches!(desk.store.take_back(back(10)), Err(StoreError::WrongState(_))));
    assert_eq!(desk.store.log(story(1)).unwrap(), log);
}

#[test]
fn what_was_set_aside_since_stays_so_when_its_filing_is_taken_back() {
    let desk = filed();
    let act = sending(&desk, 1, 3, Vec::new());
    let axes = Axes { desk: DeskState::Spiked, ..act.axes.clone() };
    desk.store.act(Act { axes, ..act }).unwrap();
    assert_eq!(desk.store.take_back(back(9)).unwrap().state, DeliveryState::Cancelled);
    assert_eq!(desk.axes(1).desk, DeskState::Spiked);
    assert_eq!(desk.store.log(story(1)).unwrap().len(), 3);
}

#[test]
fn a_filing_that_may_have_been_heard_is_not_taken_back_and_nothing_moves() {
    let desk = filed();
    desk.store.count_attempt(intent(1)).unwrap();
    desk.store.settle(settled(1, DeliveryState::Unknown)).unwrap();
    assert!(matches!(desk.store.take_back(back(9)), Err(StoreError::WrongState(_))));
    assert_eq!(desk.axes(1).desk, DeskState::Filed);
    assert_eq!(desk.store.log(story(1)).unwrap().len(), 2);
}
