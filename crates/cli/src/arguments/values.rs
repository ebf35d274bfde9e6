//! What an argument can be.

use clap::ValueEnum;
use story::ChangeKind;

/// Kinds of change that readers get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Change {
    /// Spelling and the like: readers are told nothing.
    Typo,
    /// Something has happened since.
    Update,
    /// What could be misunderstood.
    Clarification,
    /// What was wrong.
    Correction,
    /// What somebody who is written about says to it.
    Reply,
}

impl From<Change> for ChangeKind {
    fn from(change: Change) -> Self {
        match change {
            Change::Typo => Self::Typo,
            Change::Update => Self::Update,
            Change::Clarification => Self::Clarification,
            Change::Correction => Self::Correction,
            Change::Reply => Self::Reply,
        }
    }
}

/// When originals of photos go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Originals {
    /// Not at all.
    Never,
    /// When the line is known to cost nothing by the byte.
    Unmetered,
    /// On every line.
    Always,
}

impl From<Originals> for story::Originals {
    fn from(originals: Originals) -> Self {
        match originals {
            Originals::Never => Self::Never,
            Originals::Unmetered => Self::Unmetered,
            Originals::Always => Self::Always,
        }
    }
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// Megabytes a day; `None`: as many as there are.
#[derive(Debug, Clone, Copy)]
pub struct Limit(pub Option<u32>);

/// Reads a [`Limit`].
pub(super) fn limit(text: &str) -> Result<Limit, String> {
    if text == "none" {
        return Ok(Limit(None));
    }
    text.parse().map(|limit| Limit(Some(limit))).map_err(|_| "a whole number, or `none`".to_owned())
}
