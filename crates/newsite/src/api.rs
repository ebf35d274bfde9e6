//! The native contract, version 1. Every route stands in one table; `openapi.json` describes the same routes,
//! and a test holds the two together.

use axum::{
    Json, Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any, delete, get, head, patch, post, put},
};
use serde_json::json;
use tower_http::catch_panic::CatchPanicLayer;

use crate::newsroom::{NAME_BN, NAME_EN, Shared};

mod catalogue;
mod changes;
mod comments;
mod leases;
mod notes;
mod originals;
mod photos;
mod problem;
mod read;
mod sessions;
mod sheet;
mod stories;
mod transitions;
mod uploads;

pub(crate) use originals::sweep;
pub(crate) use problem::{Kind, Problem};
pub(crate) use read::{bearer, drain, json_text, parse};

/// Largest photo or original, in bytes.
pub(crate) const PHOTO_BYTES: u64 = 50 * 1024 * 1024;
/// Largest photo or original, in pixels.
pub(crate) const PHOTO_PIXELS: u64 = 100_000_000;
/// Largest payload, in bytes: the longest body that a story may have, and room for the rest.
pub(crate) const PAYLOAD_BYTES: usize = story::checks::MAX_BODY_BYTES * 2;
/// Entries of a list.
pub(crate) const LIST_PAGE: i64 = 10;

/// The description of the contract, as it is served and checked in.
const OPENAPI: &str = include_str!("../openapi.json");

/// Every route of the contract.
pub(crate) fn routes() -> Vec<(&'static str, MethodRouter<Shared>)> {
    vec![
        ("/api/v1/", get(about)),
        ("/api/v1/openapi.json", get(openapi)),
        ("/api/v1/tokens", post(sessions::sign_in)),
        ("/api/v1/tokens/current", delete(sessions::sign_out)),
        ("/api/v1/me", get(sessions::me)),
        ("/api/v1/sections", get(catalogue::sections)),
        ("/api/v1/lists/latest", get(catalogue::latest)),
        ("/api/v1/lists/popular", get(catalogue::popular)),
        ("/api/v1/tags", get(catalogue::tags)),
        ("/api/v1/theme", get(catalogue::theme)),
        ("/api/v1/sheet", get(sheet::list)),
        ("/api/v1/stories", get(changes::list)),
        ("/api/v1/stories/{id}", put(stories::put).get(stories::get)),
        ("/api/v1/stories/{id}/transitions", post(transitions::give)),
        ("/api/v1/stories/{id}/revisions", get(changes::revisions)),
        ("/api/v1/stories/{id}/lease", post(leases::take).delete(leases::give_back)),
        ("/api/v1/stories/{id}/notes", get(notes::list)),
        ("/api/v1/stories/{id}/notes/{note}", put(notes::put)),
        ("/api/v1/stories/{id}/comments", get(comments::list)),
        ("/api/v1/stories/{id}/comments/{comment}", patch(comments::decide)),
        ("/api/v1/photos/{sha256}", head(photos::is_here).get(photos::get)),
        ("/api/v1/photos/{sha256}/original", head(originals::is_here).get(originals::get)),
        ("/api/v1/uploads", post(uploads::begin).options(uploads::abilities)),
        ("/api/v1/uploads/{id}", head(uploads::offset).patch(uploads::append).delete(uploads::give_up)),
    ]
}

/// The API as a router; whatever begins with `/api/` ends here.
pub(crate) fn router() -> Router<Shared> {
    let routes =
        routes().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    let unknown = || async { Problem::nothing("address in this API") };
    let method = || async { Problem::new(Kind::Method, "the Allow header names the methods that work here") };
    let panicked = |_| Problem::new(Kind::Broken, "the portal stumbled; look the story up").into_response();
    routes
        .route("/api/{*rest}", any(unknown))
        .method_not_allowed_fallback(method)
        .layer(CatchPanicLayer::custom(panicked))
}

async fn about() -> Response {
    let answer = json!({
        "name": NAME_BN,
        "name_en": NAME_EN,
        "version": env!("CARGO_PKG_VERSION"),
        "contract": "khosra-native-1",
        "capabilities": {
            "resumable_uploads": true,
            "idempotent_create": true,
            "lists": true,
            "schedules": true,
            "refuses_overwriting": true,
            "comments": true,
            "notes": true,
            "theme": true,
            "notices": true,
            "leases": true,
            "desk": true,
            "approvals": true,
            "changes": true,
            "guards": true,
            "sheet": true,
            "waits": true,
            "originals": true,
        },
        "limits": {
            "photo_bytes": PHOTO_BYTES,
            "photo_pixels": PHOTO_PIXELS,
            "original_bytes": PHOTO_BYTES,
            "body_bytes": PAYLOAD_BYTES,
            "list_page": LIST_PAGE,
            "changes_page": changes::CHANGES_PAGE,
        },
    });
    Json(answer).into_response()
}

async fn openapi() -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], OPENAPI).into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_description_names_every_route_and_no_other() {
        let described: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        let described: BTreeSet<&str> =
            described["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        let routes: BTreeSet<&str> = routes().into_iter().map(|(path, _)| path).collect();
        assert_eq!(described, routes);
    }
}
