//! Reads XMP (ISO 16684-1). Fields are known by their customary prefixes; a packet that declares others for the same
//! namespaces is read by those.

use std::collections::BTreeMap;

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::{Field, Found};

/// Longest packet that is looked at.
const LONGEST: usize = 1024 * 1024;
/// Prefixes that a packet may give to the namespaces that are known here.
const MOST_ALIASES: usize = 32;

const NAMESPACES: &[(&str, &str)] = &[
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://ns.adobe.com/photoshop/1.0/", "photoshop"),
    ("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore"),
    ("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt"),
    ("http://ns.adobe.com/xap/1.0/rights/", "xmpRights"),
    ("http://ns.adobe.com/xap/1.0/mm/", "xmpMM"),
    ("http://ns.adobe.com/exif/1.0/", "exif"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
];

/// What XMP says.
#[derive(Debug, Default)]
pub(crate) struct FromXmp {
    pub(crate) location: bool,
    pub(crate) found: Found,
}

/// A packet that cannot be read says what stood before the fault.
pub(crate) fn read(packet: Option<&[u8]>) -> FromXmp {
    let packet = packet.filter(|packet| packet.len() <= LONGEST);
    let Some(text) = packet.and_then(|packet| str::from_utf8(packet).ok()) else { return FromXmp::default() };
    let mut reading = Reading::default();
    let mut reader = Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = reading.name_of(&tag);
                reading.enter(&name);
                reading.attributes(&tag);
            }
            Event::Empty(tag) => {
                let name = reading.name_of(&tag);
                reading.enter(&name);
                reading.attributes(&tag);
                reading.leave(&name);
            }
            Event::End(tag) => {
                let name = reading.customary(tag.name().as_ref());
                reading.leave(&name);
            }
            Event::Text(text) => reading.text.push_str(&text.xml10_content()),
            Event::CData(text) => reading.text.push_str(&text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => reading.text.push(letter),
                _ => reading.text.push_str(entity(&name.xml10_content())),
            },
            _ => {}
        }
    }
    reading.finish()
}

/// A place is told in three ways: by fields of its own, or as a structure of what is shown or where the camera stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    Plain,
    Shown,
    Taken,
}

#[derive(Default)]
struct Reading {
    out: FromXmp,
    /// What the packet calls a namespace, and what everybody else does.
    aliases: BTreeMap<String, &'static str>,
    /// The field that is being read, and its text so far. Its alternatives, of which the first counts, and its members
    /// stand in `rdf:li`.
    field: Option<Field>,
    text: String,
    /// Within the history or the ingredients of the picture: that is said of other pictures.
    elsewhere: usize,
    structure: Option<Where>,
    places: BTreeMap<(Field, Where), String>,
}

impl Reading {
    /// The element's customary name. Prefixes that it declares hold from here on.
    fn name_of(&mut self, tag: &BytesStart<'_>) -> String {
        for attribute in tag.attributes().flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else { continue };
            let known = NAMESPACES.iter().find(|(uri, _)| attribute.value.as_ref() == *uri);
            if let Some((_, customary)) = known.filter(|_| self.aliases.len() < MOST_ALIASES) {
                self.aliases.insert(prefix.to_owned(), customary);
            }
        }
        self.customary(tag.name().as_ref())
    }

    fn customary(&self, name: &str) -> String {
        let aliased = name.split_once(':').and_then(|(prefix, rest)| Some((self.aliases.get(prefix)?, rest)));
        aliased.map_or_else(|| name.to_owned(), |(prefix, rest)| format!("{prefix}:{rest}"))
    }

    fn enter(&mut self, name: &str) {
        self.text.clear();
        self.out.location |= is_place(name);
        if self.elsewhere > 0 || name.starts_with("xmpMM:") {
            self.elsewhere += 1;
            return;
        }
        match name {
            "Iptc4xmpExt:LocationShown" => self.structure = Some(Where::Shown),
            "Iptc4xmpExt:LocationCreated" => self.structure = Some(Where::Taken),
            _ => {}
        }
        if let Some((field, _)) = field(name) {
            self.field = Some(field);
        }
    }

    fn leave(&mut self, name: &str) {
        let text = std::mem::take(&mut self.text);
        if self.elsewhere > 0 {
            self.elsewhere -= 1;
            return;
        }
        if matches!(name, "Iptc4xmpExt:LocationShown" | "Iptc4xmpExt:LocationCreated") {
            self.structure = None;
        }
        match (field(name), self.field) {
            (Some((field, place)), _) => {
                self.put(field, place, text);
                self.field = None;
            }
            (None, Some(field)) if name == "rdf:li" => self.put(field, Where::Plain, text),
            _ => {}
        }
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) {
        for attribute in tag.attributes().flatten() {
            let name = self.customary(attribute.key.as_ref());
            self.out.location |= is_place(&name);
            let Some((field, place)) = field(&name).filter(|_| self.elsewhere == 0) else { continue };
            if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
                self.put(field, place, value.into_owned());
            }
        }
    }

    fn put(&mut self, field: Field, place: Where, text: String) {
        if text.trim().is_empty() {
            return;
        }
        match is_of_place(field) {
            false => self.out.found.add(field, text),
            true => {
                let place =
                    if place == Where::Plain { place } else { self.structure.unwrap_or(Where::Taken) };
                self.places.entry((field, place)).or_insert(text);
            }
        }
    }

    /// Of the three ways of telling a place the plain one counts first, then what is shown.
    fn finish(mut self) -> FromXmp {
        for ((field, _), text) in std::mem::take(&mut self.places) {
            self.out.found.add(field, text);
        }
        self.out
    }
}

