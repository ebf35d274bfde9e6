//! How a story and its photos reach a portal exactly once, whatever happened to earlier attempts: look up by
//! our own id, send only what is missing, then read everything back as a stranger would.

mod handing_over;

use chrono::{DateTime, Utc};
use story::{Cause, Consent, Difference, IntentId, Notice, Outcome, Payload, Sha256Hex};

use crate::{
    failure::{Failure, outcome},
    guards::Guarding,
    http::is_error_page,
    portal::{
        Act, OnProgress, OriginalToSend, PhotoToSend, Portal, Progress, Remote, RemoteState, StoryToSend,
        Transition, Transitioned, Unless,
    },
    read_back::{difference, differences, shows},
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
    /// What readers are told of the change; for [`Act::Correct`] only.
    pub notice: Option<&'a Notice>,
    /// Why it goes back to its author; for [`Act::Return`] only.
    pub reason: &'a str,
    /// See [`Transition::consent`].
    pub consent: Option<Consent>,
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
    /// The ETag of a working copy that did not come from here, which a person has seen and wants replaced. It holds
    /// for that very state: once it changed again, it is another person's text as before.
    pub over: Option<&'a str>,
    /// What was put on the story here and the portal has not heard: told before the story goes into other hands, for
    /// afterwards it may be theirs to say. For [`Act::File`] only.
    pub guards: &'a [Guarding<'a>],
}

impl Delivery<'_> {
    fn is_for_readers_now(&self) -> bool {
        matches!(self.act, Act::Publish | Act::Correct)
    }

    /// It goes between an author and the desk, and changes nothing for readers.
    fn is_for_the_desk(&self) -> bool {
        matches!(self.act, Act::File | Act::Return | Act::Approve)
    }
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
        let receipt = confirm(portal, delivery, remote, None).await.map_err(Failure::after_sending)?;
        return Ok(Receipt { was_there: true, ..receipt });
    }
    if let Some(remote) = &there {
        if let Some(receipt) = handing_over::done_before(portal, delivery, remote, &hash).await? {
            return Ok(receipt);
        }
        handing_over::still_at_the_desk(delivery, remote)?;
    }
    if delivery.window_closed {
        return Err(Failure::harmless(Cause::WindowClosed, ""));
    }
    let placed = place(portal, delivery, there.as_ref()).await?;
    hold_back(portal, delivery.guards).await?;
    let act = act(delivery, there.as_ref());
    carry_out(portal, &Delivery { act, ..*delivery }, placed).await
}

