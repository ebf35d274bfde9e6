//! What crosses between us and a portal's desk: what waits there, and whose hands a story is in.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{DeskState, Guards, IntentId, Sha256Hex, StoryId};

use crate::{portal::RemoteState, secret::Secret};

/// What the desk has open, or what changed there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeskPage {
    /// In the order of their last changes.
    pub items: Vec<DeskItem>,
    /// Where to go on the next time; for the portal alone to read.
    pub next: String,
    /// There is more to be had at once.
    pub more: bool,
    /// It tells everything from the beginning: whatever was known before it is void.
    #[serde(skip)]
    pub anew: bool,
    /// What waits there beside the items and cannot be taken here: it was written there, and no story of ours is in it.
    #[serde(skip)]
    pub elsewhere: u32,
}

/// A story as the portal's desk lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeskItem {
    /// Which.
    pub id: StoryId,
    /// The desk still has it open; one that it has not is told of so that it can be taken off the list.
    pub matches: bool,
    /// See [`crate::Remote::revision`].
    pub revision: u64,
    /// See [`crate::Remote::etag`].
    pub etag: String,
    /// See [`crate::Remote::hash`].
    pub hash: Sha256Hex,
    /// May be empty.
    #[serde(default)]
    pub headline: String,
    /// Section slug; may be empty.
    #[serde(default)]
    pub section: String,
    /// The author's account.
    #[serde(default)]
    pub author: String,
    /// The author's name.
    #[serde(default)]
    pub author_name: String,
    /// Words in headline, standfirst and body.
    #[serde(default)]
    pub words: u32,
    /// Photos attached.
    #[serde(default)]
    pub photos: u32,
    /// Where the working copy stands.
    pub desk: DeskState,
    /// What readers get.
    pub state: RemoteState,
    /// When it was handed in last.
    #[serde(default)]
    pub filed_at: Option<DateTime<Utc>>,
    /// When it last came to where it stands.
    #[serde(default)]
    pub desk_at: Option<DateTime<Utc>>,
    /// The name of whoever brought it there.
    #[serde(default)]
    pub desk_by: Option<String>,
    /// What they said to it; may be empty.
    #[serde(default)]
    pub desk_note: String,
    /// When its newest note was written; `None` where it has none.
    #[serde(default)]
    pub noted_at: Option<DateTime<Utc>>,
    /// Who has it just now, if anybody.
    #[serde(default)]
    pub lease: Option<Holder>,
    /// What holds it back from readers.
    #[serde(default)]
    pub guards: Guards,
    /// See [`crate::Remote::public_url`].
    #[serde(default)]
    pub public_url: Option<String>,
    /// See [`crate::Remote::live_hash`].
    #[serde(default)]
    pub live_hash: Option<Sha256Hex>,
    /// See [`crate::Remote::scheduled_for`].
    #[serde(default)]
    pub scheduled_for: Option<DateTime<Utc>>,
}

impl DeskItem {
    /// Tells only that the desk has the story open no more.
    pub(crate) fn gone(id: StoryId) -> Self {
        Self {
            id,
            matches: false,
            revision: 0,
            etag: String::new(),
            hash: Sha256Hex::of(b""),
            headline: String::new(),
            section: String::new(),
            author: String::new(),
            author_name: String::new(),
            words: 0,
            photos: 0,
            desk: DeskState::Draft,
            state: RemoteState::NotPublic,
            filed_at: None,
            desk_at: None,
            desk_by: None,
            desk_note: String::new(),
            noted_at: None,
            lease: None,
            guards: Guards::default(),
            public_url: None,
            live_hash: None,
            scheduled_for: None,
        }
    }
}

/// What a portal tells of the way that a story took at its desk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskWord {
    /// See [`DeskItem::author_name`].
    pub author_name: String,
    /// See [`DeskItem::desk_at`].
    pub desk_at: Option<DateTime<Utc>>,
    /// See [`DeskItem::desk_by`].
    pub desk_by: Option<String>,
    /// See [`DeskItem::desk_note`].
    pub desk_note: String,
    /// Commands between author and desk that were carried out here, the newest last, where the portal tells. One of
    /// them is not given again, whatever became of the story since.
    #[serde(skip)]
    pub done: Vec<IntentId>,
}

/// Whose hands a story is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The account.
    pub holder: String,
    /// The person's name.
    pub name: String,
    /// On which machine.
    pub device: String,
    /// By the portal's clock, unless they go on.
    pub expires_at: DateTime<Utc>,
}

/// Asks for a story.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// Which.
    pub story: StoryId,
    /// The same key has one effect, however often it is sent.
    pub key: IntentId,
    /// Digest of the working copy it is about.
    pub hash: &'a Sha256Hex,
    /// This machine, for whoever finds the story taken.
    pub device: &'a str,
    /// Also from the hands of somebody else.
    pub takeover: bool,
}

/// What asking for a story came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is in our hands, and the desk knows.
    Ours(Lease),
    /// It is in our hands, and the portal keeps nobody from taking it, too: see
    /// [`crate::Capabilities::without_leases`].
    Unleased,
    /// It is in theirs; nothing was changed.
    Held(Holder),
}

/// That a story is in our hands, for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Proves it to the portal.
    pub token: Secret,
    /// By the portal's clock, unless it is renewed.
    pub expires_at: DateTime<Utc>,
    /// Whose hands it was taken from.
    pub taken_from: Option<Holder>,
}
