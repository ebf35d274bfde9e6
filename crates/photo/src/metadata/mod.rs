//! What photographers and agencies wrote into the file, by the names of the IPTC Photo Metadata Standard 2023.1.
//!
//! Three blocks can say the same thing: XMP, the older IIM, and EXIF. A field is taken from the first that has it, in
//! that order ([`Block`]), and what the others say otherwise is not thrown away but listed ([`Clash`]): an agency's
//! correction that an old program wrote into one block only is seen by a person. Why this order: [ADR 32].
//!
//! [ADR 32]: ../../../docs/adr/0032-photo-metadata.md

mod charset;
mod date;
mod exif;
mod field;
mod iim;
mod source_type;
mod words;
mod xmp;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

pub(crate) use date::to_iim as to_iim_date;
pub(crate) use exif::read as read_exif;
pub use field::Field;
pub(crate) use field::cut;
pub(crate) use iim::RESOURCE;
pub use source_type::{DigitalSourceType, Making};
pub use words::Words;

use crate::decode::Beside;

/// What one photo says of itself. An empty field is one that no block has. All texts are single lines without control
/// characters, no longer than [`Field::longest`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// A short line above the picture's text.
    pub headline: String,
    /// What is to be seen; a newspaper's caption.
    pub description: String,
    /// Alt Text (Accessibility): what the picture shows, for people who do not see it.
    pub alt_text: String,
    /// Extended Description (Accessibility).
    pub extended_description: String,
    /// Photographers, by-line by by-line. At most [`Field::CREATORS`].
    pub creators: Vec<String>,
    /// As it is to be printed.
    pub credit_line: String,
    /// Who holds the copyright.
    pub copyright_notice: String,
    /// Rights Usage Terms: what may be done with the picture.
    pub usage_terms: String,
    /// When it was taken: ISO 8601 as XMP has it, from a year to a second with its zone.
    pub date_created: String,
    /// Where it was taken, or what it shows.
    pub location: Location,
    /// Who handed the picture on.
    pub source: String,
    /// How the picture came into being.
    pub digital_source_type: Option<DigitalSourceType>,
    /// Where two blocks contradict each other, by field.
    pub clashes: Vec<Clash>,
}

/// A place in words. Coordinates are not read: a camera's place is private until somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// A village, a street, a river bank.
    pub sublocation: String,
    /// City.
    pub city: String,
    /// Province or state.
    pub province_state: String,
    /// Country, by its name.
    pub country: String,
}

/// A kind of metadata block, the most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// Adobe's XMP, which IPTC's standard is written in today.
    Xmp,
    /// IPTC's Information Interchange Model of 1991.
    Iim,
    /// The camera's own.
    Exif,
}

/// Two blocks that say two things of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Which.
    pub field: Field,
    /// Where the kept value stands.
    pub kept_from: Block,
    /// What is kept.
    pub kept: String,
    /// Where the other stands.
    pub other_from: Block,
    /// What it says.
    pub other: String,
}

/// What one block says, as it stands there, in the order of the block. A field that repeats has several values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found(BTreeMap<Field, Vec<String>>);

impl Found {
    pub(crate) fn add(&mut self, field: Field, value: String) {
        let values = self.0.entry(field).or_default();
        if values.len() < field.most() && !value.trim().is_empty() {
            values.push(value);
        }
    }

    /// Nothing is said by a value that is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }

    /// Bounded and in the form in which [`Metadata`] has it.
    fn value(&self, field: Field) -> Vec<String> {
        let values = self.0.get(&field).into_iter().flatten();
        values.map(|value| field.tidy(value)).filter(|value| !value.is_empty()).collect()
    }
}

/// From all three blocks of a file.
pub(crate) fn read(beside: Beside<'_>) -> (Metadata, bool) {
    let exif = beside.exif.map(exif::read).unwrap_or_default();
    let xmp = xmp::read(beside.xmp.as_deref());
    let iim = iim::read(beside.iptc.as_deref());
    let metadata = merge(&[(Block::Xmp, xmp.found), (Block::Iim, iim), (Block::Exif, exif.found)]);
    (metadata, exif.location || xmp.location)
}

