//! What the person at this machine has read: somebody else's words are news to them, their own never are.

use khosra_store::{Came, NewRevision, Unread};
use story::{Revision, RevisionReason};

use crate::{
    brought::take,
    desk::{Desk, at, portal, portal_id, save, story},
    queue::{page, queued},
};

/// A story that was taken, and read at second 50.
fn read() -> Desk {
    let desk = Desk::new();
    desk.store.put_portal(portal(1)).unwrap();
    desk.store.take_in(take(7, "প্রথম", 1)).unwrap();
    assert!(!mark(&desk, 50));
    desk
}

/// Reads what the draft says now; says whether that was news.
fn mark(desk: &Desk, seconds: i64) -> bool {
    let counter = desk.store.row(story(7)).unwrap().counter;
    desk.store.mark_read(story(7), counter, at(seconds)).unwrap()
}

fn unread(desk: &Desk) -> Option<Unread> {
    let unread = desk.store.unread(story(7)).unwrap();
    assert_eq!(desk.store.all_unread().unwrap().contains(&story(7)), unread.is_some());
    unread
}

fn what_was_read(desk: &Desk) -> String {
    desk.store.revision(story(7), unread(desk).unwrap().revision).unwrap().body
}

#[test]
fn a_text_that_came_after_reading_is_unread_until_it_was_read() {
    let desk = read();
    assert_eq!(unread(&desk), None);
    desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap();
    let desk = desk.again();
    assert_eq!(unread(&desk), Some(Unread { revision: 1, read_at: at(50) }));
    assert!(mark(&desk, 60));
    assert_eq!(unread(&desk), None);
}

#[test]
fn what_nobody_has_read_here_is_not_called_unread() {
    let desk = Desk::new();
    desk.store.put_portal(portal(1)).unwrap();
    desk.store.take_in(take(7, "প্রথম", 1)).unwrap();
    desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap();
    assert_eq!(unread(&desk), None);
}

#[test]
fn own_words_are_no_news_and_the_mark_goes_with_them() {
    let desk = read();
    desk.store.save_draft(save(7, 90, "প্রথম, আমার হাতে")).unwrap();
    assert_eq!(unread(&desk), None);
    // What came is not put over them; once they are what the portal has, the next text is.
    let Came::Beside(number) = desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap().came else {
        panic!("the draft was written over");
    };
    assert_eq!(unread(&desk), None, "the draft says what its reader wrote");
    desk.store
        .restore_revision(khosra_store::Restore {
            story: story(7),
            number,
            at: at(91),
            author: String::new(),
        })
        .unwrap();
    assert_eq!(unread(&desk), None, "a person chose it");
    desk.store.take_in(take(7, "তৃতীয়", 3)).unwrap();
    assert_eq!((what_was_read(&desk).as_str(), unread(&desk).unwrap().read_at), ("দ্বিতীয়", at(91)));
}

#[test]
fn of_two_texts_that_came_in_turn_the_one_before_both_was_read() {
    let desk = read();
    desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap();
    desk.store.take_in(take(7, "তৃতীয়", 3)).unwrap();
    assert_eq!(what_was_read(&desk), "প্রথম");
    desk.store.take_in(take(7, "প্রথম", 4)).unwrap();
    assert_eq!(unread(&desk), None, "it says again what was read");
}

#[test]
fn a_text_that_came_under_the_readers_eyes_is_not_read_by_looking_away() {
    let desk = read();
    let seen = desk.store.row(story(7)).unwrap().counter;
    desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap();
    assert!(!desk.store.mark_read(story(7), seen, at(70)).unwrap());
    assert!(unread(&desk).is_some());
}

#[test]
fn the_queue_knows_a_text_that_is_still_at_the_portal() {
    let desk = read();
    let there = |desk: &Desk| desk.store.queue(portal_id(1)).unwrap()[0].news_there;
    let mut row = queued(7, 1);
    row.hash = take(7, "প্রথম", 1).text.hash;
    desk.store.put_queue(page(vec![row.clone()], "c1")).unwrap();
    assert!(!there(&desk));
    row.hash = take(7, "দ্বিতীয়", 1).text.hash;
    desk.store.put_queue(page(vec![row], "c2")).unwrap();
    assert!(there(&desk));
    desk.store.take_in(take(7, "দ্বিতীয়", 2)).unwrap();
    assert!(!there(&desk), "it is here, and unread by itself");
}

#[test]
fn reading_cuts_no_version() {
    let desk = Desk::with_story(7);
    assert!(!mark(&desk, 50));
    assert_eq!(desk.store.revisions(story(7)).unwrap(), Vec::<Revision>::new());
    let new = NewRevision { at: at(9), reason: RevisionReason::Asked, author: "শিউলি".to_owned() };
    assert_eq!(desk.store.cut_revision(story(7), new).unwrap().number, 1);
}
