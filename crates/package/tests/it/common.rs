//! Two desks with fixed keys, and a story of three versions.

use std::collections::BTreeMap;

use khosra_package::{Act, Keys, Package, Receipt, StoryPackage, Wanted};
use story::{
    Command, Content, DeskState, Event, EventId, IntentId, Revision, RevisionReason, Sha256Hex, StoryId,
    StoryPhoto,
};
use uuid::Uuid;

pub const ORIGINAL: &[u8] = b"the original, which stays with its author";
pub const PICTURE: &[u8] = b"stands for a picture";

/// Whoever packs.
pub fn author() -> Keys {
    Keys::from_secret(concat!(
        "KHOSRA-SIGN-1 AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA ",
        "AGE-SECRET-KEY-1QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSWPC8QURSKMP32K"
    ))
    .unwrap()
}

/// Whoever it is for.
pub fn desk() -> Keys {
    Keys::from_secret(concat!(
        "KHOSRA-SIGN-1 AgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICE ",
        "AGE-SECRET-KEY-1PYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSTFVYXW"
    ))
    .unwrap()
}

pub fn id(last: u8) -> Uuid {
    Uuid::from_bytes([1, 0x9a, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, last])
}

/// A story that was begun, changed and filed.
pub fn story() -> StoryPackage {
    let story = StoryId(id(1));
    let photo = StoryPhoto {
        id: Sha256Hex::of(ORIGINAL),
        caption: "নদীর ঘাট".to_owned(),
        credit: "শিউলি খাতুন".to_owned(),
        alt: String::new(),
        decorative: false,
        lead: true,
        focal: None,
    };
    let says = |headline: &str, photos| Content {
        headline: headline.to_owned(),
        body: "পানি বাড়ছে।\n\nখেয়া বন্ধ।\n".to_owned(),
        photos,
        ..Content::default()
    };
    let contents = [says("খেয়া বন্ধ", vec![]), says("শেষ খেয়া", vec![]), says("শেষ খেয়ার মাঝি", vec![photo])];
    let texts: Vec<Vec<u8>> = contents.iter().map(|content| content.to_bytes().unwrap()).collect();
    let mut versions = Vec::new();
    for (bytes, number) in texts.iter().zip(1..) {
        versions.push(Revision {
            number,
            hash: Sha256Hex::of(bytes),
            parent: versions.last().map(|last: &Revision| last.hash.clone()),
            merged: None,
            at: "2025-11-05T06:00:00Z".parse().unwrap(),
            reason: RevisionReason::Asked,
            author: "শিউলি খাতুন".to_owned(),
            words: 5,
        });
    }
    let head = versions[2].hash.clone();
    let events =
        vec![(Command::Create, DeskState::Draft, None), (Command::File, DeskState::Filed, Some(&head))];
    StoryPackage {
        story,
        by: "শিউলি খাতুন".to_owned(),
        reply_to: author().address(),
        made_at: "2025-11-05T07:30:00Z".parse().unwrap(),
        texts: versions.iter().map(|revision| revision.hash.clone()).zip(texts).collect(),
        photos: BTreeMap::from([(Sha256Hex::of(ORIGINAL), Sha256Hex::of(PICTURE))]),
        pictures: BTreeMap::from([(Sha256Hex::of(PICTURE), PICTURE.to_vec())]),
        wants: vec![Wanted { intent: IntentId(id(9)), act: Act::File, version: head.clone() }],
        events: log(story, &events),
        versions,
        head,
    }
}

/// A log whose chain holds.
pub fn log(story: StoryId, lines: &[(Command, DeskState, Option<&Sha256Hex>)]) -> Vec<Event> {
    let mut log: Vec<Event> = Vec::new();
    for ((command, desk, version), sequence) in lines.iter().zip(1_u8..) {
        let mut event = Event {
            id: EventId(id(20 + sequence)),
            story,
            sequence: sequence.into(),
            at: "2025-11-05T06:00:00Z".parse().unwrap(),
            actor: "শিউলি খাতুন".to_owned(),
            command: *command,
            version: version.cloned(),
            desk: *desk,
            refused: None,
            note: String::new(),
            previous: log.last().map(|last| last.hash.clone()),
            hash: Sha256Hex::of(b""),
        };
        event.hash = event.seal();
        log.push(event);
    }
    log
}

/// The same, as it is packed.
pub fn package() -> Package {
    Package::Story(Box::new(story()))
}

pub fn receipt() -> Package {
    let story = story();
    Package::Receipt(Receipt {
        story: story.story,
        by: "সম্পাদক".to_owned(),
        reply_to: desk().address(),
        made_at: "2025-11-05T09:00:00Z".parse().unwrap(),
        versions: vec![story.head],
        events: story.events.iter().map(|event| event.id).collect(),
    })
}
