//! Cutting a text to a length without hurting a word or a letter.

use unicode_segmentation::UnicodeSegmentation;

/// The longest opening of `text` of at most `max_chars` code points that ends at a word; when the first word is
/// longer than that, it ends at a cluster. White space at both ends is left out and no ellipsis is added.
pub fn cut(text: &str, max_chars: usize) -> &str {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(max_chars) else {
        return text;
    };
    let opening = text.get(..limit).unwrap_or_default();
    if text.get(limit..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
        return opening.trim_end();
    }
    match opening.rfind(char::is_whitespace) {
        Some(space) => opening.get(..space).unwrap_or_default().trim_end(),
        None => whole_clusters(text, limit),
    }
}

/// The clusters of `text` that end at or before the byte `limit`.
fn whole_clusters(text: &str, limit: usize) -> &str {
    let ends = text.grapheme_indices(true).map(|(start, cluster)| start + cluster.len());
    let end = ends.take_while(|end| *end <= limit).last().unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_that_fits_is_left_whole() {
        assert_eq!(cut("  জেলহত্যা দিবস আজ ", 17), "জেলহত্যা দিবস আজ");
    }

    #[test]
    fn the_cut_falls_between_words() {
        assert_eq!(cut("জেলহত্যা দিবস আজ", 13), "জেলহত্যা দিবস");
        assert_eq!(cut("জেলহত্যা দিবস আজ", 12), "জেলহত্যা");
    }

    #[test]
    fn a_single_long_word_is_cut_between_letters() {
        assert_eq!(cut("রাষ্ট্রপতি", 4), "রা");
        assert_eq!(cut("রাষ্ট্রপতি", 7), "রাষ্ট্র");
        assert_eq!(cut(&format!("ক{}", "\u{0981}".repeat(10_000)), 120), "");
    }

    proptest! {
        #[test]
        fn a_cut_is_an_opening_of_whole_letters(text in "[কখষ্রািুঁ‍ a\u{0300}।]{0,40}", max in 0_usize..30) {
            let cut = cut(&text, max);
            let whole = text.trim();
            prop_assert!(whole.starts_with(cut));
            prop_assert!(cut.chars().count() <= max);
            let ends = whole.grapheme_indices(true).map(|(start, cluster)| start + cluster.len());
            let borders: Vec<usize> = std::iter::once(0).chain(ends).collect();
            prop_assert!(borders.contains(&cut.len()), "{cut:?} of {whole:?}");
        }
    }
}
