//! Leases say whose text is head while somebody writes. They never stop anybody's writing: `PUT` does not ask for
//! one. Whoever takes a lease over says so, and is told from whom.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use story::StoryId;

use super::{
    problem::{Kind, Problem, Reason},
    read::{Named, SignedIn, json_text, may_write, parse, text},
};
use crate::{
    db::{
        leases::{self, LeaseRow},
        millis, stories, time,
    },
    newsroom::Shared,
    secrets,
};

const TERM: TimeDelta = TimeDelta::minutes(5);
const MAX_REQUEST: usize = 16 * 1024;
const MAX_DEVICE: usize = 200;
const TOKEN: HeaderName = HeaderName::from_static("lease-token");

#[derive(Debug, Deserialize)]
struct Wish {
    /// For whoever finds the story taken.
    device: String,
    /// In the place of another holder.
    #[serde(default)]
    takeover: bool,
}

/// A lease as everybody may know it: without the token.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    holder: String,
    name: String,
    device: String,
    expires_at: DateTime<Utc>,
}

/// The answer to its holder.
#[derive(Debug, Serialize)]
struct Granted {
    #[serde(flatten)]
    lease: Told,
    token: String,
    taken_from: Option<Told>,
}

/// What is done with a wish.
enum Grant {
    /// The holder goes on with the token that they have.
    Renewed(String),
    /// A new token, and who had one before.
    New(Option<LeaseRow>),
}

/// `POST /api/v1/stories/{id}/lease`
pub(super) async fn take(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<StoryId>,
    request: Request,
) -> Result<Response, Problem> {
    let shown = text(request.headers(), TOKEN).map(str::to_owned);
    let wish: Wish = parse(&json_text(request, MAX_REQUEST).await?)?;
    if wish.device.len() > MAX_DEVICE {
        let reason = Reason::new("/device", format!("longer than {MAX_DEVICE} bytes"));
        return Err(Problem::invalid(vec![reason]));
    }
    let now = newsroom.now();
    let mut transaction = newsroom.db.begin().await?;
    let story = stories::find(&mut transaction, id).await?.ok_or_else(|| Problem::nothing("story"))?;
    may_write(&who, &story)?;
    let grant = grant(leases::find(&mut transaction, id, millis(now)).await?, &who, &wish, shown)?;
    let (status, token, before) = match grant {
        Grant::Renewed(token) => (StatusCode::OK, token, None),
        Grant::New(before) => (StatusCode::CREATED, secrets::token(), before),
    };
    let lease = LeaseRow {
        token_hash: secrets::token_hash(&token),
        user: who.user,
        name: who.name,
        device: wish.device,
        expires_at: millis(now + TERM),
    };
    leases::put(&mut transaction, id, &lease).await?;
    // Whoever follows the desk's queue sees in whose hands a story is.
    stories::touch(&mut transaction, id).await?;
    transaction.commit().await?;
    let answer = Granted { lease: told(&lease), token, taken_from: before.as_ref().map(told) };
    Ok((status, Json(answer)).into_response())
}

/// `DELETE /api/v1/stories/{id}/lease`
pub(super) async fn give_back(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(id): Named<StoryId>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let missing = || Problem::new(Kind::Malformed, "the Lease-Token header must hold the lease's token");
    let token = text(&headers, TOKEN).filter(|token| !token.is_empty()).ok_or_else(missing)?;
    let mut transaction = newsroom.db.begin().await?;
    stories::find(&mut transaction, id).await?.ok_or_else(|| Problem::nothing("story"))?;
    match leases::find(&mut transaction, id, millis(newsroom.now())).await? {
        Some(lease) if lease.token_hash == secrets::token_hash(token) => {
            leases::drop(&mut transaction, id).await?;
            stories::touch(&mut transaction, id).await?;
            transaction.commit().await?;
        }
        Some(lease) => return Err(leased(&lease)),
        // It has run out, or the answer to an earlier giving back was lost.
        None => {}
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Who has the story.
pub(super) fn told(lease: &LeaseRow) -> Told {
    Told {
        holder: lease.user.clone(),
        name: lease.name.clone(),
        device: lease.device.clone(),
        expires_at: time(lease.expires_at),
    }
}

fn grant(
    held: Option<LeaseRow>,
    who: &SignedIn,
    wish: &Wish,
    shown: Option<String>,
) -> Result<Grant, Problem> {
    let Some(lease) = held else { return Ok(Grant::New(None)) };
    if let Some(token) = shown.filter(|token| secrets::token_hash(token) == lease.token_hash) {
        return Ok(Grant::Renewed(token));
    }
    // The holder on the same device: the answer with the token was lost.
    if lease.user == who.user && lease.device == wish.device {
        return Ok(Grant::New(None));
    }
    if wish.takeover { Ok(Grant::New(Some(lease))) } else { Err(leased(&lease)) }
}

/// The refusal that names who has it.
pub(super) fn leased(lease: &LeaseRow) -> Problem {
    let until = time(lease.expires_at).format("%H:%M:%SZ");
    let words =
        format!("{} ({}) has the story until {until}; say `takeover` to take it", lease.name, lease.device);
    Problem::new(Kind::Leased, words)
}
