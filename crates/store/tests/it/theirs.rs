//! A portal's version that did not come from here, and what a person decides on it.

use khosra_store::{
    AcceptDifferences, AcceptTheirs, NewRevision, NewTheirs, PublishOver, Settlement, StoreError,
};
use serde_json::json;
use story::{
    Cause, Command, DeliveryState, DeskState, IntentKind, Lost, LostKind, PublicState, RevisionReason,
    Sha256Hex,
};

use crate::desk::{
    Desk, at, content, event, intent, new_intent, photo_intent, portal, save, sending, settled, story,
};

fn theirs(says: &str, number: u64) -> NewTheirs {
    NewTheirs {
        content: content(says),
        words: 3,
        author: "দৈনিক".to_owned(),
        changed_at: at(50),
        parent: None,
        event: event(number, Command::ChangeAtPortal, DeskState::Draft),
        etag: format!("\"{says}\""),
        hash: Sha256Hex::of(says.as_bytes()),
        lost: vec![Lost::new(LostKind::Block, "latest-posts")],
        public: PublicState::Live,
        is_live: true,
        url: Some("https://portal.example/a".to_owned()),
    }
}

fn changed_there(says: &str, events: u64) -> Settlement {
    Settlement {
        cause: Some(Cause::ChangedOnPortal),
        theirs: Some(theirs(says, events)),
        ..settled(2, DeliveryState::Blocked)
    }
}

/// A story with one photo on its way that met with a version of somebody else's.
fn stuck() -> Desk {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    let new =
        NewRevision { at: at(1), reason: RevisionReason::Command, author: "শিউলি".to_owned() };
    desk.store.cut_revision(story(1), new).unwrap();
    let text = khosra_store::NewIntent { parents: vec![intent(1)], ..new_intent(2, IntentKind::Publish) };
    desk.store.act(sending(&desk, 1, 2, vec![photo_intent(1), text])).unwrap();
    desk.store.count_attempt(intent(2)).unwrap();
    desk.store.settle(changed_there("তাঁদের লেখা", 3)).unwrap();
    desk
}

fn accept(revision: u32) -> AcceptTheirs {
    let event = event(9, Command::AcceptTheirs, DeskState::Draft);
    AcceptTheirs { intent: intent(2), revision, author: "শিউলি".to_owned(), desk: None, event }
}

fn over(revision: u32) -> PublishOver {
    PublishOver { intent: intent(2), revision, event: event(9, Command::PublishOver, DeskState::Draft) }
}

fn reasons(desk: &Desk) -> Vec<RevisionReason> {
    desk.store.revisions(story(1)).unwrap().iter().map(|one| one.reason).collect()
}

#[test]
fn it_is_a_revision_with_a_line_in_the_log_and_the_draft_stays() {
    let desk = stuck().again();
    let found = desk.store.intent(intent(2)).unwrap().theirs.unwrap();
    assert_eq!((found.revision, found.lost.len(), found.accepted), (2, 1, false));
    assert_eq!(desk.store.revision(story(1), 2).unwrap(), content("তাঁদের লেখা"));
    assert_eq!(desk.store.draft(story(1)).unwrap().content, desk.store.revision(story(1), 1).unwrap());
    let last = desk.store.log(story(1)).unwrap().pop().unwrap();
    let hash = content("তাঁদের লেখা").hash().unwrap();
    assert_eq!((last.command, last.version), (Command::ChangeAtPortal, Some(hash)));
}

#[test]
fn the_same_words_again_are_the_same_revision() {
    let desk = stuck();
    desk.store.settle(changed_there("তাঁদের লেখা", 4)).unwrap();
    assert_eq!(desk.store.keep_theirs(story(1), theirs("তাঁদের লেখা", 5)).unwrap(), 2);
    assert_eq!(desk.store.keep_theirs(story(1), theirs("আরেকটি", 6)).unwrap(), 3);
    assert_eq!(desk.store.log(story(1)).unwrap().len(), 4);
}