/// The field of a property, and for parts of a place whether it belongs to a structure.
fn field(name: &str) -> Option<(Field, Where)> {
    Some(match name {
        "dc:description" => (Field::Description, Where::Plain),
        "dc:creator" => (Field::Creator, Where::Plain),
        "dc:rights" => (Field::CopyrightNotice, Where::Plain),
        "photoshop:Headline" => (Field::Headline, Where::Plain),
        "photoshop:Credit" => (Field::CreditLine, Where::Plain),
        "photoshop:Source" => (Field::Source, Where::Plain),
        "photoshop:DateCreated" => (Field::DateCreated, Where::Plain),
        "photoshop:City" => (Field::City, Where::Plain),
        "photoshop:State" => (Field::ProvinceState, Where::Plain),
        "photoshop:Country" => (Field::Country, Where::Plain),
        "xmpRights:UsageTerms" => (Field::UsageTerms, Where::Plain),
        "Iptc4xmpCore:Location" => (Field::Sublocation, Where::Plain),
        "Iptc4xmpCore:AltTextAccessibility" => (Field::AltText, Where::Plain),
        "Iptc4xmpCore:ExtDescrAccessibility" => (Field::ExtendedDescription, Where::Plain),
        "Iptc4xmpExt:DigitalSourceType" => (Field::DigitalSourceType, Where::Plain),
        "Iptc4xmpExt:Sublocation" => (Field::Sublocation, Where::Taken),
        "Iptc4xmpExt:City" => (Field::City, Where::Taken),
        "Iptc4xmpExt:ProvinceState" => (Field::ProvinceState, Where::Taken),
        "Iptc4xmpExt:CountryName" => (Field::Country, Where::Taken),
        _ => return None,
    })
}

fn is_of_place(field: Field) -> bool {
    matches!(field, Field::Sublocation | Field::City | Field::ProvinceState | Field::Country)
}

fn is_place(name: &str) -> bool {
    matches!(name, "exif:GPSLatitude" | "exif:GPSLongitude")
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

    fn said(packet: &str, field: Field) -> String {
        read(Some(packet.as_bytes())).found.value(field).join("|")
    }

    #[test]
    fn the_first_alternative_is_taken_and_attributes_count() {
        assert_eq!(said(PACKET, Field::Description), "নদী & ঘাট");
        assert_eq!(said(PACKET, Field::Creator), "রফিক|Second");
        assert_eq!(said(PACKET, Field::CreditLine), "বাসস & অন্য");
        assert!(read(Some(PACKET.as_bytes())).location);
    }

    #[test]
    fn a_place_is_taken_from_its_own_fields_before_the_structures() {
        let shown = r#"<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li Iptc4xmpExt:City="Chandpur"/></rdf:Bag>
            </Iptc4xmpExt:LocationShown>"#;
        let taken = r#"<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource">
            <Iptc4xmpExt:City>Dhaka</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Bangladesh</Iptc4xmpExt:CountryName>
            </rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>"#;
        let both = format!("{taken}{shown}");
        assert_eq!(said(&both, Field::City), "Chandpur");
        assert_eq!(said(&both, Field::Country), "Bangladesh");
        let plain = format!("<photoshop:City>Khulna</photoshop:City>{both}");
        assert_eq!(said(&plain, Field::City), "Khulna");
    }

    #[test]
    fn other_prefixes_for_the_same_namespaces_are_understood() {
        let packet = r#"<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description
            xmlns:p="http://ns.adobe.com/photoshop/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/" p:Credit="BSS">
            <d:rights><r:Alt><r:li>BSS 2026</r:li></r:Alt></d:rights></r:Description></r:RDF>"#;
        assert_eq!(said(packet, Field::CreditLine), "BSS");
        assert_eq!(said(packet, Field::CopyrightNotice), "BSS 2026");
    }

    #[test]
    fn what_is_said_of_other_pictures_is_not_said_of_this_one() {
        let packet = r#"<rdf:Description><xmpMM:Pantry><rdf:Bag><rdf:li><dc:description>Another</dc:description>
            </rdf:li></rdf:Bag></xmpMM:Pantry><dc:description>This</dc:description></rdf:Description>"#;
        assert_eq!(said(packet, Field::Description), "This");
    }

    #[test]
    fn a_packet_cut_anywhere_never_panics_and_a_billion_laughs_stay_silent() {
        for (end, _) in PACKET.char_indices() {
            read(PACKET.as_bytes().get(..end));
        }
        let bomb =
            r#"<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;">]><dc:description>&b;</dc:description>"#;
        assert_eq!(said(bomb, Field::Description), "");
    }
}
