//! What readers have, from what is kept here: the version that the portal's last word names, as it was cut or as its
//! bytes went out. No network is asked.

use chrono::{DateTime, Utc};
use page::Correction;
use serde_json::Value;
use store::{Intent, Row};
use story::{
    ChangeKind, Content, DeliveryState, Field, IntentKind, PublicState, Revision, Sha256Hex, StoryId,
    difference, version_of,
};

use crate::{
    Desk,
    wire::{CommandError, ErrorCode},
    writing,
};

/// The version that readers have.
pub(crate) struct Live {
    pub(crate) content: Content,
    /// Since when they have it.
    pub(crate) since: DateTime<Utc>,
    /// What they are told of its last change.
    pub(crate) correction: Option<Correction>,
}

impl Live {
    /// # Errors
    /// `NotFound` when readers have nothing of it, or a version that never was on this machine.
    pub(crate) fn of(desk: &Desk, story: StoryId) -> Result<Self, CommandError> {
        let row = desk.store().row(story)?;
        let Some(version) = row.live_version.as_ref().filter(|_| row.axes.public == PublicState::Live) else {
            return Err(CommandError::new(ErrorCode::NotFound));
        };
        let sent = sent(desk, story, version)?;
        let revisions = desk.store().revisions(story)?;
        let cut = revisions.iter().rev().find(|revision| revision.hash == *version);
        let content = content(desk, story, cut, sent.as_ref())?;
        let cut_at = cut.map_or(row.changed_at, |revision| revision.at);
        let since = sent.as_ref().and_then(arrived).unwrap_or(cut_at);
        Ok(Self { content, since, correction: sent.as_ref().and_then(|sent| told(sent, since)) })
    }
}

/// The confirmed delivery that brought this version to the readers, the newest of several.
fn sent(desk: &Desk, story: StoryId, version: &Sha256Hex) -> Result<Option<Intent>, CommandError> {
    let all = to_readers(desk, story)?;
    Ok(all.into_iter().find(|intent| intent.version.as_ref() == Some(version)))
}

/// Every confirmed delivery of the story to readers, newest first.
pub(crate) fn to_readers(desk: &Desk, story: StoryId) -> Result<Vec<Intent>, CommandError> {
    let brings = |intent: &Intent| {
        let text =
            matches!(intent.kind, IntentKind::Publish | IntentKind::Correct | IntentKind::Schedule { .. });
        text && intent.state == DeliveryState::Confirmed
    };
    let mut all: Vec<Intent> = desk.store().intents_of(story)?.into_iter().filter(brings).collect();
    all.sort_by_key(|intent| std::cmp::Reverse(intent.sequence));
    Ok(all)
}

/// As it was cut, else as it was sent.
fn content(
    desk: &Desk,
    story: StoryId,
    cut: Option<&Revision>,
    sent: Option<&Intent>,
) -> Result<Content, CommandError> {
    match (cut, sent) {
        (Some(revision), _) => Ok(desk.store().revision(story, revision.number)?),
        (None, Some(sent)) => as_sent(desk, sent),
        (None, None) => Err(CommandError::new(ErrorCode::NotFound)),
    }
}

/// The words that went out with a delivery; photos by the originals that are here.
pub(crate) fn as_sent(desk: &Desk, sent: &Intent) -> Result<Content, CommandError> {
    let payload: Value =
        serde_json::from_slice(&desk.store().payload(sent.id)?).map_err(CommandError::internal)?;
    let original = |sha256: &Sha256Hex| desk.store().original_of(sha256).ok().flatten();
    let (content, _) = version_of(&payload, original);
    Ok(writing::normalised(content))
}

/// When readers got it, by the portal's clock.
fn arrived(sent: &Intent) -> Option<DateTime<Utc>> {
    let time = |name| sent.receipt.as_ref()?.get(name)?.as_str()?.parse().ok();
    let set = match sent.kind {
        IntentKind::Schedule { at } => Some(at),
        _ => sent.confirmed_at,
    };
    time("updated_at").or_else(|| time("published_at")).or(set)
}

/// A slip of the pen is corrected without a word.
fn told(sent: &Intent, at: DateTime<Utc>) -> Option<Correction> {
    let kind = sent.change.filter(|kind| *kind != ChangeKind::Typo)?;
    Some(Correction { at, kind, note: sent.note.clone() })
}

/// What differs and stands on no page, each field once.
pub(crate) fn unseen(live: &Content, draft: &Content) -> Vec<Field> {
    let stays = |id: &Sha256Hex| {
        let has = |content: &Content| content.photos.iter().any(|photo| photo.id == *id);
        has(live) && has(draft)
    };
    let mut fields = Vec::new();
    for change in difference(live, draft) {
        let unseen = match change.field {
            Field::Section | Field::Slug | Field::Language | Field::PublishedAt => true,
            // The words of a photo that came or went came and went with it.
            Field::Alt | Field::Decorative | Field::Focal => change.photo.as_ref().is_some_and(stays),
            _ => false,
        };
        if unseen && !fields.contains(&change.field) {
            fields.push(change.field);
        }
    }
    fields
}

/// Where readers find the story, or found it last.
pub(crate) fn address(desk: &Desk, row: &Row) -> Result<Option<String>, CommandError> {
    if let Some(url) = &row.public_url {
        return Ok(Some(url.clone()));
    }
    let told = |intent: &Intent| {
        let url = intent.receipt.as_ref()?.get("public_url")?.as_str()?;
        (!url.is_empty()).then(|| url.to_owned())
    };
    Ok(to_readers(desk, row.story)?.iter().find_map(told))
}
