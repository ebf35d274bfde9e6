//! Builders for the tests: stories, saves and acts with ids and times that are the same in every run.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use khosra_store::{
    Act, Condition, DraftSave, NewEvent, NewIntent, NewPhoto, NewStory, OpenOptions, Opened, Portal,
    PortalKind, Store,
};
use serde_json::json;
use story::{
    Axes, Command, Content, DeliveryState, DeskState, EventId, IntentId, IntentKind, PortalId, Sha256Hex,
    StoryId,
};
use tempfile::TempDir;
use uuid::Uuid;

/// A store in a folder that goes away with it.
pub struct Desk {
    pub store: Store,
    pub folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opened = open(folder.path());
        assert_eq!(opened.condition, Condition::Fresh);
        Self { store: opened.store, folder }
    }

    /// Closes the store and opens it again.
    pub fn again(self) -> Self {
        let Self { store, folder } = self;
        drop(store);
        let opened = open(folder.path());
        assert_eq!(opened.condition, Condition::Current);
        Self { store: opened.store, folder }
    }

    pub fn with_story(number: u64) -> Self {
        let desk = Self::new();
        desk.store.create_story(new_story(number, content("প্রথম খসড়া"))).unwrap();
        desk
    }

    pub fn axes(&self, number: u64) -> Axes {
        self.store.row(story(number)).unwrap().axes
    }
}

pub fn open(folder: &Path) -> Opened {
    Store::open(options(folder)).unwrap()
}

pub fn options(folder: &Path) -> OpenOptions {
    OpenOptions { folder: folder.to_owned(), now: at(0) }
}

pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_764_000_000 + seconds)
}

pub fn uuid(kind: u64, number: u64) -> Uuid {
    Uuid::from_u64_pair(0x019a_0000_0000_7000 | kind, 0x8000_0000_0000_0000 | number)
}

pub fn story(number: u64) -> StoryId {
    StoryId(uuid(1, number))
}

pub fn intent(number: u64) -> IntentId {
    IntentId(uuid(3, number))
}

pub fn portal_id(number: u64) -> PortalId {
    PortalId(uuid(4, number))
}

pub fn content(body: &str) -> Content {
    Content {
        headline: "নদীভাঙনে তিন গ্রাম".to_owned(),
        byline: "নিজস্ব প্রতিবেদক".to_owned(),
        section: "bangladesh".to_owned(),
        body: body.to_owned(),
        ..Content::default()
    }
}

pub fn event(number: u64, command: Command, desk: DeskState) -> NewEvent {
    NewEvent {
        id: EventId(uuid(2, number)),
        at: at(number as i64),
        actor: "শিউলি".to_owned(),
        command,
        version: None,
        desk,
        refused: None,
        note: String::new(),
    }
}

pub fn new_story(number: u64, content: Content) -> NewStory {
    NewStory {
        story: story(number),
        content,
        words: 3,
        event: event(number, Command::Create, DeskState::Draft),
    }
}

pub fn save(number: u64, counter: u64, body: &str) -> DraftSave {
    save_content(number, counter, content(body))
}

pub fn save_content(number: u64, counter: u64, content: Content) -> DraftSave {
    DraftSave { story: story(number), counter, at: at(counter as i64), content, words: 3, undo: None }
}

pub fn portal(number: u64) -> Portal {
    Portal {
        id: portal_id(number),
        name: format!("দৈনিক {number}"),
        kind: PortalKind::Native,
        url: "https://portal.example".to_owned(),
        user: "desk".to_owned(),
        current: number == 1,
        facts: json!({ "role": "editor" }),
    }
}

pub fn new_intent(number: u64, kind: IntentKind) -> NewIntent {
    NewIntent {
        id: intent(number),
        portal: portal_id(1),
        payload: if matches!(kind, IntentKind::Photo { .. }) {
            Vec::new()
        } else {
            format!("{number}").into_bytes()
        },
        kind,
        version: None,
        headline: "নদীভাঙনে তিন গ্রাম".to_owned(),
        bytes_total: 100,
        parents: Vec::new(),
        asked_at: at(0),
        note: String::new(),
        change: None,
        send_until: None,
        consent: None,
    }
}

pub fn photo_intent(number: u64) -> NewIntent {
    new_intent(number, IntentKind::Photo { sha256: Sha256Hex::of(&number.to_le_bytes()) })
}

/// An act that leaves the story where it is, as far as desk and readers go, and sends `intents`.
pub fn sending(desk: &Desk, number: u64, events: u64, intents: Vec<NewIntent>) -> Act {
    let axes = desk.axes(number);
    Act {
        story: story(number),
        decided_on: axes.clone(),
        counter: None,
        events: vec![event(events, Command::Publish, axes.desk)],
        axes,
        revision: None,
        intents,
    }
}

pub fn settled(number: u64, state: DeliveryState) -> khosra_store::Settlement {
    khosra_store::Settlement {
        intent: intent(number),
        at: at(100),
        state,
        cause: None,
        in_doubt: false,
        detail: String::new(),
        next_at: None,
        receipt: None,
        public: None,
        theirs: None,
        sent: None,
    }
}

/// A photo as the store sees one: it never looks inside.
pub fn photo() -> NewPhoto {
    NewPhoto {
        name: "নদী.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        width: 1,
        height: 1,
        had_location: false,
        at: at(1),
        original: b"bytes of a photo".to_vec(),
        renditions: Vec::new(),
    }
}
