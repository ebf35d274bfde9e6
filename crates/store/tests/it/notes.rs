//! Notes at stories: what is kept, what is counted, and what goes to a portal.

use khosra_store::{Note, StoreError};
use rusqlite::Connection;
use story::{Anchor, Emphasis, IntentKind, NoteId, NoteTurn, NotedField, Suggestion};

use crate::desk::{Desk, at, content, new_intent, new_story, portal, portal_id, save, sending, story, uuid};

fn note(number: u64, words: &str) -> Note {
    Note {
        id: NoteId(uuid(7, number)),
        parent: None,
        author: "nasrin".to_owned(),
        author_name: "নাসরিন সুলতানা".to_owned(),
        words: words.to_owned(),
        turn: None,
        anchor: Some(anchor("তিন গ্রামে", 4)),
        place: None,
        suggestion: None,
        written_at: at(number as i64),
        own: false,
        named: false,
        portal: None,
    }
}

fn own(number: u64, words: &str) -> Note {
    Note { own: true, ..note(number, words) }
}

fn answer(number: u64, to: u64, turn: Option<NoteTurn>) -> Note {
    let parent = Some(NoteId(uuid(7, to)));
    Note { parent, turn, anchor: None, ..note(number, "") }
}

fn anchor(quote: &str, at: u32) -> Anchor {
    let field = NotedField::Body;
    Anchor { field, photo: None, quote: quote.to_owned(), prefix: String::new(), suffix: String::new(), at }
}

fn open(desk: &Desk) -> Option<(u32, u32)> {
    desk.store.open_notes().unwrap().get(&story(1)).map(|notes| (notes.open, notes.waiting))
}

#[test]
fn a_note_is_there_after_opening_again_with_where_its_words_stood_last() {
    let desk = Desk::with_story(1);
    assert!(desk.store.put_notes(story(1), vec![own(1, "সূত্র?"), note(2, "ঠিক আছে")]).unwrap());
    let place = anchor("চার গ্রামে", 9);
    desk.store.place_notes(story(1), vec![(NoteId(uuid(7, 1)), place.clone())]).unwrap();
    let desk = desk.again();
    let kept = desk.store.notes(story(1)).unwrap();
    assert_eq!(kept[0].note, Note { place: Some(place.clone()), ..own(1, "সূত্র?") });
    assert_eq!((kept[1].note.clone(), kept[1].open), (note(2, "ঠিক আছে"), true));
    // The same again is no news, and does not forget the place.
    assert!(!desk.store.put_notes(story(1), vec![own(1, "সূত্র?")]).unwrap());
    assert!(desk.store.put_notes(story(1), vec![own(1, "সূত্র কে?")]).unwrap());
    assert_eq!(desk.store.notes(story(1)).unwrap()[0].note.place, Some(place));
}

#[test]
fn the_last_turn_decides_whatever_the_order_in_which_answers_came() {
    use NoteTurn::{Reopened, Resolved};
    let desk = Desk::with_story(1);
    // The answer first: its note comes later.
    desk.store.put_notes(story(1), vec![answer(4, 1, Some(Resolved))]).unwrap();
    assert_eq!(open(&desk), None);
    desk.store.put_notes(story(1), vec![note(1, "সূত্র?")]).unwrap();
    assert_eq!(open(&desk), None, "it was resolved");
    desk.store.put_notes(story(1), vec![answer(3, 1, Some(Reopened))]).unwrap();
    assert_eq!(open(&desk), None, "that was before");
    desk.store.put_notes(story(1), vec![answer(5, 1, Some(Reopened)), answer(6, 1, None)]).unwrap();
    assert_eq!(open(&desk), Some((1, 0)));
}

