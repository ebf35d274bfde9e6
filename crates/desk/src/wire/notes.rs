//! Notes at a story's words, between desk and author.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Anchor, NoteId, NoteTurn, StoryId, Suggestion};
use ts_rs::TS;

/// What was said at a story.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NotesView {
    /// Which story.
    pub story: StoryId,
    /// Oldest first, answers among them.
    pub notes: Vec<NoteView>,
    /// How they come to others.
    pub way: NotesWay,
    /// Names that may be called with `@`, as far as they are known here.
    pub people: Vec<String>,
}

/// How notes of a story come to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotesWay {
    /// Not at all: there is no portal, or it keeps none.
    Here,
    /// The portal has not got the story yet; they go to it together.
    WithStory,
    /// By the portal, as soon as it can be reached.
    Shared,
}

/// One thing that was said at a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteView {
    /// Which.
    pub note: NoteId,
    /// The note that it answers.
    pub parent: Option<NoteId>,
    /// The name of whoever wrote it; may be empty.
    pub author: String,
    /// May be empty where there is a turn.
    pub text: String,
    /// What an answer does with the note that it answers.
    pub turn: Option<NoteTurn>,
    /// The words it stands at, as its writer selected them; `None` for the whole story.
    pub anchor: Option<Anchor>,
    /// Where those words stood here last, if they were looked for.
    pub place: Option<Anchor>,
    /// What those words should become; `None` where it only speaks.
    pub suggestion: Option<Suggestion>,
    /// When.
    pub written_at: DateTime<Utc>,
    /// Written by the person at this machine.
    pub own: bool,
    /// The portal has it.
    pub sent: bool,
    /// Of a note that answers none: something is left to do about it.
    pub open: bool,
    /// Of the same: the person at this machine was called by name and has not answered.
    pub waits: bool,
}

/// Writes a note at words of a story, or an answer to one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteNote {
    /// Which story.
    pub story: StoryId,
    /// The note that it answers, which answers none itself.
    pub parent: Option<NoteId>,
    /// The words; `None` for the whole story, and for an answer.
    pub anchor: Option<Anchor>,
    /// What it says; at most 1,000 letters, not empty.
    pub text: String,
}

/// Suggests that words of a story should be others, or be set otherwise.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SuggestChange {
    /// Which story.
    pub story: StoryId,
    /// The words as they are.
    pub anchor: Anchor,
    /// What they should become, of at most 5,000 letters. Where several words of them are others, each change becomes a
    /// suggestion of its own.
    pub change: Suggestion,
    /// Why; at most 1,000 letters, may be empty. It is said at the first of them.
    pub text: String,
}

/// Says that nothing is left to do about a note, or that there is again, or what became of its suggestion.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct TurnNote {
    /// Which story.
    pub story: StoryId,
    /// A note that answers none.
    pub note: NoteId,
    /// Which; a verdict only of a note that suggests something.
    pub turn: NoteTurn,
}

/// Where the words of notes stand in the text as it is now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlaceNotes {
    /// Which story.
    pub story: StoryId,
    /// Only of those whose words were found.
    pub places: Vec<NotePlace>,
}

/// Where the words of one note stand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NotePlace {
    /// Which note.
    pub note: NoteId,
    /// The words, as they are now.
    pub place: Anchor,
}
