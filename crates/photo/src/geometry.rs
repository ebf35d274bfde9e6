//! Where a recipe's crops lie, in numbers. Nothing here looks at a pixel.

use crate::recipe::{Area, Crop, Focal, Recipe, Wanted};

/// A size in pixels of any picture, which need not be whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Part {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Sine and cosine of an angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Turn {
    pub(crate) sine: f64,
    pub(crate) cosine: f64,
}

impl Turn {
    /// By the first terms of their series, which are exact to a billionth within ten degrees. The standard library's
    /// come from the system, and another system's may differ in the last place: the same recipe gives the same bytes.
    pub(crate) fn of(recipe: &Recipe) -> Self {
        let angle = f64::from(recipe.straighten.get()) / 10.0 * std::f64::consts::PI / 180.0;
        let square = angle * angle;
        Self {
            sine: angle * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0))),
            cosine: 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0)),
        }
    }
}

impl Extent {
    pub(crate) fn new((width, height): (u32, u32)) -> Self {
        Self { width: width.into(), height: height.into() }
    }

    pub(crate) fn whole(self) -> Part {
        Part { left: 0.0, top: 0.0, width: self.width, height: self.height }
    }

    /// The largest part of the same shape that has no empty corner after straightening.
    pub(crate) fn straightened(self, turn: Turn) -> Self {
        let (sine, cosine) = (turn.sine.abs(), turn.cosine);
        let across = self.width / (self.width * cosine + self.height * sine);
        let along = self.height / (self.width * sine + self.height * cosine);
        let scale = across.min(along);
        Self { width: self.width * scale, height: self.height * scale }
    }

    /// The part that an area covers, within the picture and at least one pixel large.
    pub(crate) fn part(self, area: Area) -> Part {
        let of = |thousandths: i16, side: f64| f64::from(thousandths) / 1000.0 * side;
        let left = of(area.left.get(), self.width).min(self.width - 1.0).max(0.0);
        let top = of(area.top.get(), self.height).min(self.height - 1.0).max(0.0);
        let width = of(area.width.get(), self.width).min(self.width - left).max(1.0);
        let height = of(area.height.get(), self.height).min(self.height - top).max(1.0);
        Part { left, top, width, height }
    }
}

impl Part {
    /// The largest part of a shape within this one, as near to a point as it can be.
    fn shaped(self, ratio: Option<(u32, u32)>, (x, y): (f64, f64)) -> Self {
        let Some((across, along)) = ratio else { return self };
        let ratio = f64::from(across) / f64::from(along);
        let (width, height) = if self.width > self.height * ratio {
            (self.height * ratio, self.height)
        } else {
            (self.width, self.width / ratio)
        };
        let place = |middle: f64, begin: f64, side: f64, room: f64| {
            (middle - side / 2.0).max(begin).min(begin + room - side).max(begin)
        };
        let (left, top) = (place(x, self.left, width, self.width), place(y, self.top, height, self.height));
        Self { left, top, width, height }
    }

