//! Commands that change where a story stands. Each carries a key: the same key gives the same answer and one
//! effect, however often it is sent.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;
use sqlx::AnyConnection;
use story::{ChangeKind, Consent, FURTHEST, PublicState, Sha256Hex, StoryId, notice::MAX_NOTE_BYTES};
use uuid::Uuid;

use super::{
    originals::sweep,
    problem::{Kind, Problem, Reason},
    read::{Named, SignedIn, json_text, names_tag, parse, text},
    stories::{public_url, version_tag},
};
use crate::{
    db::{
        millis, originals,
        receipts::{self, Act, Receipt},
        stories::{self, StoryRow, Version},
        time,
    },
    fault::DropCredit,
    newsroom::{Newsroom, Shared},
    rules::Verb,
};

mod consent;
mod effect;
mod guarding;
mod handing;

/// How long an answer is kept for the same key; the contract promises seven days at least.
const RECEIPT_DAYS: TimeDelta = TimeDelta::days(30);
const MAX_REQUEST: usize = 64 * 1024;

#[derive(Debug, Deserialize)]
struct Order {
    command: Verb,
    /// Digest of the version that the client means.
    hash: Sha256Hex,
    #[serde(default)]
    note: String,
    /// When readers get it, with `schedule`; until when they do not, with `set_embargo`.
    #[serde(default)]
    at: Option<DateTime<Utc>>,
    /// What kind of change readers get, with `correct` only. Left out with a note, it is a correction.
    #[serde(default)]
    change: Option<ChangeKind>,
    /// On whose word, with what goes to readers or says that it may.
    #[serde(default)]
    consent: Option<Consent>,
}

/// An order with everything that carrying it out needs.
struct Given {
    key: String,
    fingerprint: String,
    id: StoryId,
    /// What the story's entity tag must be; anything, when it is not named.
    tag: Option<String>,
    order: Order,
    now: DateTime<Utc>,
    forgets_credits: bool,
    /// One person may approve what they alone have written.
    one_person: bool,
}

/// What a command came to.
struct Done {
    story: StoryRow,
    /// The version that the command was about.
    meant: Version,
    /// How it stands in the record.
    step: &'static str,
    /// What was warned of and went out all the same.
    warnings: Option<String>,
}

/// `POST /api/v1/stories/{id}/transitions`
pub(super) async fn give(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<StoryId>,
    request: Request,
) -> Result<Response, Problem> {
    let key = key(request.headers())?;
    let tag = text(request.headers(), header::IF_MATCH).filter(|tag| !tag.is_empty()).map(str::to_owned);
    let forgets_credits = request.extensions().get::<DropCredit>().is_some();
    let order: Order = parse(&json_text(request, MAX_REQUEST).await?)?;
    let running = || Problem::new(Kind::StillRunning, "ask again with the same key").after(1);
    let _held = newsroom.running.hold(&key).ok_or_else(running)?;
    let fingerprint = order.fingerprint(id);
    let (now, one_person) = (newsroom.now(), newsroom.one_person);
    let given = Given { key, fingerprint, id, tag, order, now, forgets_credits, one_person };
    carry_out(&newsroom, &who, given).await.map(answer)
}

/// Effect, record and answer in one transaction. A refusal is not kept: nothing happened, and the same key may
/// succeed once its cause is gone.
async fn carry_out(newsroom: &Newsroom, who: &SignedIn, given: Given) -> Result<String, Problem> {
    let mut transaction = newsroom.db.begin().await?;
    if let Some(receipt) = receipts::find(&mut transaction, &given.key).await? {
        let same = receipt.fingerprint == given.fingerprint;
        return if same { Ok(receipt.answer) } else { Err(key_reused()) };
    }
    given.order.well_formed(given.now)?;
    let story = stories::find(&mut transaction, given.id).await?.ok_or_else(|| Problem::nothing("story"))?;
    given.is_about(&story)?;
    let done = effect::of(&mut transaction, who, story, &given).await?;
    stories::stand(&mut transaction, &done.story).await?;
    let text = receipt_text(newsroom, &done.story, &done.meant);
    let killed = done.story.state == PublicState::Killed;
    keep(&mut transaction, who, &given, (done, &text)).await?;
    if killed {
        originals::drop_of(&mut transaction, given.id).await?;
    }
    transaction.commit().await?;
    if killed {
        sweep(newsroom).await;
    }
    Ok(text)
}

async fn keep(
    connection: &mut AnyConnection,
    who: &SignedIn,
    given: &Given,
    (done, answer): (Done, &str),
) -> Result<(), Problem> {
    let act = Act {
        key: given.key.clone(),
        story: given.id.to_string(),
        user: who.user.clone(),
        command: done.step,
        hash: given.order.hash.to_string(),
        note: given.order.note.clone(),
        done_at: millis(given.now),
        consent: given.order.consent.map(Consent::name),
        warnings: done.warnings,
    };
    receipts::record(connection, &act).await?;
    let (key, fingerprint) = (given.key.clone(), given.fingerprint.clone());
    let receipt = Receipt { key, fingerprint, answer: answer.to_owned() };
    Ok(receipts::add(connection, &receipt, millis(given.now + RECEIPT_DAYS)).await?)
}

