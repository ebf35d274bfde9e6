//! The pages, each rendered by the same crate as the editor's preview.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use page::{Card, Context, Correction, FrontPage, SectionBlock, SectionPage, StoryPage};
use serde::Deserialize;
use story::{ChangeKind, Payload, PublicState, Section, StoryId};

use super::{
    Parts, SiteError,
    addresses::SiteAddresses,
    cards::{Frame, card, frame},
    html,
};
use crate::{
    db::{stories::StoryRow, time},
    newsroom::{Newsroom, Shared},
};

/// Cards at the top of the front page.
const TOP: i64 = 5;
/// Cards of each section on the front page.
const BLOCK: i64 = 4;
/// Cards on one section page.
const SECTION_PAGE: i64 = 20;
/// Other stories under a story.
const MORE: usize = 3;

/// `GET /`
pub(super) async fn front(State(newsroom): State<Shared>) -> Result<Response, SiteError> {
    let frame = frame(&newsroom).await?;
    let top = cards(&newsroom.db.latest(TOP).await?);
    let mut blocks = Vec::new();
    for section in frame.site.sections.iter().filter(|section| section.parent.is_none()) {
        let cards = cards(&newsroom.db.of_section(&section.slug, 0, BLOCK).await?);
        if !cards.is_empty() {
            blocks.push(SectionBlock { section: section.slug.clone(), cards });
        }
    }
    let addresses = SiteAddresses::default();
    let page = FrontPage { top, blocks };
    let page = page::render_front(&page, &newsroom.theme, &context(&newsroom, &frame, &addresses))?;
    Ok(html(StatusCode::OK, page))
}

/// Which part of a long list is wanted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    page: Option<String>,
}

