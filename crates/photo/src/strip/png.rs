//! PNG: the chunks that make the picture are copied with their checksums, all others are left out.

use crate::header::{png, take, u32_be};

/// What says how the pixels are meant; all else that is not needed to draw them is words, times and places.
const KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV",
    b"cLLI", b"sBIT", b"bKGD", b"pHYs",
];

pub(crate) fn strip(bytes: &[u8], up: Option<[u8; 26]>) -> Result<Vec<u8>, &'static str> {
    const CUT: &str = "a chunk of the PNG reaches beyond the file";
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(png::MAGIC);
    let mut up = up;
    let mut at = png::MAGIC.len();
    loop {
        let length = u32_be(bytes, at).and_then(|length| usize::try_from(length).ok()).ok_or(CUT)?;
        let name: [u8; 4] = take(bytes, at + 4).ok_or(CUT)?;
        let end = at.checked_add(12).and_then(|at| at.checked_add(length)).ok_or(CUT)?;
        let chunk = bytes.get(at..end).ok_or(CUT)?;
        if name == *b"acTL" {
            return Err("the PNG moves");
        }
        let is_kept = KEPT.contains(&&name);
        if !is_kept && name.first().is_some_and(u8::is_ascii_uppercase) {
            return Err("the PNG has a part that is not known here, and cannot be drawn without it");
        }
        if name == *b"IDAT" {
            out.extend(up.take().map(|exif| whole(*b"eXIf", &exif)).into_iter().flatten());
        }
        if is_kept {
            out.extend_from_slice(chunk);
        }
        if name == *b"IEND" {
            return Ok(out);
        }
        at = end;
    }
}

/// A chunk.
pub(crate) fn whole(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(0).to_be_bytes();
    let checksum = crc(&[&name, data].concat()).to_be_bytes();
    [&length, name.as_slice(), data, &checksum].concat()
}

/// CRC-32 as PNG (annex D) has it, bit by bit: it is over some bytes, or some kilobytes of words.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_that_every_png_ends_with() {
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }
}
