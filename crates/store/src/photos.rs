//! Photos: bytes in files named by their SHA-256, facts in the database.

use chrono::{DateTime, Utc};
use story::{Sha256Hex, payload::Rendition};

use crate::{Store, StoreError};

/// What a rendition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RenditionUse {
    /// The window's small picture.
    Thumb,
    /// What leaves the machine and what the preview shows.
    Display,
}

/// A photo to take in.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// Name of the file it came from: data, never a path.
    pub name: String,
    /// Media type of the original.
    pub media_type: String,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// The original names a place.
    pub had_location: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// The original's bytes.
    pub original: Vec<u8>,
    /// Made from it.
    pub renditions: Vec<NewRendition>,
}

/// A rendition to keep with its photo.
#[derive(Debug, Clone)]
pub struct NewRendition {
    /// What for.
    pub usage: RenditionUse,
    /// Its media type.
    pub media_type: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Facts about a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFacts {
    /// SHA-256 of the original.
    pub id: Sha256Hex,
    /// Name of the file it came from.
    pub name: String,
    /// Media type of the original.
    pub media_type: String,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// Bytes of the original.
    pub size: u64,
    /// The original names a place.
    pub had_location: bool,
    /// When it was taken in.
    pub added_at: DateTime<Utc>,
    /// What was made from it.
    pub renditions: Vec<StoredRendition>,
}

impl PhotoFacts {
    /// The rendition for a use, if there is one.
    pub fn rendition(&self, usage: RenditionUse) -> Option<&StoredRendition> {
        self.renditions.iter().find(|rendition| rendition.usage == usage)
    }
}

/// Facts about a rendition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRendition {
    /// What for.
    pub usage: RenditionUse,
    /// Digest, type and pixels.
    pub rendition: Rendition,
    /// Bytes.
    pub size: u64,
}

impl Store {
    /// Takes a photo in: its files are on disk before the database names them. The same bytes again are the
    /// same photo, and the first one's facts stay.
    ///
    /// # Errors
    /// What the disk says; then no photo was taken in.
    pub fn put_photo(&self, new: NewPhoto) -> Result<PhotoFacts, StoreError> {
        self.unwritten(new)
    }

    /// Facts about a photo.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn photo(&self, id: &Sha256Hex) -> Result<PhotoFacts, StoreError> {
        self.unwritten(id)
    }

    /// The original's bytes, verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn original(&self, id: &Sha256Hex) -> Result<Vec<u8>, StoreError> {
        self.unwritten(id)
    }

    /// A rendition of a photo and its bytes, verified.
    ///
    /// # Errors
    /// As [`Store::original`].
    pub fn rendition(
        &self,
        id: &Sha256Hex,
        usage: RenditionUse,
    ) -> Result<(StoredRendition, Vec<u8>), StoreError> {
        self.unwritten((id, usage))
    }

    /// A rendition and its bytes by the digest of those bytes, as an intent names it.
    ///
    /// # Errors
    /// As [`Store::original`].
    pub fn rendition_by_digest(&self, sha256: &Sha256Hex) -> Result<(StoredRendition, Vec<u8>), StoreError> {
        self.unwritten(sha256)
    }
}
