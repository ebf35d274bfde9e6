//! The body: our Markdown dialect to clean HTML. What the dialect is, the golden corpus in
//! `tests/golden/markdown` says; the editor is held to the same files.

use std::{collections::BTreeSet, fmt::Write as _, ops::Range};

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use story::{Content, Language};

use crate::{
    Context,
    clean::clean,
    escape::escape,
    figure::{self, photo_of},
    footnotes::Footnotes,
    link::{self, Destination},
    source::{events, mask, unmask},
    words::words,
};

/// Elements deeper than this are left out and their text kept: no writer nests so deep, and browsers slow down
/// on it.
const MAX_DEPTH: usize = 48;

/// The body of `content` as clean HTML, the same as it stands in the page. For tests and feeds; pages are made
/// by [`crate::render`].
pub fn body_html(content: &Content, context: &Context<'_>) -> String {
    let masked = mask(&content.body);
    let events: Vec<Piece<'_>> = events(&masked).collect();
    clean(&Writer::new(content, context, &masked).write(&events))
}

type Piece<'a> = (Event<'a>, Range<usize>);

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
    /// Offsets of paragraphs that are the attribution of a pull quote.
    attributions: BTreeSet<usize>,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    inside: bool,
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
            attributions: BTreeSet::new(),
        }
    }

    fn write(mut self, events: &[Piece<'_>]) -> String {
        let mut rest = events;
        while let [piece, tail @ ..] = rest {
            rest = match self.special_block(rest) {
                Some(after) => after,
                None => self.piece(piece, tail),
            };
        }
        let notes = self.footnotes.section(self.content.language);
        self.out + &notes
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
                Event::Text(text) if in_photo || unmask(text).trim().is_empty() => {}
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
                self.start_table(tag, range.start)
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

    fn start_table(&mut self, tag: &Tag<'_>, start: usize) -> &'static str {
        match tag {
            Tag::Table(alignments) => {
                let at = self.at(start);
                self.table = Table { alignments: alignments.clone(), inside: true, ..Table::default() };
                self.out.extend([
                    "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\"",
                    &at,
                    "><table>\n",
                ]);
                "</tbody></table></div>\n"
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.push_str("<thead><tr>");
                "</tr></thead>\n<tbody>\n"
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.out.push_str("<tr>");
                "</tr>\n"
            }
            _ => self.start_cell(),
        }
    }

    fn start_cell(&mut self) -> &'static str {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.table.column += 1;
        let (opening, closing) =
            if self.table.in_head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.out.extend([opening, class, ">"]);
        closing
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
            TagEnd::TableHead => self.table.in_head = false,
            TagEnd::Table => self.table.inside = false,
            _ => {}
        }
        let closing = self.open.pop().unwrap_or_default();
        self.out.push_str(closing);
        if matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Table) {
            self.flush_figures();
        }
    }

    fn flush_figures(&mut self) {
        if !self.table.inside {
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
        let bengali = text.iter().find_map(|(event, _)| match event {
            Event::Text(text) => bangla::mostly_bengali(text),
            _ => None,
        });
        match (bengali, self.content.language) {
            (Some(true), Language::En) => " lang=\"bn\"",
            (Some(false), Language::Bn) => " lang=\"en\"",
            _ => "",
        }
    }
}

/// Splits a paragraph or heading at the front of `rest` into what is in it and what follows it.
fn leaf_block<'e>(rest: &'e [Piece<'e>]) -> Option<(&'e [Piece<'e>], &'e [Piece<'e>])> {
    let inside = rest.get(1..)?;
    let end = inside.iter().position(|(event, _)| is_leaf_end(event))?;
    Some((inside.get(..end)?, inside.get(end + 1..)?))
}

/// The text at the front of `rest`, up to the end of its block or the start of one inside it.
fn leaf_of<'e>(rest: &'e [Piece<'e>]) -> &'e [Piece<'e>] {
    let is_text = |event: &Event<'_>| match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        }
        event => !is_leaf_end(event) && !matches!(event, Event::End(TagEnd::Item)),
    };
    let end = rest.iter().position(|(event, _)| !is_text(event)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn is_leaf_end(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Heading(_)))
}

fn text_of(pieces: &[Piece<'_>]) -> String {
    let texts = pieces.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => Some(unmask(text)),
        Event::SoftBreak | Event::HardBreak => Some(" ".into()),
        _ => None,
    });
    texts.collect()
}

/// Whether the line at `start` is `[!pull]` and nothing else.
pub(crate) fn is_pull_marker(masked: &str, start: usize) -> bool {
    let after = masked.get(start..).and_then(|text| text.strip_prefix("[!pull]"));
    after.is_some_and(|after| after.lines().next().unwrap_or_default().trim().is_empty())
}

/// The offset of the pull quote's last paragraph, if it is an attribution. `rest` begins within the quote.
fn attribution(rest: &[Piece<'_>]) -> Option<usize> {
    let mut depth = 1_usize;
    let end = rest.iter().position(|(event, _)| {
        match event {
            Event::Start(Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_)) => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let inside = rest.get(..end)?;
    if !matches!(inside.last()?.0, Event::End(TagEnd::Paragraph)) {
        return None;
    }
    let first = inside.iter().rposition(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)))?;
    let Event::Text(text) = &inside.get(first + 1)?.0 else {
        return None;
    };
    let is_last_of_several = first > 0 && text.starts_with("— ");
    is_last_of_several.then(|| inside.get(first).map(|(_, range)| range.start))?
}
