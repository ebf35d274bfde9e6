//! How a story is taken from the readers: whatever the portal has of it, and whatever of it is still on its way.

use story::{Cause, Consent, Guards, IntentId, StoryId};

use crate::{
    failure::Failure,
    portal::{Act, Portal, Remote, RemoteState, Transition},
    read_back::{difference, shows},
};

/// One intent of the outbox that takes a story down.
#[derive(Debug, Clone, Copy)]
pub struct TakingDown<'a> {
    /// The intent; the same on every attempt.
    pub key: IntentId,
    /// Whose.
    pub story: StoryId,
    /// [`Act::Withdraw`] or [`Act::Kill`].
    pub act: Act,
    /// Its headline, by which a page is known to show it still.
    pub headline: &'a str,
    /// Why, in the editor's words.
    pub note: &'a str,
    /// [`Consent::Glass`] for a kill without the second person that it needs.
    pub consent: Option<Consent>,
    /// Something that was sent before may still arrive, so that the portal has to be told even if readers have
    /// nothing.
    pub maybe_coming: bool,
}

/// The portal's word, read back: readers do not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDown {
    /// What readers get: withdrawn, killed, or nothing since they never had it.
    pub state: RemoteState,
    /// The portal's revision number; `None` when it has no such story.
    pub revision: Option<u64>,
    /// It was down already.
    pub was_down: bool,
    /// What holds it back then: a kill may wait for a second person.
    pub guards: Guards,
}

/// Takes a story from the readers, or finds that they do not have it.
///
/// # Errors
/// [`Failure`]; [`crate::outcome`] says what it means for the intent. [`Cause::ReadBackDiffers`] when readers still
/// get it although the portal says otherwise.
pub async fn take_down(portal: &dyn Portal, down: &TakingDown<'_>) -> Result<TakenDown, Failure> {
    let Some(remote) = portal.look_up(down.story).await? else {
        return Ok(nothing_there(true));
    };
    // A kill that waits is to be agreed to, or asked for once more under the same key.
    let is_settled = is_down(down, &remote) && remote.guards.kill.is_none();
    if is_settled && !(down.maybe_coming && remote.state != RemoteState::Killed) {
        gone(portal, down, &remote, remote.public_url.as_deref()).await?;
        return Ok(found(remote, true));
    }
    tell(portal, down, &remote).await?;
    told(portal, down, &remote).await.map_err(Failure::after_sending)
}

/// What the portal has after it was told.
async fn told(portal: &dyn Portal, down: &TakingDown<'_>, before: &Remote) -> Result<TakenDown, Failure> {
    let was_down = is_down(down, before);
    let Some(after) = portal.look_up(down.story).await? else {
        return Ok(nothing_there(was_down));
    };
    gone(portal, down, &after, before.public_url.as_deref()).await?;
    Ok(found(after, was_down))
}

fn nothing_there(was_down: bool) -> TakenDown {
    TakenDown { state: RemoteState::NotPublic, revision: None, was_down, guards: Guards::default() }
}

fn found(remote: Remote, was_down: bool) -> TakenDown {
    let Remote { state, revision, guards, .. } = remote;
    TakenDown { state, revision: Some(revision), was_down, guards }
}

/// Killed is more than withdrawn, unless the kill waits for a second person; what was never public cannot be killed and
/// need not be.
fn is_down(down: &TakingDown<'_>, remote: &Remote) -> bool {
    match remote.state {
        RemoteState::Killed | RemoteState::NotPublic => true,
        RemoteState::Withdrawn => down.act == Act::Withdraw || remote.guards.kill.is_some(),
        RemoteState::Live | RemoteState::Scheduled => false,
    }
}

async fn tell(portal: &dyn Portal, down: &TakingDown<'_>, remote: &Remote) -> Result<(), Failure> {
    // What readers have or are to get; the working copy may be ahead of that.
    let hash = remote.scheduled_hash.as_ref().or(remote.live_hash.as_ref()).unwrap_or(&remote.hash);
    let transition = Transition {
        story: down.story,
        key: down.key,
        act: down.act,
        hash: hash.clone(),
        at: None,
        etag: None,
        anew: false,
        note: down.note.to_owned(),
        change: None,
        consent: down.consent,
    };
    match portal.transition(&transition).await {
        // It has nothing to take down, and says so: that is what was wanted.
        Err(failure) if failure.cause == Cause::Conflict && is_down(down, remote) => Ok(()),
        told => told.map(drop),
    }
}

/// The portal says so, and the page is gone.
async fn gone(
    portal: &dyn Portal,
    down: &TakingDown<'_>,
    remote: &Remote,
    url: Option<&str>,
) -> Result<(), Failure> {
    if !is_down(down, remote) {
        return Err(Failure::differs(vec![difference("/state", "", remote.state.word())]));
    }
    let Some(url) = url else { return Ok(()) };
    match portal.public_page(url).await {
        Err(failure) if matches!(failure.cause, Cause::NotFound | Cause::Forbidden | Cause::SignedOut) => {
            Ok(())
        }
        Err(failure) => Err(failure),
        Ok(page) if shows(&page, down.headline, down.story) => {
            Err(Failure::differs(vec![difference("/page", "", url)]))
        }
        // Some portals answer with a page of their own that says it is gone.
        Ok(_) => Ok(()),
    }
}
