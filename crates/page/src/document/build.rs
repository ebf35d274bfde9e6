//! From the parser's events to the tree.

use std::vec::IntoIter;

use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Tag};

use super::{
    Align, Block, Document, Inline, Row, Table,
    notes::Notes,
    text::{attribution, card, is_blank, is_inline, push_paragraph, push_text, splice, without_marker},
};
use crate::{
    blocks::{Piece, is_pull_marker},
    figure::photo_of,
    link::target,
    source::{events, mask, unmask},
};

/// Elements deeper than this are left out and their text kept, as on the page.
const MAX_DEPTH: usize = 48;

/// Reads a body in the dialect of ADR 4.
pub fn document(body: &str) -> Document {
    let masked = mask(body);
    let pieces = shallow(events(&masked));
    let mut reader = Reader {
        masked: &masked,
        pieces: pieces.into_iter().peekable(),
        notes: Notes::default(),
        photos: Vec::new(),
    };
    let blocks = reader.blocks();
    Document { blocks, notes: reader.notes.in_order() }
}

/// The events without the elements that lie too deep.
fn shallow<'a>(pieces: impl Iterator<Item = Piece<'a>>) -> Vec<Piece<'a>> {
    let mut depth = 0_usize;
    let keeps = |piece: &Piece<'a>| match piece.0 {
        Event::Start(_) => {
            depth += 1;
            depth <= MAX_DEPTH
        }
        Event::End(_) => {
            depth = depth.saturating_sub(1);
            depth < MAX_DEPTH
        }
        _ => true,
    };
    pieces.filter(keeps).collect()
}

struct Reader<'a> {
    masked: &'a str,
    pieces: std::iter::Peekable<IntoIter<Piece<'a>>>,
    notes: Notes,
    /// Photos found within a line of text: they stand after its block.
    photos: Vec<Block>,
}

/// A piece of text, and whether it is a link that was written as a bare address.
struct Leaf {
    text: Vec<Inline>,
    bare: bool,
}

