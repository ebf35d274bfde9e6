//! Commands that change what readers get. Each carries a key: the same key gives the same answer and one
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
use story::{Approval, Axes, Command, DeskState, Payload, PublicState, Role, Sha256Hex, StoryId, decide};
use uuid::Uuid;

use super::{
    problem::{Kind, Problem, Reason},
    read::{Named, SignedIn, json_text, parse, text},
    stories::public_url,
};
use crate::{
    db::{
        millis,
        receipts::{self, Act, Receipt},
        stories::{self, Live, StoryRow},
        time,
    },
    fault::DropCredit,
    newsroom::{Newsroom, Shared},
    publishing,
};

/// How long an answer is kept for the same key; the contract promises seven days at least.
const RECEIPT_DAYS: TimeDelta = TimeDelta::days(30);
const MAX_REQUEST: usize = 64 * 1024;
const MAX_NOTE: usize = 4_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verb {
    Publish,
    Correct,
    Withdraw,
}

#[derive(Debug, Deserialize)]
struct Order {
    command: Verb,
    /// Digest of the version that the client means.
    hash: Sha256Hex,
    #[serde(default)]
    note: String,
}

/// `POST /api/v1/stories/{id}/transitions`
pub(super) async fn give(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<StoryId>,
    request: Request,
) -> Result<Response, Problem> {
    let key = key(request.headers())?;
    let forgets_credits = request.extensions().get::<DropCredit>().is_some();
    let order: Order = parse(&json_text(request, MAX_REQUEST).await?)?;
    if order.note.len() > MAX_NOTE {
        return Err(Problem::invalid(vec![Reason::new("/note", format!("longer than {MAX_NOTE} bytes"))]));
    }
    let running = || Problem::new(Kind::StillRunning, "ask again with the same key").after(1);
    let _held = newsroom.running.hold(&key).ok_or_else(running)?;
    let fingerprint = order.fingerprint(id);
    if let Some(receipt) = newsroom.db.receipt(&key).await? {
        if receipt.fingerprint != fingerprint {
            return Err(Problem::new(Kind::KeyReused, "a new command needs a new key"));
        }
        return Ok(answer(receipt.answer));
    }
    let given = Given { key, fingerprint, id, order, now: newsroom.now(), forgets_credits };
    carry_out(&newsroom, &who, given).await.map(answer)
}

struct Given {
    key: String,
    fingerprint: String,
    id: StoryId,
    order: Order,
    now: DateTime<Utc>,
    forgets_credits: bool,
}

/// Effect, record and answer in one transaction. A refusal is not kept: nothing happened, and the same key may
/// succeed once its cause is gone.
async fn carry_out(newsroom: &Newsroom, who: &SignedIn, given: Given) -> Result<String, Problem> {
    let mut transaction = newsroom.db.begin().await?;
    let story = stories::find(&mut transaction, given.id).await?.ok_or_else(|| Problem::nothing("story"))?;
    let (state, live) = match given.order.command {
        Verb::Withdraw => (PublicState::Withdrawn, withdrawn(&story, who, &given.order)?),
        verb => {
            allowed(verb, &story, who, given.now)?;
            (PublicState::Live, go_live(newsroom, &story, &given).await?)
        }
    };
    stories::set_live(&mut transaction, given.id, state, &live).await?;
    let story = StoryRow { state, live, ..story };
    let text = receipt_text(newsroom, &story);
    keep(&mut transaction, who, &given, &text).await?;
    transaction.commit().await?;
    Ok(text)
}

async fn keep(
    connection: &mut AnyConnection,
    who: &SignedIn,
    given: &Given,
    answer: &str,
) -> Result<(), Problem> {
    let act = Act {
        key: given.key.clone(),
        story: given.id.to_string(),
        user: who.user.clone(),
        command: given.order.command.name(),
        hash: given.order.hash.to_string(),
        note: given.order.note.clone(),
        done_at: millis(given.now),
    };
    receipts::record(connection, &act).await?;
    let (key, fingerprint) = (given.key.clone(), given.fingerprint.clone());
    let receipt = Receipt { key, fingerprint, answer: answer.to_owned() };
    Ok(receipts::add(connection, &receipt, millis(given.now + RECEIPT_DAYS)).await?)
}

