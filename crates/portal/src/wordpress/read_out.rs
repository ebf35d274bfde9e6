//! A post's content back into Markdown, for the person who has to decide on what somebody wrote in WordPress. Tags
//! that the dialect has no mark for are left out and their text kept; blocks that it has no form for are named.

mod lines;

use std::collections::BTreeMap;

use story::{Lost, LostKind, Sha256Hex};

use super::html::unescape;
use lines::{Done, Kind, escape, join, number, value};

/// Paragraphs that carry fields of the story and no text of its body.
const BYLINE: &str = "khosra-byline";
const SOURCE: &str = "khosra-source";
/// Blocks that the dialect has a form for, in HTML that is read below.
const KNOWN: [&str; 14] = [
    "paragraph",
    "heading",
    "list",
    "list-item",
    "quote",
    "pullquote",
    "image",
    "table",
    "separator",
    "code",
    "preformatted",
    "verse",
    "freeform",
    "embed",
];

/// What stands in a post's content.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ReadOut {
    /// Markdown.
    pub(super) body: String,
    /// The paragraph with the author, as text; `None` when there is none.
    pub(super) byline: Option<String>,
    /// The paragraph with the source, as text; `None` when there is none.
    pub(super) source: Option<String>,
    /// The words of the story's photos as they stand in the post.
    pub(super) pictures: BTreeMap<Sha256Hex, Picture>,
    /// What the dialect has no form for.
    pub(super) lost: Vec<Lost>,
}

/// The words of a photo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) alt: String,
    /// What stands under it, credit and all.
    pub(super) caption: String,
}

/// `photos` are the attachments that are photos of the story.
pub(super) fn read_out(content: &str, photos: &BTreeMap<Sha256Hex, u64>) -> ReadOut {
    let mut reader = Reader::new(photos);
    let mut rest = content;
    while let Some((text, from)) = rest.split_once('<') {
        reader.text(text);
        let end = if from.starts_with("!--") { "-->" } else { ">" };
        let Some((tag, after)) = from.split_once(end) else {
            rest = "";
            break;
        };
        reader.tag(tag);
        rest = after;
    }
    reader.text(rest);
    reader.finish()
}

struct Reader<'a> {
    photos: &'a BTreeMap<Sha256Hex, u64>,
    done: Vec<Done>,
    /// The text of the open block.
    line: String,
    /// `## ` and the like.
    mark: &'static str,
    quotes: usize,
    /// Open lists: the next number, or none for one of bullets.
    lists: Vec<Option<u64>>,
    /// The open item's mark has not been printed yet.
    item: Option<String>,
    links: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Inside `pre`.
    code: bool,
    /// The open element whose text is no part of the body, and where its text goes.
    aside: Option<Aside>,
    /// The photo of the story that the open figure shows.
    pictured: Option<Sha256Hex>,
    out: ReadOut,
}

/// Text beside the body.
struct Aside {
    /// The element that ends it.
    ends: &'static str,
    to: Beside,
    text: String,
}

enum Beside {
    Byline,
    Source,
    Caption,
    /// It is no text at all.
    Nowhere,
}

impl<'a> Reader<'a> {
    fn new(photos: &'a BTreeMap<Sha256Hex, u64>) -> Self {
        Self {
            photos,
            done: Vec::new(),
            line: String::new(),
            mark: "",
            quotes: 0,
            lists: Vec::new(),
            item: None,
            links: Vec::new(),
            rows: Vec::new(),
            code: false,
            aside: None,
            pictured: None,
            out: ReadOut::default(),
        }
    }

