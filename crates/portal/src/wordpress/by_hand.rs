//! What somebody has made of a story in WordPress, in the shape of a payload. Where the post says what we wrote,
//! the payload that it was made from says it better; where it says something else, the post is right.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use story::{Language, Lost, LostKind, Payload, PayloadPhoto, Sha256Hex, StoryId, content::photo_url};

use super::{
    envelope::Envelope,
    html,
    markup::{alternative, caption},
    post::{Post, Text, sorted},
    read_out::{Picture, ReadOut, read_out},
    sections::Tree,
    site::Site,
    store::Found,
};
use crate::failure::Failure;

/// What of it has no place in a payload is named beside it.
pub(super) async fn payload(
    site: &Site,
    story: StoryId,
    found: &Found,
) -> Result<(Value, Vec<Lost>), Failure> {
    let post = &found.post;
    let envelope = found.opened.as_ref().and_then(|opened| opened.envelope.as_ref());
    let photos = envelope.map(|envelope| envelope.head.photos.clone()).unwrap_or_default();
    let content = found.opened.as_ref().map_or(&post.content.rendered, |opened| &opened.content);
    let mut read = read_out(content, &photos);
    let mut lost = std::mem::take(&mut read.lost);
    let mut payload: Map<String, Value> =
        envelope.map(|envelope| kept(envelope, post, &read)).unwrap_or_default();
    lost.extend(foreign_lead(envelope, post));
    let section = Tree::read(site).await?.innermost(&post.categories);
    payload.extend([
        ("story".to_owned(), json!(story)),
        ("headline".to_owned(), json!(words(&post.title))),
        ("standfirst".to_owned(), json!(words(&post.excerpt))),
        ("body".to_owned(), json!(read.body)),
        ("section".to_owned(), json!(section)),
    ]);
    let known = envelope.is_some_and(|envelope| envelope.head.tags == sorted(&post.tags));
    if !known {
        payload.insert("tags".to_owned(), json!(tags(site, &post.tags).await?));
    }
    Ok((Value::Object(payload), lost))
}

/// The payload that the post was made from, with what the post says otherwise of its photos and its people.
fn kept(envelope: &Envelope, post: &Post, read: &ReadOut) -> Map<String, Value> {
    let Ok(mut payload) = serde_json::from_slice::<Payload>(&envelope.payload) else {
        return serde_json::from_slice(&envelope.payload).unwrap_or_default();
    };
    byline(&mut payload, read.byline.as_deref().unwrap_or_default());
    payload.source = read.source.clone().unwrap_or_default();
    let content = payload.to_content();
    let lead = |sha256: &Sha256Hex| {
        post.featured_media != 0 && envelope.head.photos.get(sha256) == Some(&post.featured_media)
    };
    payload.photos.retain(|photo| lead(&photo.sha256) || read.body.contains(&photo_url(&photo.sha256)));
    for photo in &mut payload.photos {
        photo.lead = lead(&photo.sha256);
        let as_written = content.photos.iter().find(|one| one.id == photo.sha256);
        if let (Some(picture), Some(written)) = (read.pictures.get(&photo.sha256), as_written) {
            let under = caption(written, &content);
            describe(photo, picture, (alternative(written), &under), payload.language);
        }
    }
    match json!(payload) {
        Value::Object(payload) => payload,
        _ => Map::new(),
    }
}

/// The author stands before a comma and the place behind it; a name that has a comma of its own stays whole.
fn byline(payload: &mut Payload, said: &str) {
    let parts = [payload.byline.trim(), payload.dateline.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.join(", ") == said {
        return;
    }
    let place = format!(", {}", payload.dateline.trim());
    match said.strip_suffix(&place).filter(|_| !payload.dateline.trim().is_empty()) {
        Some(name) => payload.byline = name.to_owned(),
        None => (payload.byline, payload.dateline) = (said.to_owned(), String::new()),
    }
}

/// What the post says of a photo, where that is not what we wrote: `written` is the alternative text and what stood
/// under it.
fn describe(photo: &mut PayloadPhoto, picture: &Picture, written: (&str, &str), language: Language) {
    if picture.alt != written.0 {
        photo.alt = picture.alt.clone();
        photo.decorative = picture.alt.is_empty();
    }
    if picture.caption == written.1.split_whitespace().collect::<Vec<_>>().join(" ") {
        return;
    }
    let mark = match language {
        Language::Bn => "ছবি: ",
        Language::En => "Photo: ",
    };
    let (words, credit) = picture.caption.rsplit_once(mark).unwrap_or((&picture.caption, ""));
    (photo.caption, photo.credit) = (words.trim().to_owned(), credit.trim().to_owned());
}

/// A featured image that is no photo of the story.
fn foreign_lead(envelope: Option<&Envelope>, post: &Post) -> Option<Lost> {
    let lead = post.featured_media;
    let ours = envelope.is_some_and(|envelope| envelope.head.photos.values().any(|media| *media == lead));
    (lead != 0 && !ours).then(|| Lost::new(LostKind::Photo, format!("#{lead}")))
}

fn words(text: &Text) -> String {
    html::plain_text(text.raw.as_ref().unwrap_or(&text.rendered))
}

#[derive(Deserialize)]
struct Tag {
    name: String,
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
