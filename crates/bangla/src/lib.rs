//! Bengali text for a newsroom: counting, digits, dates, folding for search, storage form, slugs, cutting,
//! and the pieces that texts are compared by.
//!
//! Pure functions over `&str`: no I/O, no clock, no locale of the machine. Everything here takes time linear in
//! its input, whatever the input is, and never cuts inside a grapheme cluster.

mod count;
mod cut;
mod date;
mod digits;
mod fold;
mod letters;
mod normalise;
mod pieces;
mod slug;

pub use count::{clusters, mostly_bengali, reading_minutes, words};
pub use cut::cut;
pub use date::{date_long_bn, date_long_en, publication_time, publication_time_bn};
pub use digits::{bengali_number, to_ascii_digits, to_bengali_digits};
pub use fold::{Folded, fold, fold_with_offsets};
pub use normalise::normalise;
pub use pieces::{has_word, pieces};
pub use slug::slug;
