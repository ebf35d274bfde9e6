//! A frozen payload as the post that WordPress is to keep.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Cause, Difference, Payload, Sha256Hex, StoryId};

use super::{
    envelope::{self, Envelope, Head},
    error,
    handing::Word,
    html::escape,
    markup::{Around, alternative, caption, markup},
    media::{self, Media},
    post::{Post, sorted},
    sections::Tree,
    site::Site,
    store,
};
use crate::{failure::Failure, http::Effect, read_back::difference};

/// Longest excerpt of a value in a difference, in characters.
const EXCERPT: usize = 80;

#[derive(Debug, Clone)]
pub(super) struct Draft {
    title: String,
    /// Without the envelope.
    content: String,
    sealed: String,
    excerpt: String,
    /// The address that the story wishes for.
    pub(super) slug: String,
    head: Head,
    /// First publication elsewhere, which WordPress is to show.
    pub(super) published_at: Option<DateTime<Utc>>,
}

/// Finds out WordPress's numbers for everything that the story names. `word` is what author and desk last said.
///
/// # Errors
/// [`Cause::Invalid`] names a section or a photo that the portal does not have: WordPress itself would drop it
/// without a word.
pub(super) async fn compose(
    site: &Site,
    payload: &Payload,
    bytes: &[u8],
    word: Option<Word>,
) -> Result<Draft, Failure> {
    let categories = category(site, &payload.section).await?;
    let media = photos(site, payload).await?;
    let stories = related(site, payload).await?;
    let mut tags = Vec::with_capacity(payload.tags.len());
    for tag in &payload.tags {
        tags.push(tag_id(site, tag).await?);
    }
    tags.sort_unstable();
    tags.dedup();
    let content = payload.to_content();
    let lead = content.lead_photo().and_then(|photo| media.get(&photo.id));
    let (title, excerpt) = (escape(payload.headline.trim()), escape(payload.standfirst.trim()));
    let content = markup(payload, &Around { media: &media, stories: &stories });
    let head = Head {
        words: envelope::words(&title, &content, &excerpt),
        categories,
        tags,
        lead: lead.map_or(0, |media| media.id),
        photos: media.iter().map(|(photo, media)| (photo.clone(), media.id)).collect(),
        withdrawn: false,
        walls: 0,
        word,
    };
    let envelope = Envelope { head, payload: bytes.to_vec() };
    Ok(Draft {
        title,
        sealed: envelope::seal(&content, payload.story, &envelope),
        content,
        excerpt,
        slug: payload.slug.clone(),
        head: envelope.head,
        published_at: payload.published_at,
    })
}

impl Draft {
    /// The fields of a request that creates or changes the post; all but its address.
    pub(super) fn fields(&self) -> Value {
        let categories = Some(&self.head.categories).filter(|categories| !categories.is_empty());
        let fields = [
            ("title", json!(self.title)),
            ("content", json!(self.sealed)),
            ("excerpt", json!(self.excerpt)),
            ("tags", json!(self.head.tags)),
            ("featured_media", json!(self.head.lead)),
        ];
        let fields = fields.into_iter().chain(categories.map(|categories| ("categories", json!(categories))));
        fields.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What WordPress kept otherwise.
    pub(super) fn differences(&self, story: StoryId, kept: &Post) -> Vec<Difference> {
        let there = envelope::open(kept.content.raw(), story);
        let content = there.as_ref().map_or(kept.content.raw(), |opened| &opened.content);
        let mut found = Vec::new();
        let mut text = |at: &str, sent: &str, kept: &str| {
            if envelope::words(sent, "", "") != envelope::words(kept, "", "") {
                found.push(difference(at, excerpt(sent), excerpt(kept)));
            }
        };
        text("/headline", &self.title, kept.title.raw());
        text("/body", &self.content, content);
        text("/standfirst", &self.excerpt, kept.excerpt.raw());
        let mut ids = |at: &str, sent: &[u64], kept: &[u64]| {
            if sorted(sent) != sorted(kept) {
                found.push(difference(at, format!("{sent:?}"), format!("{kept:?}")));
            }
        };
        if !self.head.categories.is_empty() {
            ids("/section", &self.head.categories, &kept.categories);
        }
        ids("/tags", &self.head.tags, &kept.tags);
        ids("/photos", &[self.head.lead], &[kept.featured_media]);
        if there.is_none_or(|opened| opened.envelope.is_none_or(|envelope| envelope.head != self.head)) {
            found.push(difference("/story", "", ""));
        }
        found
    }
}

fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT).collect()
}

async fn category(site: &Site, slug: &str) -> Result<Vec<u64>, Failure> {
    if slug.is_empty() {
        return Ok(Vec::new());
    }
    let id = Tree::read(site).await?.id(slug);
    let missing = || Failure::harmless(Cause::Invalid, format!("/section: the portal has no section {slug}"));
    id.map(|id| vec![id]).ok_or_else(missing)
}

/// The story's photos at the portal, with the words that this story has for them.
async fn photos(site: &Site, payload: &Payload) -> Result<BTreeMap<Sha256Hex, Media>, Failure> {
    let media = media::find(site, payload.photos.iter().map(|photo| &photo.sha256)).await?;
    let content = payload.to_content();
    for photo in &content.photos {
        let there = media.get(&photo.id).ok_or_else(|| {
            Failure::harmless(Cause::Invalid, format!("/photos: the portal does not hold photo {}", photo.id))
        })?;
        media::describe(site, there, alternative(photo), &caption(photo, &content)).await?;
    }
    Ok(media)
}

/// Public addresses of the stories that the body links to.
async fn related(site: &Site, payload: &Payload) -> Result<BTreeMap<StoryId, String>, Failure> {
    const UUID: usize = 36;
    let ids = payload.body.split("story:").skip(1).filter_map(|after| after.get(..UUID)?.parse().ok());
    let mut found = BTreeMap::new();
    for id in ids.collect::<std::collections::BTreeSet<StoryId>>() {
        if let Some(address) = store::public_address(site, id).await? {
            found.insert(id, address);
        }
    }
    Ok(found)
}

#[derive(Deserialize)]
struct Term {
    id: u64,
}

/// A tag is made by naming it; one that is there says so, and which it is.
async fn tag_id(site: &Site, name: &str) -> Result<u64, Failure> {
    let request = site.request(Method::POST, "wp/v2/tags", &[]).await?;
    let request =
        request.header("content-type", "application/json").body(json!({ "name": name }).to_string());
    let answer = site.wire().ask(request, Effect::Reads).await?;
    if answer.status == 201 {
        return site.wire().read::<Term>(&answer).map(|term| term.id);
    }
    let known = error::refused(&answer).filter(|refused| refused.code == "term_exists");
    let id = known.and_then(|refused| refused.data.get("term_id")?.as_u64());
    id.ok_or_else(|| error::refusal(site.wire(), &answer))
}
