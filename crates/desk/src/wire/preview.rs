//! The page of a text that need not be saved.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Content, Field, StoryId};
use ts_rs::TS;

/// Which page of a story is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewPage {
    /// What readers would get.
    #[default]
    Draft,
    /// What readers have, as far as this machine knows; it needs no network.
    Live,
    /// What they would get, with everything marked in it that differs from what they have.
    Changes,
}

/// Asks for the page of a text that need not be saved. Never writes anything.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewQuery {
    /// Which story; its publication time is used.
    pub story: StoryId,
    /// The text to show.
    pub content: Content,
    /// Digests of the pieces that the window has: these come without their HTML.
    #[serde(default)]
    pub known: Vec<String>,
    /// Which page; left out, the draft's.
    #[serde(default)]
    #[ts(optional, as = "Option<PreviewPage>")]
    pub show: PreviewPage,
}

/// The page as readers would get it, in pieces: a key changes one paragraph, and only that has to come.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewView {
    /// A whole HTML document without scripts; the comment `<!--text-->` stands where the blocks go. What no reader
    /// sees in it, such as the card for other sites, may be older than the text.
    pub page: PreviewPiece,
    /// The elements of the text, in order.
    pub blocks: Vec<PreviewPiece>,
    /// For each element with a `data-at`, in the order of the page, the byte offset of its Markdown.
    pub places: Vec<u32>,
    /// Of what readers have; `None` for the draft's page.
    pub live: Option<LiveView>,
}

/// What readers have, beside a draft that differs from it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LiveView {
    /// Since when, by the portal's last word.
    pub since: DateTime<Utc>,
    /// How many changes the page marks; 0 on the page that readers have. A change is a stretch of text that goes, comes,
    /// or becomes another, in `data-change` of its `del` and `ins`; or a photo that came or went.
    pub changes: u32,
    /// What differs and no page shows, each once.
    pub unseen: Vec<Field>,
}

/// A piece of a page.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PreviewPiece {
    /// The same digest, the same piece.
    pub digest: String,
    /// `None` when the digest was among the known ones.
    #[ts(type = "SafeHtml | null")]
    pub html: Option<String>,
}
