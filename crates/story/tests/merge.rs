//! Two versions of one story brought together: nobody's words are lost, whoever is called "ours".
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use khosra_story::{
    Choice, Content, Field, Merge, Part, Place, Sha256Hex, Side, StoryPhoto, merge, merge::Unsettled,
};
use proptest::prelude::*;

fn body(text: &str) -> Content {
    Content { body: text.to_owned(), ..Content::default() }
}

fn photo(name: &str) -> StoryPhoto {
    StoryPhoto {
        id: Sha256Hex::of(name.as_bytes()),
        caption: name.to_owned(),
        credit: String::new(),
        alt: String::new(),
        decorative: false,
        lead: false,
        focal: None,
    }
}

fn photos(names: &[&str]) -> Content {
    Content { photos: names.iter().map(|name| photo(name)).collect(), ..Content::default() }
}

fn captions(content: &Content) -> Vec<&str> {
    content.photos.iter().map(|photo| photo.caption.as_str()).collect()
}

fn merged(base: &Content, ours: &Content, theirs: &Content) -> Content {
    merge(Some(base), ours, theirs).settle(&[]).expect("nothing is in conflict")
}

fn open(merge: &Merge) -> Vec<&Place> {
    merge.places.iter().filter(|place| place.settled.is_none()).collect()
}

#[test]
fn changes_at_two_places_of_one_sentence_are_both_taken() {
    let base = body("ঢাকায় আজ বৃষ্টি হয়েছে, নদীর পানি বাড়ছে।");
    let ours = body("ঢাকায় গতকাল বৃষ্টি হয়েছে, নদীর পানি বাড়ছে।");
    let theirs = body("ঢাকায় আজ বৃষ্টি হয়েছে, পদ্মার পানি বাড়ছে।");
    assert_eq!(merged(&base, &ours, &theirs).body, "ঢাকায় গতকাল বৃষ্টি হয়েছে, পদ্মার পানি বাড়ছে।");
}

#[test]
fn the_same_word_changed_by_both_waits_for_a_person() {
    let merge = merge(Some(&body("মৃত ৩ জন।")), &body("মৃত ৪ জন।"), &body("মৃত ৫ জন।"));
    let [place] = open(&merge)[..] else { panic!("{merge:?}") };
    assert_eq!((place.base.as_str(), place.ours.as_str(), place.theirs.as_str()), ("৩", "৪", "৫"));
    assert_eq!(merge.settle(&[]), Err(Unsettled::Open(0)));
    let says = |choice| merge.settle(&[Some(choice)]).unwrap().body;
    assert_eq!(says(Choice::Ours), "মৃত ৪ জন।");
    assert_eq!(says(Choice::Theirs), "মৃত ৫ জন।");
    assert_eq!(says(Choice::Both), "মৃত ৪ ৫ জন।");
    assert_eq!(says(Choice::Text { text: "৪–৫".to_owned() }), "মৃত ৪–৫ জন।");
}

#[test]
fn words_beside_each_other_are_not_merged_unseen() {
    let merge = merge(Some(&body("হালকা বৃষ্টি হয়")), &body("প্রবল বৃষ্টি হয়"), &body("হালকা বর্ষণ হয়"));
    let [place] = open(&merge)[..] else { panic!("{merge:?}") };
    assert_eq!((place.ours.as_str(), place.theirs.as_str()), ("প্রবল বৃষ্টি", "হালকা বর্ষণ"));
}

#[test]
fn what_both_changed_the_same_way_is_no_question() {
    let theirs = body("মৃত ৪ জন। আহত ১০।");
    let merge = merge(Some(&body("মৃত ৩ জন।")), &body("মৃত ৪ জন।"), &theirs);
    assert!(merge.places.iter().all(|place| place.settled == Some(Side::Theirs)), "{merge:?}");
    assert_eq!(merge.settle(&[]).unwrap(), theirs);
}

#[test]
fn two_paragraphs_added_at_the_end_can_both_stay() {
    let merge = merge(Some(&body("ক।")), &body("ক।\n\nখ।"), &body("ক।\n\nগ।"));
    let both = merge.settle(&[Some(Choice::Both)]).unwrap();
    assert_eq!(both.body, "ক।\n\nখ।\n\nগ।");
}

#[test]
fn a_field_that_one_side_changed_is_settled_and_can_be_chosen_otherwise() {
    let base = Content { headline: "পুরোনো".to_owned(), ..Content::default() };
    let theirs = Content { headline: "নতুন".to_owned(), ..Content::default() };
    let merge = merge(Some(&base), &base, &theirs);
    assert_eq!(merge.open(), 0);
    assert_eq!(merge.settle(&[]).unwrap().headline, "নতুন");
    assert_eq!(merge.settle(&[Some(Choice::Ours)]).unwrap().headline, "পুরোনো");
}

