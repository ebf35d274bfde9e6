//! One attempt to bring one intent to its portal, from counting it to writing down how it ended.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use portal::{
    Act, Delivery, Failure, PhotoToSend, Portal, Recalled, Recalling, Receipt, RemoteState, TakenDown,
    TakingDown, deliver_photo, deliver_story, outcome, recall, take_down,
};
use serde_json::json;
use store::{GuardOrder, Intent, NewTheirs, PublicWord, Settlement, StoreError};
use story::{Cause, DeliveryState, IntentKind, Notice, Outcome, Payload, PublicState, Sha256Hex, delivery};

use super::{budget, originals, progress, receipt, theirs, worker::tell_moved};
use crate::{
    Desk, guarding, portals,
    wire::{CommandError, ErrorCode},
};

/// How an attempt ended.
pub(super) enum End {
    /// A photo or an original is there.
    PhotoThere,
    /// The story was read back and is as sent.
    There(Box<Receipt>),
    /// Readers do not have it.
    Down(TakenDown),
    /// The desk does not have it.
    Back(Recalled),
    /// It is not.
    Failed(Failure),
    /// The portal holds a version that did not come from here.
    Theirs(Failure, Box<NewTheirs>),
    /// It is there, and something of it is otherwise; the receipt says what.
    Otherwise(Failure, serde_json::Value),
    /// The account cannot be used from this machine.
    NoWay(Cause, String),
}

/// Makes one attempt. An error is one of this machine: nothing is known to be wrong with the portal.
pub(super) async fn attempt(desk: &Desk, intent: Intent) -> Result<(), CommandError> {
    let portal = match portals::connected(desk, intent.portal).await {
        Ok(portal) => portal,
        Err(error) => return settle(desk, intent, no_way(error)?).await,
    };
    if is_held(desk, &intent).await? {
        return Ok(());
    }
    let id = intent.id;
    let counted = desk.blocking(move |desk| match desk.store().count_attempt(id) {
        Ok(counted) => Ok(Some(counted)),
        // Taken back a moment ago.
        Err(StoreError::WrongState(_)) => Ok(None),
        Err(error) => Err(error.into()),
    });
    let Some(counted) = counted.await? else { return Ok(()) };
    tell_moved(desk, id);
    tracing::info!(intent = %id, story = %counted.story, attempt = counted.attempts, "attempt");
    let end = match &counted.kind {
        IntentKind::Photo { .. } if is_window_closed(desk, &intent) && !intent.doubtful => {
            End::NoWay(Cause::WindowClosed, String::new())
        }
        IntentKind::Photo { sha256 } => send_photo(desk, &counted, sha256.clone(), portal).await?,
        IntentKind::Original { sha256, .. } => {
            originals::send(desk, &counted, sha256.clone(), portal).await?
        }
        IntentKind::Publish => send_story(desk, &intent, (Act::Publish, None), portal).await?,
        IntentKind::Correct => send_story(desk, &intent, (Act::Correct, None), portal).await?,
        IntentKind::File => send_story(desk, &intent, (Act::File, None), portal).await?,
        IntentKind::Return => send_story(desk, &intent, (Act::Return, None), portal).await?,
        IntentKind::Approve => send_story(desk, &intent, (Act::Approve, None), portal).await?,
        IntentKind::Recall => bring_back(&intent, portal).await,
        IntentKind::Schedule { at } => send_story(desk, &intent, (Act::Schedule, Some(*at)), portal).await?,
        IntentKind::Withdraw => bring_down(desk, &intent, Act::Withdraw, portal).await?,
        IntentKind::Kill => bring_down(desk, &intent, Act::Kill, portal).await?,
    };
    settle(desk, counted, end).await
}

/// Whether a photo waits for the next day, or an original for another line. One whose publish window has closed is a
/// question to a person first.
async fn is_held(desk: &Desk, intent: &Intent) -> Result<bool, CommandError> {
    if intent.kind.is_of_the_story() || is_window_closed(desk, intent) {
        return Ok(false);
    }
    let file = intent.clone();
    desk.blocking(move |desk| match file.kind {
        IntentKind::Original { .. } => originals::holds(desk, &file),
        _ => budget::holds(desk, &file),
    })
    .await
}

fn no_way(error: CommandError) -> Result<End, CommandError> {
    match error.code {
        ErrorCode::SignInRefused | ErrorCode::NoKeychain | ErrorCode::NotFound => {
            Ok(End::NoWay(Cause::NoSecret, error.detail))
        }
        ErrorCode::BadUrl | ErrorCode::PortalFailed => Ok(End::NoWay(Cause::NotFound, error.detail)),
        _ => Err(error),
    }
}

