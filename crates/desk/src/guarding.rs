//! What holds a story back: a legal flag, an embargo, a kill that waits for a second person. Putting one on works without
//! a network and travels to the portal by itself; taking one off asks the portal, which knows who else has said so. A
//! portal that keeps nothing of the kind leaves it to this machine, and the window says so.

mod heard;
mod taking_off;

use chrono::{DateTime, Utc};
use store::{Draft, GuardChange, GuardOrder, NewEvent, Portal, Row, StoreError};
use story::{Alone, Command, FURTHEST, Guards, IntentId, IntentKind, Refusal, Said, StoryId, decide};

use crate::{
    Desk, outbox,
    portals::{self, Facts},
    returning,
    taking_down::{self, TRIES},
    wire::{CommandError, DeskEvent, ErrorCode, FlagStory, SetEmbargo, StoryView},
    writing,
};

pub(crate) use heard::{asked, heard, send};
pub(crate) use taking_off::{call_off_kill, clear, lift_embargo};

/// Puts a legal flag on a story, or another reason in the place of the one that is there.
pub(crate) fn flag(desk: &Desk, order: FlagStory) -> Result<StoryView, CommandError> {
    let reason = taking_down::in_one_line(&order.reason)?;
    put_on(desk, order.story, &PutOn { command: Command::Flag, until: None, reason })
}

/// Puts an embargo on a story, or another time in the place of the one that is there.
pub(crate) fn set_embargo(desk: &Desk, order: SetEmbargo) -> Result<StoryView, CommandError> {
    let now = desk.portal_now();
    if order.until <= now {
        return Err(CommandError::new(ErrorCode::TimePassed));
    }
    // A portal would refuse it later, when nobody looks.
    if order.until > now + FURTHEST {
        return Err(CommandError::new(ErrorCode::TimeFarOff));
    }
    let until = Some(order.until);
    put_on(desk, order.story, &PutOn { command: Command::SetEmbargo, until, reason: String::new() })
}

struct PutOn {
    command: Command,
    until: Option<DateTime<Utc>>,
    reason: String,
}

/// That the story moves at this very moment is no reason to refuse: it is decided anew.
fn put_on(desk: &Desk, story: StoryId, on: &PutOn) -> Result<StoryView, CommandError> {
    for _ in 1..TRIES {
        match decide_and_put_on(desk, story, on) {
            Err(error) if error.code == ErrorCode::MovedOn => {}
            decided => return decided,
        }
    }
    decide_and_put_on(desk, story, on)
}

fn decide_and_put_on(desk: &Desk, story: StoryId, on: &PutOn) -> Result<StoryView, CommandError> {
    let row = desk.store().row(story)?;
    let place = Place::of(desk, story)?;
    let to = decide(on.command, &row.axes, place.role()).or_else(|no| refuse(desk, &row, on.command, no))?;
    let event = NewEvent {
        version: Some(row.version.clone()),
        note: on.until.map_or_else(|| on.reason.clone(), |until| until.to_rfc3339()),
        ..writing::event(desk, on.command, to)?
    };
    let said = place.said(desk, &on.reason)?;
    let guards = match on.until {
        Some(until) => row.axes.guards.clone().embargoed(until, said),
        None => row.axes.guards.clone().after(on.command, said),
    };
    let order = GuardOrder {
        id: IntentId(desk.host().new_id()),
        command: on.command,
        until: on.until,
        note: on.reason.clone(),
        asked_at: event.at,
    };
    desk.store().change_guards(GuardChange {
        story,
        decided_on: row.axes,
        at: event.at,
        events: vec![event],
        guards,
        order: Some(order).filter(|_| place.holds_back()),
        drops: None,
    })?;
    take_back_unsent(desk, story)?;
    desk.queue().look();
    told(desk, story)
}

/// What was to go to readers and has not been sent does not go while the story is held back.
fn take_back_unsent(desk: &Desk, story: StoryId) -> Result<(), CommandError> {
    let guards = desk.store().row(story)?.axes.guards;
    let now = desk.portal_now();
    for intent in desk.store().intents_of(story)? {
        let held = match intent.kind {
            IntentKind::Publish => guards.legal.is_some() || guards.embargo_at(now).is_some(),
            IntentKind::Schedule { at } => guards.legal.is_some() || guards.embargo_at(at).is_some(),
            IntentKind::Correct | IntentKind::Approve => guards.legal.is_some(),
            _ => false,
        };
        if held && intent.state.may_cancel(intent.doubtful) {
            match outbox::cancel(desk, intent.id) {
                // The worker took it up a moment ago: the portal hears of the guard next.
                Err(error) if error.code == ErrorCode::TooLateToCancel => {}
                done => drop(done?),
            }
        }
    }
    Ok(())
}

