//! Blocks that follow each other: what is equal stays as it is, a paragraph that was written anew is compared word by
//! word, and what only came or went is marked whole.

use story::stretches;

use super::{
    Marking, Way,
    likeness::{Part, pairs},
    tree::{Element, Node},
};

impl Marking {
    /// Everything within an element, or within the page's text.
    pub(super) fn children(&mut self, old: &[Node], new: &[Node]) {
        let (old, new) = (parts_of(old), parts_of(new));
        let keys = |parts: &[Part]| parts.iter().map(Part::key).collect::<Vec<_>>();
        let mut at = 0;
        for stretch in stretches(&keys(&old), &keys(&new), |_| true) {
            self.same(new.get(at..stretch.new.start).unwrap_or_default());
            at = stretch.new.end;
            let gone = old.get(stretch.old).unwrap_or_default();
            self.differing(gone, new.get(stretch.new).unwrap_or_default());
        }
        self.same(new.get(at..).unwrap_or_default());
    }

    fn same(&mut self, parts: &[Part]) {
        for part in parts {
            part.html(&mut self.out);
            self.line_end(part);
        }
    }

    fn differing(&mut self, old: &[Part], new: &[Part]) {
        for (before, after) in pairs(old, new) {
            match (before.and_then(|at| old.get(at)), after.and_then(|at| new.get(at))) {
                (Some(before), Some(after)) => self.became(before, after),
                (Some(gone), None) => self.all_of(gone, Way::Gone),
                (None, Some(come)) => self.all_of(come, Way::Come),
                (None, None) => {}
            }
        }
    }

    fn became(&mut self, old: &Part, new: &Part) {
        match (old, new) {
            (Part::Block(old), Part::Block(new)) => {
                self.out.push_str(&new.opening());
                self.children(&old.children, &new.children);
                self.out.push_str(&new.closing());
            }
            (Part::Words(old), Part::Words(new)) => self.words(old, new),
            // Two kinds are never one.
            _ => {}
        }
        self.line_end(new);
    }

    /// What came or went as a whole is one change, however many words it has.
    fn all_of(&mut self, part: &Part, way: Way) {
        self.count += 1;
        match part {
            Part::Block(element) => self.whole(element, way),
            Part::Words(nodes) => {
                self.mark(way, self.count, |out| nodes.iter().for_each(|node| node.html(out)))
            }
        }
        self.line_end(part);
    }

    /// The marks stand inside, at the words and pictures: a list's item stays one, and so does a table's cell.
    fn whole(&mut self, element: &Element, way: Way) {
        let number = self.count;
        if matches!(element.name.as_str(), "img" | "hr") {
            self.mark(way, number, |out| out.push_str(&element.opening()));
            return;
        }
        let id = element.attribute("id");
        let shown = match way {
            Way::Gone if !id.is_empty() => Element {
                attributes: element.attributes.replace(&format!(" id=\"{id}\""), ""),
                ..element.clone()
            },
            _ => element.clone(),
        };
        self.out.push_str(&shown.opening());
        for part in parts_of(&element.children) {
            match part {
                Part::Block(inner) => self.whole(&inner, way),
                Part::Words(nodes) => {
                    self.mark(way, number, |out| nodes.iter().for_each(|node| node.html(out)));
                }
            }
        }
        self.out.push_str(&shown.closing());
    }

    /// As the page has it: a line for each block.
    fn line_end(&mut self, part: &Part) {
        match part {
            Part::Block(element) if element.name == "span" => self.out.push(' '),
            Part::Block(_) => self.out.push('\n'),
            Part::Words(_) => {}
        }
    }
}

/// Blocks, and the words between them as parts of their own. White space between blocks is nothing.
fn parts_of(nodes: &[Node]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for node in nodes {
        match (node, parts.last_mut()) {
            (Node::Element(element), _) if is_block(element) => parts.push(Part::Block(element.clone())),
            (node, Some(Part::Words(words))) => words.push(node.clone()),
            (Node::Text(text), _) if text.trim().is_empty() => {}
            (node, _) => parts.push(Part::Words(vec![node.clone()])),
        }
    }
    parts
}

/// What stands on its own. The caption's and the card's parts do, though their names are those of stretches of text.
fn is_block(element: &Element) -> bool {
    match element.name.as_str() {
        "a" => element.attributes.contains("card-link"),
        name => !matches!(
            name,
            "b" | "br" | "cite" | "code" | "del" | "em" | "i" | "q" | "s" | "strong" | "sub" | "sup"
        ),
    }
}