async fn send_photo(
    desk: &Desk,
    intent: &Intent,
    sha256: Sha256Hex,
    portal: Arc<dyn Portal>,
) -> Result<End, CommandError> {
    let digest = sha256.clone();
    let read = desk.blocking(move |desk| Ok(desk.store().rendition_by_digest(&digest)?));
    let (facts, bytes) = read.await?;
    let photo = PhotoToSend { sha256: &sha256, media_type: &facts.rendition.media_type, bytes: &bytes };
    let sent = progress::followed(desk, intent.id, |on_progress| async move {
        deliver_photo(portal.as_ref(), &photo, &*on_progress).await
    });
    Ok(match sent.await {
        Ok(()) => End::PhotoThere,
        Err(failure) => End::Failed(failure),
    })
}

/// `intent` is as it was before this attempt was counted: whether an *earlier* one may have been heard.
async fn send_story(
    desk: &Desk,
    intent: &Intent,
    (act, at): (Act, Option<DateTime<Utc>>),
    portal: Arc<dyn Portal>,
) -> Result<End, CommandError> {
    let before = intent.clone();
    let read = desk.blocking(move |desk| {
        let bytes = desk.store().payload(before.id)?;
        let payload: Payload = serde_json::from_slice(&bytes).map_err(CommandError::internal)?;
        let orders = if act == Act::File { unheard(desk, &before)? } else { Vec::new() };
        let version = desk.store().row(before.story)?.version;
        Ok((bytes, payload, sent_before(desk, &before)?, (version, orders)))
    });
    let (bytes, payload, sent_before, (version, orders)) = read.await?;
    let guards: Vec<_> =
        orders.iter().map(|order| guarding::asked((intent.story, &version), order)).collect();
    let notice = intent.change.map(|kind| Notice { kind, note: intent.note.clone() });
    let delivery = Delivery {
        notice: notice.as_ref(),
        reason: if act == Act::Return { intent.note.as_str() } else { "" },
        consent: intent.consent,
        key: intent.id,
        act,
        payload: &payload,
        bytes: &bytes,
        at,
        window_closed: is_window_closed(desk, intent),
        maybe_sent: intent.doubtful,
        sent_before: &sent_before,
        over: intent.over.as_deref(),
        guards: &guards,
    };
    match deliver_story(portal.as_ref(), &delivery).await {
        Ok(receipt) => {
            // What was there before was told by an earlier attempt, or is told by the next round.
            let told = if receipt.was_there { Vec::new() } else { orders };
            let settle = move |desk: &Desk| {
                told.iter().try_for_each(|order| Ok(desk.store().settle_guard_order(order.id)?))
            };
            desk.blocking(settle).await?;
            Ok(End::There(Box::new(receipt)))
        }
        Err(failure) => theirs::met(desk, intent, portal.as_ref(), failure).await,
    }
}

/// What was put on the story here and goes to its portal before the story does.
fn unheard(desk: &Desk, intent: &Intent) -> Result<Vec<GuardOrder>, CommandError> {
    let facts = portals::facts(&desk.store().portal(intent.portal)?);
    if !facts.holds_back() {
        return Ok(Vec::new());
    }
    Ok(desk.store().guard_orders_of(intent.story)?)
}

fn is_window_closed(desk: &Desk, intent: &Intent) -> bool {
    intent.send_until.is_some_and(|until| until < desk.host().now())
}

async fn bring_down(
    desk: &Desk,
    intent: &Intent,
    act: Act,
    portal: Arc<dyn Portal>,
) -> Result<End, CommandError> {
    let before = intent.clone();
    let maybe_coming = desk.blocking(move |desk| may_still_come(desk, &before)).await?;
    let (headline, note) = (intent.headline.as_str(), intent.note.as_str());
    let (key, story, consent) = (intent.id, intent.story, intent.consent);
    let down = TakingDown { key, story, act, headline, note, consent, maybe_coming };
    Ok(match take_down(portal.as_ref(), &down).await {
        Ok(down) => End::Down(down),
        Err(failure) => End::Failed(failure),
    })
}

/// As in [`send_story`], `intent` is as it was before.
async fn bring_back(intent: &Intent, portal: Arc<dyn Portal>) -> End {
    let recalling = Recalling { key: intent.id, story: intent.story, maybe_sent: intent.doubtful };
    match recall(portal.as_ref(), &recalling).await {
        Ok(back) => End::Back(back),
        Err(failure) => End::Failed(failure),
    }
}

/// Whether something of the story that was sent before may reach the portal yet.
fn may_still_come(desk: &Desk, down: &Intent) -> Result<bool, CommandError> {
    let all = desk.store().intents_of(down.story)?;
    let earlier = all.iter().filter(|other| other.sequence < down.sequence && other.portal == down.portal);
    Ok(earlier.filter(|other| other.kind.is_of_the_story()).any(|other| match other.state {
        DeliveryState::Sending => true,
        DeliveryState::Confirmed => false,
        _ => other.doubtful,
    }))
}

/// What we may have put on this portal ourselves, and so may put something else over.
fn sent_before(desk: &Desk, intent: &Intent) -> Result<Vec<Sha256Hex>, CommandError> {
    theirs::ours(desk, (intent.story, intent.portal), intent.sequence)
}

