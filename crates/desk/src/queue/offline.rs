//! Taking a story while the portal cannot be reached (ADR 27): tentatively, from what was fetched in advance or is here
//! anyway. The desk is asked with the next round. Until it has said yes the person works on, and when somebody else has it
//! by then, nothing is taken from anybody: the person is told who, and decides.

use portal::{Portal, Taken};
use store::{Came, FetchWithin, QueueHeld, Restore, StoreError, TakeOffline, TakenOffline};
use story::{Axes, Cause, Command, DeskState, Line, PortalId, StoryId, decide};

use super::{
    held_view, sync,
    taking::{self, Place},
    tell_changed, text, works_there,
};
use crate::{
    Desk, outbox, portals, review,
    wire::{CommandError, DeskEvent, ErrorCode, StoryView, TakeView, TentativeView},
    writing,
};

/// How much is fetched in advance: as much as an editor takes on one evening without a network, and little of the line.
const AHEAD: FetchWithin = FetchWithin { reach: 20, most: 3, words: 5_000, photos: 6 };

/// Takes a story without the desk's word. `why` is what became of asking.
///
/// # Errors
/// `why` where the story is not known to wait or somebody else has it, `TextNotHere`, a refusal of the command table, and
/// what the disk says.
pub(super) fn take(desk: &Desk, story: StoryId, why: CommandError) -> Result<TakeView, CommandError> {
    let Some(portal) = desk.store().current_portal()? else { return Err(why) };
    let Some(queued) = desk.store().queued(portal.id, story)? else { return Err(why) };
    if queued.held.as_ref().is_some_and(|held| held.until > desk.host().now()) {
        return Err(why);
    }
    let role = portals::facts(&portal).role();
    let there = Axes { desk: queued.desk, public: queued.public, ..Axes::new_draft() };
    decide(Command::Take, &there, role)?;
    taking::is_not_set_aside(desk, story, role)?;
    let text = desk.store().queue_text(portal.id, story)?;
    let event = writing::event(desk, Command::Take, DeskState::InEdit)?;
    let new = TakeOffline { story, portal: portal.id, text, event };
    if new.text.is_none() && !is_here(desk, story)? {
        return Err(CommandError::new(ErrorCode::TextNotHere));
    }
    let home = desk.store().take_offline(new)?;
    tracing::info!(%story, came = ?home.came, "a story was taken without the desk's word");
    taking::tell_taken(desk, story, portal.id)?;
    Ok(TakeView { story: Some(writing::open(desk, story)?), held: None })
}

