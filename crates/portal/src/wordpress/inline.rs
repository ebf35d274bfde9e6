//! Text within a block, as the block editor writes it.

use std::collections::BTreeMap;

use page::{Inline, Target};
use story::{Language, StoryId};

use super::html::{attribute, escape};

/// What inline text needs to know of the world around it.
pub(super) struct Words<'a> {
    pub(super) language: Language,
    /// Public addresses of the stories that readers can have.
    pub(super) stories: &'a BTreeMap<StoryId, String>,
}

impl Words<'_> {
    pub(super) fn html(&self, text: &[Inline]) -> String {
        let html: String = text.iter().map(|piece| self.piece(piece)).collect();
        html.trim().to_owned()
    }

    fn piece(&self, piece: &Inline) -> String {
        let inside = |inside: &[Inline]| -> String { inside.iter().map(|piece| self.piece(piece)).collect() };
        match piece {
            // A line end within a paragraph would become a visible break on sites that keep the classic filters.
            Inline::Text(text) => escape(&text.replace('\n', " ")),
            Inline::Code(text) => format!("<code>{}</code>", escape(text)),
            Inline::Emphasis(text) => format!("<em>{}</em>", inside(text)),
            Inline::Strong(text) => format!("<strong>{}</strong>", inside(text)),
            Inline::Struck(text) => format!("<s>{}</s>", inside(text)),
            Inline::Link(Target::Web(address), text) => link(address, &inside(text)),
            Inline::Link(Target::Story(id), text) => match self.stories.get(id) {
                Some(address) => link(address, &inside(text)),
                None => inside(text),
            },
            Inline::Break => "<br>".to_owned(),
            Inline::Note(number) => format!("<sup>{}</sup>", self.number(*number)),
        }
    }

    fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        match self.language {
            Language::En => digits,
            Language::Bn => digits.chars().map(bengali_digit).collect(),
        }
    }
}

fn bengali_digit(digit: char) -> char {
    digit.to_digit(10).and_then(|value| char::from_u32('০' as u32 + value)).unwrap_or(digit)
}

pub(super) fn link(address: &str, html: &str) -> String {
    format!("<a href=\"{}\">{html}</a>", attribute(address))
}
