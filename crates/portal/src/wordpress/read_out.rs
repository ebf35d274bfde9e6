//! A post's content back into Markdown, as well as it goes, for the person who has to merge what somebody wrote in
//! WordPress. Tags that the dialect has no mark for are left out and their text kept.

mod lines;

use std::collections::BTreeMap;

use story::Sha256Hex;

use super::html::unescape;
use lines::{Done, Kind, escape, join, number, value};

/// Blocks that carry fields of the story and no text of its body.
const FIELDS: [&str; 2] = ["khosra-byline", "khosra-source"];

/// `photos` are the attachments that are photos of the story.
pub(super) fn markdown(content: &str, photos: &BTreeMap<Sha256Hex, u64>) -> String {
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
    /// Tags that are open within an element whose text does not count.
    silent: Option<&'static str>,
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
            silent: None,
        }
    }

    fn text(&mut self, html: &str) {
        if self.silent.is_some() {
            return;
        }
        let text = unescape(html);
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
        if tag.starts_with("!--") {
            return;
        }
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default().to_ascii_lowercase();
        if let Some(silent) = self.silent {
            if closes && name == silent {
                self.silent = None;
            }
            return;
        }
        if closes { self.close(&name) } else { self.open(&name, tag) }
    }

    fn open(&mut self, name: &str, tag: &str) {
        match name {
            "p" | "div" if FIELDS.iter().any(|field| tag.contains(field)) => self.silent = Some("p"),
            "figcaption" => self.silent = Some("figcaption"),
            "script" => self.silent = Some("script"),
            "style" => self.silent = Some("style"),
            "p" | "div" | "tr" => self.end_block(),
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
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "cite" => self.end_block(),
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
            Some((photo, _)) => self.whole(format!("![](photo:{photo})")),
            None => {
                let (alt, src) =
                    (value(tag, "alt").unwrap_or_default(), value(tag, "src").unwrap_or_default());
                self.line.push_str(&format!("[{}]({src})", escape(if alt.is_empty() { &src } else { &alt })));
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

    fn finish(mut self) -> String {
        self.end_block();
        join(&self.done)
    }
}

#[cfg(test)]
mod tests;
