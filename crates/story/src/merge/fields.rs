//! The fields that stand beside the text: each is one value, and what both changed is asked for.

use chrono::{DateTime, Utc};

use super::{Place, changed_by};
use crate::{
    content::{Content, Language},
    difference::{BESIDE, Field, value},
};

pub(super) fn places(base: Option<&Content>, ours: &Content, theirs: &Content) -> Vec<Place> {
    let place = |field| {
        let base = base.map(|base| value(base, field));
        three(field, base, value(ours, field), value(theirs, field))
    };
    BESIDE.into_iter().filter_map(place).collect()
}

/// The place where two values differ, if they do.
pub(super) fn three(field: Field, base: Option<String>, ours: String, theirs: String) -> Option<Place> {
    let settled = changed_by(base.as_ref(), &ours, &theirs)?;
    let base = base.unwrap_or_default();
    let both = both(field, &base, &ours, &theirs);
    Some(Place { field, photo: None, base, ours, theirs, both, settled })
}

/// Whether a person may write it by hand.
pub(super) fn is_text(field: Field) -> bool {
    use Field::{Alt, Body, Byline, Caption, Credit, Dateline, Headline, Slug, Source, Standfirst, Tags};
    matches!(
        field,
        Headline | Standfirst | Byline | Dateline | Source | Tags | Slug | Body | Caption | Credit | Alt
    )
}

/// Both values, where one can follow the other; `None` where only one of them is anything.
pub(super) fn both(field: Field, base: &str, ours: &str, theirs: &str) -> Option<String> {
    if ours.trim().is_empty() || theirs.trim().is_empty() {
        return None;
    }
    match field {
        Field::Headline | Field::Byline | Field::Caption | Field::Credit | Field::Alt => {
            Some(format!("{} {}", ours.trim_end(), theirs.trim_start()))
        }
        Field::Standfirst | Field::Body => Some(joined(ours, theirs)),
        Field::Tags => Some(tags(base, ours, theirs)),
        _ => None,
    }
}

/// One text after the other, with a paragraph between where either has more than one line.
fn joined(ours: &str, theirs: &str) -> String {
    let apart = ours.ends_with(char::is_whitespace) || theirs.starts_with(char::is_whitespace);
    let glue = match (apart, ours.contains('\n') || theirs.contains('\n')) {
        (true, _) => "",
        (false, true) => "\n\n",
        (false, false) => " ",
    };
    format!("{ours}{glue}{theirs}")
}

/// What either added, and nothing that either took out.
fn tags(base: &str, ours: &str, theirs: &str) -> String {
    let has = |text: &str, tag: &str| text.lines().any(|line| line == tag);
    let stays = |other: &str, tag: &str| has(other, tag) || !has(base, tag);
    let kept = ours.lines().filter(|tag| stays(theirs, tag));
    let more = theirs.lines().filter(|tag| !has(ours, tag) && !has(base, tag));
    kept.chain(more).collect::<Vec<_>>().join("\n")
}

/// Puts a value into its field; `None` when the field cannot say it. What stands elsewhere is left.
pub(super) fn set(content: &mut Content, field: Field, value: &str) -> Option<()> {
    let text = value.to_owned();
    match field {
        Field::Headline => content.headline = text,
        Field::Standfirst => content.standfirst = text,
        Field::Byline => content.byline = text,
        Field::Dateline => content.dateline = text,
        Field::Source => content.source = text,
        Field::Section => content.section = text,
        Field::Tags => content.tags = value.lines().map(str::to_owned).collect(),
        Field::Slug => content.slug = text,
        Field::Language => content.language = language(value)?,
        Field::PublishedAt => content.published_at = moment(value)?,
        _ => {}
    }
    Some(())
}

fn language(tag: &str) -> Option<Language> {
    [Language::Bn, Language::En].into_iter().find(|language| language.tag() == tag)
}

fn moment(text: &str) -> Option<Option<DateTime<Utc>>> {
    if text.is_empty() {
        return Some(None);
    }
    DateTime::parse_from_rfc3339(text).ok().map(|at| Some(at.to_utc()))
}