    fn middle(self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    /// Width and height of what is shown of this part when it is `width` pixels wide.
    pub(crate) fn size(self, crop: Crop, width: u32) -> (u32, u32) {
        let ratio = match crop.ratio() {
            Some((across, along)) => f64::from(across) / f64::from(along),
            None => self.width / self.height,
        };
        // Far below what an integer holds: no side of a picture has more than 2^31 pixels.
        let height = (f64::from(width) / ratio).round().max(1.0) as u32;
        (width, height)
    }
}

/// The part of a straightened picture that a crop shows. By hand where it was placed so, else around the focal point,
/// else around the middle.
pub(crate) fn place(crop: Crop, recipe: &Recipe, upright: Extent) -> Part {
    let turn = Turn::of(recipe);
    let frame = upright.straightened(turn);
    if let Some(area) = recipe.crops.get(&crop) {
        let part = frame.part(*area);
        return part.shaped(crop.ratio(), part.middle());
    }
    let whole = frame.whole();
    let near = recipe.focal.map_or(whole.middle(), |focal| moved(focal, upright, turn));
    whole.shaped(crop.ratio(), near)
}

/// Where a point of the picture stands after straightening.
fn moved(focal: Focal, upright: Extent, turn: Turn) -> (f64, f64) {
    let frame = upright.straightened(turn);
    let x = (f64::from(focal.x.get()) / 1000.0 - 0.5) * upright.width;
    let y = (f64::from(focal.y.get()) / 1000.0 - 0.5) * upright.height;
    (
        x * turn.cosine - y * turn.sine + frame.width / 2.0,
        x * turn.sine + y * turn.cosine + frame.height / 2.0,
    )
}

/// The widths at which a crop is made: those that are wanted, no wider than it is, each once, the widest first.
pub(crate) fn widths(part: Part, wanted: &[u32]) -> Vec<u32> {
    let own = part.width.floor().max(1.0) as u32;
    let mut widths: Vec<u32> = wanted.iter().map(|width| (*width).clamp(1, own)).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    widths.dedup();
    widths
}

/// How much of its own size a picture needs so that every crop that is wanted has the pixels for its widest rendition.
pub(crate) fn scale(recipe: &Recipe, wanted: &Wanted, upright: Extent) -> f64 {
    let needed = wanted.widths.iter().map(|(crop, wanted)| {
        let part = place(*crop, recipe, upright);
        widths(part, wanted).first().map_or(0.0, |width| f64::from(*width) / part.width)
    });
    needed.fold(0.0, f64::max).min(1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::recipe::{Thousandths, Tilt};

    const PHOTO: Extent = Extent { width: 6000.0, height: 4000.0 };

    fn area(left: i16, top: i16, width: i16, height: i16) -> Area {
        let [left, top, width, height] = [left, top, width, height].map(Thousandths::new);
        Area { left, top, width, height }
    }

    #[test]
    fn a_crop_without_a_word_stands_in_the_middle_and_is_as_large_as_it_can_be() {
        let part = place(Crop::Square, &Recipe::default(), PHOTO);
        assert_eq!(part, Part { left: 1000.0, top: 0.0, width: 4000.0, height: 4000.0 });
        assert_eq!(place(Crop::Whole, &Recipe::default(), PHOTO), PHOTO.whole());
    }

    #[test]
    fn the_focal_point_moves_every_crop_that_is_not_placed_by_hand() {
        let focal = Some(Focal { x: Thousandths::new(1000), y: Thousandths::new(0) });
        let hand = BTreeMap::from([(Crop::Lead, area(0, 500, 500, 500))]);
        let recipe = Recipe { focal, crops: hand, ..Recipe::default() };
        assert_eq!(place(Crop::Square, &recipe, PHOTO).left, 2000.0);
        let lead = place(Crop::Lead, &recipe, PHOTO);
        assert_eq!((lead.left, lead.width), (0.0, 3000.0));
        assert!(
            lead.top > 2000.0 && lead.height < 2000.0,
            "of its own shape within what was drawn: {lead:?}"
        );
    }

    #[test]
    fn a_narrow_picture_comes_once_at_its_own_width_and_never_enlarged() {
        let part = Extent::new((1000, 500)).whole();
        assert_eq!(widths(part, &[400, 1920, 800, 1200]), [1000, 800, 400]);
        assert_eq!(part.size(Crop::Whole, 400), (400, 200));
        assert_eq!(scale(&Recipe::default(), &Wanted::default(), Extent::new((1000, 500))), 1.0);
        assert_eq!(scale(&Recipe::default(), &Wanted::default(), PHOTO), 0.32);
    }

    #[test]
    fn ten_degrees_are_as_exact_as_the_systems_own() {
        for tilt in [-100, -37, 1, 100] {
            let turn = Turn::of(&Recipe { straighten: Tilt::new(tilt), ..Recipe::default() });
            let angle = f64::from(tilt) / 10.0 * std::f64::consts::PI / 180.0;
            assert!((turn.sine - angle.sin()).abs() < 1e-9 && (turn.cosine - angle.cos()).abs() < 1e-9);
        }
    }

    use std::collections::BTreeMap;

    proptest! {
        /// No pixel from outside the picture is ever asked for, whatever the recipe says.
        #[test]
        fn every_crop_lies_within_the_picture(
            size in (1_u32..9000, 1_u32..9000),
            tilt in -100_i16..=100,
            (x, y) in (0_i16..=1000, 0_i16..=1000),
            hand in prop::option::of((0_i16..=1000, 0_i16..=1000, 0_i16..=1000, 0_i16..=1000)),
        ) {
            let focal = Some(Focal { x: Thousandths::new(x), y: Thousandths::new(y) });
            let hand = hand.map(|(left, top, width, height)| area(left, top, width, height));
            for crop in [Crop::Whole, Crop::Lead, Crop::List, Crop::Square, Crop::Portrait, Crop::Share] {
                let crops = hand.map(|area| (crop, area)).into_iter().collect();
                let recipe = Recipe { straighten: Tilt::new(tilt), focal, crops, ..Recipe::default() };
                let upright = Extent::new(size);
                let frame = upright.straightened(Turn::of(&recipe));
                let part = place(crop, &recipe, upright);
                prop_assert!(part.left >= 0.0 && part.top >= 0.0, "{part:?}");
                prop_assert!(part.left + part.width <= frame.width.max(1.0) + 1e-6, "{part:?} of {frame:?}");
                prop_assert!(part.top + part.height <= frame.height.max(1.0) + 1e-6, "{part:?} of {frame:?}");
            }
        }
    }
}
