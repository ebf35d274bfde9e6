//! Photos of a story: facts about them, never the picture.

use serde::{Deserialize, Serialize};
use story::{Sha256Hex, StoryId};
use ts_rs::TS;

/// Facts about a photo's file. The picture itself is fetched from the photo address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PhotoView {
    /// SHA-256 of the original file.
    pub id: Sha256Hex,
    /// Name of the file it came from; shown, never used as a path.
    pub name: String,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// Bytes of the original.
    #[ts(type = "number")]
    pub size: u64,
    /// The original names a place; what leaves the machine does not.
    pub had_location: bool,
}

/// Photo bytes handed over by drop, paste or file chooser.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachPhoto {
    /// Which story.
    pub story: StoryId,
    /// Name of the file it came from; data, never a path.
    pub name: String,
}

/// A photo is in the store and belongs to the story.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachedView {
    /// Facts about it. The window adds it to `content.photos`.
    pub photo: PhotoView,
    /// Caption found in the file, if any.
    pub caption: String,
    /// Credit found in the file, if any.
    pub credit: String,
}
