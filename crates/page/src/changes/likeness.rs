//! Which paragraph became which: two that share enough of their words, in their order.

use super::{
    inline::unescaped,
    tree::{Element, Node},
};

/// At least this part of their words is the same in two paragraphs that are one before and after.
const ENOUGH: f32 = 0.3;
/// More pairs than this are not weighed: then the first became the first, the second the second.
const MOST_PAIRS: usize = 20_000;

/// A part of a block: an element of its own, or words.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Block(Element),
    Words(Vec<Node>),
}

impl Part {
    pub(super) fn html(&self, out: &mut String) {
        match self {
            Self::Block(element) => Node::Element(element.clone()).html(out),
            Self::Words(nodes) => nodes.iter().for_each(|node| node.html(out)),
        }
    }

    pub(super) fn key(&self) -> String {
        let mut key = String::new();
        match self {
            Self::Block(element) => Node::Element(element.clone()).key(&mut key),
            Self::Words(nodes) => nodes.iter().for_each(|node| node.key(&mut key)),
        }
        key
    }
}

/// How parts became others, in order: the old one, the new one, or both where one became the other.
pub(super) fn pairs(old: &[Part], new: &[Part]) -> Vec<(Option<usize>, Option<usize>)> {
    let likes = Likes::of(old, new);
    let best = likes.best();
    let (mut at, mut then, mut found) = (0, 0, Vec::new());
    while at < old.len() || then < new.len() {
        let like = likes.like(at, then);
        let here = best(at, then);
        if like > 0.0 && here <= like + best(at + 1, then + 1) {
            found.push((Some(at), Some(then)));
            (at, then) = (at + 1, then + 1);
        } else if at < old.len() && (then == new.len() || here <= best(at + 1, then)) {
            found.push((Some(at), None));
            at += 1;
        } else {
            found.push((None, Some(then)));
            then += 1;
        }
    }
    found
}

/// How like each two are; 0 for two that cannot be one.
struct Likes {
    old: usize,
    new: usize,
    likes: Vec<f32>,
}

impl Likes {
    fn of(old: &[Part], new: &[Part]) -> Self {
        let all = old.len() * new.len() <= MOST_PAIRS;
        let (old_words, new_words): (Vec<_>, Vec<_>) =
            (old.iter().map(words).collect(), new.iter().map(words).collect());
        let mut likes = Vec::with_capacity(old.len() * new.len());
        for (at, (before, had)) in old.iter().zip(&old_words).enumerate() {
            for (then, (after, has)) in new.iter().zip(&new_words).enumerate() {
                likes.push(if all || at == then { like((before, had), (after, has)) } else { 0.0 });
            }
        }
        Self { old: old.len(), new: new.len(), likes }
    }

    fn like(&self, at: usize, then: usize) -> f32 {
        if at >= self.old || then >= self.new {
            return 0.0;
        }
        self.likes.get(at * self.new + then).copied().unwrap_or_default()
    }

    /// The most that can be alike from two places on.
    fn best(&self) -> impl Fn(usize, usize) -> f32 + use<> {
        let width = self.new + 1;
        let mut best = vec![0.0_f32; (self.old + 1) * width];
        let get = |best: &[f32], at: usize, then: usize| best.get(at * width + then).copied().unwrap_or(0.0);
        for at in (0..self.old).rev() {
            for then in (0..self.new).rev() {
                let apart = get(&best, at + 1, then).max(get(&best, at, then + 1));
                let paired = self.like(at, then) + get(&best, at + 1, then + 1);
                if let Some(cell) = best.get_mut(at * width + then) {
                    *cell = if self.like(at, then) > 0.0 { apart.max(paired) } else { apart };
                }
            }
        }
        move |at, then| best.get(at * width + then).copied().unwrap_or(0.0)
    }
}

fn like((old, had): (&Part, &[String]), (new, has): (&Part, &[String])) -> f32 {
    match (old, new) {
        (Part::Words(_), Part::Words(_)) => 1.0,
        (Part::Block(old), Part::Block(new)) if may_be_one(old, new) => {
            let shared = shared(had, has);
            // What has its place in a frame is the same place, whatever it says now.
            match is_placed(&new.name) {
                true => 1.0 + shared,
                false if shared >= ENOUGH => shared,
                false => 0.0,
            }
        }
        _ => 0.0,
    }
}

/// A picture, and where a card leads, make two things two.
fn may_be_one(old: &Element, new: &Element) -> bool {
    match new.name.as_str() {
        name if name != old.name => false,
        "a" | "span" | "aside" => old.attributes == new.attributes,
        "img" => old.attribute("src") == new.attribute("src"),
        "figure" => picture(old) == picture(new),
        "hr" => false,
        _ => true,
    }
}

fn picture(figure: &Element) -> &str {
    let first = figure.children.iter().find_map(|child| match child {
        Node::Element(element) if element.name == "img" => Some(element),
        _ => None,
    });
    first.map_or("", |picture| picture.attribute("src"))
}

fn is_placed(name: &str) -> bool {
    matches!(
        name,
        "figure" | "figcaption" | "img" | "span" | "a" | "td" | "th" | "thead" | "tbody" | "table" | "div"
    )
}

/// Twice the words that both have, of all words.
fn shared(had: &[String], has: &[String]) -> f32 {
    let (mut old, mut new, mut both) = (had.iter().peekable(), has.iter().peekable(), 0_u16);
    while let (Some(before), Some(after)) = (old.peek(), new.peek()) {
        let order = before.cmp(after);
        both = both.saturating_add(u16::from(order.is_eq()));
        if order.is_le() {
            old.next();
        }
        if order.is_ge() {
            new.next();
        }
    }
    let all = u16::try_from(had.len() + has.len()).unwrap_or(u16::MAX);
    if all == 0 { 0.0 } else { 2.0 * f32::from(both) / f32::from(all) }
}

/// Its words, sorted.
fn words(part: &Part) -> Vec<String> {
    let mut text = String::new();
    match part {
        Part::Block(element) => element.children.iter().for_each(|child| say(child, &mut text)),
        Part::Words(nodes) => nodes.iter().for_each(|node| say(node, &mut text)),
    }
    let text = unescaped(&text);
    let mut words: Vec<String> = bangla::pieces(&text)
        .into_iter()
        .filter(|piece| bangla::has_word(piece))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words
}

fn say(node: &Node, text: &mut String) {
    match node {
        Node::Text(words) => text.push_str(words),
        Node::Element(element) => {
            text.push(' ');
            element.children.iter().for_each(|child| say(child, text));
        }
    }
}
