//! WebP: a RIFF container whose first chunk is a lossy frame, a lossless frame, or the extended header.

use super::{Size, take, u16_le, u32_le};

/// Where the first chunk's data begins.
const DATA: usize = 20;

pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    let chunk: [u8; 4] = take(bytes, 12)?;
    match &chunk {
        b"VP8 " => lossy(bytes),
        b"VP8L" => lossless(bytes),
        b"VP8X" => extended(bytes),
        _ => None,
    }
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let told = u32_le(bytes, 4).and_then(|length| usize::try_from(length).ok());
    told.and_then(|length| length.checked_add(8)).is_some_and(|length| length <= bytes.len())
}

/// RFC 6386, 9.1: three bytes of frame tag, a start code, then 14 bits each.
fn lossy(bytes: &[u8]) -> Option<Size> {
    let start: [u8; 3] = take(bytes, DATA + 3)?;
    (start == [0x9D, 0x01, 0x2A]).then_some(())?;
    let (width, height) = (u16_le(bytes, DATA + 6)?, u16_le(bytes, DATA + 8)?);
    Some(Size { width: u32::from(width & 0x3FFF), height: u32::from(height & 0x3FFF) })
}

/// RFC 9649, 3.4: a signature byte, then 14 bits each of width and height, less one.
fn lossless(bytes: &[u8]) -> Option<Size> {
    (bytes.get(DATA) == Some(&0x2F)).then_some(())?;
    let bits = u32_le(bytes, DATA + 1)?;
    Some(Size { width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1 })
}

/// RFC 9649, 2.7: four bytes of flags, then 24 bits each of width and height, less one.
fn extended(bytes: &[u8]) -> Option<Size> {
    let width = u32_le(bytes, DATA + 4)? & 0x00FF_FFFF;
    let height = u32_le(bytes, DATA + 6)? >> 8;
    Some(Size { width: width + 1, height: height + 1 })
}
