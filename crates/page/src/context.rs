//! What a page is made of, beside the theme: the story or the cards on it, and the site around it.

use chrono::{DateTime, Utc};
use story::{ChangeKind, Content, Section};

use crate::address::{Addresses, Picture};

/// Everything around the page's own matter.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The moment the page is viewed; its day in Dhaka stands in the date lines.
    pub now: DateTime<Utc>,
    /// The paper.
    pub site: &'a Site,
    /// Newest headlines first; the first ten are printed.
    pub latest: &'a [Headline],
    /// Most read headlines first; the first ten are printed.
    pub popular: &'a [Headline],
    /// Where things are.
    pub addresses: &'a dyn Addresses,
    /// The page is shown to its writer: blocks of the body carry `data-at`, the byte offset of their Markdown,
    /// and a photo that the story does not have is shown as missing instead of being left out.
    pub preview: bool,
}

/// The paper: its name and its sections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Name in Bengali, as in the masthead.
    pub name_bn: String,
    /// Name in English.
    pub name_en: String,
    /// `https://example.com` without a final slash, for absolute addresses in share cards; `None` in a preview.
    pub url: Option<String>,
    /// All sections, in any order; the page makes the tree.
    pub sections: Vec<Section>,
}

/// One story on its own page.
#[derive(Debug, Clone)]
pub struct StoryPage<'a> {
    /// What the story says.
    pub content: &'a Content,
    /// First publication by the portal's word. [`Content::published_at`] goes before it; with neither, the
    /// page prints the time of viewing, as a preview must.
    pub published_at: Option<DateTime<Utc>>,
    /// Last change that readers got after the first publication.
    pub updated_at: Option<DateTime<Utc>>,
    /// The page's lasting address, absolute.
    pub canonical_url: Option<String>,
    /// Reader comments; `None` when the portal has none to tell of.
    pub comments: Option<u32>,
    /// What was wrong and is now right, if something was.
    pub correction: Option<Correction>,
    /// Other stories of the section; the first three are printed.
    pub more: &'a [Card],
}

impl<'a> StoryPage<'a> {
    /// The first publication that the page tells of.
    pub(crate) fn first_published(&self) -> Option<DateTime<Utc>> {
        self.content.published_at.or(self.published_at)
    }

    /// A story that no reader has yet.
    pub fn unpublished(content: &'a Content) -> Self {
        Self {
            content,
            published_at: None,
            updated_at: None,
            canonical_url: None,
            comments: None,
            correction: None,
            more: &[],
        }
    }
}

/// What readers are told of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// What kind of change.
    pub kind: ChangeKind,
    /// What was changed, as plain text.
    pub note: String,
}

/// A line of a list of stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Plain text.
    pub headline: String,
    /// Address of the page. Anything but `http:`, `https:` and paths is printed as `#`.
    pub url: String,
}

/// A story as a card on a front or section page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Plain text.
    pub headline: String,
    /// As [`Headline::url`].
    pub url: String,
    /// The opening of the body as plain text, see [`crate::teaser`]; cut again when longer than 120 characters.
    pub teaser: String,
    /// Slug of its section.
    pub section: String,
    /// First publication.
    pub published_at: Option<DateTime<Utc>>,
    /// The lead photo.
    pub picture: Option<Picture>,
}

/// The front page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontPage {
    /// Newest first; the first is the lead of the page.
    pub top: Vec<Card>,
    /// One block for each section that has stories, in the order of printing.
    pub blocks: Vec<SectionBlock>,
}

/// A section's part of the front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionBlock {
    /// Slug of the section.
    pub section: String,
    /// Newest first.
    pub cards: Vec<Card>,
}

/// One section's own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPage {
    /// Slug of the section.
    pub section: String,
    /// Newest first.
    pub cards: Vec<Card>,
    /// Address of the page with older stories, if there are any.
    pub older: Option<String>,
}
