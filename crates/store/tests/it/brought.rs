//! Texts that come from a portal's desk: the draft becomes them only where nobody has written here since.

use khosra_store::{Came, DeskMove, GuardChange, NewBrought, PublicWord, StoreError, TakeIn};
use serde_json::json;
use story::{
    Axes, Command, Content, DeliveryState, DeskState, Guards, IntentKind, PublicState, RevisionReason, Said,
    Sha256Hex,
};

use crate::{
    desk::{Desk, at, content, event, intent, new_intent, portal, portal_id, save, sending, settled, story},
    queue::{page, queued},
};
use khosra_store::{NewIntent, NewRevision, QueueHeld, Settlement};

fn brought(says: &str) -> NewBrought {
    NewBrought {
        content: content(says),
        words: 3,
        author: "নাসরিন সুলতানা".to_owned(),
        written_at: at(40),
        hash: Sha256Hex::of(says.as_bytes()),
    }
}

fn nobody_has_it() -> PublicWord {
    PublicWord { state: PublicState::Never, version: None, url: None, live_at: None }
}

pub fn take(number: u64, says: &str, events: u64) -> TakeIn {
    TakeIn {
        story: story(number),
        portal: portal_id(1),
        text: brought(says),
        event: event(events, Command::Take, DeskState::InEdit),
        public: Some(nobody_has_it()),
        told: false,
        held: Some(QueueHeld {
            holder: "mahbub".to_owned(),
            name: "মাহবুব আলম".to_owned(),
            device: "desk-1".to_owned(),
            until: at(500),
        }),
    }
}

fn returned(desk: &Desk, number: u64, says: &str, events: u64) -> DeskMove {
    DeskMove {
        approval: None,
        story: story(number),
        portal: portal_id(1),
        decided_on: desk.axes(number),
        newest: desk.store.intents_of(story(number)).unwrap().first().map(|intent| intent.id),
        event: Some(event(events, Command::Return, DeskState::Returned)),
        desk: DeskState::Returned,
        text: Some(brought(says)),
        public: None,
        author: "শিউলি".to_owned(),
        at: at(60),
    }
}

/// A desk with a portal and nothing else of it.
fn empty() -> Desk {
    let desk = Desk::new();
    desk.store.put_portal(portal(1)).unwrap();
    desk
}

/// A story that the portal's desk has from here.
fn filed() -> Desk {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    let version = desk.store.row(story(1)).unwrap().version;
    let filing = NewIntent { version: Some(version), ..new_intent(1, IntentKind::File) };
    let act = sending(&desk, 1, 2, vec![filing]);
    let axes = Axes { desk: DeskState::Filed, ..act.axes.clone() };
    let revision =
        Some(NewRevision {
            at: at(1), reason: RevisionReason::Command, author: "শিউলি".to_owned()
        });
    desk.store.act(khosra_store::Act { axes, revision, ..act }).unwrap();
    desk.store.count_attempt(intent(1)).unwrap();
    let done = Settlement { receipt: Some(json!({})), ..settled(1, DeliveryState::Confirmed) };
    desk.store.settle(done).unwrap();
    desk
}

fn reasons(desk: &Desk, number: u64) -> Vec<RevisionReason> {
    desk.store.revisions(story(number)).unwrap().iter().map(|one| one.reason).collect()
}

fn says(desk: &Desk, number: u64) -> Content {
    desk.store.draft(story(number)).unwrap().content
}

#[test]
fn a_story_that_is_not_here_is_made_under_its_own_id() {
    let desk = empty();
    desk.store.put_queue(page(vec![queued(7, 10)], "c1")).unwrap();
    let home = desk.store.take_in(take(7, "তাঁর লেখা", 1)).unwrap();
    assert_eq!((home.came, home.row.axes.desk), (Came::Draft, DeskState::InEdit));
    let desk = desk.again();
    assert_eq!((says(&desk, 7), reasons(&desk, 7)), (content("তাঁর লেখা"), vec![RevisionReason::Portal]));
    let log = desk.store.log(story(7)).unwrap();
    assert_eq!((log.len(), log[0].command, log[0].desk), (1, Command::Take, DeskState::InEdit));
    assert_eq!(desk.store.brought(story(7), portal_id(1)).unwrap(), [brought("তাঁর লেখা").hash]);
    assert_eq!(desk.store.brought_from(story(7)).unwrap(), Some(portal_id(1)));
    let row = desk.store.queued(portal_id(1), story(7)).unwrap().unwrap();
    assert_eq!((row.desk, row.desk_by.as_deref()), (DeskState::InEdit, Some("মাহবুব আলম")));
    assert_eq!(row.held, take(7, "", 1).held);
}

#[test]
fn what_was_taken_where_there_are_no_leases_waits_no_more_on_this_machine_alone() {
    let desk = empty();
    desk.store.put_queue(page(vec![queued(7, 10), queued(8, 20)], "c1")).unwrap();
    let unleased = TakeIn { held: None, ..take(7, "তাঁর লেখা", 1) };
    desk.store.take_in(unleased).unwrap();
    let row = desk.store.queued(portal_id(1), story(7)).unwrap().unwrap();
    assert_eq!((row.desk, row.held), (DeskState::Filed, None), "the portal knows nothing of it");
    assert_eq!(desk.store.waiting_at_desk(portal_id(1)).unwrap(), 1);
}

