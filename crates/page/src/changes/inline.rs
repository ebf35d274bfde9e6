//! A line of text with what is set off in it, as words that each know how they are set. So a word that became bold, or
//! leads elsewhere now, is another word.

use std::{ops::Range, rc::Rc};

use super::tree::{Element, Node};
use crate::escape::escape;

/// A word, a space, a sign or a line's end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word {
    /// Plain; a line's end is `\n`.
    text: String,
    /// The opening tags around it, outermost first.
    set: Rc<Vec<Tag>>,
}

/// An opening tag with what closes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Tag {
    opening: String,
    closing: String,
}

const LINE_END: &str = "\n";

impl Word {
    /// Standing between two changes, it makes them two.
    pub(super) fn parts(&self) -> bool {
        self.text == LINE_END || bangla::has_word(&self.text)
    }
}

/// Words in their order.
#[derive(Debug, Default)]
pub(super) struct Words(pub(super) Vec<Word>);

impl Words {
    pub(super) fn of(nodes: &[Node]) -> Self {
        let mut words = Self::default();
        words.read(nodes, &Rc::new(Vec::new()));
        words
    }

    fn read(&mut self, nodes: &[Node], set: &Rc<Vec<Tag>>) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let text = unescaped(text);
                    // A line's end in the text is a space on the page, but for a listing; only `<br>` ends a line there.
                    let listing = set.last().is_some_and(|tag| tag.opening == "<code>");
                    let is_space = |piece: &str| !listing && piece.trim().is_empty();
                    let pieces = bangla::pieces(&text).into_iter();
                    let plain = pieces.map(|piece| if is_space(piece) { " " } else { piece });
                    self.0.extend(plain.map(|piece| Word { text: piece.to_owned(), set: set.clone() }));
                }
                Node::Element(element) if element.name == "br" => {
                    self.0.push(Word { text: LINE_END.to_owned(), set: set.clone() });
                }
                Node::Element(element) => {
                    let mut inner = set.as_ref().clone();
                    inner.push(tag(element));
                    self.read(&element.children, &Rc::new(inner));
                }
            }
        }
    }

    /// Some of them.
    pub(super) fn part(&self, range: Range<usize>) -> Line<'_> {
        Line(self.0.get(range).unwrap_or_default())
    }
}

/// A word that goes would bring its anchor twice onto the page, and is set as it was without.
fn tag(element: &Element) -> Tag {
    let id = element.attribute("id");
    let opening = element.opening();
    let opening = if id.is_empty() { opening } else { opening.replace(&format!(" id=\"{id}\""), "") };
    Tag { opening, closing: element.closing() }
}

/// Words that follow each other.
pub(super) struct Line<'a>(&'a [Word]);

impl Line<'_> {
    /// As HTML. What several words beside each other have in common is opened once.
    pub(super) fn write(&self, out: &mut String) {
        let mut open: Vec<&Tag> = Vec::new();
        for word in self.0 {
            let shared = open.iter().zip(word.set.iter()).take_while(|(open, tag)| **open == *tag).count();
            open.drain(shared..).rev().for_each(|tag| out.push_str(&tag.closing));
            for tag in word.set.iter().skip(shared) {
                out.push_str(&tag.opening);
                open.push(tag);
            }
            match word.text.as_str() {
                LINE_END => out.push_str("<br>"),
                text => out.push_str(&escape(text)),
            }
        }
        open.iter().rev().for_each(|tag| out.push_str(&tag.closing));
    }
}

/// Text for what the sanitiser writes of it.
pub(super) fn unescaped(html: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}")];
    let plain = pairs.iter().fold(html.to_owned(), |text, (entity, letter)| text.replace(entity, letter));
    plain.replace("&amp;", "&")
}
