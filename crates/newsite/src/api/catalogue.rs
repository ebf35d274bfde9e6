//! What a portal has on offer: its sections and its lists.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::Response,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use story::StoryId;

use super::{
    LIST_PAGE,
    problem::Problem,
    read::{SignedIn, plain, tagged, unless_known, wanted},
};
use crate::{
    db::{stories::StoryRow, time},
    newsroom::Shared,
};

/// Tags in one answer.
const TAGS: i64 = 20;

/// Which tags are wanted: those that contain this.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    query: String,
}

#[derive(Serialize)]
struct ListItem {
    id: StoryId,
    headline: String,
    url: String,
    section: String,
    teaser: String,
    published_at: Option<DateTime<Utc>>,
}

/// `GET /api/v1/sections`
pub(super) async fn sections(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let sections = newsroom.db.sections().await?;
    Ok(tagged(&headers, &json!({ "sections": sections })))
}

/// `GET /api/v1/lists/latest`
pub(super) async fn latest(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let rows = newsroom.db.latest(LIST_PAGE).await?;
    Ok(tagged(&headers, &list(newsroom.url(), rows)))
}

/// `GET /api/v1/lists/popular`
pub(super) async fn popular(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let rows = newsroom.db.popular(LIST_PAGE).await?;
    Ok(tagged(&headers, &list(newsroom.url(), rows)))
}

fn list(site: &str, rows: Vec<StoryRow>) -> serde_json::Value {
    let item = |row: StoryRow| ListItem {
        id: row.id,
        url: format!("{site}{}", row.live.path.unwrap_or_default()),
        headline: row.live.headline.unwrap_or_default(),
        section: row.live.section.unwrap_or_default(),
        teaser: row.live.teaser.unwrap_or_default(),
        published_at: row.live.published_at.map(time),
    };
    json!({ "items": rows.into_iter().map(item).collect::<Vec<_>>() })
}

/// `GET /api/v1/tags`
pub(super) async fn tags(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    asked: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = plain(wanted(asked)?.query)?;
    let found = newsroom.db.tags(&query, TAGS).await?;
    let items: Vec<_> =
        found.into_iter().map(|(tag, stories)| json!({ "tag": tag, "stories": stories })).collect();
    Ok(tagged(&headers, &json!({ "items": items })))
}

/// `GET /api/v1/theme`
pub(super) async fn theme(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let pack = &newsroom.pack;
    Ok(unless_known(&headers, &pack.etag, ("application/zip", pack.bytes.clone())))
}
