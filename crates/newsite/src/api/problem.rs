//! Every refusal of the API, as RFC 9457 has it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{media::MediaError, rules::Refused};

/// What kind of refusal it is. The name ends the problem's `type`, for programs to tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Malformed,
    SignedOut,
    Forbidden,
    NotFound,
    Method,
    TooSlow,
    StillRunning,
    KeyReused,
    MovedOn,
    OutOfTurn,
    NotApproved,
    SuggestionsOpen,
    Flagged,
    Embargoed,
    KillWaits,
    SecondPerson,
    OffsetDiffers,
    Leased,
    ChangedHere,
    TooLarge,
    MediaType,
    Invalid,
    ConditionRequired,
    TooManyRequests,
    Checksum,
    TusVersion,
    Broken,
}

impl Kind {
    /// Status, name and title.
    fn parts(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Malformed => (400, "malformed", "The request cannot be read"),
            Self::SignedOut => (401, "signed-out", "Sign in first"),
            Self::Forbidden => (403, "forbidden", "This account may not do that"),
            Self::NotFound => (404, "not-found", "There is nothing here"),
            Self::Method => (405, "method-not-allowed", "Not with this method"),
            Self::TooSlow => (408, "too-slow", "The rest of the request did not come"),
            Self::StillRunning => (409, "still-running", "The same command is still being carried out"),
            Self::KeyReused => (409, "key-reused", "This Idempotency-Key was used for another command"),
            Self::MovedOn => (409, "moved-on", "The portal has another version than the one named"),
            Self::OutOfTurn => (409, "out-of-turn", "The story does not stand so that this can be done"),
            Self::NotApproved => (409, "not-approved", "This version is not the one that was approved"),
            Self::SuggestionsOpen => {
                (409, "suggestions-open", "Somebody suggested a change that still waits")
            }
            Self::Flagged => (409, "flagged", "A legal flag holds the story back"),
            Self::Embargoed => (409, "embargoed", "The story is under embargo"),
            Self::KillWaits => (409, "kill-waits", "A kill waits for a second person"),
            Self::SecondPerson => (403, "second-person", "Somebody else has to agree"),
            Self::OffsetDiffers => (409, "offset-differs", "The upload stands at another byte"),
            Self::Leased => (409, "leased", "Somebody else has the story"),
            Self::ChangedHere => (412, "changed-here", "The story was changed here meanwhile"),
            Self::TooLarge => (413, "too-large", "Larger than this portal takes"),
            Self::MediaType => (415, "media-type", "Not a media type that is taken here"),
            Self::Invalid => (422, "invalid", "Some of it cannot be accepted"),
            Self::ConditionRequired => (428, "condition-required", "Say If-None-Match or If-Match"),
            Self::TooManyRequests => (429, "too-many-requests", "Too many attempts"),
            Self::Checksum => (460, "checksum", "The bytes arrived damaged"),
            Self::TusVersion => (412, "tus-version", "Only tus 1.0.0 is spoken here"),
            Self::Broken => (500, "broken", "Something is wrong at the portal"),
        }
    }
}

/// One refusal.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    kind: Kind,
    detail: String,
    reasons: Vec<Reason>,
    retry_after: Option<i64>,
}

/// What is wrong with one part of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reason {
    /// JSON pointer into the request's body.
    pub(crate) pointer: String,
    /// Why it cannot be accepted.
    pub(crate) detail: String,
}

impl Reason {
    pub(crate) fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[Reason]>::is_empty")]
    errors: &'a [Reason],
}

impl Problem {
    pub(crate) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), reasons: Vec::new(), retry_after: None }
    }

    /// 422, with a reason for each part that is wrong.
    pub(crate) fn invalid(reasons: Vec<Reason>) -> Self {
        let detail = "each of `errors` names a place in the body and what is wrong with it";
        Self { reasons, ..Self::new(Kind::Invalid, detail) }
    }

    /// 404 for a thing of this kind.
    pub(crate) fn nothing(what: &str) -> Self {
        Self::new(Kind::NotFound, format!("no such {what}"))
    }

    /// With `Retry-After`, in seconds.
    pub(crate) fn after(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }
}

/// A refusal by the table of commands.
impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Role(words) => Self::new(Kind::Forbidden, words),
            Refused::State(words) => Self::new(Kind::OutOfTurn, words),
        }
    }
}

/// The cause is for the log; whoever asked cannot do anything about it.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "database");
        Self::new(Kind::Broken, "the database did not do what it was asked; nothing was changed")
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        tracing::error!(%error, "file");
        Self::new(Kind::Broken, "a file could not be read or written; nothing was changed")
    }
}

impl From<MediaError> for Problem {
    fn from(error: MediaError) -> Self {
        tracing::error!(%error, "photos");
        Self::new(Kind::Broken, "the photo could not be stored; send its last bytes again")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, name, title) = self.kind.parts();
        let r#type = format!("urn:khosra:problem:{name}");
        let body = Body { r#type, title, status, detail: &self.detail, errors: &self.reasons };
        let text = serde_json::to_string(&body).unwrap_or_default();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
        let mut response = (status, kind, text).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.kind == Kind::SignedOut {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
