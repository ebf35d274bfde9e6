//! Taking off what holds a story back. The portal is asked first, for it knows who else has said so; a story that it does
//! not have is this machine's alone.

use std::sync::Arc;

use portal::{GuardAct, Guarding, Portal};
use store::{GuardChange, NewEvent, Row};
use story::{
    Command, Consent, DeskState, Guards, IntentId, PortalId, Refusal, StoryId, commands::RefusalCode, decide,
};

use super::{Place, alone, me, refuse, send, told};
use crate::{
    Desk, portals, taking_down,
    wire::{ClearFlag, CommandError, StoryView},
    writing,
};

/// Clears a legal flag, agrees to that, or asks for it: whichever this person's word comes to.
///
/// # Errors
/// `RefusedNotFlagged`, `RefusedSecondPerson`, `ReasonNeeded`, other refusals of the command table, and what the portal or
/// the disk says.
pub(crate) async fn clear(desk: &Desk, order: ClearFlag) -> Result<StoryView, CommandError> {
    let reason = taking_down::in_one_line(&order.reason)?;
    take_off(desk, order.story, Off { act: GuardAct::ClearFlag, reason, breaks_glass: order.breaks_glass })
        .await
}

/// Takes an embargo off.
///
/// # Errors
/// Refusals of the command table, and what the portal or the disk says.
pub(crate) async fn lift_embargo(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    take_off(desk, story, Off::plain(GuardAct::LiftEmbargo)).await
}

/// Takes back a kill that waits for a second person; the story stays withdrawn.
///
/// # Errors
/// As [`lift_embargo`].
pub(crate) async fn call_off_kill(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    take_off(desk, story, Off::plain(GuardAct::CallOffKill)).await
}

#[derive(Clone)]
struct Off {
    act: GuardAct,
    reason: String,
    breaks_glass: bool,
}

impl Off {
    fn plain(act: GuardAct) -> Self {
        Self { act, reason: String::new(), breaks_glass: false }
    }
}

/// What is allowed here, before anybody is asked.
struct Decided {
    row: Row,
    step: Command,
    to: DeskState,
    /// The portal that has the story and holds it back; `None`: it is this machine's alone.
    there: Option<PortalId>,
}

async fn take_off(desk: &Desk, story: StoryId, off: Off) -> Result<StoryView, CommandError> {
    let asked = off.clone();
    let decided = desk.blocking(move |desk| decided(desk, story, &asked)).await?;
    let guards = match decided.there {
        Some(id) => {
            let portal = portals::connected(desk, id).await?;
            Some(ask(desk, (id, portal), &decided, &off).await?)
        }
        None => None,
    };
    desk.blocking(move |desk| taken_off(desk, decided, off, guards)).await
}

fn decided(desk: &Desk, story: StoryId, off: &Off) -> Result<Decided, CommandError> {
    let row = desk.store().row(story)?;
    let place = Place::of(desk, story)?;
    let there = match &place.portal {
        Some(portal) if place.holds_back() && desk.store().is_known_at(story, portal.id)? => Some(portal.id),
        _ => None,
    };
    let me = me(desk, &place.facts)?;
    let guards = &row.axes.guards;
    let step = match off.act {
        GuardAct::LiftEmbargo => Ok(Command::LiftEmbargo),
        GuardAct::CallOffKill => Ok(Command::CallOffKill),
        _ => guards.clearing_step(alone(&place.facts, &me, off.breaks_glass)),
    };
    // Nobody else can see the story, so nobody else can agree: it is filed first, or the glass is broken.
    let step = match step {
        Ok(Command::AskClear) if there.is_none() => {
            Err(Refusal { code: RefusalCode::SecondPerson, instead: Some(Command::ClearAlone) })
        }
        step => step,
    };
    let step = step.or_else(|no| refuse(desk, &row, Command::ClearFlag, no))?;
    let to = decide(step, &row.axes, place.role()).or_else(|no| refuse(desk, &row, step, no))?;
    Ok(Decided { row, step, to, there })
}

/// What was put on here and the portal has not heard of goes first, else it would come after.
async fn ask(
    desk: &Desk,
    (id, portal): (PortalId, Arc<dyn Portal>),
    decided: &Decided,
    off: &Off,
) -> Result<Guards, CommandError> {
    send(desk, id, portal.as_ref()).await?;
    let guarding = Guarding {
        story: decided.row.story,
        key: IntentId(desk.host().new_id()),
        act: off.act,
        version: &decided.row.version,
        until: None,
        note: &off.reason,
        consent: off.breaks_glass.then_some(Consent::Glass),
    };
    let guards = portal.guard(&guarding).await;
    desk.set_reachable(!guards.as_ref().is_err_and(|failure| portals::is_network(failure.cause)));
    Ok(guards?)
}

/// With the portal's word, where there is one: the step that it came to there is the one that stands in the log.
fn taken_off(
    desk: &Desk,
    decided: Decided,
    off: Off,
    guards: Option<Guards>,
) -> Result<StoryView, CommandError> {
    let Decided { row, step, to, .. } = decided;
    // What was sent a moment ago may have moved it.
    let now = desk.store().row(row.story)?;
    let place = Place::of(desk, row.story)?;
    let said = place.said(desk, &off.reason)?;
    let event = NewEvent { version: Some(row.version), note: off.reason, ..writing::event(desk, step, to)? };
    let drops = match step {
        Command::LiftEmbargo => Some(Command::SetEmbargo),
        Command::ClearFlag | Command::ClearAlone => Some(Command::Flag),
        _ => None,
    };
    let guards = guards.unwrap_or_else(|| now.axes.guards.clone().after(step, said));
    let change = GuardChange {
        story: row.story,
        decided_on: now.axes,
        at: event.at,
        events: vec![event],
        guards,
        order: None,
        drops,
    };
    desk.store().change_guards(change)?;
    desk.queue().look();
    told(desk, row.story)
}
