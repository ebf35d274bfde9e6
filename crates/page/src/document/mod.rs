//! The body as a tree, for portals that have a markup of their own. The dialect is read here and in
//! [`crate::body_html`] and nowhere else; both are held to `tests/golden/markdown`.

mod build;
mod notes;
mod text;

use story::StoryId;

use crate::link::Target;
pub use build::document;

/// A body that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// Footnotes; [`Inline::Note`] counts them from 1.
    pub notes: Vec<Vec<Block>>,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Text; never blank.
    Paragraph(Vec<Inline>),
    /// Level 2 or 3.
    Heading(u8, Vec<Inline>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A sentence set apart, and who said it, dash included.
    PullQuote(Vec<Block>, Option<Vec<Inline>>),
    /// Items; the first number of one that counts.
    List(Option<u64>, Vec<Vec<Block>>),
    /// See [`Table`].
    Table(Table),
    /// Text whose line ends count; without the last one.
    Code(String),
    /// A photo by what stands after `photo:`; the story may not have it.
    Photo(String),
    /// Another story and the words for it.
    Related(StoryId, String),
    /// A web address that stands by itself.
    Embed(String),
    /// A line across.
    Rule,
}

/// A table; rows may be shorter than the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// One for each column.
    pub columns: Vec<Align>,
    /// The head.
    pub head: Row,
    /// The rest.
    pub rows: Vec<Row>,
}

/// Cells from left to right.
pub type Row = Vec<Vec<Inline>>;

/// Where a column's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As text does.
    Start,
    /// In the middle.
    Centre,
    /// At the right, as numbers do.
    End,
}

/// A piece of text; nothing in it is escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Letters.
    Text(String),
    /// Letters of a machine.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Stressed more.
    Strong(Vec<Inline>),
    /// Struck through.
    Struck(Vec<Inline>),
    /// A link and its words.
    Link(Target, Vec<Inline>),
    /// A line end that the writer wants.
    Break,
    /// The mark of a footnote, counted from 1.
    Note(usize),
}
