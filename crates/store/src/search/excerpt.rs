//! The stretch of a story that shows why it was found.

use std::ops::Range;

use story::Content;

use super::{index::texts, words::Words};

const LETTERS_BEFORE: usize = 60;
const LETTERS_AFTER: usize = 140;

/// Text around the first match and where the matches stand in it, in UTF-16 units. A match in the headline
/// alone gives the opening of the story.
pub(super) fn around_first_match(content: &Content, words: &Words) -> (String, Vec<(u32, u32)>) {
    let matched = texts(content).find_map(|text| Some((text, first_place(text, words)?)));
    let opening = [&content.standfirst, &content.body].into_iter().find(|text| !text.trim().is_empty());
    let (text, place) = match (matched, opening) {
        (Some(matched), _) => matched,
        (None, Some(opening)) => (opening.as_str(), 0..0),
        (None, None) => return (String::new(), Vec::new()),
    };
    let excerpt = window(text, &place).split_whitespace().collect::<Vec<_>>().join(" ");
    let marks = words.places(&excerpt).iter().map(|place| utf16(&excerpt, place)).collect();
    (excerpt, marks)
}

/// The first match, looked for line by line, so that a long text is folded no further than needed.
fn first_place(text: &str, words: &Words) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(place) = words.places(line).into_iter().next() {
            return Some(start + place.start..start + place.end);
        }
        start += line.len();
    }
    None
}

/// Some letters to both sides of a place, ending between words where there is a space to end at.
fn window<'a>(text: &'a str, place: &Range<usize>) -> &'a str {
    let before = text.get(..place.start).unwrap_or_default();
    let after = text.get(place.end..).unwrap_or_default();
    let first = before.char_indices().rev().nth(LETTERS_BEFORE);
    let start = match first {
        None => 0,
        Some((from, _)) => {
            let space = before.get(from..).and_then(|part| part.find(char::is_whitespace));
            space.map_or(place.start, |space| from + space)
        }
    };
    let end = match after.char_indices().nth(LETTERS_AFTER) {
        None => text.len(),
        Some((limit, _)) => {
            let space = after.get(..limit).and_then(|part| part.rfind(char::is_whitespace));
            place.end + space.unwrap_or(0)
        }
    };
    text.get(start..end).unwrap_or_default()
}

fn utf16(text: &str, place: &Range<usize>) -> (u32, u32) {
    let units = |end: usize| text.get(..end).unwrap_or_default().encode_utf16().count();
    let count = |end| u32::try_from(units(end)).unwrap_or(u32::MAX);
    (count(place.start), count(place.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(body: &str) -> Content {
        Content { headline: "শিরোনাম".to_owned(), body: body.to_owned(), ..Content::default() }
    }

    #[test]
    fn the_excerpt_shows_the_match_between_whole_words() {
        let body = format!("{} খুলনায় বৃষ্টি\n\nহয়েছে। {}", "আগের কথা ".repeat(30), "পরের কথা ".repeat(40));
        let (excerpt, marks) = around_first_match(&content(&body), &Words::of("বৃষ্টি"));
        assert!(excerpt.contains("খুলনায় বৃষ্টি হয়েছে।"), "{excerpt}");
        assert!(excerpt.ends_with("কথা") || excerpt.ends_with("পরের"), "{excerpt}");
        let units: Vec<u16> = excerpt.encode_utf16().collect();
        let marked = marks
            .iter()
            .map(|(start, end)| String::from_utf16(&units[*start as usize..*end as usize]).unwrap());
        assert_eq!(marked.collect::<Vec<_>>(), ["বৃষ্টি"]);
    }

    #[test]
    fn a_find_in_the_headline_alone_shows_the_opening() {
        let (excerpt, marks) = around_first_match(&content("প্রথম কথা।"), &Words::of("শিরোনাম"));
        assert_eq!((excerpt.as_str(), marks.len()), ("প্রথম কথা।", 0));
    }

    #[test]
    fn half_a_megabyte_without_a_space_gives_a_short_excerpt() {
        let body = format!("{}-লক্ষ্য-{}", "ক".repeat(100_000), "খ".repeat(100_000));
        let (excerpt, marks) = around_first_match(&content(&body), &Words::of("লক্ষ্য"));
        assert!(excerpt.chars().count() <= 220, "{}", excerpt.chars().count());
        assert_eq!(marks.len(), 1);
    }
}
