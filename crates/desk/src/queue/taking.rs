//! Taking a story from the portal's desk: the lease and the desk's word first, then its text and photos, then all of it
//! into the store at once.

use std::sync::Arc;

use portal::{Holder, Lease, Portal, Remote, Taken, Taking};
use store::{Came, QueueHeld, StoreError, TakeIn};
use story::{Axes, Cause, Command, DeskState, IntentId, PortalId, Role, StoryId, decide};

use super::{held_view, here, offline, sync, tell_changed, text};
use crate::{
    Desk, guarding,
    outbox::attempt::public_state,
    portals, review,
    wire::{CommandError, DeskEvent, ErrorCode, TakeStory, TakeView},
    writing,
};

/// How often it is taken anew when its author changes it at that very moment.
const TRIES: u32 = 3;

/// Where and as whom.
pub(super) struct Place {
    pub(super) id: PortalId,
    portal: Arc<dyn Portal>,
    role: Role,
    user: String,
}

/// Takes a story into our hands, with its text and its photos; where the portal cannot be reached, without its word.
///
/// # Errors
/// `NoPortal`, `NoDesk`, `NotFound`, `TextNotHere`, a refusal of the command table, and what the portal or the disk says.
pub(crate) async fn take(desk: &Desk, order: TakeStory) -> Result<TakeView, CommandError> {
    match from_portal(desk, order).await {
        // Nobody takes over from somebody who cannot be seen.
        Err(why) if !order.takeover && offline::is_out_of_reach(&why) => {
            desk.blocking(move |desk| offline::take(desk, order.story, why)).await
        }
        taken => taken,
    }
}

async fn from_portal(desk: &Desk, order: TakeStory) -> Result<TakeView, CommandError> {
    let place = place(desk).await?;
    let mut tries = 1;
    let (remote, taken) = loop {
        let remote = look(desk, &place, order.story).await?;
        match ask(desk, &place, &remote, order.takeover).await {
            Err(error) if tries < TRIES && is_otherwise_by_now(&error) => tries += 1,
            answer => break (remote, answer?),
        }
    };
    let lease = match taken {
        Taken::Held(holder) => {
            return Ok(TakeView { story: None, held: Some(held_view(sync::held(holder))) });
        }
        Taken::Ours(lease) => Some(lease),
        Taken::Unleased => None,
    };
    bring_in(desk, &place, (remote, lease), false).await?;
    desk.blocking(move |desk| Ok(TakeView { story: Some(writing::open(desk, order.story)?), held: None }))
        .await
}

/// Brings the text of a story that is in our hands into the store, with the lease where the portal keeps them; `told` where
/// it was taken here before the portal knew.
pub(super) async fn bring_in(
    desk: &Desk,
    place: &Place,
    (remote, lease): (Remote, Option<Lease>),
    told: bool,
) -> Result<Came, CommandError> {
    let (story, id, user) = (remote.id, place.id, place.user.clone());
    if let Some(lease) = lease.clone() {
        desk.queue().hands.hold(story, id, lease, desk.host().now());
    }
    let brought = text::bring(desk, place.portal.as_ref(), &remote, &remote.way.author_name).await?;
    let kept = desk.blocking(move |desk| {
        let event = writing::event(desk, Command::Take, DeskState::InEdit)?;
        let mut public = here::word(desk, (story, id), &remote)?;
        if public.version.is_none() && remote.live_hash.as_ref() == Some(&remote.hash) {
            public.version = Some(brought.content.hash().map_err(CommandError::internal)?);
        }
        let guards = remote.guards;
        let new = TakeIn {
            story,
            portal: id,
            public: Some(public),
            held: lease.map(|lease| in_hand(desk, &event.actor, user, &lease)),
            told,
            text: brought,
            event,
        };
        let home = desk.store().take_in(new)?;
        tracing::info!(%story, came = ?home.came, "a story was taken");
        guarding::heard(desk, (story, id), guards)?;
        tell_taken(desk, story, id)?;
        Ok(home.came)
    });
    let came = kept.await?;
    // The story is in our hands; what was said at it comes with the next round, if not now.
    if let Err(error) = review::fetch(desk, (story, id), place.portal.as_ref()).await {
        tracing::debug!(%story, %error, "the notes of a story did not come");
    }
    Ok(came)
}

