//! Clean HTML as a tree. What the sanitiser writes is well formed, so this needs to know no more of HTML than that.

use crate::pieces::tag_length;

/// A piece of clean HTML.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Element(Element),
    /// As it stands in the HTML, entities and all.
    Text(String),
}

/// An element with all that is in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// As they stand in the tag, each with a space before it, but for the place in the Markdown.
    pub(super) attributes: String,
    /// That place.
    pub(super) at: Option<String>,
    pub(super) children: Vec<Node>,
}

impl Node {
    pub(super) fn html(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Element(element) => {
                out.push_str(&element.opening());
                element.children.iter().for_each(|child| child.html(out));
                out.push_str(&element.closing());
            }
        }
    }

    /// What tells it from another: everything but where it stands in the Markdown.
    pub(super) fn key(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Element(element) => {
                out.extend(["<", &element.name, &element.attributes, ">"]);
                element.children.iter().for_each(|child| child.key(out));
                out.extend(["</", &element.name, ">"]);
            }
        }
    }
}

impl Element {
    pub(super) fn opening(&self) -> String {
        let at = self.at.as_deref().map(|at| format!("{AT}{at}\"")).unwrap_or_default();
        format!("<{}{}{at}>", self.name, self.attributes)
    }

    pub(super) fn closing(&self) -> String {
        if is_void(&self.name) { String::new() } else { format!("</{}>", self.name) }
    }

    /// The value of an attribute; empty without one.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let value = self.attributes.split_once(&format!(" {name}=\"")).map(|(_, value)| value);
        value.and_then(|value| value.split_once('"')).map_or("", |(value, _)| value)
    }
}

const AT: &str = " data-at=\"";

fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img")
}

/// All of `html`.
pub(super) fn nodes(html: &str) -> Vec<Node> {
    let mut open = vec![Element::default()];
    let mut rest = html;
    while !rest.is_empty() {
        let (text, from) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let (tag, after) = from.split_at(tag_length(from));
        rest = after;
        if !text.is_empty() {
            put(&mut open, Node::Text(text.to_owned()));
        }
        if tag.starts_with("</") {
            close(&mut open);
        } else if let Some(element) = element(tag) {
            let void = is_void(&element.name);
            open.push(element);
            if void {
                close(&mut open);
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default().children
}

fn put(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

/// The root is never closed.
fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(done) = open.pop()
    {
        put(open, Node::Element(done));
    }
}

fn element(tag: &str) -> Option<Element> {
    let inside = tag.strip_prefix('<')?.strip_suffix('>')?;
    let end = inside.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    if name.is_empty() {
        return None;
    }
    let place = attributes.split_once(AT).and_then(|(before, at)| Some((before, at.split_once('"')?)));
    let (attributes, at) = match place {
        Some((before, (at, behind))) => (format!("{before}{behind}"), Some(at.to_owned())),
        None => (attributes.to_owned(), None),
    };
    Some(Element { name: name.to_owned(), attributes, at, children: Vec::new() })
}
