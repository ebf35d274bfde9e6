//! From a file to an upright picture in sRGB, no larger than it is needed.

use image::{DynamicImage, metadata::Orientation};

use crate::{
    PhotoError,
    colour::{from_inks, to_srgb},
    decode::Checked,
    examine::turned,
    geometry::Extent,
    scale::{Fourth, resize},
    worker::Late,
};

/// Width and height of a file's picture, upright.
pub(crate) fn upright_size(photo: &Checked<'_>) -> Result<(u32, u32), PhotoError> {
    Ok(turned(photo.beside()?.orientation(), photo.size.width, photo.size.height))
}

/// The picture at a size that is counted upright. It is shrunk first, which makes all that follows cheap.
pub(crate) fn upright(
    photo: &Checked<'_>,
    (width, height): (u32, u32),
    late: &Late,
) -> Result<DynamicImage, PhotoError> {
    let beside = photo.beside()?;
    let (orientation, icc) = (beside.orientation(), beside.icc);
    let size = turned(orientation, width, height);
    let stored = photo.pixels()?;
    late.check()?;
    let whole = Extent::new((photo.size.width, photo.size.height)).whole();
    let Some(inks) = stored.inks else {
        let smaller = resize(plain(stored.picture), whole, size, Fourth::Alpha)?;
        return Ok(to_srgb(turn(smaller, orientation), icc.as_deref()));
    };
    let inky = resize(stored.picture, whole, size, Fourth::Ink)?.into_rgba8();
    Ok(turn(DynamicImage::ImageRgb8(from_inks(&inky, inks, icc.as_deref())), orientation))
}

pub(crate) fn turn(mut picture: DynamicImage, orientation: Orientation) -> DynamicImage {
    picture.apply_orientation(orientation);
    picture
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
