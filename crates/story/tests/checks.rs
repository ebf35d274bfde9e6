//! What blocks publication, and what is advice.

use khosra_story::{
    Content, FindingCode, Severity, Sha256Hex, StoryPhoto, check,
    checks::{MAX_BODY_BYTES, MAX_HEADLINE_BYTES},
    content::photo_url,
};
use proptest::prelude::*;

fn ready() -> Content {
    Content {
        headline: "হাওরে আগাম বন্যার শঙ্কা".to_owned(),
        byline: "সুনামগঞ্জ প্রতিনিধি".to_owned(),
        section: "bangladesh-districts".to_owned(),
        body: "উজানের ঢলে সুরমা নদীর পানি বাড়ছে।".to_owned(),
        photos: vec![photo(b"river")],
        ..Content::default()
    }
}

fn photo(bytes: &[u8]) -> StoryPhoto {
    StoryPhoto {
        id: Sha256Hex::of(bytes),
        caption: "সুরমার পাড়ে বাঁধের কাজ".to_owned(),
        credit: "সংগৃহীত".to_owned(),
        alt: "নদীর পাড়ে মাটি ফেলছেন শ্রমিকেরা".to_owned(),
        decorative: false,
        lead: true,
        focal: None,
    }
}

fn codes(content: &Content) -> Vec<(FindingCode, Severity)> {
    check(content).into_iter().map(|finding| (finding.code, finding.severity)).collect()
}

#[test]
fn a_ready_story_has_no_findings() {
    assert_eq!(codes(&ready()), []);
}

#[test]
fn each_missing_field_blocks_by_its_own_name() {
    type Break = fn(&mut Content);
    let cases: [(Break, FindingCode); 6] = [
        (|story| story.headline = " \n".to_owned(), FindingCode::HeadlineMissing),
        (|story| story.body.clear(), FindingCode::BodyMissing),
        (|story| story.section.clear(), FindingCode::SectionMissing),
        (|story| story.byline.clear(), FindingCode::BylineMissing),
        (|story| story.photos[0].credit.clear(), FindingCode::CreditMissing),
        (|story| story.photos[0].alt.clear(), FindingCode::AltMissing),
    ];
    for (break_it, code) in cases {
        let mut story = ready();
        break_it(&mut story);
        assert_eq!(codes(&story), [(code, Severity::Block)]);
    }
}

#[test]
fn a_decorative_photo_needs_no_alternative_text() {
    let mut story = ready();
    story.photos[0].alt.clear();
    story.photos[0].decorative = true;
    assert_eq!(codes(&story), []);
}

#[test]
fn an_empty_caption_is_advice_because_the_page_prints_the_headline() {
    let mut story = ready();
    story.photos[0].caption.clear();
    assert_eq!(codes(&story), [(FindingCode::CaptionMissing, Severity::Advice)]);
}

#[test]
fn a_photo_that_the_body_names_and_the_story_lacks_blocks() {
    let mut story = ready();
    let lost = Sha256Hex::of(b"lost");
    story.body = format!("আগে\n\n![]({})\n\nপরে", photo_url(&lost));
    let findings = check(&story);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].photo, Some(lost));
}

#[test]
fn a_photo_that_stands_twice_in_the_story_blocks() {
    let mut story = ready();
    story.photos.push(StoryPhoto { lead: false, ..photo(b"river") });
    assert_eq!(codes(&story), [(FindingCode::PhotoTwice, Severity::Block)]);
    story.photos[1].id = Sha256Hex::of(b"bridge");
    assert_eq!(codes(&story), []);
}

#[test]
fn a_megabyte_of_headline_blocks_quickly() {
    let mut story = ready();
    story.headline = "ক্ষ".repeat(1_000_000 / 9);
    assert_eq!(codes(&story), [(FindingCode::HeadlineTooLong, Severity::Block)]);
    assert!(story.headline.len() > MAX_HEADLINE_BYTES);
}

#[test]
fn a_body_over_the_limit_blocks() {
    let mut story = ready();
    story.body = "ক".repeat(MAX_BODY_BYTES / 3 + 1);
    assert_eq!(codes(&story), [(FindingCode::BodyTooLong, Severity::Block)]);
}

#[test]
fn a_direction_override_is_pointed_out_and_does_not_block() {
    let mut story = ready();
    story.headline.push('\u{202E}');
    assert_eq!(codes(&story), [(FindingCode::BidiOverride, Severity::Advice)]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_blocks_come_first(headline in any::<String>(), body in any::<String>()) {
        let story = Content { headline, body, ..Content::default() };
        let severities: Vec<_> = check(&story).into_iter().map(|finding| finding.severity).collect();
        let first_advice = severities.iter().position(|severity| *severity == Severity::Advice);
        let last_block = severities.iter().rposition(|severity| *severity == Severity::Block);
        prop_assert!(first_advice.is_none() || last_block < first_advice);
    }
}
