use proptest::prelude::*;
use story::{Content, StoryId};

use crate::desk::{Desk, content, new_story, save, story};

fn found(desk: &Desk, text: &str) -> Vec<StoryId> {
    desk.store.search(text, 20).unwrap().iter().map(|hit| hit.row.story).collect()
}

fn with(texts: &[&str]) -> Desk {
    let desk = Desk::new();
    for (number, text) in (1..).zip(texts) {
        let content = Content { body: (*text).to_owned(), ..Content::default() };
        desk.store.create_story(new_story(number, content)).unwrap();
    }
    desk
}

#[test]
fn nothing_typed_is_ever_an_error() {
    let desk = with(&["সরকার x a"]);
    let megabyte = "\"সরকার ".repeat(50_000);
    let inputs = [
        "",
        "\"",
        "a AND",
        "NEAR(",
        "'; drop",
        "x:",
        "-a",
        "*",
        "a*",
        "^a",
        "{headline}:a",
        "a OR",
        "NOT",
        "(((",
        "\0",
        "সরকার\"",
        "+",
        "a + b",
        "rowid:1",
        "\u{FFFE}",
        &megabyte,
    ];
    for input in inputs {
        assert!(desk.store.search(input, 20).is_ok(), "{input:.20}");
    }
    assert_eq!(found(&desk, "x:"), [story(1)]);
    assert_eq!(found(&desk, "সরকার\""), [story(1)]);
}

#[test]
fn whatever_was_saved_is_found_at_once_and_what_was_deleted_is_not() {
    let desk = with(&["আগের কথা"]);
    desk.store.save_draft(save(1, 2, "মেঘনার মোহনায় ইলিশ")).unwrap();
    assert_eq!(found(&desk, "ইলিশ"), [story(1)]);
    assert_eq!(found(&desk, "আগের"), []);
    desk.store.save_draft(save(1, 3, "মেঘনার মোহনায় পাঙাশ")).unwrap();
    let desk = desk.again();
    assert_eq!((found(&desk, "পাঙাশ"), found(&desk, "ইলিশ")), (vec![story(1)], vec![]));
}

#[test]
fn an_equal_word_stands_before_a_longer_one_and_a_headline_before_a_body() {
    let desk = Desk::new();
    let headline = Content { headline: "সরকার বদল".to_owned(), ..Content::default() };
    desk.store.create_story(new_story(1, headline)).unwrap();
    desk.store.create_story(new_story(2, content("নতুন সরকার"))).unwrap();
    desk.store.create_story(new_story(3, content("সরকারের কথা"))).unwrap();
    assert_eq!(found(&desk, "সরকার"), [1, 2, 3].map(story));
    assert_eq!(found(&desk, "সরকারে"), [story(3)]);
}

#[test]
fn every_word_has_to_be_there_and_spellings_do_not_matter() {
    let desk = with(&["র\u{200D}্যাব-৭ চট্টগ্রামে অভিযান চালায়", "পুলিশ অভিযান চালায়"]);
    assert_eq!(found(&desk, "র্যাব অভিযান"), [story(1)]);
    assert_eq!(found(&desk, "7"), [story(1)]);
    assert_eq!(found(&desk, "চালা\u{09AF}\u{09BC}"), [2, 1].map(story));
    assert_eq!(found(&desk, "র্যাব পুলিশ"), []);
}

#[test]
fn the_marks_stand_on_the_words_in_utf16() {
    let desk = with(&["😀 খুলনায় আজ বৃষ্টি, কাল বৃষ্টিহীন দিন।"]);
    let hits = desk.store.search("বৃষ্টি", 5).unwrap();
    let units: Vec<u16> = hits[0].excerpt.encode_utf16().collect();
    let marked = hits[0]
        .marks
        .iter()
        .map(|(start, end)| String::from_utf16(&units[*start as usize..*end as usize]).unwrap());
    assert_eq!(marked.collect::<Vec<_>>(), ["বৃষ্টি", "বৃষ্টিহীন"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_search_finds_what_reading_through_everything_finds(
        bodies in prop::collection::vec("([কখগ][াি]?[রন]? ){0,5}", 1..8),
        word in "[কখগ][াি]?[রন]?",
    ) {
        let desk = with(&bodies.iter().map(String::as_str).collect::<Vec<_>>());
        let mut found = found(&desk, &word);
        found.sort();
        let long = word.chars().count() >= 3;
        let fits = |body: &&String| body.split_whitespace().any(|one| one == word || long && one.starts_with(&word));
        let expected: Vec<_> = (1..).zip(&bodies).filter(|(_, body)| fits(body)).map(|(number, _)| story(number)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_text_can_be_looked_for(text in any::<String>()) {
        let desk = with(&["সরকার"]);
        prop_assert!(desk.store.search(&text, 5).is_ok());
    }
}
