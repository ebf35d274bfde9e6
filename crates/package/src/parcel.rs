//! What a package says, as values.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Event, EventId, IntentId, Revision, Sha256Hex, StoryId};

use crate::{Address, Signer};

/// What a file carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Package {
    /// A story.
    Story(Box<StoryPackage>),
    /// Word that a story has arrived.
    Receipt(Receipt),
}

/// A story with everything that belongs to it; the notes at it do not.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryPackage {
    /// Which.
    pub story: StoryId,
    /// Who packed it, by their own word.
    pub by: String,
    /// Where a receipt may be sealed to.
    pub reply_to: Address,
    /// When, by the packing machine's clock.
    pub made_at: DateTime<Utc>,
    /// The version that is the draft there.
    pub head: Sha256Hex,
    /// All versions, oldest first; each was made from one before it, or from none.
    pub versions: Vec<Revision>,
    /// JSON of each version's content, exactly as it was hashed, by that hash.
    pub texts: BTreeMap<Sha256Hex, Vec<u8>>,
    /// The photos of these versions: under the digest that the text knows one by, which is that of its original file,
    /// the digest of its picture.
    pub photos: BTreeMap<Sha256Hex, Sha256Hex>,
    /// Picture files by their digests: as readers get them, since what else an original says stays with its author.
    pub pictures: BTreeMap<Sha256Hex, Vec<u8>>,
    /// What the sender wants done with it.
    pub wants: Vec<Wanted>,
    /// The story's log there, from its first line.
    pub events: Vec<Event>,
}

/// Something that waits in the sender's outbox and that the reader may do instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Its key on the wire.
    pub intent: IntentId,
    /// What: only filing is carried.
    pub act: Act,
    /// Which version.
    pub version: Sha256Hex,
}

/// What may be wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// That the desk takes it as filed.
    File,
}

/// Word of what a desk has of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Of which story.
    pub story: StoryId,
    /// Who gives it, by their own word.
    pub by: String,
    /// Where packages for them are sealed to.
    pub reply_to: Address,
    /// When, by their machine's clock.
    pub made_at: DateTime<Utc>,
    /// The versions that are there.
    pub versions: Vec<Sha256Hex>,
    /// The lines of the log that are there.
    pub events: Vec<EventId>,
}

/// A package that was read whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What it carries.
    pub package: Package,
    /// Who signed it. Whether they are to be believed is for a person to say.
    pub signer: Signer,
    /// It was sealed to us; else anybody on its way could read it.
    pub sealed: bool,
}
