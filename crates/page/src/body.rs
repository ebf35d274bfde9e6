//! The body: our Markdown dialect to clean HTML. What the dialect is, the golden corpus in
//! `tests/golden/markdown` says; the editor is held to the same files.

use std::{collections::BTreeSet, fmt::Write as _, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use story::{Content, Language};

use crate::{
    Context,
    blocks::{Piece, attribution, is_leaf_end, is_pull_marker, leaf_block, leaf_of, text_of},
    clean::clean,
    escape::escape,
    figure::{self, photo_of},
    footnotes::Footnotes,
    link::{self, Destination},
    source::{events, mask, unmask},
    table::Table,
    words::words,
};

/// Elements deeper than this are left out and their text kept: no writer nests so deep, and browsers slow down
/// on it.
const MAX_DEPTH: usize = 48;

/// The body of `content` as clean HTML, the same as it stands in the page. For tests and feeds; pages are made
/// by [`crate::render`].
pub fn body_html(content: &Content, context: &Context<'_>) -> String {
    let Body { text, notes } = body(content, context);
    text + &notes
}

/// The body in two parts, both clean: the agency's sign-off stands between them.
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) notes: String,
}

pub(crate) fn body(content: &Content, context: &Context<'_>) -> Body {
    let masked = mask(&content.body);
    let events: Vec<Piece<'_>> = events(&masked).collect();
    let Body { text, notes } = Writer::new(content, context, &masked).write(&events);
    Body { text: clean(&text), notes: if notes.is_empty() { notes } else { clean(&notes) } }
}

struct Writer<'a> {
    content: &'a Content,
    context: &'a Context<'a>,
    masked: &'a str,
    out: String,
    /// How each open element is closed; empty for one that was left out.
    open: Vec<&'static str>,
    footnotes: Footnotes,
    /// Photos found within a line of text: they stand after its block.
    figures: String,
    /// Images whose alternative text must not be printed.
    silent: usize,
    table: Table,
    /// How long the page was before and after the newest paragraph or heading was opened.
    opened: (usize, usize),
    /// Offsets of paragraphs that are the attribution of a pull quote.
    attributions: BTreeSet<usize>,
}

impl<'a> Writer<'a> {
    fn new(content: &'a Content, context: &'a Context<'a>, masked: &'a str) -> Self {
        Self {
            content,
            context,
            masked,
            out: String::with_capacity(masked.len() * 5 / 4),
            open: Vec::new(),
            footnotes: Footnotes::default(),
            figures: String::new(),
            silent: 0,
            table: Table::default(),
            opened: (0, 0),
            attributions: BTreeSet::new(),
        }
    }

    fn write(mut self, events: &[Piece<'_>]) -> Body {
        let mut rest = events;
        while let [piece, tail @ ..] = rest {
            rest = match self.special_block(rest) {
                Some(after) => after,
                None => self.piece(piece, tail),
            };
        }
        Body { text: self.out, notes: self.footnotes.section(self.content.language) }
    }

    /// A block that is one thing of ours: photos, a related story, an embed. Returns what follows it.
    fn special_block<'e>(&mut self, rest: &'e [Piece<'e>]) -> Option<&'e [Piece<'e>]> {
        let (Event::Start(Tag::Paragraph | Tag::Heading { .. }), range) = rest.first()? else {
            return None;
        };
        let (inner, after) = leaf_block(rest)?;
        let html = self.photos_only(inner).or_else(|| self.card(inner, range.start))?;
        self.out.push_str(&html);
        Some(after)
    }

    fn photos_only(&self, inner: &[Piece<'_>]) -> Option<String> {
        let mut html = String::new();
        let mut in_photo = false;
        for (event, range) in inner {
            match event {
                Event::Start(Tag::Image { dest_url, .. }) => {
                    html.push_str(&self.figure(&photo_of(dest_url)?, range.start));
                    in_photo = true;
                }
                Event::End(TagEnd::Image) => in_photo = false,
                Event::SoftBreak | Event::HardBreak => {}
                Event::Text(text) if in_photo || text.trim().is_empty() => {}
                _ if in_photo => {}
                _ => return None,
            }
        }
        let has_photo = inner.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Image { .. })));
        has_photo.then_some(html)
    }

