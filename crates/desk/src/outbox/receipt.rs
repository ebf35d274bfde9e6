//! What is kept of a read-back: that all is as sent, or what is otherwise and who said that it may stay so.

use portal::{Receipt, Remote, RemoteState};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{AcceptDifferences, Intent, NewEvent, PublicWord};
use story::{Cause, DeliveryState, Difference, IntentKind, PublicState, Sha256Hex};

use super::attempt::public_state;
use crate::wire::AcceptedView;

/// The part of a receipt that is read again here.
#[derive(Deserialize)]
struct Kept {
    hash: Sha256Hex,
    state: RemoteState,
    #[serde(default)]
    public_url: String,
    #[serde(default)]
    scheduled_for: Option<chrono::DateTime<chrono::Utc>>,
    #[serde(default)]
    differences: Vec<Difference>,
    /// Readers have it, or will, or the desk or its author does: what was asked for has come about.
    #[serde(default)]
    reached: bool,
    #[serde(default)]
    accepted: Option<AcceptedView>,
}

/// All is as sent.
pub(super) fn as_sent(receipt: &Receipt) -> Value {
    json!({
        "hash": receipt.hash,
        "revision": receipt.revision,
        "etag": receipt.etag,
        "state": receipt.state,
        "public_url": receipt.public_url,
        "scheduled_for": receipt.scheduled_for,
        "published_at": receipt.published_at,
        "updated_at": receipt.updated_at,
        "was_there": receipt.was_there,
    })
}

/// The portal has it, and something of it is otherwise.
pub(super) fn otherwise(intent: &Intent, remote: &Remote, differences: &[Difference]) -> Value {
    json!({
        "hash": remote.hash,
        "revision": remote.revision,
        "etag": remote.etag,
        "state": remote.state,
        "public_url": remote.public_url.as_deref().unwrap_or_default(),
        "scheduled_for": remote.scheduled_for,
        "published_at": remote.published_at,
        "updated_at": remote.updated_at,
        "was_there": false,
        "differences": differences,
        "reached": is_reached(&intent.kind, remote.state),
    })
}

fn is_reached(kind: &IntentKind, state: RemoteState) -> bool {
    match kind {
        IntentKind::Publish | IntentKind::Correct => state == RemoteState::Live,
        IntentKind::Schedule { .. } => matches!(state, RemoteState::Live | RemoteState::Scheduled),
        IntentKind::File | IntentKind::Return | IntentKind::Approve => {
            !matches!(state, RemoteState::Killed | RemoteState::Withdrawn)
        }
        IntentKind::Photo { .. }
        | IntentKind::Original { .. }
        | IntentKind::Recall
        | IntentKind::Withdraw
        | IntentKind::Kill => false,
    }
}

fn kept(intent: &Intent) -> Option<Kept> {
    serde_json::from_value(intent.receipt.clone()?).ok()
}

/// What the portal kept otherwise, while that is the last word or was accepted; whether a person may accept it; who
/// did.
pub(crate) fn differences(intent: &Intent) -> (Vec<Difference>, bool, Option<AcceptedView>) {
    let Some(kept) = kept(intent) else { return Default::default() };
    let stuck = intent.state == DeliveryState::Blocked && intent.cause == Some(Cause::ReadBackDiffers);
    if stuck || kept.accepted.is_some() {
        return (kept.differences, stuck && kept.reached, kept.accepted);
    }
    Default::default()
}

/// The digest of what the portal made of ours, once a person has accepted it.
pub(super) fn accepted_hash(intent: &Intent) -> Option<Sha256Hex> {
    kept(intent).filter(|kept| kept.accepted.is_some()).map(|kept| kept.hash)
}

/// What accepting comes to; `None` when there is nothing that could be accepted.
pub(super) fn acceptance(intent: &Intent, event: NewEvent) -> Option<AcceptDifferences> {
    let (_, acceptable, _) = differences(intent);
    let kept = kept(intent).filter(|_| acceptable)?;
    let state = public_state(kept.state);
    let is_live = state == PublicState::Live;
    let public = PublicWord {
        state,
        version: intent.version.clone().filter(|_| is_live),
        url: is_live.then_some(kept.public_url),
        live_at: kept.scheduled_for.filter(|_| state == PublicState::Scheduled),
    };
    let public = (!intent.kind.is_for_the_desk()).then_some(public);
    Some(AcceptDifferences { intent: intent.id, by: event.actor.clone(), public, event })
}
