//! What the portal says about stories that are held back, and what it has not heard yet.

use portal::{Failure, GuardAct, Guarding, Portal};
use store::{GuardChange, GuardOrder, NewEvent};
use story::{Command, Guards, Outcome, PortalId, PublicState, Said, Sha256Hex, StoryId};

use super::{moved_on, news};
use crate::{
    Desk, portals, queue,
    wire::{CommandError, DeskEvent},
    writing,
};

/// Tells the portal what was put on here, in the order it was asked for. What it refuses is not asked again: its word is
/// heard with the next look at the story.
///
/// # Errors
/// What the disk says. Without a network the rest waits.
pub(crate) async fn send(desk: &Desk, id: PortalId, portal: &dyn Portal) -> Result<(), CommandError> {
    for (story, order) in desk.blocking(move |desk| orders(desk, id)).await? {
        let version = desk.blocking(move |desk| Ok(desk.store().row(story)?.version)).await?;
        match tell(portal, (story, &version), &order).await {
            // What is answered to an order that the portal had already is how the story stood then.
            Ok(_) => {
                desk.blocking(move |desk| {
                    queue::put_off(desk, (story, id))?;
                    Ok(desk.store().settle_guard_order(order.id)?)
                })
                .await?;
            }
            Err(failure) if is_for_later(&failure) => return Ok(()),
            Err(failure) => {
                tracing::warn!(%story, command = ?order.command, %failure, "the portal did not take a guard");
                desk.blocking(move |desk| refused(desk, story, &order, &failure)).await?;
            }
        }
    }
    Ok(())
}

fn orders(desk: &Desk, id: PortalId) -> Result<Vec<(StoryId, GuardOrder)>, CommandError> {
    if !portals::facts(&desk.store().portal(id)?).holds_back() {
        return Ok(Vec::new());
    }
    Ok(desk.store().guard_orders(id)?)
}

async fn tell(
    portal: &dyn Portal,
    (story, version): (StoryId, &Sha256Hex),
    order: &GuardOrder,
) -> Result<Guards, Failure> {
    portal.guard(&asked((story, version), order)).await
}

/// The order as the portal is asked.
pub(crate) fn asked<'a>((story, version): (StoryId, &'a Sha256Hex), order: &'a GuardOrder) -> Guarding<'a> {
    let act = if order.command == Command::SetEmbargo { GuardAct::SetEmbargo } else { GuardAct::Flag };
    Guarding { story, key: order.id, act, version, until: order.until, note: &order.note, consent: None }
}

/// It may do it yet: nothing was refused.
fn is_for_later(failure: &Failure) -> bool {
    !matches!(portal::outcome(failure), Outcome::Stuck { .. })
}

fn refused(desk: &Desk, story: StoryId, order: &GuardOrder, failure: &Failure) -> Result<(), CommandError> {
    desk.store().settle_guard_order(order.id)?;
    let row = desk.store().row(story)?;
    let refused = Some(crate::error::code_name(&failure.cause));
    let line = NewEvent { refused, ..writing::event(desk, order.command, row.axes.desk)? };
    desk.store().append_event(story, line)?;
    Ok(())
}

/// Writes down what holds a story back by the portal's word, and who has said so. What was put on here and the portal has
/// not heard of stands until it has; where the portal holds nothing back, it stands. A story that moves here meanwhile is
/// put off, and `false` is answered.
pub(crate) fn heard(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    guards: Guards,
) -> Result<bool, CommandError> {
    let row = desk.store().row(story)?;
    let before = &row.axes.guards;
    if *before == guards || desk.store().has_guard_orders(story)? {
        return Ok(true);
    }
    let portal = desk.store().portal(id)?;
    let facts = portals::facts(&portal);
    if !facts.holds_back() {
        return Ok(true);
    }
    let us = facts.me.map(|me| me.user);
    let blank = writing::event(desk, Command::Flag, row.axes.desk)?;
    let line = |command: Command, said: Option<&Said>| NewEvent {
        id: desk.new_event_id(),
        command: ended(command, row.axes.public),
        actor: said.map_or_else(|| portal.name.clone(), |said| said.by.clone()),
        at: said.map_or(blank.at, |said| said.at),
        note: said.map(|said| said.reason.clone()).unwrap_or_default(),
        ..blank.clone()
    };
    // What we have said ourselves stands in the log since we said it.
    let ours = |said: Option<&Said>| said.is_some_and(|said| us.as_ref() == Some(&said.account));
    let news = news(before, &guards).into_iter().filter(|(_, said)| !ours(*said));
    let events = news.map(|(command, said)| line(command, said)).collect();
    let at = desk.host().now();
    let change =
        GuardChange { story, decided_on: row.axes.clone(), events, at, guards, order: None, drops: None };
    match desk.store().change_guards(change) {
        Ok(row) => {
            desk.tell(DeskEvent::StoryMoved { story, public: row.axes.public, axes: row.axes });
            desk.tell(DeskEvent::ListsChanged);
            Ok(true)
        }
        Err(error) if moved_on(&error) => queue::put_off(desk, (story, id)).map(|()| false),
        Err(error) => Err(error.into()),
    }
}

/// A kill that waits no more was agreed to, where readers never get the story again.
fn ended(command: Command, public: PublicState) -> Command {
    if command == Command::CallOffKill && public == PublicState::Killed { Command::Kill } else { command }
}
