//! What a file is, without decoding its pixels.

use image::metadata::Orientation;

use crate::{Limits, MediaType, Metadata, PhotoError, Words, decode::Checked, metadata, worker};

/// Facts about a photo's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// By its content.
    pub media_type: MediaType,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// EXIF's number, 1 to 8; 1 when the file says nothing.
    pub orientation: u8,
    /// The file names the place where it was taken.
    pub had_location: bool,
    /// Caption and credit found in the file, as a newspaper prints them.
    pub words: Words,
    /// All that the file says of itself.
    pub metadata: Metadata,
}

/// Looks at a file's header, its end and its metadata. Takes milliseconds. Whether the pixels between are whole
/// is told by [`crate::renditions`]; a photo is taken only after both.
///
/// # Errors
/// See [`PhotoError`].
pub fn examine(bytes: &[u8], limits: &Limits) -> Result<Facts, PhotoError> {
    limits.check_bytes(bytes)?;
    // The thread may outlive this call, and so must its bytes.
    let (bytes, limits) = (bytes.to_vec(), *limits);
    worker::apart(limits.time, move |_| facts(&Checked::new(&bytes, &limits)?))
}

fn facts(photo: &Checked<'_>) -> Result<Facts, PhotoError> {
    let beside = photo.beside()?;
    let orientation = beside.orientation();
    let (width, height) = turned(orientation, photo.size.width, photo.size.height);
    let (metadata, had_location) = metadata::read(beside);
    Ok(Facts {
        media_type: photo.kind,
        width,
        height,
        orientation: orientation.to_exif(),
        had_location,
        words: Words::of(&metadata),
        metadata,
    })
}

/// The size after orientation.
pub(crate) fn turned(orientation: Orientation, width: u32, height: u32) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}
