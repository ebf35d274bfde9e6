//! Caption and credit in the form in which a newspaper prints them, to fill in what the author would otherwise type
//! again.

use super::{Field, Metadata, field::line};

/// Words found in a photo. Either may be empty; both are one line without control characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// What is to be seen. At most [`Words::CAPTION`] characters.
    pub caption: String,
    /// Photographer, agency, or `photographer/agency`. At most [`Words::CREDIT`] characters.
    pub credit: String,
}

impl Words {
    /// Longest caption, in characters.
    pub const CAPTION: usize = 2_000;
    /// Longest credit, in characters.
    pub const CREDIT: usize = 200;

    /// The description, and the first creator with the credit line.
    pub fn of(metadata: &Metadata) -> Self {
        let by = metadata.creators.first().map(String::as_str).unwrap_or_default();
        let credit = join(by, &metadata.credit_line);
        debug_assert!(Field::Description.longest() <= Self::CAPTION);
        Self { caption: metadata.description.clone(), credit: line(&credit, Self::CREDIT) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(by: &str, credit_line: &str) -> String {
        let creators = vec![by.to_owned()];
        Words::of(&Metadata { creators, credit_line: credit_line.into(), ..Metadata::default() }).credit
    }

    #[test]
    fn photographer_and_agency_stand_side_by_side() {
        assert_eq!(credit("রফিক", "বাসস"), "রফিক/বাসস");
        assert_eq!(credit("", "বাসস"), "বাসস");
    }

    #[test]
    fn a_credit_that_names_the_photographer_is_not_doubled() {
        assert_eq!(credit("Rafiq", "Rafiq/BSS"), "Rafiq/BSS");
        assert_eq!(credit("Rafiq, BSS", "BSS"), "Rafiq, BSS");
    }
}
