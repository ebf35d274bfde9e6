//! The page as readers would get it, from text that need not be saved. Read-only by construction: nothing
//! here calls a writing method of the store.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use page::{
    Addresses, Card, Changes, Context, Correction, EmbeddedPhoto, Headline, PageError, Picture, Pieces,
    SelfContained, Site, StoryPage, Stylesheet, Theme,
};
use store::RenditionUse;
use story::{Content, PublicState, Sha256Hex, StoryId};

use crate::{
    Desk,
    live::{Live, unseen},
    portals,
    wire::{CommandError, LiveView, PreviewPage, PreviewPiece, PreviewQuery, PreviewView},
    writing,
};

/// Where the window finds pictures and theme files; the shell answers there.
#[cfg(not(any(windows, target_os = "android")))]
const WINDOW: &str = "khosra://localhost";
#[cfg(any(windows, target_os = "android"))]
const WINDOW: &str = "http://khosra.localhost";

/// Other stories under a story, as on the portal's page.
const MORE: usize = 3;

/// Asks for the page of a story as one file.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery {
    /// Which story, as saved.
    pub story: StoryId,
    /// The moment of viewing; `None` is now.
    pub now: Option<DateTime<Utc>>,
    /// Width of the page's column in CSS pixels; `None` fills the window.
    pub width: Option<u32>,
}

pub(crate) fn preview(desk: &Desk, query: &PreviewQuery) -> Result<PreviewView, CommandError> {
    let around = Around::of(desk, query.story)?;
    let (pieces, live) = match query.show {
        PreviewPage::Draft => {
            let addresses = InWindow { photos: pictures(desk, &[&query.content]) };
            let shown = Shown { content: &query.content, correction: None, addresses: &addresses };
            (around.page(desk, &shown, desk.host().now(), page::render_pieces)?, None)
        }
        PreviewPage::Live => {
            let (pieces, live) = live_page(desk, query, &around)?;
            (pieces, Some(live))
        }
        PreviewPage::Changes => {
            let (pieces, live) = changes_page(desk, query, &around)?;
            (pieces, Some(live))
        }
    };
    Ok(in_pieces(pieces, live, &query.known))
}

/// What readers have, as they have it.
fn live_page(desk: &Desk, query: &PreviewQuery, around: &Around) -> Result<(Pieces, LiveView), CommandError> {
    let Live { content, since, correction } = Live::of(desk, query.story)?;
    let addresses = InWindow { photos: pictures(desk, &[&content]) };
    let shown = Shown { content: &content, correction, addresses: &addresses };
    // It is nobody's draft: a click in it leads to no place in the text.
    let pieces = around.page(desk, &shown, desk.host().now(), |page, theme, context| {
        page::render_pieces(page, theme, &Context { preview: false, ..*context })
    })?;
    let unseen = unseen(&content, &writing::normalised(query.content.clone()));
    Ok((pieces, LiveView { since, changes: 0, unseen }))
}

fn changes_page(
    desk: &Desk,
    query: &PreviewQuery,
    around: &Around,
) -> Result<(Pieces, LiveView), CommandError> {
    let live = Live::of(desk, query.story)?;
    // One letter that can be written in two ways is no change: it is stored in one.
    let draft = writing::normalised(query.content.clone());
    let addresses = InWindow { photos: pictures(desk, &[&live.content, &draft]) };
    let shown = Shown { content: &draft, correction: None, addresses: &addresses };
    let Changes { pieces, count } =
        around.page(desk, &shown, desk.host().now(), |page, theme, context| {
            page::render_changes(page, &live.content, theme, context)
        })?;
    let unseen = unseen(&live.content, &draft);
    Ok((pieces, LiveView { since: live.since, changes: count, unseen }))
}

