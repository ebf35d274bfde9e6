//! Text into HTML.

use std::borrow::Cow;

/// `text` for the inside of an element or of a quoted attribute.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    replaced(
        text,
        |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''),
        |letter| match letter {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            _ => "&#39;",
        },
    )
}

/// `text` with something else for each ASCII letter that is `wanted`; what lies between is copied in one piece.
pub(crate) fn replaced<'a>(
    text: &'a str,
    wanted: impl Fn(u8) -> bool,
    by: impl Fn(char) -> &'static str,
) -> Cow<'a, str> {
    let Some(mut at) = find_byte(text, &wanted) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    loop {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut letters = from.chars();
        out.push_str(letters.next().map_or("", &by));
        rest = letters.as_str();
        match find_byte(rest, &wanted) {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn only_five_letters_become_something_else(text in "[ক-হa-z&<>\"' ]{0,200}") {
            let plain = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            prop_assert_eq!(escape(&text), plain.replace('"', "&quot;").replace('\'', "&#39;"));
        }
    }
}
