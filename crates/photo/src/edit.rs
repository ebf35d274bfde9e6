//! What a recipe does to pixels: blurring parts, light and contrast, straightening. For RGB and RGBA of eight bits.

use image::{DynamicImage, Rgba, RgbaImage};

use crate::{
    geometry::{Extent, Part, Turn},
    recipe::{Blur, Recipe, Shape},
};

/// Colours that are left of a blurred part, along its longer side: too few for a feature of a face or a letter of a
/// number plate, whoever looks.
const BLOCKS: f64 = 8.0;

/// Makes the recipe's parts unrecognisable.
///
/// A blur alone can be turned back when its kernel is guessed, and coarse pixels alone can be compared with what a
/// guess would look like. So each part is first reduced to at most 8 × 8 mean colours, of which each loses its lower
/// four bits, and what is drawn is a smooth surface through these: nothing else of the part is anywhere in the file.
pub(crate) fn blur(picture: DynamicImage, blurs: &[Blur]) -> DynamicImage {
    if blurs.is_empty() {
        return picture;
    }
    let has_alpha = picture.color().has_alpha();
    let mut pixels = picture.into_rgba8();
    blurs.iter().for_each(|blur| blur_one(&mut pixels, blur));
    let picture = DynamicImage::ImageRgba8(pixels);
    if has_alpha { picture } else { DynamicImage::ImageRgb8(picture.into_rgb8()) }
}