    fn text(&mut self, html: &str) {
        let text = unescape(html);
        if let Some(aside) = &mut self.aside {
            aside.text.push_str(&text);
            return;
        }
        if self.code {
            self.line.push_str(&text);
            return;
        }
        let spaced = text.starts_with(char::is_whitespace)
            && !self.line.is_empty()
            && !self.line.ends_with([' ', '\n']);
        if spaced {
            self.line.push(' ');
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.push_str(&escape(&words));
        if !words.is_empty() && text.ends_with(char::is_whitespace) {
            self.line.push(' ');
        }
    }

    fn tag(&mut self, tag: &str) {
        if let Some(comment) = tag.strip_prefix("!--") {
            self.comment(comment);
            return;
        }
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default().to_ascii_lowercase();
        if let Some(aside) = self.aside.take_if(|aside| closes && name == aside.ends) {
            self.end_aside(&aside);
            return;
        }
        if self.aside.is_some() {
            return;
        }
        if closes { self.close(&name) } else { self.open(&name, tag) }
    }

    /// The opening comment of a block says what it is; WordPress's own have no prefix.
    fn comment(&mut self, comment: &str) {
        let Some(opening) = comment.trim().strip_prefix("wp:") else { return };
        // A name with a prefix is one of a plugin's: `plugin/block`.
        let name = opening.split([' ', '\n']).next().unwrap_or_default().trim_end_matches('/');
        if !KNOWN.contains(&name) {
            self.out.lost.push(Lost::new(LostKind::Block, name));
        }
    }

    fn begin_aside(&mut self, ends: &'static str, to: Beside) {
        self.end_block();
        self.aside = Some(Aside { ends, to, text: String::new() });
    }

    fn end_aside(&mut self, aside: &Aside) {
        let text = aside.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match (&aside.to, &self.pictured) {
            (Beside::Byline, _) => self.out.byline = Some(text),
            (Beside::Source, _) => self.out.source = Some(text),
            (Beside::Caption, Some(photo)) => {
                self.out.pictures.entry(photo.clone()).or_default().caption = text;
            }
            _ => {}
        }
    }

    fn open(&mut self, name: &str, tag: &str) {
        match name {
            "p" if tag.contains(BYLINE) => self.begin_aside("p", Beside::Byline),
            "p" if tag.contains(SOURCE) => self.begin_aside("p", Beside::Source),
            "figcaption" if self.pictured.is_some() => self.begin_aside("figcaption", Beside::Caption),
            "script" => self.begin_aside("script", Beside::Nowhere),
            "style" => self.begin_aside("style", Beside::Nowhere),
            "p" | "div" | "tr" | "figcaption" => self.end_block(),
            "h1" | "h2" => self.begin("## "),
            "h3" | "h4" | "h5" | "h6" => self.begin("### "),
            "blockquote" => {
                self.end_block();
                self.quotes += 1;
            }
            "figure" if tag.contains("wp-block-pullquote") => {
                self.end_block();
                self.done.push(Done { kind: Kind::Text, quotes: 1, text: "[!pull]".to_owned() });
            }
            "figure" => {
                self.end_block();
                self.pictured = None;
            }
            "cite" => self.begin(""),
            "ul" => self.list(None),
            "ol" => self.list(Some(number(tag, "start").unwrap_or(1))),
            "li" => self.begin_item(),
            "hr" => self.whole("---".to_owned()),
            "br" => self.line.push_str("\\\n"),
            "img" => self.image(tag),
            "pre" => {
                self.end_block();
                self.code = true;
            }
            "a" => {
                self.links.push(value(tag, "href").unwrap_or_default());
                self.line.push('[');
            }
            "table" => {
                self.end_block();
                self.rows.clear();
            }
            "td" | "th" => self.line.clear(),
            name => self.line.push_str(self.span(name)),
        }
        if name == "tr" {
            self.rows.push(Vec::new());
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "div" | "figcaption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "cite" => self.end_block(),
            "li" => {
                self.end_block();
                self.item = None;
            }
            "blockquote" => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "ul" | "ol" => {
                self.end_block();
                self.lists.pop();
            }
            "pre" => {
                self.code = false;
                let code = std::mem::take(&mut self.line);
                self.whole(format!("```\n{}\n```", code.trim_end_matches('\n')));
            }
            "a" => {
                let address = self.links.pop().unwrap_or_default();
                self.line.push_str(&format!("]({address})"));
            }
            "td" | "th" => {
                let cell = std::mem::take(&mut self.line).trim().replace('|', "\\|");
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            "table" => self.end_table(),
            name => {
                let mark = self.span(name);
                // A mark closes behind a letter, never behind a space.
                let spaces = self.line.len() - self.line.trim_end().len();
                self.line.truncate(self.line.trim_end().len());
                self.line.push_str(mark);
                self.line.push_str(if spaces > 0 { " " } else { "" });
            }
        }
    }

    fn span(&self, name: &str) -> &'static str {
        match name {
            "strong" | "b" => "**",
            "em" | "i" => "*",
            "s" | "del" => "~~",
            "code" if !self.code => "`",
            _ => "",
        }
    }

    fn begin(&mut self, mark: &'static str) {
        self.end_block();
        self.mark = mark;
    }

    fn list(&mut self, first: Option<u64>) {
        self.end_block();
        self.lists.push(first);
    }

    fn begin_item(&mut self) {
        self.end_block();
        let indent = "   ".repeat(self.lists.len().saturating_sub(1));
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}- "),
        };
        self.item = Some(mark);
    }

    fn image(&mut self, tag: &str) {
        let classes = value(tag, "class").unwrap_or_default();
        let id = classes.split(' ').find_map(|class| class.strip_prefix("wp-image-")?.parse::<u64>().ok());
        let photo = id.and_then(|id| self.photos.iter().find(|(_, media)| **media == id));
        match photo {
            Some((photo, _)) => {
                let alt = value(tag, "alt").unwrap_or_default();
                self.pictured = Some(photo.clone());
                self.out.pictures.insert(photo.clone(), Picture { alt, caption: String::new() });
                self.whole(format!("![](photo:{photo})"));
            }
            None => {
                let (alt, src) =
                    (value(tag, "alt").unwrap_or_default(), value(tag, "src").unwrap_or_default());
                let name = if alt.is_empty() { &src } else { &alt };
                self.line.push_str(&format!("[{}]({src})", escape(name)));
                self.out.lost.push(Lost::new(LostKind::Photo, name.as_str()));
            }
        }
    }

    /// A block that is not made of text.
    fn whole(&mut self, text: String) {
        self.end_block();
        self.done.push(Done { kind: Kind::Text, quotes: self.quotes, text });
    }

    fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        let mark = std::mem::take(&mut self.mark);
        let text = line.trim().trim_end_matches("\\\n").trim();
        if text.is_empty() {
            return;
        }
        let (kind, text) = match (self.item.take(), self.lists.len()) {
            (Some(item), _) => (Kind::Item, format!("{item}{text}")),
            (None, 0) => (Kind::Text, format!("{mark}{text}")),
            (None, depth) => (Kind::Text, format!("{}{text}", "   ".repeat(depth))),
        };
        self.done.push(Done { kind, quotes: self.quotes, text });
    }

    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let line = |row: &Vec<String>| format!("| {} |", row.join(" | "));
        let Some(head) = rows.first() else { return };
        let rule = format!("|{}", "---|".repeat(head.len()));
        let lines: Vec<String> =
            [line(head), rule].into_iter().chain(rows.iter().skip(1).map(line)).collect();
        self.whole(lines.join("\n"));
    }

    fn finish(mut self) -> ReadOut {
        self.end_block();
        ReadOut { body: join(&self.done), ..self.out }
    }
}

#[cfg(test)]
mod tests;
