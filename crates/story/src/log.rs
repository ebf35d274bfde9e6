//! What has happened to a story: immutable revisions and the append-only event log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    axes::DeskState,
    commands::Command,
    hash::Sha256Hex,
    ids::{EventId, StoryId},
};

/// Why a revision was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RevisionReason {
    /// The person asked for it.
    Asked,
    /// The person left the story.
    Left,
    /// Five minutes of change.
    Time,
    /// A command (file, publish …) needs a fixed version.
    Command,
    /// It came from a file.
    Imported,
    /// An older revision was brought back.
    Restored,
    /// Somebody wrote it at the portal; the draft was not touched.
    Portal,
    /// The draft and a version of somebody else's were brought together.
    Merged,
    /// Somebody wrote it elsewhere and it came in a package; the draft was not touched.
    Package,
}

/// One immutable version of a story. The content itself is fetched from the store by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Revision {
    /// 1, 2, 3 … within the story.
    pub number: u32,
    /// SHA-256 of the content's bytes.
    pub hash: Sha256Hex,
    /// The hash of the version it was made from; `None` for the first.
    pub parent: Option<Sha256Hex>,
    /// The hash of the other version that a merge made it of; `None` where there was no merge. Left out where it is none:
    /// packages of before there was such a thing are read, and theirs are written, as ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub merged: Option<Sha256Hex>,
    /// When it was cut.
    pub at: DateTime<Utc>,
    /// Why it was cut.
    pub reason: RevisionReason,
    /// Who wrote it.
    pub author: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
}

/// One line of a story's log. Refusals are logged too. Each line's hash covers the line before it, so
/// that nobody can take one out unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Event {
    /// Made before the event is written.
    pub id: EventId,
    /// The story it belongs to.
    pub story: StoryId,
    /// 1, 2, 3 … within the story.
    pub sequence: u32,
    /// When, by this machine's clock, or by the portal's where it was done there. Order is by `sequence`, never by this.
    pub at: DateTime<Utc>,
    /// Who gave the command.
    pub actor: String,
    /// What was asked.
    pub command: Command,
    /// The version it was about.
    pub version: Option<Sha256Hex>,
    /// The desk state afterwards.
    pub desk: DeskState,
    /// Why it was refused, when it was; a code of [`crate::Refusal`].
    pub refused: Option<String>,
    /// A reason or remark by the actor; empty when none.
    pub note: String,
    /// Hash of the line before; `None` for the first.
    pub previous: Option<Sha256Hex>,
    /// Hash of this line, see [`Event::seal`].
    pub hash: Sha256Hex,
}

impl Event {
    /// The hash this line must have: SHA-256 over every other field, JSON in declaration order.
    pub fn seal(&self) -> Sha256Hex {
        let parts = serde_json::json!([
            self.id,
            self.story,
            self.sequence,
            self.at,
            self.actor,
            self.command,
            self.version,
            self.desk,
            self.refused,
            self.note,
            self.previous,
        ]);
        Sha256Hex::of(parts.to_string().as_bytes())
    }
}

/// The first line of a log that does not fit its neighbours, if any.
pub fn broken_link(events: &[Event]) -> Option<u32> {
    let mut previous = None;
    for (event, expected) in events.iter().zip(1..) {
        let fits = event.sequence == expected && event.previous == previous && event.hash == event.seal();
        if !fits {
            return Some(expected);
        }
        previous = Some(event.hash.clone());
    }
    None
}
