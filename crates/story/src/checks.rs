//! What blocks publication and what is only advice. The interface shows these findings and never derives
//! them anew; the portal enforces its own.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{content::Content, hash::Sha256Hex};

/// Longest headline that we send, in bytes of UTF-8.
pub const MAX_HEADLINE_BYTES: usize = 2_000;
/// Longest body that we send, in bytes of UTF-8.
pub const MAX_BODY_BYTES: usize = 4_000_000;
/// A headline longer than this many clusters does not fit the cards of the page.
pub const LONG_HEADLINE_CLUSTERS: usize = 90;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The story cannot be published so.
    Block,
    /// Worth a look.
    Advice,
}

/// What was found. The interface has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// No headline.
    HeadlineMissing,
    /// Longer than [`MAX_HEADLINE_BYTES`].
    HeadlineTooLong,
    /// Longer than [`LONG_HEADLINE_CLUSTERS`].
    HeadlineLong,
    /// No text.
    BodyMissing,
    /// Longer than [`MAX_BODY_BYTES`].
    BodyTooLong,
    /// No section chosen.
    SectionMissing,
    /// No byline.
    BylineMissing,
    /// A photo without credit.
    CreditMissing,
    /// A photo without alternative text that is not marked decorative.
    AltMissing,
    /// A photo without caption: the page prints the headline.
    CaptionMissing,
    /// The body names a photo that the story does not have.
    PhotoUnknown,
    /// The story shows this picture already, perhaps from another file.
    PhotoTwice,
    /// Characters that can make text read differently from how it is stored (bidirectional overrides).
    BidiOverride,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The photo it is about, if it is about one.
    pub photo: Option<Sha256Hex>,
}

/// Everything there is to say about `content` before publication, blocks first.
pub fn check(content: &Content) -> Vec<Finding> {
    let mut findings = text_findings(content);
    findings.extend(content.photos.iter().flat_map(photo_findings));
    findings.extend(unknown_photos(content));
    findings.extend(repeated(content.photos.iter().map(|photo| (&photo.id, &photo.id))));
    findings.sort_by_key(|finding| finding.severity == Severity::Advice);
    findings
}

/// The codes of what is only advice, each once: what goes out in spite of it was sent over a warning.
pub fn warned(findings: &[Finding]) -> Vec<String> {
    let advice = findings.iter().filter(|finding| finding.severity == Severity::Advice);
    let codes: BTreeSet<String> = advice
        .filter_map(|finding| serde_json::to_value(finding.code).ok()?.as_str().map(str::to_owned))
        .collect();
    codes.into_iter().collect()
}

fn text_findings(content: &Content) -> Vec<Finding> {
    let headline = content.headline.trim();
    let body = content.body.trim();
    let texts = [&content.headline, &content.standfirst, &content.body];
    let tests = [
        (headline.is_empty(), FindingCode::HeadlineMissing, Severity::Block),
        (headline.len() > MAX_HEADLINE_BYTES, FindingCode::HeadlineTooLong, Severity::Block),
        (is_long(headline), FindingCode::HeadlineLong, Severity::Advice),
        (body.is_empty(), FindingCode::BodyMissing, Severity::Block),
        (body.len() > MAX_BODY_BYTES, FindingCode::BodyTooLong, Severity::Block),
        (content.section.trim().is_empty(), FindingCode::SectionMissing, Severity::Block),
        (content.byline.trim().is_empty(), FindingCode::BylineMissing, Severity::Block),
        (texts.iter().any(|text| overrides_direction(text)), FindingCode::BidiOverride, Severity::Advice),
    ];
    let hits = tests.into_iter().filter(|(hit, _, _)| *hit);
    hits.map(|(_, code, severity)| Finding { code, severity, photo: None }).collect()
}

fn is_long(headline: &str) -> bool {
    headline.len() <= MAX_HEADLINE_BYTES && bangla::clusters(headline) > LONG_HEADLINE_CLUSTERS
}

fn photo_findings(photo: &crate::content::StoryPhoto) -> Vec<Finding> {
    let no_alt = photo.alt.trim().is_empty() && !photo.decorative;
    let tests = [
        (photo.credit.trim().is_empty(), FindingCode::CreditMissing, Severity::Block),
        (no_alt, FindingCode::AltMissing, Severity::Block),
        (photo.caption.trim().is_empty(), FindingCode::CaptionMissing, Severity::Advice),
    ];
    let hits = tests.into_iter().filter(|(hit, _, _)| *hit);
    hits.map(|(_, code, severity)| Finding { code, severity, photo: Some(photo.id.clone()) }).collect()
}

fn unknown_photos(content: &Content) -> Vec<Finding> {
    let named = content.body.split("photo:").skip(1).filter_map(|rest| rest.get(..64)?.parse().ok());
    let unknown = named.filter(|id: &Sha256Hex| content.photos.iter().all(|photo| photo.id != *id));
    let finding =
        |id| Finding { code: FindingCode::PhotoUnknown, severity: Severity::Block, photo: Some(id) };
    unknown.map(finding).collect()
}

/// A finding for each photo whose picture came before. A photo is given as its id and the digest of what readers
/// get of it.
pub fn repeated<'a>(
    photos: impl Iterator<Item = (&'a Sha256Hex, &'a Sha256Hex)>,
) -> impl Iterator<Item = Finding> {
    let mut seen = BTreeSet::new();
    photos.filter(move |(_, picture)| !seen.insert(*picture)).map(|(id, _)| Finding {
        code: FindingCode::PhotoTwice,
        severity: Severity::Block,
        photo: Some(id.clone()),
    })
}

fn overrides_direction(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
}
