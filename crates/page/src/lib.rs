//! Markdown to the published page: one renderer and one sanitiser for preview and portal.
//!
//! [`render`] is the only way from a [`story::Content`] to a page. The window's preview, the reference portal and
//! the exported file call it with different [`Addresses`] and nothing else, so what the writer sees is what the
//! reader gets. No page has a script in it, nor an inline style attribute.

mod address;
mod blocks;
mod body;
mod changes;
mod clean;
mod context;
mod document;
mod escape;
mod figure;
mod footnotes;
mod link;
mod pieces;
mod render;
mod share;
mod source;
mod story_view;
mod table;
mod text;
mod theme;
mod view;
mod words;

pub use address::{Addresses, EmbeddedPhoto, Picture, SelfContained, Stylesheet};
pub use body::body_html;
pub use context::{
    Card, Context, Correction, FrontPage, Headline, SectionBlock, SectionPage, Site, StoryPage,
};
pub use document::{Align, Block, Document, Inline, Row, Table, document};
pub use link::Target;
pub use pieces::{Pieces, TEXT_GOES_HERE};
pub use render::{
    Changes, render, render_changes, render_front, render_not_found, render_pieces, render_section,
};
pub use text::{TEASER_CHARACTERS, plain_text, teaser};
pub use theme::{Asset, CHANGES_SHEET, Theme, ThemeFile};

/// Why a page could not be made. Neither happens with the built-in theme; a newsroom's own may be broken.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The theme lacks a file that every theme must have.
    #[error("the theme has no file {0}")]
    NoFile(&'static str),
    /// A template of the theme does not compile or fails when it is filled in.
    #[error("template: {0}")]
    Template(#[from] minijinja::Error),
}
