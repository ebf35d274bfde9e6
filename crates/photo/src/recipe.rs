//! How a picture is to be shown: pure data, without a codec in it. The original stays as it is; a recipe is read anew
//! each time, and the same recipe over the same bytes gives the same bytes.
//!
//! Every number is bounded by its type, so that there is no recipe that cannot be carried out. Places are thousandths
//! of the picture as it stands after EXIF's orientation and the recipe's own quarter turns, left to right and top to
//! bottom: the same for every size of the picture.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i16", into = "i16")]
pub struct Within<const MIN: i16, const MAX: i16>(i16);

/// A number that is out of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{found} is not within {least} to {most}")]
pub struct OutOfBounds {
    found: i16,
    least: i16,
    most: i16,
}

impl<const MIN: i16, const MAX: i16> Within<MIN, MAX> {
    /// The number, moved into the bounds.
    pub fn new(number: i16) -> Self {
        Self(number.clamp(MIN, MAX))
    }

    /// The number.
    pub fn get(self) -> i16 {
        self.0
    }
}

impl<const MIN: i16, const MAX: i16> TryFrom<i16> for Within<MIN, MAX> {
    type Error = OutOfBounds;

    fn try_from(found: i16) -> Result<Self, OutOfBounds> {
        let known = (MIN..=MAX).contains(&found).then_some(Self(found));
        known.ok_or(OutOfBounds { found, least: MIN, most: MAX })
    }
}

impl<const MIN: i16, const MAX: i16> From<Within<MIN, MAX>> for i16 {
    fn from(within: Within<MIN, MAX>) -> Self {
        within.0
    }
}

impl<const MIN: i16, const MAX: i16> Default for Within<MIN, MAX> {
    /// Nothing, or what is next to it.
    fn default() -> Self {
        Self::new(0)
    }
}

/// A place or a length, of 1000.
pub type Thousandths = Within<0, 1000>;
/// Tenths of a degree, with the clock: at most ten degrees, for more is another picture.
pub type Tilt = Within<-100, 100>;
/// Hundredths of the way to white or black, and of contrast. Within what agencies allow, which is what a darkroom did
/// for the picture as a whole: at this bound a grey of 50 moves by less than a tenth of the scale, so that nothing
/// that can be seen goes away, and day stays day.
pub type Tone = Within<-20, 20>;

/// What is done to a picture before it is shown. The empty recipe shows it as it is. Mirroring is not on offer: it
/// makes another truth of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Recipe {
    /// Quarter turns with the clock.
    pub turns: Within<0, 3>,
    /// Turns the picture by little, and cuts off the corners that would be empty.
    pub straighten: Tilt,
    /// What must stay to be seen: places every crop that was not placed by hand.
    pub focal: Option<Focal>,
    /// Crops that were placed by hand.
    pub crops: BTreeMap<Crop, Area>,
    /// Lighter or darker, as a whole.
    pub brightness: Tone,
    /// More or less contrast, as a whole.
    pub contrast: Tone,
    /// Parts that nobody must recognise.
    pub blurs: Vec<Blur>,
}

/// A point of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Focal {
    /// From the left.
    pub x: Thousandths,
    /// From the top.
    pub y: Thousandths,
}

/// A part of the picture. What reaches beyond the picture's edge is left out. Of a crop it is counted in what is left
/// after straightening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area {
    /// From the left.
    pub left: Thousandths,
    /// From the top.
    pub top: Thousandths,
    /// Of the picture's width.
    pub width: Thousandths,
    /// Of the picture's height.
    pub height: Thousandths,
}

/// The shapes in which a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Crop {
    /// Uncut, but for straightening; by hand, of any shape.
    Whole,
    /// Above a story, 16:9.
    Lead,
    /// In a list, 3:2.
    List,
    /// 1:1.
    Square,
    /// 4:5.
    Portrait,
    /// What other sites show for a link, 1200 × 630.
    Share,
}

impl Crop {
    /// Width to height, where the shape has one.
    pub fn ratio(self) -> Option<(u32, u32)> {
        match self {
            Self::Whole => None,
            Self::Lead => Some((16, 9)),
            Self::List => Some((3, 2)),
            Self::Square => Some((1, 1)),
            Self::Portrait => Some((4, 5)),
            Self::Share => Some((1200, 630)),
        }
    }
}

/// A part that is made unrecognisable for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Blur {
    /// Its outline.
    pub shape: Shape,
    /// Where; of an ellipse, the rectangle around it.
    pub area: Area,
}

/// The outline of a blur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    /// A rectangle.
    Rectangle,
    /// An ellipse.
    Ellipse,
}

/// What is to be made of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    /// Each of these shapes at each of its widths in pixels, as `srcset` names them. A picture is never enlarged: where
    /// it is narrower, it comes once at its own width, and no two come at the same.
    pub widths: BTreeMap<Crop, Vec<u32>>,
    /// All of them in each of these formats.
    pub formats: Vec<Format>,
}

/// A format for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// Progressive JPEG, or PNG where something shines through.
    Jpeg,
    /// Lossy WebP.
    WebP,
}

impl Default for Wanted {
    /// The whole picture for `srcset`, in both formats.
    fn default() -> Self {
        Self {
            widths: BTreeMap::from([(Crop::Whole, vec![1920, 1200, 800, 400])]),
            formats: vec![Format::Jpeg, Format::WebP],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_bounds_is_refused_and_never_moved_in_silence() {
        assert_eq!(Tilt::try_from(101), Err(OutOfBounds { found: 101, least: -100, most: 100 }));
        assert_eq!(Tilt::try_from(-100).map(Tilt::get), Ok(-100));
        assert_eq!(Within::<0, 3>::new(9).get(), 3);
        assert_eq!(Within::<5, 9>::default().get(), 5);
    }
}
