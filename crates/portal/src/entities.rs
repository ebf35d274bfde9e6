//! Letters for the entities of HTML and XML.

/// Letters for the entities that site software writes.
pub(crate) fn unescape(html: &str) -> String {
    if !html.contains('&') {
        return html.to_owned();
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('&') {
        text.push_str(before);
        let entity = from.split_once(';').filter(|(name, _)| name.len() <= 8);
        match entity.and_then(|(name, after)| Some((letter(name)?, after))) {
            Some((letter, after)) => {
                text.push(letter);
                rest = after;
            }
            None => {
                text.push('&');
                rest = from;
            }
        }
    }
    text + rest
}

fn letter(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    let code = number.and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "hellip" => Some('…'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "zwj" => Some('\u{200d}'),
        "zwnj" => Some('\u{200c}'),
        "shy" => Some('\u{ad}'),
        _ => code.and_then(char::from_u32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_entity_stays() {
        assert_eq!(unescape("a & b &nosuch; &#8217; &#x9A6;"), "a & b &nosuch; ’ দ");
    }
}
