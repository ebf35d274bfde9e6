//! What differs between two versions: either side can be had from it, and no letter is split.
#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

use khosra_story::{
    Content, Field, FieldChange, FocalPoint, Run, RunKind, Sha256Hex, StoryPhoto, difference,
};
use proptest::prelude::*;

fn body(text: &str) -> Content {
    Content { body: text.to_owned(), ..Content::default() }
}

fn photo(name: &str) -> StoryPhoto {
    StoryPhoto {
        id: Sha256Hex::of(name.as_bytes()),
        caption: format!("{name} ঘাটে"),
        credit: "রফিক".to_owned(),
        alt: String::new(),
        decorative: false,
        lead: false,
        focal: None,
    }
}

fn runs(before: &str, after: &str) -> Vec<(RunKind, String)> {
    let changes = difference(&body(before), &body(after));
    assert!(changes.len() == 1 && changes[0].field == Field::Body, "{changes:?}");
    changes[0].runs.iter().map(|run| (run.kind, run.text.clone())).collect()
}

fn own(runs: &[(RunKind, &str)]) -> Vec<(RunKind, String)> {
    runs.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect()
}

use RunKind::{Added, Removed, Same};

#[test]
fn one_changed_word_is_one_word_and_its_full_stop_stays() {
    let found = runs("নদীর পানি বাড়ছে। সতর্কতা নেই।", "নদীর পানি কমছে। সতর্কতা নেই।");
    let expected = [(Same, "নদীর পানি "), (Removed, "বাড়ছে"), (Added, "কমছে"), (Same, "। সতর্কতা নেই।")];
    assert_eq!(found, own(&expected));
}

#[test]
fn paragraphs_that_differ_are_counted_and_empty_lines_are_none() {
    let count = khosra_story::changed_paragraphs;
    assert_eq!(count("এক\n\nদুই\n\nতিন\n", "এক\n\nদুই\n\nতিন"), 0);
    assert_eq!(count("এক\n\nদুই\n\nতিন\n", "এক\n\nদুই ও আধা\n\nতিন\n"), 1);
    assert_eq!(count("এক\n\nদুই", "এক\n\nদুই\n\nতিন\n\nচার"), 2);
    assert_eq!(count("এক\n\nদুই\n\nতিন", "এক"), 2);
    assert_eq!(count("", "- এক\n- দুই\n"), 2);
    assert_eq!(count("এক\n\nদুই", "এক দুই তিন\n\nচার\n\nপাঁচ"), 3);
}

#[test]
fn words_beside_each_other_are_one_change() {
    let found = runs("ভোরে হালকা বৃষ্টি হয়", "ভোরে প্রবল বর্ষণ হয়");
    let expected = [(Same, "ভোরে "), (Removed, "হালকা বৃষ্টি"), (Added, "প্রবল বর্ষণ"), (Same, " হয়")];
    assert_eq!(found, own(&expected));
}

#[test]
fn a_conjunct_is_never_split() {
    let found = runs("ক্ষতি", "ক্ষমা");
    assert_eq!(found, own(&[(Removed, "ক্ষতি"), (Added, "ক্ষমা")]));
}

#[test]
fn a_new_paragraph_is_one_addition() {
    let found = runs("প্রথম।\n\nদ্বিতীয়।", "প্রথম।\n\nমাঝে নতুন।\n\nদ্বিতীয়।");
    assert_eq!(found.iter().filter(|(kind, _)| *kind != Same).count(), 1, "{found:?}");
}

#[test]
fn a_photo_in_the_text_and_where_a_link_leads_are_whole() {
    let (one, two) = (photo("এক").id, photo("দুই").id);
    let found = runs(&format!("ঘাট\n\n![](photo:{one})\n"), &format!("ঘাট\n\n![](photo:{two})\n"));
    assert_eq!(found[1], (Removed, format!("![](photo:{one})")));
    let found = runs("[সূত্র](https://a.example/x-1)", "[সূত্র](https://a.example/x-2)");
    assert_eq!(found[1], (Removed, "](https://a.example/x-1)".to_owned()));
}

