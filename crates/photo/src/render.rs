//! The two renditions of a photo: the thumbnail that the window shows in lists, and the picture that the
//! preview shows and readers get.

use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    pixels::{U8x3, U8x4},
};
use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use story::Sha256Hex;

use crate::{Limits, MediaType, PhotoError, decode::Checked, encode::encode, worker};

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
    worker::apart(|| make(&Checked::new(bytes, limits)?))
}

fn make(photo: &Checked<'_>) -> Result<Renditions, PhotoError> {
    let beside = photo.beside()?;
    // Shrinking first makes all that follows cheap.
    let mut picture = shrink(&plain(photo.pixels()?), DISPLAY_SIDE)?;
    picture.apply_orientation(beside.orientation());
    let display = to_srgb(picture, beside.icc.as_deref());
    let thumb = shrink(&display, THUMB_SIDE)?;
    Ok(Renditions { thumb: rendition(&thumb)?, display: rendition(&display)? })
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

/// At most `side` pixels a side, never larger than it was. For what [`plain`] leaves: RGB or RGBA of eight bits.
fn shrink(picture: &DynamicImage, side: u32) -> Result<DynamicImage, PhotoError> {
    let (width, height) = within(side, picture.width(), picture.height());
    if (width, height) == (picture.width(), picture.height()) {
        return Ok(picture.clone());
    }
    let mut smaller = DynamicImage::new(width, height, picture.color());
    match picture {
        DynamicImage::ImageRgba8(_) => resize::<U8x4>(picture, &mut smaller)?,
        _ => resize::<U8x3>(picture, &mut smaller)?,
    }
    Ok(smaller)
}

/// For one kind of pixel: the library's choice among all of them would be compiled into this crate, for minutes.
fn resize<P: PixelTrait>(from: &DynamicImage, to: &mut DynamicImage) -> Result<(), PhotoError> {
    let other = || PhotoError::damaged("pixels of another kind");
    let from = from.image_view::<P>().ok_or_else(other)?;
    let mut to = to.image_view_mut::<P>().ok_or_else(other)?;
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize_typed(&from, &mut to, &options).map_err(PhotoError::damaged)
}

fn within(side: u32, width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side {
        return (width, height);
    }
    let scale = |pixels: u32| {
        let rounded = (u64::from(pixels) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(rounded).unwrap_or(side).max(1)
    };
    (scale(width), scale(height))
}

/// Colours as every screen understands them. A profile that cannot be read or does not fit RGB is left out:
/// the numbers are then taken for sRGB, as browsers do.
fn to_srgb(picture: DynamicImage, icc: Option<&[u8]>) -> DynamicImage {
    let profile = icc.and_then(|icc| ColorProfile::new_from_slice(icc).ok());
    let profile = profile.filter(|profile| profile.color_space == DataColorSpace::Rgb);
    let Some(profile) = profile else { return picture };
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
    else {
        return picture;
    };
    let mut converted = picture.clone();
    let target = match &mut converted {
        DynamicImage::ImageRgb8(pixels) => pixels.as_flat_samples_mut().samples,
        DynamicImage::ImageRgba8(pixels) => pixels.as_flat_samples_mut().samples,
        _ => return picture,
    };
    let done = transform.transform(picture.as_bytes(), target).is_ok();
    if done { converted } else { picture }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinking_keeps_the_shape_and_at_least_one_pixel() {
        assert_eq!(within(1920, 6000, 4000), (1920, 1280));
        assert_eq!(within(400, 3, 90_000), (1, 400));
        assert_eq!(within(1920, 1920, 10), (1920, 10));
        assert_eq!(within(1920, 64, 64), (64, 64));
    }
}
