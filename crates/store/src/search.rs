//! Search over the present text of every story.

use crate::{Row, Store, StoreError};

/// One find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The story.
    pub row: Row,
    /// Text around the first match.
    pub excerpt: String,
    /// Where the matches stand in `excerpt`: start and end in UTF-16 units, ascending, not overlapping.
    pub marks: Vec<(u32, u32)>,
}

impl Store {
    /// Stories that hold every word of `text`; whatever was saved is found. A word of three letters or more
    /// also finds longer words that begin with it, after those that are equal to it. `text` is never a query
    /// language: only its first 400 letters and 8 words count.
    ///
    /// # Errors
    /// What the disk says.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Hit>, StoreError> {
        self.unwritten((text, limit))
    }
}