#[test]
fn a_choice_that_a_field_cannot_say_is_refused() {
    let with = |section: &str| Content { section: section.to_owned(), ..Content::default() };
    let merge = merge(Some(&with("a")), &with("b"), &with("c"));
    assert_eq!(merge.settle(&[Some(Choice::Both)]), Err(Unsettled::Unfit(0)));
    let by_hand = Choice::Text { text: "d".to_owned() };
    assert_eq!(merge.settle(&[Some(by_hand)]), Err(Unsettled::Unfit(0)));
    assert_eq!(merge.settle(&[Some(Choice::Theirs)]).unwrap().section, "c");
}

#[test]
fn both_sides_tags_without_what_either_took_out() {
    let with = |tags: &[&str]| Content {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..Content::default()
    };
    let merge = merge(Some(&with(&["বন্যা", "নদী"])), &with(&["বন্যা", "খুলনা"]), &with(&["নদী", "সিলেট"]));
    assert_eq!(merge.settle(&[Some(Choice::Both)]).unwrap().tags, ["খুলনা", "সিলেট"]);
}

#[test]
fn photos_are_a_set() {
    let base = photos(&["ক", "খ", "গ"]);
    let (ours, theirs) = (photos(&["ক", "খ", "গ", "আমাদের"]), photos(&["ক", "তাঁদের", "গ"]));
    assert_eq!(captions(&merged(&base, &ours, &theirs)), ["ক", "তাঁদের", "গ", "আমাদের"]);
}

#[test]
fn a_caption_changed_by_both_is_asked_for() {
    let base = photos(&["ক"]);
    let with = |caption: &str| {
        let mut content = base.clone();
        content.photos[0].caption = caption.to_owned();
        content
    };
    let merge = merge(Some(&base), &with("আমাদের"), &with("তাঁদের"));
    let [place] = open(&merge)[..] else { panic!("{merge:?}") };
    assert_eq!((place.field, place.photo.as_ref()), (Field::Caption, Some(&base.photos[0].id)));
    assert_eq!(captions(&merge.settle(&[Some(Choice::Both)]).unwrap()), ["আমাদের তাঁদের"]);
}

#[test]
fn a_photo_that_one_took_out_and_the_other_wrote_at_is_asked_for() {
    let base = photos(&["ক"]);
    let mut theirs = base.clone();
    theirs.photos[0].credit = "রফিক".to_owned();
    let merge = merge(Some(&base), &photos(&[]), &theirs);
    let [place] = open(&merge)[..] else { panic!("{merge:?}") };
    assert_eq!((place.field, place.ours.as_str(), place.theirs.as_str()), (Field::Photo, "", "yes"));
    assert!(merge.settle(&[Some(Choice::Ours)]).unwrap().photos.is_empty());
    assert_eq!(merge.settle(&[Some(Choice::Theirs)]).unwrap().photos, theirs.photos);
}

#[test]
fn two_new_lead_photos_are_asked_for_and_one_stays() {
    let base = photos(&["ক", "খ"]);
    let led = |at: usize| {
        let mut content = base.clone();
        content.photos[at].lead = true;
        content
    };
    let merge = merge(Some(&base), &led(0), &led(1));
    let [place] = open(&merge)[..] else { panic!("{merge:?}") };
    assert_eq!(place.field, Field::Lead);
    let leads = |choice| {
        let photos = merge.settle(&[Some(choice)]).unwrap().photos;
        photos.iter().map(|photo| photo.lead).collect::<Vec<_>>()
    };
    assert_eq!(leads(Choice::Ours), [true, false]);
    assert_eq!(leads(Choice::Theirs), [false, true]);
}

#[test]
fn without_a_base_every_difference_is_asked_for() {
    let merge = merge(None, &body("মৃত ৪ জন, খবর পুলিশের।"), &body("মৃত ৫ জন, খবর র‍্যাবের।"));
    assert_eq!((merge.open(), merge.places.len()), (2, 2), "{merge:?}");
    let all = |choice: Choice| vec![Some(choice); 2];
    assert_eq!(merge.settle(&all(Choice::Theirs)).unwrap().body, "মৃত ৫ জন, খবর র‍্যাবের।");
}

/// A word that only this side has, so that it can be looked for.
#[derive(Debug, Clone)]
enum Edit {
    Keep,
    Drop,
    Replace(u8),
    Insert(u8),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        8 => Just(Edit::Keep),
        1 => Just(Edit::Drop),
        1 => (0..4_u8).prop_map(Edit::Replace),
        1 => (0..4_u8).prop_map(Edit::Insert),
    ];
    prop::collection::vec(edit, 24)
}

const WORDS: [&str; 8] = ["নদীর", "পানি", "ক্ষতি", "।", "বৃষ্টি", "\n\n", "র‍্যাব", "ঘাটে"];

fn base_words() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..24)
}

fn edited(words: &[&str], edits: &[Edit], name: &str) -> String {
    let mut text = Vec::new();
    for (word, edit) in words.iter().zip(edits) {
        match edit {
            Edit::Keep => text.push((*word).to_owned()),
            Edit::Drop => {}
            Edit::Replace(number) => text.push(format!("{name}{number}")),
            Edit::Insert(number) => text.extend([(*word).to_owned(), format!("{name}{number}")]),
        }
    }
    text.join(" ")
}

