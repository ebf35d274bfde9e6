//! The words of a query and of a text: folded, so that two spellings of one word are one.

use std::{collections::BTreeSet, ops::Range};

use unicode_normalization::char::is_combining_mark;

const MOST_LETTERS: usize = 400;
const MOST_WORDS: usize = 8;
/// From this length on a word also finds longer ones that begin with it.
const OPENING_LETTERS: usize = 3;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words(Vec<String>);

impl Words {
    /// The words of a text as typed. Nothing in it is an operator.
    pub(super) fn of(typed: &str) -> Self {
        let typed: String = typed.chars().take(MOST_LETTERS).collect();
        let folded = bangla::fold(&typed);
        let words = ranges(&folded).filter_map(|range| folded.get(range));
        Self(words.take(MOST_WORDS).map(str::to_owned).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Full-text queries, best first: equal words, then openings of words. Each word is quoted, and a quoted
    /// word cannot hold a quote.
    pub(super) fn queries(&self) -> Vec<String> {
        let equal = self.joined(|word| format!("\"{word}\""));
        if !self.0.iter().any(|word| opens(word)) {
            return vec![equal];
        }
        let opening = self.joined(|word| match opens(word) {
            true => format!("\"{word}\" *"),
            false => format!("\"{word}\""),
        });
        vec![equal, opening]
    }

    /// Whether a folded text holds every word, or a longer one that begins with it.
    pub(super) fn all_in(&self, folded: &str) -> bool {
        let fits = |wanted: &String| {
            ranges(folded).filter_map(|range| folded.get(range)).any(|word| fit(wanted, word))
        };
        self.0.iter().all(fits)
    }

    /// Where a text, as written, holds any of the words: byte ranges, ascending.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let folded = bangla::fold_with_offsets(text);
        let found = ranges(&folded.text).filter(|range| {
            folded.text.get(range.clone()).is_some_and(|word| self.0.iter().any(|wanted| fit(wanted, word)))
        });
        found.filter_map(|range| folded.original(range)).collect()
    }

    fn joined(&self, form: impl Fn(&str) -> String) -> String {
        self.0.iter().map(|word| form(word)).collect::<Vec<_>>().join(" AND ")
    }
}

fn fit(wanted: &str, word: &str) -> bool {
    word == wanted || opens(wanted) && word.starts_with(wanted)
}

fn opens(word: &str) -> bool {
    word.chars().count() >= OPENING_LETTERS
}

/// The different words of a folded text.
pub(super) fn distinct(folded: &str) -> BTreeSet<&str> {
    ranges(folded).filter_map(|range| folded.get(range)).collect()
}

/// The words of a folded text: runs of letters, digits and their marks, as the index's tokenizer sees them.
fn ranges(folded: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = folded.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, letter)| !in_word(*letter)).is_some() {}
        let (start, first) = rest.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = rest.next_if(|(_, letter)| in_word(*letter)) {
            end = at + letter.len_utf8();
        }
        Some(start..end)
    })
}

fn in_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter) || matches!(letter, '\u{E000}'..='\u{F8FF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_typed_is_an_operator() {
        let words = |typed| Words::of(typed).0;
        for nothing in ["", "\"", "*", " - ", "():^"] {
            assert!(words(nothing).is_empty(), "{nothing}");
        }
        assert_eq!(words("a AND"), ["a", "and"]);
        assert_eq!(words("NEAR("), ["near"]);
        assert_eq!(words("'; drop"), ["drop"]);
        assert_eq!(words("x: -a \"q"), ["x", "a", "q"]);
    }

    #[test]
    fn a_megabyte_typed_is_eight_words() {
        assert_eq!(Words::of(&"ক খ ".repeat(200_000)).0.len(), 8);
        assert_eq!(Words::of(&"ক".repeat(400_000)).0, ["ক".repeat(400)]);
    }

    #[test]
    fn a_word_is_found_where_it_is_written_otherwise() {
        let text = "আজ র\u{200D}্যাব-৭ অভিযান চালায়";
        let places = Words::of("র্যাব 7").places(text);
        let found: Vec<_> = places.into_iter().map(|place| text.get(place).unwrap()).collect();
        assert_eq!(found, ["র\u{200D}্যাব", "৭"]);
    }

    #[test]
    fn two_letters_find_only_themselves_and_three_find_what_they_open() {
        assert!(!Words::of("কর").all_in("করবে"));
        assert!(Words::of("কর").all_in("না কর না"));
        assert!(Words::of("সরকার").all_in("সরকারের"));
    }

    proptest! {
        #[test]
        fn places_are_whole_letters_in_ascending_order(text in any::<String>(), typed in "\\PC{1,6}") {
            let places = Words::of(&typed).places(&text);
            prop_assert!(places.iter().all(|place| text.get(place.clone()).is_some()));
            prop_assert!(places.windows(2).all(|pair| pair[0].start <= pair[1].start));
        }
    }
}
