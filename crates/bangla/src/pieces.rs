//! A text in the pieces that two versions of it are compared by: words, the space between them, and signs.

use unicode_segmentation::UnicodeSegmentation;

use crate::letters::is_bengali;

/// The text in pieces that make it up: a word, a run of spaces, a run of line ends, or one sign. Every piece begins and
/// ends with a whole letter (extended grapheme cluster), so pieces can be taken out and put in without breaking one.
/// Marks that stand alone are words.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::with_capacity(text.len() / 8);
    let mut start = 0;
    let mut kind = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let next = kind_of(cluster);
        // A sign is a piece by itself: of `।’` either may be what has changed.
        if at > start && (kind != Some(next) || next == Kind::Sign) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        kind = Some(next);
    }
    pieces.extend(text.get(start..).filter(|last| !last.is_empty()));
    pieces
}

/// Whether a piece, or any text, has a word in it: a letter, a digit or a mark.
pub fn has_word(text: &str) -> bool {
    text.chars().any(is_of_word)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Space,
    LineEnd,
    Sign,
}

fn kind_of(cluster: &str) -> Kind {
    if cluster.chars().any(is_of_word) {
        return Kind::Word;
    }
    match cluster.chars().next() {
        Some('\n' | '\r') => Kind::LineEnd,
        Some(first) if first.is_whitespace() => Kind::Space,
        _ => Kind::Sign,
    }
}

/// The Bengali block is asked first because Unicode's table is slow. Its joiners stand in words.
fn is_of_word(letter: char) -> bool {
    match letter {
        '।' | '॥' | '৳' => false,
        '\u{200c}' | '\u{200d}' => true,
        letter if letter.is_ascii() => letter.is_ascii_alphanumeric(),
        letter => is_bengali(letter) || letter.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_spaces_line_ends_and_signs_stand_apart() {
        let text = "র‍্যাব-৭ বলেছে, ‘না’।\n\nক্ষতি ১০০৳";
        let expected =
            ["র‍্যাব", "-", "৭", " ", "বলেছে", ",", " ", "‘", "না", "’", "।", "\n\n", "ক্ষতি", " ", "১০০", "৳"];
        assert_eq!(pieces(text), expected);
        assert!(pieces("").is_empty());
    }

    #[test]
    fn a_sign_has_no_word() {
        for (text, has) in [("।", false), (" —\n", false), ("১", true), ("a", true), ("ক্ষ", true)]
        {
            assert_eq!(has_word(text), has, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text_in_whole_letters(text in "[কখষ্রািুঁ‍‌ a\u{0300}।,🇧🇩\n]{0,40}") {
            let pieces = pieces(&text);
            prop_assert_eq!(pieces.concat(), text.clone());
            let borders: Vec<usize> = text.grapheme_indices(true).map(|(start, _)| start).collect();
            let mut at = 0;
            for piece in pieces {
                prop_assert!(borders.contains(&at), "{:?} of {:?}", piece, text);
                at += piece.len();
            }
        }
    }
}
