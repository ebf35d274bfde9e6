//! Stories as cards and headlines, and the frame that all pages share.

use page::{Card, Headline, Site};

use super::{SiteError, addresses::picture};
use crate::{
    db::{stories::StoryRow, time},
    newsroom::{NAME_BN, NAME_EN, Newsroom},
};

/// Entries of the Latest and Popular lists.
const LISTED: i64 = 10;

/// What stands around every page's own matter.
pub(super) struct Frame {
    pub(super) site: Site,
    pub(super) latest: Vec<Headline>,
    pub(super) popular: Vec<Headline>,
}

/// The frame as it is now.
pub(super) async fn frame(newsroom: &Newsroom) -> Result<Frame, SiteError> {
    let site = Site {
        name_bn: NAME_BN.to_owned(),
        name_en: NAME_EN.to_owned(),
        url: Some(newsroom.url().to_owned()),
        sections: newsroom.db.sections().await?,
    };
    let latest = newsroom.db.latest(LISTED).await?.iter().map(headline).collect();
    let popular = newsroom.db.popular(LISTED).await?.iter().map(headline).collect();
    Ok(Frame { site, latest, popular })
}

/// A live story as a card.
pub(super) fn card(story: &StoryRow) -> Card {
    let live = &story.live;
    let size = story.photo_size.map(|(width, height)| (pixels(width), pixels(height)));
    Card {
        headline: live.headline.clone().unwrap_or_default(),
        url: live.path.clone().unwrap_or_default(),
        teaser: live.teaser.clone().unwrap_or_default(),
        section: live.section.clone().unwrap_or_default(),
        published_at: live.published_at.map(time),
        picture: live.photo.as_deref().zip(size).map(|(sha256, size)| picture(sha256, size)),
    }
}

fn headline(story: &StoryRow) -> Headline {
    let live = story.live.clone();
    Headline { headline: live.headline.unwrap_or_default(), url: live.path.unwrap_or_default() }
}

fn pixels(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
