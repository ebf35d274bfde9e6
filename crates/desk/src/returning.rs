//! Return and recall: a story goes back to its author, by the desk's word or by their own. Readers see nothing of it.

use store::{Act, Intent, NewEvent, Portal, Row, TakeBack};
use story::{Axes, Command, DeskState, IntentKind, RevisionReason, StoryId, decide};

use crate::{
    Desk, outbox, portals,
    publishing::{self, Going},
    taking_down, view,
    wire::{CommandError, DeskEvent, ErrorCode, ReturnStory, StoryView},
    writing,
};

/// Gives what is saved to the outbox for its author. Whatever is wrong with the text, it may go back.
pub(crate) fn return_story(desk: &Desk, order: ReturnStory) -> Result<StoryView, CommandError> {
    let ReturnStory { story, counter, reason } = order;
    let reason = taking_down::in_one_line(&reason)?;
    let draft = desk.store().draft(story)?;
    if draft.row.counter != counter {
        return Err(CommandError::new(ErrorCode::MovedOn));
    }
    let portal = portal_of(desk, story)?;
    let facts = portals::facts(&portal);
    let axes = draft.row.axes.clone();
    let to = publishing::decided(desk, &draft, (Command::Return, facts.role()), &axes)?;
    has_desk(&portal)?;
    let event = NewEvent { note: reason.clone(), ..publishing::line(desk, &draft, Command::Return, to)? };
    let frozen = publishing::freeze(desk, &draft, &facts)?;
    let going =
        Going { kind: IntentKind::Return, send_until: None, change: None, note: reason, consent: None };
    desk.store().act(Act {
        story,
        decided_on: axes.clone(),
        counter: Some(counter),
        events: vec![event],
        axes: axes.unapproved(to),
        revision: Some(writing::revision(desk, RevisionReason::Command)?),
        intents: publishing::intents(desk, &draft, portal.id, going, frozen),
    })?;
    given(desk, story)
}

/// Takes a filed story back. One that was not sent yet never is. That its filing moves at this very moment is no reason
/// to refuse: it is decided anew on where that stands then.
pub(crate) fn recall_story(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    for _ in 1..taking_down::TRIES {
        match decide_and_recall(desk, story) {
            Err(error) if matches!(error.code, ErrorCode::MovedOn | ErrorCode::TooLateToCancel) => {}
            decided => return decided,
        }
    }
    decide_and_recall(desk, story)
}

fn decide_and_recall(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    let row = desk.store().row(story)?;
    let portal = portal_of(desk, story)?;
    let unsent = unsent_filing(desk, story)?;
    // What is taken back before it was sent stands in nobody's way.
    let delivery = row.axes.delivery.filter(|_| unsent.is_none());
    let axes = Axes { delivery, ..row.axes.clone() };
    let refused = |refusal| writing::refuse(desk, story, &row.axes, Command::Recall, refusal);
    let to = decide(Command::Recall, &axes, portals::facts(&portal).role()).or_else(refused)?;
    let event = NewEvent { version: Some(row.version.clone()), ..writing::event(desk, Command::Recall, to)? };
    match unsent {
        Some(filing) => {
            outbox::take_back(desk, TakeBack { intent: filing.id, from: row.axes.desk, event })?;
            writing::open(desk, story)
        }
        None => send_recall(desk, row, &portal, event),
    }
}

fn send_recall(desk: &Desk, row: Row, portal: &Portal, event: NewEvent) -> Result<StoryView, CommandError> {
    has_desk(portal)?;
    let story = row.story;
    let axes = row.axes.clone();
    let intent = taking_down::intent(desk, row, portal.id, (IntentKind::Recall, String::new()))?;
    desk.store().act(Act {
        story,
        decided_on: axes.clone(),
        counter: None,
        axes: axes.unapproved(event.desk),
        events: vec![event],
        revision: None,
        intents: vec![intent],
    })?;
    given(desk, story)
}

fn given(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    desk.wake();
    desk.tell(DeskEvent::ListsChanged);
    writing::open(desk, story)
}

/// The filing that is on its way, while nothing of it was sent.
fn unsent_filing(desk: &Desk, story: StoryId) -> Result<Option<Intent>, CommandError> {
    let all = desk.store().intents_of(story)?;
    let newest = all.into_iter().find(|intent| view::act(&intent.kind).is_some());
    Ok(newest.filter(|intent| intent.kind == IntentKind::File && intent.state.may_cancel(intent.doubtful)))
}

/// The portal whose desk may have the story: one that it was really sent to before one that it only was to go to, else
/// the current one.
pub(crate) fn portal_of(desk: &Desk, story: StoryId) -> Result<Portal, CommandError> {
    let all = desk.store().intents_of(story)?;
    let mut own = all.iter().filter(|intent| view::act(&intent.kind).is_some());
    let sent = own.find(|intent| intent.attempts > 0).map(|sent| sent.portal);
    match sent.map_or_else(|| taking_down::portal_of(desk, story), |sent| Ok(Some(sent)))? {
        Some(portal) => Ok(desk.store().portal(portal)?),
        None => desk.store().current_portal()?.ok_or_else(|| CommandError::new(ErrorCode::NoPortal)),
    }
}

fn has_desk(portal: &Portal) -> Result<(), CommandError> {
    if portals::facts(portal).has_desk() { Ok(()) } else { Err(CommandError::new(ErrorCode::NoDesk)) }
}

/// What an intent has made of its story's place, and by which command it is back where it was when the intent is taken
/// back.
pub(crate) fn undone(kind: &IntentKind) -> Option<(DeskState, Command, DeskState)> {
    match kind {
        IntentKind::File => Some((DeskState::Filed, Command::Recall, DeskState::Draft)),
        IntentKind::Return => Some((DeskState::Returned, Command::Take, DeskState::InEdit)),
        IntentKind::Approve => Some((DeskState::Approved, Command::Unapprove, DeskState::InEdit)),
        IntentKind::Recall => Some((DeskState::Draft, Command::File, DeskState::Filed)),
        _ => None,
    }
}
