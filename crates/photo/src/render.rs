//! The two renditions of a photo: the thumbnail that the window shows in lists, and the picture that the
//! preview shows and readers get.

use image::DynamicImage;
use story::Sha256Hex;

use crate::{
    Limits, MediaType, PhotoError,
    decode::Checked,
    encode::{self, Format},
    geometry::Extent,
    picture::{upright, upright_size},
    scale::{Fourth, resized, within},
    worker::{self, Late},
};

/// Longest side of a thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 400;
/// Longest side of what readers get, in pixels.
pub const DISPLAY_SIDE: u32 = 1920;

/// A picture made from a photo's pixels: upright, in sRGB, without any metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendition {
    /// JPEG, PNG when the photo has transparent parts, or WebP.
    pub media_type: MediaType,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Digest of `bytes`.
    pub sha256: Sha256Hex,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Both renditions of one photo.
#[derive(Clone, PartialEq, Eq)]
pub struct Renditions {
    /// At most [`THUMB_SIDE`] a side.
    pub thumb: Rendition,
    /// At most [`DISPLAY_SIDE`] a side.
    pub display: Rendition,
}

/// Makes both renditions; the same bytes give the same renditions. A photo smaller than a rendition keeps its
/// size. Decodes the whole file, and so tells a damaged one for certain.
///
/// # Errors
/// See [`PhotoError`].
pub fn renditions(bytes: &[u8], limits: &Limits) -> Result<Renditions, PhotoError> {
    limits.check_bytes(bytes)?;
    // The thread may outlive this call, and so must its bytes.
    let (bytes, limits) = (bytes.to_vec(), *limits);
    worker::apart(limits.time, move |late| make(&Checked::new(&bytes, &limits)?, late))
}

fn make(photo: &Checked<'_>, late: &Late) -> Result<Renditions, PhotoError> {
    let (width, height) = upright_size(photo)?;
    let display = upright(photo, within(DISPLAY_SIDE, width, height), late)?;
    late.check()?;
    let (width, height) = (display.width(), display.height());
    let whole = Extent::new((width, height)).whole();
    let thumb = resized(&display, whole, within(THUMB_SIDE, width, height), Fourth::Alpha)?;
    Ok(Renditions {
        thumb: Rendition::of(&thumb, Format::Jpeg)?,
        display: Rendition::of(&display, Format::Jpeg)?,
    })
}

impl Rendition {
    pub(crate) fn of(picture: &DynamicImage, format: Format) -> Result<Self, PhotoError> {
        let (media_type, bytes) = encode::encode(picture, format)?;
        Ok(Self {
            media_type,
            width: picture.width(),
            height: picture.height(),
            sha256: Sha256Hex::of(&bytes),
            bytes,
        })
    }
}
