//! What readers get: pages, pictures, feeds. A reader never sees an error of ours as we see it.

use axum::{
    Router,
    extract::{FromRequestParts, Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header, request},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::de::DeserializeOwned;
use tower_http::catch_panic::CatchPanicLayer;

use crate::newsroom::Shared;

mod addresses;
mod assets;
mod cards;
mod feeds;
mod pages;

/// Pages bring no script, and nothing from anywhere else.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is shown when even the "not found" page cannot be made.
const SORRY: &str = "<!doctype html><html lang=\"bn\"><meta charset=\"utf-8\"><title>দুঃখিত</title>\
    <h1>দুঃখিত, পাতাটি এই মুহূর্তে দেখানো যাচ্ছে না</h1><p>একটু পরে আবার চেষ্টা করুন।</p>\
    <p><a href=\"/\">প্রথম পাতা</a></p></html>";

/// Why a page could not be made. Readers are told only that it could not.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SiteError {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("page: {0}")]
    Page(#[from] page::PageError),
    #[error("photo: {0}")]
    Photo(#[from] crate::media::MediaError),
}

impl IntoResponse for SiteError {
    fn into_response(self) -> Response {
        tracing::error!(error = %self, "a page could not be made");
        sorry()
    }
}

/// The public site.
pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/", get(pages::front))
        .route("/s/{section}", get(pages::section))
        .route("/{section}/{year}/{story}", get(pages::story))
        .route("/preview/{id}/{key}", get(pages::preview))
        .route("/media/{sha256}", get(assets::photo))
        .route("/theme/{theme}/{file}", get(assets::theme_file))
        .route("/feed.xml", get(feeds::rss))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/robots.txt", get(feeds::robots))
        .fallback(nothing)
        .method_not_allowed_fallback(not_this_way)
        .layer(CatchPanicLayer::custom(|_| sorry()))
        .layer(from_fn(guarded))
}

async fn nothing(State(newsroom): State<Shared>) -> Result<Response, SiteError> {
    pages::missing(&newsroom, StatusCode::NOT_FOUND).await
}

async fn not_this_way(State(newsroom): State<Shared>) -> Result<Response, SiteError> {
    pages::missing(&newsroom, StatusCode::METHOD_NOT_ALLOWED).await
}

/// The parts of an address. One whose parts are no text leads to the page that says there is nothing.
struct Parts<T>(T);

impl<T: DeserializeOwned + Send> FromRequestParts<Shared> for Parts<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut request::Parts, newsroom: &Shared) -> Result<Self, Response> {
        match Path::from_request_parts(parts, newsroom).await {
            Ok(Path(found)) => Ok(Self(found)),
            Err(_) => Err(pages::missing(newsroom, StatusCode::NOT_FOUND).await.into_response()),
        }
    }
}

fn sorry() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, HTML)], SORRY).into_response()
}

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// A page that is asked for anew each time, so that a correction reaches readers at once.
fn html(status: StatusCode, page: String) -> Response {
    let fresh = HeaderValue::from_static("no-cache");
    (status, [(header::CONTENT_TYPE, HTML), (header::CACHE_CONTROL, fresh)], page).into_response()
}

async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    let resources = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resources, HeaderValue::from_static("same-origin"));
    response
}
