//! The story as WordPress holds it, in the words of the domain.

use serde_json::json;
use story::{Payload, Sha256Hex, StoryId};

use super::{
    by_hand,
    envelope::{self, Envelope},
    handing,
    post::sorted,
    site::Site,
    store::Found,
};
use crate::{
    failure::Failure,
    portal::{Remote, RemoteState},
};

/// Whether the post is still what was sent, whatever state it is in now.
pub(super) fn is_untouched(found: &Found) -> bool {
    sent(found).is_some()
}

/// The bytes that the post was made from, if nobody has changed it since.
fn sent(found: &Found) -> Option<&Envelope> {
    let (post, opened) = (&found.post, found.opened.as_ref()?);
    let envelope = opened.envelope.as_ref()?;
    let head = &envelope.head;
    let words = envelope::words(post.title.raw(), &opened.content, post.excerpt.raw());
    let categories = head.categories.is_empty() || head.categories == sorted(&post.categories);
    let same = words == head.words
        && categories
        && head.tags == sorted(&post.tags)
        && head.lead == post.featured_media;
    same.then_some(envelope)
}

/// Digest of the working copy: of the very bytes that were sent, or of what somebody has made of them.
pub(super) fn hash(found: &Found) -> Sha256Hex {
    if let Some(envelope) = sent(found) {
        return Sha256Hex::of(&envelope.payload);
    }
    let post = &found.post;
    let texts =
        [&post.title, &post.content, &post.excerpt].map(|text| text.raw.as_ref().unwrap_or(&text.rendered));
    let state = json!([texts, sorted(&post.categories), sorted(&post.tags), post.featured_media]);
    Sha256Hex::of(state.to_string().as_bytes())
}

/// The payload that the post was made from, whatever has become of it.
pub(super) fn payload(found: &Found) -> Option<Payload> {
    let envelope = found.opened.as_ref()?.envelope.as_ref()?;
    serde_json::from_slice(&envelope.payload).ok()
}

pub(super) fn state(found: &Found) -> RemoteState {
    let envelope = found.opened.as_ref().and_then(|opened| opened.envelope.as_ref());
    found.post.state(envelope.map(|envelope| &envelope.head), found.now)
}

pub(super) async fn remote(site: &Site, story: StoryId, found: &Found) -> Result<Remote, Failure> {
    let (payload, lost) = match sent(found) {
        Some(envelope) => (serde_json::from_slice(&envelope.payload).unwrap_or_default(), Vec::new()),
        None => by_hand::payload(site, story, found).await?,
    };
    let (post, state, hash) = (&found.post, state(found), hash(found));
    let live = state == RemoteState::Live;
    let date = post.date().filter(|_| live || state == RemoteState::Withdrawn);
    Ok(Remote {
        id: story,
        revision: post.revision(),
        etag: post.etag(),
        state,
        public_url: live.then(|| post.link.clone()),
        published_at: date,
        updated_at: post.modified().filter(|modified| live && Some(*modified) > date),
        live_hash: live.then(|| hash.clone()),
        hash,
        desk: handing::desk(found),
        approved: None,
        guards: story::Guards::default(),
        scheduled_hash: None,
        scheduled_for: post.date().filter(|_| state == RemoteState::Scheduled),
        changed_at: post.modified(),
        lost,
        way: handing::way(found),
        payload,
    })
}
