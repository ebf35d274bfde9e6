//! Finding a story's post among all posts. WordPress has no id of ours, so it is asked to search for the story's
//! key, and only a post whose first block carries it counts. Where an answer was lost and several came to be, the
//! look-up itself mends it: one stays, the rest goes to the trash.

use chrono::{DateTime, Utc};
use reqwest::{
    Method,
    header::{ETAG, IF_MATCH},
};
use serde::Deserialize;
use story::{Cause, StoryId};

use super::{
    envelope::{self, Opened, key},
    post::{FIELDS, Post},
    remote::is_untouched,
    site::Site,
};
use crate::{
    failure::Failure,
    http::{Answer, Effect},
};

/// `any` would leave the trash out.
const STATES: &str = "publish,future,draft,pending,private,trash";
/// Posts that are looked into.
const MAX_HITS: usize = 20;

/// A story's post.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) post: Post,
    /// `None`: this account may not see what stands in the post, only what readers get.
    pub(super) opened: Option<Opened>,
    /// The companion plugin's own guard against overwriting.
    tag: Option<String>,
    /// The portal's clock.
    pub(super) now: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Hit {
    id: u64,
    #[serde(default)]
    link: String,
}

/// The story's post, or `None` when there is none that this account can see.
pub(super) async fn find(site: &Site, story: StoryId) -> Result<Option<Found>, Failure> {
    let mut found = Vec::new();
    for hit in candidates(site, story).await?.into_iter().take(MAX_HITS) {
        found.extend(look_into(site, story, hit.id).await?);
    }
    let Some(kept) = choose(&found) else { return Ok(None) };
    for extra in found.iter().filter(|one| is_duplicate(one, kept)) {
        trash(site, extra).await.or_else(|failure| match failure.cause {
            // Not ours to take away, or gone already: the next look-up sees.
            Cause::Forbidden | Cause::NotFound | Cause::ChangedOnPortal => Ok(()),
            _ => Err(Failure { nothing_done: true, ..failure }),
        })?;
    }
    let kept = kept.post.id;
    Ok(found.into_iter().find(|one| one.post.id == kept))
}

/// Where readers find another story.
pub(super) async fn public_address(site: &Site, story: StoryId) -> Result<Option<String>, Failure> {
    Ok(search(site, story, "publish").await?.into_iter().next().map(|hit| hit.link))
}

/// The companion plugin does not depend on the site's search, which other plugins like to replace.
async fn candidates(site: &Site, story: StoryId) -> Result<Vec<Hit>, Failure> {
    if site.root().await?.companion {
        return site.read(&format!("khosra/v1/stories/{}", key(story)), &[]).await;
    }
    search(site, story, STATES).await
}

async fn search(site: &Site, story: StoryId, states: &str) -> Result<Vec<Hit>, Failure> {
    let key = key(story);
    let query = [
        ("search", key.as_str()),
        ("status", states),
        ("per_page", "100"),
        ("orderby", "id"),
        ("order", "asc"),
        ("_fields", "id,link"),
    ];
    site.read("wp/v2/posts", &query).await
}

async fn look_into(site: &Site, story: StoryId, id: u64) -> Result<Option<Found>, Failure> {
    let route = format!("wp/v2/posts/{id}");
    let request = site.request(Method::GET, &route, &[("context", "edit"), FIELDS]).await?;
    match site.send(request, Effect::Reads).await {
        Ok(answer) => {
            let found = Found::read(site, &answer, story)?;
            Ok(found.opened.is_some().then_some(found))
        }
        Err(failure) if failure.cause == Cause::NotFound => Ok(None),
        // A correspondent's story after its publication: only its page can be read.
        Err(failure) if failure.cause == Cause::Forbidden => {
            let request = site.request(Method::GET, &route, &[FIELDS]).await?;
            let found = Found::read(site, &site.send(request, Effect::Reads).await?, story)?;
            let mark = format!("id=\"{}\"", key(story));
            Ok(found.post.content.rendered.contains(&mark).then_some(found))
        }
        Err(failure) => Err(failure),
    }
}

impl Found {
    /// One of several in an answer, which carries no guard of its own.
    pub(super) fn listed(post: Post, story: StoryId, now: Option<DateTime<Utc>>) -> Self {
        let opened = post.content.raw.as_deref().and_then(|content| envelope::open(content, story));
        Self { post, opened, tag: None, now }
    }

    /// From an answer that holds one post.
    pub(super) fn read(site: &Site, answer: &Answer, story: StoryId) -> Result<Self, Failure> {
        let found = Self::listed(site.wire().read(answer)?, story, answer.clock());
        Ok(Self { tag: answer.header(ETAG.as_str()).map(str::to_owned), ..found })
    }

    /// A request that changes this post; with the companion plugin only if nobody else has.
    pub(super) async fn change(
        &self,
        site: &Site,
        method: Method,
    ) -> Result<reqwest::RequestBuilder, Failure> {
        let request = site.request(method, &format!("wp/v2/posts/{}", self.post.id), &[]).await?;
        Ok(match (&self.tag, site.root().await?.companion) {
            (Some(tag), true) => request.header(IF_MATCH, tag),
            _ => request,
        })
    }
}

/// The one that readers have or will have, else the oldest.
fn choose(found: &[Found]) -> Option<&Found> {
    let public = found.iter().filter(|one| one.post.is_public()).min_by_key(|one| one.post.id);
    public.or_else(|| found.iter().min_by_key(|one| one.post.id))
}

/// A copy that a lost answer has left behind. What readers have is never taken from them here, and what a person
/// has made of a copy is that person's.
fn is_duplicate(one: &Found, kept: &Found) -> bool {
    let is_draft = one.post.status == "draft" || one.post.status == "pending";
    one.post.id != kept.post.id && is_draft && is_untouched(one)
}

pub(super) async fn trash(site: &Site, found: &Found) -> Result<(), Failure> {
    let request = found.change(site, Method::DELETE).await?;
    site.send(request, Effect::Writes).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: u64, status: &str) -> Found {
        let mut post = Post::default();
        (post.id, post.status) = (id, status.into());
        Found { post, opened: None, tag: None, now: None }
    }

    #[test]
    fn the_oldest_copy_stays_unless_readers_have_another() {
        let chosen = |all: &[Found]| choose(all).map(|one| one.post.id);
        assert_eq!(chosen(&[found(9, "draft"), found(7, "pending")]), Some(7));
        assert_eq!(chosen(&[found(7, "draft"), found(9, "publish"), found(11, "future")]), Some(9));
        assert_eq!(chosen(&[found(7, "trash"), found(9, "draft")]), Some(7), "killed stays killed");
        assert_eq!(chosen(&[]), None);
    }

    #[test]
    fn neither_what_readers_have_nor_what_a_person_changed_is_a_duplicate() {
        let kept = found(1, "draft");
        assert!(!is_duplicate(&found(2, "publish"), &kept));
        assert!(!is_duplicate(&found(2, "trash"), &kept));
        assert!(!is_duplicate(&found(2, "draft"), &kept), "without its envelope it may be anybody's");
    }
}
