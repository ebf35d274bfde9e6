//! One-person mode: whether somebody may approve what nobody else has written. A newsroom of one person is one by its
//! portal's word; elsewhere an editor turns the mode on for the day, on this machine.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Command, Judging, OnePerson, Role, StoryId};

use crate::{
    Desk,
    dhaka::midnight,
    portals::{self, Facts},
    wire::{CommandError, ErrorCode, OnePersonMode, OnePersonView},
};

const SETTING: &str = "one_person";
/// So many turns of the switch are remembered.
const MOST: usize = 100;

/// One turn of the switch.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Turn {
    at: DateTime<Utc>,
    by: String,
    /// `None`: it was turned off.
    until: Option<DateTime<Utc>>,
}

/// What is known of a story before somebody judges it.
pub(crate) fn judging(desk: &Desk, story: StoryId, facts: &Facts) -> Result<Judging, CommandError> {
    Ok(Judging {
        own_writing: is_own_writing(desk, story)?,
        one_person: mode(desk, facts)?,
        open_suggestions: desk.store().open_suggestions(story)? > 0,
        fell_unseen: true,
    })
}

/// Turns the mode on until midnight in Dhaka, or off.
///
/// # Errors
/// `RefusedRole` for whoever is no editor, and what the disk says.
pub(crate) fn set(desk: &Desk, order: OnePersonMode) -> Result<OnePersonView, CommandError> {
    if portals::role(desk)? != Role::Editor {
        return Err(CommandError::new(ErrorCode::RefusedRole));
    }
    let now = desk.host().now();
    let turn = Turn { at: now, by: portals::actor(desk)?, until: order.on.then(|| midnight(now)) };
    tracing::info!(on = order.on, "one-person mode");
    let mut turns = turns(desk)?;
    turns.push(turn);
    let forgotten = turns.len().saturating_sub(MOST);
    turns.drain(..forgotten);
    let value = serde_json::to_value(turns).map_err(CommandError::internal)?;
    desk.store().set_setting(SETTING, value)?;
    let portal = desk.store().current_portal()?;
    view(desk, &portal.map(|portal| portals::facts(&portal)).unwrap_or_default())
}

/// How it stands at a portal.
pub(crate) fn view(desk: &Desk, facts: &Facts) -> Result<OnePersonView, CommandError> {
    let turn = standing(desk)?;
    Ok(OnePersonView {
        newsroom: facts.is_newsroom_of_one(),
        until: turn.as_ref().and_then(|turn| turn.until),
        by: turn.map(|turn| turn.by).unwrap_or_default(),
    })
}

fn mode(desk: &Desk, facts: &Facts) -> Result<OnePerson, CommandError> {
    if facts.is_newsroom_of_one() {
        return Ok(OnePerson::Newsroom);
    }
    Ok(if standing(desk)?.is_some() { OnePerson::ForNow } else { OnePerson::Off })
}

/// When the mode was turned on, and by whom, as far as is remembered; oldest first.
pub(crate) fn turned_on(desk: &Desk) -> Result<Vec<(DateTime<Utc>, String)>, CommandError> {
    let on = turns(desk)?.into_iter().filter(|turn| turn.until.is_some());
    Ok(on.map(|turn| (turn.at, turn.by)).collect())
}

/// The last turn of the switch, while it is on.
fn standing(desk: &Desk) -> Result<Option<Turn>, CommandError> {
    let now = desk.host().now();
    Ok(turns(desk)?.pop().filter(|turn| turn.until.is_some_and(|until| now < until)))
}

fn turns(desk: &Desk) -> Result<Vec<Turn>, CommandError> {
    let kept = desk.store().setting(SETTING)?;
    // What cannot be read is off: the stricter of the two.
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

/// Early, by the names in the history; the portal knows accounts, and has the last word.
fn is_own_writing(desk: &Desk, story: StoryId) -> Result<bool, CommandError> {
    let me = portals::actor(desk)?;
    let is_mine = |name: &str| name.is_empty() || name == me;
    let begun = desk.store().last_of(story, Command::Create)?;
    let written = desk.store().revisions(story)?;
    let mine = begun.is_none_or(|begun| is_mine(&begun.actor));
    Ok(mine && written.iter().all(|revision| is_mine(&revision.author)))
}
