//! WebP: XMP in a chunk of its own at the end, and an extended header that says so (RFC 9649, 2.7).

use super::{Inscription, xmp};
use crate::{
    MediaType,
    header::{self, take, u32_le},
    strip::webp::{XMP, chunk},
};

const ALPHA: u8 = 0x10;
/// Bit of a lossless frame's header that says that something shines through.
const LOSSLESS_ALPHA: u32 = 1 << 28;
const CUT: &str = "a chunk of the WebP reaches beyond the file";

pub(super) fn inscribe(bytes: &[u8], words: &Inscription) -> Result<Vec<u8>, &'static str> {
    let mut chunks = Vec::with_capacity(bytes.len());
    let mut at = 12;
    let mut extended = None;
    while at + 8 <= bytes.len() {
        let name: [u8; 4] = take(bytes, at).ok_or(CUT)?;
        let length = u32_le(bytes, at + 4).and_then(|length| usize::try_from(length).ok()).ok_or(CUT)?;
        let end = (at + 8).checked_add(length).ok_or(CUT)?;
        let data = bytes.get(at + 8..end).ok_or(CUT)?;
        match &name {
            b"VP8X" => extended = Some(data.to_vec()),
            b"XMP " => {}
            _ => chunks.extend(chunk(name, data)),
        }
        at = end + length % 2;
    }
    let mut head = match extended {
        Some(head) => head,
        None => head_of(bytes)?,
    };
    *head.first_mut().ok_or(CUT)? |= XMP;
    let chunks = [chunk(*b"VP8X", &head), chunks, chunk(*b"XMP ", xmp::packet(words).as_bytes())].concat();
    let length = u32::try_from(chunks.len() + 4).map_err(|_| CUT)?;
    Ok([b"RIFF".as_slice(), &length.to_le_bytes(), b"WEBP", &chunks].concat())
}

/// An extended header for a file that had none: flags, three empty bytes, then width and height, less one, in 24 bits.
fn head_of(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let size = header::size(bytes, MediaType::WebP).map_err(|_| CUT)?;
    let is_clear = bytes.get(12..16) == Some(b"VP8L")
        && u32_le(bytes, 21).is_some_and(|bits| bits & LOSSLESS_ALPHA != 0);
    let side = |pixels: u32| pixels.saturating_sub(1).to_le_bytes().into_iter().take(3);
    let flags = [if is_clear { ALPHA } else { 0 }, 0, 0, 0];
    Ok(flags.into_iter().chain(side(size.width)).chain(side(size.height)).collect())
}
