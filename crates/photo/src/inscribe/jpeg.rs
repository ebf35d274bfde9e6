//! JPEG: XMP in APP1 and IIM in APP13, behind JFIF's own segment, which has to come first.

use super::{Inscription, iim, xmp};
use crate::{
    header::jpeg::{self, SCAN},
    metadata::RESOURCE,
};

const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP13: u8 = 0xED;
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const CUT: &str = "a segment of the JPEG reaches beyond the file";

pub(super) fn inscribe(bytes: &[u8], words: &Inscription) -> Result<Vec<u8>, &'static str> {
    let packet = segment(APP1, &[XMP, xmp::packet(words).as_bytes()].concat())?;
    let record = iim::record(words);
    let length = u32::try_from(record.len()).map_err(|_| CUT)?.to_be_bytes();
    let pad: &[u8] = if record.len() % 2 == 1 { &[0] } else { &[] };
    let block = [b"8BIM".as_slice(), &RESOURCE.to_be_bytes(), &[0, 0], &length, &record, pad].concat();
    let mut inserted = [packet, segment(APP13, &[PHOTOSHOP, &block].concat())?].concat();
    let mut out = vec![0xFF, jpeg::SOI];
    let mut at = 2;
    loop {
        let segment = jpeg::next(bytes, at).ok_or(CUT)?;
        let end = jpeg::after(bytes, &segment).ok_or(CUT)?;
        let body = bytes.get(segment.at..end).ok_or(CUT)?;
        if segment.marker != APP0 {
            out.append(&mut inserted);
        }
        if segment.marker == SCAN {
            out.extend_from_slice(bytes.get(segment.at - 2..).ok_or(CUT)?);
            return Ok(out);
        }
        if !is_of_words(segment.marker, body) {
            out.extend_from_slice(&[0xFF, segment.marker]);
            out.extend_from_slice(body);
        }
        at = end;
    }
}

fn is_of_words(marker: u8, body: &[u8]) -> bool {
    let data = body.get(2..).unwrap_or_default();
    (marker == APP1 && data.starts_with(XMP)) || (marker == APP13 && data.starts_with(PHOTOSHOP))
}

fn segment(marker: u8, data: &[u8]) -> Result<Vec<u8>, &'static str> {
    let length = u16::try_from(data.len() + 2).map_err(|_| "the words are too long for a segment")?;
    Ok([&[0xFF, marker], length.to_be_bytes().as_slice(), data].concat())
}
