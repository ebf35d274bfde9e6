//! What readers are told of a change to a story that they have.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Bytes of the words for readers, at most.
pub const MAX_NOTE_BYTES: usize = 4_000;

/// What kind of change it is. A newsroom owes its readers a word on every one but a slip of the pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Spelling and the like: nothing that a reader may have understood otherwise.
    Typo,
    /// Something has happened since.
    Update,
    /// What was right, and could be misunderstood.
    Clarification,
    /// What was wrong.
    Correction,
    /// What somebody who is written about says to it.
    Reply,
}

impl ChangeKind {
    /// All of them, the lightest first.
    pub const ALL: [Self; 5] = [Self::Typo, Self::Update, Self::Clarification, Self::Correction, Self::Reply];

    /// Readers are told of it, and so there must be something to tell.
    pub fn is_told(self) -> bool {
        self != Self::Typo
    }

    /// As it is called on the wire and in databases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Typo => "typo",
            Self::Update => "update",
            Self::Clarification => "clarification",
            Self::Correction => "correction",
            Self::Reply => "reply",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A change, and what readers are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Notice {
    /// What kind of change.
    pub kind: ChangeKind,
    /// Plain text for readers; not shown for [`ChangeKind::Typo`].
    #[serde(default)]
    pub note: String,
}

/// What is wrong with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeFault {
    /// Readers are to be told, and there is nothing to tell.
    Empty,
    /// Longer than [`MAX_NOTE_BYTES`].
    TooLong,
}

impl Notice {
    /// A change that readers are told nothing of.
    pub fn typo() -> Self {
        Self { kind: ChangeKind::Typo, note: String::new() }
    }

    /// What keeps it from readers, if anything.
    pub fn fault(&self) -> Option<NoticeFault> {
        if self.kind.is_told() && self.note.trim().is_empty() {
            return Some(NoticeFault::Empty);
        }
        (self.note.len() > MAX_NOTE_BYTES).then_some(NoticeFault::TooLong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_name_and_only_a_slip_of_the_pen_may_go_untold() {
        for kind in ChangeKind::ALL {
            assert_eq!(ChangeKind::named(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            let fault = Notice { kind, note: " \n".to_owned() }.fault();
            assert_eq!(fault, (kind != ChangeKind::Typo).then_some(NoticeFault::Empty), "{kind:?}");
        }
        assert_eq!(ChangeKind::named("oops"), None);
        let long = Notice { kind: ChangeKind::Update, note: "অ".repeat(2_000) };
        assert_eq!(long.fault(), Some(NoticeFault::TooLong));
    }
}
