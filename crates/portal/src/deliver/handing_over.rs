//! What goes between an author and the desk. Neither the text that was sent nor the state that it led to stays: whoever
//! got the story may change it and hand it on. So a look tells less than with what readers have, and the key more.

use story::{Cause, DeskState, Difference, Sha256Hex};

use super::{Delivery, Receipt, order, receipt};
use crate::{
    failure::Failure,
    portal::{Act, Portal, Remote, RemoteState},
    read_back::difference,
};

/// What an earlier attempt came to, when the portal can tell by the key. By now the story may have been changed, or
/// handed on, by whoever got it: that would look like another person's text in the way of ours, or be overwritten by it.
pub(super) async fn done_before(
    portal: &dyn Portal,
    delivery: &Delivery<'_>,
    remote: &Remote,
    hash: &Sha256Hex,
) -> Result<Option<Receipt>, Failure> {
    let went_on = remote.hash != *hash || has_left_the_desk(delivery, remote);
    let is_named = went_on && delivery.is_for_the_desk() && remote.way.done.contains(&delivery.key);
    if is_named || (!portal.knows_keys() && has_gone_out(delivery, remote)) {
        return Ok(Some(Receipt { was_there: true, ..receipt(remote, hash) }));
    }
    if !(went_on && delivery.is_for_the_desk() && delivery.maybe_sent && portal.knows_keys()) {
        return Ok(None);
    }
    // For a key that is new to it, this is about a version or a state that it does not have, and is refused.
    match order(portal, delivery, (Some(remote.etag.clone()), false)).await {
        Ok(done) => Ok(Some(Receipt { revision: done.revision, was_there: true, ..receipt(remote, hash) })),
        Err(failure)
            if failure.nothing_done && matches!(failure.cause, Cause::Conflict | Cause::ChangedOnPortal) =>
        {
            Ok(None)
        }
        Err(failure) => Err(failure.after_sending()),
    }
}

/// Readers have by now what an earlier attempt may have filed. Where no key tells, that is the word on it: a portal of
/// that kind takes no filing of what readers have, so none was begun.
fn has_gone_out(delivery: &Delivery<'_>, remote: &Remote) -> bool {
    let is_out = matches!(remote.state, RemoteState::Live | RemoteState::Scheduled);
    delivery.act == Act::File && delivery.maybe_sent && is_out
}

/// Nothing is written over what has left the desk, for the return would be refused.
pub(super) fn still_at_the_desk(delivery: &Delivery<'_>, remote: &Remote) -> Result<(), Failure> {
    if !has_left_the_desk(delivery, remote) {
        return Ok(());
    }
    Err(Failure::harmless(Cause::Conflict, "the story is not at the portal's desk any more"))
}

/// In which way the desk, or the author, got something else. After an attempt that may have been carried out before this
/// one, whoever got the story may have handed it on.
pub(super) fn differs(delivery: &Delivery<'_>, remote: &Remote, hash: &Sha256Hex) -> Option<Difference> {
    if remote.hash != *hash {
        return Some(difference("/version", hash, &remote.hash));
    }
    let wanted = match delivery.act {
        Act::Return => DeskState::Returned,
        Act::Approve => DeskState::Approved,
        _ => return None,
    };
    if delivery.maybe_sent || remote.desk == Some(wanted) {
        return None;
    }
    let kept = remote.desk.map(|desk| format!("{desk:?}")).unwrap_or_default();
    Some(difference("/desk", format!("{wanted:?}"), kept))
}

/// Whether the desk has the story no more, so that there is nothing to return: its author has taken it back, or it was
/// returned or approved.
fn has_left_the_desk(delivery: &Delivery<'_>, remote: &Remote) -> bool {
    delivery.act == Act::Return && !matches!(remote.desk, Some(DeskState::Filed | DeskState::InEdit))
}
