//! A portal's version that did not come from here: brought into the history, and what a person decides on it.

use portal::{Portal, Remote};
use store::{AcceptTheirs, Intent, MAX_CONTENT_BYTES, NewEvent, NewTheirs, PublishOver, StoreError};
use story::{
    Cause, Command, DeskState, IntentId, IntentKind, PortalId, Sha256Hex, StoryId, decide, version_of,
};

use super::{
    attempt::{End, public_state},
    receipt,
    worker::tell_moved,
};
use crate::{
    Desk, portals, queue, view,
    wire::{CommandError, DeskEvent, ErrorCode, LookedView, OfIntent, OfTheirs, OutboxView, StoryView},
    writing,
};

/// What a delivery leaves that met with another version than ours, or was kept otherwise: the portal is looked at
/// once more, for the version, or for what a receipt has to say.
pub(super) async fn met(
    desk: &Desk,
    intent: &Intent,
    portal: &dyn Portal,
    failure: portal::Failure,
) -> Result<End, CommandError> {
    if !matches!(failure.cause, Cause::ChangedOnPortal | Cause::ReadBackDiffers) {
        return Ok(End::Failed(failure));
    }
    let remote = match portal.look_up(intent.story).await {
        Ok(Some(remote)) => remote,
        Ok(None) => return Ok(End::Failed(failure)),
        Err(unseen) => {
            let nothing_done = failure.nothing_done && unseen.nothing_done;
            return Ok(End::Failed(portal::Failure { nothing_done, ..unseen }));
        }
    };
    if failure.cause == Cause::ReadBackDiffers {
        let receipt = receipt::otherwise(intent, &remote, &failure.differences);
        return Ok(End::Otherwise(failure, receipt));
    }
    let (story, portal) = (intent.story, intent.portal);
    let theirs = desk.blocking(move |desk| foreign(desk, story, portal, remote)).await?;
    Ok(match theirs {
        Some(theirs) => End::Theirs(failure, Box::new(theirs)),
        None => End::Failed(failure),
    })
}

/// The version that the portal holds, if it did not come from here.
pub(super) fn foreign(
    desk: &Desk,
    story: StoryId,
    portal: PortalId,
    remote: Remote,
) -> Result<Option<NewTheirs>, CommandError> {
    if ours(desk, (story, portal), u64::MAX)?.contains(&remote.hash) {
        return Ok(None);
    }
    let account = desk.store().portal(portal)?;
    let original = |sent: &Sha256Hex| desk.store().original_of(sent).ok().flatten();
    let (content, lost) = version_of(&remote.payload, original);
    let content = writing::normalised(content);
    if content.to_bytes().map_err(CommandError::internal)?.len() > MAX_CONTENT_BYTES {
        return Ok(None);
    }
    let author = last_hand(desk, &remote)?.unwrap_or(account.name);
    let event = NewEvent {
        actor: author.clone(),
        ..writing::event(desk, Command::ChangeAtPortal, desk.store().row(story)?.axes.desk)?
    };
    Ok(Some(NewTheirs {
        words: view::text_counts(&content).words,
        content,
        author,
        changed_at: remote.changed_at.unwrap_or(event.at),
        parent: desk.store().shared_version(story, portal)?,
        event,
        etag: remote.etag,
        is_live: remote.live_hash.as_ref() == Some(&remote.hash),
        hash: remote.hash,
        lost: remote.lost.into_iter().chain(lost).collect(),
        public: public_state(remote.state),
        url: remote.public_url,
    }))
}

/// Who wrote the portal's version, where the portal's desk tells: what was returned has the text of whoever returned it.
/// Of ourselves that cannot be said, for this version did not come from here.
fn last_hand(desk: &Desk, remote: &Remote) -> Result<Option<String>, CommandError> {
    if remote.desk != Some(DeskState::Returned) {
        return Ok(None);
    }
    let us = portals::actor(desk)?;
    Ok(remote.way.desk_by.clone().filter(|by| !by.is_empty() && *by != us))
}

