//! Text into HTML.

use std::borrow::Cow;

/// `text` for the inside of an element or of a quoted attribute.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !any_byte(text, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

/// Whether `text` has a byte that is `wanted`.
pub(crate) fn any_byte(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    find_byte(text, wanted).is_some()
}

/// Where the first byte of `text` is that is `wanted`. Most text has none, and a block without an early way out of
/// it is compared many bytes at a time.
pub(crate) fn find_byte(text: &str, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 64;
    let mut blocks = text.as_bytes().chunks(BLOCK);
    let holds = |block: &[u8]| block.iter().fold(false, |found, byte| found | wanted(*byte));
    let block = blocks.position(holds)?;
    let byte = text.bytes().skip(block * BLOCK).position(wanted)?;
    Some(block * BLOCK + byte)
}