/// `GET /s/{section}`
pub(super) async fn section(
    State(newsroom): State<Shared>,
    Parts(slug): Parts<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, SiteError> {
    let frame = frame(&newsroom).await?;
    if frame.site.sections.iter().all(|section| section.slug != slug) {
        return missing(&newsroom, StatusCode::NOT_FOUND).await;
    }
    let page = wanted.ok().and_then(|Query(wanted)| wanted.page);
    let number = page.and_then(|page| page.parse::<u16>().ok()).map_or(1, |page| page.max(1));
    let skip = (i64::from(number) - 1) * SECTION_PAGE;
    let rows = newsroom.db.of_section(&slug, skip, SECTION_PAGE + 1).await?;
    let more = rows.get(SECTION_PAGE as usize).is_some();
    let cards = rows.iter().take(SECTION_PAGE as usize).map(card).collect();
    let older = more.then(|| format!("/s/{slug}?page={}", u32::from(number) + 1));
    let addresses = SiteAddresses::default();
    let page = SectionPage { section: slug, cards, older };
    let page = page::render_section(&page, &newsroom.theme, &context(&newsroom, &frame, &addresses))?;
    Ok(html(StatusCode::OK, page))
}

/// `GET /{section}/{year}/{short}-{slug}`
pub(super) async fn story(
    State(newsroom): State<Shared>,
    Parts((_, _, name)): Parts<(String, String, String)>,
    method: Method,
    uri: Uri,
) -> Result<Response, SiteError> {
    let short = name.split('-').next().unwrap_or_default();
    let Some(story) = newsroom.db.story_by_short(short).await? else {
        return missing(&newsroom, StatusCode::NOT_FOUND).await;
    };
    if matches!(story.state, PublicState::Withdrawn | PublicState::Killed) {
        return missing(&newsroom, StatusCode::GONE).await;
    }
    let (PublicState::Live, Some(path), Some(revision)) =
        (story.state, story.live.path.clone(), story.live.revision)
    else {
        return missing(&newsroom, StatusCode::NOT_FOUND).await;
    };
    if path != uri.path() {
        return Ok(moved(&path));
    }
    let payload = newsroom.db.payload(story.id, revision).await?;
    let page = story_page(&newsroom, &payload, &story, Some(path)).await?;
    if method == Method::GET {
        newsroom.db.count_view(story.id).await?;
    }
    Ok(html(StatusCode::OK, page))
}

/// `GET /preview/{id}/{key}`: the working copy, for those who were given the address.
pub(super) async fn preview(
    State(newsroom): State<Shared>,
    Parts((id, key)): Parts<(String, String)>,
) -> Result<Response, SiteError> {
    let story = match id.parse::<StoryId>() {
        Ok(id) => newsroom.db.story(id).await?.filter(|story| story.preview_key == key),
        Err(_) => None,
    };
    let Some(story) = story else { return missing(&newsroom, StatusCode::NOT_FOUND).await };
    if story.state == PublicState::Killed {
        return missing(&newsroom, StatusCode::GONE).await;
    }
    let payload = newsroom.db.payload(story.id, story.revision).await?;
    let mut response = html(StatusCode::OK, story_page(&newsroom, &payload, &story, None).await?);
    let unlisted = HeaderName::from_static("x-robots-tag");
    response.headers_mut().insert(unlisted, HeaderValue::from_static("noindex"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The page that says there is nothing, or nothing any more.
pub(super) async fn missing(newsroom: &Newsroom, status: StatusCode) -> Result<Response, SiteError> {
    let frame = frame(newsroom).await?;
    let addresses = SiteAddresses::default();
    let page = page::render_not_found(&newsroom.theme, &context(newsroom, &frame, &addresses))?;
    Ok(html(status, page))
}

async fn story_page(
    newsroom: &Newsroom,
    payload: &Payload,
    story: &StoryRow,
    path: Option<String>,
) -> Result<String, SiteError> {
    let frame = frame(newsroom).await?;
    let addresses = SiteAddresses::of(newsroom, payload).await?;
    let more = more(newsroom, &frame.site.sections, story, &payload.section).await?;
    let live = &story.live;
    let correction = live.corrected_at.zip(live.correction.clone());
    let page = StoryPage {
        content: &payload.to_content(),
        published_at: live.first_at.map(time),
        updated_at: live.updated_at.map(time),
        canonical_url: path.map(|path| format!("{}{path}", newsroom.url())),
        comments: Some(newsroom.db.visible_comments(story.id).await?),
        correction: correction.map(|(at, note)| Correction {
            at: time(at),
            kind: live.correction_kind.unwrap_or(ChangeKind::Correction),
            note,
        }),
        more: &more,
    };
    Ok(page::render(&page, &newsroom.theme, &context(newsroom, &frame, &addresses))?)
}

/// Other stories of the section; when it has too few, of the section above it.
async fn more(
    newsroom: &Newsroom,
    sections: &[Section],
    story: &StoryRow,
    section: &str,
) -> Result<Vec<Card>, SiteError> {
    let above = sections.iter().find(|other| other.slug == section).and_then(|own| own.parent.as_deref());
    let mut found: Vec<StoryRow> = Vec::new();
    for slug in std::iter::once(section).chain(above) {
        let others = newsroom.db.of_section(slug, 0, BLOCK).await?;
        let fresh = |other: &StoryRow| other.id != story.id && found.iter().all(|known| known.id != other.id);
        let others: Vec<StoryRow> = others.into_iter().filter(fresh).collect();
        found.extend(others);
    }
    Ok(found.iter().take(MORE).map(card).collect())
}

fn context<'a>(newsroom: &Newsroom, frame: &'a Frame, addresses: &'a SiteAddresses) -> Context<'a> {
    Context {
        now: newsroom.now(),
        site: &frame.site,
        latest: &frame.latest,
        popular: &frame.popular,
        addresses,
        preview: false,
    }
}

fn cards(stories: &[StoryRow]) -> Vec<Card> {
    stories.iter().map(card).collect()
}

fn moved(path: &str) -> Response {
    let place = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, place)]).into_response()
}