    fn card(&self, inner: &[Piece<'_>], at: usize) -> Option<String> {
        let [
            (Event::Start(Tag::Link { link_type, dest_url, .. }), _),
            text @ ..,
            (Event::End(TagEnd::Link), _),
        ] = inner
        else {
            return None;
        };
        if text.iter().any(|(event, _)| matches!(event, Event::End(TagEnd::Link))) {
            return None;
        }
        let at = self.at(at);
        match link::destination(dest_url, *link_type, self.context.addresses)? {
            Destination::Story(href) => {
                let label = words(self.content.language).read_also;
                let text_only = text_of(text);
                let headline = escape(&text_only);
                let lang = self.lang(text);
                Some(format!(
                    "<aside class=\"related\"{at}><a class=\"card-link\" href=\"{href}\"><span class=\"label\">{label}</span> \
                     <span class=\"headline\"{lang}>{headline}</span></a></aside>\n",
                    href = escape(&href),
                ))
            }
            Destination::Web(href) if *link_type == LinkType::Autolink => {
                let (host, address) = (escape(link::host(&href)), escape(&href));
                Some(format!(
                    "<aside class=\"embed\"{at}><a class=\"card-link\" href=\"{address}\"><span class=\"host\" lang=\"en\">{host}</span> \
                     <span class=\"address\" lang=\"en\">{address}</span></a></aside>\n",
                ))
            }
            Destination::Web(_) => None,
        }
    }

    fn piece<'e>(&mut self, piece: &Piece<'e>, rest: &'e [Piece<'e>]) -> &'e [Piece<'e>] {
        match &piece.0 {
            Event::Start(tag) => return self.start(tag, piece.1.clone(), rest),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(text),
            Event::Code(text) if self.silent == 0 => {
                let code = escape(&unmask(text)).into_owned();
                self.out.extend(["<code>", &code, "</code>"]);
            }
            Event::SoftBreak if self.silent == 0 => self.out.push('\n'),
            Event::HardBreak if self.silent == 0 => self.out.push_str("<br>\n"),
            Event::Rule => {
                let at = self.at(piece.1.start);
                self.out.extend(["<hr", &at, ">\n"]);
            }
            Event::FootnoteReference(name) if self.silent == 0 => {
                let mark = self.footnotes.reference(name, self.content.language);
                self.out.push_str(&mark);
            }
            _ => {}
        }
        rest
    }

    fn text(&mut self, text: &str) {
        if self.silent == 0 {
            self.out.push_str(&escape(&unmask(text)));
        }
    }

    fn start<'e>(&mut self, tag: &Tag<'_>, range: Range<usize>, rest: &'e [Piece<'e>]) -> &'e [Piece<'e>] {
        if let Tag::FootnoteDefinition(name) = tag {
            self.footnotes.begin(name, std::mem::take(&mut self.out));
            return rest;
        }
        if let Tag::Image { dest_url, .. } = tag {
            self.image(dest_url, range.start);
            return rest;
        }
        if self.open.len() >= MAX_DEPTH {
            self.open.push("");
            return rest;
        }
        let closing = match tag {
            Tag::BlockQuote(_) => return self.quote(range.start, rest),
            Tag::Link { link_type, dest_url, .. } => self.link(dest_url, *link_type),
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                let at = self.at(range.start);
                self.table.start(tag, &at, &mut self.out)
            }
            Tag::Emphasis => self.inline("<em>", "</em>"),
            Tag::Strong => self.inline("<strong>", "</strong>"),
            Tag::Strikethrough => self.inline("<del>", "</del>"),
            _ => self.start_block(tag, range.start, rest),
        };
        self.open.push(closing);
        rest
    }

    fn start_block(&mut self, tag: &Tag<'_>, start: usize, rest: &[Piece<'_>]) -> &'static str {
        let at = self.at(start);
        let lang = match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Item => self.lang(leaf_of(rest)),
            _ => "",
        };
        let before = self.out.len();
        let (name, closing) = match tag {
            Tag::Paragraph if self.attributions.contains(&start) => ("footer", "</footer>\n"),
            Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. } => ("h2", "</h2>\n"),
            Tag::Heading { .. } => ("h3", "</h3>\n"),
            Tag::List(None) => ("ul", "</ul>\n"),
            Tag::List(Some(_)) => ("ol", "</ol>\n"),
            Tag::Item => ("li", "</li>\n"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => ("pre", "</code></pre>\n"),
            _ => ("p", "</p>\n"),
        };
        self.out.extend(["<", name, &at, lang]);
        if let Tag::List(Some(first)) = tag
            && *first != 1
        {
            // Writing to a String cannot fail.
            let _ = write!(self.out, " start=\"{first}\"");
        }
        self.out.push_str(if name == "pre" { "><code>" } else { ">" });
        if matches!(tag, Tag::List(_)) {
            self.out.push('\n');
        }
        self.opened = (before, self.out.len());
        closing
    }

    fn inline(&mut self, opening: &'static str, closing: &'static str) -> &'static str {
        if self.silent > 0 {
            return "";
        }
        self.out.push_str(opening);
        closing
    }

    fn link(&mut self, dest_url: &str, link_type: LinkType) -> &'static str {
        let destination = link::destination(dest_url, link_type, self.context.addresses);
        let Some(Destination::Story(href) | Destination::Web(href)) = destination else {
            return "";
        };
        if self.silent > 0 {
            return "";
        }
        self.out.extend(["<a href=\"", &escape(&href), "\">"]);
        "</a>"
    }

    /// A photo within text goes after its block; a picture from elsewhere is never fetched, its words stay.
    fn image(&mut self, dest_url: &str, start: usize) {
        let photo = photo_of(dest_url);
        if photo.is_some() || self.silent > 0 {
            self.silent += 1;
        }
        if let Some(id) = photo {
            let figure = self.figure(&id, start);
            self.figures.push_str(&figure);
        }
    }

    fn quote<'e>(&mut self, start: usize, rest: &'e [Piece<'e>]) -> &'e [Piece<'e>] {
        let at = self.at(start);
        let marker = rest.first().is_some_and(|(event, range)| {
            matches!(event, Event::Start(Tag::Paragraph)) && is_pull_marker(self.masked, range.start)
        });
        let class = if marker { " class=\"pull\"" } else { "" };
        self.out.extend(["<blockquote", class, &at, ">\n"]);
        self.open.push("</blockquote>\n");
        if !marker {
            return rest;
        }
        self.attributions.extend(attribution(rest));
        self.without_marker(rest)
    }

    /// The pull quote's first paragraph without its first line.
    fn without_marker<'e>(&mut self, rest: &'e [Piece<'e>]) -> &'e [Piece<'e>] {
        let is_line_end = |event: &Event<'_>| {
            matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph))
        };
        let Some(end) = rest.iter().position(|(event, _)| is_line_end(event)) else {
            return rest;
        };
        let (line, after) = rest.split_at(end);
        let Some(((event, range), after)) = after.split_first() else {
            return rest;
        };
        if matches!(event, Event::End(_)) {
            return after;
        }
        let start = line.first().map_or(range.start, |(_, range)| range.start);
        let closing = self.start_block(&Tag::Paragraph, start, after);
        self.open.push(closing);
        after
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::FootnoteDefinition => {
                let note = std::mem::take(&mut self.out) + &std::mem::take(&mut self.figures);
                self.out = self.footnotes.finish(note);
                return;
            }
            TagEnd::Image => {
                self.silent = self.silent.saturating_sub(1);
                return;
            }
            TagEnd::CodeBlock if self.out.ends_with('\n') => {}
            TagEnd::HtmlBlock => self.out.truncate(self.out.trim_end().len()),
            TagEnd::Item => self.flush_figures(),
            TagEnd::TableHead => self.table.end_head(),
            TagEnd::Table => self.table.end(),
            _ => {}
        }
        let closing = self.open.pop().unwrap_or_default();
        // A paragraph whose only content was moved or left out is no paragraph.
        let (before, opened) = self.opened;
        if is_leaf_end(&Event::End(tag)) && !closing.is_empty() && self.out.len() == opened {
            self.out.truncate(before);
        } else {
            self.out.push_str(closing);
        }
        if matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Table) {
            self.flush_figures();
        }
    }

    fn flush_figures(&mut self) {
        if !self.table.is_open() {
            self.out.push_str(&std::mem::take(&mut self.figures));
        }
    }

    /// A lead photo that the body places too is printed once, at the top.
    fn figure(&self, id: &str, start: usize) -> String {
        let lead = self.content.lead_photo().is_some_and(|photo| photo.id.as_str() == id);
        if lead { String::new() } else { figure::in_body(id, &self.at(start), self.content, self.context) }
    }

    fn at(&self, offset: usize) -> String {
        if self.context.preview { format!(" data-at=\"{offset}\"") } else { String::new() }
    }

    /// A `lang` for text that is not in the story's language, so that a screen reader changes its voice.
    fn lang(&self, text: &[Piece<'_>]) -> &'static str {
        let first = text.iter().find_map(|(event, _)| match event {
            Event::Text(text) => bangla::mostly_bengali(text),
            _ => None,
        });
        // Most blocks begin in the story's language; only a stranger is read to its end.
        let usual = self.content.language == Language::Bn;
        if first.is_none_or(|bengali| bengali == usual) {
            return "";
        }
        figure::other_lang(&text_of(text), self.content.language)
    }
}
