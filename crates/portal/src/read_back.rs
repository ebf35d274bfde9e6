//! Compares what was sent with what a portal kept, and looks for the story on its public page.

use chrono::DateTime;
use serde_json::Value;
use story::{Difference, StoryId};

use crate::entities::unescape;

/// Longest excerpt of a value in a difference, in characters.
const EXCERPT: usize = 80;

/// Everything of `sent` that `kept` lacks or has otherwise. What the portal adds is no difference, nor is an empty
/// value that it leaves out.
pub(crate) fn differences(sent: &Value, kept: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    collect("", sent, Some(kept), &mut found);
    found
}

/// Whether the page is the story's: it carries the story's id or its headline.
pub(crate) fn shows(page: &str, headline: &str, story: StoryId) -> bool {
    page.contains(&story.to_string()) || says(page, headline)
}

/// Whether these words stand on the page. No words stand nowhere.
pub(crate) fn says(page: &str, text: &str) -> bool {
    let text = words(text);
    !text.is_empty() && words(&unescape(page)).contains(&text)
}

fn collect(at: &str, sent: &Value, kept: Option<&Value>, found: &mut Vec<Difference>) {
    match (sent, kept) {
        (Value::Object(fields), Some(Value::Object(kept))) => {
            for (name, value) in fields {
                collect(&format!("{at}/{name}"), value, kept.get(name), found);
            }
        }
        (Value::Array(items), Some(Value::Array(kept))) => {
            if kept.len() > items.len() {
                found.push(difference(at, items.len(), kept.len()));
            }
            for (index, value) in items.iter().enumerate() {
                collect(&format!("{at}/{index}"), value, kept.get(index), found);
            }
        }
        (sent, kept) if same(sent, kept) => {}
        (sent, kept) => {
            found.push(difference(at, excerpt(sent), kept.map_or_else(String::new, excerpt)));
        }
    }
}

/// A difference at a place of the payload.
pub(crate) fn difference(at: &str, sent: impl ToString, kept: impl ToString) -> Difference {
    Difference { at: at.to_owned(), sent: sent.to_string(), kept: kept.to_string() }
}

fn same(sent: &Value, kept: Option<&Value>) -> bool {
    let Some(kept) = kept else { return is_empty(sent) };
    sent == kept || (is_empty(sent) && is_empty(kept)) || same_time(sent, kept)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// `…Z` and `…+00:00` are one moment.
fn same_time(sent: &Value, kept: &Value) -> bool {
    let time = |value: &Value| value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    time(sent).is_some_and(|moment| time(kept) == Some(moment))
}

fn excerpt(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() <= EXCERPT {
        return text;
    }
    text.chars().take(EXCERPT).chain("…".chars()).collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_values_have_no_difference_and_additions_are_none() {
        let sent = json!({"headline": "ক", "photos": [{"credit": "খ"}], "tags": []});
        let kept = json!({"headline": "ক", "photos": [{"credit": "খ", "url": "/x"}], "id": 1});
        assert_eq!(differences(&sent, &kept), []);
    }

    #[test]
    fn a_dropped_credit_is_named_by_its_place() {
        let sent = json!({"photos": [{"credit": "রফিক"}]});
        let kept = json!({"photos": [{}]});
        assert_eq!(differences(&sent, &kept), [difference("/photos/0/credit", "রফিক", "")]);
    }

    #[test]
    fn a_lost_and_an_added_photo_are_differences() {
        let one = json!({"photos": [{"alt": "a"}]});
        let two = json!({"photos": [{"alt": "a"}, {"alt": "b"}]});
        assert_eq!(differences(&two, &one).len(), 1);
        assert_eq!(differences(&one, &two), [difference("/photos", 1, 2)]);
    }

    #[test]
    fn one_moment_in_two_spellings_is_no_difference() {
        let sent = json!({"at": "2025-11-05T06:00:00Z"});
        assert!(differences(&sent, &json!({"at": "2025-11-05T06:00:00+00:00"})).is_empty());
        assert_eq!(differences(&sent, &json!({"at": "2025-11-05T06:00:01Z"})).len(), 1);
    }

    #[test]
    fn a_page_is_the_storys_by_its_headline_in_html_or_by_its_id() {
        let id: StoryId = "0190a000-0000-7000-8000-000000000001".parse().unwrap();
        assert!(shows("<h1>নদী &amp;\n ঘাট</h1>", "নদী & ঘাট", id));
        assert!(shows("<meta name=story content=0190a000-0000-7000-8000-000000000001>", "", id));
        assert!(!shows("<h1>404</h1>", "নদী", id));
        assert!(!shows("<h1>404</h1>", "", id));
    }
}
