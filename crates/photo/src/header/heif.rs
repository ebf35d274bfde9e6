//! HEIF (ISO/IEC 23008-12): boxes within boxes. What is read here is where the picture's items lie, how large the main
//! one is, which way is up, and where Exif and XMP stand. The pictures themselves are HEVC or AV1, which nothing here
//! decodes (see [`crate::Foreign`]).

mod boxes;
mod items;

use image::metadata::Orientation;

use super::{Size, take};
use boxes::{Box, boxes};
use items::Items;

/// Major brands of HEVC pictures and of rows of them.
const HEIC: [&[u8; 4]; 6] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];
const AVIF: [&[u8; 4]; 2] = [b"avif", b"avis"];
/// Says only that the file is built this way; the compatible brands say the rest.
const STRUCTURE: [&[u8; 4]; 2] = [b"mif1", b"msf1"];

/// What a container of this kind holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Brand {
    Heic,
    Avif,
}

/// The main picture and what stands beside it.
pub(crate) struct Heif<'a> {
    /// As coded, before [`Heif::orientation`].
    pub(crate) size: Size,
    pub(crate) orientation: Orientation,
    /// The picture is cut before it is shown, so that it may come out smaller than it is told.
    pub(crate) is_cut: bool,
    pub(crate) exif: Option<Vec<u8>>,
    pub(crate) xmp: Option<Vec<u8>>,
    items: Items<'a>,
}

/// By the brands of the first box.
pub(super) fn brand(bytes: &[u8]) -> Option<Brand> {
    let first = boxes(bytes).next().filter(|first| first.name == *b"ftyp")?;
    let brands = first.data.as_chunks::<4>().0;
    let (major, rest) = brands.split_first()?;
    // Four bytes of version stand between the major brand and the compatible ones.
    let compatible = rest.get(1..).unwrap_or_default();
    let decisive = if STRUCTURE.contains(&major) { compatible } else { std::slice::from_ref(major) };
    let names = |known: &[&[u8; 4]]| decisive.iter().any(|brand| known.contains(&brand));
    match () {
        () if names(&AVIF) => Some(Brand::Avif),
        () if names(&HEIC) => Some(Brand::Heic),
        () => None,
    }
}

pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    Heif::new(bytes).map(|heif| heif.size)
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    Heif::new(bytes).is_some_and(|heif| heif.items.are_within(bytes))
}

impl<'a> Heif<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let meta = boxes(bytes).find(|one| one.name == *b"meta")?;
        let items = Items::new(meta.full()?)?;
        let mut heif = Self {
            size: Size { width: 0, height: 0 },
            orientation: Orientation::NoTransforms,
            is_cut: false,
            exif: items.exif(bytes),
            xmp: items.xmp(bytes),
            items,
        };
        let (mut turned, mut mirrored) = (0, None);
        for property in heif.items.properties() {
            match &property.name {
                b"ispe" => heif.size = extents(&property)?,
                b"irot" => turned = property.data.first()? & 0x03,
                b"imir" => mirrored = Some(property.data.first()? & 0x01),
                b"clap" => heif.is_cut = true,
                _ => {}
            }
        }
        heif.orientation = orientation(turned, mirrored);
        (heif.size.width > 0).then_some(heif)
    }
}

fn extents(property: &Box<'_>) -> Option<Size> {
    let data = property.full()?;
    let side = |at| take(data, at).map(u32::from_be_bytes);
    Some(Size { width: side(0)?, height: side(4)? })
}

/// A rotation by quarters against the clock, then a mirror: 0 is top to bottom (about a horizontal axis), 1 is left
/// to right (23008-12, 6.5.10 and 6.5.12).
fn orientation(turned: u8, mirrored: Option<u8>) -> Orientation {
    use Orientation::{FlipHorizontal, FlipVertical, NoTransforms, Rotate90, Rotate180, Rotate270};
    use Orientation::{Rotate90FlipH, Rotate270FlipH};
    match (turned, mirrored) {
        (0, None) => NoTransforms,
        (1, None) => Rotate270,
        (2, None) => Rotate180,
        (_, None) => Rotate90,
        (0, Some(1)) | (2, Some(0)) => FlipHorizontal,
        (0 | 2, Some(_)) => FlipVertical,
        (1, Some(1)) | (3, Some(0)) => Rotate270FlipH,
        (_, Some(_)) => Rotate90FlipH,
    }
}