/// What came from here, or was taken over here, before the intent with this number: it may be replaced. So may what
/// was brought here and became the draft.
pub(super) fn ours(
    desk: &Desk,
    (story, portal): (StoryId, PortalId),
    before: u64,
) -> Result<Vec<Sha256Hex>, CommandError> {
    let all = desk.store().intents_of(story)?;
    let to_portal = all
        .iter()
        .filter(|other| other.kind.is_of_the_story() && other.portal == portal && other.sequence < before);
    let known = |other: &Intent| {
        let sent = (other.attempts > 0).then(|| other.payload_hash.clone());
        let taken_over = other.theirs.as_ref().filter(|theirs| theirs.accepted);
        let taken_over = taken_over.map(|theirs| theirs.hash.clone());
        [sent, taken_over, receipt::accepted_hash(other)]
    };
    let sent = to_portal.flat_map(known).flatten();
    Ok(sent.chain(desk.store().brought(story, portal)?).collect())
}

/// Looks at the portal that has the story, and brings home what its desk did with it and what somebody wrote there.
pub(crate) async fn look(desk: &Desk, story: StoryId) -> Result<LookedView, CommandError> {
    let portal = desk.blocking(move |desk| crate::taking_down::sent_to(desk, story)).await?;
    let connected = portals::connected(desk, portal).await?;
    queue::look_at(desk, (story, portal), connected.as_ref()).await?;
    let remote = connected.look_up(story).await;
    desk.set_reachable(!remote.as_ref().is_err_and(|failure| portals::is_network(failure.cause)));
    let Some(remote) = remote? else { return Ok(LookedView { revision: None }) };
    desk.blocking(move |desk| {
        let theirs = foreign(desk, story, portal, remote)?;
        let kept = theirs.map(|theirs| desk.store().keep_theirs(story, theirs));
        Ok(LookedView { revision: kept.transpose()? })
    })
    .await
}

/// Takes the portal's version over as the draft, and takes the intent back.
pub(crate) fn accept(desk: &Desk, of: OfTheirs) -> Result<StoryView, CommandError> {
    let (intent, event) = decided(desk, of.intent, Command::AcceptTheirs)?;
    let author = event.actor.clone();
    // It was not returned, and is still in our hands.
    let desk_state = (intent.kind == IntentKind::Return).then_some(DeskState::InEdit);
    let accept = AcceptTheirs { intent: of.intent, revision: of.revision, author, desk: desk_state, event };
    desk.store().accept_theirs(accept).map_err(moved_on)?;
    told(desk, of.intent);
    writing::open(desk, intent.story)
}

/// Lets the intent go on in place of the portal's version that the person saw.
pub(crate) fn publish_over(desk: &Desk, of: OfTheirs) -> Result<OutboxView, CommandError> {
    let (_, event) = decided(desk, of.intent, Command::PublishOver)?;
    let order = PublishOver { intent: of.intent, revision: of.revision, event };
    desk.store().publish_over(order).map_err(moved_on)?;
    told(desk, of.intent);
    super::list(desk)
}

/// Takes it as delivered although the portal kept something otherwise.
pub(crate) fn accept_differences(desk: &Desk, of: OfIntent) -> Result<OutboxView, CommandError> {
    let (intent, event) = decided(desk, of.intent, Command::AcceptDifferences)?;
    let accept = receipt::acceptance(&intent, event).ok_or_else(|| CommandError::new(ErrorCode::MovedOn))?;
    desk.store().accept_differences(accept).map_err(moved_on)?;
    told(desk, of.intent);
    super::list(desk)
}

/// The intent as it stands, and the line for the log, when this role may.
fn decided(desk: &Desk, id: IntentId, command: Command) -> Result<(Intent, NewEvent), CommandError> {
    let intent = desk.store().intent(id)?;
    let axes = desk.store().row(intent.story)?.axes;
    let role = portals::facts(&desk.store().portal(intent.portal)?).role();
    let refused = |refusal| writing::refuse(desk, intent.story, &axes, command, refusal);
    let to = decide(command, &axes, role).or_else(refused)?;
    let event = writing::event(desk, command, to)?;
    Ok((intent, event))
}

/// What the person saw is not how it stands any more.
fn moved_on(error: StoreError) -> CommandError {
    match error {
        StoreError::WrongState(_) => CommandError::new(ErrorCode::MovedOn).detailed(error),
        error => error.into(),
    }
}

/// Says that an intent was decided on.
pub(crate) fn told(desk: &Desk, intent: IntentId) {
    desk.wake();
    desk.tell(DeskEvent::ListsChanged);
    tell_moved(desk, intent);
}
