//! TIFF 6.0: a header, and a directory of fields anywhere in the file. Only the first directory is looked at: it is
//! the picture, the rest are other pages.
//!
//! Cameras' raw files have the same first bytes and a thumbnail for a first picture. They are no TIFF here: a photo
//! must not come out of them at the size of a stamp.

use std::ops::Range;

use super::{Size, take};

pub(super) const MAGIC: [&[u8]; 2] = [b"II*\0", b"MM\0*"];

const SUBFILE: u16 = 254;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const PHOTOMETRIC: u16 = 262;
const STRIP_OFFSETS: u16 = 273;
const STRIP_LENGTHS: u16 = 279;
const TILE_OFFSETS: u16 = 324;
const TILE_LENGTHS: u16 = 325;
pub(crate) const XMP: u16 = 700;
pub(crate) const IIM: u16 = 33_723;
pub(crate) const PHOTOSHOP: u16 = 34_377;
pub(crate) const ICC: u16 = 34_675;
const DNG_VERSION: u16 = 50_706;
/// Photometric interpretations of a sensor's own numbers.
const SENSOR: [u32; 2] = [32_803, 34_892];

/// The first directory.
pub(crate) struct Directory<'a> {
    bytes: &'a [u8],
    is_little: bool,
    /// Where the fields begin.
    begin: usize,
    /// Twelve bytes each.
    fields: &'a [u8],
}

impl<'a> Directory<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let is_little = bytes.starts_with(b"II");
        let mut directory = Self { bytes, is_little, begin: 0, fields: &[] };
        let at = usize::try_from(directory.u32(4)?).ok()?;
        let length = usize::from(directory.u16(at)?) * 12;
        directory.begin = at.checked_add(2)?;
        directory.fields = bytes.get(directory.begin..)?.get(..length)?;
        Some(directory)
    }

    /// The bytes of a field's value.
    pub(crate) fn data(&self, tag: u16) -> Option<&'a [u8]> {
        let (_, range) = self.field(tag)?;
        self.bytes.get(range)
    }

    /// The first number of a field.
    fn number(&self, tag: u16) -> Option<u32> {
        let (kind, range) = self.field(tag)?;
        self.element(kind, range.start)
    }

    /// Type and place of a field's value: in the field itself when it fits, else where the field says.
    fn field(&self, tag: u16) -> Option<(u16, Range<usize>)> {
        let fields = self.fields.as_chunks::<12>().0;
        let index =
            fields.iter().position(|field| take(field, 0).map(|two| self.of_two(two)) == Some(tag))?;
        let field = fields.get(index)?;
        let kind = self.of_two(take(field, 2)?);
        let count = usize::try_from(self.of_four(take(field, 4)?)).ok()?;
        let length = count.checked_mul(width(kind)?)?;
        let begin = match length {
            0..=4 => self.begin + index * 12 + 8,
            _ => usize::try_from(self.of_four(take(field, 8)?)).ok()?,
        };
        let range = begin..begin.checked_add(length)?;
        self.bytes.get(range.clone())?;
        Some((kind, range))
    }

    fn element(&self, kind: u16, at: usize) -> Option<u32> {
        match kind {
            1 => self.bytes.get(at).copied().map(u32::from),
            3 => self.u16(at).map(u32::from),
            4 => self.u32(at),
            _ => None,
        }
    }

    /// Whether every strip or tile lies within the file.
    fn is_whole(&self) -> bool {
        let within = |offsets, lengths| {
            let (Some(offsets), Some(lengths)) = (self.numbers(offsets), self.numbers(lengths)) else {
                return None;
            };
            let mut pairs = offsets.zip(lengths).peekable();
            pairs.peek()?;
            let size = self.bytes.len() as u64;
            Some(pairs.all(|(offset, length)| u64::from(offset) + u64::from(length) <= size))
        };
        within(STRIP_OFFSETS, STRIP_LENGTHS).or_else(|| within(TILE_OFFSETS, TILE_LENGTHS)) == Some(true)
    }

    fn numbers(&self, tag: u16) -> Option<impl Iterator<Item = u32>> {
        let (kind, range) = self.field(tag)?;
        Some(range.step_by(width(kind)?).filter_map(move |at| self.element(kind, at)))
    }

    fn u16(&self, at: usize) -> Option<u16> {
        take(self.bytes, at).map(|two| self.of_two(two))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        take(self.bytes, at).map(|four| self.of_four(four))
    }

    fn of_two(&self, two: [u8; 2]) -> u16 {
        if self.is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }
    }

    fn of_four(&self, four: [u8; 4]) -> u32 {
        if self.is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }
    }
}

/// Bytes of one value of a type.
fn width(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 => Some(8),
        _ => None,
    }
}

/// A raw file of Canon's, Adobe's, Nikon's, Sony's or another maker's.
pub(super) fn is_raw(bytes: &[u8]) -> bool {
    if bytes.get(8..10) == Some(b"CR") {
        return true;
    }
    let Some(directory) = Directory::new(bytes) else { return false };
    let is_reduced = directory.number(SUBFILE).is_some_and(|kind| kind & 1 == 1);
    let is_sensor = directory.number(PHOTOMETRIC).is_some_and(|kind| SENSOR.contains(&kind));
    is_reduced || is_sensor || directory.data(DNG_VERSION).is_some()
}

pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    let directory = Directory::new(bytes)?;
    Some(Size { width: directory.number(WIDTH)?, height: directory.number(HEIGHT)? })
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    Directory::new(bytes).is_some_and(|directory| directory.is_whole())
}
