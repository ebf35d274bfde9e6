//! How a story and its photos reach a portal exactly once, whatever happened to earlier attempts: look up by
//! our own id, send only what is missing, then read everything back as a stranger would.

use chrono::{DateTime, Utc};
use story::{Cause, IntentId, Payload, Sha256Hex};

use crate::{
    failure::Failure,
    http::is_error_page,
    portal::{
        Act, OnProgress, PhotoToSend, Portal, Progress, Remote, RemoteState, StoryToSend, Transition, Unless,
    },
    read_back::{differences, shows},
};

/// One intent of the outbox, as the portal needs it.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// The intent; the same on every attempt.
    pub key: IntentId,
    /// What it does for readers.
    pub act: Act,
    /// What `bytes` say.
    pub payload: &'a Payload,
    /// The frozen payload, the same on every attempt.
    pub bytes: &'a [u8],
    /// When readers are to get it; for [`Act::Schedule`] only.
    pub at: Option<DateTime<Utc>>,
    /// The publish window that the editor chose has closed: what is at the portal is confirmed, and nothing more is
    /// sent.
    pub window_closed: bool,
    /// An earlier attempt may have reached the portal. When this is true, a failing look-up leaves the
    /// outcome unknown, and a story that was taken down meanwhile is not put up again, be it that the portal knows the
    /// key or that nothing is sent.
    pub maybe_sent: bool,
    /// Digests of the payload bytes that earlier intents of this story carried. The portal's working copy may
    /// be replaced only if it is one of these: anything else is another person's text.
    pub sent_before: &'a [Sha256Hex],
}

/// The portal's word, read back and found as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Digest of the payload readers get; equals what was sent.
    pub hash: Sha256Hex,
    /// The portal's revision number.
    pub revision: u64,
    /// For the next `If-Match`.
    pub etag: String,
    /// What readers get.
    pub state: RemoteState,
    /// The public page, which answered and showed the story; empty while readers do not have it.
    pub public_url: String,
    /// When readers will get it; `None` unless scheduled.
    pub scheduled_for: Option<DateTime<Utc>>,
    /// First publication, by the portal's clock.
    pub published_at: Option<DateTime<Utc>>,
    /// Last change that readers got, by the portal's clock.
    pub updated_at: Option<DateTime<Utc>>,
    /// It was there already: an earlier attempt had succeeded and its answer was lost.
    pub was_there: bool,
}

/// Brings a story to the readers, or finds that it is there. Its photos must be at the portal before.
///
/// # Errors
/// [`Failure`]; [`crate::outcome`] says what it means for the intent. Once readers may have got it, every failure
/// leaves open whether something was done. [`Cause::ReadBackDiffers`] lists the differences in its
/// detail, one a line.
pub async fn deliver_story(portal: &dyn Portal, delivery: &Delivery<'_>) -> Result<Receipt, Failure> {
    let hash = Sha256Hex::of(delivery.bytes);
    let there = portal.look_up(delivery.payload.story).await;
    let there =
        there.map_err(|failure| if delivery.maybe_sent { failure.after_sending() } else { failure })?;
    if let Some(remote) = &there
        && is_done(delivery, remote, &hash)
    {
        let receipt = confirm(portal, delivery, remote).await.map_err(Failure::after_sending)?;
        return Ok(Receipt { was_there: true, ..receipt });
    }
    if delivery.window_closed {
        return Err(Failure::harmless(Cause::WindowClosed, ""));
    }
    place(portal, delivery, there.as_ref()).await?;
    carry_out(portal, delivery, hash).await
}

/// Brings a photo to the portal unless it is there: the same bytes are never sent twice.
///
/// # Errors
/// [`Failure`]; a photo that is only half there is no harm, so most of them say that nothing was done.
pub async fn deliver_photo(
    portal: &dyn Portal,
    photo: &PhotoToSend<'_>,
    progress: OnProgress<'_>,
) -> Result<(), Failure> {
    if portal.has_photo(photo.sha256).await? {
        let total = photo.bytes.len() as u64;
        progress(Progress { sent: total, total });
        return Ok(());
    }
    portal.send_photo(photo, progress).await
}

/// Whether the portal is where the act leads to. A scheduled story that went live meanwhile is: it was due.
fn is_done(delivery: &Delivery<'_>, remote: &Remote, hash: &Sha256Hex) -> bool {
    let is_live = remote.state == RemoteState::Live && remote.live_hash.as_ref() == Some(hash);
    match delivery.act {
        Act::Schedule => is_live || (is_scheduled(delivery, remote) && remote.hash == *hash),
        // The portal does not say who handed it in: filing again does no harm, so it is never taken for done.
        Act::File => false,
        _ => is_live,
    }
}

fn is_scheduled(delivery: &Delivery<'_>, remote: &Remote) -> bool {
    // Some portals keep whole seconds.
    let same = |at: DateTime<Utc>| delivery.at.is_some_and(|ours| ours.timestamp() == at.timestamp());
    remote.state == RemoteState::Scheduled && remote.scheduled_for.is_some_and(same)
}

/// Makes the working copy ours, without overwriting what did not come from here.
async fn place(portal: &dyn Portal, delivery: &Delivery<'_>, there: Option<&Remote>) -> Result<(), Failure> {
    let safe_to_repeat = portal.knows_keys();
    let Some(unless) = guard(delivery, there, safe_to_repeat)? else { return Ok(()) };
    let story = StoryToSend { story: delivery.payload.story, bytes: delivery.bytes, unless: &unless };
    portal.send_story(&story).await.map(drop)
}

