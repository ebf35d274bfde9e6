//! What the portal's desk does with stories that are here. The portal is asked for each story anew before anything is
//! written down: what its list said may be older than what was sent from here since.

use portal::{Portal, Remote, RemoteState};
use store::{Came, CameHome, DeskMove, Intent, NewBrought, NewEvent, PublicWord, Row, StoreError};
use story::{Approval, Command, DeskState, IntentId, IntentKind, PortalId, PublicState, Sha256Hex, StoryId};

use super::{put_off, text};
use crate::{
    Desk, guarding,
    outbox::attempt::public_state,
    portals::{self, Facts},
    review,
    wire::{CommandError, DeskEvent, ErrorCode},
    writing,
};

/// A story as it stood here before the portal was asked.
struct Before {
    row: Row,
    newest: Option<IntentId>,
    /// It stands approved by a word of ours that the portal has not heard of.
    tentative: bool,
    /// What the portal can do.
    facts: Facts,
}

/// Whether a story can be looked at.
enum Standing {
    Quiet(Box<Before>),
    OnItsWay,
    NotHere,
}

/// Goes after every story that stands otherwise in the portal's queue than here.
///
/// # Errors
/// What the portal or the disk says.
pub(super) async fn catch_up(desk: &Desk, id: PortalId, portal: &dyn Portal) -> Result<(), CommandError> {
    let (facts, queue) = desk
        .blocking(move |desk| Ok((portals::facts(&desk.store().portal(id)?), desk.store().queue(id)?)))
        .await?;
    for story in queue {
        let Some(here) = story.here else { continue };
        let public = story.public_here.is_some_and(|public| public != story.queued.public);
        let guards = facts.holds_back() && story.guards_here != story.queued.guards;
        let let_go = facts.has_leases() && !story.tentative && let_go(here, story.queued.desk).is_some();
        if public || guards || let_go || handed_on(&facts, here, story.queued.desk).is_some() {
            follow(desk, (story.queued.story, id), portal).await?;
        }
    }
    Ok(())
}

/// Goes after every story that was with the portal's desk when it was last heard of, and is not in its queue: whoever
/// is told the queue from its beginning hears nothing of what left it, and whoever was told once could not always follow.
///
/// # Errors
/// What the portal or the disk says.
pub(super) async fn look_for_strayed(
    desk: &Desk,
    id: PortalId,
    portal: &dyn Portal,
) -> Result<(), CommandError> {
    for story in desk.blocking(move |desk| Ok(desk.store().strayed_from_queue(id)?)).await? {
        follow(desk, (story, id), portal).await?;
        review::fetch(desk, (story, id), portal).await?;
    }
    Ok(())
}

