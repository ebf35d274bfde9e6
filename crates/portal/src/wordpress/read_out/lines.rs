//! Finished blocks as lines of Markdown.

use crate::wordpress::html::unescape;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Item,
}

/// A finished block: what it is, how many quotations it stands in, its lines.
pub(super) struct Done {
    pub(super) kind: Kind,
    pub(super) quotes: usize,
    pub(super) text: String,
}

/// Blocks with what stands between them.
pub(super) fn join(blocks: &[Done]) -> String {
    let mut text = String::new();
    let mut before: Option<&Done> = None;
    for block in blocks {
        if let Some(before) = before {
            text.push_str(&gap(before, block));
        }
        let quote = "> ".repeat(block.quotes);
        let lines: Vec<String> = block.text.lines().map(|line| format!("{quote}{line}")).collect();
        text.push_str(&lines.join("\n"));
        before = Some(block);
    }
    text
}

fn gap(before: &Done, block: &Done) -> String {
    let both_items = before.kind == Kind::Item && block.kind == Kind::Item;
    let pulls = before.text == "[!pull]" && before.quotes == block.quotes;
    let between = "> ".repeat(before.quotes.min(block.quotes));
    if both_items || pulls { "\n".to_owned() } else { format!("\n{}\n", between.trim_end()) }
}

/// Letters that would be marks in Markdown.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

pub(super) fn value(tag: &str, name: &str) -> Option<String> {
    let (_, from) = tag.split_once(&format!(" {name}=\""))?;
    from.split('"').next().map(unescape)
}

pub(super) fn number(tag: &str, name: &str) -> Option<u64> {
    value(tag, name)?.parse().ok()
}