impl<'a> Reader<'a> {
    /// Blocks up to the end of the element that is open, that end included.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = self.pieces.peek() {
            if is_inline(event) {
                // Text that stands in no paragraph: a tight list's.
                let text = self.text();
                push_paragraph(text, &mut blocks);
                continue;
            }
            match self.pieces.next() {
                Some((Event::Start(tag), _)) => self.element(tag, &mut blocks),
                Some((Event::Rule, _)) => blocks.push(Block::Rule),
                _ => break,
            }
        }
        blocks.append(&mut self.photos);
        blocks
    }

    fn element(&mut self, tag: Tag<'a>, blocks: &mut Vec<Block>) {
        match tag {
            Tag::Heading { level, .. } => self.leaf(blocks, Some(level)),
            Tag::BlockQuote(_) => blocks.push(self.quote()),
            Tag::List(first) => blocks.push(Block::List(first, self.items())),
            Tag::Table(columns) => {
                blocks.push(Block::Table(self.table(&columns)));
                blocks.append(&mut self.photos);
            }
            Tag::CodeBlock(_) => blocks.push(Block::Code(self.code())),
            Tag::FootnoteDefinition(name) => {
                let text = self.blocks();
                self.notes.define(&name, text);
            }
            Tag::Paragraph | Tag::HtmlBlock => self.leaf(blocks, None),
            // Something that the depth limit has torn out of its place: its text stays.
            _ => {
                let inside = self.blocks();
                blocks.extend(inside);
            }
        }
    }

    /// A paragraph or a heading, the end included.
    fn leaf(&mut self, blocks: &mut Vec<Block>, level: Option<HeadingLevel>) {
        let Leaf { text, bare } = self.leaf_text();
        let photos = std::mem::take(&mut self.photos);
        match card(&text, bare) {
            Some(card) if photos.is_empty() => blocks.push(card),
            _ if is_blank(&text) => {}
            _ => blocks.push(match level {
                None => Block::Paragraph(text),
                Some(HeadingLevel::H1 | HeadingLevel::H2) => Block::Heading(2, text),
                Some(_) => Block::Heading(3, text),
            }),
        }
        blocks.extend(photos);
    }

    fn leaf_text(&mut self) -> Leaf {
        let is_bare = |(event, _): &Piece<'_>| {
            matches!(event, Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }))
        };
        let bare = self.pieces.peek().is_some_and(is_bare);
        let text = self.text();
        self.pieces.next_if(|(event, _)| matches!(event, Event::End(_)));
        Leaf { text, bare }
    }

    fn quote(&mut self) -> Block {
        let pull = self.pieces.peek().is_some_and(|(event, range)| {
            matches!(event, Event::Start(Tag::Paragraph)) && is_pull_marker(self.masked, range.start)
        });
        let mut blocks = self.blocks();
        if !pull {
            return Block::Quote(blocks);
        }
        let who = attribution(&mut blocks);
        without_marker(&mut blocks);
        Block::PullQuote(blocks, who)
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.pieces.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.blocks()),
                Event::End(_) => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self, columns: &[Alignment]) -> Table {
        let columns = columns.iter().map(|column| match column {
            Alignment::Center => Align::Centre,
            Alignment::Right => Align::End,
            Alignment::Left | Alignment::None => Align::Start,
        });
        let mut table = Table { columns: columns.collect(), ..Table::default() };
        while let Some((event, _)) = self.pieces.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.row(),
                Event::Start(Tag::TableRow) => table.rows.push(self.row()),
                Event::End(_) => break,
                _ => {}
            }
        }
        table
    }

    fn row(&mut self) -> Row {
        let mut row = Row::new();
        while let Some((event, _)) = self.pieces.next() {
            match event {
                Event::Start(Tag::TableCell) => row.push(self.leaf_text().text),
                Event::End(_) => break,
                _ => {}
            }
        }
        row
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        for (event, _) in self.pieces.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&unmask(&text)),
                Event::End(_) => break,
                _ => {}
            }
        }
        code.truncate(code.trim_end_matches('\n').len());
        code
    }

    /// Text up to whatever is none.
    fn text(&mut self) -> Vec<Inline> {
        let mut text = Vec::new();
        while let Some((event, _)) = self.pieces.next_if(|(event, _)| is_inline(event)) {
            match event {
                Event::Text(letters) | Event::Html(letters) | Event::InlineHtml(letters) => {
                    push_text(&mut text, &unmask(&letters));
                }
                Event::Code(letters) => text.push(Inline::Code(unmask(&letters).into_owned())),
                Event::SoftBreak => push_text(&mut text, "\n"),
                Event::HardBreak => text.push(Inline::Break),
                Event::FootnoteReference(name) => text.push(Inline::Note(self.notes.mention(&name))),
                Event::Start(tag) => self.span(&tag, &mut text),
                _ => {}
            }
        }
        text
    }

    fn span(&mut self, tag: &Tag<'_>, text: &mut Vec<Inline>) {
        let inside = self.text();
        self.pieces.next_if(|(event, _)| matches!(event, Event::End(_)));
        match tag {
            Tag::Emphasis => text.push(Inline::Emphasis(inside)),
            Tag::Strong => text.push(Inline::Strong(inside)),
            Tag::Strikethrough => text.push(Inline::Struck(inside)),
            Tag::Link { dest_url, link_type, .. } => match target(dest_url, *link_type) {
                Some(target) => text.push(Inline::Link(target, inside)),
                None => splice(text, inside),
            },
            Tag::Image { dest_url, .. } => match photo_of(dest_url) {
                Some(id) => self.photos.push(Block::Photo(id)),
                // A picture from elsewhere is never fetched; its words stay.
                None => splice(text, inside),
            },
            _ => splice(text, inside),
        }
    }
}
