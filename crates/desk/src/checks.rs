//! What stands between a story and its readers: what the text tells, and what only the store knows.

use store::RenditionUse;
use story::{Content, Finding, Sha256Hex, checks::repeated};

use crate::Desk;

/// Everything there is to say about `content`, blocks first.
pub(crate) fn findings(desk: &Desk, content: &Content) -> Vec<Finding> {
    let mut findings = story::check(content);
    for finding in repeated_pictures(desk, content) {
        if !findings.contains(&finding) {
            findings.insert(0, finding);
        }
    }
    findings
}

/// One picture in two files, which differ only in what was written into them: a portal gets the same bytes for
/// both, and could not tell their captions apart.
fn repeated_pictures(desk: &Desk, content: &Content) -> Vec<Finding> {
    // On the path of every save, and most stories have one photo.
    if content.photos.len() < 2 {
        return Vec::new();
    }
    let sent = |id: &Sha256Hex| {
        let facts = desk.store().photo(id).ok()?;
        Some(facts.rendition(RenditionUse::Display)?.rendition.sha256.clone())
    };
    let pictures: Vec<_> =
        content.photos.iter().filter_map(|photo| Some((&photo.id, sent(&photo.id)?))).collect();
    repeated(pictures.iter().map(|(id, picture)| (*id, picture))).collect()
}
