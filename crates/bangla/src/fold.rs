//! Folding: the form in which texts are compared and searched. Two spellings that a reader takes for the same
//! word fold to the same text.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use crate::{
    digits::ascii_digit,
    letters::{is_bengali, joined},
};

/// A folded text that still knows where each part of it came from, for highlighting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    /// The folded text; the same as [`fold`] gives.
    pub text: String,
    /// For each byte of `text`, the range of the original that its character came from.
    sources: Vec<Range<usize>>,
}

impl Folded {
    /// The part of the original, in bytes, that the byte range `found` of [`Folded::text`] came from; `None` for an
    /// empty range or one beyond the end. Joiners and marks that folding dropped in between are part of it.
    pub fn original(&self, found: Range<usize>) -> Option<Range<usize>> {
        let first = self.sources.get(found.start)?;
        let last = self.sources.get(found.clone())?.last()?;
        Some(first.start..last.end)
    }
}

/// Folds `text` for search and comparison: ড় ঢ় য় ো ৌ in one code point, ZWJ, ZWNJ, soft hyphen and their like
/// dropped, digits in ASCII, Assamese ৰ as র, Latin in lower case, and a suffix after an apostrophe split from its
/// word (`এএফপি’এর` → `এএফপি এর`; a suffix of one letter goes, `এএফপি’র` → `এএফপি`).
pub fn fold(text: &str) -> String {
    fold_with_offsets(text).text
}

/// As [`fold`], with the way back to the original.
pub fn fold_with_offsets(text: &str) -> Folded {
    let letters = split_suffixes(join(composed(text)));
    let mut folded =
        Folded { text: String::with_capacity(text.len()), sources: Vec::with_capacity(text.len()) };
    for letter in letters {
        for lower in letter.value.to_lowercase() {
            folded.text.push(lower);
            folded.sources.extend(std::iter::repeat_n(letter.from..letter.to, lower.len_utf8()));
        }
    }
    folded
}

#[derive(Debug, Clone, Copy)]
struct Letter {
    value: char,
    from: usize,
    to: usize,
}

/// The letters in Unicode's composed form, one base with its marks at a time, so that each knows its place.
fn composed(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len() / 2);
    let mut kept = text.char_indices().filter(|(_, letter)| !is_ignored(*letter)).peekable();
    while let Some((from, base)) = kept.next() {
        let mut to = from + base.len_utf8();
        let is_mark = |(_, mark): &(usize, char)| canonical_combining_class(*mark) != 0;
        let Some(mark) = kept.next_if(is_mark) else {
            letters.push(Letter { value: plain(base), from, to });
            continue;
        };
        let mut run = String::from(base);
        let mut next = Some(mark);
        while let Some((at, mark)) = next {
            run.push(mark);
            to = at + mark.len_utf8();
            next = kept.next_if(is_mark);
        }
        letters.extend(run.nfc().map(|value| Letter { value: plain(value), from, to }));
    }
    letters
}

fn join(letters: Vec<Letter>) -> Vec<Letter> {
    let mut whole: Vec<Letter> = Vec::with_capacity(letters.len());
    for letter in letters {
        match whole.last_mut() {
            Some(last) => match joined(last.value, letter.value) {
                Some(value) => *last = Letter { value, from: last.from, to: letter.to },
                None => whole.push(letter),
            },
            None => whole.push(letter),
        }
    }
    whole
}

fn split_suffixes(letters: Vec<Letter>) -> Vec<Letter> {
    let mut split = Vec::with_capacity(letters.len());
    let mut rest = letters.as_slice();
    while let [letter, tail @ ..] = rest {
        rest = tail;
        let in_word = split.last().is_some_and(|last: &Letter| is_bengali(last.value));
        if !(is_apostrophe(letter.value) && in_word && starts_bengali(tail)) {
            split.push(*letter);
            continue;
        }
        let after = after_foreign_marks(tail.get(1..).unwrap_or_default());
        if starts_bengali(after) {
            split.push(Letter { value: ' ', ..*letter });
        } else {
            // One letter is no word: it goes with its marks, and what follows ends the word.
            rest = after;
        }
    }
    split
}

