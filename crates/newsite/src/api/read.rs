//! Reading requests: who asks, what the body holds, on which condition.

use axum::{
    body::{Body, Bytes, HttpBody as _, to_bytes},
    extract::{FromRequestParts, Path, Query, Request, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;
use story::{Role, Sha256Hex, StoryId};
use uuid::Uuid;

use super::problem::{Kind, Problem, Reason};
use crate::{
    db::{millis, stories::StoryRow},
    newsroom::Shared,
    secrets,
};

/// Bytes that are read for nothing at most.
const MAX_DRAIN: usize = 64 * 1024 * 1024;

/// Whoever asks, by the bearer token.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) user: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// The digest by which the token is stored.
    pub(crate) token_hash: String,
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, newsroom: &Shared) -> Result<Self, Problem> {
        let Some(token) = bearer(&parts.headers) else {
            return Err(Problem::new(Kind::SignedOut, "send a bearer token; POST /api/v1/tokens gives one"));
        };
        let token_hash = secrets::token_hash(token);
        let owner = newsroom.db.token_owner(&token_hash, millis(newsroom.now())).await?;
        let owner =
            owner.ok_or_else(|| Problem::new(Kind::SignedOut, "the token is unknown or has expired"))?;
        Ok(Self { user: owner.user, name: owner.name, role: owner.role, token_hash })
    }
}

/// A part of the address that must be of a certain form; anything else is an address with nothing behind it.
#[derive(Debug, Clone)]
pub(crate) struct Named<T>(pub(crate) T);

impl<T: std::str::FromStr + Send> FromRequestParts<Shared> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, newsroom: &Shared) -> Result<Self, Problem> {
        let Path(name): Path<String> =
            Path::from_request_parts(parts, newsroom).await.map_err(|_| Problem::nothing("thing"))?;
        name.parse().map(Self).map_err(|_| Problem::nothing("thing; the address is not of the right form"))
    }
}

/// A story, and something of it by its own id, as the address names them.
#[derive(Debug, Clone)]
pub(crate) struct PartOf(pub(crate) StoryId, pub(crate) Uuid);

impl FromRequestParts<Shared> for PartOf {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, newsroom: &Shared) -> Result<Self, Problem> {
        let place = Path::<(StoryId, Uuid)>::from_request_parts(parts, newsroom).await;
        place
            .map(|Path((story, part))| Self(story, part))
            .map_err(|_| Problem::nothing("story or part of it"))
    }
}

/// The body's bytes, at most `limit` of them.
pub(crate) async fn body(request: Request, limit: usize) -> Result<Bytes, Problem> {
    let too_large = || Problem::new(Kind::TooLarge, format!("at most {limit} bytes are taken here"));
    let announced = request.body().size_hint().lower();
    if announced > u64::try_from(limit).unwrap_or(u64::MAX) {
        drain(request.into_body()).await;
        return Err(too_large());
    }
    to_bytes(request.into_body(), limit).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            if error.is::<http_body_util::LengthLimitError>() {
                return too_large();
            }
            cause = error.source();
        }
        Problem::new(Kind::Malformed, "the body broke off")
    })
}

/// Reads a body that nobody wants: a client that is still writing would see a broken connection instead of the
/// answer.
pub(crate) async fn drain(mut body: Body) {
    let mut left = MAX_DRAIN;
    while let Some(Ok(frame)) = body.frame().await {
        left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            return;
        }
    }
}

/// The body as JSON text, at most `limit` bytes.
pub(crate) async fn json_text(request: Request, limit: usize) -> Result<String, Problem> {
    let kind = text(request.headers(), header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(Kind::MediaType, "the body must be application/json"));
    }
    let bytes = body(request, limit).await?;
    String::from_utf8(bytes.into()).map_err(|_| Problem::new(Kind::Malformed, "the body is not UTF-8"))
}