fn merge(blocks: &[(Block, Found)]) -> Metadata {
    let mut clashes = Vec::new();
    let mut values = BTreeMap::new();
    for field in Field::ALL {
        let mut said = blocks
            .iter()
            .map(|(block, found)| (*block, found.value(field)))
            .filter(|(_, value)| !value.is_empty());
        let Some((kept_from, kept)) = said.next() else { continue };
        for (other_from, other) in said {
            if !agree(field, &kept, (other_from, &other)) {
                let (kept, other) = (kept.join("; "), other.join("; "));
                clashes.push(Clash { field, kept_from, kept, other_from, other });
            }
        }
        values.insert(field, kept);
    }
    let mut all = |field| values.remove(&field).unwrap_or_default();
    let creators = all(Field::Creator);
    let mut one = |field| all(field).into_iter().next().unwrap_or_default();
    Metadata {
        headline: one(Field::Headline),
        description: one(Field::Description),
        alt_text: one(Field::AltText),
        extended_description: one(Field::ExtendedDescription),
        creators,
        credit_line: one(Field::CreditLine),
        copyright_notice: one(Field::CopyrightNotice),
        usage_terms: one(Field::UsageTerms),
        date_created: one(Field::DateCreated),
        location: Location {
            sublocation: one(Field::Sublocation),
            city: one(Field::City),
            province_state: one(Field::ProvinceState),
            country: one(Field::Country),
        },
        source: one(Field::Source),
        digital_source_type: DigitalSourceType::of_uri(&one(Field::DigitalSourceType)),
        clashes,
    }
}

/// Whether two blocks say the same: the same letters however they are composed, an IIM value that had to be cut, or a
/// date that one of them tells more exactly.
fn agree(field: Field, kept: &[String], (other_from, other): (Block, &[String])) -> bool {
    let limit = field.iim_bytes().filter(|_| other_from == Block::Iim);
    kept.len() == other.len()
        && kept.iter().zip(other).all(|(kept, other)| match (field, limit) {
            (Field::DateCreated, _) => kept.starts_with(other) || other.starts_with(kept),
            (_, Some(limit)) => kept.nfc().eq(other.nfc()) || is_cut(kept, other, limit),
            (_, None) => kept.nfc().eq(other.nfc()),
        })
}

/// Some programs cut between letters, of which one of Bengali is three bytes, and some between clusters.
fn is_cut(kept: &str, other: &str, limit: usize) -> bool {
    kept.starts_with(other) && (other.len() + 4 > limit || cut(kept, limit) == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(said: &[(Field, &str)]) -> Found {
        let mut found = Found::default();
        said.iter().for_each(|(field, value)| found.add(*field, (*value).to_owned()));
        found
    }

    #[test]
    fn each_field_is_taken_from_the_first_block_that_has_it() {
        let xmp = found(&[(Field::Creator, "রফিক")]);
        let iim = found(&[(Field::Description, "ঘাট"), (Field::Creator, "রফিক"), (Field::CreditLine, "বাসস")]);
        let merged = merge(&[(Block::Xmp, xmp), (Block::Iim, iim), (Block::Exif, Found::default())]);
        assert_eq!(merged.description, "ঘাট");
        assert_eq!(merged.creators, ["রফিক"]);
        assert_eq!(merged.credit_line, "বাসস");
        assert_eq!(merged.clashes, []);
    }

    #[test]
    fn what_another_block_says_otherwise_is_listed_and_not_lost() {
        let xmp = found(&[(Field::CreditLine, "বাসস")]);
        let exif = found(&[(Field::CreditLine, "অন্য")]);
        let merged = merge(&[(Block::Xmp, xmp), (Block::Exif, exif)]);
        assert_eq!(merged.credit_line, "বাসস");
        let clash = Clash {
            field: Field::CreditLine,
            kept_from: Block::Xmp,
            kept: "বাসস".into(),
            other_from: Block::Exif,
            other: "অন্য".into(),
        };
        assert_eq!(merged.clashes, [clash]);
    }

    #[test]
    fn cut_composed_and_less_exact_values_are_no_clash() {
        let same = |field, kept: &str, (block, other): (Block, &str)| {
            agree(field, &[kept.to_owned()], (block, &[other.to_owned()]))
        };
        let long = "ন".repeat(60);
        // As many letters as 32 bytes hold.
        let cut = "ন".repeat(10);
        assert!(same(Field::CreditLine, &long, (Block::Iim, &cut)));
        assert!(!same(Field::CreditLine, &long, (Block::Exif, &cut)));
        assert!(!same(Field::CreditLine, &long, (Block::Iim, "ন")));
        assert!(same(Field::City, "ঢ\u{9BC}াকা", (Block::Iim, "\u{9DD}াকা")));
        assert!(same(Field::DateCreated, "2026-11-27T14:05:00+06:00", (Block::Exif, "2026-11-27")));
        assert!(!same(Field::DateCreated, "2026-11-27", (Block::Exif, "2026-11-28")));
    }
}