fn is_here(desk: &Desk, story: StoryId) -> Result<bool, CommandError> {
    match desk.store().row(story) {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Whether asking failed on the way, so that taking without the portal's word is worth a try.
pub(super) fn is_out_of_reach(error: &CommandError) -> bool {
    let causes = [Cause::Offline, Cause::Timeout, Cause::CutOff, Cause::LoginPage];
    let cause = error.params.get("cause");
    causes.iter().any(|one| cause == Some(&crate::error::code_name(one)))
}

/// How a story stands that was taken so, for its view.
pub(crate) fn view(desk: &Desk, story: StoryId) -> Result<Option<TentativeView>, CommandError> {
    let taken = desk.store().taken_offline(story)?;
    Ok(taken.map(|TakenOffline { taken_at, held, .. }| TentativeView { taken_at, held: held.map(held_view) }))
}

/// Asks the desk for every story that was taken without its word.
///
/// # Errors
/// What the portal or the disk says.
pub(super) async fn confirm(desk: &Desk, id: PortalId) -> Result<(), CommandError> {
    let taken = desk.blocking(move |desk| Ok(desk.store().all_taken_offline(id)?)).await?;
    if taken.is_empty() {
        return Ok(());
    }
    let place = taking::place(desk).await?;
    for taken in taken.into_iter().filter(|taken| taken.portal == place.id) {
        let story = taken.story;
        match confirm_one(desk, &place, taken).await {
            Ok(()) => {}
            Err(error) if is_out_of_reach(&error) => return Err(error),
            // The desk has done something else with it meanwhile: what that was is written down with this round.
            Err(error) if is_not_to_be_had(&error) => {
                tracing::info!(%story, %error, "a story is not to be had any more");
                desk.blocking(move |desk| ended(desk, story)).await?;
            }
            Err(error) => tracing::warn!(%story, %error, "the desk could not be asked for a story"),
        }
    }
    Ok(())
}

fn is_not_to_be_had(error: &CommandError) -> bool {
    use ErrorCode::{NotFound, RefusedKilled, RefusedNotFiled, RefusedRole, RefusedSpiked};
    matches!(error.code, NotFound | RefusedKilled | RefusedNotFiled | RefusedRole | RefusedSpiked)
}

async fn confirm_one(desk: &Desk, place: &Place, taken: TakenOffline) -> Result<(), CommandError> {
    let story = taken.story;
    let row = desk.blocking(move |desk| Ok(desk.store().row(story)?)).await?;
    // Returned, approved or set aside here since: that goes its own way.
    if row.axes.desk != DeskState::InEdit {
        return desk.blocking(move |desk| ended(desk, story)).await;
    }
    let remote = taking::look(desk, place, story).await?;
    let lease = match taking::ask(desk, place, &remote, false).await? {
        Taken::Held(holder) => {
            let (held, id) = (sync::held(holder), place.id);
            return desk.blocking(move |desk| anothers(desk, (story, id), held)).await;
        }
        Taken::Ours(lease) => Some(lease),
        Taken::Unleased => None,
    };
    let came = taking::bring_in(desk, place, (remote, lease), true).await?;
    desk.blocking(move |desk| agreed(desk, story, came)).await
}

/// Somebody else has it by now: the person is told who, and decides.
fn anothers(desk: &Desk, (story, id): (StoryId, PortalId), held: QueueHeld) -> Result<(), CommandError> {
    if desk.store().held_by_another(story, held)? {
        moved(desk, story)?;
        tell_changed(desk, id)?;
    }
    Ok(())
}

/// The desk knows. Where its author had changed it meanwhile, that text stands beside the one that was written here.
fn agreed(desk: &Desk, story: StoryId, came: Came) -> Result<(), CommandError> {
    let headline = desk.store().row(story)?.headline;
    let theirs = match came {
        Came::Beside(revision) => Some(revision),
        Came::Known | Came::Draft => None,
    };
    desk.tell(DeskEvent::TakenLate { story, headline, theirs });
    Ok(())
}

fn ended(desk: &Desk, story: StoryId) -> Result<(), CommandError> {
    desk.store().end_taken_offline(story)?;
    desk.queue().look_for_strayed_later();
    moved(desk, story)
}

fn moved(desk: &Desk, story: StoryId) -> Result<(), CommandError> {
    let axes = desk.store().row(story)?.axes;
    desk.tell(DeskEvent::StoryMoved { story, public: axes.public, axes });
    desk.tell(DeskEvent::ListsChanged);
    Ok(())
}

/// Hands what was written at a story that somebody else has to them, as suggestions at its words. The draft becomes again
/// what it was taken as; what was written is a version before.
///
/// # Errors
/// `MovedOn` when nobody else has it or it was not written on from the portal's text, and what the disk says.
pub(crate) fn hand_over(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    let taken = desk.store().taken_offline(story)?.filter(|taken| taken.held.is_some());
    let moved_on = || CommandError::new(ErrorCode::MovedOn);
    let portal = taken.ok_or_else(moved_on)?.portal;
    let base = desk.store().shared_version(story, portal)?.ok_or_else(moved_on)?;
    let all = desk.store().revisions(story)?;
    let base = all.iter().find(|revision| revision.hash == base).ok_or_else(moved_on)?;
    let (before, draft) = (desk.store().revision(story, base.number)?, desk.store().draft(story)?);
    if draft.row.version != base.hash {
        review::suggest_all(desk, story, &before, &draft.content)?;
        let (at, author) = (desk.host().now(), portals::actor(desk)?);
        desk.store().restore_revision(Restore { story, number: base.number, at, author })?;
    }
    ended(desk, story)?;
    tell_changed(desk, portal)?;
    desk.queue().look();
    writing::open(desk, story)
}

/// Fetches the texts of stories that wait, so that they can be taken without a network: those at the front of the queue,
/// a few in each round, and none over a line that has its price.
///
/// # Errors
/// What the portal or the disk says.
pub(super) async fn fetch_ahead(desk: &Desk) -> Result<(), CommandError> {
    let Some((id, stories)) = desk.blocking(wanted).await? else { return Ok(()) };
    let portal = portals::connected(desk, id).await?;
    for story in stories {
        fetch_one(desk, (story, id), portal.as_ref()).await?;
    }
    Ok(())
}

fn wanted(desk: &Desk) -> Result<Option<(PortalId, Vec<StoryId>)>, CommandError> {
    let Some(portal) = desk.store().current_portal()? else { return Ok(None) };
    let has_price = outbox::budget::is_mobile(desk)? || desk.host().line() == Line::Metered;
    if has_price || !works_there(&portals::facts(&portal)) {
        return Ok(None);
    }
    let stories = desk.store().texts_to_fetch(portal.id, AHEAD)?;
    Ok((!stories.is_empty()).then_some((portal.id, stories)))
}

async fn fetch_one(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    portal: &dyn Portal,
) -> Result<(), CommandError> {
    let Some(remote) = portal.look_up(story).await? else { return Ok(()) };
    let brought = match text::bring(desk, portal, &remote, &remote.way.author_name).await {
        // Whoever takes it is told.
        Err(error) if error.code == ErrorCode::TextTooLong => return Ok(()),
        brought => brought?,
    };
    desk.blocking(move |desk| Ok(desk.store().keep_queue_text(id, story, brought)?)).await
}