/// JSON text as `T`: what is no JSON at all is malformed, what has the wrong shape is invalid.
pub(crate) fn parse<T: DeserializeOwned>(json: &str) -> Result<T, Problem> {
    if writes_null(json) {
        return Err(Problem::invalid(vec![Reason::new("", "holds the character U+0000")]));
    }
    serde_json::from_str(json).map_err(|error| {
        if error.is_data() {
            return Problem::invalid(vec![Reason::new("", error.to_string())]);
        }
        Problem::new(Kind::Malformed, format!("the body is not JSON: {error}"))
    })
}

/// Whether the text holds the escape of U+0000, a character that no headline has and not every database takes.
fn writes_null(json: &str) -> bool {
    json.match_indices("\\u0000").any(|(at, _)| {
        let before = json.get(..at).unwrap_or_default();
        before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0
    })
}

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (kind, token) = text(headers, header::AUTHORIZATION)?.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A header's text.
pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Whether a header of entity tags names this one. Quotes and the weak mark do not matter to the comparison:
/// our tags hold neither.
pub(crate) fn names_tag(header: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned();
    header.trim() == "*" || header.split(',').any(|candidate| bare(candidate) == bare(tag))
}

/// The parts of the address behind the question mark.
pub(super) fn wanted<T>(asked: Result<Query<T>, QueryRejection>) -> Result<T, Problem> {
    asked.map(|Query(wanted)| wanted).map_err(|error| Problem::new(Kind::Malformed, error.body_text()))
}

/// Text that every database takes.
pub(super) fn plain(text: String) -> Result<String, Problem> {
    if text.contains('\0') {
        Err(Problem::new(Kind::Malformed, "holds the character U+0000"))
    } else {
        Ok(text)
    }
}

/// Who may write at a story may also hold it and speak about it: everybody at the desk, and its author.
pub(super) fn may_write(who: &SignedIn, story: &StoryRow) -> Result<(), Problem> {
    match who.role {
        Role::Admin => Err(Problem::new(Kind::Forbidden, "an administrator has no part in stories")),
        Role::Correspondent if story.author != who.user => {
            Err(Problem::new(Kind::Forbidden, "the story is another correspondent's"))
        }
        _ => Ok(()),
    }
}

/// The value with its entity tag, or 304 when the client has it.
pub(super) fn tagged(headers: &HeaderMap, value: &serde_json::Value) -> Response {
    let body = value.to_string();
    let tag = format!("\"{}\"", Sha256Hex::of(body.as_bytes()));
    unless_known(headers, &tag, ("application/json", body.into()))
}

/// The body of this media type, or 304 when the client has the one with this tag.
pub(super) fn unless_known(headers: &HeaderMap, tag: &str, body: (&str, Bytes)) -> Response {
    let etag = [(header::ETAG, HeaderValue::from_str(tag).unwrap_or(HeaderValue::from_static("\"\"")))];
    if text(headers, header::IF_NONE_MATCH).is_some_and(|known| names_tag(known, tag)) {
        return (StatusCode::NOT_MODIFIED, etag).into_response();
    }
    let unknown = HeaderValue::from_static("application/octet-stream");
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_str(body.0).unwrap_or(unknown))];
    (etag, kind, body.1).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_null_character_is_found_and_words_about_it_are_not() {
        for json in [r#"{"a":"\u0000"}"#, r#""\\\u0000""#, r#""ক\u0000""#] {
            assert!(writes_null(json), "{json}");
        }
        for json in [r#""\\u0000""#, r#""\u0001""#, r#""u0000""#, "", r#""\\\\u0000""#] {
            assert!(!writes_null(json), "{json}");
        }
    }

    #[test]
    fn a_tag_is_found_in_a_list_quoted_weak_or_bare() {
        for header in ["*", "\"a\"", "W/\"a\"", "\"b\", \"a\"", "a"] {
            assert!(names_tag(header, "\"a\""), "{header}");
        }
        for header in ["", "\"b\"", "\"aa\"", "\"*\""] {
            assert!(!names_tag(header, "\"a\""), "{header}");
        }
    }
}