#[test]
fn every_field_is_compared() {
    let before = Content { photos: vec![photo("এক"), photo("দুই")], ..body("একই") };
    let mut after = Content {
        headline: "শিরোনাম".to_owned(),
        standfirst: "ভূমিকা".to_owned(),
        byline: "রুমানা".to_owned(),
        dateline: "খুলনা".to_owned(),
        source: "বাসস".to_owned(),
        section: "world".to_owned(),
        tags: vec!["বন্যা".to_owned()],
        slug: "bonna".to_owned(),
        language: khosra_story::Language::En,
        published_at: Some(chrono::DateTime::UNIX_EPOCH),
        photos: vec![photo("দুই"), photo("এক"), photo("তিন")],
        ..before.clone()
    };
    after.photos[0].caption = "দুই তীরে".to_owned();
    after.photos[0].alt = "তীর".to_owned();
    after.photos[0].decorative = true;
    after.photos[0].lead = true;
    after.photos[0].focal = Some(FocalPoint { x: 1, y: 2 });
    after.photos[0].credit = String::new();
    let fields: Vec<Field> = difference(&before, &after).iter().map(|change| change.field).collect();
    use Field::*;
    let expected = [
        Headline,
        Standfirst,
        Byline,
        Dateline,
        Source,
        Section,
        Slug,
        Language,
        PublishedAt,
        Tags,
        Caption,
        Credit,
        Alt,
        Decorative,
        Lead,
        Focal,
        Photo,
        Caption,
        Credit,
        PhotoOrder,
    ];
    assert_eq!(fields, expected);
    assert!(difference(&after, &after).is_empty());
}

#[test]
fn a_photo_that_went_is_listed_with_its_words() {
    let before = Content { photos: vec![photo("এক")], ..Content::default() };
    let found = difference(&before, &Content::default());
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0].runs, [Run { kind: Removed, text: String::new() }]);
    assert_eq!(found[1].runs, [Run { kind: Removed, text: "এক ঘাটে".to_owned() }]);
}

/// What a field says on one side.
fn side(change: &FieldChange, kind: RunKind) -> String {
    let runs = change.runs.iter().filter(|run| run.kind == kind || run.kind == Same);
    runs.map(|run| run.text.as_str()).collect()
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "নদী",
        "ভাঙন",
        "ক্ষতি",
        "র‍্যাব",
        "ক্",
        "া",
        "।",
        ",",
        " ",
        " ",
        "\n\n",
        "\n",
        "🇧🇩",
        "a\u{301}",
        "**",
        "[খবর](x)",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

fn borders(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation as _;
    text.grapheme_indices(true).map(|(start, _)| start).chain([text.len()]).collect()
}

proptest! {
    #[test]
    fn applying_it_gives_the_other_side_and_no_letter_is_split(before in text(), after in text()) {
        let changes = difference(&body(&before), &body(&after));
        prop_assert_eq!(changes.is_empty(), before == after);
        for change in changes {
            prop_assert_eq!(side(&change, Removed), before.clone());
            prop_assert_eq!(side(&change, Added), after.clone());
            for (kind, text) in [(Removed, &before), (Added, &after)] {
                let borders = borders(text);
                let mut at = 0;
                for run in change.runs.iter().filter(|run| run.kind == kind || run.kind == Same) {
                    prop_assert!(!run.text.is_empty());
                    at += run.text.len();
                    prop_assert!(borders.contains(&at), "{:?} in {:?}", run, text);
                }
            }
        }
    }

    #[test]
    fn photos_and_tags_give_either_side_too(
        before in prop::sample::subsequence(vec!["এক", "দুই", "তিন", "চার"], 0..=4),
        after in prop::sample::subsequence(vec!["চার", "তিন", "দুই", "এক"], 0..=4),
    ) {
        let content = |names: &[&str]| Content {
            tags: names.iter().map(|name| (*name).to_owned()).collect(),
            photos: names.iter().map(|name| photo(name)).collect(),
            ..Content::default()
        };
        let changes = difference(&content(&before), &content(&after));
        for change in &changes {
            let came = change.runs.iter().map(|run| run.kind).collect::<Vec<_>>();
            match (change.field, &change.photo) {
                (Field::Tags, None) => {
                    prop_assert_eq!(side(change, Removed), before.concat());
                    prop_assert_eq!(side(change, Added), after.concat());
                }
                (Field::Photo, Some(id)) => {
                    let has = |names: &[&str]| names.iter().any(|name| photo(name).id == *id);
                    prop_assert_eq!(came, [if has(&after) { Added } else { Removed }]);
                    prop_assert!(has(&before) != has(&after));
                }
                _ => {}
            }
        }
        let presence = changes.iter().filter(|change| change.field == Field::Photo).count();
        let both = before.iter().filter(|name| after.contains(name)).count();
        prop_assert_eq!(presence, before.len() + after.len() - 2 * both);
    }
}
