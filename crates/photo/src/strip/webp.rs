//! WebP: the frame, its transparency and its profile are copied; the flags say what is there afterwards.

use crate::header::{take, u32_le};

const CUT: &str = "a chunk of the WebP reaches beyond the file";
/// Bits of the extended header's first byte.
const ANIMATED: u8 = 0x02;
pub(crate) const XMP: u8 = 0x04;
const EXIF: u8 = 0x08;

pub(super) fn strip(bytes: &[u8], up: Option<[u8; 26]>) -> Result<Vec<u8>, &'static str> {
    let told = u32_le(bytes, 4).and_then(|length| usize::try_from(length).ok());
    let end = told.and_then(|length| length.checked_add(8)).filter(|end| *end <= bytes.len()).ok_or(CUT)?;
    let mut chunks = Vec::with_capacity(bytes.len());
    let (mut at, mut is_extended) = (12, false);
    while at + 8 <= end {
        let name: [u8; 4] = take(bytes, at).ok_or(CUT)?;
        let length = u32_le(bytes, at + 4).and_then(|length| usize::try_from(length).ok()).ok_or(CUT)?;
        let data = at.checked_add(8).and_then(|data| Some(data..data.checked_add(length)?)).ok_or(CUT)?;
        let data = bytes.get(data).filter(|_| at + 8 + length <= end).ok_or(CUT)?;
        match &name {
            b"VP8X" => {
                is_extended = true;
                chunks.extend(chunk(name, &header(data, up.is_some())?));
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ICCP" => chunks.extend(chunk(name, data)),
            b"ANIM" | b"ANMF" => return Err("the WebP moves"),
            _ => {}
        }
        at += 8 + length + length % 2;
    }
    if let Some(exif) = up {
        if !is_extended {
            return Err("the WebP has nowhere to say which way is up");
        }
        chunks.extend(chunk(*b"EXIF", &exif));
    }
    let length = u32::try_from(chunks.len() + 4).map_err(|_| CUT)?;
    Ok([b"RIFF".as_slice(), &length.to_le_bytes(), b"WEBP", &chunks].concat())
}

fn header(data: &[u8], has_exif: bool) -> Result<Vec<u8>, &'static str> {
    let (flags, rest) = data.split_first().ok_or(CUT)?;
    if flags & ANIMATED != 0 {
        return Err("the WebP moves");
    }
    let flags = flags & !(XMP | EXIF) | if has_exif { EXIF } else { 0 };
    Ok([&[flags], rest].concat())
}

/// Data of an odd length is followed by a zero that the length does not count.
pub(crate) fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(0).to_le_bytes();
    let pad: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&name, length.as_slice(), data, pad].concat()
}
