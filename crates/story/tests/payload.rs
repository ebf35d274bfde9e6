//! What leaves the machine says everything that was approved, and nothing of the originals.

use chrono::DateTime;
use khosra_story::{
    Command, Content, DeskState, Event, EventId, Payload, Sha256Hex, StoryId, StoryPhoto,
    content::photo_url,
    log::broken_link,
    payload::{MissingRendition, Rendition},
};
use proptest::prelude::*;
use uuid::Uuid;

fn content() -> Content {
    let id = Sha256Hex::of(b"original");
    let photo = |lead| StoryPhoto {
        id: id.clone(),
        caption: "ঘাটে বাঁধা নৌকা".to_owned(),
        credit: "সংগৃহীত".to_owned(),
        alt: "তিনটি নৌকা".to_owned(),
        decorative: false,
        lead,
        focal: None,
    };
    Content {
        headline: "খেয়াঘাট চালু".to_owned(),
        body: format!("প্রথম অনুচ্ছেদ।\n\n![]({})\n", photo_url(&id)),
        photos: vec![photo(true)],
        ..Content::default()
    }
}

fn rendition() -> Rendition {
    Rendition {
        original: Sha256Hex::of(b"original"),
        sha256: Sha256Hex::of(b"sent"),
        media_type: "image/jpeg".to_owned(),
        width: 1920,
        height: 1280,
    }
}

fn freeze(content: &Content, renditions: &[Rendition]) -> Result<Payload, MissingRendition> {
    let version = Sha256Hex::of(b"version");
    Payload::freeze(StoryId(Uuid::nil()), version, content, "kheyaghat-chalu".to_owned(), renditions)
}

#[test]
fn a_payload_names_what_is_sent_and_never_the_original() {
    let payload = freeze(&content(), &[rendition()]).expect("the rendition is there");
    let json = serde_json::to_string(&payload).expect("a payload serialises");
    assert!(!json.contains(Sha256Hex::of(b"original").as_str()));
    assert!(payload.body.contains(&photo_url(&Sha256Hex::of(b"sent"))));
    assert_eq!(payload.photos[0].sha256, Sha256Hex::of(b"sent"));
    assert!(payload.photos[0].lead);
}

#[test]
fn a_photo_without_rendition_is_named_and_not_left_out() {
    assert_eq!(freeze(&content(), &[]), Err(MissingRendition(Sha256Hex::of(b"original"))));
}

#[test]
fn the_words_come_back_from_a_payload_as_they_went_in() {
    let before = content();
    let after = freeze(&before, &[rendition()]).expect("the rendition is there").to_content();
    assert_eq!(
        (after.headline, after.photos[0].caption.clone()),
        (before.headline, before.photos[0].caption.clone())
    );
    assert_eq!(after.photos[0].credit, before.photos[0].credit);
}

fn event(sequence: u32, previous: Option<Sha256Hex>) -> Event {
    let mut event = Event {
        id: EventId(Uuid::nil()),
        story: StoryId(Uuid::nil()),
        sequence,
        at: DateTime::UNIX_EPOCH,
        actor: "রুমানা".to_owned(),
        command: Command::Approve,
        version: None,
        desk: DeskState::Approved,
        refused: None,
        note: String::new(),
        previous,
        hash: Sha256Hex::of(b""),
    };
    event.hash = event.seal();
    event
}

#[test]
fn a_log_with_a_line_taken_out_or_changed_is_found_out() {
    let first = event(1, None);
    let second = event(2, Some(first.hash.clone()));
    let third = event(3, Some(second.hash.clone()));
    assert_eq!(broken_link(&[first.clone(), second.clone(), third.clone()]), None);
    assert_eq!(broken_link(&[first.clone(), third.clone()]), Some(2));
    let mut forged = second;
    forged.actor = "অন্য কেউ".to_owned();
    assert_eq!(broken_link(&[first, forged, third]), Some(2));
}

proptest! {
    #[test]
    fn content_survives_its_bytes_whatever_it_holds(headline in any::<String>(), body in any::<String>()) {
        let before = Content { headline, body, ..Content::default() };
        let bytes = before.to_bytes().expect("content serialises");
        let after: Content = serde_json::from_slice(&bytes).expect("its own bytes parse");
        prop_assert_eq!(before, after);
    }
}
