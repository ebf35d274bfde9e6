//! WordPress 6.1 or newer, by its REST API and an Application Password. Every word of WordPress's own stands here
//! and nowhere else in the application. What it lacks for our purpose (a client's own id, a guard against
//! overwriting, a place for the story's source) is made up for in [`envelope`]; ADR 14 says how and why.

mod account;
mod bring;
mod by_hand;
mod draft;
mod envelope;
mod error;
mod handing;
mod html;
mod inline;
mod lists;
mod markup;
mod media;
mod post;
mod queue;
mod read_out;
mod remote;
mod sections;
mod site;
mod store;
mod whereabouts;

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use story::{Section, Sha256Hex, StoryId};

use crate::{
    address::Address,
    desk::{DeskPage, Taken, Taking},
    failure::Failure,
    places::{Place, Whereabouts},
    portal::{
        About, ListItem, ListName, Me, OnProgress, PhotoToSend, Portal, Remote, StoryToSend, Transition,
        Transitioned, WorkingCopy,
    },
    public_page,
    secret::Secret,
};
use draft::Draft;
use site::Site;

/// A WordPress that somebody is signed in to.
pub(crate) struct WordPress {
    site: Site,
    held: Held,
}

/// Working copies of stories that readers have. WordPress keeps one text for readers and for the desk, so a
/// correction waits here until its transition, and goes out whole in one request, in place of the very words that it
/// was held against. Lost with the process: the outbox then sends it again.
#[derive(Default)]
struct Held(Mutex<BTreeMap<StoryId, (Sha256Hex, Waiting)>>);

/// A draft, and the digest of the working copy that it is to replace.
type Waiting = (Sha256Hex, Draft);

impl Held {
    fn keep(&self, story: StoryId, hash: Sha256Hex, draft: Waiting) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(story, (hash, draft));
    }

    /// The copy with this digest; any other is of no use any more.
    fn take(&self, story: StoryId, hash: &Sha256Hex) -> Option<Waiting> {
        let (held, draft) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&story)?;
        (held == *hash).then_some(draft)
    }
}

impl WordPress {
    pub(crate) fn new(address: &Address, token: Secret) -> Result<Self, Failure> {
        Ok(Self { site: Site::new(address, token)?, held: Held::default() })
    }
}

pub(crate) use account::sign_in_to as sign_in;

#[async_trait]
impl Portal for WordPress {
    async fn about(&self) -> Result<About, Failure> {
        account::about(&self.site).await
    }

    async fn me(&self) -> Result<Me, Failure> {
        account::me(&self.site).await
    }

    /// An Application Password was made by its owner, who may use it elsewhere too: only the owner takes it back.
    async fn sign_out(&self) -> Result<(), Failure> {
        Ok(())
    }

    async fn sections(&self) -> Result<Vec<Section>, Failure> {
        Ok(sections::Tree::read(&self.site).await?.sections())
    }

    async fn list(&self, list: ListName) -> Result<Vec<ListItem>, Failure> {
        match list {
            ListName::Latest => lists::latest(&self.site).await,
            // WordPress counts no readers.
            ListName::Popular => Ok(Vec::new()),
        }
    }

    async fn has_photo(&self, sha256: &Sha256Hex) -> Result<bool, Failure> {
        Ok(media::find(&self.site, std::iter::once(sha256)).await?.contains_key(sha256))
    }

    async fn send_photo(&self, photo: &PhotoToSend<'_>, progress: OnProgress<'_>) -> Result<(), Failure> {
        media::send(&self.site, photo, progress).await
    }

    async fn look_up(&self, story: StoryId) -> Result<Option<Remote>, Failure> {
        match store::find(&self.site, story).await? {
            Some(found) => remote::remote(&self.site, story, &found).await.map(Some),
            None => Ok(None),
        }
    }

    async fn send_story(&self, story: &StoryToSend<'_>) -> Result<WorkingCopy, Failure> {
        bring::send(&self.site, &self.held, story).await
    }

    async fn transition(&self, transition: &Transition) -> Result<Transitioned, Failure> {
        bring::transition(&self.site, &self.held, transition).await
    }

    async fn desk_changes(&self, since: Option<&str>) -> Result<DeskPage, Failure> {
        queue::changes(&self.site, since).await
    }

    /// WordPress keeps nothing of it: the lock that its own editor sets is not to be had from outside, and would keep
    /// nobody from writing there. What guards the text is the comparison before we write.
    async fn take(&self, _taking: &Taking<'_>) -> Result<Taken, Failure> {
        Ok(Taken::Unleased)
    }

    async fn fetch_photo(&self, sha256: &Sha256Hex) -> Result<Vec<u8>, Failure> {
        media::fetch(&self.site, sha256).await
    }

    async fn public_page(&self, url: &str) -> Result<String, Failure> {
        public_page::read(self.site.wire(), url).await
    }

    async fn places(&self, story: &Whereabouts<'_>) -> Result<Vec<Place>, Failure> {
        whereabouts::places(&self.site, story).await
    }
}
