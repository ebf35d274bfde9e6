//! Where things are. The same page is shown in the window, served by a site and saved as one file; only
//! the addresses in it differ, so they are asked for instead of being known.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use story::{Sha256Hex, StoryId};

use crate::theme::Theme;

const NOWHERE: &str = "#";

/// Gives the page the address of everything it shows or links to. Addresses are trusted: they come from
/// the program, never from a story. Where no site stands around the page, links to our own pages lead nowhere.
pub trait Addresses {
    /// The theme's style sheet: a link to it, or the text itself.
    fn stylesheet(&self, theme: &Theme) -> Stylesheet;
    /// The style of marked differences, for a page that has them: see [`Theme::changes`].
    fn changes(&self, theme: &Theme) -> Stylesheet {
        Stylesheet::Inline(theme.changes().into_owned())
    }
    /// A photo of the story by the digest that the body and the photo list use; `None` when there is no such
    /// photo.
    fn photo(&self, id: &Sha256Hex) -> Option<Picture>;
    /// The page of another story; `None` when readers cannot have it, the link is then plain text.
    fn story(&self, _id: StoryId) -> Option<String> {
        Some(NOWHERE.to_owned())
    }
    /// The page of a section.
    fn section(&self, _slug: &str) -> String {
        NOWHERE.to_owned()
    }
    /// The front page.
    fn front(&self) -> String {
        NOWHERE.to_owned()
    }
    /// The RSS feed, if the site has one.
    fn feed(&self) -> Option<String> {
        None
    }
}

/// How a page gets its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stylesheet {
    /// `<link rel="stylesheet" href="…">`; the fonts are looked for beside it.
    Linked(String),
    /// `<style>…</style>`; see [`Theme::inline_css`].
    Inline(String),
}

/// A picture as a page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `https:`, `http:`, `khosra:`, `data:image/…` or a path that begins with `/`.
    pub src: String,
    /// Pixels; 0 when not known.
    pub width: u32,
    /// Pixels; 0 when not known.
    pub height: u32,
}

/// A photo that travels inside the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedPhoto {
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The page as one file: style, fonts and photos are in it, nothing is fetched, links to our own pages lead
/// nowhere.
#[derive(Debug, Clone, Default)]
pub struct SelfContained {
    /// Photos by the digest that the story uses for them.
    pub photos: BTreeMap<Sha256Hex, EmbeddedPhoto>,
    /// Width of the page's column in CSS pixels; `None` fills the window.
    pub width: Option<u32>,
}

impl Addresses for SelfContained {
    fn stylesheet(&self, theme: &Theme) -> Stylesheet {
        Stylesheet::Inline(theme.inline_css(self.width))
    }

    fn photo(&self, id: &Sha256Hex) -> Option<Picture> {
        let photo = self.photos.get(id)?;
        let src = data_uri(&photo.media_type, &photo.bytes);
        Some(Picture { src, width: photo.width, height: photo.height })
    }
}

pub(crate) fn data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", STANDARD.encode(bytes))
}
