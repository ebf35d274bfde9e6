//! Where things are on this site, for the page that shows them.

use std::collections::BTreeMap;

use page::{Addresses, Picture, Stylesheet, Theme};
use story::{Payload, Sha256Hex, StoryId};

use super::SiteError;
use crate::newsroom::Newsroom;

/// Related stories that are looked up for one page; a story that names more has the rest as plain text.
const MAX_RELATED: usize = 30;

/// The addresses of one page.
#[derive(Debug, Default)]
pub(super) struct SiteAddresses {
    photos: BTreeMap<Sha256Hex, Picture>,
    stories: BTreeMap<StoryId, String>,
}

impl SiteAddresses {
    /// The addresses of everything that the story shows or names.
    pub(super) async fn of(newsroom: &Newsroom, payload: &Payload) -> Result<Self, SiteError> {
        let mut addresses = Self::default();
        for photo in &payload.photos {
            let picture = picture(photo.sha256.as_str(), (photo.width, photo.height));
            addresses.photos.insert(photo.sha256.clone(), picture);
        }
        for id in related(&payload.body).take(MAX_RELATED) {
            let story = newsroom.db.story(id).await?.filter(|story| story.state == story::PublicState::Live);
            if let Some(path) = story.and_then(|story| story.live.path) {
                addresses.stories.insert(id, path);
            }
        }
        Ok(addresses)
    }
}

/// A photo on this site.
pub(super) fn picture(sha256: &str, (width, height): (u32, u32)) -> Picture {
    Picture { src: format!("/media/{sha256}"), width, height }
}

/// The stories that a body names.
fn related(body: &str) -> impl Iterator<Item = StoryId> {
    body.split("story:").skip(1).filter_map(|rest| rest.get(..36)?.parse().ok())
}

impl Addresses for SiteAddresses {
    fn stylesheet(&self, theme: &Theme) -> Stylesheet {
        Stylesheet::Linked(format!("/theme/{}/page.css", theme.name()))
    }

    fn photo(&self, id: &Sha256Hex) -> Option<Picture> {
        self.photos.get(id).cloned()
    }

    fn story(&self, id: StoryId) -> Option<String> {
        self.stories.get(&id).cloned()
    }

    fn section(&self, slug: &str) -> String {
        format!("/s/{slug}")
    }

    fn front(&self) -> String {
        "/".to_owned()
    }

    fn feed(&self) -> Option<String> {
        Some("/feed.xml".to_owned())
    }
}
