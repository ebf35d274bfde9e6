//! Colours as every screen understands them: sRGB, from whatever the file has.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Four channels of printing ink, as a JPEG stores them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inks {
    /// The first three are stored as brightness and two differences.
    pub(crate) is_ycck: bool,
    /// 255 is no ink, as Adobe's programs write it.
    pub(crate) is_inverted: bool,
}

impl Inks {
    /// 0 is no ink, 255 all of it.
    fn of(self, pixel: [u8; 4]) -> [u8; 4] {
        let [c, m, y, k] = if self.is_ycck { cmyk(pixel) } else { pixel };
        if self.is_inverted { [255 - c, 255 - m, 255 - y, 255 - k] } else { [c, m, y, k] }
    }
}

/// ITU T.872, 6.5.3: the differences are those of RGB, of which each ink is what is missing to white.
fn cmyk([y, cb, cr, k]: [u8; 4]) -> [u8; 4] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    // A cast from a float stays within the bounds of a byte.
    let ink = |light: f32| 255 - light.round() as u8;
    [ink(y + 1.402 * cr), ink(y - 0.344_136 * cb - 0.714_136 * cr), ink(y + 1.772 * cb), k]
}

/// RGB of what is stored as inks: by the file's profile if it has one for inks, else as if each ink took away its own
/// light, which is what browsers do.
pub(crate) fn from_inks(stored: &RgbaImage, inks: Inks, icc: Option<&[u8]>) -> RgbImage {
    let amounts: Vec<u8> =
        stored.as_raw().as_chunks::<4>().0.iter().flat_map(|pixel| inks.of(*pixel)).collect();
    let mut out = RgbImage::new(stored.width(), stored.height());
    let profile = icc.and_then(|icc| profile(icc, DataColorSpace::Cmyk));
    if profile.is_some_and(|profile| convert(&profile, (Layout::Rgba, &amounts), (Layout::Rgb, &mut out))) {
        return out;
    }
    for (pixel, [c, m, y, k]) in out.pixels_mut().zip(amounts.as_chunks::<4>().0) {
        let light = |ink: u8| {
            let product = (255 - u16::from(ink)) * (255 - u16::from(*k));
            u8::try_from((product + 127) / 255).unwrap_or(u8::MAX)
        };
        pixel.0 = [light(*c), light(*m), light(*y)];
    }
    out
}

/// A profile that cannot be read or does not fit RGB is left out: the numbers are then taken for sRGB, as browsers do.
pub(crate) fn to_srgb(picture: DynamicImage, icc: Option<&[u8]>) -> DynamicImage {
    let Some(profile) = icc.and_then(|icc| profile(icc, DataColorSpace::Rgb)) else { return picture };
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let mut converted = picture.clone();
    let target = match &mut converted {
        DynamicImage::ImageRgb8(pixels) => pixels.as_flat_samples_mut().samples,
        DynamicImage::ImageRgba8(pixels) => pixels.as_flat_samples_mut().samples,
        _ => return picture,
    };
    if convert(&profile, (layout, picture.as_bytes()), (layout, target)) { converted } else { picture }
}

fn profile(icc: &[u8], colours: DataColorSpace) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(icc).ok().filter(|profile| profile.color_space == colours)
}

fn convert(
    profile: &ColorProfile,
    (from, source): (Layout, &[u8]),
    (to, target): (Layout, &mut [u8]),
) -> bool {
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(from, &srgb, to, TransformOptions::default());
    transform.is_ok_and(|transform| transform.transform(source, target).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_black_are_the_same_in_each_way_of_storing_inks() {
        let plain = Inks { is_ycck: false, is_inverted: false };
        let adobe = Inks { is_ycck: false, is_inverted: true };
        let ycck = Inks { is_ycck: true, is_inverted: true };
        assert_eq!(plain.of([0, 0, 0, 255]), adobe.of([255, 255, 255, 0]));
        // Brightness 0 is all inks at 255, which is none of them for Adobe.
        assert_eq!(ycck.of([0, 128, 128, 255]), [0, 0, 0, 0]);
        assert_eq!(ycck.of([255, 128, 128, 0]), [255, 255, 255, 255]);
    }
}