/// Marks of other scripts that hang on the letter before: without it they would hang on the one before that.
fn after_foreign_marks(mut letters: &[Letter]) -> &[Letter] {
    while let [mark, rest @ ..] = letters
        && canonical_combining_class(mark.value) != 0
        && !is_bengali(mark.value)
    {
        letters = rest;
    }
    letters
}

fn starts_bengali(letters: &[Letter]) -> bool {
    letters.first().is_some_and(|letter| is_bengali(letter.value))
}

fn plain(letter: char) -> char {
    match letter {
        'ৰ' => 'র',
        other => ascii_digit(other),
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

fn is_ignored(letter: char) -> bool {
    matches!(letter, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_word_fold_to_one_text() {
        let same = [
            ("বা\u{09A1}\u{09BC}ি", "বা\u{09DC}ি"),
            ("যা\u{09AF}\u{09BC}", "যা\u{09DF}"),
            ("কে\u{09BE}ন", "কোন"),
            ("র\u{200D}্যাব", "র্যাব"),
            ("উদ্\u{200C}যাপন", "উদ্যাপন"),
            ("ৰাজ্য", "রাজ্য"),
            ("২০২৫", "2025"),
            ("AFP", "afp"),
            ("cafe\u{301}", "CAFÉ"),
            ("এএফপি’র", "এএফপি"),
            ("এএফপি'র খবর", "এএফপি খবর"),
            ("আইটিডি’এর", "আইটিডি এর"),
        ];
        for (one, other) in same {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_suffix_of_one_letter_takes_its_marks_along() {
        assert_eq!(fold("n\u{09CD}'ক\u{300}"), "n\u{09CD}");
        assert_eq!(fold("খবর'ক\u{300}খ"), "খবর ক\u{300}খ");
    }

    #[test]
    fn different_words_stay_different() {
        for (one, other) in [("বারি", "বাড়ি"), ("কোন", "কোনো"), ("it's", "its"), ("‘তাস’", "তাস")]
        {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn what_is_found_is_lit_up_where_it_stands() {
        let text = "র\u{200D}্যাব-৭ যা\u{09AF}\u{09BC} AFP";
        let folded = fold_with_offsets(text);
        for (word, original) in
            [("র্যাব", "র\u{200D}্যাব"), ("7", "৭"), ("যা\u{09DF}", "যা\u{09AF}\u{09BC}"), ("afp", "AFP")]
        {
            let start = folded.text.find(word).unwrap();
            let range = folded.original(start..start + word.len()).unwrap();
            assert_eq!(text.get(range), Some(original));
        }
        assert_eq!(folded.original(0..0), None);
        assert_eq!(folded.original(0..10_000), None);
    }

    #[test]
    fn ten_thousand_marks_and_half_a_megabyte_take_linear_time() {
        let marks = format!("ক{}", "\u{09BC}\u{0300}\u{0323}".repeat(10_000));
        let line = "উত্তর কোরীয় নেতা ".repeat(12_000);
        let start = Instant::now();
        assert!(!fold(&marks).is_empty());
        assert!(fold(&line).len() > 400_000);
        assert!(start.elapsed() < Duration::from_secs(5));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[ক-হািেোৌ\u{09BC}\u{09CD}\u{09D7}\u{09DC}-\u{09DF}০-৯ৰA-Za-z0-9 ’\'\u{200C}\u{200D}\u{300}]{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn the_way_back_stays_inside_the_original(text in any::<String>()) {
            let folded = fold_with_offsets(&text);
            for (at, letter) in folded.text.char_indices() {
                let range = folded.original(at..at + letter.len_utf8()).unwrap();
                prop_assert!(text.get(range).is_some());
            }
        }

        #[test]
        fn the_storage_form_is_found_by_what_was_typed(text in "[ক-হািেোৌ়্ৗ 'র]{0,20}") {
            prop_assert_eq!(fold(&crate::normalise(&text)), fold(&text));
        }
    }
}