/// Looks at one story at the portal, and writes down what was done with it there. Nothing is done where it is not
/// here. While something of it is on its way, and when it moves here meanwhile, it is put off and `false` is answered.
///
/// # Errors
/// What the portal or the disk says.
pub(super) async fn follow(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    portal: &dyn Portal,
) -> Result<bool, CommandError> {
    let before = match desk.blocking(move |desk| before(desk, (story, id))).await? {
        Standing::Quiet(before) => before,
        Standing::OnItsWay => return Ok(false),
        Standing::NotHere => return Ok(true),
    };
    let remote = portal.look_up(story).await;
    desk.set_reachable(!remote.as_ref().is_err_and(|failure| portals::is_network(failure.cause)));
    let Some(remote) = remote? else { return Ok(true) };
    let command = remote.desk.and_then(|desk| handed_on(&before.facts, before.row.axes.desk, desk));
    let command = command.filter(|command| !before.tentative || *command != Command::Take);
    let brought = match command {
        // What the desk made of it comes back with it; what cannot be kept whole is shown, and asked about, when ours
        // meets with it.
        Some(Command::Return) if remote.lost.is_empty() => returned(desk, portal, &remote).await?,
        _ => None,
    };
    desk.blocking(move |desk| {
        let approval = approval(desk, (story, id), &remote)?;
        let told = remote.approved.is_some();
        let command =
            command.filter(|command| !is_written_on(&before.row, *command, (told, approval.as_ref())));
        let command = match command {
            None => is_let_go(desk, (story, id), &before, &remote)?,
            command => command,
        };
        let public = public_word(desk, id, &before.row, &remote)?;
        if command.is_none() && public.is_none() {
            return guarding::heard(desk, (story, id), remote.guards);
        }
        let public_before = before.row.axes.public;
        let moved = DeskMove {
            story,
            portal: id,
            event: command.map(|command| event(desk, id, command, &remote)).transpose()?,
            desk: remote.desk.unwrap_or(before.row.axes.desk),
            approval,
            decided_on: before.row.axes,
            newest: before.newest,
            text: brought,
            public,
            author: portals::actor(desk)?,
            at: desk.host().now(),
        };
        match desk.store().follow_desk(moved) {
            Ok(home) => {
                tell(desk, command, (&remote, public_before), home)?;
                guarding::heard(desk, (story, id), remote.guards)
            }
            // It moved here meanwhile: the next round sees how it stands then.
            Err(StoreError::MovedOn { .. }) => put_off(desk, (story, id)).map(|()| false),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// The text that came back; `None` where it is longer than the store takes, which keeps nobody from hearing of it.
async fn returned(
    desk: &Desk,
    portal: &dyn Portal,
    remote: &Remote,
) -> Result<Option<NewBrought>, CommandError> {
    let author = remote.way.desk_by.clone().unwrap_or_default();
    match text::bring(desk, portal, remote, &author).await {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.code == ErrorCode::TextTooLong => Ok(None),
        Err(error) => Err(error),
    }
}

/// The command by which a story came from where it stands here to where it stands there; `None` where nothing is
/// written down of it: what is in work here stays so until somebody takes it away.
fn handed_on(facts: &Facts, here: DeskState, there: DeskState) -> Option<Command> {
    use DeskState::{Approved, Draft, Filed, InEdit, Returned};
    match (here, there) {
        (Filed | Returned, InEdit) => Some(Command::Take),
        // Whatever was approved is not any more.
        (Approved, InEdit) => Some(Command::Take),
        (Filed | InEdit | Approved, Returned) => Some(Command::Return),
        (Filed | InEdit | Returned, Approved) => Some(Command::Approve),
        // Its author has answered a return of ours.
        (Returned, Filed) => Some(Command::File),
        // Where nothing keeps a story in our hands, its author takes it out of them.
        (Filed | InEdit | Approved, Draft) if !facts.has_leases() => Some(Command::Recall),
        _ => None,
    }
}

/// In work here, and at the portal with its author, or waiting for whoever takes it: nobody holds it there. By which command.
fn let_go(here: DeskState, there: DeskState) -> Option<Command> {
    match (here, there) {
        (DeskState::InEdit, DeskState::Filed) => Some(Command::File),
        (DeskState::InEdit, DeskState::Draft) => Some(Command::Recall),
        _ => None,
    }
}

/// The same of a story that nobody has written on here either: what stands here is what the portal has.
fn is_let_go(
    desk: &Desk,
    place: (StoryId, PortalId),
    before: &Before,
    remote: &Remote,
) -> Result<Option<Command>, CommandError> {
    let command = remote.desk.and_then(|there| let_go(before.row.axes.desk, there));
    if command.is_none() || !before.facts.has_leases() || desk.store().taken_offline(place.0)?.is_some() {
        return Ok(None);
    }
    let there = version_here(desk, place, &remote.hash)?;
    Ok(command.filter(|_| there.as_ref() == Some(&before.row.version)))
}

/// The text here is in work again and another than the approved one: that approval has fallen for it, and is no news. Of
/// one that the portal tells nothing of, so that it may be of any text, nothing is known either.
fn is_written_on(row: &Row, command: Command, (told, approval): (bool, Option<&Approval>)) -> bool {
    let other = !told || approval.is_some_and(|approval| approval.version != row.version);
    command == Command::Approve && row.axes.desk == DeskState::InEdit && other
}

/// What is on its way is put off.
fn before(desk: &Desk, (story, id): (StoryId, PortalId)) -> Result<Standing, CommandError> {
    let row = match desk.store().row(story) {
        Ok(row) => row,
        Err(StoreError::NotFound(_)) => return Ok(Standing::NotHere),
        Err(error) => return Err(error.into()),
    };
    if row.axes.delivery.is_some_and(|delivery| !delivery.is_settled()) {
        put_off(desk, (story, id))?;
        return Ok(Standing::OnItsWay);
    }
    let intents = desk.store().intents_of(story)?;
    let newest = intents.first().map(|intent| intent.id);
    let tentative = row.axes.approval.as_ref().map(|approval| is_tentative(desk, approval, &intents));
    let facts = portals::facts(&desk.store().portal(id)?);
    let tentative = tentative.transpose()?.unwrap_or(false);
    Ok(Standing::Quiet(Box::new(Before { newest, tentative, facts, row })))
}

/// An approval of ours holds here until the portal has heard of it: whoever gave it meant the text that it has.
fn is_tentative(desk: &Desk, approval: &Approval, intents: &[Intent]) -> Result<bool, CommandError> {
    let told = intents.iter().any(|intent| {
        let judges = matches!(
            intent.kind,
            IntentKind::Approve | IntentKind::Publish | IntentKind::Correct | IntentKind::Schedule { .. }
        );
        judges && intent.confirmed_at.is_some() && intent.version.as_ref() == Some(&approval.version)
    });
    Ok(!told && approval.by == portals::actor(desk)?)
}

/// Who did it and when, by the portal's word.
fn event(desk: &Desk, portal: PortalId, command: Command, remote: &Remote) -> Result<NewEvent, CommandError> {
    let event = writing::event(desk, command, remote.desk.unwrap_or(DeskState::Draft))?;
    let way = &remote.way;
    let by = way.desk_by.clone().filter(|name| !name.is_empty());
    let actor = match by {
        Some(name) => name,
        None => desk.store().portal(portal)?.name,
    };
    Ok(NewEvent { actor, at: way.desk_at.unwrap_or(event.at), note: way.desk_note.clone(), ..event })
}

/// What readers get, where that is otherwise than here.
fn public_word(
    desk: &Desk,
    portal: PortalId,
    row: &Row,
    remote: &Remote,
) -> Result<Option<PublicWord>, CommandError> {
    let word = word(desk, (row.story, portal), remote)?;
    let same = (row.axes.public, &row.live_version, row.live_at) == (word.state, &word.version, word.live_at);
    Ok((!same).then_some(word))
}

/// The portal's word on what readers get.
pub(super) fn word(
    desk: &Desk,
    (story, portal): (StoryId, PortalId),
    remote: &Remote,
) -> Result<PublicWord, CommandError> {
    let state = public_state(remote.state);
    let live = remote.live_hash.as_ref().filter(|_| remote.state == RemoteState::Live);
    Ok(PublicWord {
        state,
        version: live.map(|live| version_here(desk, (story, portal), live)).transpose()?.flatten(),
        url: remote.public_url.clone().filter(|_| state == PublicState::Live),
        live_at: remote.scheduled_for.filter(|_| state == PublicState::Scheduled),
    })
}

/// The approval that stands there, where we have what was approved.
fn approval(
    desk: &Desk,
    place: (StoryId, PortalId),
    remote: &Remote,
) -> Result<Option<Approval>, CommandError> {
    let Some(there) = remote.approved.clone() else { return Ok(None) };
    let version = version_here(desk, place, &there.hash)?;
    let sent = [&remote.live_hash, &remote.scheduled_hash].contains(&&Some(there.hash));
    Ok(version.map(|version| Approval { version, by: there.by, at: there.at, alone: there.alone, sent }))
}

/// The version of ours that the portal knows by this digest.
fn version_here(
    desk: &Desk,
    (story, portal): (StoryId, PortalId),
    hash: &Sha256Hex,
) -> Result<Option<Sha256Hex>, CommandError> {
    let intents = match desk.store().intents_of(story) {
        Ok(intents) => intents,
        Err(StoreError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let sent = intents.into_iter().find(|intent| intent.portal == portal && intent.payload_hash == *hash);
    match sent.and_then(|intent| intent.version) {
        Some(version) => Ok(Some(version)),
        None => Ok(desk.store().version_brought(story, hash)?),
    }
}

/// `public_before` is what readers had.
fn tell(
    desk: &Desk,
    command: Option<Command>,
    (remote, public_before): (&Remote, PublicState),
    home: CameHome,
) -> Result<(), CommandError> {
    let CameHome { row, came } = home;
    tracing::info!(story = %row.story, ?command, ?came, "the portal's desk moved a story");
    let public = row.axes.public;
    let went_live = public == PublicState::Live && public_before != public;
    desk.tell(DeskEvent::StoryMoved { story: row.story, axes: row.axes, public });
    let (story, headline) = (row.story, row.headline);
    let by = remote.way.desk_by.clone().unwrap_or_default();
    match command {
        Some(Command::Return) => {
            let reason = remote.way.desk_note.clone();
            desk.tell(DeskEvent::Returned { story, headline, by, reason });
        }
        // One that readers have already is told of as such.
        Some(Command::Approve) if public != PublicState::Live => {
            desk.tell(DeskEvent::Approved { story, headline, by });
        }
        _ if went_live => desk.tell(DeskEvent::WentLive { story, headline }),
        _ => {}
    }
    if came != Came::Known || command.is_some() {
        desk.tell(DeskEvent::ListsChanged);
    }
    Ok(())
}
