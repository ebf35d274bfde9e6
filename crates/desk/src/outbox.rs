//! The outbox: what is on its way, and the worker that brings it there.
//!
//! The store keeps the intents, `story` says what an answer means and when to try again, `portal` talks.
//! Here is only the order of things: count the attempt, make it, write down how it ended.

pub(crate) mod attempt;
pub(crate) mod budget;
pub(crate) mod originals;
mod progress;
pub(crate) mod receipt;
pub(crate) mod theirs;
mod wait;
mod watch;
mod worker;

pub(crate) use theirs::told;

use store::{Intent, NewEvent, StoreError, TakeBack};
use story::IntentId;

use crate::{
    Desk, returning, view,
    wire::{CommandError, DeskEvent, IntentView, OutboxView},
    writing,
};

pub use wait::Ended;
pub use worker::Worker;

/// Settled deliveries shown, at most.
const SETTLED_SHOWN: u32 = 50;

pub(crate) fn list(desk: &Desk) -> Result<OutboxView, CommandError> {
    let open = desk.store().open_intents()?;
    let mut intents: Vec<IntentView> = open.iter().filter_map(|intent| shown(desk, intent)).collect();
    intents.sort_by_key(|intent| (!intent.state.is_stuck(), std::cmp::Reverse(intent.asked_at)));
    let settled = desk.store().settled_intents(SETTLED_SHOWN)?;
    intents.extend(settled.iter().filter_map(|intent| shown(desk, intent)));
    let budget = budget::view(desk, &open)?;
    let originals = originals::list(desk, &open)?;
    Ok(OutboxView { intents, originals, reachable: desk.reachable(), paused: is_paused(desk)?, budget })
}

const PAUSED: &str = "outbox_paused";

/// Stops everything that would be sent, or lets it go on. What is under way comes to its end.
pub(crate) fn pause(desk: &Desk, paused: bool) -> Result<OutboxView, CommandError> {
    desk.store().set_setting(PAUSED, paused.into())?;
    desk.tell(DeskEvent::OutboxPaused { paused });
    desk.wake();
    list(desk)
}

fn is_paused(desk: &Desk) -> Result<bool, CommandError> {
    Ok(desk.store().setting(PAUSED)?.and_then(|value| value.as_bool()).unwrap_or(false))
}

/// An intent with its photos counted in; `None` for a photo or an original.
pub(crate) fn shown(desk: &Desk, intent: &Intent) -> Option<IntentView> {
    view::act(&intent.kind)?;
    let all =
        if intent.parents.is_empty() { Vec::new() } else { desk.store().intents_of(intent.story).ok()? };
    view::intent(intent, &all)
}

/// Lets an intent go on at once, unless it is settled or under way by now.
pub(crate) fn send_now(desk: &Desk, id: IntentId) -> Result<OutboxView, CommandError> {
    desk.store().intent(id)?;
    match desk.store().release_beyond(id) {
        // Settled, or taken up by the worker a moment ago: there is nothing to let go, and that is no error.
        Ok(_) | Err(StoreError::WrongState(_)) => {}
        Err(error) => return Err(error.into()),
    }
    desk.wake();
    list(desk)
}

impl Desk {
    /// Lets everything go on at once that waits for a time. What waits for a person goes on waiting.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn send_all_now(&self) -> Result<(), CommandError> {
        self.blocking(|desk| {
            let open = desk.store().open_intents()?;
            let waiting = open.iter().filter(|intent| intent.state.is_waiting() && intent.next_at.is_some());
            let waiting: Vec<IntentId> = waiting.map(|intent| intent.id).collect();
            worker::release(desk, &waiting)?;
            desk.wake();
            Ok(())
        })
        .await
    }
}

pub(crate) fn cancel(desk: &Desk, id: IntentId) -> Result<OutboxView, CommandError> {
    let intent = desk.store().intent(id)?;
    match returning::undone(&intent.kind) {
        Some((from, command, to)) => {
            let event = NewEvent { version: intent.version, ..writing::event(desk, command, to)? };
            take_back(desk, TakeBack { intent: id, from, event })?;
        }
        None => {
            desk.store().cancel(id, desk.host().now())?;
            taken_back(desk, id);
        }
    }
    list(desk)
}

/// Takes an intent back, and puts its story into the hands that had it.
pub(crate) fn take_back(desk: &Desk, back: TakeBack) -> Result<(), CommandError> {
    let id = back.intent;
    desk.store().take_back(back)?;
    desk.tell(DeskEvent::ListsChanged);
    taken_back(desk, id);
    Ok(())
}

fn taken_back(desk: &Desk, id: IntentId) {
    // It may have been what the whole queue stood behind.
    desk.wake();
    worker::tell_moved(desk, id);
}
