//! Reads the little of EXIF that the desk wants to know.

use std::borrow::Cow;

use exif::{Context, Exif, In, Reader, Tag, Value};

use super::{Field, Found, charset::Charset, date};

/// What EXIF says.
#[derive(Debug, Default)]
pub(crate) struct FromExif {
    pub(crate) location: bool,
    pub(crate) found: Found,
}

/// A block that cannot be read says nothing; one that is damaged in part says the rest.
pub(crate) fn read(block: Cow<'_, [u8]>) -> FromExif {
    let Some(exif) = parse(block) else { return FromExif::default() };
    let mut found = Found::default();
    let mut add = |field, tag| found.add(field, text(&exif, tag));
    add(Field::Description, Tag::ImageDescription);
    add(Field::CopyrightNotice, Tag::Copyright);
    // Several photographers stand in one field.
    text(&exif, Tag::Artist).split(';').for_each(|name| found.add(Field::Creator, name.to_owned()));
    let taken = text(&exif, Tag::DateTimeOriginal);
    let date = date::of_exif(&taken, &text(&exif, Tag::OffsetTimeOriginal));
    found.add(Field::DateCreated, date.unwrap_or_default());
    FromExif { location: names_place(&exif), found }
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

/// The first line that says something: of a copyright, the photographer's part comes before the editor's and may be
/// blank.
fn text(exif: &Exif, tag: Tag) -> String {
    let value = exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
    let Some(Value::Ascii(lines)) = value else { return String::new() };
    let mut lines = lines.iter().map(|line| Charset::Untold.text(line));
    lines.find(|line| !line.trim().is_empty()).unwrap_or_default()
}
