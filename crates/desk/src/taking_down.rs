//! Withdraw and kill: from a command to an intent that goes ahead of all others. What of the story was not sent yet is
//! taken back in the same transaction.

use serde_json::json;
use store::{Act, NewEvent, NewIntent, Row};
use story::{Command, Consent, IntentId, IntentKind, PortalId, Refusal, StoryId, decide};

use crate::{
    Desk, guarding,
    portals::{self, Facts},
    view,
    wire::{CommandError, DeskEvent, ErrorCode, StoryView, TakeDownStory},
    writing,
};

/// Longest reason, in letters.
const MAX_REASON: usize = 1_000;

/// How often it is decided anew when the story moves meanwhile.
pub(crate) const TRIES: usize = 50;

/// Takes the story from the readers of the portal it was last sent to. That its deliveries move at this very moment is
/// no reason to refuse: it is decided anew on where they stand then.
pub(crate) fn take_down(
    desk: &Desk,
    order: TakeDownStory,
    command: Command,
) -> Result<StoryView, CommandError> {
    for _ in 1..TRIES {
        match decide_and_take_down(desk, order.clone(), command) {
            Err(error) if error.code == ErrorCode::MovedOn => {}
            decided => return decided,
        }
    }
    decide_and_take_down(desk, order, command)
}

fn decide_and_take_down(
    desk: &Desk,
    order: TakeDownStory,
    command: Command,
) -> Result<StoryView, CommandError> {
    let TakeDownStory { story, reason, breaks_glass } = order;
    let reason = in_one_line(&reason)?;
    let row = desk.store().row(story)?;
    let portal = sent_to(desk, story)?;
    let facts = portals::facts(&desk.store().portal(portal)?);
    let step = step(desk, &row, &facts, (command, breaks_glass))?
        .or_else(|no| writing::refuse(desk, story, &row.axes, command, no))?;
    let to = decide(step, &row.axes, facts.role())
        .or_else(|no| writing::refuse(desk, story, &row.axes, step, no))?;
    let event = NewEvent {
        version: Some(row.version.clone()),
        note: reason.clone(),
        ..writing::event(desk, step, to)?
    };
    let consent = (step == Command::KillAlone).then_some(Consent::Glass);
    let act = Act {
        story,
        decided_on: row.axes.clone(),
        counter: None,
        events: vec![event],
        axes: row.axes.clone(),
        revision: None,
        intents: vec![NewIntent { consent, ..intent(desk, row, portal, (kind(command), reason))? }],
    };
    desk.store().act(act)?;
    desk.wake();
    desk.tell(DeskEvent::ListsChanged);
    writing::open(desk, story)
}

/// A kill has two steps where there is a second person: what it is this time, the portal says in the end.
fn step(
    desk: &Desk,
    row: &Row,
    facts: &Facts,
    (command, breaks_glass): (Command, bool),
) -> Result<Result<Command, Refusal>, CommandError> {
    if command != Command::Kill || !facts.holds_back() {
        return Ok(Ok(command));
    }
    let me = guarding::me(desk, facts)?;
    Ok(row.axes.guards.killing_step(guarding::alone(facts, &me, breaks_glass)))
}

fn kind(command: Command) -> IntentKind {
    if command == Command::Kill { IntentKind::Kill } else { IntentKind::Withdraw }
}

/// A reason as it is kept: there, in one line, and not too long.
pub(crate) fn in_one_line(reason: &str) -> Result<String, CommandError> {
    let reason = bangla::normalise(reason.trim()).replace('\n', " ");
    if reason.is_empty() {
        return Err(CommandError::new(ErrorCode::ReasonNeeded));
    }
    if reason.chars().count() > MAX_REASON {
        return Err(
            CommandError::new(ErrorCode::BadArguments).detailed("the reason is longer than 1,000 letters")
        );
    }
    Ok(reason)
}

/// The portal that may have it.
pub(crate) fn sent_to(desk: &Desk, story: StoryId) -> Result<PortalId, CommandError> {
    portal_of(desk, story)?.ok_or_else(|| CommandError::new(ErrorCode::RefusedNotPublic))
}

/// The portal that it was last given to; `None` when it never was.
pub(crate) fn portal_of(desk: &Desk, story: StoryId) -> Result<Option<PortalId>, CommandError> {
    let all = desk.store().intents_of(story)?;
    match all.iter().find(|intent| view::act(&intent.kind).is_some()) {
        Some(given) => Ok(Some(given.portal)),
        // What was taken from a portal's desk is there, also before anything of it went out from here.
        None => Ok(desk.store().brought_from(story)?),
    }
}

/// An intent that carries no text of the story, only what is to become of it.
pub(crate) fn intent(
    desk: &Desk,
    row: Row,
    portal: PortalId,
    (kind, note): (IntentKind, String),
) -> Result<NewIntent, CommandError> {
    let payload = json!({ "story": row.story, "command": view::act(&kind), "note": note });
    let payload = serde_json::to_vec(&payload).map_err(CommandError::internal)?;
    Ok(NewIntent {
        id: IntentId(desk.host().new_id()),
        portal,
        kind,
        change: None,
        bytes_total: payload.len() as u64,
        payload,
        version: Some(row.version),
        headline: row.headline,
        parents: Vec::new(),
        asked_at: desk.host().now(),
        note,
        send_until: None,
        consent: None,
    })
}
