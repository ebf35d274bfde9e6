//! What readers have and what they would get, in one page: the words that go are struck out, those that come are
//! underlined, and everything stands where the page has it. It is made of what the sanitiser let through of either, and
//! goes through the sanitiser once more.

mod blocks;
mod inline;
mod likeness;
mod tree;

use minijinja::Value;
use story::stretches;

use crate::{clean::clean, escape::escape};
use inline::Words;
use tree::{Node, nodes};

/// The style of the marks. The page has it beside its theme's, so that a newsroom's own theme needs to know nothing of
/// them; without any style a browser strikes out and underlines by itself.
pub(crate) const STYLE: &str = include_str!("../themes/changes.css");

/// Which way a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Gone,
    Come,
}

impl Way {
    fn tag(self) -> &'static str {
        match self {
            Self::Gone => "del",
            Self::Come => "ins",
        }
    }
}

/// Marks the differences of one page and numbers them in the order in which they are asked for.
#[derive(Debug, Default)]
pub(crate) struct Marking {
    count: u32,
    out: String,
}

impl Marking {
    /// How many changes were marked.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// A field of plain text.
    pub(crate) fn text(&mut self, old: &str, new: &str) -> Value {
        if old == new {
            return Value::from(new);
        }
        let one = |text: &str| vec![Node::Text(escape(text).into_owned())];
        self.words(&one(old), &one(new));
        self.taken()
    }

    /// A list of plain texts, each a value of its own.
    pub(crate) fn list(&mut self, old: &[&str], new: &[&str]) -> Vec<Value> {
        let mut items = Vec::new();
        let mut at = 0;
        let same = |items: &mut Vec<Value>, range: std::ops::Range<usize>| {
            items.extend(new.get(range).unwrap_or_default().iter().map(|item| Value::from(*item)));
        };
        for stretch in stretches(old, new, |_| true) {
            same(&mut items, at..stretch.new.start);
            at = stretch.new.end;
            for gone in old.get(stretch.old).unwrap_or_default() {
                items.push(self.text(gone, ""));
            }
            for come in new.get(stretch.new).unwrap_or_default() {
                items.push(self.text("", come));
            }
        }
        same(&mut items, at..new.len());
        items
    }

    /// Clean HTML. Places in the Markdown are those of `new`, and `old` has none.
    pub(crate) fn html(&mut self, old: &str, new: &str) -> String {
        if old == new {
            return new.to_owned();
        }
        self.children(&nodes(old), &nodes(new));
        clean(&std::mem::take(&mut self.out))
    }

    fn taken(&mut self) -> Value {
        Value::from_safe_string(clean(&std::mem::take(&mut self.out)))
    }

    /// Runs of text with what is set off in it, word by word.
    fn words(&mut self, old: &[Node], new: &[Node]) {
        let (old, new) = (Words::of(old), Words::of(new));
        let mut at = 0;
        for stretch in stretches(&old.0, &new.0, |word| word.parts()) {
            new.part(at..stretch.new.start).write(&mut self.out);
            at = stretch.new.end;
            self.count += 1;
            self.mark(Way::Gone, self.count, |out| old.part(stretch.old.clone()).write(out));
            self.mark(Way::Come, self.count, |out| new.part(stretch.new.clone()).write(out));
        }
        new.part(at..new.0.len()).write(&mut self.out);
    }

    /// Puts into a mark what `inside` writes; nothing for nothing.
    fn mark(&mut self, way: Way, number: u32, inside: impl FnOnce(&mut String)) {
        let mut html = String::new();
        inside(&mut html);
        if html.is_empty() {
            return;
        }
        let tag = way.tag();
        self.out.push_str(&format!("<{tag} class=\"change\" data-change=\"{number}\">{html}</{tag}>"));
    }
}

#[cfg(test)]
mod tests;