#[test]
fn a_suggestion_is_kept_and_waits_until_somebody_says_what_became_of_it() {
    use NoteTurn::{Accepted, Rejected, Reopened, Resolved};
    let desk = Desk::with_story(1);
    let replace = Suggestion::Replace { words: "চার গ্রামে".to_owned() };
    let bold = Suggestion::Format { mark: Emphasis::Strong, on: true };
    let suggests = |number, suggestion| Note { suggestion: Some(suggestion), ..note(number, "") };
    let all = vec![suggests(1, replace), suggests(2, bold), note(3, "শুধু কথা")];
    desk.store.put_notes(story(1), all.clone()).unwrap();
    let desk = desk.again();
    let kept: Vec<Note> = desk.store.notes(story(1)).unwrap().into_iter().map(|kept| kept.note).collect();
    assert_eq!(kept, all);
    let waiting = || desk.store.open_suggestions(story(1)).unwrap();
    assert_eq!(waiting(), 2);
    for (number, to, turn, left) in
        [(4, 1, Accepted, 1), (5, 2, Rejected, 0), (6, 1, Reopened, 1), (7, 1, Resolved, 0)]
    {
        desk.store.put_notes(story(1), vec![answer(number, to, Some(turn))]).unwrap();
        assert_eq!(waiting(), left, "{turn:?}");
    }
    assert_eq!(open(&desk), Some((1, 0)), "a note that only speaks holds nothing up");
}

#[test]
fn who_was_called_waits_until_they_answer() {
    let desk = Desk::with_story(1);
    let called = Note { named: true, ..note(1, "@আপনি দেখুন") };
    desk.store.put_notes(story(1), vec![called, note(2, "আরেকটি")]).unwrap();
    assert_eq!(open(&desk), Some((2, 1)));
    let answered = Note { own: true, ..answer(3, 1, None) };
    desk.store.put_notes(story(1), vec![answered]).unwrap();
    assert_eq!(open(&desk), Some((2, 0)));
    let again = Note { named: true, ..answer(4, 1, None) };
    desk.store.put_notes(story(1), vec![again]).unwrap();
    assert_eq!(open(&desk), Some((2, 1)));
}

#[test]
fn only_own_notes_of_stories_that_the_portal_has_go_to_it_and_each_once() {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    desk.store.save_draft(save(1, 2, "লেখা")).unwrap();
    desk.store.put_notes(story(1), vec![own(1, "এক"), note(2, "দুই")]).unwrap();
    let ids = |desk: &Desk| -> Vec<NoteId> {
        let all = desk.store.notes_to_send(portal_id(1)).unwrap();
        all.into_iter().map(|(_, note)| note.id).collect()
    };
    assert!(ids(&desk).is_empty() && !desk.store.is_known_at(story(1), portal_id(1)).unwrap());
    desk.store.act(sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)])).unwrap();
    assert!(ids(&desk).is_empty(), "nothing has arrived yet");
    let raw = Connection::open(desk.folder.path().join("khosra.db")).unwrap();
    raw.execute("UPDATE intents SET state = 'confirmed', settled_at = 1, confirmed_at = 1", []).unwrap();
    assert_eq!(ids(&desk), [NoteId(uuid(7, 1))]);
    let sent = Note { portal: Some(portal_id(1)), written_at: at(50), ..own(1, "এক") };
    desk.store.put_notes(story(1), vec![sent]).unwrap();
    assert!(ids(&desk).is_empty());
    assert_eq!(desk.store.noted_at(story(1), portal_id(1)).unwrap(), Some(at(50)));
}

#[test]
fn no_note_moves_to_another_story_and_none_is_ever_deleted() {
    let desk = Desk::with_story(1);
    desk.store.create_story(new_story(2, content("অন্য"))).unwrap();
    desk.store.put_notes(story(1), vec![note(1, "এক")]).unwrap();
    let strayed = desk.store.put_notes(story(2), vec![note(1, "এক")]);
    assert!(matches!(strayed, Err(StoreError::NotFound(_))));
    assert!(desk.store.notes(story(2)).unwrap().is_empty());
    let raw = Connection::open(desk.folder.path().join("khosra.db")).unwrap();
    assert!(raw.execute("DELETE FROM notes", []).is_err());
    assert_eq!(desk.store.notes(story(1)).unwrap().len(), 1);
}
