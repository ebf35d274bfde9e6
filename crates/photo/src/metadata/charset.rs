//! Text in metadata rarely says in which encoding it is.

use encoding_rs::WINDOWS_1252;

/// What a block says of its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Nothing, or nothing that is known here.
    Untold,
    Utf8,
    /// ISO 8859-1, and so Windows-1252, which is what its writers mean.
    Latin,
}

impl Charset {
    /// By the escape sequence of IIM's data set 1:90.
    pub(super) fn of_escape(sequence: &[u8]) -> Self {
        match sequence {
            b"\x1B%G" => Self::Utf8,
            b"\x1B.A" | b"\x1B-A" => Self::Latin,
            _ => Self::Untold,
        }
    }

    /// UTF-8 where it is valid UTF-8, else Windows-1252, which is what old cameras and agencies write. Programs write
    /// "UTF-8" over what they copy, so that word alone makes none of what is not.
    pub(super) fn text(self, bytes: &[u8]) -> String {
        let bytes = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
        match self.utf_8(bytes) {
            Some(text) => text.to_owned(),
            None => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// A value that was cut to its field's length may end within a letter; that letter is left out.
    fn utf_8(self, bytes: &[u8]) -> Option<&str> {
        if self == Self::Latin {
            return None;
        }
        let error = match str::from_utf8(bytes) {
            Ok(text) => return Some(text),
            Err(error) => error,
        };
        let text = bytes.get(..error.valid_up_to()).and_then(|whole| str::from_utf8(whole).ok())?;
        let is_cut = error.error_len().is_none() && (self == Self::Utf8 || !text.is_ascii());
        is_cut.then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_read_as_such_and_the_rest_as_windows_1252() {
        assert_eq!(Charset::Untold.text("ঢাকা".as_bytes()), "ঢাকা");
        assert_eq!(Charset::Untold.text(b"Caf\xe9 \x93x\x94"), "Café “x”");
        assert_eq!(Charset::Untold.text(b"cut\0off"), "cut");
    }

    #[test]
    fn what_says_that_it_is_latin_is_read_so() {
        // These two bytes are é in UTF-8 and two letters in Latin-1.
        assert_eq!(Charset::of_escape(b"\x1B.A").text(b"\xc3\xa9"), "Ã©");
        assert_eq!(Charset::of_escape(b"\x1B%G").text(b"\xc3\xa9"), "é");
        assert_eq!(Charset::of_escape(b"\x1B%G").text(b"\xe9t\xe9"), "été");
    }

    #[test]
    fn a_letter_that_was_cut_in_its_middle_is_left_out() {
        let cut = |length| Charset::Untold.text("ঢাকা".as_bytes().get(..length).unwrap());
        assert_eq!(cut(12), "ঢাকা");
        assert_eq!(cut(11), "ঢাক");
        assert_eq!(cut(10), "ঢাক");
    }
}
