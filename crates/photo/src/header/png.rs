//! PNG: a signature, then chunks of length, type, data and checksum.

use super::{Size, take, u32_be};

pub(crate) const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    let first: [u8; 4] = take(bytes, 12)?;
    (first == *b"IHDR").then_some(())?;
    Some(Size { width: u32_be(bytes, 16)?, height: u32_be(bytes, 20)? })
}

pub(super) fn is_whole(bytes: &[u8]) -> bool {
    walk(bytes).is_some()
}

/// To the end of the `IEND` chunk.
fn walk(bytes: &[u8]) -> Option<usize> {
    let mut at = MAGIC.len();
    loop {
        let length = usize::try_from(u32_be(bytes, at)?).ok()?;
        let name: [u8; 4] = take(bytes, at + 4)?;
        at = at.checked_add(12)?.checked_add(length)?;
        bytes.get(..at)?;
        if name == *b"IEND" {
            return Some(at);
        }
    }
}
