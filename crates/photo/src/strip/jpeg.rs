//! JPEG: tables, frames and scans are copied; of the application segments only those that say how colours are meant.

use crate::header::jpeg::{self, Segment};

/// How an ICC profile's segments begin; other makers use the same marker for thumbnails and depth.
const ICC: &[u8] = b"ICC_PROFILE\0";
const ADOBE: &[u8] = b"Adobe";
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;
const COMMENT: u8 = 0xFE;
const CUT: &str = "a segment of the JPEG reaches beyond the file";

pub(super) fn strip(bytes: &[u8], up: Option<[u8; 26]>) -> Result<Vec<u8>, &'static str> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&[0xFF, jpeg::SOI]);
    let mut up = up;
    let mut at = 2;
    loop {
        let segment = jpeg::next(bytes, at).ok_or(CUT)?;
        if segment.marker == jpeg::EOI {
            out.extend_from_slice(&[0xFF, jpeg::EOI]);
            return Ok(out);
        }
        let end = jpeg::after(bytes, &segment).ok_or(CUT)?;
        let body = bytes.get(segment.at..end).ok_or(CUT)?;
        match segment.marker {
            APP0 => out.extend(plain_jfif(body)),
            _ if is_kept(&segment, body) => {
                // JFIF comes first where there is one, and EXIF before all the rest.
                out.extend(up.take().map(orientation).into_iter().flatten());
                out.extend_from_slice(&[0xFF, segment.marker]);
                out.extend_from_slice(body);
            }
            _ => {}
        }
        at = end;
        if segment.marker == jpeg::SCAN {
            let next = jpeg::next(bytes, at).ok_or(CUT)?;
            // Everything up to the `FF` of the next marker is the scan's own.
            out.extend_from_slice(bytes.get(at..next.at.saturating_sub(2)).ok_or(CUT)?);
            at = next.at.saturating_sub(2);
        }
    }
}

fn is_kept(segment: &Segment, body: &[u8]) -> bool {
    let says = |words: &[u8]| body.get(2..).is_some_and(|data| data.starts_with(words));
    match segment.marker {
        APP2 => says(ICC),
        APP14 => says(ADOBE),
        0xE0..=0xEF | COMMENT => false,
        _ => true,
    }
}

/// JFIF's version and density without its thumbnail; nothing for another maker's segment.
fn plain_jfif(body: &[u8]) -> Vec<u8> {
    let Some(fields) = body.get(2..14).filter(|fields| fields.starts_with(b"JFIF\0")) else {
        return Vec::new();
    };
    [&[0xFF, APP0, 0, 16], fields, &[0, 0]].concat()
}

fn orientation(exif: [u8; 26]) -> Vec<u8> {
    [&[0xFF, APP1, 0, 34], b"Exif\0\0".as_slice(), &exif].concat()
}
