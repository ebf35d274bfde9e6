//! Photos that the portal has, for whoever writes at their stories.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use story::Sha256Hex;

use super::{
    problem::{Kind, Problem},
    read::{Named, SignedIn, unless_known},
};
use crate::newsroom::Shared;

/// `HEAD /api/v1/photos/{sha256}`
pub(super) async fn is_here(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(sha256): Named<Sha256Hex>,
) -> Result<StatusCode, Problem> {
    newsroom.db.photo(&sha256).await?.map(|_| StatusCode::OK).ok_or_else(|| Problem::nothing("photo"))
}

/// `GET /api/v1/photos/{sha256}`: the bytes as they were sent, so that they have this digest.
pub(super) async fn get(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(sha256): Named<Sha256Hex>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let photo = newsroom.db.photo(&sha256).await?.ok_or_else(|| Problem::nothing("photo"))?;
    let bytes = newsroom.media.get(&sha256).await.map_err(|error| {
        tracing::error!(%error, "photos");
        Problem::new(Kind::Broken, "the photo could not be read")
    })?;
    Ok(unless_known(&headers, &format!("\"{sha256}\""), (&photo.media_type, bytes)))
}
