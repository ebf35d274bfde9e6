//! What leaves the machine when a story is published: frozen in bytes when the command is given, sent as
//! those bytes however often it takes, compared with what the portal reads back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    content::{Content, FocalPoint, Language, StoryPhoto, photo_url},
    hash::Sha256Hex,
    ids::StoryId,
};

/// The published content of a story. Photos are named by the digest of the bytes that are sent, never of
/// the original, so that nothing outside can tell which original they were made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The story.
    pub story: StoryId,
    /// The version of the content this was made from.
    pub version: Sha256Hex,
    /// See [`Content`]; the same for the fields that follow.
    pub headline: String,
    /// See [`Content::standfirst`].
    pub standfirst: String,
    /// See [`Content::byline`].
    pub byline: String,
    /// See [`Content::dateline`].
    pub dateline: String,
    /// See [`Content::source`].
    pub source: String,
    /// See [`Content::section`].
    pub section: String,
    /// See [`Content::tags`].
    pub tags: Vec<String>,
    /// Latin slug, never empty.
    pub slug: String,
    /// See [`Content::language`].
    pub language: Language,
    /// See [`Content::published_at`].
    pub published_at: Option<DateTime<Utc>>,
    /// Markdown; photos as `![](photo:SHA256)` with the digests of [`PayloadPhoto::sha256`].
    pub body: String,
    /// In their order, the lead photo marked.
    pub photos: Vec<PayloadPhoto>,
}

/// A photo as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayloadPhoto {
    /// SHA-256 of the bytes that are sent.
    pub sha256: Sha256Hex,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What readers see under it.
    pub caption: String,
    /// Photographer or source.
    pub credit: String,
    /// Alternative text; empty when decorative.
    pub alt: String,
    /// Says nothing that the text does not.
    pub decorative: bool,
    /// The lead photo.
    pub lead: bool,
    /// The point that every crop keeps.
    pub focal: Option<FocalPoint>,
}

/// The bytes that stand for an original when it leaves the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// The original's digest, as in [`StoryPhoto::id`].
    pub original: Sha256Hex,
    /// SHA-256 of the rendition's bytes.
    pub sha256: Sha256Hex,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A photo of the story has no rendition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("photo {0} has no rendition")]
pub struct MissingRendition(pub Sha256Hex);

impl Payload {
    /// Freezes `content` for `story`. `slug` is used when the author chose none.
    ///
    /// # Errors
    /// [`MissingRendition`] when a photo of the story is not among `renditions`.
    pub fn freeze(
        story: StoryId,
        version: Sha256Hex,
        content: &Content,
        slug: String,
        renditions: &[Rendition],
    ) -> Result<Self, MissingRendition> {
        let lead = content.lead_photo().map(|photo| photo.id.clone());
        let mut body = content.body.clone();
        let mut photos = Vec::with_capacity(content.photos.len());
        for photo in &content.photos {
            let rendition = renditions.iter().find(|rendition| rendition.original == photo.id);
            let rendition = rendition.ok_or_else(|| MissingRendition(photo.id.clone()))?;
            body = body.replace(&photo_url(&photo.id), &photo_url(&rendition.sha256));
            photos.push(freeze_photo(photo, rendition, lead.as_ref() == Some(&photo.id)));
        }
        let content = content.clone();
        Ok(Self {
            story,
            version,
            headline: content.headline,
            standfirst: content.standfirst,
            byline: content.byline,
            dateline: content.dateline,
            source: content.source,
            section: content.section,
            tags: content.tags,
            slug,
            language: content.language,
            published_at: content.published_at,
            body,
            photos,
        })
    }

    /// The same words as a [`Content`], for the page: photos are named by what was sent.
    pub fn to_content(&self) -> Content {
        let photos = self.photos.iter().map(thaw_photo).collect();
        Content {
            headline: self.headline.clone(),
            standfirst: self.standfirst.clone(),
            byline: self.byline.clone(),
            dateline: self.dateline.clone(),
            source: self.source.clone(),
            section: self.section.clone(),
            tags: self.tags.clone(),
            slug: self.slug.clone(),
            language: self.language,
            published_at: self.published_at,
            body: self.body.clone(),
            photos,
        }
    }
}

fn freeze_photo(photo: &StoryPhoto, rendition: &Rendition, lead: bool) -> PayloadPhoto {
    PayloadPhoto {
        sha256: rendition.sha256.clone(),
        media_type: rendition.media_type.clone(),
        width: rendition.width,
        height: rendition.height,
        caption: photo.caption.clone(),
        credit: photo.credit.clone(),
        alt: if photo.decorative { String::new() } else { photo.alt.clone() },
        decorative: photo.decorative,
        lead,
        focal: photo.focal,
    }
}

fn thaw_photo(photo: &PayloadPhoto) -> StoryPhoto {
    StoryPhoto {
        id: photo.sha256.clone(),
        caption: photo.caption.clone(),
        credit: photo.credit.clone(),
        alt: photo.alt.clone(),
        decorative: photo.decorative,
        lead: photo.lead,
        focal: photo.focal,
    }
}
