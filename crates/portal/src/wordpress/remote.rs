//! The story as WordPress holds it, in the words of the domain.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use story::{Sha256Hex, StoryId};

use super::{
    envelope::{self, Envelope},
    html,
    post::{Text, sorted},
    read_out::markdown,
    sections::Tree,
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

pub(super) fn state(found: &Found) -> RemoteState {
    let envelope = found.opened.as_ref().and_then(|opened| opened.envelope.as_ref());
    found.post.state(envelope.map(|envelope| &envelope.head), found.now)
}

pub(super) async fn remote(site: &Site, story: StoryId, found: &Found) -> Result<Remote, Failure> {
    let payload = match sent(found) {
        Some(envelope) => serde_json::from_slice(&envelope.payload).unwrap_or_default(),
        None => read_out(site, story, found).await?,
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
        scheduled_hash: None,
        scheduled_for: post.date().filter(|_| state == RemoteState::Scheduled),
        payload,
    })
}

#[derive(Deserialize)]
struct Tag {
    name: String,
}

/// What somebody has made of the story, as far as it can be said in a payload.
async fn read_out(site: &Site, story: StoryId, found: &Found) -> Result<Value, Failure> {
    let post = &found.post;
    let envelope = found.opened.as_ref().and_then(|opened| opened.envelope.as_ref());
    let kept = envelope.and_then(|envelope| serde_json::from_slice(&envelope.payload).ok());
    let mut payload: Map<String, Value> = kept.unwrap_or_default();
    let photos = envelope.map(|envelope| envelope.head.photos.clone()).unwrap_or_default();
    let content = found.opened.as_ref().map_or(&post.content.rendered, |opened| &opened.content);
    let section = Tree::read(site).await?.innermost(&post.categories);
    payload.extend([
        ("story".to_owned(), json!(story)),
        ("headline".to_owned(), json!(words(&post.title))),
        ("standfirst".to_owned(), json!(words(&post.excerpt))),
        ("body".to_owned(), json!(markdown(content, &photos))),
        ("section".to_owned(), json!(section)),
    ]);
    let known = envelope.is_some_and(|envelope| envelope.head.tags == sorted(&post.tags));
    if !known {
        payload.insert("tags".to_owned(), json!(tags(site, &post.tags).await?));
    }
    Ok(Value::Object(payload))
}

fn words(text: &Text) -> String {
    html::plain_text(text.raw.as_ref().unwrap_or(&text.rendered))
}

async fn tags(site: &Site, ids: &[u64]) -> Result<Vec<String>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
    let query = [("include", ids.join(",")), ("_fields", "name".to_owned())];
    let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
    let tags: Vec<Tag> = site.read_all("wp/v2/tags", &query).await?;
    Ok(tags.into_iter().map(|tag| html::unescape(&tag.name)).collect())
}