async fn settle(desk: &Desk, intent: Intent, end: End) -> Result<(), CommandError> {
    let cause = cause(&end);
    desk.set_reachable(!cause.is_some_and(portals::is_network));
    tracing::info!(intent = %intent.id, story = %intent.story, ?cause, "attempt ended");
    let (id, place) = (intent.id, (intent.story, intent.portal));
    // A kill may wait for a second person.
    let guards = if let End::Down(down) = &end { Some(down.guards.clone()) } else { None };
    let settlement = settlement(desk, intent, end);
    let written = desk.blocking(move |desk| {
        match desk.store().settle(settlement) {
            // Given up meanwhile, since the story was taken down.
            Ok(_) | Err(StoreError::WrongState(_)) => {}
            Err(error) => return Err(error.into()),
        }
        guards.map_or(Ok(()), |guards| guarding::heard(desk, place, guards).map(drop))
    });
    written.await?;
    tell_moved(desk, id);
    Ok(())
}

fn cause(end: &End) -> Option<Cause> {
    match end {
        End::PhotoThere | End::There(_) | End::Down(_) | End::Back(_) => None,
        End::NoWay(cause, _) => Some(*cause),
        other => failure(other).map(|failure| failure.cause),
    }
}

fn failure(end: &End) -> Option<&Failure> {
    match end {
        End::Failed(failure) | End::Theirs(failure, _) | End::Otherwise(failure, _) => Some(failure),
        _ => None,
    }
}

fn settlement(desk: &Desk, intent: Intent, end: End) -> Settlement {
    let at = desk.host().now();
    let cause = cause(&end);
    let outcome = match &end {
        End::PhotoThere | End::There(_) | End::Down(_) | End::Back(_) => Outcome::Delivered,
        End::NoWay(why, _) => Outcome::Stuck { why: *why },
        End::Failed(failure) | End::Theirs(failure, _) | End::Otherwise(failure, _) => outcome(failure),
    };
    let next_at = match &outcome {
        Outcome::Later { after, .. } | Outcome::Unknown { after, .. } => {
            let wait = delivery::delay(intent.attempts, *after, desk.host().dice());
            chrono::Duration::from_std(wait).ok().and_then(|wait| at.checked_add_signed(wait))
        }
        _ => None,
    };
    let state = delivery::settle_as(&intent.kind, &outcome);
    let mut settlement = Settlement {
        intent: intent.id,
        at,
        state,
        cause,
        in_doubt: failure(&end).is_some_and(|failure| !failure.nothing_done),
        detail: String::new(),
        next_at,
        receipt: None,
        public: None,
        theirs: None,
        sent: None,
    };
    match end {
        End::PhotoThere => {}
        End::Failed(failure) => settlement.detail = failure.detail,
        End::Theirs(failure, theirs) => {
            settlement.detail = failure.detail;
            settlement.theirs = Some(*theirs);
        }
        End::Otherwise(failure, receipt) => {
            settlement.detail = failure.detail;
            settlement.receipt = Some(receipt);
        }
        End::NoWay(_, detail) => settlement.detail = detail,
        End::There(receipt) => {
            settlement.receipt = Some(receipt::as_sent(&receipt));
            settlement.sent = (!receipt.was_there).then(|| budget::counted(desk, intent.bytes_total));
            settlement.public = public_word(&intent, *receipt);
        }
        End::Down(down) => {
            desk.note_schedule_missed(intent.story, false);
            settlement.receipt = Some(json!({
                "state": down.state,
                "revision": down.revision,
                "was_there": down.was_down,
            }));
            let state = public_state(down.state);
            settlement.public = Some(PublicWord { state, version: None, url: None, live_at: None });
        }
        End::Back(back) => {
            settlement.receipt = Some(json!({
                "state": back.state,
                "revision": back.revision,
                "was_there": back.was_back,
            }));
        }
    }
    settlement
}

/// What readers get once the story is there; what goes to the desk or back tells nothing of them.
fn public_word(intent: &Intent, receipt: Receipt) -> Option<PublicWord> {
    if intent.kind.is_for_the_desk() {
        return None;
    }
    let state = public_state(receipt.state);
    let is_live = state == PublicState::Live;
    Some(PublicWord {
        state,
        version: if is_live { intent.version.clone() } else { None },
        url: is_live.then_some(receipt.public_url),
        live_at: receipt.scheduled_for.filter(|_| state == PublicState::Scheduled),
    })
}

pub(crate) fn public_state(state: RemoteState) -> PublicState {
    match state {
        RemoteState::Live => PublicState::Live,
        RemoteState::Scheduled => PublicState::Scheduled,
        RemoteState::Withdrawn => PublicState::Withdrawn,
        RemoteState::Killed => PublicState::Killed,
        RemoteState::NotPublic => PublicState::Never,
    }
}