/// Under which condition the working copy may be sent; `None` when it need not be.
fn guard(
    delivery: &Delivery<'_>,
    there: Option<&Remote>,
    safe_to_repeat: bool,
) -> Result<Option<Unless>, Failure> {
    let Some(remote) = there else {
        return match delivery.act {
            Act::Publish | Act::Schedule | Act::File => Ok(Some(Unless::Exists)),
            _ => Err(Failure::harmless(Cause::NotFound, "the portal has no such story")),
        };
    };
    let taken_down = matches!(remote.state, RemoteState::Withdrawn | RemoteState::Killed);
    // Withdrawn before this command or after it was carried out: only a portal that knows the key can tell.
    let may_be_done = delivery.maybe_sent && !safe_to_repeat;
    if taken_down && (may_be_done || remote.state == RemoteState::Killed) {
        return Err(Failure::harmless(Cause::ChangedOnPortal, "the story was taken down at the portal"));
    }
    if remote.hash == Sha256Hex::of(delivery.bytes) {
        return Ok(None);
    }
    if delivery.sent_before.contains(&remote.hash) {
        return Ok(Some(Unless::OtherThan(remote.etag.clone())));
    }
    let detail = format!("revision {} at the portal was not sent from here", remote.revision);
    Err(Failure::harmless(Cause::ChangedOnPortal, detail))
}

async fn carry_out(
    portal: &dyn Portal,
    delivery: &Delivery<'_>,
    hash: Sha256Hex,
) -> Result<Receipt, Failure> {
    let (story, act) = (delivery.payload.story, delivery.act);
    let (key, at) = (delivery.key, delivery.at);
    let transition = Transition { story, key, act, hash, at, note: String::new(), overtakes: Vec::new() };
    // A refusal in the portal's own words is the last word on the act: readers got nothing.
    portal.transition(&transition).await?;
    read_back(portal, delivery).await.map_err(Failure::after_sending)
}

async fn read_back(portal: &dyn Portal, delivery: &Delivery<'_>) -> Result<Receipt, Failure> {
    let remote = portal.look_up(delivery.payload.story).await?;
    let remote = remote.ok_or_else(|| differs(&["the portal no longer has the story".to_owned()]))?;
    confirm(portal, delivery, &remote).await
}

/// Compares everything that was sent with what the portal kept and with what readers get.
async fn confirm(portal: &dyn Portal, delivery: &Delivery<'_>, remote: &Remote) -> Result<Receipt, Failure> {
    let hash = Sha256Hex::of(delivery.bytes);
    let mut found = compare(delivery, remote);
    if delivery.act == Act::File {
        if remote.hash != hash {
            found.push("the portal's desk has another version".to_owned());
        }
    } else if !is_done(delivery, remote, &hash) {
        found.push(format!(
            "readers get {:?} {:?} {:?}",
            remote.state, remote.live_hash, remote.scheduled_for
        ));
    }
    let public_url = match remote.state {
        RemoteState::Live => remote.public_url.clone().unwrap_or_default(),
        _ => String::new(),
    };
    if remote.state == RemoteState::Live && delivery.act != Act::File {
        found.extend(check_page(portal, delivery.payload, &public_url).await?);
    }
    if !found.is_empty() {
        return Err(differs(&found));
    }
    Ok(Receipt {
        hash,
        revision: remote.revision,
        etag: remote.etag.clone(),
        state: remote.state,
        public_url,
        scheduled_for: remote.scheduled_for,
        published_at: remote.published_at,
        updated_at: remote.updated_at,
        was_there: false,
    })
}

/// What the portal kept otherwise. When somebody has begun a newer working copy there, only the live digest and
/// the page can still tell about ours.
fn compare(delivery: &Delivery<'_>, remote: &Remote) -> Vec<String> {
    if remote.hash != Sha256Hex::of(delivery.bytes) {
        return Vec::new();
    }
    match serde_json::from_slice(delivery.bytes) {
        Ok(sent) => differences(&sent, &remote.payload),
        Err(error) => vec![format!("what was sent is not JSON: {error}")],
    }
}

/// What is wrong with the public page, if anything.
async fn check_page(portal: &dyn Portal, payload: &Payload, url: &str) -> Result<Option<String>, Failure> {
    if url.is_empty() {
        return Ok(Some("the portal names no public page".to_owned()));
    }
    let page = match portal.public_page(url).await {
        Ok(page) => page,
        Err(failure) if is_the_pages_fault(failure.cause) => {
            return Ok(Some(format!("the public page does not answer: {failure}")));
        }
        Err(failure) => return Err(failure),
    };
    let shown = shows(&page, &payload.headline, payload.story);
    if !shown && is_error_page(page.as_bytes()) {
        return Err(Failure::open(Cause::PortalErrorPage, "the public page shows an error of the portal"));
    }
    Ok((!shown).then(|| "the public page does not show the story".to_owned()))
}

/// Told apart from a bad network, after which the page is asked for again later.
fn is_the_pages_fault(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::NotFound | Cause::Forbidden | Cause::SignedOut | Cause::Invalid | Cause::Redirected
    )
}

fn differs(found: &[String]) -> Failure {
    Failure::open(Cause::ReadBackDiffers, found.join("\n"))
}
