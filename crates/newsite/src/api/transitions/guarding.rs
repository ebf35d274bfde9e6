//! What holds a story back from readers, whatever a client believes: a legal flag, an embargo, and a kill that waits for a
//! second person. The steps are those of the desk's own rules.

use chrono::DateTime;
use story::{Alone, Axes, Command, Consent, Guards, PublicState, Refusal, Said, commands::RefusalCode};

use super::{Given, Kind, Problem, SignedIn, StoryRow, Verb};
use crate::{api::read::may_write, rules};

/// Refuses what goes to readers, or says that it may, while something holds the story back.
pub(super) fn lets_pass(story: &StoryRow, given: &Given) -> Result<(), Problem> {
    let guards = &story.guards;
    if guards.kill.is_some() {
        let words = "a kill of the story waits for a second editor; confirm it or call it off";
        return Err(Problem::new(Kind::KillWaits, words));
    }
    if guards.legal.is_some() {
        let words = "a legal flag holds the story back; two editors clear it";
        return Err(Problem::new(Kind::Flagged, words));
    }
    let (command, at) = match given.order.command {
        Verb::Publish => (Command::Publish, given.now),
        Verb::Schedule => (Command::Schedule, given.order.at.unwrap_or(given.now)),
        _ => return Ok(()),
    };
    guards.allow_at(command, at).map_err(|refusal| problem(guards, refusal))
}

/// Which step the order is, and the guards after it.
pub(super) fn step(who: &SignedIn, story: &StoryRow, given: &Given) -> Result<(Command, Guards), Problem> {
    let guards = &story.guards;
    let alone = Alone {
        me: &who.user,
        newsroom_of_one: given.one_person,
        breaks_glass: given.order.consent == Some(Consent::Glass),
    };
    let step = match given.order.command {
        Verb::ClearFlag => guards.clearing_step(alone),
        Verb::Kill => guards.killing_step(alone),
        Verb::SetEmbargo => Ok(Command::SetEmbargo),
        Verb::LiftEmbargo => Ok(Command::LiftEmbargo),
        Verb::CallOffKill => Ok(Command::CallOffKill),
        _ => Ok(Command::Flag),
    };
    let step = step.map_err(|refusal| problem(guards, refusal))?;
    Ok((step, after(step, who, story, given)))
}

/// Puts a guard on or takes it off; readers get nothing of it.
pub(super) fn on(who: &SignedIn, story: StoryRow, given: &Given) -> Result<(StoryRow, Command), Problem> {
    let (step, guards) = step(who, &story, given)?;
    if matches!(step, Command::SetEmbargo | Command::LiftEmbargo) {
        may_write(who, &story)?;
    }
    let axes =
        Axes { desk: story.desk, public: story.state, guards: story.guards.clone(), ..Axes::new_draft() };
    story::decide(step, &axes, who.role).map_err(|refusal| problem(&story.guards, refusal))?;
    Ok((StoryRow { guards, ..story }, step))
}

/// What readers get after a kill, by its step: nothing at once, and never again once it is final.
pub(super) fn killed(step: Command, state: PublicState) -> PublicState {
    match (step, state) {
        (Command::AskKill, PublicState::Live | PublicState::Withdrawn) => PublicState::Withdrawn,
        (Command::AskKill, _) => PublicState::Never,
        _ => PublicState::Killed,
    }
}

fn after(step: Command, who: &SignedIn, story: &StoryRow, given: &Given) -> Guards {
    let said = Said {
        by: who.name.clone(),
        account: who.user.clone(),
        at: given.now,
        reason: given.order.note.trim().to_owned(),
    };
    let guards = story.guards.clone();
    match (step, given.order.at) {
        (Command::SetEmbargo, Some(until)) => guards.embargoed(until, said),
        _ => guards.after(step, said),
    }
}

fn problem(guards: &Guards, refusal: Refusal) -> Problem {
    let until = guards.embargo.as_ref().map(|embargo| embargo.until).unwrap_or(DateTime::UNIX_EPOCH);
    let words = match refusal.code {
        RefusalCode::Role => return Problem::new(Kind::Forbidden, "this role may not give this command"),
        RefusalCode::SecondPerson => {
            let words = "you have asked for it already; another editor has to agree, or break the glass";
            return Problem::new(Kind::SecondPerson, words);
        }
        RefusalCode::Embargoed => {
            let words = format!("the story is under embargo until {until}; schedule it for then or later");
            return Problem::new(Kind::Embargoed, words);
        }
        RefusalCode::NotFlagged => "no legal flag is on the story",
        RefusalCode::NoKillWaits => "no kill of the story waits",
        RefusalCode::AlreadyFiled => "the desk has the story; ask it to change the embargo",
        RefusalCode::AlreadyPublic => "readers have the story already; withdraw it",
        RefusalCode::Killed => rules::KILLED,
        _ => "the story does not stand so that this can be done",
    };
    Problem::new(Kind::OutOfTurn, words)
}
