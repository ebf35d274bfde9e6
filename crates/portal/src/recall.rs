//! How an author takes a story back from the portal's desk: its text stays where it is, only the hands change.

use story::{Cause, DeskState, IntentId, StoryId};

use crate::{
    failure::Failure,
    portal::{Act, Portal, Remote, RemoteState, Transition},
    read_back::difference,
};

/// One intent of the outbox that takes a story back from the desk.
#[derive(Debug, Clone, Copy)]
pub struct Recalling {
    /// The intent; the same on every attempt.
    pub key: IntentId,
    /// Whose.
    pub story: StoryId,
    /// An earlier attempt may have reached the portal, and the story may have been handed in again since.
    pub maybe_sent: bool,
}

/// The portal's word, read back: the desk does not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    /// What readers get.
    pub state: RemoteState,
    /// The portal's revision number; `None` when it has no such story.
    pub revision: Option<u64>,
    /// It was back already.
    pub was_back: bool,
}

impl Recalled {
    fn of(remote: Option<&Remote>, was_back: bool) -> Self {
        let state = remote.map_or(RemoteState::NotPublic, |remote| remote.state);
        Self { state, revision: remote.map(|remote| remote.revision), was_back }
    }
}

/// Takes a story back from the desk, or finds that its author has it.
///
/// # Errors
/// [`Failure`]; [`crate::outcome`] says what it means for the intent. [`Cause::Conflict`] when somebody at the desk has
/// the story.
pub async fn recall(portal: &dyn Portal, recalling: &Recalling) -> Result<Recalled, Failure> {
    let there = portal.look_up(recalling.story).await;
    let there =
        there.map_err(|failure| if recalling.maybe_sent { failure.after_sending() } else { failure })?;
    let Some(remote) = there else { return Ok(Recalled::of(None, true)) };
    if remote.way.done.contains(&recalling.key) {
        return Ok(Recalled::of(Some(&remote), true));
    }
    match remote.desk {
        Some(DeskState::Draft | DeskState::Returned) => return Ok(Recalled::of(Some(&remote), true)),
        Some(DeskState::Filed) => {}
        // It may have been recalled by an earlier attempt, handed in once more and taken: the key tells.
        Some(_) if recalling.maybe_sent && portal.knows_keys() => {}
        Some(_) => return Err(Failure::harmless(Cause::Conflict, "somebody at the desk has the story")),
        None => return Err(Failure::harmless(Cause::Conflict, "the portal has no desk to take it from")),
    }
    tell(portal, recalling, &remote).await?;
    told(portal, recalling).await.map_err(Failure::after_sending)
}

async fn tell(portal: &dyn Portal, recalling: &Recalling, remote: &Remote) -> Result<(), Failure> {
    let transition = Transition {
        story: recalling.story,
        key: recalling.key,
        act: Act::Recall,
        hash: remote.hash.clone(),
        at: None,
        etag: Some(remote.etag.clone()),
        // Whatever stands there is taken back: what an earlier attempt had seen does not matter.
        anew: true,
        note: String::new(),
        change: None,
        consent: None,
    };
    portal.transition(&transition).await.map(drop)
}

/// What the portal has after it was told. When an earlier attempt was carried out, what came after that stands.
async fn told(portal: &dyn Portal, recalling: &Recalling) -> Result<Recalled, Failure> {
    let after = portal.look_up(recalling.story).await?;
    let desk = after.as_ref().and_then(|remote| remote.desk);
    let is_back = after.is_none() || matches!(desk, Some(DeskState::Draft | DeskState::Returned));
    if !is_back && !recalling.maybe_sent {
        let kept = desk.map(|desk| format!("{desk:?}")).unwrap_or_default();
        return Err(Failure::differs(vec![difference("/desk", "", kept)]));
    }
    Ok(Recalled::of(after.as_ref(), !is_back))
}
