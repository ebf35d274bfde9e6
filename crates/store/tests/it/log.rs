use khosra_store::{Act, StoreError};
use rusqlite::Connection;
use story::{Command, DeskState};

use crate::desk::{Desk, event, save, story};

#[test]
fn the_log_is_a_chain_and_refusals_stand_in_it() {
    let desk = Desk::with_story(1);
    let mut refused = event(2, Command::Publish, DeskState::Draft);
    refused.refused = Some("not_approved".to_owned());
    desk.store.append_event(story(1), refused).unwrap();
    let log = desk.again().store.log(story(1)).unwrap();
    assert_eq!(log.len(), 2);
    assert_eq!(log[1].previous.as_ref(), Some(&log[0].hash));
    assert_eq!(log[1].refused.as_deref(), Some("not_approved"));
    assert_eq!(story::log::broken_link(&log), None);
}

#[test]
fn no_line_can_be_changed_or_taken_out() {
    let desk = Desk::with_story(1);
    desk.store.append_event(story(1), event(2, Command::Approve, DeskState::Approved)).unwrap();
    let folder = desk.folder;
    drop(desk.store);
    let raw = Connection::open(folder.path().join("khosra.db")).unwrap();
    for statement in
        ["UPDATE events SET note = 'x'", "DELETE FROM events", "DELETE FROM revisions", "DELETE FROM stories"]
    {
        let refused = raw.execute(statement, []);
        assert!(refused.is_err() || refused == Ok(0), "{statement}");
    }
    assert_eq!(raw.query_row("SELECT count(*) FROM events", [], |row| row.get(0)), Ok(2));
}

#[test]
fn a_line_changed_behind_the_triggers_is_seen() {
    let desk = Desk::with_story(1);
    desk.store.append_event(story(1), event(2, Command::Approve, DeskState::Approved)).unwrap();
    let folder = desk.folder;
    drop(desk.store);
    let raw = Connection::open(folder.path().join("khosra.db")).unwrap();
    raw.execute_batch(
        "DROP TRIGGER events_immutable; UPDATE events SET actor = 'অন্য কেউ' WHERE sequence = 1;",
    )
    .unwrap();
    drop(raw);
    let store = crate::desk::open(folder.path()).store;
    assert!(matches!(store.log(story(1)), Err(StoreError::Damaged(_))));
}

#[test]
fn an_act_upon_an_old_reading_is_refused_whole() {
    let desk = Desk::with_story(1);
    let axes = desk.axes(1);
    desk.store.save_draft(save(1, 2, "নতুন লেখা")).unwrap();
    let act = Act {
        story: story(1),
        decided_on: axes.clone(),
        counter: Some(1),
        events: vec![event(2, Command::Spike, DeskState::Spiked)],
        axes: story::Axes { desk: DeskState::Spiked, ..axes },
        revision: None,
        intents: Vec::new(),
    };
    assert_eq!(desk.store.act(act).unwrap_err(), StoreError::MovedOn { counter: 2 });
    assert_eq!(desk.store.log(story(1)).unwrap().len(), 1);
    assert_eq!(desk.axes(1).desk, DeskState::Draft);
}