fn in_pieces(pieces: Pieces, live: Option<LiveView>, known: &[String]) -> PreviewView {
    let known: HashSet<&str> = known.iter().map(String::as_str).collect();
    let piece = |html: String, shown: usize| {
        let digest = short_digest(html.get(shown..).unwrap_or(&html));
        PreviewPiece { html: (!known.contains(digest.as_str())).then_some(html), digest }
    };
    // The head changes with the first words of the text, and the window shows nothing of it but its title, which is
    // the headline's. Marks have their style there, and are made too seldom for it to matter.
    let body = pieces.page.find("<body").filter(|_| live.is_none()).unwrap_or_default();
    PreviewView {
        page: piece(pieces.page, body),
        blocks: pieces.blocks.into_iter().map(|block| piece(block, 0)).collect(),
        places: pieces.places,
        live,
    }
}

/// Enough of a SHA-256 to tell the pieces of one page apart.
fn short_digest(html: &str) -> String {
    Sha256Hex::of(html.as_bytes()).as_str().chars().take(16).collect()
}

impl Desk {
    /// The page of a story as it is saved, as one file: style, fonts and photos are in it.
    ///
    /// # Errors
    /// `NotFound`, and what the disk says.
    pub async fn page(&self, query: PageQuery) -> Result<String, CommandError> {
        self.blocking(move |desk| self_contained(desk, query)).await
    }

    /// A file of the theme for the window: its media type and bytes.
    pub fn theme_file(&self, theme: &str, name: &str) -> Option<(String, Vec<u8>)> {
        let ours = self.theme().ok().filter(|ours| ours.name() == theme)?;
        if name == page::CHANGES_SHEET {
            return Some(("text/css; charset=utf-8".to_owned(), ours.changes().into_owned().into_bytes()));
        }
        let asset = ours.asset(name)?;
        Some((asset.media_type.to_string(), asset.bytes.to_vec()))
    }
}

fn self_contained(desk: &Desk, query: PageQuery) -> Result<String, CommandError> {
    let content = desk.store().draft(query.story)?.content;
    let addresses = SelfContained { photos: embedded(desk, &content), width: query.width };
    let around = Around::of(desk, query.story)?;
    let now = query.now.unwrap_or_else(|| desk.host().now());
    let shown = Shown { content: &content, correction: None, addresses: &addresses };
    around.page(desk, &shown, now, page::render)
}

/// One version of the story, as a page shows it.
struct Shown<'a> {
    content: &'a Content,
    correction: Option<Correction>,
    addresses: &'a dyn Addresses,
}

/// What stands around the text: the paper, its lists, and the story's own publication time.
struct Around {
    site: Site,
    latest: Vec<Headline>,
    popular: Vec<Headline>,
    /// The newest stories of all sections, without this one.
    others: Vec<Card>,
    published_at: Option<DateTime<Utc>>,
    updated_at: Option<DateTime<Utc>>,
}

impl Around {
    fn of(desk: &Desk, story: StoryId) -> Result<Self, CommandError> {
        let Some(portal) = desk.store().current_portal()? else {
            let (name_bn, name_en) = portals::Facts::default().site_names();
            return Ok(Self::nowhere(Site { name_bn, name_en, ..Site::default() }));
        };
        let (name_bn, name_en) = portals::facts(&portal).site_names();
        let sections = desk.store().sections(portal.id)?;
        let latest = portals::cached_list(desk, portal.id, portals::LATEST)?;
        let popular = portals::cached_list(desk, portal.id, portals::POPULAR)?;
        let (published_at, updated_at) = times(desk, story, portal.id)?;
        Ok(Self {
            others: latest.iter().filter(|item| item.id != story.to_string()).map(card).collect(),
            site: Site { name_bn, name_en, url: None, sections },
            latest: latest.into_iter().map(headline).collect(),
            popular: popular.into_iter().map(headline).collect(),
            published_at,
            updated_at,
        })
    }

    fn nowhere(site: Site) -> Self {
        let (latest, popular, others) = (Vec::new(), Vec::new(), Vec::new());
        Self { site, latest, popular, others, published_at: None, updated_at: None }
    }

