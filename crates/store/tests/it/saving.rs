use khosra_store::{MAX_CONTENT_BYTES, MAX_UNDO_BYTES, StoreError, Thing};
use proptest::prelude::*;
use story::{Approval, Axes, Command, Content, DeskState, RevisionReason};

use crate::desk::{Desk, at, content, event, new_story, save, save_content, story};

#[test]
fn what_was_saved_is_there_after_opening_again() {
    let desk = Desk::with_story(1);
    let saved = desk.store.save_draft(save(1, 2, "পদ্মার পাড়ে ভাঙন")).unwrap();
    assert!(saved.changed);
    let desk = desk.again();
    let draft = desk.store.draft(story(1)).unwrap();
    assert_eq!(draft.content, content("পদ্মার পাড়ে ভাঙন"));
    assert_eq!((draft.row.counter, draft.saved_at), (2, at(2)));
    assert_eq!(draft.row.version, saved.version);
}

#[test]
fn a_late_save_changes_nothing() {
    let desk = Desk::with_story(1);
    desk.store.save_draft(save(1, 9, "নতুন")).unwrap();
    for counter in [0, 1, 8, 9] {
        let saved = desk.store.save_draft(save(1, counter, "পুরোনো")).unwrap();
        assert_eq!((saved.counter, saved.changed, saved.saved_at), (9, false, at(9)));
    }
    assert_eq!(desk.store.draft(story(1)).unwrap().content.body, "নতুন");
}

#[test]
fn a_story_can_be_begun_once() {
    let desk = Desk::with_story(1);
    let again = desk.store.create_story(new_story(1, content("অন্য")));
    assert_eq!(again.unwrap_err(), StoreError::Exists(Thing::Story));
    assert_eq!(desk.store.draft(story(1)).unwrap().content.body, "প্রথম খসড়া");
}

#[test]
fn a_story_that_is_not_there_is_not_found() {
    let desk = Desk::new();
    assert_eq!(desk.store.save_draft(save(7, 2, "")).unwrap_err(), StoreError::NotFound(Thing::Story));
    assert_eq!(desk.store.draft(story(7)).unwrap_err(), StoreError::NotFound(Thing::Story));
}

#[test]
fn five_hundred_saves_while_typing_keep_every_letter() {
    let desk = Desk::with_story(1);
    let mut body = "কথা ".repeat(2_000);
    for counter in 2..502 {
        let middle = (0..body.len() / 2).rev().find(|at| body.is_char_boundary(*at));
        body.insert(middle.unwrap(), 'ক');
        desk.store.save_draft(save(1, counter, &body)).unwrap();
    }
    assert_eq!(desk.store.draft(story(1)).unwrap().content.body, body);
    assert_eq!(desk.again().store.draft(story(1)).unwrap().content.body, body);
}

#[test]
fn saves_from_several_threads_never_cross() {
    let desk = Desk::with_story(1);
    std::thread::scope(|scope| {
        for thread in 0..4_u64 {
            let store = desk.store.clone();
            scope.spawn(move || {
                for turn in 0..25 {
                    let counter = 2 + turn * 4 + thread;
                    store.save_draft(save(1, counter, &format!("লেখা {counter}"))).unwrap();
                }
            });
        }
    });
    let draft = desk.store.draft(story(1)).unwrap();
    assert_eq!((draft.row.counter, draft.content.body.as_str()), (101, "লেখা 101"));
}

#[test]
fn the_undo_history_outlives_a_restart_and_a_longer_one_is_forgotten() {
    let desk = Desk::with_story(1);
    let mut first = save(1, 2, "ক");
    first.undo = Some("{\"steps\":[1,2]}".to_owned());
    desk.store.save_draft(first).unwrap();
    desk.store.save_draft(save(1, 3, "কখ")).unwrap();
    let desk = desk.again();
    assert_eq!(desk.store.draft(story(1)).unwrap().undo.as_deref(), Some("{\"steps\":[1,2]}"));
    let mut long = save(1, 4, "কখগ");
    long.undo = Some("x".repeat(MAX_UNDO_BYTES + 1));
    assert!(desk.store.save_draft(long).unwrap().changed);
    assert_eq!(desk.store.draft(story(1)).unwrap().undo, None);
}

#[test]
fn a_text_beyond_the_limit_is_refused_and_the_last_one_stays() {
    let desk = Desk::with_story(1);
    let long = save(1, 2, &"a".repeat(MAX_CONTENT_BYTES));
    let refused = desk.store.save_draft(long).unwrap_err();
    assert_eq!(refused, StoreError::TooLong { limit: MAX_CONTENT_BYTES });
    assert_eq!(desk.store.draft(story(1)).unwrap().row.counter, 1);
}

#[test]
fn a_megabyte_of_headline_and_a_long_line_come_back_whole() {
    let desk = Desk::with_story(1);
    let long =
        Content { headline: "শি".repeat(170_000), body: "ক".repeat(170_000), ..Content::default() };
    desk.store.save_draft(save_content(1, 2, long.clone())).unwrap();
    let draft = desk.store.draft(story(1)).unwrap();
    assert_eq!(draft.content, long);
    assert!(draft.row.headline.chars().count() <= 300);
}

#[test]
fn an_approval_falls_when_a_letter_changes() {
    let desk = Desk::with_story(1);
    let row = desk.store.row(story(1)).unwrap();
    let approval = Approval {
        version: row.version.clone(),
        by: "শিউলি".to_owned(),
        at: at(5),
        alone: true,
        sent: false,
    };
    let approved = Axes { desk: DeskState::Approved, approval: Some(approval), ..row.axes.clone() };
    let act = khosra_store::Act {
        story: story(1),
        decided_on: row.axes,
        counter: Some(1),
        events: vec![event(2, Command::Approve, DeskState::Approved)],
        axes: approved.clone(),
        revision: Some(khosra_store::NewRevision {
            at: at(5),
            reason: RevisionReason::Command,
            author: String::new(),
        }),
        intents: Vec::new(),
    };
    let done = desk.store.act(act).unwrap();
    assert_eq!(done.revision.unwrap().hash, row.version);
    let same = desk.store.save_draft(save(1, 2, "প্রথম খসড়া")).unwrap();
    assert_eq!(same.axes, approved);
    let changed = desk.store.save_draft(save(1, 3, "প্রথম খসড়া।")).unwrap();
    assert_eq!((changed.axes.desk, changed.axes.approval), (DeskState::InEdit, None));
    assert_eq!(desk.axes(1).desk, DeskState::InEdit);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_letter_of_unicode_comes_back(texts in prop::collection::vec("(?s).{0,60}", 1..6)) {
        let desk = Desk::with_story(1);
        for (counter, text) in (2..).zip(&texts) {
            let body = format!("{text}\0{text}");
            let content = Content { headline: text.clone(), body, tags: texts.clone(), ..Content::default() };
            desk.store.save_draft(save_content(1, counter, content.clone())).unwrap();
            prop_assert_eq!(desk.store.draft(story(1)).unwrap().content, content);
        }
    }

    #[test]
    fn saves_in_any_order_leave_the_one_with_the_largest_counter(counters in prop::collection::vec(2_u64..40, 1..25)) {
        let desk = Desk::with_story(1);
        for counter in &counters {
            let saved = desk.store.save_draft(save(1, *counter, &format!("লেখা {counter}"))).unwrap();
            prop_assert!(saved.counter >= *counter);
        }
        let largest = counters.iter().max().unwrap();
        prop_assert_eq!(desk.store.draft(story(1)).unwrap().content.body, format!("লেখা {largest}"));
    }
}
