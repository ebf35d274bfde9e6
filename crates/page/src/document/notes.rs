//! Footnotes are numbered by their first mention; one that nothing mentions stands last.

use std::collections::BTreeMap;

use super::Block;

#[derive(Default)]
pub(super) struct Notes {
    order: Vec<String>,
    texts: BTreeMap<String, Vec<Block>>,
}

impl Notes {
    /// The number of a mention.
    pub(super) fn mention(&mut self, name: &str) -> usize {
        // The parser takes `[^A]` and `[^a]` for one note.
        let name = name.to_lowercase();
        let known = self.order.iter().position(|one| *one == name);
        known.map_or_else(
            || {
                self.order.push(name);
                self.order.len()
            },
            |at| at + 1,
        )
    }

    /// Of two notes of one name the first counts.
    pub(super) fn define(&mut self, name: &str, text: Vec<Block>) {
        self.texts.entry(name.to_lowercase()).or_insert(text);
    }

    pub(super) fn in_order(mut self) -> Vec<Vec<Block>> {
        let mentioned: Vec<_> =
            self.order.iter().map(|name| self.texts.remove(name).unwrap_or_default()).collect();
        mentioned.into_iter().chain(self.texts.into_values()).collect()
    }
}
