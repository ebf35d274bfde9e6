//! The two renditions of a photo: the thumbnail that the window shows in lists, and the picture that the
//! preview shows and readers get.

use image::DynamicImage;
use story::Sha256Hex;

use crate::{
    Limits, MediaType, PhotoError,
    colour::{from_inks, to_srgb},
    decode::Checked,
    encode::encode,
    scale::shrink,
    worker::{self, Late},
};

/// Longest side of a thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 400;
/// Longest side of what readers get, in pixels.
pub const DISPLAY_SIDE: u32 = 1920;

/// A picture made from a photo's pixels: upright, in sRGB, without any metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendition {
    /// JPEG, or PNG when the photo has transparent parts.
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
    let display = upright(photo, DISPLAY_SIDE, late)?;
    let thumb = shrink(&display, THUMB_SIDE, true)?;
    late.check()?;
    Ok(Renditions { thumb: rendition(&thumb)?, display: rendition(&display)? })
}

/// The picture at no more than `side` a side, upright and in sRGB. Shrinking first makes all that follows cheap.
fn upright(photo: &Checked<'_>, side: u32, late: &Late) -> Result<DynamicImage, PhotoError> {
    let beside = photo.beside()?;
    let stored = photo.pixels()?;
    late.check()?;
    let icc = beside.icc.as_deref();
    let mut picture = match stored.inks {
        None => shrink(&plain(stored.picture), side, true)?,
        Some(inks) => {
            let inky = shrink(&stored.picture, side, false)?.into_rgba8();
            DynamicImage::ImageRgb8(from_inks(&inky, inks, icc))
        }
    };
    late.check()?;
    picture.apply_orientation(beside.orientation());
    Ok(if stored.inks.is_some() { picture } else { to_srgb(picture, icc) })
}

/// Eight bits a channel, with an alpha channel only where something shines through.
fn plain(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let picture = picture.into_rgba8();
    let opaque = picture.as_raw().as_chunks::<4>().0.iter().all(|[_, _, _, alpha]| *alpha == u8::MAX);
    let picture = DynamicImage::ImageRgba8(picture);
    if opaque { DynamicImage::ImageRgb8(picture.into_rgb8()) } else { picture }
}

fn rendition(picture: &DynamicImage) -> Result<Rendition, PhotoError> {
    let (media_type, bytes) = encode(picture)?;
    Ok(Rendition {
        media_type,
        width: picture.width(),
        height: picture.height(),
        sha256: Sha256Hex::of(&bytes),
        bytes,
    })
}