/// Approval and publication are one step here: the version named is approved by the same word that sends it.
fn allowed(verb: Verb, story: &StoryRow, who: &SignedIn, now: DateTime<Utc>) -> Result<(), Problem> {
    let mut axes = Axes { desk: DeskState::InEdit, approval: None, delivery: None, public: story.state };
    axes.desk = decide(Command::Approve, &axes, who.role)?;
    axes.approval = Some(Approval { version: story.hash.clone(), by: who.user.clone(), at: now });
    let command = if verb == Verb::Publish { Command::Publish } else { Command::Correct };
    decide(command, &axes, who.role)?;
    Ok(())
}

async fn go_live(newsroom: &Newsroom, story: &StoryRow, given: &Given) -> Result<Live, Problem> {
    let (order, now) = (&given.order, given.now);
    if order.hash != story.hash {
        return Err(Problem::new(
            Kind::MovedOn,
            "the working copy here has another digest than the one named",
        ));
    }
    let payload = newsroom.db.payload(story.id, story.revision).await?;
    let mut faults = publishing::faults_for_readers(&payload, now);
    // A portal that drops credits does not ask for them either.
    faults.retain(|(at, _)| !(given.forgets_credits && at.ends_with("/credit")));
    let mut reasons: Vec<Reason> = faults.into_iter().map(|(at, why)| Reason::new(at, why)).collect();
    reasons.extend(missing_photos(newsroom, &payload).await?);
    if !reasons.is_empty() {
        return Err(Problem::invalid(reasons));
    }
    let mut live = publishing::live_now(story, &payload, now);
    if order.command == Verb::Correct && !order.note.trim().is_empty() {
        live.corrected_at = Some(millis(now));
        live.correction = Some(order.note.trim().to_owned());
    }
    Ok(live)
}

async fn missing_photos(newsroom: &Newsroom, payload: &Payload) -> Result<Vec<Reason>, Problem> {
    let mut reasons = Vec::new();
    for (index, photo) in payload.photos.iter().enumerate() {
        if newsroom.db.photo(&photo.sha256).await?.is_none() {
            reasons.push(Reason::new(format!("/photos/{index}/sha256"), "the photo has not been uploaded"));
        }
    }
    Ok(reasons)
}

fn withdrawn(story: &StoryRow, who: &SignedIn, order: &Order) -> Result<Live, Problem> {
    if who.role != Role::Editor {
        return Err(Problem::new(Kind::Forbidden, "only an editor withdraws a story"));
    }
    if story.state != PublicState::Live {
        return Err(Problem::new(Kind::OutOfTurn, "readers do not have the story"));
    }
    if story.live.hash.as_deref() != Some(order.hash.as_str()) {
        return Err(Problem::new(Kind::MovedOn, "readers have another version than the one named"));
    }
    Ok(story.live.clone())
}

/// Uuid of the client's intent; in the header it may stand in quotes, as structured fields have strings.
fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let header = text(headers, HeaderName::from_static("idempotency-key"));
    let key = header.and_then(|key| Uuid::parse_str(key.trim_matches('"')).ok());
    let missing = || Problem::new(Kind::Malformed, "the Idempotency-Key header must hold a UUID");
    key.map(|key| key.to_string()).ok_or_else(missing)
}

fn receipt_text(newsroom: &Newsroom, story: &StoryRow) -> String {
    let answer = json!({
        "id": story.id,
        "state": story.state,
        "revision": story.live.revision,
        "hash": story.live.hash,
        "public_url": public_url(newsroom, story),
        "published_at": story.live.published_at.map(time),
        "updated_at": story.live.updated_at.map(time),
    });
    answer.to_string()
}

fn answer(text: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
}

impl Verb {
    fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::Withdraw => "withdraw",
        }
    }
}

impl Order {
    fn fingerprint(&self, id: StoryId) -> String {
        let parts = json!([id, self.command.name(), self.hash, self.note]);
        Sha256Hex::of(parts.to_string().as_bytes()).to_string()
    }
}