/// What the portal will not have is its word on it, and keeps nothing back; what it could not be told keeps the story here.
async fn hold_back(portal: &dyn Portal, guards: &[Guarding<'_>]) -> Result<(), Failure> {
    for guard in guards {
        match portal.guard(guard).await {
            Err(failure) if !matches!(outcome(&failure), Outcome::Stuck { .. }) => return Err(failure),
            _ => {}
        }
    }
    Ok(())
}

/// Readers may have got another person's version meanwhile; ours is then a correction of it, if that is wanted.
fn act(delivery: &Delivery<'_>, there: Option<&Remote>) -> Act {
    let is_live = there.is_some_and(|remote| is_meant(delivery, remote) && remote.state == RemoteState::Live);
    if is_live && delivery.act == Act::Publish { Act::Correct } else { delivery.act }
}

/// Whether it is the very state of the working copy that a person wants replaced.
fn is_meant(delivery: &Delivery<'_>, remote: &Remote) -> bool {
    delivery.over == Some(remote.etag.as_str())
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

/// Brings a photo's original to the portal unless it has one: an original is never sent twice.
///
/// # Errors
/// As [`deliver_photo`].
pub async fn deliver_original(
    portal: &dyn Portal,
    original: &OriginalToSend<'_>,
    progress: OnProgress<'_>,
) -> Result<(), Failure> {
    if portal.has_original(original.photo).await? {
        let total = original.file.bytes.len() as u64;
        progress(Progress { sent: total, total });
        return Ok(());
    }
    portal.send_original(original, progress).await
}

/// Whether the portal is where the act leads to. A scheduled story that went live meanwhile is: it was due.
fn is_done(delivery: &Delivery<'_>, remote: &Remote, hash: &Sha256Hex) -> bool {
    let is_live = remote.state == RemoteState::Live && remote.live_hash.as_ref() == Some(hash);
    match delivery.act {
        Act::Schedule => is_live || (is_scheduled(delivery, remote) && remote.hash == *hash),
        // Where the portal does not say by which command it stands where it does, the command itself is sent again, which
        // does no harm.
        Act::File | Act::Return | Act::Approve => {
            remote.hash == *hash && remote.way.done.last() == Some(&delivery.key)
        }
        _ => is_live,
    }
}

fn is_scheduled(delivery: &Delivery<'_>, remote: &Remote) -> bool {
    // Some portals keep whole seconds.
    let same = |at: DateTime<Utc>| delivery.at.is_some_and(|ours| ours.timestamp() == at.timestamp());
    remote.state == RemoteState::Scheduled && remote.scheduled_for.is_some_and(same)
}

/// The working copy's entity tag, and whether it was put there just now.
type Placed = (Option<String>, bool);

/// Makes the working copy ours, without overwriting what did not come from here.
async fn place(
    portal: &dyn Portal,
    delivery: &Delivery<'_>,
    there: Option<&Remote>,
) -> Result<Placed, Failure> {
    let Some(unless) = guard(delivery, there, portal.knows_keys())? else {
        return Ok((there.map(|remote| remote.etag.clone()), false));
    };
    let story = StoryToSend { story: delivery.payload.story, bytes: delivery.bytes, unless: &unless };
    portal.send_story(&story).await.map(|copy| (Some(copy.etag), true))
}

/// Under which condition the working copy may be sent; `None` when it need not be.
fn guard(
    delivery: &Delivery<'_>,
    there: Option<&Remote>,
    safe_to_repeat: bool,
) -> Result<Option<Unless>, Failure> {
    let Some(remote) = there else {
        return match delivery.act {
            Act::Publish | Act::Schedule | Act::File | Act::Approve => Ok(Some(Unless::Exists)),
            _ => Err(Failure::harmless(Cause::NotFound, "the portal has no such story")),
        };
    };
    let taken_down = matches!(remote.state, RemoteState::Withdrawn | RemoteState::Killed);
    // Withdrawn before this command, or after it was carried out: only a portal that knows the key can tell.
    let meant = is_meant(delivery, remote);
    let may_be_done = delivery.maybe_sent && !safe_to_repeat && !meant;
    if taken_down && (may_be_done || remote.state == RemoteState::Killed) {
        return Err(Failure::harmless(Cause::ChangedOnPortal, "the story was taken down at the portal"));
    }
    if remote.hash == Sha256Hex::of(delivery.bytes) {
        return Ok(None);
    }
    if meant || delivery.sent_before.contains(&remote.hash) {
        return Ok(Some(Unless::OtherThan(remote.etag.clone())));
    }
    let detail = format!("revision {} at the portal was not sent from here", remote.revision);
    Err(Failure::harmless(Cause::ChangedOnPortal, detail))
}

async fn carry_out(portal: &dyn Portal, delivery: &Delivery<'_>, placed: Placed) -> Result<Receipt, Failure> {
    // A refusal in the portal's own words is the last word on the act: readers got nothing.
    let done = order(portal, delivery, placed).await?;
    read_back(portal, delivery, done.public_url).await.map_err(Failure::after_sending)
}

/// Gives the command under its key.
async fn order(
    portal: &dyn Portal,
    delivery: &Delivery<'_>,
    (etag, anew): Placed,
) -> Result<Transitioned, Failure> {
    let (story, act, hash) = (delivery.payload.story, delivery.act, Sha256Hex::of(delivery.bytes));
    let (key, at) = (delivery.key, delivery.at);
    let notice = delivery.notice.filter(|_| act == Act::Correct);
    let change = notice.map(|notice| notice.kind);
    let note = match act {
        Act::Return => delivery.reason,
        _ => notice.map_or("", |notice| &notice.note),
    };
    let (note, consent) = (note.to_owned(), delivery.consent);
    portal.transition(&Transition { story, key, act, hash, at, etag, anew, note, change, consent }).await
}

/// A page that was fetched already, with its address.
type Fetched = (String, Result<String, Failure>);

/// Asks the portal and a reader's page at once: on a slow line each question is half a second of its own.
async fn read_back(
    portal: &dyn Portal,
    delivery: &Delivery<'_>,
    named: Option<String>,
) -> Result<Receipt, Failure> {
    let page = async {
        let url = named.filter(|url| !url.is_empty() && delivery.is_for_readers_now())?;
        let page = portal.public_page(&url).await;
        Some((url, page))
    };
    let (remote, page) = tokio::join!(portal.look_up(delivery.payload.story), page);
    let remote = remote?.ok_or_else(|| Failure::differs(vec![difference("/story", "", "")]))?;
    confirm(portal, delivery, &remote, page).await
}

/// Compares everything that was sent with what the portal kept and with what readers get.
async fn confirm(
    portal: &dyn Portal,
    delivery: &Delivery<'_>,
    remote: &Remote,
    page: Option<Fetched>,
) -> Result<Receipt, Failure> {
    let hash = Sha256Hex::of(delivery.bytes);
    let mut found = compare(delivery, remote);
    if delivery.is_for_the_desk() {
        found.extend(handing_over::differs(delivery, remote, &hash));
    } else if !is_done(delivery, remote, &hash) {
        found.push(readers_get(delivery, remote, &hash));
    }
    let receipt = receipt(remote, &hash);
    let public_url = &receipt.public_url;
    if remote.state == RemoteState::Live && !delivery.is_for_the_desk() {
        let page = match page.filter(|(url, _)| url == public_url) {
            Some(fetched) => Some(fetched),
            None if public_url.is_empty() => None,
            None => Some((public_url.clone(), portal.public_page(public_url).await)),
        };
        found.extend(judge_page(delivery.payload, page)?);
    }
    if !found.is_empty() {
        return Err(Failure::differs(found));
    }
    Ok(receipt)
}

/// `hash` is what was sent.
fn receipt(remote: &Remote, hash: &Sha256Hex) -> Receipt {
    let public_url = remote.public_url.clone().filter(|_| remote.state == RemoteState::Live);
    Receipt {
        hash: hash.clone(),
        revision: remote.revision,
        etag: remote.etag.clone(),
        state: remote.state,
        public_url: public_url.unwrap_or_default(),
        scheduled_for: remote.scheduled_for,
        published_at: remote.published_at,
        updated_at: remote.updated_at,
        was_there: false,
    }
}

/// In which way readers have, or will have, something else.
fn readers_get(delivery: &Delivery<'_>, remote: &Remote, hash: &Sha256Hex) -> Difference {
    let wanted = if delivery.act == Act::Schedule { RemoteState::Scheduled } else { RemoteState::Live };
    let time = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339()).unwrap_or_default();
    if remote.state != wanted {
        return difference("/state", wanted.word(), remote.state.word());
    }
    if wanted == RemoteState::Scheduled && !is_scheduled(delivery, remote) {
        return difference("/live_at", time(delivery.at), time(remote.scheduled_for));
    }
    let kept = remote.live_hash.as_ref().unwrap_or(&remote.hash);
    difference("/version", hash, kept)
}

/// What the portal kept otherwise. When somebody has begun a newer working copy there, only the live digest and
/// the page can still tell about ours.
fn compare(delivery: &Delivery<'_>, remote: &Remote) -> Vec<Difference> {
    if remote.hash != Sha256Hex::of(delivery.bytes) {
        return Vec::new();
    }
    match serde_json::from_slice(delivery.bytes) {
        Ok(sent) => differences(&sent, &remote.payload),
        Err(error) => vec![difference("", error, "")],
    }
}

/// What is wrong with the public page, if anything.
fn judge_page(payload: &Payload, page: Option<Fetched>) -> Result<Option<Difference>, Failure> {
    let otherwise = |kept: String| difference("/page", &payload.headline, kept);
    let Some((url, page)) = page else { return Ok(Some(otherwise(String::new()))) };
    let page = match page {
        Ok(page) => page,
        Err(failure) if is_the_pages_fault(failure.cause) => {
            return Ok(Some(otherwise(failure.to_string())));
        }
        Err(failure) => return Err(failure),
    };
    let shown = shows(&page, &payload.headline, payload.story);
    if !shown && is_error_page(page.as_bytes()) {
        return Err(Failure::open(Cause::PortalErrorPage, "the public page shows an error of the portal"));
    }
    Ok((!shown).then(|| otherwise(url)))
}

/// Told apart from a bad network, after which the page is asked for again later.
fn is_the_pages_fault(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::NotFound | Cause::Forbidden | Cause::SignedOut | Cause::Invalid | Cause::Redirected
    )
}
