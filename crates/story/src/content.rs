//! What a story says: the fields that an author writes and a reader gets.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::hash::Sha256Hex;

/// The language of a story or of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bengali.
    #[default]
    Bn,
    /// English.
    En,
}

impl Language {
    /// The BCP 47 tag, as in `lang="bn"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Bn => "bn",
            Self::En => "en",
        }
    }
}

/// The content of a draft or of a revision. The body is Markdown: CommonMark with GFM tables,
/// strikethrough and footnotes. A photo stands in it as `![](photo:SHA256)`, where the digest is
/// [`StoryPhoto::id`]; its caption, credit and alternative text live in [`Content::photos`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Content {
    /// One line; the page's only `h1`.
    pub headline: String,
    /// The paragraph under the headline; may be empty.
    pub standfirst: String,
    /// Person or desk, without the colon that the page prints after it.
    pub byline: String,
    /// Place the story was filed from, such as `খুলনা`; may be empty.
    pub dateline: String,
    /// The agency's sign-off, such as `বাসস`, printed after the last paragraph; may be empty.
    pub source: String,
    /// Slug of the section; empty until chosen.
    pub section: String,
    /// Tags, in the author's order.
    pub tags: Vec<String>,
    /// Latin slug for the page's address; empty means "made from the headline".
    pub slug: String,
    /// The language the story is written in.
    pub language: Language,
    /// First publication, when the story has been published before it came here; the page prints this
    /// instead of the portal's own time.
    pub published_at: Option<DateTime<Utc>>,
    /// The text, as Markdown.
    #[serde(serialize_with = "crate::long_text::serialize")]
    pub body: String,
    /// The story's photos in their order. Photos that the body does not place stand after the text.
    pub photos: Vec<StoryPhoto>,
}

/// A photo *in this story*: the words belong to the story, the bytes to the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StoryPhoto {
    /// SHA-256 of the original file's bytes. The same file twice is the same photo.
    pub id: Sha256Hex,
    /// What the reader sees under it; may be empty, the page then prints the headline.
    #[serde(default)]
    pub caption: String,
    /// Photographer or source, without the `ছবি:` that the page prints before it.
    #[serde(default)]
    pub credit: String,
    /// Alternative text for readers who do not see the picture.
    #[serde(default)]
    pub alt: String,
    /// The picture says nothing that the text does not: readers' tools may skip it.
    #[serde(default)]
    pub decorative: bool,
    /// This is the lead photo. At most one; see [`Content::lead_photo`].
    #[serde(default)]
    pub lead: bool,
    /// The point that every crop keeps.
    #[serde(default)]
    pub focal: Option<FocalPoint>,
}

/// A point in a picture, in thousandths of its width and height from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FocalPoint {
    /// 0 (left edge) to 1000 (right edge).
    pub x: u16,
    /// 0 (top edge) to 1000 (bottom edge).
    pub y: u16,
}

impl Content {
    /// The lead photo: the one marked so, else the first that the body does not place.
    pub fn lead_photo(&self) -> Option<&StoryPhoto> {
        let marked = self.photos.iter().find(|photo| photo.lead);
        marked.or_else(|| self.photos.iter().find(|photo| !self.places(&photo.id)))
    }

    /// Whether the body shows the photo somewhere.
    pub fn places(&self, id: &Sha256Hex) -> bool {
        self.body.contains(&photo_url(id))
    }

    /// The bytes that are hashed and kept: JSON with the fields in the order of their declaration.
    ///
    /// # Errors
    /// Never for a `Content` that was built in memory; the serialiser's error type allows it.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        // Room from the start: this runs at every save, and a vector that doubles copies a long text again and again.
        let mut bytes = Vec::with_capacity(self.body.len() + self.body.len() / 8 + 4096);
        serde_json::to_writer(&mut bytes, self)?;
        Ok(bytes)
    }

    /// The version hash: SHA-256 of [`Content::to_bytes`].
    ///
    /// # Errors
    /// As [`Content::to_bytes`].
    pub fn hash(&self) -> Result<Sha256Hex, serde_json::Error> {
        self.to_bytes().map(|bytes| Sha256Hex::of(&bytes))
    }

    /// Whether nothing has been written or attached yet.
    pub fn is_blank(&self) -> bool {
        let words = [&self.headline, &self.standfirst, &self.body];
        words.iter().all(|text| text.trim().is_empty()) && self.photos.is_empty()
    }
}

/// How the body names a photo: `photo:` and the digest.
pub fn photo_url(id: &Sha256Hex) -> String {
    format!("photo:{id}")
}
