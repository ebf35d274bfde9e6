//! Smaller, never larger.

use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    pixels::{U8x3, U8x4},
};
use image::DynamicImage;

use crate::{PhotoError, geometry::Part};

/// What the fourth of four channels is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fourth {
    /// How much shines through, which weighs the other three.
    Alpha,
    /// An ink like the others.
    Ink,
}

/// A part of a picture at another size. For RGB and for four channels of eight bits each; a picture that has that size
/// already is given back as it is.
pub(crate) fn resize(
    picture: DynamicImage,
    part: Part,
    (width, height): (u32, u32),
    fourth: Fourth,
) -> Result<DynamicImage, PhotoError> {
    let is_whole = part.left == 0.0 && part.top == 0.0;
    let is_same = f64::from(width) == part.width && f64::from(height) == part.height;
    if is_whole && is_same && (width, height) == (picture.width(), picture.height()) {
        return Ok(picture);
    }
    resized(&picture, part, (width, height), fourth)
}

/// As [`resize`], for a picture that is still needed.
pub(crate) fn resized(
    picture: &DynamicImage,
    part: Part,
    (width, height): (u32, u32),
    fourth: Fourth,
) -> Result<DynamicImage, PhotoError> {
    let mut other = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom))
        .use_alpha(fourth == Fourth::Alpha)
        .crop(part.left, part.top, part.width, part.height);
    match picture {
        DynamicImage::ImageRgba8(_) => typed::<U8x4>(picture, &mut other, &options)?,
        _ => typed::<U8x3>(picture, &mut other, &options)?,
    }
    Ok(other)
}

/// For one kind of pixel: the library's choice among all of them would be compiled into this crate, for minutes.
fn typed<P: PixelTrait>(
    from: &DynamicImage,
    to: &mut DynamicImage,
    options: &ResizeOptions,
) -> Result<(), PhotoError> {
    let other = || PhotoError::damaged("pixels of another kind");
    let from = from.image_view::<P>().ok_or_else(other)?;
    let mut to = to.image_view_mut::<P>().ok_or_else(other)?;
    Resizer::new().resize_typed(&from, &mut to, options).map_err(PhotoError::damaged)
}

/// The size with `side` for its longest side, if it was longer.
pub(crate) fn within(side: u32, width: u32, height: u32) -> (u32, u32) {
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