#[test]
fn a_draft_that_is_what_came_last_becomes_what_comes_next() {
    let desk = empty();
    desk.store.take_in(take(7, "প্রথম", 1)).unwrap();
    assert_eq!(desk.store.take_in(take(7, "প্রথম", 2)).unwrap().came, Came::Known);
    assert_eq!(desk.store.take_in(take(7, "দ্বিতীয়", 3)).unwrap().came, Came::Draft);
    assert_eq!(says(&desk, 7), content("দ্বিতীয়"));
    assert_eq!(reasons(&desk, 7), [RevisionReason::Portal, RevisionReason::Portal]);
    assert_eq!(desk.store.revision(story(7), 1).unwrap(), content("প্রথম"));
}

#[test]
fn a_draft_that_has_moved_stays_and_the_text_stands_beside_it() {
    let desk = empty();
    desk.store.take_in(take(7, "প্রথম", 1)).unwrap();
    desk.store.save_draft(save(7, 2, "আমার লেখা")).unwrap();
    let Came::Beside(number) = desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap().came else {
        panic!("the draft was written over");
    };
    assert_eq!(says(&desk, 7), content("আমার লেখা"));
    assert_eq!(desk.store.revision(story(7), number).unwrap(), content("দ্বিতীয়"));
    let version = content("দ্বিতীয়").hash().unwrap();
    assert_eq!(desk.store.beside(story(7), &version).unwrap(), Some(number));
    assert_eq!(desk.store.brought(story(7), portal_id(1)).unwrap(), [brought("প্রথম").hash]);
    // The same again is no other version.
    assert_eq!(desk.store.take_in(take(7, "দ্বিতীয়", 3)).unwrap().came, Came::Beside(number));
    let restore = khosra_store::Restore { story: story(7), number, at: at(70), author: String::new() };
    desk.store.restore_revision(restore).unwrap();
    assert_eq!(desk.store.beside(story(7), &version).unwrap(), None, "it was taken over");
    assert_eq!(desk.store.brought(story(7), portal_id(1)).unwrap().len(), 2);
    assert_eq!(desk.store.take_in(take(7, "তৃতীয়", 4)).unwrap().came, Came::Draft);
}

#[test]
fn what_was_filed_becomes_what_the_desk_made_of_it() {
    let desk = filed();
    let home = desk.store.follow_desk(returned(&desk, 1, "ডেস্কের লেখা", 5)).unwrap();
    assert_eq!((home.came, home.row.axes.desk), (Came::Draft, DeskState::Returned));
    assert_eq!(says(&desk, 1), content("ডেস্কের লেখা"));
    assert_eq!(reasons(&desk, 1), [RevisionReason::Portal, RevisionReason::Command]);
    let event = desk.store.last_of(story(1), Command::Return).unwrap().unwrap();
    assert_eq!(event.version, Some(content("ডেস্কের লেখা").hash().unwrap()));
}

#[test]
fn what_was_typed_since_stays() {
    let desk = filed();
    desk.store.save_draft(save(1, 2, "আরও কথা")).unwrap();
    let home = desk.store.follow_desk(returned(&desk, 1, "ডেস্কের লেখা", 5)).unwrap();
    assert!(matches!(home.came, Came::Beside(_)), "{:?}", home.came);
    assert_eq!((says(&desk, 1), home.row.axes.desk), (content("আরও কথা"), DeskState::Returned));
}

#[test]
fn what_is_decided_on_an_earlier_state_is_not_written_down() {
    let desk = filed();
    let early = returned(&desk, 1, "ডেস্কের লেখা", 5);
    let act = sending(&desk, 1, 3, vec![new_intent(2, IntentKind::Publish)]);
    desk.store.act(act).unwrap();
    assert!(matches!(desk.store.follow_desk(early), Err(StoreError::MovedOn { .. })));
    // Nor is anything while something of it is on its way.
    let open = returned(&desk, 1, "ডেস্কের লেখা", 6);
    assert!(matches!(desk.store.follow_desk(open), Err(StoreError::MovedOn { .. })));
    assert_eq!(desk.store.log(story(1)).unwrap().len(), 3);
}

#[test]
fn a_taking_never_touches_the_draft_of_a_story_that_is_on_its_way() {
    let desk = filed();
    let act = sending(&desk, 1, 3, vec![new_intent(2, IntentKind::Publish)]);
    desk.store.act(act).unwrap();
    let home = desk.store.take_in(take(1, "অন্য লেখা", 4)).unwrap();
    assert!(matches!(home.came, Came::Beside(_)), "{:?}", home.came);
    assert_eq!(home.row.axes.delivery, Some(DeliveryState::Queued));
}

#[test]
fn what_was_killed_is_looked_at_again_while_its_kill_is_said_to_wait_and_then_never() {
    let desk = empty();
    let killed = PublicWord { state: PublicState::Killed, ..nobody_has_it() };
    desk.store.take_in(TakeIn { public: Some(killed), held: None, ..take(1, "ঘাট", 1) }).unwrap();
    let strayed = || desk.store.strayed_from_queue(portal_id(1)).unwrap();
    assert_eq!(strayed(), []);
    let said =
        Said {
            by: "মাহবুব আলম".to_owned(), account: "mahbub".to_owned(), at: at(50), reason: "ভুল".to_owned()
        };
    let hold = |guards| GuardChange {
        story: story(1),
        decided_on: desk.axes(1),
        events: Vec::new(),
        at: at(61),
        guards,
        order: None,
        drops: None,
    };
    desk.store.change_guards(hold(Guards::default().after(Command::AskKill, said))).unwrap();
    assert_eq!(strayed(), [story(1)]);
    desk.store.change_guards(hold(Guards::default())).unwrap();
    assert_eq!(strayed(), []);
}
