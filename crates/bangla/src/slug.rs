//! A readable Latin name for a page's address, made from a Bengali headline by its sound.

use unicode_normalization::UnicodeNormalization;

use crate::{
    digits::ascii_digit,
    letters::{HASANTA, is_consonant},
    normalise,
};

/// The longest slug, in bytes.
const MAX_BYTES: usize = 80;

/// The slug of `headline`: lower-case ASCII letters and digits in words joined by `-`, at most 80 bytes, cut
/// between words; `story` when nothing can be written so.
pub fn slug(headline: &str) -> String {
    // More than this cannot be needed, and a headline of a megabyte shall cost no more than a long one.
    let opening: String = headline.chars().take(4 * MAX_BYTES).collect();
    let letters: Vec<char> = normalise(&opening).chars().filter(|letter| !is_joiner(*letter)).collect();
    let mut slug = String::new();
    for word in letters.split(|letter| !is_word(*letter)) {
        let latin = latin_word(word);
        if latin.is_empty() {
            continue;
        }
        if slug.len() + 1 + latin.len() > MAX_BYTES {
            if slug.is_empty() {
                slug.extend(latin.chars().take(MAX_BYTES));
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&latin);
    }
    if slug.is_empty() { "story".to_owned() } else { slug }
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200D}' | '\u{00AD}' | '’' | '\'' | '\u{0981}')
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == HASANTA || vowel_sign(letter).is_some() || letter == 'ঃ'
}

fn latin_word(word: &[char]) -> String {
    let mut latin = String::new();
    let mut rest = word;
    while let [letter, tail @ ..] = rest {
        if is_consonant(*letter) {
            let (first, after) = conjunct(rest, latin.is_empty());
            latin.push_str(&first);
            rest = after.after;
            match rest {
                [sign, tail @ ..] if vowel_sign(*sign).is_some() => {
                    latin.push_str(vowel_sign(*sign).unwrap_or_default());
                    rest = tail;
                }
                _ if after.speaks_vowel(&latin) => latin.push('o'),
                _ => {}
            }
        } else {
            latin.push_str(&latin_letter(*letter));
            rest = tail;
        }
    }
    latin
}

/// What follows a cluster of consonants, and what decides whether its inherent vowel is spoken.
struct After<'a> {
    after: &'a [char],
    /// More than one consonant.
    joint: bool,
    /// A hasanta was written at its end: no vowel.
    silenced: bool,
}

impl After<'_> {
    /// Bengali leaves the inherent vowel out at the end of a word and, after an open syllable, before a single
    /// consonant that has a vowel of its own: সরকার is `sorkar`, জনগণ `jonogon`. A conjunct always speaks it.
    fn speaks_vowel(&self, before: &str) -> bool {
        if self.silenced {
            return false;
        }
        if self.joint {
            return true;
        }
        let open = before.contains(is_latin_vowel);
        match self.after {
            [] => !open,
            // কমিশনের is কমিশন and an ending: the ending does not count as a vowel of the consonant's own.
            [next, 'ে'] | [next, 'ে', 'র'] if !matches!(next, 'ক' | 'ত') => true,
            [next, sign, ..] if is_consonant(*next) => !open || vowel_sign(*sign).is_none(),
            _ => true,
        }
    }
}

/// Reads consonants joined by hasanta.
fn conjunct(word: &[char], begins: bool) -> (String, After<'_>) {
    let mut latin = String::new();
    let mut rest = word;
    let mut count = 0;
    loop {
        match rest {
            ['ক', HASANTA, 'ষ', tail @ ..] => {
                latin.push_str(if begins && count == 0 { "kh" } else { "kkh" });
                rest = tail;
                count += 2;
            }
            ['জ', HASANTA, 'ঞ', tail @ ..] => {
                latin.push_str(if begins && count == 0 { "g" } else { "gg" });
                rest = tail;
                count += 2;
            }
            [letter, tail @ ..] => {
                latin.push_str(if count == 0 {
                    consonant(*letter)
                } else {
                    joined_consonant(*letter, &latin)
                });
                rest = tail;
                count += 1;
            }
            [] => {}
        }
        match rest {
            [HASANTA, next, ..] if is_consonant(*next) => rest = rest.get(1..).unwrap_or_default(),
            [HASANTA, tail @ ..] => {
                return (latin, After { after: tail, joint: count > 1, silenced: true });
            }
            _ => return (latin, After { after: rest, joint: count > 1, silenced: false }),
        }
    }
}

/// As second member of a conjunct, ব and য change their sound.
fn joined_consonant(letter: char, before: &str) -> &'static str {
    let labial = before.ends_with(['m', 'r', 'l', 'b']);
    match letter {
        'ব' if !labial => "w",
        'য' => "y",
        'ম' if before.ends_with("kkh") => "m",
        other => consonant(other),
    }
}

