//! Renditions by a recipe.

use image::metadata::Orientation;

use crate::{
    Limits, PhotoError, Rendition,
    decode::Checked,
    edit,
    geometry::{Extent, Part, Turn, place, scale, widths},
    picture::{turn, upright, upright_size},
    recipe::{Crop, Recipe, Wanted},
    scale::{Fourth, resized},
    worker::{self, Late},
};

/// One rendition, and what it shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// The shape that was wanted.
    pub crop: Crop,
    /// The file.
    pub rendition: Rendition,
}

/// Makes all that is wanted, crop by crop, the widest first, each in the formats' order. The file is decoded once. The
/// same bytes, recipe and wishes give the same renditions.
///
/// Of a JPEG of 24 megapixels some 130 MB are needed at a time, of a progressive one 160, as long as no crop needs it at
/// its full size.
///
/// # Errors
/// See [`PhotoError`].
pub fn make(
    bytes: &[u8],
    recipe: &Recipe,
    wanted: &Wanted,
    limits: &Limits,
) -> Result<Vec<Made>, PhotoError> {
    limits.check_bytes(bytes)?;
    // The thread may outlive this call, and so must all that it works with.
    let (bytes, limits) = (bytes.to_vec(), *limits);
    let (recipe, wanted) = (recipe.clone(), wanted.clone());
    worker::apart(limits.time, move |late| made(&Checked::new(&bytes, &limits)?, &recipe, &wanted, late))
}

fn made(photo: &Checked<'_>, recipe: &Recipe, wanted: &Wanted, late: &Late) -> Result<Vec<Made>, PhotoError> {
    let stored = upright_size(photo)?;
    let turns = match recipe.turns.get() {
        0 => Orientation::NoTransforms,
        1 => Orientation::Rotate90,
        2 => Orientation::Rotate180,
        _ => Orientation::Rotate270,
    };
    let own = Extent::new(crate::examine::turned(turns, stored.0, stored.1));
    let scale = scale(recipe, wanted, own);
    let side = |pixels: u32| (f64::from(pixels) * scale).round().max(1.0) as u32;
    let picture = upright(photo, (side(stored.0), side(stored.1)), late)?;
    late.check()?;
    let picture = edit::blur(turn(picture, turns), &recipe.blurs);
    let picture = edit::straighten(edit::tone(picture, recipe), Turn::of(recipe));
    let mut all = Vec::new();
    for (crop, widest) in &wanted.widths {
        let part = place(*crop, recipe, own);
        for width in widths(part, widest) {
            let size = part.size(*crop, width);
            let frame = own.straightened(Turn::of(recipe));
            let shown = part.in_another(frame, Extent::new((picture.width(), picture.height())));
            let smaller = resized(&picture, shown, size, Fourth::Alpha)?;
            for format in &wanted.formats {
                late.check()?;
                all.push(Made { crop: *crop, rendition: Rendition::of(&smaller, *format)? });
            }
        }
    }
    Ok(all)
}

impl Part {
    /// The same part of the same picture at another size.
    fn in_another(self, from: Extent, to: Extent) -> Self {
        let (across, along) = (to.width / from.width, to.height / from.height);
        let (left, top) = (self.left * across, self.top * along);
        Self {
            left,
            top,
            // Rounding must not reach beyond the last pixel.
            width: (self.width * across).min(to.width - left),
            height: (self.height * along).min(to.height - top),
        }
    }
}