pub(super) async fn place(desk: &Desk) -> Result<Place, CommandError> {
    let row = desk.blocking(|desk| Ok(desk.store().current_portal()?)).await?;
    let row = row.ok_or_else(|| CommandError::new(ErrorCode::NoPortal))?;
    let facts = portals::facts(&row);
    if !facts.has_desk() {
        return Err(CommandError::new(ErrorCode::NoDesk));
    }
    let portal = portals::connected(desk, row.id).await?;
    let (role, user) = (facts.role(), facts.me.map(|me| me.user).unwrap_or(row.user));
    Ok(Place { id: row.id, portal, role, user })
}

/// The story as the portal has it, where this role may take it.
pub(super) async fn look(desk: &Desk, place: &Place, story: StoryId) -> Result<Remote, CommandError> {
    let remote = place.portal.look_up(story).await;
    desk.set_reachable(!remote.as_ref().is_err_and(|failure| portals::is_network(failure.cause)));
    let remote = remote?.ok_or_else(|| CommandError::new(ErrorCode::NotFound))?;
    // What nobody has said anything of at the desk is its author's.
    let there = Axes {
        desk: remote.desk.unwrap_or(DeskState::Draft),
        public: public_state(remote.state),
        ..Axes::new_draft()
    };
    decide(Command::Take, &there, place.role)?;
    is_whole_here(&remote)?;
    let role = place.role;
    desk.blocking(move |desk| is_not_set_aside(desk, story, role)).await?;
    Ok(remote)
}

/// What has no place in a text of ours would be gone from the portal with the next thing that is sent: whoever takes the
/// story hears of it before.
fn is_whole_here(remote: &Remote) -> Result<(), CommandError> {
    if remote.lost.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = remote.lost.iter().map(|lost| lost.name.as_str()).collect();
    Err(CommandError::new(ErrorCode::NotWholeHere).with("names", names.join(", ")))
}

/// What somebody has set aside here is brought back first.
pub(super) fn is_not_set_aside(desk: &Desk, story: StoryId, role: Role) -> Result<(), CommandError> {
    match desk.store().row(story) {
        Ok(row) if row.axes.desk == DeskState::Spiked => {
            let refused = |refusal| writing::refuse(desk, story, &row.axes, Command::Take, refusal);
            decide(Command::Take, &row.axes, role).map(drop).or_else(refused)
        }
        Ok(_) | Err(StoreError::NotFound(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask(
    desk: &Desk,
    place: &Place,
    remote: &Remote,
    takeover: bool,
) -> Result<Taken, CommandError> {
    let (key, device) = (IntentId(desk.host().new_id()), desk.host().device());
    let taking = Taking { story: remote.id, key, hash: &remote.hash, device: &device, takeover };
    Ok(place.portal.take(&taking).await?)
}

/// Its text or its place at the desk changed between the look and the taking.
fn is_otherwise_by_now(error: &CommandError) -> bool {
    let causes = [Cause::Conflict, Cause::ChangedOnPortal, Cause::StillRunning];
    let cause = error.params.get("cause");
    causes.iter().any(|other| cause == Some(&crate::error::code_name(other)))
}

/// As the portal will tell it.
fn in_hand(desk: &Desk, name: &str, user: String, lease: &Lease) -> QueueHeld {
    let (name, device) = (name.to_owned(), desk.host().device());
    sync::held(Holder { holder: user, name, device, expires_at: lease.expires_at })
}

pub(super) fn tell_taken(desk: &Desk, story: StoryId, portal: PortalId) -> Result<(), CommandError> {
    let axes = desk.store().row(story)?.axes;
    desk.tell(DeskEvent::StoryMoved { story, public: axes.public, axes });
    desk.tell(DeskEvent::ListsChanged);
    tell_changed(desk, portal)?;
    desk.queue().look();
    Ok(())
}
