//! Originals of photos: for the desk of a portal that keeps them, behind everything else, and only as a person has said
//! of the line. The file leaves as it is but for what names a place, a machine or a person.

use std::{collections::BTreeSet, sync::Arc};

use chrono::TimeDelta;
use portal::{OriginalToSend, PhotoToSend, Portal, deliver_original};
use store::{Intent, NewIntent, PhotoFacts, RenditionUse, StoreError};
use story::{Cause, DeliveryState, IntentId, IntentKind, Line, Originals, Sha256Hex};

use super::{attempt::End, budget, progress, worker::tell_moved};
use crate::{
    Desk,
    portals::Facts,
    wire::{CommandError, OriginalView},
};

/// Originals shown that are at the portal, at most.
const SETTLED_SHOWN: u32 = 10;
/// How often the line is asked for its price again.
const LOOK_AGAIN: TimeDelta = TimeDelta::seconds(60);
/// Why one waits for the line and not for its turn.
const HELD: [Cause; 4] = [Cause::BudgetSpent, Cause::Metered, Cause::PriceUnknown, Cause::OriginalsOff];

/// Whether originals go along to the portal of these facts at all.
pub(crate) fn are_wanted(desk: &Desk, facts: &Facts) -> Result<bool, CommandError> {
    Ok(facts.keeps_originals() && budget::originals(desk)? != Originals::Never)
}

/// One intent for each photo whose original says more than what readers get, behind the story's own.
pub(crate) fn behind(desk: &Desk, story: &NewIntent, photos: &[PhotoFacts]) -> Vec<NewIntent> {
    let mut seen = BTreeSet::new();
    let shown = photos.iter().filter_map(|photo| Some((photo, photo.rendition(RenditionUse::Display)?)));
    // What came from a portal is its own rendition.
    let shown = shown.filter(|(photo, display)| display.rendition.sha256 != photo.id);
    let shown = shown.filter(|(_, display)| seen.insert(display.rendition.sha256.clone()));
    let original = |(photo, display): (&PhotoFacts, &store::StoredRendition)| NewIntent {
        id: IntentId(desk.host().new_id()),
        portal: story.portal,
        kind: IntentKind::Original { sha256: display.rendition.sha256.clone(), behind: story.id },
        payload: Vec::new(),
        version: story.version.clone(),
        headline: story.headline.clone(),
        bytes_total: photo.size,
        parents: Vec::new(),
        asked_at: story.asked_at,
        note: String::new(),
        change: None,
        send_until: None,
        consent: None,
    };
    shown.map(original).collect()
}

/// Has an original wait that this line, or the day's budget, has no room for. Gives whether it waits. May block.
pub(super) fn holds(desk: &Desk, original: &Intent) -> Result<bool, CommandError> {
    if original.beyond_budget {
        return Ok(false);
    }
    let policy = budget::originals(desk)?;
    let line = match policy {
        _ if budget::is_mobile(desk)? => Line::Metered,
        Originals::Unmetered => desk.host().line(),
        Originals::Never | Originals::Always => Line::Unknown,
    };
    let Some(why) = policy.hold(line) else { return budget::holds(desk, original) };
    let waits = desk.store().hold(original.id, desk.host().now() + LOOK_AGAIN, why)?;
    if original.cause != Some(why) {
        tell_moved(desk, original.id);
    }
    Ok(waits)
}

/// Whether it waits for the line, and no round of the worker sends it.
pub(super) fn is_held(original: &Intent) -> bool {
    original.next_at.is_some() && original.cause.is_some_and(|cause| HELD.contains(&cause))
}

/// What is to be judged anew when a person has said something else of the line.
pub(super) fn held_causes() -> &'static [Cause] {
    &HELD
}

/// Sends the file, or finds that it is there.
pub(super) async fn send(
    desk: &Desk,
    intent: &Intent,
    photo: Sha256Hex,
    portal: Arc<dyn Portal>,
) -> Result<End, CommandError> {
    let of = photo.clone();
    let file = match desk.blocking(move |desk| prepared(desk, &of)).await? {
        Ok(file) => file,
        Err(why) => return Ok(End::NoWay(Cause::CannotStrip, why)),
    };
    let sha256 = Sha256Hex::of(&file.bytes);
    let file = PhotoToSend { sha256: &sha256, media_type: file.media_type.as_str(), bytes: &file.bytes };
    let original = OriginalToSend { photo: &photo, story: intent.story, file };
    let sent = progress::followed(desk, intent.id, |on_progress| async move {
        deliver_original(portal.as_ref(), &original, &*on_progress).await
    });
    Ok(match sent.await {
        Ok(()) => End::PhotoThere,
        Err(failure) => End::Failed(failure),
    })
}

/// The original of a rendition as it may leave, or why it may not.
fn prepared(desk: &Desk, rendition: &Sha256Hex) -> Result<Result<photo::Stripped, String>, CommandError> {
    let Some(id) = desk.store().original_of(rendition)? else {
        return Ok(Err("there is no such photo here".to_owned()));
    };
    match desk.store().original(&id) {
        Ok(bytes) => Ok(photo::strip(&bytes, &photo::Limits::default()).map_err(|error| error.to_string())),
        Err(error @ (StoreError::NotFound(_) | StoreError::Damaged(_))) => Ok(Err(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

/// Originals on their way or stuck, and those that arrived lately.
pub(super) fn list(desk: &Desk, open: &[Intent]) -> Result<Vec<OriginalView>, CommandError> {
    let mut there = desk.store().confirmed_originals(SETTLED_SHOWN)?;
    // One that arrives between the two looks is in both.
    there.retain(|one| open.iter().all(|other| other.id != one.id));
    Ok(open.iter().chain(&there).filter_map(view).collect())
}

/// An original as a line; `None` for everything else.
pub(super) fn view(intent: &Intent) -> Option<OriginalView> {
    let IntentKind::Original { .. } = intent.kind else { return None };
    Some(OriginalView {
        intent: intent.id,
        story: intent.story,
        headline: intent.headline.clone(),
        portal: intent.portal,
        state: intent.state,
        cause: intent.cause,
        detail: intent.detail.clone(),
        attempts: intent.attempts,
        next_at: intent.next_at,
        bytes_sent: intent.bytes_sent,
        bytes_total: intent.bytes_total,
        asked_at: intent.asked_at,
        confirmed_at: intent.confirmed_at,
    })
}

/// Whether it goes by itself as soon as it is its turn, so that whoever waits for the outbox waits for it.
pub(super) fn is_going(desk: &Desk, intent: &Intent) -> bool {
    let IntentKind::Original { behind, .. } = intent.kind else { return false };
    let told = || desk.store().intent(behind).is_ok_and(|story| story.state == DeliveryState::Confirmed);
    intent.state.is_waiting() && !is_held(intent) && told()
}
