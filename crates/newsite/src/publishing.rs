//! What publication makes of a story, as pure functions: where its page is, which times it carries, what keeps
//! it from going out. Routes and seeds both come through here.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use chrono_tz::Asia::Dhaka;
use story::{Finding, FindingCode, Payload, Severity};

use crate::db::{
    millis,
    stories::{Live, StoryRow, Version, short},
    time,
};

/// How far a client's clock may be ahead before its `published_at` counts as the future.
const CLOCK_SLACK: TimeDelta = TimeDelta::minutes(5);
/// RFC 3339 has no other years than of four digits, and news is not older than newspapers.
const YEARS: std::ops::RangeInclusive<i32> = 1600..=9999;
const MAX_SLUG: usize = 120;
const PHOTO_TWICE: &str = "the same photo twice";

/// What readers get when this version of the story goes out now, whether for the first time or again.
pub(crate) fn live_now(story: &StoryRow, version: &Version, payload: &Payload, now: DateTime<Utc>) -> Live {
    let first_at = story.live.first_at.unwrap_or_else(|| millis(now));
    let published_at = payload.published_at.map_or(first_at, millis);
    let changed = story.live.first_at.is_some() && story.live.hash.as_deref() != Some(version.hash.as_str());
    Live {
        revision: Some(version.revision),
        hash: Some(version.hash.to_string()),
        section: Some(payload.section.clone()),
        path: Some(path(payload, time(published_at))),
        headline: Some(payload.headline.clone()),
        teaser: Some(page::teaser(&payload.body)),
        photo: payload.photos.iter().find(|photo| photo.lead).map(|photo| photo.sha256.to_string()),
        first_at: Some(first_at),
        published_at: Some(published_at),
        updated_at: if changed { Some(millis(now)) } else { story.live.updated_at },
        corrected_at: story.live.corrected_at,
        correction: story.live.correction.clone(),
        correction_kind: story.live.correction_kind,
    }
}

/// Where the page is: section, year of publication in Dhaka, the end of the id, the slug.
pub(crate) fn path(payload: &Payload, published_at: DateTime<Utc>) -> String {
    let year = published_at.with_timezone(&Dhaka).year();
    format!("/{}/{year}/{}-{}", payload.section, short(payload.story), payload.slug)
}

/// What keeps a payload from being kept at all: where, as a JSON pointer, and why.
pub(crate) fn faults_of_form(payload: &Payload, known_section: bool) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut say = |fault: bool, pointer: &str, why: &str| {
        if fault {
            faults.push((pointer.to_owned(), why.to_owned()));
        }
    };
    say(payload.headline.len() > story::checks::MAX_HEADLINE_BYTES, "/headline", "longer than 2000 bytes");
    say(payload.body.len() > story::checks::MAX_BODY_BYTES, "/body", "longer than 4000000 bytes");
    say(!payload.section.is_empty() && !known_section, "/section", "there is no such section");
    say(!is_slug(&payload.slug), "/slug", "only small Latin letters, digits and hyphens; 1 to 120 of them");
    let no_year = payload.published_at.is_some_and(|at| !YEARS.contains(&at.year()));
    say(no_year, "/published_at", "in a year that no newspaper has");
    for (index, photo) in payload.photos.iter().enumerate() {
        let kinds = ["image/jpeg", "image/png", "image/webp"];
        let pointer = format!("/photos/{index}/media_type");
        say(!kinds.contains(&photo.media_type.as_str()), &pointer, "must be JPEG, PNG or WebP");
        let twice = payload.photos.iter().take(index).any(|other| other.sha256 == photo.sha256);
        say(twice, &format!("/photos/{index}/sha256"), PHOTO_TWICE);
    }
    faults
}

/// What keeps a payload from readers who are to get it at `now`: where, and why.
pub(crate) fn faults_for_readers(payload: &Payload, now: DateTime<Utc>) -> Vec<(String, String)> {
    let findings = story::check(&payload.to_content());
    let blocks = findings.into_iter().filter(|finding| finding.severity == Severity::Block);
    let mut faults: Vec<_> = blocks.map(|finding| told(&finding, payload)).collect();
    if payload.published_at.is_some_and(|at| at > now + CLOCK_SLACK) {
        faults.push(("/published_at".to_owned(), "lies in the future by the portal's clock".to_owned()));
    }
    faults
}

/// Codes of what is warned of, and keeps nothing from readers; `None` where nothing is.
pub(crate) fn warnings(payload: &Payload) -> Option<String> {
    let findings = story::check(&payload.to_content());
    let codes = story::checks::warned(&findings);
    (!codes.is_empty()).then(|| codes.join(" "))
}

fn told(finding: &Finding, payload: &Payload) -> (String, String) {
    let place =
        finding.photo.as_ref().and_then(|id| payload.photos.iter().position(|photo| photo.sha256 == *id));
    let photo = |field: &str| format!("/photos/{}/{field}", place.unwrap_or_default());
    let (pointer, why) = match finding.code {
        FindingCode::HeadlineMissing => ("/headline".to_owned(), "no headline"),
        FindingCode::HeadlineTooLong | FindingCode::HeadlineLong => ("/headline".to_owned(), "too long"),
        FindingCode::BodyMissing => ("/body".to_owned(), "no text"),
        FindingCode::BodyTooLong => ("/body".to_owned(), "too long"),
        FindingCode::SectionMissing => ("/section".to_owned(), "no section chosen"),
        FindingCode::BylineMissing => ("/byline".to_owned(), "no byline"),
        FindingCode::CreditMissing => (photo("credit"), "no credit"),
        FindingCode::AltMissing => (photo("alt"), "no alternative text, and not marked decorative"),
        FindingCode::CaptionMissing => (photo("caption"), "no caption"),
        FindingCode::PhotoUnknown => ("/body".to_owned(), "names a photo that is not in `photos`"),
        FindingCode::PhotoTwice => (photo("sha256"), PHOTO_TWICE),
        FindingCode::BidiOverride => ("/body".to_owned(), "has characters that turn the reading direction"),
    };
    (pointer, why.to_owned())
}

fn is_slug(slug: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_SLUG).contains(&slug.len()) && slug.bytes().all(letter)
}
