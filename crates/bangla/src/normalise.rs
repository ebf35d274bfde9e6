//! The one spelling in which text is stored.

use unicode_normalization::UnicodeNormalization;

use crate::letters::join_all;

/// The storage form of `text`: Unicode's composed form, except that ড় ঢ় য় are one code point each (Unicode's own
/// composition takes them apart), ো and ৌ are joined, line ends are `\n`, and control characters that no text
/// has (NUL among them) are gone. ZWJ and ZWNJ are never dropped: they spell. Applying it twice changes nothing.
pub fn normalise(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let letters = lines.chars().map(|letter| if letter == '\r' { '\n' } else { letter });
    let kept = letters.filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'));
    let mut stored = String::with_capacity(text.len());
    stored.extend(join_all(kept.nfc()));
    stored
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn split_letters_are_stored_whole() {
        assert_eq!(
            normalise("বা\u{09A1}\u{09BC}ি যায\u{09BC} কে\u{09BE}ন মে\u{09D7}"),
            "বা\u{09DC}ি যা\u{09DF} কোন মৌ"
        );
        assert_eq!(normalise("\u{09DC}\u{09CD}"), "\u{09DC}\u{09CD}");
    }

    #[test]
    fn joiners_spell_and_stay() {
        for text in ["র\u{200D}্যাব", "উদ্\u{200C}যাপন", "👩\u{200D}🌾"] {
            assert_eq!(normalise(text), text);
        }
    }

    #[test]
    fn controls_go_and_lines_end_one_way() {
        assert_eq!(normalise("ক\u{0}\r\nখ\rগ\tঘ\u{7}"), "ক\nখ\nগ\tঘ");
    }

    #[test]
    fn ten_thousand_marks_take_no_time() {
        let text = format!("ক{}", "\u{0981}\u{09BC}\u{0300}".repeat(10_000));
        assert_eq!(normalise(&text).chars().count(), 30_001);
    }

    proptest! {
        #[test]
        fn once_is_enough(text in any::<String>()) {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn once_is_enough_for_bengali(text in "[ক-হ\u{0981}-\u{0983}\u{09BC}\u{09BE}-\u{09CD}\u{09D7}\u{09DC}-\u{09DF}‌‍]{0,12}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