/// Nothing goes to readers at `at` that is under embargo then. Ours is the portal's clock, as last heard: its own has the
/// last word.
pub(crate) fn past_embargo(
    desk: &Desk,
    draft: &Draft,
    (command, at): (Command, DateTime<Utc>),
) -> Result<(), CommandError> {
    let guards = &draft.row.axes.guards;
    let Err(refusal) = guards.allow_at(command, at) else { return Ok(()) };
    let until = guards.embargo.as_ref().map(|embargo| embargo.until.to_rfc3339()).unwrap_or_default();
    refuse(desk, &draft.row, command, refusal).map_err(|error: CommandError| error.with("until", until))
}

/// Whose word stands at a portal about a story, and whether the portal keeps what holds it back.
struct Place {
    portal: Option<Portal>,
    facts: Facts,
}

impl Place {
    fn of(desk: &Desk, story: StoryId) -> Result<Self, CommandError> {
        let portal = match returning::portal_of(desk, story) {
            Ok(portal) => Some(portal),
            Err(error) if error.code == ErrorCode::NoPortal => None,
            Err(error) => return Err(error),
        };
        let facts = portal.as_ref().map(portals::facts).unwrap_or_default();
        Ok(Self { portal, facts })
    }

    fn role(&self) -> story::Role {
        self.facts.role()
    }

    fn holds_back(&self) -> bool {
        self.facts.holds_back()
    }

    fn said(&self, desk: &Desk, reason: &str) -> Result<Said, CommandError> {
        let account = self.facts.me.as_ref().map(|me| me.user.clone()).unwrap_or_default();
        let (by, at) = (portals::actor(desk)?, desk.host().now());
        Ok(Said { by, account, at, reason: reason.to_owned() })
    }
}

/// How this person stands to a second one at a portal of these facts.
pub(crate) fn alone<'a>(facts: &Facts, me: &'a str, breaks_glass: bool) -> Alone<'a> {
    // A portal that keeps no flag has nobody who could agree.
    let newsroom_of_one = facts.is_newsroom_of_one();
    Alone { me, newsroom_of_one, breaks_glass }
}

/// The account, where there is one, else the name.
pub(crate) fn me(desk: &Desk, facts: &Facts) -> Result<String, CommandError> {
    match &facts.me {
        Some(me) => Ok(me.user.clone()),
        None => portals::actor(desk),
    }
}

fn refuse<T>(desk: &Desk, row: &Row, command: Command, refusal: Refusal) -> Result<T, CommandError> {
    writing::refuse(desk, row.story, &row.axes, command, refusal)
}

fn told(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    let axes = desk.store().row(story)?.axes;
    desk.tell(DeskEvent::StoryMoved { story, public: axes.public, axes });
    desk.tell(DeskEvent::ListsChanged);
    writing::open(desk, story)
}

/// As the store refuses what moved on meanwhile.
fn moved_on(error: &StoreError) -> bool {
    matches!(error, StoreError::MovedOn { .. })
}

/// How a story came from what held it back here to what holds it back at the portal, and who said so, as far as it is told.
fn news<'a>(before: &Guards, after: &'a Guards) -> Vec<(Command, Option<&'a Said>)> {
    let mut news = Vec::new();
    match (&before.legal, &after.legal) {
        (Some(_), None) => news.push((Command::ClearFlag, None)),
        (old, Some(new)) => {
            if old.as_ref().is_none_or(|old| old.raised != new.raised) {
                news.push((Command::Flag, Some(&new.raised)));
            }
            let asked = old.as_ref().and_then(|old| old.clearing.as_ref());
            if new.clearing.is_some() && new.clearing.as_ref() != asked {
                news.push((Command::AskClear, new.clearing.as_ref()));
            }
        }
        (None, None) => {}
    }
    match (&before.embargo, &after.embargo) {
        (Some(_), None) => news.push((Command::LiftEmbargo, None)),
        (old, Some(new)) if old.as_ref().is_none_or(|old| old.until != new.until) => {
            news.push((Command::SetEmbargo, Some(&new.set)));
        }
        _ => {}
    }
    match (&before.kill, &after.kill) {
        (None, Some(_)) => news.push((Command::AskKill, after.kill.as_deref())),
        (Some(_), None) => news.push((Command::CallOffKill, None)),
        _ => {}
    }
    news
}