#[test]
fn a_version_of_the_portals_is_no_parent_of_ours() {
    let desk = stuck();
    let own = desk.store.revisions(story(1)).unwrap().pop().unwrap();
    let new = || NewRevision { at: at(60), reason: RevisionReason::Asked, author: String::new() };
    assert_eq!(desk.store.cut_revision(story(1), new()).unwrap(), own, "the draft has not changed");
    desk.store.save_draft(save(1, 2, "আরও কথা")).unwrap();
    let next = desk.store.cut_revision(story(1), new()).unwrap();
    assert_eq!((next.number, next.parent), (3, Some(own.hash)));
}

#[test]
fn taking_it_over_keeps_what_the_draft_said_and_takes_everything_back() {
    let desk = stuck();
    desk.store.save_draft(save(1, 2, "এখনকার লেখা")).unwrap();
    let draft = desk.store.accept_theirs(accept(2)).unwrap();
    assert_eq!(draft.content, content("তাঁদের লেখা"));
    assert_eq!(reasons(&desk).first(), Some(&RevisionReason::Restored));
    assert_eq!(desk.store.revision(story(1), 3).unwrap().body, "এখনকার লেখা");
    let all = desk.store.intents_of(story(1)).unwrap();
    assert!(all.iter().all(|intent| intent.state == DeliveryState::Cancelled), "{all:?}");
    assert!(all[0].theirs.as_ref().unwrap().accepted);
    let row = desk.store.row(story(1)).unwrap();
    assert_eq!((row.axes.public, row.differs_from_live()), (PublicState::Live, false));
    assert_eq!(
        desk.store.accept_theirs(accept(2)).unwrap_err(),
        StoreError::WrongState(DeliveryState::Cancelled)
    );
}

#[test]
fn taking_it_over_may_take_the_story_into_other_hands_again() {
    let desk = stuck();
    let accept = AcceptTheirs { desk: Some(DeskState::InEdit), ..accept(2) };
    let draft = desk.store.accept_theirs(accept).unwrap();
    assert_eq!(draft.row.axes.desk, DeskState::InEdit);
    assert_eq!(desk.store.log(story(1)).unwrap().last().unwrap().desk, DeskState::InEdit);
}

#[test]
fn a_decision_holds_for_the_version_that_was_seen_and_for_no_other() {
    let desk = stuck();
    assert!(matches!(desk.store.publish_over(over(1)), Err(StoreError::MovedOn { .. })));
    assert!(matches!(desk.store.accept_theirs(accept(1)), Err(StoreError::MovedOn { .. })));
    let gone_on = desk.store.publish_over(over(2)).unwrap();
    assert_eq!((gone_on.state, gone_on.over.as_deref()), (DeliveryState::Queued, Some("\"তাঁদের লেখা\"")));
    assert_eq!(desk.store.publish_over(over(2)).unwrap_err(), StoreError::WrongState(DeliveryState::Queued));
    desk.store.count_attempt(intent(2)).unwrap();
    let again = desk.store.settle(changed_there("তৃতীয়", 10)).unwrap();
    assert_eq!((again.over, again.theirs.unwrap().revision), (None, 3));
}

#[test]
fn differences_are_accepted_once_and_only_where_something_was_read_back() {
    let desk = stuck();
    let accept = |number| AcceptDifferences {
        intent: intent(2),
        by: "শিউলি".to_owned(),
        public: None,
        event: event(number, Command::AcceptDifferences, DeskState::Draft),
    };
    assert_eq!(
        desk.store.accept_differences(accept(20)).unwrap_err(),
        StoreError::WrongState(DeliveryState::Blocked)
    );
    let differs = Settlement {
        cause: Some(Cause::ReadBackDiffers),
        receipt: Some(json!({ "differences": [1] })),
        ..settled(2, DeliveryState::Blocked)
    };
    desk.store.settle(differs).unwrap();
    let accepted = desk.store.accept_differences(accept(21)).unwrap();
    assert_eq!((accepted.state, accepted.cause), (DeliveryState::Confirmed, None));
    let receipt = accepted.receipt.unwrap();
    assert_eq!((&receipt["differences"], &receipt["accepted"]["by"]), (&json!([1]), &json!("শিউলি")));
    assert!(desk.store.accept_differences(accept(22)).is_err());
}
