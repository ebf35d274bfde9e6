//! Where readers of a WordPress meet a story: front page, the archive of its category, the feeds that the front page
//! names, and the sitemap. WordPress has no share card of its own; what a plugin puts into the page's head is read there.

use serde::Deserialize;

use super::site::Site;
use crate::{
    failure::Failure,
    places::{Place, Tour, Whereabouts},
};

#[derive(Deserialize)]
struct Index {
    #[serde(default)]
    home: String,
}

#[derive(Deserialize)]
struct Archive {
    #[serde(default)]
    link: String,
}

pub(super) async fn places(site: &Site, story: &Whereabouts<'_>) -> Result<Vec<Place>, Failure> {
    let mut tour = Tour::begin(site.wire(), story).await?;
    let Index { home } = site.read("", &[("_fields", "home")]).await?;
    let front = if home.is_empty() { tour.root() } else { format!("{}/", home.trim_end_matches('/')) };
    tour.front(&front).await;
    if !story.section.is_empty() {
        let query = [("slug", story.section), ("_fields", "link")];
        let archives: Vec<Archive> = site.read("wp/v2/categories", &query).await?;
        if let Some(Archive { link }) = archives.first().filter(|archive| !archive.link.is_empty()) {
            tour.section(link).await;
        }
    }
    tour.feeds(|url| !is_of_comments(url)).await;
    tour.sitemaps().await;
    Ok(tour.end())
}

/// A page names the feed of its comments beside that of its stories.
fn is_of_comments(url: &str) -> bool {
    url.contains("/comments/") || url.contains("feed=comments")
}
