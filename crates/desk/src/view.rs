//! From what the store keeps to what a window shows. Named conversions only; no question is asked here.

use chrono::{DateTime, Utc};
use serde_json::Value;
use store::{Intent, PhotoFacts};
use story::{Cause, Content, DeliveryState, IntentKind, PublicState};

use crate::{
    lacks,
    outbox::receipt,
    portals,
    reading::Beside,
    wire::{
        BackupView, Counts, IntentAct, IntentView, PhotoView, PortalKind, PortalView, StoryRow, TextCounts,
        TheirsView,
    },
};

pub(crate) fn row(row: store::Row, beside: &Beside) -> StoryRow {
    let said = beside.notes(row.story);
    StoryRow {
        notes: said.open,
        calls: said.waiting,
        unread: beside.is_unread(row.story),
        differs_from_live: row.differs_from_live(),
        story: row.story,
        headline: row.headline,
        section: row.section,
        axes: row.axes,
        byline: row.byline,
        words: row.words,
        photos: row.photos,
        changed_at: row.changed_at,
    }
}

pub(crate) fn counts(counts: store::Counts) -> Counts {
    let store::Counts { drafts, sent, returned, scheduled, published, outbox, trash } = counts;
    Counts { drafts, sent, returned, scheduled, published, outbox, trash }
}

pub(crate) fn backup(backup: store::Backup) -> BackupView {
    BackupView { name: backup.name, at: backup.at, size: backup.size }
}

pub(crate) fn photo(facts: PhotoFacts) -> PhotoView {
    PhotoView {
        id: facts.id,
        name: facts.name,
        media_type: facts.media_type,
        width: facts.width,
        height: facts.height,
        size: facts.size,
        had_location: facts.had_location,
    }
}

pub(crate) fn portal(portal: store::Portal) -> PortalView {
    let facts = portals::facts(&portal);
    PortalView {
        tells_changes: facts.tells_changes(),
        keeps_originals: facts.keeps_originals(),
        holds_back: facts.holds_back(),
        lacks: lacks::of(&facts),
        portal: portal.id,
        name: portal.name,
        kind: portal_kind(portal.kind),
        url: portal.url,
        user: portal.user,
        current: portal.current,
    }
}

pub(crate) fn portal_kind(kind: store::PortalKind) -> PortalKind {
    match kind {
        store::PortalKind::BuiltIn => PortalKind::BuiltIn,
        store::PortalKind::Native => PortalKind::Native,
        store::PortalKind::Wordpress => PortalKind::Wordpress,
    }
}

/// How long a text is, photos and Markdown's marks left out.
pub(crate) fn text_counts(content: &Content) -> TextCounts {
    let body = page::plain_text(&content.body);
    let texts = [content.headline.as_str(), content.standfirst.as_str(), body.as_str()];
    let words: usize = texts.iter().map(|text| bangla::words(text)).sum();
    let characters: usize = texts.iter().map(|text| bangla::clusters(text)).sum();
    TextCounts { words: small(words), characters: small(characters), minutes: bangla::reading_minutes(words) }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A story's intent as one line, its photos counted in. `all` are the intents it may be among.
pub(crate) fn intent(story: &Intent, all: &[Intent]) -> Option<IntentView> {
    let act = act(&story.kind)?;
    let photos = || all.iter().filter(|photo| story.parents.contains(&photo.id));
    let telling = telling(story, photos());
    let (differences, acceptable, accepted) = receipt::differences(story);
    Some(IntentView {
        intent: story.id,
        story: story.story,
        headline: story.headline.clone(),
        act,
        portal: story.portal,
        live_at: live_at(&story.kind),
        send_until: story.send_until,
        state: telling.state,
        cause: telling.cause,
        detail: telling.detail.clone(),
        attempts: photos().map(|photo| photo.attempts).fold(story.attempts, u32::max),
        next_at: telling.next_at,
        bytes_sent: photos().map(|photo| photo.bytes_sent).sum::<u64>() + story.bytes_sent,
        bytes_total: photos().map(|photo| photo.bytes_total).sum::<u64>() + story.bytes_total,
        asked_at: story.asked_at,
        confirmed_at: story.confirmed_at,
        public_url: public_url(story.receipt.as_ref()),
        theirs: theirs(story),
        differences,
        acceptable,
        accepted,
    })
}

/// While a story waits for its photos, what happens to them is what happens to it.
fn telling<'a>(story: &'a Intent, photos: impl Iterator<Item = &'a Intent>) -> &'a Intent {
    if story.state != DeliveryState::Queued {
        return story;
    }
    photos.filter(|photo| !photo.state.is_settled()).max_by_key(|photo| weight(photo)).unwrap_or(story)
}

fn weight(intent: &Intent) -> u8 {
    match intent.state {
        DeliveryState::Refused | DeliveryState::Blocked => 3,
        DeliveryState::Sending | DeliveryState::Unknown => 2,
        _ => u8::from(intent.cause.is_some()),
    }
}

pub(crate) fn act(kind: &IntentKind) -> Option<IntentAct> {
    match kind {
        IntentKind::Photo { .. } | IntentKind::Original { .. } => None,
        IntentKind::Publish => Some(IntentAct::Publish),
        IntentKind::Correct => Some(IntentAct::Correct),
        IntentKind::File => Some(IntentAct::File),
        IntentKind::Return => Some(IntentAct::Return),
        IntentKind::Recall => Some(IntentAct::Recall),
        IntentKind::Approve => Some(IntentAct::Approve),
        IntentKind::Schedule { .. } => Some(IntentAct::Schedule),
        IntentKind::Withdraw => Some(IntentAct::Withdraw),
        IntentKind::Kill => Some(IntentAct::Kill),
    }
}

fn live_at(kind: &IntentKind) -> Option<DateTime<Utc>> {
    match kind {
        IntentKind::Schedule { at } => Some(*at),
        _ => None,
    }
}

/// While it stands in the way, and not afterwards.
fn theirs(intent: &Intent) -> Option<TheirsView> {
    let stands = intent.state.is_stuck() && intent.cause == Some(Cause::ChangedOnPortal);
    let theirs = intent.theirs.as_ref().filter(|_| stands)?;
    Some(TheirsView {
        revision: theirs.revision,
        at: theirs.at,
        lost: theirs.lost.clone(),
        live: theirs.public == PublicState::Live,
    })
}

/// The public address in a receipt that the outbox wrote.
fn public_url(receipt: Option<&Value>) -> Option<String> {
    let url = receipt?.get("public_url")?.as_str()?;
    (!url.is_empty()).then(|| url.to_owned())
}
