//! The dialect has no raw HTML, but the Markdown parser cannot be told so. Before parsing, each `<` that does not
//! begin an autolink is masked by a control character, and control characters of the text itself by another;
//! both keep the length, so that byte offsets stay those of the body. After parsing the masks come off.

use std::borrow::Cow;

use pulldown_cmark::{OffsetIter, Options, Parser};

use crate::escape::{any_byte, find_byte, replaced};

const LESS_THAN: char = '\u{1}';
const NOTHING: char = '\u{2}';

/// The parser of the dialect over a masked body.
pub(crate) fn events(masked: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(masked, options).into_offset_iter()
}

/// The body, ready for [`events`].
pub(crate) fn mask(body: &str) -> Cow<'_, str> {
    if !any_byte(body, is_special) {
        return Cow::Borrowed(body);
    }
    let mut masked = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = find_byte(rest, is_special) {
        let (before, from) = rest.split_at(at);
        masked.push_str(before);
        let mut letters = from.chars();
        let special = letters.next();
        rest = letters.as_str();
        masked.push(match special {
            Some('<') if keeps_meaning(&masked, rest) => '<',
            Some('<') => LESS_THAN,
            _ => NOTHING,
        });
    }
    masked.push_str(rest);
    Cow::Owned(masked)
}

/// A piece of the parsed text without masks.
pub(crate) fn unmask(text: &str) -> Cow<'_, str> {
    replaced(text, |byte| matches!(byte, 1 | 2), |mask| if mask == LESS_THAN { "<" } else { "" })
}

fn is_special(byte: u8) -> bool {
    byte == b'<' || byte == 0x7F || (byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t'))
}

/// A `<` that is escaped, begins an autolink or wraps a link's destination is left to the parser.
fn keeps_meaning(before: &str, after: &str) -> bool {
    let wraps = before.ends_with('\\') || before.ends_with("](") || before.ends_with("]: ");
    wraps || begins_autolink(after)
}

fn begins_autolink(after: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "+.-_".contains(letter);
    // A scheme has at most 32 letters; an address's name is cut there too, which no reporter will notice.
    let name = after.bytes().take(64).take_while(|byte| is_name(char::from(*byte))).count();
    name > 0 && after.get(name..).is_some_and(|rest| rest.starts_with([':', '@']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masking_keeps_every_offset_and_comes_off_again() {
        let body = "ক <b>খ</b> \u{0}\\<i <https://example.com> [a](<b c>)";
        let masked = mask(body);
        assert_eq!(masked.len(), body.len());
        assert_eq!(masked.find("https"), body.find("https"));
        assert_eq!(unmask(&masked), body.replace('\u{0}', ""));
        assert_eq!(masked.matches('<').count(), 3, "only what is no tag keeps its bracket: {masked:?}");
    }

    #[test]
    fn a_body_without_brackets_is_not_copied() {
        assert!(matches!(mask("ঢাকা\r\n\tখবর"), Cow::Borrowed(_)));
    }
}