fn consonant(letter: char) -> &'static str {
    match letter {
        'ক' => "k",
        'খ' => "kh",
        'গ' => "g",
        'ঘ' => "gh",
        'ঙ' => "ng",
        'চ' => "ch",
        'ছ' => "chh",
        'জ' | 'য' => "j",
        'ঝ' => "jh",
        'ঞ' | 'ণ' | 'ন' => "n",
        'ট' | 'ত' => "t",
        'ঠ' | 'থ' => "th",
        'ড' | 'দ' => "d",
        'ঢ' | 'ধ' => "dh",
        'প' => "p",
        'ফ' => "f",
        'ব' => "b",
        'ভ' => "bh",
        'ম' => "m",
        'র' | 'ৰ' | '\u{09DC}' => "r",
        'ল' => "l",
        'শ' | 'ষ' => "sh",
        'স' => "s",
        'হ' => "h",
        '\u{09DD}' => "rh",
        '\u{09DF}' => "y",
        'ৱ' => "w",
        _ => "",
    }
}

fn vowel_sign(letter: char) -> Option<&'static str> {
    match letter {
        'া' => Some("a"),
        'ি' | 'ী' => Some("i"),
        'ু' | 'ূ' => Some("u"),
        'ৃ' => Some("ri"),
        'ে' => Some("e"),
        'ৈ' => Some("oi"),
        'ো' => Some("o"),
        'ৌ' => Some("ou"),
        _ => None,
    }
}

fn latin_letter(letter: char) -> String {
    let sound = match letter {
        'অ' | 'ও' => "o",
        'আ' => "a",
        'ই' | 'ঈ' => "i",
        'উ' | 'ঊ' => "u",
        'ঋ' => "ri",
        'এ' => "e",
        'ঐ' => "oi",
        'ঔ' => "ou",
        'ৎ' => "t",
        'ং' => "ng",
        'ঃ' | HASANTA => "",
        other => return other_script(other),
    };
    sound.to_owned()
}

/// Digits and Latin letters without their accents; letters of other scripts have no name here.
fn other_script(letter: char) -> String {
    let plain = std::iter::once(ascii_digit(letter)).nfkd();
    plain.filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_latin_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_headline_is_written_by_its_sound() {
        let cases = [
            (
                "রাশিয়ার প্রতিরক্ষামন্ত্রীর সাথে কিম জং উনের সাক্ষাত",
                "rashiyar-protirokkhamontrir-sathe-kim-jong-uner-sakkhat",
            ),
            ("সরকার ও জনগণ", "sorkar-o-jonogon"),
            ("নির্বাচন কমিশনের নতুন তফসিল", "nirbachon-komishoner-notun-tofsil"),
            ("র\u{200D}্যাব-৭ এর অভিযান", "ryab-7-er-obhijan"),
            ("এএফপি’র খবর", "eefpir-khobor"),
            ("বিশ্ব ক্ষুধা দিবস ২০২৫", "bishwo-khudha-dibos-2025"),
            ("চাঁদপুরে বাঁধ", "chadpure-badh"),
            ("Café opens in ঢাকা", "cafe-opens-in-dhaka"),
        ];
        for (headline, latin) in cases {
            assert_eq!(slug(headline), latin, "{headline}");
        }
    }

    #[test]
    fn a_headline_without_letters_still_has_an_address() {
        for headline in ["", "   ", "।—!?", "\u{09CD}\u{0981}", "新聞", "../../x\n"] {
            assert!(["story", "x"].contains(&slug(headline).as_str()), "{headline:?}");
        }
    }

    #[test]
    fn a_long_headline_is_cut_between_words() {
        let long = slug(&"দীর্ঘ শিরোনাম ".repeat(80_000));
        assert!(long.len() <= MAX_BYTES);
        assert!(long.ends_with("dirgho") || long.ends_with("shironam"), "{long}");
        assert_eq!(slug(&"ক".repeat(500)).len(), MAX_BYTES);
    }

    proptest! {
        #[test]
        fn a_slug_is_always_fit_for_an_address(text in any::<String>()) {
            check(&slug(&text))?;
        }

        #[test]
        fn a_bengali_slug_is_always_fit_for_an_address(text in "[\u{0980}-\u{09FF} ‌‍-]{0,120}") {
            check(&slug(&text))?;
        }
    }

    fn check(slug: &str) -> Result<(), TestCaseError> {
        let fit = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        prop_assert!(slug.chars().all(fit), "{slug}");
        prop_assert!((1..=MAX_BYTES).contains(&slug.len()));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
        Ok(())
    }
}
