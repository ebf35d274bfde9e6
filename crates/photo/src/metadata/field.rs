//! The fields of the IPTC Photo Metadata Standard that are read, with their limits.

use unicode_segmentation::UnicodeSegmentation;

use super::{date, source_type::DigitalSourceType};

/// A field, by the standard's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is told at the field of `Metadata` that has its name")]
pub enum Field {
    Headline,
    Description,
    AltText,
    ExtendedDescription,
    Creator,
    CreditLine,
    CopyrightNotice,
    UsageTerms,
    DateCreated,
    Sublocation,
    City,
    ProvinceState,
    Country,
    Source,
    DigitalSourceType,
}

/// What cameras write where a caption belongs.
const NOT_DESCRIPTIONS: &[&str] = &[
    "OLYMPUS DIGITAL CAMERA",
    "SONY DSC",
    "DCIM",
    "KONICA MINOLTA DIGITAL CAMERA",
    "DIGITAL CAMERA",
    "default",
];

impl Field {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Headline,
        Self::Description,
        Self::AltText,
        Self::ExtendedDescription,
        Self::Creator,
        Self::CreditLine,
        Self::CopyrightNotice,
        Self::UsageTerms,
        Self::DateCreated,
        Self::Sublocation,
        Self::City,
        Self::ProvinceState,
        Self::Country,
        Self::Source,
        Self::DigitalSourceType,
    ];
    /// Creators at most.
    pub const CREATORS: usize = 8;

    /// Longest value, in characters.
    pub fn longest(self) -> usize {
        match self {
            Self::Description | Self::UsageTerms => 2_000,
            Self::ExtendedDescription => 5_000,
            Self::AltText => 1_000,
            Self::CopyrightNotice => 500,
            Self::Headline => 300,
            Self::DateCreated => 40,
            Self::DigitalSourceType => 120,
            _ => 200,
        }
    }

    /// How often it may stand in a block.
    pub(super) fn most(self) -> usize {
        if self == Self::Creator { Self::CREATORS } else { 1 }
    }

    /// Number of the data set in IIM's record 2, if it has one. A date has a second one for its time.
    pub(crate) fn iim(self) -> Option<u8> {
        match self {
            Self::DateCreated => Some(55),
            Self::Creator => Some(80),
            Self::City => Some(90),
            Self::Sublocation => Some(92),
            Self::ProvinceState => Some(95),
            Self::Country => Some(101),
            Self::Headline => Some(105),
            Self::CreditLine => Some(110),
            Self::Source => Some(115),
            Self::CopyrightNotice => Some(116),
            Self::Description => Some(120),
            _ => None,
        }
    }

    /// Bytes that IIM has room for.
    pub(crate) fn iim_bytes(self) -> Option<usize> {
        match self {
            Self::Description => Some(2_000),
            Self::Headline => Some(256),
            Self::CopyrightNotice => Some(128),
            Self::Country => Some(64),
            Self::DateCreated => Some(8),
            _ => self.iim().map(|_| 32),
        }
    }

    /// One line, no control characters, bounded; empty for what is no value of this field.
    pub(crate) fn tidy(self, text: &str) -> String {
        let line = line(text, self.longest());
        let is_camera = || NOT_DESCRIPTIONS.iter().any(|words| line.eq_ignore_ascii_case(words));
        match self {
            Self::Description if is_camera() => String::new(),
            Self::DateCreated => date::checked(&line).unwrap_or_default(),
            Self::DigitalSourceType => {
                DigitalSourceType::of_uri(&line).map(|known| known.uri()).unwrap_or_default()
            }
            _ => line,
        }
    }
}

/// One line without control characters, no longer than `longest` characters. Signs that turn the direction of what
/// follows are left out too: a name must not be able to rearrange the line that it is printed in.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let turns = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let kept = text.chars().filter(|c| !turns(c));
    let spaced: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(longest).collect()
}

/// As many whole clusters as `limit` bytes hold.
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    let ends = text.grapheme_indices(true).map(|(at, cluster)| at + cluster.len());
    let end = ends.take_while(|end| *end <= limit).last().unwrap_or(0);
    text.get(..end).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_camera_writes_is_no_description() {
        assert_eq!(Field::Description.tidy("OLYMPUS DIGITAL CAMERA         "), "");
        assert_eq!(Field::Headline.tidy("OLYMPUS DIGITAL CAMERA "), "OLYMPUS DIGITAL CAMERA");
    }

    #[test]
    fn every_field_is_one_bounded_line() {
        for field in Field::ALL {
            let text = field.tidy(&"ক\n\0\u{202E}".repeat(9_000));
            assert!(text.chars().count() <= field.longest(), "{field:?}");
            assert!(!text.contains(|c: char| c.is_control() || c == '\u{202E}'), "{field:?}");
        }
    }

    #[test]
    fn a_conjunct_that_does_not_fit_is_not_taken_apart() {
        // ক, then ক্ষ of nine bytes.
        assert_eq!(cut("কক্ষ", 12), "কক্ষ");
        assert_eq!(cut("কক্ষ", 11), "ক");
        assert_eq!(cut("ক খ", 4), "ক");
        assert_eq!(cut("ক", 2), "");
    }

    #[test]
    fn joiners_that_spell_stay() {
        assert_eq!(Field::City.tidy("র\u{200D}্যাব"), "র\u{200D}্যাব");
    }
}
