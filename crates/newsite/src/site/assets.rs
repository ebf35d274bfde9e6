//! Photos and the theme's files.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use story::Sha256Hex;

use super::{Parts, SiteError, pages::missing};
use crate::newsroom::Shared;

/// `GET /media/{sha256}`: the name is the content, so it never changes.
pub(super) async fn photo(
    State(newsroom): State<Shared>,
    Parts(sha256): Parts<String>,
) -> Result<Response, SiteError> {
    let found = match sha256.parse::<Sha256Hex>() {
        Ok(sha256) => newsroom.db.photo(&sha256).await?,
        Err(_) => None,
    };
    let Some(photo) = found else { return missing(&newsroom, StatusCode::NOT_FOUND).await };
    let bytes = newsroom.media.get(&photo.sha256).await?;
    let headers = [
        (header::CONTENT_TYPE, value(&photo.media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::ETAG, value(&format!("\"{}\"", photo.sha256))),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /theme/{theme}/{file}`
pub(super) async fn theme_file(
    State(newsroom): State<Shared>,
    Parts((theme, file)): Parts<(String, String)>,
) -> Result<Response, SiteError> {
    let asset = newsroom.theme.asset(&file).filter(|_| theme == newsroom.theme.name());
    let Some(asset) = asset else { return missing(&newsroom, StatusCode::NOT_FOUND).await };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    Ok((headers, asset.bytes.to_vec()).into_response())
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}