fn three() -> impl Strategy<Value = (Content, Content, Content)> {
    (base_words(), edits(), edits()).prop_map(|(words, ours, theirs)| {
        let ours = edited(&words, &ours, "আমরা");
        let theirs = edited(&words, &theirs, "তাঁরা");
        (body(&words.join(" ")), body(&ours), body(&theirs))
    })
}

fn mirrored(place: Place) -> Place {
    let other = |side| if side == Side::Ours { Side::Theirs } else { Side::Ours };
    Place { ours: place.theirs, theirs: place.ours, both: None, settled: place.settled.map(other), ..place }
}

fn text_of(merge: &Merge) -> String {
    let places = |part: &Part| match part {
        Part::Text { text } => text.clone(),
        Part::Place { place } => {
            let Place { ours, theirs, .. } = &merge.places[*place as usize];
            format!(" {ours} {theirs} ")
        }
    };
    merge.body.iter().map(places).collect()
}

proptest! {
    #[test]
    fn a_side_that_changed_nothing_leaves_the_other((base, ours, _) in three()) {
        prop_assert_eq!(merged(&base, &ours, &base), ours.clone());
        prop_assert_eq!(merged(&base, &base, &ours), ours);
    }

    #[test]
    fn it_is_the_same_whoever_is_called_ours((base, ours, theirs) in three()) {
        let one = merge(Some(&base), &ours, &theirs);
        let other = merge(Some(&base), &theirs, &ours);
        prop_assert_eq!(&one.body, &other.body);
        let places: Vec<Place> = one.places.into_iter().map(|place| Place { both: None, ..place }).collect();
        prop_assert_eq!(places, other.places.into_iter().map(mirrored).collect::<Vec<_>>());
    }

    #[test]
    fn no_word_that_either_added_is_lost((base, ours, theirs) in three()) {
        let merge = merge(Some(&base), &ours, &theirs);
        let all = text_of(&merge);
        for side in [&ours, &theirs] {
            for word in side.body.split_whitespace().filter(|word| !base.body.contains(word)) {
                let times = |text: &str| text.split_whitespace().filter(|other| *other == word).count();
                prop_assert!(times(&all) >= times(&side.body), "{} of {:?} in {:?}", word, side.body, merge);
            }
        }
    }

    #[test]
    fn one_choice_for_all_gives_whole_letters_and_that_sides_words((base, ours, theirs) in three()) {
        let merge = merge(Some(&base), &ours, &theirs);
        for (choice, side) in [(Choice::Ours, &ours), (Choice::Theirs, &theirs)] {
            let chosen = vec![Some(choice); merge.places.len()];
            let body = merge.settle(&chosen).unwrap().body;
            // What both changed the same way is in either; so either side comes out whole.
            prop_assert_eq!(&body, &side.body);
        }
        let mut at = 0;
        let borders = borders(&base.body);
        for part in &merge.body {
            at += match part {
                Part::Text { text } => text.len(),
                Part::Place { place } => merge.places[*place as usize].base.len(),
            };
            prop_assert!(at > base.body.len() || borders.contains(&at) || merge.places.is_empty() || agreed(&merge, &base));
        }
    }

    #[test]
    fn photos_of_either_side_stay_or_are_asked_for(
        base in prop::sample::subsequence(vec!["ক", "খ", "গ", "ঘ"], 0..=4),
        ours in prop::sample::subsequence(vec!["ঘ", "ক", "ঙ", "খ", "চ"], 0..=5),
        theirs in prop::sample::subsequence(vec!["ছ", "খ", "ক", "চ", "গ"], 0..=5),
    ) {
        let (base_photos, our_photos, their_photos) = (photos(&base), photos(&ours), photos(&theirs));
        let merge = merge(Some(&base_photos), &our_photos, &their_photos);
        let choices: Vec<_> = merge.places.iter().map(|place| place.settled.is_none().then_some(Choice::Ours)).collect();
        let content = merge.settle(&choices).unwrap();
        let mut found = captions(&content);
        found.sort_unstable();
        let has = |names: &[&str], name: &str| names.contains(&name);
        let mut expected: Vec<&str> = ["ক", "খ", "গ", "ঘ", "ঙ", "চ", "ছ"].into_iter().filter(|name| {
            match (has(&base, name), has(&ours, name), has(&theirs, name)) {
                (true, ours, theirs) => ours && theirs,
                (false, ours, theirs) => ours || theirs,
            }
        }).collect();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(merged(&base_photos, &our_photos, &base_photos), our_photos);
        prop_assert_eq!(merged(&base_photos, &base_photos, &their_photos), their_photos);
    }
}

/// Both changed something the same way: then the parts are not the base's any more.
fn agreed(merge: &Merge, base: &Content) -> bool {
    let parts = merge.body.iter().map(|part| match part {
        Part::Text { text } => text.as_str(),
        Part::Place { place } => merge.places[*place as usize].base.as_str(),
    });
    parts.collect::<String>() != base.body
}

fn borders(text: &str) -> Vec<usize> {
    use unicode_segmentation::UnicodeSegmentation as _;
    text.grapheme_indices(true).map(|(start, _)| start).chain([text.len()]).collect()
}
