//! A story as the block editor's markup. Each shape is the one that the core block itself writes, so that the
//! editor of WordPress opens it without complaint. Whatever is text is escaped; nothing of the story is HTML.

mod photos;

use std::collections::BTreeMap;

use page::{Align, Block, Inline, Row, Table, document};
use serde_json::{Map, Value, json};
use story::{Content, Language, Payload, Sha256Hex, StoryId};

use photos::photos_inside;
pub(super) use photos::{alternative, caption};

use super::{
    envelope::{comment, key},
    html::escape,
    inline::{Words, link},
    media::Media,
};

/// What the portal holds of what the story names.
pub(super) struct Around<'a> {
    pub(super) media: &'a BTreeMap<Sha256Hex, Media>,
    pub(super) stories: &'a BTreeMap<StoryId, String>,
}

/// A block on its way into the post.
struct Written {
    name: &'static str,
    attributes: Map<String, Value>,
    html: String,
}

impl Written {
    fn new(name: &'static str, html: String) -> Self {
        Self { name, attributes: Map::new(), html }
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.attributes.insert(name.to_owned(), value);
        self
    }

    /// With an `id` on its outermost element, which the block editor calls an anchor and keeps.
    fn anchored(mut self, id: &str) -> Self {
        let name = self.html.find([' ', '>', '/']).unwrap_or(self.html.len());
        self.html.insert_str(name, &format!(" id=\"{id}\""));
        self
    }

    fn markup(&self) -> String {
        let Self { name, attributes, html } = self;
        format!("{}\n{html}\n<!-- /wp:{name} -->", comment(name, attributes))
    }
}

/// The post's content, without the envelope. Its first block carries the story's key.
pub(super) fn markup(payload: &Payload, around: &Around<'_>) -> String {
    let content = payload.to_content();
    let words = Words { language: payload.language, stories: around.stories };
    let writer = Writer { content: &content, words, media: around.media };
    let mut blocks = writer.story();
    if blocks.is_empty() {
        blocks.push(Written::new("paragraph", "<p></p>".to_owned()));
    }
    let first = blocks.remove(0).anchored(&key(payload.story));
    let all: Vec<String> = std::iter::once(first).chain(blocks).map(|block| block.markup()).collect();
    all.join("\n\n")
}

struct Writer<'a> {
    content: &'a Content,
    words: Words<'a>,
    media: &'a BTreeMap<Sha256Hex, Media>,
}

