//! JPEG (ITU T.81): a row of segments, each `FF`, a marker and, for most, a length.

use memchr::memchr;

use super::{Size, u16_be};

pub(super) const MAGIC: &[u8] = &[0xFF, 0xD8, 0xFF];

pub(crate) const SOI: u8 = 0xD8;
pub(crate) const EOI: u8 = 0xD9;
/// Start of a scan; the picture's data follows it without a length.
pub(crate) const SCAN: u8 = 0xDA;
const ADOBE: u8 = 0xEE;

/// A marker and where the byte after it stands.
pub(crate) struct Segment {
    pub(crate) marker: u8,
    pub(crate) at: usize,
}

pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    let mut at = 2;
    loop {
        let segment = next(bytes, at)?;
        if is_frame(segment.marker) {
            let (height, width) = (u16_be(bytes, segment.at + 3)?, u16_be(bytes, segment.at + 5)?);
            return Some(Size { width: width.into(), height: height.into() });
        }
        at = after(bytes, &segment)?;
    }
}

/// Walks to the end-of-image marker. A thumbnail's own end stands inside a segment and is stepped over.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        let Some(segment) = next(bytes, at) else { return false };
        if segment.marker == EOI {
            return true;
        }
        let Some(end) = after(bytes, &segment) else { return false };
        at = end;
    }
}

/// The next marker at or after `at`, over entropy-coded data, stuffed zeros, restart markers and fill bytes.
pub(crate) fn next(bytes: &[u8], mut at: usize) -> Option<Segment> {
    loop {
        at = at.checked_add(memchr(0xFF, bytes.get(at..)?)?)? + 1;
        match *bytes.get(at)? {
            0x00 | 0xD0..=0xD7 => at += 1,
            0xFF => {}
            marker => return Some(Segment { marker, at: at + 1 }),
        }
    }
}

/// Where the segment ends. For a scan that is where its data begins.
pub(crate) fn after(bytes: &[u8], segment: &Segment) -> Option<usize> {
    if matches!(segment.marker, SOI | 0x01) {
        return Some(segment.at);
    }
    let length = usize::from(u16_be(bytes, segment.at)?);
    let end = segment.at.checked_add(length)?;
    (length >= 2 && end <= bytes.len() && segment.marker != EOI).then_some(end)
}

/// Start-of-frame markers: `C0` to `CF` but for the three that define tables.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// Whether Adobe's segment stands before the first scan.
pub(crate) fn names_adobe(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(segment) = next(bytes, at).filter(|segment| segment.marker != SCAN) {
        let Some(end) = after(bytes, &segment) else { break };
        let body = bytes.get(segment.at + 2..end).unwrap_or_default();
        if segment.marker == ADOBE && body.starts_with(b"Adobe") {
            return true;
        }
        at = end;
    }
    false
}
