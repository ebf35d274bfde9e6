//! Reads the little of EXIF that the desk wants to know.

use std::borrow::Cow;

use exif::{Context, Exif, In, Reader, Tag, Value};

use crate::{charset, words::Found};

/// What EXIF says.
#[derive(Debug, Default)]
pub(crate) struct FromExif {
    pub(crate) location: bool,
    pub(crate) words: Found,
}

/// A block that cannot be read says nothing; one that is damaged in part says the rest.
pub(crate) fn read(block: Option<Cow<'_, [u8]>>) -> FromExif {
    let Some(exif) = block.and_then(parse) else { return FromExif::default() };
    let words = Found {
        caption: text(&exif, Tag::ImageDescription),
        by: text(&exif, Tag::Artist),
        credit: String::new(),
    };
    FromExif { location: names_place(&exif), words }
}

fn parse(block: Cow<'_, [u8]>) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    match reader.read_raw(block.into_owned()) {
        Ok(exif) => Some(exif),
        Err(error) => error.distill_partial_result(|_| ()).ok(),
    }
}

/// Any field of the GPS group but the mere version of the group.
fn names_place(exif: &Exif) -> bool {
    exif.fields().any(|field| field.tag.context() == Context::Gps && field.tag != Tag::GPSVersionID)
}

fn text(exif: &Exif, tag: Tag) -> String {
    let value = exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
    let Some(Value::Ascii(lines)) = value else { return String::new() };
    lines.first().map(|line| charset::text(line)).unwrap_or_default()
}