fn key_reused() -> Problem {
    Problem::new(Kind::KeyReused, "a new command needs a new key")
}

/// Uuid of the client's intent; in the header it may stand in quotes, as structured fields have strings.
fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let header = text(headers, HeaderName::from_static("idempotency-key"));
    let key = header.and_then(|key| Uuid::parse_str(key.trim_matches('"')).ok());
    let missing = || Problem::new(Kind::Malformed, "the Idempotency-Key header must hold a UUID");
    key.map(|key| key.to_string()).ok_or_else(missing)
}

/// Names the version that the command was about, which for a taking down is not what readers have now.
fn receipt_text(newsroom: &Newsroom, story: &StoryRow, meant: &Version) -> String {
    let answer = json!({
        "id": story.id,
        "state": story.state,
        "desk": story.desk,
        "revision": meant.revision,
        "hash": meant.hash,
        "public_url": public_url(newsroom, story),
        "published_at": story.live.published_at.map(time),
        "updated_at": story.live.updated_at.map(time),
        "scheduled_for": story.planned.as_ref().map(|planned| time(planned.at)),
        "guards": story.guards,
    });
    answer.to_string()
}

fn answer(text: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
}

impl Given {
    /// A command that was decided on before the story was taken down, and arrives after it, does nothing.
    fn is_about(&self, story: &StoryRow) -> Result<(), Problem> {
        if self.tag.as_ref().is_none_or(|tag| names_tag(tag, &version_tag(story))) {
            return Ok(());
        }
        Err(Problem::new(Kind::ChangedHere, "the story was changed or taken down since it was looked at"))
    }
}

impl Order {
    fn fingerprint(&self, id: StoryId) -> String {
        let mut parts = vec![json!([id, self.command.name(), self.hash, self.note, self.at, self.change])];
        // Left out where it is not given, so that keys which are older than it keep their fingerprint.
        parts.extend(self.consent.map(|consent| json!(consent)));
        let parts = if let [only] = parts.as_slice() { only.clone() } else { json!(parts) };
        Sha256Hex::of(parts.to_string().as_bytes()).to_string()
    }

    fn well_formed(&self, now: DateTime<Utc>) -> Result<(), Problem> {
        let mut reasons = Vec::new();
        if self.note.len() > MAX_NOTE_BYTES {
            reasons.push(Reason::new("/note", format!("longer than {MAX_NOTE_BYTES} bytes")));
        }
        if self.change.is_some() && self.command != Verb::Correct {
            reasons.push(Reason::new("/change", "only a correction is a change of what readers have"));
        }
        let breaks_glass = self.consent == Some(Consent::Glass);
        let takes_two = matches!(self.command, Verb::Kill | Verb::ClearFlag);
        if self.consent.is_some() && !(if breaks_glass { takes_two } else { self.command.judges() }) {
            reasons.push(Reason::new("/consent", "this command does not go on such a word"));
        }
        if self.change.is_some_and(ChangeKind::is_told) && self.note.trim().is_empty() {
            reasons.push(Reason::new("/note", "readers are to be told what was changed"));
        }
        let needs_reason = match self.command {
            Verb::Kill => Some("a kill needs its reason"),
            Verb::Return => Some("its author has to be told why"),
            Verb::Flag => Some("a legal flag needs its reason"),
            Verb::ClearFlag => Some("whoever clears a legal flag says why"),
            _ => None,
        };
        let unsaid = needs_reason.filter(|_| self.note.trim().is_empty());
        reasons.extend(unsaid.map(|why| Reason::new("/note", why)));
        let at = match (self.command, self.at) {
            (Verb::Schedule, None) => Some("a schedule needs its time"),
            (Verb::SetEmbargo, None) => Some("an embargo needs its time"),
            (Verb::SetEmbargo, Some(at)) if at > now + FURTHEST => Some("lies more than a year ahead"),
            // One whose time has come on its way is no mistake; it holds nothing back.
            (Verb::SetEmbargo, Some(_)) => None,
            (Verb::Schedule, Some(at)) if at <= now => Some("does not lie ahead of the portal's clock"),
            (Verb::Schedule, Some(at)) if at > now + FURTHEST => Some("lies more than a year ahead"),
            (Verb::Schedule, Some(_)) | (_, None) => None,
            (_, Some(_)) => Some("only a schedule and an embargo have a time"),
        };
        reasons.extend(at.map(|why| Reason::new("/at", why)));
        if reasons.is_empty() { Ok(()) } else { Err(Problem::invalid(reasons)) }
    }
}
