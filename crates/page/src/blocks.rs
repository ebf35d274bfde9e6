//! Looking ahead in a parsed body: where a block ends, what is in it, whether it is one of our own.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::source::unmask;

/// A parser event and the bytes of the body that it stands for.
pub(crate) type Piece<'a> = (Event<'a>, Range<usize>);

/// Splits a paragraph or heading at the front of `rest` into what is in it and what follows it.
pub(crate) fn leaf_block<'e>(rest: &'e [Piece<'e>]) -> Option<(&'e [Piece<'e>], &'e [Piece<'e>])> {
    let inside = rest.get(1..)?;
    let end = inside.iter().position(|(event, _)| is_leaf_end(event))?;
    Some((inside.get(..end)?, inside.get(end + 1..)?))
}

/// The text at the front of `rest`, up to the end of its block or the start of one inside it.
pub(crate) fn leaf_of<'e>(rest: &'e [Piece<'e>]) -> &'e [Piece<'e>] {
    let is_text = |event: &Event<'_>| match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
        }
        event => !is_leaf_end(event) && !matches!(event, Event::End(TagEnd::Item)),
    };
    let end = rest.iter().position(|(event, _)| !is_text(event)).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

pub(crate) fn is_leaf_end(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Heading(_)))
}

pub(crate) fn text_of(pieces: &[Piece<'_>]) -> String {
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
pub(crate) fn attribution(rest: &[Piece<'_>]) -> Option<usize> {
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