impl Writer<'_> {
    fn story(&self) -> Vec<Written> {
        let document = document(&self.content.body);
        let mut blocks: Vec<Written> = self.byline().into_iter().collect();
        blocks.extend(self.blocks(&document.blocks));
        blocks.extend(self.unplaced());
        blocks.extend(self.sign_off());
        if !document.notes.is_empty() {
            blocks.extend(self.blocks(&[Block::List(Some(1), document.notes)]));
        }
        blocks
    }

    /// WordPress shows the account, not the person, so who wrote it stands in the text.
    fn byline(&self) -> Option<Written> {
        let (byline, dateline) = (self.content.byline.trim(), self.content.dateline.trim());
        let words = match (byline, dateline) {
            ("", "") => return None,
            ("", dateline) => escape(dateline),
            (byline, "") => format!("<strong>{}</strong>", escape(byline)),
            (byline, dateline) => format!("<strong>{}</strong>, {}", escape(byline), escape(dateline)),
        };
        Some(classed("khosra-byline", &words))
    }

    fn sign_off(&self) -> Option<Written> {
        let source = self.content.source.trim();
        (!source.is_empty()).then(|| classed("khosra-source", &escape(source)))
    }

    /// A photo in a block that holds nothing but text stands below it.
    fn blocks(&self, blocks: &[Block]) -> Vec<Written> {
        let with_photos = |block| {
            let photos = photos_inside(block).into_iter().filter_map(|photo| self.placed(photo));
            self.block(block).into_iter().chain(photos.collect::<Vec<_>>())
        };
        blocks.iter().flat_map(with_photos).collect()
    }

    fn block(&self, block: &Block) -> Option<Written> {
        Some(match block {
            Block::Paragraph(text) => self.paragraph(text),
            Block::Heading(level, text) => heading(*level, &self.words.html(text)),
            Block::Quote(inside) => quote(&self.blocks(inside)),
            Block::PullQuote(inside, who) => self.pull_quote(inside, who.as_deref()),
            Block::List(first, items) => self.list(*first, items),
            Block::Table(table) => self.table(table),
            Block::Code(text) => Written::new(
                "code",
                format!("<pre class=\"wp-block-code\"><code>{}</code></pre>", escape(text)),
            ),
            Block::Photo(id) => return self.placed(id),
            Block::Related(id, label) => self.related(*id, label),
            Block::Embed(address) => paragraph(&link(address, &escape(address))),
            Block::Rule => Written::new(
                "separator",
                "<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>".to_owned(),
            ),
        })
    }

    fn paragraph(&self, text: &[Inline]) -> Written {
        paragraph(&self.words.html(text))
    }

    fn related(&self, id: StoryId, label: &str) -> Written {
        let read_also = match self.content.language {
            Language::Bn => "আরও পড়ুন",
            Language::En => "Read also",
        };
        match self.words.stories.get(&id) {
            Some(address) => paragraph(&link(address, &escape(&format!("{read_also}: {label}")))),
            None => paragraph(&escape(label)),
        }
    }

    /// The block holds one text, so that paragraphs become lines.
    fn pull_quote(&self, inside: &[Block], who: Option<&[Inline]>) -> Written {
        let text = self.lines(inside).join("<br>");
        let cite = who.map(|who| format!("<cite>{}</cite>", self.words.html(who))).unwrap_or_default();
        Written::new(
            "pullquote",
            format!(
                "<figure class=\"wp-block-pullquote\"><blockquote><p>{text}</p>{cite}</blockquote></figure>"
            ),
        )
    }

    /// The words of blocks where only lines can stand.
    fn lines(&self, blocks: &[Block]) -> Vec<String> {
        let lines = |block: &Block| match block {
            Block::Paragraph(text) | Block::Heading(_, text) => vec![self.words.html(text)],
            Block::Quote(inside) => self.lines(inside),
            Block::PullQuote(inside, who) => {
                let who = who.as_deref().map(|who| self.words.html(who));
                self.lines(inside).into_iter().chain(who).collect()
            }
            Block::List(_, items) => items.iter().flat_map(|item| self.lines(item)).collect(),
            Block::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.map(|row| row.iter().map(|cell| self.words.html(cell)).collect::<Vec<_>>().join(", "))
                    .collect()
            }
            Block::Code(text) => vec![format!("<code>{}</code>", escape(text))],
            Block::Related(_, label) => vec![escape(label)],
            Block::Embed(address) => vec![link(address, &escape(address))],
            Block::Photo(_) | Block::Rule => Vec::new(),
        };
        blocks.iter().flat_map(lines).collect()
    }

    fn list(&self, first: Option<u64>, items: &[Vec<Block>]) -> Written {
        let items: Vec<String> = items.iter().map(|item| self.item(item).markup()).collect();
        let items = items.join("\n\n");
        let block = |html| Written::new("list", html);
        match first {
            None => block(format!("<ul class=\"wp-block-list\">{items}</ul>")),
            Some(1) => {
                block(format!("<ol class=\"wp-block-list\">{items}</ol>")).with("ordered", json!(true))
            }
            Some(first) => block(format!("<ol start=\"{first}\" class=\"wp-block-list\">{items}</ol>"))
                .with("ordered", json!(true))
                .with("start", json!(first)),
        }
    }

    /// An item holds one text and lists below it.
    fn item(&self, item: &[Block]) -> Written {
        let (lists, text): (Vec<&Block>, Vec<&Block>) =
            item.iter().partition(|block| matches!(block, Block::List(..)));
        let text: Vec<Block> = text.into_iter().cloned().collect();
        let below: Vec<String> =
            lists.into_iter().filter_map(|list| self.block(list)).map(|list| list.markup()).collect();
        let html = format!("<li>{}{}</li>", self.lines(&text).join("<br>"), below.join("\n\n"));
        Written::new("list-item", html)
    }

    fn table(&self, table: &Table) -> Written {
        let row = |row: &Row, cell: &str| {
            let cells = row.iter().enumerate().map(|(column, text)| {
                let align = match table.columns.get(column) {
                    Some(Align::Centre) => " class=\"has-text-align-center\" data-align=\"center\"",
                    Some(Align::End) => " class=\"has-text-align-right\" data-align=\"right\"",
                    _ => "",
                };
                format!("<{cell}{align}>{}</{cell}>", self.words.html(text))
            });
            format!("<tr>{}</tr>", cells.collect::<String>())
        };
        let rows: String = table.rows.iter().map(|cells| row(cells, "td")).collect();
        let body = if rows.is_empty() { rows } else { format!("<tbody>{rows}</tbody>") };
        let html = format!(
            "<figure class=\"wp-block-table\"><table><thead>{}</thead>{body}</table></figure>",
            row(&table.head, "th"),
        );
        // Said in full, for what is meant when nothing is said has changed between versions of WordPress.
        Written::new("table", html).with("hasFixedLayout", json!(false))
    }
}

fn paragraph(html: &str) -> Written {
    Written::new("paragraph", format!("<p>{html}</p>"))
}

fn classed(class: &str, html: &str) -> Written {
    Written::new("paragraph", format!("<p class=\"{class}\">{html}</p>")).with("className", json!(class))
}

fn heading(level: u8, html: &str) -> Written {
    let block = Written::new("heading", format!("<h{level} class=\"wp-block-heading\">{html}</h{level}>"));
    if level == 2 { block } else { block.with("level", json!(level)) }
}

fn quote(inside: &[Written]) -> Written {
    let inside: Vec<String> = inside.iter().map(Written::markup).collect();
    Written::new(
        "quote",
        format!("<blockquote class=\"wp-block-quote\">{}</blockquote>", inside.join("\n\n")),
    )
}

#[cfg(test)]
mod tests;
