//! GIF (89a): a screen, then blocks; each block is a row of sub-blocks that ends with an empty one.

use super::{Size, take, u16_le};

pub(super) const MAGIC: [&[u8]; 2] = [b"GIF87a", b"GIF89a"];

const IMAGE: u8 = 0x2C;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3B;
/// What a screen or an image has behind its fields: a colour table, if this bit is set.
const HAS_TABLE: u8 = 0x80;

/// A block of a GIF, and where it lies.
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) begin: usize,
    pub(crate) end: usize,
}

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Image,
    /// With its label.
    Extension(u8),
    Trailer,
}

/// The logical screen's: what all frames are drawn on.
pub(super) fn size(bytes: &[u8]) -> Option<Size> {
    Some(Size { width: u16_le(bytes, 6)?.into(), height: u16_le(bytes, 8)?.into() })
}

/// To the trailer, with at least one image on the way. Linear in the file's length, however many frames it has.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let (mut at, mut has_image) = (first(bytes), false);
    while let Some(block) = at.and_then(|at| next(bytes, at)) {
        match block.kind {
            Kind::Trailer => return has_image,
            Kind::Image => has_image = true,
            Kind::Extension(_) => {}
        }
        at = Some(block.end);
    }
    false
}

/// Where the first block begins.
pub(crate) fn first(bytes: &[u8]) -> Option<usize> {
    let [flags] = take(bytes, 10)?;
    Some(13 + table(flags))
}

/// The block at `at`.
pub(crate) fn next(bytes: &[u8], at: usize) -> Option<Block> {
    let [introducer] = take(bytes, at)?;
    let (kind, data) = match introducer {
        TRAILER => return Some(Block { kind: Kind::Trailer, begin: at, end: at + 1 }),
        EXTENSION => {
            let [label] = take(bytes, at + 1)?;
            (Kind::Extension(label), at + 2)
        }
        IMAGE => {
            let [flags] = take(bytes, at + 9)?;
            // Behind the table one byte says how the codes begin.
            (Kind::Image, at + 10 + table(flags) + 1)
        }
        _ => return None,
    };
    Some(Block { kind, begin: at, end: after_sub_blocks(bytes, data)? })
}

fn after_sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let [length] = take(bytes, at)?;
        at += 1 + usize::from(length);
        if length == 0 {
            return Some(at);
        }
    }
}

/// Bytes of the colour table that follows.
fn table(flags: u8) -> usize {
    if flags & HAS_TABLE == 0 { 0 } else { 3 << ((flags & 0x07) + 1) }
}
