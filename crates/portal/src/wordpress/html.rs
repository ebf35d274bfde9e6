//! Letters in HTML and back.

pub(super) use crate::entities::unescape;

/// Text for an element's content or a quoted attribute. A bracket before a letter would begin a shortcode.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Three digits, as WordPress writes it.
            '[' if next.is_ascii_alphabetic() || next == '/' => escaped.push_str("&#091;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Text for a quoted attribute.
pub(super) fn attribute(text: &str) -> String {
    escape(text).replace('"', "&quot;")
}

/// The words of some HTML on one line.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (at, part) in html.split('<').enumerate() {
        let words = if at == 0 { part } else { part.split_once('>').map_or("", |(_, words)| words) };
        text.push_str(words);
        text.push(' ');
    }
    unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back_as_it_was() {
        let text = "নদী & \"ঘাট\" <b> [gallery] [১] &amp; 5>3";
        let escaped = escape(text);
        assert!(!escaped.contains('<') && !escaped.contains("[g") && escaped.contains("[১]"), "{escaped}");
        assert_eq!(unescape(&escaped), text);
        assert_eq!(unescape(&attribute(text)), text);
    }

    #[test]
    fn plain_text_has_no_tags_and_no_runs_of_spaces() {
        assert_eq!(plain_text("<p>ক &amp;\n <b>খ</b></p>"), "ক & খ");
    }
}
