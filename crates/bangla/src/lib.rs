//! Bengali text: digits, dates, clusters, folding for search, slugs. Pure.

use unicode_segmentation::UnicodeSegmentation;

/// How many letters a reader sees: extended grapheme clusters (UAX #29 with GB9c), so that a conjunct is one.
pub fn clusters(text: &str) -> usize {
    text.graphemes(true).count()
}
