//! A long text written as JSON. `serde_json` looks at every byte by itself, which for a story of 5,000 words was the
//! most of a save's work that is not the disk's; the signs that JSON escapes are few and can be searched for.

use serde::{Serialize as _, Serializer, ser::Error as _};
use serde_json::value::RawValue;

/// For `#[serde(serialize_with)]`: the same bytes as without it.
pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match quoted(text) {
        // The raw value is read once more before it is taken, so a mistake here could never write a broken file.
        Some(json) => {
            serde_json::from_str::<&RawValue>(&json).map_err(S::Error::custom)?.serialize(serializer)
        }
        None => serializer.serialize_str(text),
    }
}

/// `text` as a JSON string; `None` when it has control characters other than the newline, which a story has not.
fn quoted(text: &str) -> Option<String> {
    // Without an early way out, so that many bytes are compared at a time.
    let control = |found: bool, byte: &u8| found | (*byte < b' ' && *byte != b'\n');
    if text.as_bytes().iter().fold(false, control) {
        return None;
    }
    let mut json = String::with_capacity(text.len() + text.len() / 16 + 16);
    json.push('"');
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'"', b'\\', b'\n', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        json.push_str(before);
        json.push('\\');
        let mut signs = from.chars();
        json.extend(signs.next().map(|sign| if sign == '\n' { 'n' } else { sign }));
        rest = signs.as_str();
    }
    json.push_str(rest);
    json.push('"');
    Some(json)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_writes_what_serde_json_writes(text in "([ক-হা-্a-z]|[\"\\\\/\n\t\u{1}\u{7f}\u{85}\u{2028}😀]){0,200}") {
            let plain = serde_json::to_string(&text).unwrap();
            let mut ours = Vec::new();
            serialize(&text, &mut serde_json::Serializer::new(&mut ours)).unwrap();
            prop_assert_eq!(String::from_utf8(ours).unwrap(), &*plain);
            prop_assert!(quoted(&text).is_none_or(|quoted| quoted == plain));
        }
    }

    #[test]
    fn ordinary_text_is_not_left_to_serde_json() {
        assert_eq!(quoted("একটি \"খবর\"\n\\").as_deref(), Some(r#""একটি \"খবর\"\n\\""#));
    }
}
