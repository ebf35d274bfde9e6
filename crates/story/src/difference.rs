//! What differs between two versions of a story: field by field, and within a text word by word. Nothing is ever split
//! inside a letter, so each run can be drawn by itself.

mod text;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub(crate) use text::{Hunk, hunks, part, parts};
pub use text::{Stretch, stretches};

use crate::{
    content::{Content, FocalPoint, StoryPhoto},
    hash::Sha256Hex,
};

/// What of a story a difference, or a merge, is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Content::headline`].
    Headline,
    /// [`Content::standfirst`].
    Standfirst,
    /// [`Content::byline`].
    Byline,
    /// [`Content::dateline`].
    Dateline,
    /// [`Content::source`].
    Source,
    /// [`Content::section`]: its slug.
    Section,
    /// [`Content::tags`].
    Tags,
    /// [`Content::slug`].
    Slug,
    /// [`Content::language`]: its tag.
    Language,
    /// [`Content::published_at`]: RFC 3339, or empty.
    PublishedAt,
    /// [`Content::body`].
    Body,
    /// That the photo is in the story.
    Photo,
    /// [`StoryPhoto::caption`].
    Caption,
    /// [`StoryPhoto::credit`].
    Credit,
    /// [`StoryPhoto::alt`].
    Alt,
    /// [`StoryPhoto::decorative`].
    Decorative,
    /// Which photo is marked as the lead photo.
    Lead,
    /// [`StoryPhoto::focal`]: `x,y`, or empty.
    Focal,
    /// The order of the photos that both have.
    PhotoOrder,
}

/// On which side a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// On both.
    Same,
    /// Only before.
    Removed,
    /// Only after.
    Added,
}

/// A stretch of whole letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Run {
    /// Where it stands.
    pub kind: RunKind,
    /// What it says; never empty but for what is only there or not ([`Field::Photo`] and the flags).
    pub text: String,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// Which.
    pub field: Field,
    /// Of which photo; `None` for what belongs to the story.
    pub photo: Option<Sha256Hex>,
    /// The whole field in its order: same and removed runs are what it said before, same and added ones what it says
    /// after. One run for each tag. Empty for [`Field::PhotoOrder`].
    pub runs: Vec<Run>,
}

/// What differs from `before` to `after`, in the order of a story's fields; empty when nothing does. Photos are the same
/// when their digests are; the words of one that came or went are listed with it.
pub fn difference(before: &Content, after: &Content) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for (field, old, new) in texts(before, after) {
        if old != new {
            changes.push(FieldChange { field, photo: None, runs: text::runs(&old, &new) });
        }
    }
    if before.tags != after.tags {
        let runs = text::list_runs(&before.tags, &after.tags);
        changes.push(FieldChange { field: Field::Tags, photo: None, runs });
    }
    if before.body != after.body {
        let runs = text::runs(&before.body, &after.body);
        changes.push(FieldChange { field: Field::Body, photo: None, runs });
    }
    changes.extend(photos(&before.photos, &after.photos));
    changes
}

/// How many paragraphs of a text are otherwise than before, came or went; an item of a list counts as one.
pub fn changed_paragraphs(before: &str, after: &str) -> usize {
    text::paragraphs(before, after)
}

/// The fields of the story itself that stand beside its text, in the order in which they are shown.
pub(crate) const BESIDE: [Field; 10] = [
    Field::Headline,
    Field::Standfirst,
    Field::Byline,
    Field::Dateline,
    Field::Source,
    Field::Section,
    Field::Tags,
    Field::Slug,
    Field::Language,
    Field::PublishedAt,
];

/// The fields of one value each, those of machines among them, as text.
fn texts(before: &Content, after: &Content) -> impl Iterator<Item = (Field, String, String)> {
    let of_one_value = BESIDE.into_iter().filter(|field| *field != Field::Tags);
    of_one_value.map(move |field| (field, value(before, field), value(after, field)))
}

/// What a field of the story itself says, as text; tags one a line. Empty for what belongs to a photo.
pub(crate) fn value(content: &Content, field: Field) -> String {
    match field {
        Field::Headline => content.headline.clone(),
        Field::Standfirst => content.standfirst.clone(),
        Field::Byline => content.byline.clone(),
        Field::Dateline => content.dateline.clone(),
        Field::Source => content.source.clone(),
        Field::Section => content.section.clone(),
        Field::Tags => content.tags.join("\n"),
        Field::Slug => content.slug.clone(),
        Field::Language => content.language.tag().to_owned(),
        Field::PublishedAt => content.published_at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        Field::Body => content.body.clone(),
        _ => String::new(),
    }
}

/// What a field of a photo says, as text; of what is there or not, `yes` or nothing.
pub(crate) fn photo_value(photo: &StoryPhoto, field: Field) -> String {
    let flag = |set: bool| if set { "yes" } else { "" }.to_owned();
    match field {
        Field::Caption => photo.caption.clone(),
        Field::Credit => photo.credit.clone(),
        Field::Alt => photo.alt.clone(),
        Field::Decorative => flag(photo.decorative),
        Field::Lead => flag(photo.lead),
        Field::Focal => photo.focal.map(|FocalPoint { x, y }| format!("{x},{y}")).unwrap_or_default(),
        _ => String::new(),
    }
}

fn photos(before: &[StoryPhoto], after: &[StoryPhoto]) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for old in before {
        match find(after, &old.id) {
            Some(new) => changes.extend(photo(old, new)),
            None => {
                changes.push(presence(old, RunKind::Removed));
                changes.extend(photo(old, &blank(&old.id)));
            }
        }
    }
    for new in after.iter().filter(|new| find(before, &new.id).is_none()) {
        changes.push(presence(new, RunKind::Added));
        changes.extend(photo(&blank(&new.id), new));
    }
    if order(before, after) != order(after, before) {
        changes.push(FieldChange { field: Field::PhotoOrder, photo: None, runs: Vec::new() });
    }
    changes
}

fn photo(old: &StoryPhoto, new: &StoryPhoto) -> Vec<FieldChange> {
    use Field::{Alt, Caption, Credit, Decorative, Focal, Lead};
    let of = |field| {
        let (was, is) = (photo_value(old, field), photo_value(new, field));
        let runs = match field {
            Decorative | Lead => vec![there(if is.is_empty() { RunKind::Removed } else { RunKind::Added })],
            _ => text::runs(&was, &is),
        };
        (was != is).then(|| FieldChange { field, photo: Some(new.id.clone()), runs })
    };
    [Caption, Credit, Alt, Decorative, Lead, Focal].into_iter().filter_map(of).collect()
}

fn presence(photo: &StoryPhoto, kind: RunKind) -> FieldChange {
    FieldChange { field: Field::Photo, photo: Some(photo.id.clone()), runs: vec![there(kind)] }
}

fn there(kind: RunKind) -> Run {
    Run { kind, text: String::new() }
}

pub(crate) fn find<'a>(photos: &'a [StoryPhoto], id: &Sha256Hex) -> Option<&'a StoryPhoto> {
    photos.iter().find(|photo| photo.id == *id)
}

/// The photos of `photos` that `others` have too, in their order.
pub(crate) fn order<'a>(photos: &'a [StoryPhoto], others: &[StoryPhoto]) -> Vec<&'a Sha256Hex> {
    photos.iter().map(|photo| &photo.id).filter(|id| find(others, id).is_some()).collect()
}

fn blank(id: &Sha256Hex) -> StoryPhoto {
    StoryPhoto {
        id: id.clone(),
        caption: String::new(),
        credit: String::new(),
        alt: String::new(),
        decorative: false,
        lead: false,
        focal: None,
    }
}
