//! Reads caption, credit and creator from XMP. Only the customary prefixes are looked for: every writer uses
//! them, and a caption missed costs a little typing.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use crate::words::Found;

/// Longest XMP packet that is looked at.
const LONGEST: usize = 1024 * 1024;

/// What XMP says.
#[derive(Debug, Default)]
pub(crate) struct FromXmp {
    pub(crate) location: bool,
    pub(crate) words: Found,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Caption,
    By,
    Credit,
}

/// A packet that cannot be read says what stood before the fault.
pub(crate) fn read(packet: Option<&[u8]>) -> FromXmp {
    let packet = packet.filter(|packet| packet.len() <= LONGEST);
    let Some(text) = packet.and_then(|packet| str::from_utf8(packet).ok()) else { return FromXmp::default() };
    let mut found = FromXmp::default();
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                attributes(&tag, &mut found);
                reading.enter(tag.name().as_ref(), &mut found);
            }
            Event::Empty(tag) => attributes(&tag, &mut found),
            Event::End(tag) => reading.leave(tag.name().as_ref()),
            Event::Text(text) => reading.add(&text.xml10_content(), &mut found),
            Event::CData(text) => reading.add(&text.xml10_content(), &mut found),
            Event::GeneralRef(name) => {
                let letter = match name.resolve_char_ref() {
                    Ok(Some(letter)) => letter.to_string(),
                    _ => entity(&name.xml10_content()).to_owned(),
                };
                reading.add(&letter, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Which field is being read. A field's alternatives stand in `rdf:li`; only the first is taken.
#[derive(Default)]
struct Reading {
    field: Option<Field>,
    alternatives: u32,
}

impl Reading {
    fn enter(&mut self, name: &str, found: &mut FromXmp) {
        found.location |= is_place(name);
        match field(name) {
            Some(field) => (self.field, self.alternatives) = (Some(field), 0),
            None if name == "rdf:li" => self.alternatives += 1,
            None => {}
        }
    }

    fn leave(&mut self, name: &str) {
        if field(name).is_some() {
            self.field = None;
        }
    }

    fn add(&self, text: &str, found: &mut FromXmp) {
        let Some(field) = self.field else { return };
        if self.alternatives <= 1 {
            place(field, &mut found.words).push_str(text);
        }
    }
}

fn attributes(tag: &BytesStart<'_>, found: &mut FromXmp) {
    for attribute in tag.attributes().flatten() {
        let name = attribute.key.as_ref();
        found.location |= is_place(name);
        let (Some(field), Ok(value)) = (field(name), attribute.normalized_value(XmlVersion::Implicit1_0))
        else {
            continue;
        };
        place(field, &mut found.words).push_str(&value);
    }
}

fn field(name: &str) -> Option<Field> {
    match name {
        "dc:description" => Some(Field::Caption),
        "dc:creator" => Some(Field::By),
        "photoshop:Credit" => Some(Field::Credit),
        _ => None,
    }
}

fn is_place(name: &str) -> bool {
    matches!(name, "exif:GPSLatitude" | "exif:GPSLongitude")
}

fn place(field: Field, words: &mut Found) -> &mut String {
    match field {
        Field::Caption => &mut words.caption,
        Field::By => &mut words.by,
        Field::Credit => &mut words.credit,
    }
}

/// XML's own five; XMP has no others.
fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: &str = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
        <rdf:Description photoshop:Credit="বাসস &amp; অন্য" exif:GPSLatitude="22,50N">
        <dc:description><rdf:Alt><rdf:li xml:lang="x-default">নদী &amp; ঘাট</rdf:li>
        <rdf:li xml:lang="en">River</rdf:li></rdf:Alt></dc:description>
        <dc:creator><rdf:Seq><rdf:li>রফিক</rdf:li><rdf:li>Second</rdf:li></rdf:Seq></dc:creator>
        </rdf:Description></rdf:RDF></x:xmpmeta>"#;

    #[test]
    fn the_first_alternative_is_taken_and_attributes_count() {
        let found = read(Some(PACKET.as_bytes()));
        assert_eq!(found.words.caption.trim(), "নদী & ঘাট");
        assert_eq!(found.words.by.trim(), "রফিক");
        assert_eq!(found.words.credit, "বাসস & অন্য");
        assert!(found.location);
    }

    #[test]
    fn a_packet_cut_anywhere_never_panics_and_a_billion_laughs_stay_silent() {
        for (end, _) in PACKET.char_indices() {
            read(PACKET.as_bytes().get(..end));
        }
        let bomb =
            r#"<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;">]><dc:description>&b;</dc:description>"#;
        assert_eq!(read(Some(bomb.as_bytes())).words.caption, "");
    }
}
