//! Caption and credit that a photographer or an agency left in the file, to fill in what the author would
//! otherwise type again.

/// Words found in a photo. Either may be empty; both are one line without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// What is to be seen. At most [`Words::CAPTION`] characters.
    pub caption: String,
    /// Photographer, agency, or `photographer/agency`. At most [`Words::CREDIT`] characters.
    pub credit: String,
}

/// What one kind of metadata says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) caption: String,
    pub(crate) by: String,
    pub(crate) credit: String,
}

/// What cameras write where a caption belongs.
const NOT_CAPTIONS: &[&str] = &[
    "OLYMPUS DIGITAL CAMERA",
    "SONY DSC",
    "DCIM",
    "KONICA MINOLTA DIGITAL CAMERA",
    "DIGITAL CAMERA",
    "default",
];

impl Words {
    /// Longest caption, in characters.
    pub const CAPTION: usize = 2_000;
    /// Longest credit, in characters.
    pub const CREDIT: usize = 200;

    /// From all kinds of metadata, the most trusted first: each field is taken where it is found first.
    pub(crate) fn merge(found: &[Found]) -> Self {
        let captions = found.iter().map(caption);
        let by = first(found.iter().map(|found| tidy(&found.by, Self::CREDIT)));
        let credit = first(found.iter().map(|found| tidy(&found.credit, Self::CREDIT)));
        Self { caption: first(captions), credit: tidy(&join(&by, &credit), Self::CREDIT) }
    }
}

fn first(mut texts: impl Iterator<Item = String>) -> String {
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

fn caption(found: &Found) -> String {
    let caption = tidy(&found.caption, Words::CAPTION);
    let is_camera = NOT_CAPTIONS.iter().any(|words| caption.eq_ignore_ascii_case(words));
    if is_camera { String::new() } else { caption }
}

/// `photographer/agency` as newspapers print it, unless one name already holds the other.
fn join(by: &str, credit: &str) -> String {
    match (by, credit) {
        ("", credit) => credit.to_owned(),
        (by, "") => by.to_owned(),
        (by, credit) if credit.contains(by) => credit.to_owned(),
        (by, credit) if by.contains(credit) => by.to_owned(),
        (by, credit) => format!("{by}/{credit}"),
    }
}

/// One line, no control characters, no longer than `longest` characters.
fn tidy(text: &str, longest: usize) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(caption: &str, by: &str, credit: &str) -> Found {
        Found { caption: caption.into(), by: by.into(), credit: credit.into() }
    }

    #[test]
    fn each_field_is_taken_where_it_is_found_first() {
        let words = Words::merge(&[found("", "রফিক", ""), found("ঘাট", "Other", "বাসস")]);
        assert_eq!(words, Words { caption: "ঘাট".into(), credit: "রফিক/বাসস".into() });
    }

    #[test]
    fn what_a_camera_writes_is_no_caption() {
        let words = Words::merge(&[found("OLYMPUS DIGITAL CAMERA         ", "", ""), found("ঘাট", "", "")]);
        assert_eq!(words.caption, "ঘাট");
    }

    #[test]
    fn a_credit_that_names_the_photographer_is_not_doubled() {
        assert_eq!(Words::merge(&[found("", "Rafiq", "Rafiq/BSS")]).credit, "Rafiq/BSS");
        assert_eq!(Words::merge(&[found("", "Rafiq, BSS", "BSS")]).credit, "Rafiq, BSS");
    }

    #[test]
    fn words_are_one_bounded_line() {
        let words = Words::merge(&[found(&"ক\n\0".repeat(5_000), "", "")]);
        assert_eq!(words.caption.chars().count(), Words::CAPTION);
        assert!(!words.caption.contains(char::is_control));
    }
}
