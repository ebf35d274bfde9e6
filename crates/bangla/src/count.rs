//! How long a text is, as a reader or an editor counts.

use unicode_segmentation::UnicodeSegmentation;

use crate::letters::is_bengali;

/// Words that are read in a minute. No solid figure for Bengali news is known; 180 is on the careful side of
/// the 238 measured for English (Brysbaert 2019).
const WORDS_A_MINUTE: usize = 180;
/// How many letters are looked at to tell a text's language.
const DECIDING_LETTERS: usize = 64;

/// How many letters a reader sees: extended grapheme clusters (UAX #29 with GB9c), so that a conjunct is one.
pub fn clusters(text: &str) -> usize {
    text.graphemes(true).count()
}

/// How many words: runs between white space or dashes that hold a letter or a digit. `র‍্যাব-৭` and `এএফপি’র` are
/// one word each, `মন—দুটি` is two.
pub fn words(text: &str) -> usize {
    let ends_word = |letter: char| letter.is_whitespace() || matches!(letter, '—' | '–');
    text.split(ends_word).filter(|word| word.contains(is_alphanumeric)).count()
}

/// The letters that most words begin with are asked for first: Unicode's table is slow to look into, and this runs
/// over whole stories at every key.
fn is_alphanumeric(letter: char) -> bool {
    let common =
        matches!(letter, 'অ'..='ঋ' | 'এ'..='ঐ' | 'ও'..='ন' | 'প'..='র' | 'ল' | 'শ'..='হ' | '০'..='৯');
    common || letter.is_alphanumeric()
}

/// Reading time in minutes at 180 words a minute, rounded up; 0 for no words.
pub fn reading_minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX)
}

/// Whether the text's letters are mostly Bengali; `None` for a text without letters or one that is half and
/// half. The first few dozen letters decide. It tells which `lang` a headline or a paragraph gets.
pub fn mostly_bengali(text: &str) -> Option<bool> {
    let balance: i32 = text.chars().filter_map(side).take(DECIDING_LETTERS).sum();
    (balance != 0).then_some(balance > 0)
}

/// 1 for a Bengali letter, -1 for another's; the Bengali block is asked first because Unicode's table is slow.
fn side(letter: char) -> Option<i32> {
    match letter {
        '০'..='৯' | '\u{09F2}'..='\u{09FB}' => None,
        letter if is_bengali(letter) => Some(1),
        letter => letter.is_alphabetic().then_some(-1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conjunct_is_one_letter() {
        for (text, count) in [("ক্ষ্ম", 1), ("স্ত্রী", 1), ("র‍্যাব", 2), ("রাষ্ট্রপতি", 4), ("", 0)]
        {
            assert_eq!(clusters(text), count, "{text}");
        }
    }

    #[test]
    fn words_are_counted_as_an_editor_counts_them() {
        let cases = [
            ("", 0),
            (" — ।  - ", 0),
            ("খবর এএফপি’র।", 2),
            ("র‍্যাব-৭ এর অভিযান", 3),
            ("শরীর ও মন—দুটিকেই সব", 5),
            ("তিন দশমিক ৩.৫", 3),
        ];
        for (text, count) in cases {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn the_common_letters_are_those_of_unicode() {
        for letter in '\u{0980}'..='\u{09FF}' {
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }

    #[test]
    fn reading_time_is_rounded_up() {
        let minutes = [0, 1, 180, 181, 578].map(reading_minutes);
        assert_eq!(minutes, [0, 1, 1, 2, 4]);
    }

    #[test]
    fn the_language_of_a_text_is_that_of_most_of_its_letters() {
        assert_eq!(mostly_bengali("ঢাকায় UNESCO-র বৈঠক আজ"), Some(true));
        assert_eq!(mostly_bengali("Dhaka hosts the সাফ games"), Some(false));
        assert_eq!(mostly_bengali("২০২৫ …"), None);
    }
}