    /// Other stories of the section, then of the section above it, as the portal's own page has them.
    fn more(&self, section: &str) -> Vec<Card> {
        let own = self.site.sections.iter().find(|other| other.slug == section);
        let above = own.and_then(|own| own.parent.as_deref());
        let under = |slug: &str, card: &Card| {
            let place = self.site.sections.iter().find(|other| other.slug == card.section);
            card.section == slug || place.is_some_and(|place| place.parent.as_deref() == Some(slug))
        };
        let (near, far): (Vec<_>, Vec<_>) = self.others.iter().partition(|card| under(section, card));
        let far = far.into_iter().filter(|card| above.is_some_and(|above| under(above, card)));
        near.into_iter().chain(far).take(MORE).cloned().collect()
    }

    fn page<P>(
        &self,
        desk: &Desk,
        shown: &Shown<'_>,
        now: DateTime<Utc>,
        render: impl FnOnce(&StoryPage, &Theme, &Context) -> Result<P, PageError>,
    ) -> Result<P, CommandError> {
        let context = Context {
            now,
            site: &self.site,
            latest: &self.latest,
            popular: &self.popular,
            addresses: shown.addresses,
            preview: true,
        };
        let page = StoryPage {
            published_at: self.published_at,
            updated_at: self.updated_at,
            comments: Some(0),
            correction: shown.correction.clone(),
            more: &self.more(&shown.content.section),
            ..StoryPage::unpublished(shown.content)
        };
        render(&page, desk.theme()?, &context).map_err(CommandError::internal)
    }
}

fn headline(item: portal::ListItem) -> Headline {
    Headline { headline: item.headline, url: item.url }
}

fn card(item: &portal::ListItem) -> Card {
    Card {
        headline: item.headline.clone(),
        url: item.url.clone(),
        teaser: item.teaser.clone(),
        section: item.section.clone(),
        published_at: Some(item.published_at),
        picture: None,
    }
}

type Times = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// When readers first got the story and last got a change, by the portal's clock. An unknown story is one
/// that is still to be begun.
fn times(desk: &Desk, story: StoryId, portal: story::PortalId) -> Result<Times, CommandError> {
    let live = desk.store().row(story).is_ok_and(|row| row.axes.public == PublicState::Live);
    if !live {
        return Ok((None, None));
    }
    let receipt = desk.store().last_confirmed(story, portal)?.and_then(|intent| intent.receipt);
    let time = |name| receipt.as_ref()?.get(name)?.as_str()?.parse().ok();
    Ok((time("published_at"), time("updated_at")))
}

/// Only what the store has: a photo that it does not have is shown as missing.
fn pictures(desk: &Desk, contents: &[&Content]) -> BTreeMap<Sha256Hex, Picture> {
    let photos = contents.iter().flat_map(|content| &content.photos);
    let facts = photos.filter_map(|photo| desk.store().photo(&photo.id).ok());
    let picture = |facts: store::PhotoFacts| {
        let display = &facts.rendition(RenditionUse::Display)?.rendition;
        let src = format!("{WINDOW}/photo/{}/display", facts.id);
        Some((facts.id.clone(), Picture { src, width: display.width, height: display.height }))
    };
    facts.filter_map(picture).collect()
}

fn embedded(desk: &Desk, content: &Content) -> BTreeMap<Sha256Hex, EmbeddedPhoto> {
    let photo = |photo: &story::StoryPhoto| {
        let (facts, bytes) = desk.store().rendition(&photo.id, RenditionUse::Display).ok()?;
        let story::payload::Rendition { media_type, width, height, .. } = facts.rendition;
        Some((photo.id.clone(), EmbeddedPhoto { media_type, bytes, width, height }))
    };
    content.photos.iter().filter_map(photo).collect()
}

struct InWindow {
    photos: BTreeMap<Sha256Hex, Picture>,
}

impl Addresses for InWindow {
    fn stylesheet(&self, theme: &Theme) -> Stylesheet {
        Stylesheet::Linked(format!("{WINDOW}/theme/{}/page.css", theme.name()))
    }

    fn changes(&self, theme: &Theme) -> Stylesheet {
        Stylesheet::Linked(format!("{WINDOW}/theme/{}/{}", theme.name(), page::CHANGES_SHEET))
    }

    fn photo(&self, id: &Sha256Hex) -> Option<Picture> {
        self.photos.get(id).cloned()
    }
}
