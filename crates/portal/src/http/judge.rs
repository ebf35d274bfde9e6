//! What an answer, or the lack of one, means. Pure but for the error types it looks into.

use std::{error::Error, io};

use reqwest::header::LOCATION;
use serde::{Deserialize, de::DeserializeOwned};
use story::Cause;

use super::{Answer, page, retry_after::retry_after};
use crate::failure::Failure;

/// Whether a request changes something: decides what a lost answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It only reads: whatever happens, nothing was done.
    Reads,
    /// It may have been carried out although no good answer came.
    Writes,
}

impl Effect {
    /// A failure without a trustworthy answer.
    pub(crate) fn failure(self, cause: Cause, detail: impl Into<String>) -> Failure {
        match self {
            Self::Reads => Failure::harmless(cause, detail),
            Self::Writes => Failure::open(cause, detail),
        }
    }
}

/// RFC 9457.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Problem {
    r#type: String,
    title: String,
    detail: String,
    errors: Vec<Pointer>,
}

/// One field that the portal did not accept.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Pointer {
    pointer: String,
    #[serde(alias = "reason")]
    detail: String,
}

/// Whether the portal itself speaks, and not something that stands in the way.
pub(crate) fn is_problem(answer: &Answer) -> bool {
    answer.media_type() == "application/problem+json"
}

/// Whether a refusal is the portal's own. What stands before it (a firewall, a cache, a gateway) refuses in HTML,
/// also in the place of an answer to something that was done: that says nothing about what stands behind.
fn is_the_portals(answer: &Answer) -> bool {
    let media_type = answer.media_type();
    media_type == "application/json" || media_type.ends_with("+json")
}

/// No answer, or only part of one.
pub(super) fn broken(error: &reqwest::Error, effect: Effect) -> Failure {
    let detail = causes(error);
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => Failure::harmless(Cause::Timeout, detail),
        (true, false) if distrusts(error) => Failure::harmless(Cause::Untrusted, detail),
        (true, false) => Failure::harmless(Cause::Offline, detail),
        (false, true) => effect.failure(Cause::Timeout, detail),
        (false, false) if error.is_builder() => Failure::harmless(Cause::NotTheContract, detail),
        (false, false) => effect.failure(Cause::CutOff, detail),
    }
}

/// An answer with a status that was not asked for.
pub(super) fn refusal(answer: &Answer, effect: Effect) -> Failure {
    let problem = problem(answer);
    let detail = words(answer, problem.as_ref());
    let no = |cause, detail| {
        if is_the_portals(answer) { Failure::harmless(cause, detail) } else { effect.failure(cause, detail) }
    };
    let failure = match answer.status {
        200..=299 => effect.failure(page::cause(&answer.body), detail),
        300..=399 => redirect(answer, effect),
        401 => no(Cause::SignedOut, detail),
        403 => no(Cause::Forbidden, detail),
        404 | 410 => no(Cause::NotFound, detail),
        408 => effect.failure(Cause::Timeout, detail),
        409 if is_named(problem.as_ref(), "still-running") => Failure::open(Cause::StillRunning, detail),
        409 if is_named(problem.as_ref(), "not-approved") => no(Cause::NotApproved, detail),
        409 if is_named(problem.as_ref(), "suggestions-open") => no(Cause::SuggestionsOpen, detail),
        409 if is_named(problem.as_ref(), "flagged") => no(Cause::Flagged, detail),
        409 if is_named(problem.as_ref(), "embargoed") => no(Cause::Embargoed, detail),
        409 if is_named(problem.as_ref(), "kill-waits") => no(Cause::KillWaits, detail),
        409 => no(Cause::Conflict, detail),
        412 => no(Cause::ChangedOnPortal, detail),
        413 => no(Cause::TooLarge, detail),
        400..=499 if answer.status != 429 => no(Cause::Invalid, detail),
        429 => no(Cause::TooManyRequests, detail),
        503 => no(Cause::Unavailable, detail),
        511 => effect.failure(Cause::LoginPage, detail),
        _ => effect.failure(Cause::PortalBroken, detail),
    };
    Failure { after: retry_after(&answer.headers), ..failure }
}

/// The body as `T`, or why it does not count although the status was right.
pub(super) fn json<T: DeserializeOwned>(answer: &Answer, effect: Effect) -> Result<T, Failure> {
    let media_type = answer.media_type();
    if media_type != "application/json" && !media_type.ends_with("+json") {
        return Err(effect.failure(page::cause(&answer.body), words(answer, None)));
    }
    serde_json::from_slice(&answer.body).map_err(|error| {
        let cause = match page::cause(&answer.body) {
            Cause::NotTheContract if error.is_eof() => Cause::CutOff,
            cause => cause,
        };
        effect.failure(cause, format!("{error}\n{}", words(answer, None)))
    })
}

fn problem(answer: &Answer) -> Option<Problem> {
    is_problem(answer).then(|| serde_json::from_slice(&answer.body).ok()).flatten()
}

/// The name of the portal's own refusal: its type is a URI whose last part that is.
pub(crate) fn problem_name(answer: &Answer) -> Option<String> {
    problem(answer).as_ref().and_then(name).map(str::to_owned)
}

fn name(problem: &Problem) -> Option<&str> {
    problem.r#type.rsplit(['/', ':', '#']).next()
}

fn is_named(problem: Option<&Problem>, wanted: &str) -> bool {
    problem.and_then(name) == Some(wanted)
}

fn words(answer: &Answer, problem: Option<&Problem>) -> String {
    let Some(problem) = problem else {
        return format!("HTTP {}: {}", answer.status, page::plain_text(&answer.body));
    };
    let mut lines = vec![format!("HTTP {}: {}", answer.status, problem.title), problem.detail.clone()];
    lines.extend(problem.errors.iter().map(|error| format!("{}: {}", error.pointer, error.detail)));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// A redirect is never followed. To the same origin it is a portal that does not keep the contract.
fn redirect(answer: &Answer, effect: Effect) -> Failure {
    let place = answer.header(LOCATION.as_str()).unwrap_or_default();
    let elsewhere = answer.url.join(place).is_ok_and(|to| to.origin() != answer.url.origin());
    let cause = if elsewhere { Cause::Redirected } else { Cause::NotTheContract };
    effect.failure(cause, format!("HTTP {}: {place}", answer.status))
}

/// rustls reports its refusals as `InvalidData`; a refused or unreachable connection has other kinds. An I/O
/// error that wraps another one is looked into by itself, for its `source` leaves out the one it wraps.
fn distrusts(error: &(dyn Error + 'static)) -> bool {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        let inner = error.get_ref();
        return error.kind() == io::ErrorKind::InvalidData || inner.is_some_and(|inner| distrusts(inner));
    }
    error.source().is_some_and(distrusts)
}

/// The error and what caused it, without the address: it may name a story that is not public yet.
fn causes(error: &reqwest::Error) -> String {
    let mut parts = Vec::new();
    let mut next: Option<&dyn Error> = error.source();
    while let Some(error) = next {
        parts.push(error.to_string());
        next = error.source();
    }
    parts.dedup();
    parts.join(": ")
}
