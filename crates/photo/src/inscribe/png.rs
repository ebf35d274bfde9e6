//! PNG: XMP in an international text before the pixels, uncompressed, as its specification (part 3) asks for.

use super::{Inscription, xmp};
use crate::{
    header::{png, take, u32_be},
    strip::png::whole,
};

/// Keyword, no compression, no language, no translated keyword.
const KEYWORD: &[u8] = b"XML:com.adobe.xmp\0\0\0\0\0";
const CUT: &str = "a chunk of the PNG reaches beyond the file";

pub(super) fn inscribe(bytes: &[u8], words: &Inscription) -> Result<Vec<u8>, &'static str> {
    let mut inserted = whole(*b"iTXt", &[KEYWORD, xmp::packet(words).as_bytes()].concat());
    let mut out = png::MAGIC.to_vec();
    let mut at = png::MAGIC.len();
    loop {
        let length = u32_be(bytes, at).and_then(|length| usize::try_from(length).ok()).ok_or(CUT)?;
        let name: [u8; 4] = take(bytes, at + 4).ok_or(CUT)?;
        let end = at.checked_add(12).and_then(|at| at.checked_add(length)).ok_or(CUT)?;
        let chunk = bytes.get(at..end).ok_or(CUT)?;
        if name == *b"IDAT" {
            out.append(&mut inserted);
        }
        if !chunk.get(8..).is_some_and(|data| name == *b"iTXt" && data.starts_with(KEYWORD)) {
            out.extend_from_slice(chunk);
        }
        if name == *b"IEND" {
            return Ok(out);
        }
        at = end;
    }
}
