//! A walk along the public places of one portal. Each page that is read tells where the next ones are; nothing is
//! guessed, and the walk has an end.

use reqwest::Url;
use story::{PlaceKind, PlaceState};

use super::{Place, Whereabouts, html, is_of_the_line, page_and_card};
use crate::{
    failure::Failure,
    http::{Wire, is_error_page},
    public_page::{PAGE, read_as},
};
use html::Head;

/// Feeds that are read.
const MOST_FEEDS: usize = 4;
/// Sitemaps that are read, those that only list others counted in.
const MOST_SITEMAPS: usize = 8;

const FEED: &[&str] =
    &["application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"];
const SITEMAP: &[&str] = &["application/xml", "text/xml"];
const ROBOTS: &[&str] = &["text/plain"];

/// A walk, as far as it is.
pub(crate) struct Tour<'a> {
    wire: &'a Wire,
    story: &'a Whereabouts<'a>,
    found: Vec<Place>,
    /// Where the pages lead that were read so far.
    links: Vec<(Url, String)>,
    feeds: Vec<Url>,
}

impl<'a> Tour<'a> {
    /// Begins at the story's own page.
    ///
    /// # Errors
    /// When the portal cannot be reached at all.
    pub(crate) async fn begin(wire: &'a Wire, story: &'a Whereabouts<'a>) -> Result<Self, Failure> {
        let mut tour = Self { wire, story, found: Vec::new(), links: Vec::new(), feeds: Vec::new() };
        let Some(url) = tour.story_url() else { return Ok(tour) };
        match read_as(wire, url.as_str(), PAGE).await {
            Ok(page) => {
                tour.found = page_and_card(url.as_str(), &page, story.wordings);
                tour.note(&url, &page);
            }
            Err(failure) if is_of_the_line(failure.cause) => return Err(failure),
            Err(failure) => tour.found.push(Place::unread(PlaceKind::Page, url.as_str(), failure)),
        }
        Ok(tour)
    }

    /// The root of the site that readers come to.
    pub(crate) fn root(&self) -> String {
        let url = self.story_url().unwrap_or_else(|| self.wire.base().clone());
        url.join("/").unwrap_or(url).into()
    }

    pub(crate) async fn front(&mut self, url: &str) {
        self.page(PlaceKind::Front, url).await;
    }

    pub(crate) async fn section(&mut self, url: &str) {
        self.page(PlaceKind::Section, url).await;
    }

    /// Where a link leads that is called by one of these names.
    pub(crate) fn link_called(&self, names: &[String]) -> Option<String> {
        let named = |words: &str| names.iter().any(|name| !name.is_empty() && name == words);
        self.links.iter().find(|(_, words)| named(words)).map(|(url, _)| url.to_string())
    }

    /// The feeds that were named on the way, but for those that are `wanted` no more.
    pub(crate) async fn feeds(&mut self, wanted: impl Fn(&str) -> bool) {
        let feeds: Vec<Url> = self.feeds.iter().filter(|url| wanted(url.as_str())).cloned().collect();
        for url in feeds.into_iter().take(MOST_FEEDS) {
            let place = match read_as(self.wire, url.as_str(), FEED).await {
                Ok(xml) => {
                    let linked = html::feed_links(&xml).iter().any(|link| self.is_the_story(&url, link));
                    let state = self.story.wordings.shown(&html::feed_words(&xml), linked);
                    Place::read(PlaceKind::Feed, url.as_str(), state)
                }
                Err(failure) => Place::unread(PlaceKind::Feed, url.as_str(), failure),
            };
            self.found.push(place);
        }
    }

    /// The sitemaps that the site names to search engines; told as one place, for a person looks at none of them.
    pub(crate) async fn sitemaps(&mut self) {
        let mut waiting = self.named_sitemaps().await;
        let Some(first) = waiting.first().cloned() else { return };
        let mut unread = None;
        for number in 0..MOST_SITEMAPS {
            let Some(url) = waiting.get(number).cloned() else { break };
            let xml = match read_as(self.wire, url.as_str(), SITEMAP).await {
                Ok(xml) => xml,
                Err(failure) => {
                    unread.get_or_insert(Place::unread(PlaceKind::Sitemap, url.as_str(), failure));
                    continue;
                }
            };
            let listed = html::elements(&xml, "loc");
            if xml.contains("<sitemapindex") {
                waiting.extend(listed.iter().filter_map(|place| url.join(place).ok()));
            } else if listed.iter().any(|place| self.is_the_story(&url, place)) {
                let state = self.story.wordings.shown("", true);
                self.found.push(Place::read(PlaceKind::Sitemap, url.as_str(), state));
                return;
            }
        }
        let absent = || Place::read(PlaceKind::Sitemap, first.as_str(), PlaceState::Absent);
        self.found.push(unread.unwrap_or_else(absent));
    }

    /// What was seen, in the order in which it was come to.
    pub(crate) fn end(self) -> Vec<Place> {
        self.found
    }

    async fn named_sitemaps(&self) -> Vec<Url> {
        let Ok(robots) = Url::parse(&self.root()).and_then(|root| root.join("/robots.txt")) else {
            return Vec::new();
        };
        let Ok(text) = read_as(self.wire, robots.as_str(), ROBOTS).await else { return Vec::new() };
        let named = text.lines().filter_map(|line| {
            let (name, place) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case("sitemap").then(|| robots.join(place.trim()).ok())?
        });
        named.collect()
    }

    async fn page(&mut self, kind: PlaceKind, url: &str) {
        let Ok(url) = self.wire.base().join(url) else { return };
        let place = match read_as(self.wire, url.as_str(), PAGE).await {
            Ok(page) if is_error_page(page.as_bytes()) => Place::broken(kind, url.as_str()),
            Ok(page) => {
                let head = self.note(&url, &page);
                let linked = head.links.iter().any(|(link, _)| self.is_the_story(&url, link));
                Place::read(kind, url.as_str(), self.story.wordings.shown(&html::words(&page), linked))
            }
            Err(failure) => Place::unread(kind, url.as_str(), failure),
        };
        self.found.push(place);
    }

    /// Remembers where a page leads.
    fn note(&mut self, url: &Url, page: &str) -> Head {
        let head = Head::of(page);
        let place = |link: &str| url.join(link).ok();
        let links = head.links.iter().filter_map(|(link, words)| Some((place(link)?, words.clone())));
        self.links.extend(links);
        for feed in head.feeds.iter().filter_map(|feed| place(feed)) {
            if !self.feeds.contains(&feed) {
                self.feeds.push(feed);
            }
        }
        head
    }

    fn story_url(&self) -> Option<Url> {
        self.wire.base().join(self.story.url?).ok()
    }

    /// By its path: a site may be reached by several names, and by http and https.
    fn is_the_story(&self, from: &Url, link: &str) -> bool {
        let Some((ours, theirs)) = self.story_url().zip(from.join(link).ok()) else { return false };
        let place = |url: &Url| (url.path().trim_end_matches('/').to_owned(), url.query().map(str::to_owned));
        place(&ours) == place(&theirs)
    }
}
