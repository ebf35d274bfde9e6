//! What a run of text is: blank, one thing of ours, a quotation's parts.

use pulldown_cmark::{Event, Tag};

use super::{Block, Inline};
use crate::link::Target;

pub(super) fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        ),
        Event::End(_) | Event::Rule => false,
        _ => true,
    }
}

pub(super) fn push_text(text: &mut Vec<Inline>, letters: &str) {
    if let Some(Inline::Text(last)) = text.last_mut() {
        last.push_str(letters);
    } else if !letters.is_empty() {
        text.push(Inline::Text(letters.to_owned()));
    }
}

pub(super) fn splice(text: &mut Vec<Inline>, inside: Vec<Inline>) {
    for piece in inside {
        match piece {
            Inline::Text(letters) => push_text(text, &letters),
            piece => text.push(piece),
        }
    }
}

pub(super) fn push_paragraph(text: Vec<Inline>, blocks: &mut Vec<Block>) {
    if !is_blank(&text) {
        blocks.push(Block::Paragraph(text));
    }
}

pub(super) fn is_blank(text: &[Inline]) -> bool {
    text.iter().all(|piece| match piece {
        Inline::Text(letters) => letters.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    })
}

/// A paragraph that is one thing of ours: a related story, an embed.
pub(super) fn card(text: &[Inline], bare: bool) -> Option<Block> {
    match text {
        [Inline::Link(Target::Story(id), label)] => Some(Block::Related(*id, plain(label))),
        [Inline::Link(Target::Web(address), _)] if bare => Some(Block::Embed(address.clone())),
        _ => None,
    }
}

fn plain(text: &[Inline]) -> String {
    let letters = text.iter().map(|piece| match piece {
        Inline::Text(letters) | Inline::Code(letters) => letters.replace('\n', " "),
        Inline::Emphasis(inside)
        | Inline::Strong(inside)
        | Inline::Struck(inside)
        | Inline::Link(_, inside) => plain(inside),
        Inline::Break => " ".to_owned(),
        Inline::Note(_) => String::new(),
    });
    letters.collect()
}

/// Takes who said it off the end, if that is what stands there.
pub(super) fn attribution(blocks: &mut Vec<Block>) -> Option<Vec<Inline>> {
    let [_, .., Block::Paragraph(text)] = blocks.as_slice() else { return None };
    let names = matches!(text.first(), Some(Inline::Text(letters)) if letters.starts_with("— "));
    match names.then(|| blocks.pop())? {
        Some(Block::Paragraph(text)) => Some(text),
        _ => None,
    }
}

/// Takes the marker's line off the first paragraph.
pub(super) fn without_marker(blocks: &mut Vec<Block>) {
    let Some(Block::Paragraph(text)) = blocks.first_mut() else { return };
    let rest = match text.first_mut() {
        Some(Inline::Text(letters)) => letters.split_once('\n').map(|(_, rest)| rest.to_owned()),
        _ => None,
    };
    match (rest, text.first_mut()) {
        (Some(rest), Some(Inline::Text(letters))) => *letters = rest,
        _ => drop(text.drain(..text.len().min(2))),
    }
    if is_blank(text) {
        blocks.remove(0);
    }
}
