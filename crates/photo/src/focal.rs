//! A first guess at what a picture is about, so that a person has less to move.
//!
//! It finds no faces and knows no things. It looks where there is more detail than around, and believes the middle
//! more than the edge: photographers put there what they mean, and skies and walls have no detail. A guess is only ever
//! shown for a person to take.

use image::{GrayImage, imageops::FilterType};

use crate::{
    Limits, PhotoError,
    decode::Checked,
    picture::{upright, upright_size},
    recipe::{Focal, Thousandths},
    scale::within,
    worker,
};

/// The picture is looked at with so many pixels a side: more would see leaves and pores.
const SIDE: u32 = 96;
/// One cell in so many counts: those with the most detail.
const RICHEST: usize = 10;

/// Where a crop should look, by the picture alone. Quickest for a thumbnail: some milliseconds.
///
/// # Errors
/// See [`PhotoError`].
pub fn suggest_focal(bytes: &[u8], limits: &Limits) -> Result<Focal, PhotoError> {
    limits.check_bytes(bytes)?;
    // The thread may outlive this call, and so must its bytes.
    let (bytes, limits) = (bytes.to_vec(), *limits);
    worker::apart(limits.time, move |late| {
        let photo = Checked::new(&bytes, &limits)?;
        let (width, height) = upright_size(&photo)?;
        let picture = upright(&photo, within(4 * SIDE, width, height), late)?.into_luma8();
        let (width, height) = within(SIDE, picture.width(), picture.height());
        Ok(suggested(&image::imageops::resize(&picture, width, height, FilterType::Triangle)))
    })
}

fn suggested(picture: &GrayImage) -> Focal {
    let (width, height) = picture.dimensions();
    let mut cells: Vec<(f64, f64, f64)> = Vec::new();
    for (x, y, pixel) in picture.enumerate_pixels() {
        let (u, v) = ((f64::from(x) + 0.5) / f64::from(width), (f64::from(y) + 0.5) / f64::from(height));
        let near = |x: u32, y: u32| picture.get_pixel_checked(x, y).unwrap_or(pixel).0;
        let ([own], [right], [below]) = (pixel.0, near(x + 1, y), near(x, y + 1));
        let detail = f64::from(own.abs_diff(right)) + f64::from(own.abs_diff(below));
        let (du, dv) = (u - 0.5, v - 0.5);
        cells.push((detail * (1.0 - 1.6 * (du * du + dv * dv)), u, v));
    }
    // Of the richest cells only: a quiet picture with one thing in it is about that thing.
    cells.sort_by(|a, b| b.0.total_cmp(&a.0));
    cells.truncate(cells.len().div_ceil(RICHEST));
    let weight: f64 = cells.iter().map(|(detail, ..)| detail).sum();
    let middle = |part: fn(&(f64, f64, f64)) -> f64| {
        let sum: f64 = cells.iter().map(|cell| cell.0 * part(cell)).sum();
        // Nothing to see at all: the middle.
        let place = if weight > 0.0 { sum / weight } else { 0.5 };
        Thousandths::new((place * 1000.0).round() as i16)
    };
    Focal { x: middle(|cell| cell.1), y: middle(|cell| cell.2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_detail_at(left: u32, top: u32) -> GrayImage {
        GrayImage::from_fn(96, 64, |x, y| {
            let is_there = (left..left + 16).contains(&x) && (top..top + 16).contains(&y);
            image::Luma([if is_there && (x + y) % 2 == 0 { 230 } else { 90 }])
        })
    }

    #[test]
    fn the_one_thing_in_a_quiet_picture_is_found() {
        for (left, top) in [(8, 8), (70, 40), (40, 24)] {
            let focal = suggested(&with_detail_at(left, top));
            let expected = ((left + 8) * 1000 / 96, (top + 8) * 1000 / 64);
            let near = |found: Thousandths, expected: u32| {
                i32::from(found.get()).abs_diff(i32::try_from(expected).unwrap()) < 40
            };
            assert!(
                near(focal.x, expected.0) && near(focal.y, expected.1),
                "{focal:?}, expected {expected:?}"
            );
        }
    }

    #[test]
    fn a_picture_of_nothing_has_its_middle() {
        let focal = suggested(&GrayImage::from_pixel(96, 64, image::Luma([90])));
        assert_eq!((focal.x.get(), focal.y.get()), (500, 500));
        suggested(&GrayImage::new(1, 1));
    }
}
