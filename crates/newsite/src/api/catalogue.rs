//! What a portal has on offer: its sections and its lists.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;
use story::{Sha256Hex, StoryId};

use super::{
    LIST_PAGE,
    problem::Problem,
    read::{SignedIn, names_tag, text},
};
use crate::{
    db::{stories::StoryRow, time},
    newsroom::Shared,
};

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

/// The value with its entity tag, or 304 when the client has it.
fn tagged(headers: &HeaderMap, value: &serde_json::Value) -> Response {
    let body = value.to_string();
    let tag = format!("\"{}\"", Sha256Hex::of(body.as_bytes()));
    let known = text(headers, header::IF_NONE_MATCH).is_some_and(|known| names_tag(known, &tag));
    let etag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
    if known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
    }
    let json = HeaderValue::from_static("application/json");
    ([(header::ETAG, etag), (header::CONTENT_TYPE, json)], body).into_response()
}