/// Whole pixels: every one that the part touches.
#[derive(Clone, Copy)]
struct Bounds {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Bounds {
    fn around(part: Part, pixels: &RgbaImage) -> Self {
        let right = (part.left + part.width).ceil() as u32;
        let bottom = (part.top + part.height).ceil() as u32;
        Self {
            left: part.left.floor() as u32,
            top: part.top.floor() as u32,
            right: right.min(pixels.width()),
            bottom: bottom.min(pixels.height()),
        }
    }
}

fn blur_one(pixels: &mut RgbaImage, blur: &Blur) {
    let part = Extent::new(pixels.dimensions()).part(blur.area);
    let outer = Bounds::around(part, pixels);
    let (width, height) = (f64::from(outer.right - outer.left), f64::from(outer.bottom - outer.top));
    let block = (width.max(height) / BLOCKS).max(1.0);
    let (across, along) = ((width / block).ceil() as u32, (height / block).ceil() as u32);
    let coarse = RgbaImage::from_fn(across, along, |column, row| {
        let side = |index: u32, begin: u32, room: f64| begin + (f64::from(index) * block).min(room) as u32;
        let part = Bounds {
            left: side(column, outer.left, width),
            top: side(row, outer.top, height),
            right: side(column + 1, outer.left, width),
            bottom: side(row + 1, outer.top, height),
        };
        mean(pixels, part)
    });
    for y in outer.top..outer.bottom {
        for x in outer.left..outer.right {
            let (dx, dy) = (f64::from(x - outer.left) + 0.5, f64::from(y - outer.top) + 0.5);
            let (u, v) = (dx / width * 2.0 - 1.0, dy / height * 2.0 - 1.0);
            if blur.shape == Shape::Rectangle || u * u + v * v <= 1.0 {
                pixels.put_pixel(x, y, sample(&coarse, dx / block - 0.5, dy / block - 0.5, linear));
            }
        }
    }
}

/// The mean colour, to four bits a channel. What shines through stays as it is on the whole.
fn mean(pixels: &RgbaImage, part: Bounds) -> Rgba<u8> {
    let (right, bottom) = (part.right.max(part.left + 1), part.bottom.max(part.top + 1));
    let (mut sums, mut count) = ([0_u64; 4], 0_u64);
    for y in part.top..bottom.min(pixels.height()) {
        for x in part.left..right.min(pixels.width()) {
            let Some(pixel) = pixels.get_pixel_checked(x, y) else { continue };
            sums.iter_mut().zip(pixel.0).for_each(|(sum, value)| *sum += u64::from(value));
            count += 1;
        }
    }
    let [r, g, b, a] = sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
    let coarse = |value: u8| value & 0xF0 | 0x08;
    Rgba([coarse(r), coarse(g), coarse(b), a])
}

/// Light and contrast of the whole picture, by one curve.
pub(crate) fn tone(mut picture: DynamicImage, recipe: &Recipe) -> DynamicImage {
    let (brightness, contrast) = (i32::from(recipe.brightness.get()), i32::from(recipe.contrast.get()));
    if (brightness, contrast) == (0, 0) {
        return picture;
    }
    let curve: [u8; 256] = std::array::from_fn(|value| {
        let value = i32::try_from(value).unwrap_or(0);
        // Contrast turns the curve about the middle; brightness moves it by at most a tenth of the scale.
        let moved = (value - 128) * (100 + contrast) / 100 + 128 + brightness * 128 / 100;
        u8::try_from(moved.clamp(0, 255)).unwrap_or(0)
    });
    let apply = |value: &mut u8| *value = curve.get(usize::from(*value)).copied().unwrap_or(*value);
    match &mut picture {
        DynamicImage::ImageRgb8(pixels) => pixels.pixels_mut().flat_map(|pixel| &mut pixel.0).for_each(apply),
        DynamicImage::ImageRgba8(pixels) => {
            pixels.pixels_mut().flat_map(|pixel| pixel.0.iter_mut().take(3)).for_each(apply);
        }
        _ => {}
    }
    picture
}

/// The picture turned by a little, without its empty corners.
pub(crate) fn straighten(picture: DynamicImage, turn: Turn) -> DynamicImage {
    if turn.sine == 0.0 {
        return picture;
    }
    let extent = Extent::new((picture.width(), picture.height()));
    let frame = extent.straightened(turn);
    let has_alpha = picture.color().has_alpha();
    let pixels = picture.into_rgba8();
    let side = |pixels: f64| pixels.floor().max(1.0) as u32;
    let turned = RgbaImage::from_fn(side(frame.width), side(frame.height), |x, y| {
        let (dx, dy) = (f64::from(x) + 0.5 - frame.width / 2.0, f64::from(y) + 0.5 - frame.height / 2.0);
        let across = dx * turn.cosine + dy * turn.sine + extent.width / 2.0 - 0.5;
        let along = dy * turn.cosine - dx * turn.sine + extent.height / 2.0 - 0.5;
        sample(&pixels, across, along, cubic)
    });
    let picture = DynamicImage::ImageRgba8(turned);
    if has_alpha { picture } else { DynamicImage::ImageRgb8(picture.into_rgb8()) }
}

/// The colour between pixels, by weights for the four nearest in each direction; beyond the edge its own pixels go on.
fn sample(pixels: &RgbaImage, x: f64, y: f64, weights: fn(f64) -> [f64; 4]) -> Rgba<u8> {
    let (across, along) = (weights(x - x.floor()), weights(y - y.floor()));
    let (left, top) = (x.floor() as i64 - 1, y.floor() as i64 - 1);
    let place = |at: i64, room: u32| u32::try_from(at.clamp(0, i64::from(room) - 1)).unwrap_or(0);
    let mut sums = [0.0; 4];
    for (row, weight_along) in (top..).zip(along) {
        for (column, weight_across) in (left..).zip(across) {
            let weight = weight_along * weight_across;
            if weight == 0.0 {
                continue;
            }
            let pixel = pixels.get_pixel(place(column, pixels.width()), place(row, pixels.height()));
            sums.iter_mut().zip(pixel.0).for_each(|(sum, value)| *sum += weight * f64::from(value));
        }
    }
    // A cast from a float stays within the bounds of a byte.
    Rgba(sums.map(|sum| sum.round() as u8))
}

fn linear(at: f64) -> [f64; 4] {
    [0.0, 1.0 - at, at, 0.0]
}

/// Catmull and Rom's: as sharp as it was, without a shadow along edges that anybody would see.
fn cubic(at: f64) -> [f64; 4] {
    let (square, cube) = (at * at, at * at * at);
    [
        (-cube + 2.0 * square - at) / 2.0,
        (3.0 * cube - 5.0 * square + 2.0) / 2.0,
        (-3.0 * cube + 4.0 * square + at) / 2.0,
        (cube - square) / 2.0,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::{Area, Thousandths, Tilt, Tone};

    fn area(left: i16, top: i16, width: i16, height: i16) -> Area {
        let [left, top, width, height] = [left, top, width, height].map(Thousandths::new);
        Area { left, top, width, height }
    }

    fn stripes(width: u32, height: u32) -> DynamicImage {
        image::RgbImage::from_fn(width, height, |x, y| {
            image::Rgb(if (x / 2 + y / 3) % 2 == 0 { [250, 240, 230] } else { [5, 15, 25] })
        })
        .into()
    }

    #[test]
    fn what_is_blurred_holds_no_edge_and_what_is_not_stays_to_the_pixel() {
        let before = stripes(400, 300);
        let blurs = [Blur { shape: Shape::Rectangle, area: area(250, 200, 500, 400) }];
        let after = blur(before.clone(), &blurs).into_rgb8();
        let before = before.into_rgb8();
        for (x, y, pixel) in after.enumerate_pixels() {
            let is_inside = (100..300).contains(&x) && (60..180).contains(&y);
            if !is_inside {
                assert_eq!(pixel, before.get_pixel(x, y), "{x},{y}");
            } else if x > 100 {
                let step = pixel.0[0].abs_diff(after.get_pixel(x - 1, y).0[0]);
                assert!(step < 12, "{x},{y}: {step}");
            }
        }
    }

    #[test]
    fn two_pictures_that_differ_only_in_detail_are_the_same_once_blurred() {
        let one = stripes(512, 384);
        // The same means over each block, other details.
        let mut other = one.clone().into_rgb8();
        for pair in other.as_flat_samples_mut().samples.chunks_exact_mut(24) {
            pair.rotate_left(6);
        }
        let blurs = [Blur { shape: Shape::Rectangle, area: area(0, 0, 1000, 1000) }];
        assert!(one.as_bytes() != other.as_raw().as_slice());
        assert!(blur(one, &blurs).as_bytes() == blur(other.into(), &blurs).as_bytes());
    }

    #[test]
    fn an_ellipse_leaves_the_corners_of_its_rectangle() {
        let before = stripes(200, 200);
        let blurs = [Blur { shape: Shape::Ellipse, area: area(0, 0, 1000, 1000) }];
        let after = blur(before.clone(), &blurs).into_rgb8();
        let before = before.into_rgb8();
        assert_eq!(after.get_pixel(2, 2), before.get_pixel(2, 2));
        assert_ne!(after.get_pixel(100, 100), before.get_pixel(100, 100));
        assert_ne!(after.get_pixel(2, 100), before.get_pixel(2, 100));
    }

    #[test]
    fn light_and_contrast_move_a_middle_grey_by_no_more_than_a_tenth() {
        let grey = DynamicImage::from(image::RgbImage::from_pixel(4, 4, image::Rgb([128; 3])));
        for (brightness, contrast, expected) in [(20, 0, 153), (-20, 0, 103), (0, 20, 128), (0, -20, 128)] {
            let recipe = Recipe {
                brightness: Tone::new(brightness),
                contrast: Tone::new(contrast),
                ..Recipe::default()
            };
            assert_eq!(tone(grey.clone(), &recipe).into_rgb8().get_pixel(0, 0).0, [expected; 3]);
        }
    }

    #[test]
    fn straightening_turns_with_the_clock_and_leaves_no_empty_corner() {
        let picture = image::RgbImage::from_fn(600, 400, |_, y| {
            image::Rgb(if y < 200 { [250, 250, 250] } else { [20, 20, 20] })
        });
        let turn = Turn::of(&Recipe { straighten: Tilt::new(50), ..Recipe::default() });
        let turned = straighten(picture.into(), turn).into_rgb8();
        assert!(turned.width() < 600 && turned.height() < 400);
        let ratio = f64::from(turned.width()) / f64::from(turned.height());
        assert!((ratio - 1.5).abs() < 0.01, "{ratio}");
        // With the clock, what was level falls to the right.
        let (middle, right) = (turned.height() / 2, turned.width() - 10);
        assert_eq!(turned.get_pixel(10, middle).0, [20; 3]);
        assert_eq!(turned.get_pixel(right, middle).0, [250; 3]);
        assert!(turned.pixels().all(|pixel| pixel.0 != [0; 3]));
    }
}
