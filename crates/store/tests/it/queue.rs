//! What waits at a portal's desk, as it last told.

use khosra_store::{QueueHeld, QueuePage, Queued};
use story::{DeskState, PublicState, Sha256Hex};

use crate::desk::{Desk, at, portal, portal_id, story};

pub fn queued(number: u64, filed: i64) -> Queued {
    Queued {
        story: story(number),
        headline: format!("খবর {number}"),
        section: "bangladesh".to_owned(),
        author: "nasrin".to_owned(),
        author_name: "নাসরিন সুলতানা".to_owned(),
        words: 120,
        photos: 1,
        desk: DeskState::Filed,
        public: PublicState::Never,
        hash: Sha256Hex::of(&number.to_le_bytes()),
        etag: format!("\"{number}\""),
        filed_at: Some(at(filed)),
        desk_at: Some(at(filed)),
        desk_by: Some("নাসরিন সুলতানা".to_owned()),
        desk_note: String::new(),
        guards: story::Guards::default(),
        held: None,
    }
}

pub fn page(open: Vec<Queued>, cursor: &str) -> QueuePage {
    let (portal, cursor) = (portal_id(1), cursor.to_owned());
    QueuePage { portal, anew: false, open, gone: Vec::new(), cursor, at: at(100) }
}

fn desk() -> Desk {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    desk
}

fn in_turn(desk: &Desk) -> Vec<(u64, Option<DeskState>)> {
    let all = desk.store.queue(portal_id(1)).unwrap();
    let number = |headline: &str| headline.rsplit(' ').next().unwrap().parse().unwrap();
    all.into_iter().map(|one| (number(&one.queued.headline), one.here)).collect()
}

#[test]
fn what_was_filed_first_comes_first_and_what_is_here_is_marked() {
    let desk = desk();
    let never = Queued { filed_at: None, ..queued(4, 0) };
    assert!(
        desk.store.put_queue(page(vec![never, queued(2, 30), queued(1, 20), queued(3, 10)], "c4")).unwrap()
    );
    let desk = desk.again();
    assert_eq!(in_turn(&desk), [(3, None), (1, Some(DeskState::Draft)), (2, None), (4, None)]);
    let cursor = desk.store.queue_cursor(portal_id(1)).unwrap().unwrap();
    assert_eq!((cursor.cursor.as_str(), cursor.synced_at), ("c4", at(100)));
    assert_eq!(desk.store.waiting_at_desk(portal_id(1)).unwrap(), 4);
}

#[test]
fn an_answer_is_news_only_where_something_is_otherwise() {
    let desk = desk();
    let held = QueueHeld {
        holder: "farida".to_owned(),
        name: "ফরিদা ইয়াসমিন".to_owned(),
        device: "desk-2".to_owned(),
        until: at(500),
    };
    let taken = Queued { desk: DeskState::InEdit, held: Some(held), ..queued(2, 30) };
    assert!(desk.store.put_queue(page(vec![queued(2, 30)], "c1")).unwrap());
    assert!(!desk.store.put_queue(page(vec![queued(2, 30)], "c2")).unwrap());
    assert!(desk.store.put_queue(page(vec![taken.clone()], "c3")).unwrap());
    assert!(!desk.store.put_queue(page(vec![taken.clone()], "c4")).unwrap());
    assert_eq!(desk.store.queued(portal_id(1), story(2)).unwrap(), Some(taken));
    assert_eq!(desk.store.waiting_at_desk(portal_id(1)).unwrap(), 0);
}

#[test]
fn what_has_left_the_desk_leaves_the_queue_and_an_answer_from_the_beginning_is_all_there_is() {
    let desk = desk();
    desk.store.put_queue(page(vec![queued(2, 10), queued(3, 20), queued(4, 30)], "c1")).unwrap();
    let gone = QueuePage { gone: vec![story(3), story(9)], ..page(Vec::new(), "c2") };
    assert!(desk.store.put_queue(gone).unwrap());
    assert_eq!(in_turn(&desk), [(2, None), (4, None)]);
    let anew = QueuePage { anew: true, ..page(vec![queued(4, 30), queued(5, 40)], "c1") };
    assert!(desk.store.put_queue(anew.clone()).unwrap());
    assert_eq!(in_turn(&desk), [(4, None), (5, None)]);
    assert!(!desk.store.put_queue(anew).unwrap());
}
