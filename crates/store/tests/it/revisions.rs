use khosra_store::{NewRevision, Restore, StoreError, Thing};
use proptest::prelude::*;
use story::RevisionReason;

use crate::desk::{Desk, at, content, save, story};

fn cut(desk: &Desk) -> story::Revision {
    let new = NewRevision { at: at(9), reason: RevisionReason::Asked, author: "শিউলি".to_owned() };
    desk.store.cut_revision(story(1), new).unwrap()
}

#[test]
fn a_revision_is_cut_only_when_something_changed() {
    let desk = Desk::with_story(1);
    let first = cut(&desk);
    assert_eq!((first.number, first.parent.clone()), (1, None));
    assert_eq!(cut(&desk), first);
    desk.store.save_draft(save(1, 2, "আরও")).unwrap();
    let second = cut(&desk);
    assert_eq!((second.number, second.parent), (2, Some(first.hash)));
}

#[test]
fn a_hundred_revisions_come_back_byte_for_byte_after_a_restart() {
    let desk = Desk::with_story(1);
    let mut body = "পদ্মার ভাঙনে ঘর হারিয়েছে মানুষ। ".repeat(40);
    let mut texts = Vec::new();
    for counter in 2..102 {
        body.push_str(&format!("বাক্য {counter}। "));
        desk.store.save_draft(save(1, counter, &body)).unwrap();
        cut(&desk);
        texts.push(content(&body));
    }
    let desk = desk.again();
    for (number, text) in (1..).zip(&texts) {
        assert_eq!(desk.store.revision(story(1), number).unwrap(), *text);
        assert_eq!(desk.store.revision_bytes(story(1), number).unwrap(), text.to_bytes().unwrap());
    }
    let newest_first: Vec<u32> =
        desk.store.revisions(story(1)).unwrap().iter().map(|one| one.number).collect();
    assert_eq!(newest_first, (1..=100).rev().collect::<Vec<_>>());
    assert_eq!(desk.store.revision(story(1), 101).unwrap_err(), StoreError::NotFound(Thing::Revision));
}

#[test]
fn restoring_adds_versions_and_loses_none() {
    let desk = Desk::with_story(1);
    cut(&desk);
    let mut newer = save(1, 2, "নতুন লেখা");
    newer.undo = Some("ইতিহাস".to_owned());
    desk.store.save_draft(newer).unwrap();
    let restore = Restore { story: story(1), number: 1, at: at(20), author: "শিউলি".to_owned() };
    let draft = desk.store.restore_revision(restore).unwrap();
    assert_eq!((draft.content.body.as_str(), draft.row.counter, draft.undo), ("প্রথম খসড়া", 3, None));
    let reasons: Vec<_> = desk.store.revisions(story(1)).unwrap().iter().map(|one| one.reason).collect();
    assert_eq!(reasons, [RevisionReason::Restored, RevisionReason::Left, RevisionReason::Asked]);
    assert_eq!(desk.store.revision(story(1), 2).unwrap().body, "নতুন লেখা");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_texts_come_back(texts in prop::collection::vec("(?s).{0,200}", 1..50)) {
        let desk = Desk::with_story(1);
        let mut kept = Vec::new();
        for (counter, text) in (2..).zip(&texts) {
            desk.store.save_draft(save(1, counter, text)).unwrap();
            kept.push((cut(&desk).number, text));
        }
        for (number, text) in kept {
            prop_assert_eq!(&desk.store.revision(story(1), number).unwrap().body, text);
        }
    }
}

#[test]
fn a_version_keeps_its_name_and_may_get_another_or_none() {
    let desk = Desk::with_story(1);
    let first = cut(&desk);
    let names = |desk: &Desk| desk.store.version_names(story(1)).unwrap().into_values().collect::<Vec<_>>();
    desk.store.name_version(story(1), first.number, "জেলা প্রশাসকের বক্তব্যের আগে".to_owned()).unwrap();
    desk.store.name_version(story(1), first.number, "বক্তব্যের আগে".to_owned()).unwrap();
    let desk = desk.again();
    assert_eq!(names(&desk), ["বক্তব্যের আগে"]);
    assert_eq!(desk.store.revisions(story(1)).unwrap(), [first]);
    desk.store.name_version(story(1), 1, String::new()).unwrap();
    assert!(names(&desk).is_empty());
    let unknown = desk.store.name_version(story(1), 9, "নেই".to_owned());
    assert!(matches!(unknown, Err(StoreError::NotFound(Thing::Revision))));
}
