//! The page of a text that need not be saved.

use serde::{Deserialize, Serialize};
use story::{Content, StoryId};
use ts_rs::TS;

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
