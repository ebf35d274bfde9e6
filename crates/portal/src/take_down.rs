//! How a story is taken from the readers: whatever the portal has of it, and whatever of it is still on its way.

use story::{Cause, IntentId, Sha256Hex, StoryId};

use crate::{
    failure::Failure,
    portal::{Act, Portal, Remote, RemoteState, Transition},
    read_back::shows,
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
    /// Earlier commands that may be on their way yet: sent and not answered, or about to be sent. Because of them the
    /// portal has to be told even if readers have nothing.
    pub overtakes: &'a [IntentId],
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
}

/// Takes a story from the readers, or finds that they do not have it.
///
/// # Errors
/// [`Failure`]; [`crate::outcome`] says what it means for the intent. [`Cause::ReadBackDiffers`] when readers still
/// get it although the portal says otherwise.
pub async fn take_down(portal: &dyn Portal, down: &TakingDown<'_>) -> Result<TakenDown, Failure> {
    let there = portal.look_up(down.story).await?;
    let was_down = there.as_ref().is_none_or(|remote| is_down(down, remote));
    if was_down && down.overtakes.is_empty() {
        return as_it_is(portal, down, there.as_ref(), was_down).await;
    }
    tell(portal, down, there.as_ref()).await?;
    told(portal, down, there.as_ref()).await.map_err(Failure::after_sending)
}

/// What the portal has after it was told.
async fn told(
    portal: &dyn Portal,
    down: &TakingDown<'_>,
    before: Option<&Remote>,
) -> Result<TakenDown, Failure> {
    let was_down = before.is_none_or(|before| is_down(down, before));
    let after = portal.look_up(down.story).await?;
    let url = before.and_then(|before| before.public_url.clone());
    let after = after.map(|after| Remote { public_url: after.public_url.clone().or(url), ..after });
    as_it_is(portal, down, after.as_ref(), was_down).await
}

/// Down by the portal's word, and gone for readers.
async fn as_it_is(
    portal: &dyn Portal,
    down: &TakingDown<'_>,
    there: Option<&Remote>,
    was_down: bool,
) -> Result<TakenDown, Failure> {
    let Some(remote) = there else {
        return Ok(TakenDown { state: RemoteState::NotPublic, revision: None, was_down });
    };
    gone(portal, down, remote).await?;
    Ok(TakenDown { state: remote.state, revision: Some(remote.revision), was_down })
}

/// Killed is more than withdrawn; what was never public cannot be killed and need not be.
fn is_down(down: &TakingDown<'_>, remote: &Remote) -> bool {
    match remote.state {
        RemoteState::Killed | RemoteState::NotPublic => true,
        RemoteState::Withdrawn => down.act == Act::Withdraw,
        RemoteState::Live | RemoteState::Scheduled => false,
    }
}

async fn tell(portal: &dyn Portal, down: &TakingDown<'_>, there: Option<&Remote>) -> Result<(), Failure> {
    // What readers have or are to get; the working copy may be ahead of that.
    let hash = there
        .map(|remote| remote.scheduled_hash.as_ref().or(remote.live_hash.as_ref()).unwrap_or(&remote.hash));
    let transition = Transition {
        story: down.story,
        key: down.key,
        act: down.act,
        // Of a story that is not there yet no version can be named.
        hash: hash.cloned().unwrap_or_else(|| Sha256Hex::of(b"")),
        at: None,
        note: down.note.to_owned(),
        overtakes: down.overtakes.to_vec(),
    };
    match portal.transition(&transition).await {
        // It has nothing to take down, and says so itself: that is what was wanted.
        Err(failure) if failure.nothing_done && is_nothing_to_do(down, failure.cause, there) => Ok(()),
        told => told.map(drop),
    }
}

fn is_nothing_to_do(down: &TakingDown<'_>, why: Cause, there: Option<&Remote>) -> bool {
    match there {
        None => matches!(why, Cause::NotFound | Cause::Conflict),
        Some(remote) => why == Cause::Conflict && is_down(down, remote),
    }
}

/// The portal says so, and the page is gone.
async fn gone(portal: &dyn Portal, down: &TakingDown<'_>, remote: &Remote) -> Result<(), Failure> {
    if !is_down(down, remote) {
        return Err(Failure::open(Cause::ReadBackDiffers, format!("readers still get {:?}", remote.state)));
    }
    let Some(url) = &remote.public_url else { return Ok(()) };
    match portal.public_page(url).await {
        Err(failure) if matches!(failure.cause, Cause::NotFound | Cause::Forbidden | Cause::SignedOut) => {
            Ok(())
        }
        Err(failure) => Err(failure),
        Ok(page) if shows(&page, down.headline, down.story) => {
            Err(Failure::open(Cause::ReadBackDiffers, "the public page still shows the story"))
        }
        // Some portals answer with a page of their own that says it is gone.
        Ok(_) => Ok(()),
    }
}
