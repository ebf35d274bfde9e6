//! Smaller, never larger.

use fast_image_resize::{
    FilterType, IntoImageView, IntoImageViewMut, PixelTrait, ResizeAlg, ResizeOptions, Resizer,
    pixels::{U8x3, U8x4},
};
use image::DynamicImage;

use crate::PhotoError;

/// At most `side` pixels a side, never larger than it was. For RGB or RGBA of eight bits; `is_alpha` says whether a
/// fourth channel is transparency, which weighs the others.
pub(crate) fn shrink(picture: &DynamicImage, side: u32, is_alpha: bool) -> Result<DynamicImage, PhotoError> {
    let (width, height) = within(side, picture.width(), picture.height());
    if (width, height) == (picture.width(), picture.height()) {
        return Ok(picture.clone());
    }
    let mut smaller = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    let options = options.use_alpha(is_alpha);
    match picture {
        DynamicImage::ImageRgba8(_) => resize::<U8x4>(picture, &mut smaller, &options)?,
        _ => resize::<U8x3>(picture, &mut smaller, &options)?,
    }
    Ok(smaller)
}

/// For one kind of pixel: the library's choice among all of them would be compiled into this crate, for minutes.
fn resize<P: PixelTrait>(
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
