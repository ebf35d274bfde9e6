//! What crosses between us and a portal when desk and author speak about a story's words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Anchor, NoteId, NoteTurn, Suggestion};

/// A note as a portal has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PortalNote {
    /// Which.
    pub id: NoteId,
    /// Account of whoever wrote it.
    #[serde(default)]
    pub author: String,
    /// That person's name; may be empty.
    #[serde(default)]
    pub author_name: String,
    /// May be empty where there is a turn.
    #[serde(default)]
    pub text: String,
    /// The words that it is about; `None` for the whole story.
    #[serde(default)]
    pub anchor: Option<Anchor>,
    /// What those words should become.
    #[serde(default)]
    pub suggestion: Option<Suggestion>,
    /// The note that it answers.
    #[serde(default)]
    pub parent: Option<NoteId>,
    /// What it does with that one.
    #[serde(default)]
    pub turn: Option<NoteTurn>,
    /// By the portal's clock.
    pub written_at: DateTime<Utc>,
}

/// A note on its way. Its id makes it safe to send it again.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct NoteToSend<'a> {
    /// Which.
    #[serde(skip)]
    pub id: NoteId,
    /// See [`PortalNote::text`].
    pub text: &'a str,
    /// See [`PortalNote::anchor`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<&'a Anchor>,
    /// See [`PortalNote::suggestion`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<&'a Suggestion>,
    /// See [`PortalNote::parent`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<NoteId>,
    /// See [`PortalNote::turn`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<NoteTurn>,
}
