//! The desk's working copy of a story.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use story::{DeskState, Payload, Role, Sha256Hex, StoryId};

use super::{
    PAYLOAD_BYTES,
    leases::told,
    problem::{Kind, Problem, Reason},
    read::{Named, SignedIn, json_text, names_tag, parse, text},
};
use crate::{
    db::{
        millis,
        stories::{self, Approved, RevisionRow, StoryRow, Turn},
        time,
    },
    fault::DropCredit,
    newsroom::{Newsroom, Shared},
    publishing, secrets,
};

/// What the client takes for granted about the story here.
enum Condition {
    Absent,
    Is(String),
}

/// `PUT /api/v1/stories/{id}`
pub(super) async fn put(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<StoryId>,
    request: Request,
) -> Result<Response, Problem> {
    if who.role == Role::Admin {
        return Err(Problem::new(Kind::Forbidden, "an administrator does not write stories"));
    }
    let condition = condition(request.headers())?;
    let forget_credits = request.extensions().get::<DropCredit>().is_some();
    let received = json_text(request, PAYLOAD_BYTES).await?;
    let payload = accept(&newsroom, id, &received).await?;
    let hash = Sha256Hex::of(received.as_bytes());
    let kept = if forget_credits { without_credits(&payload)? } else { received };

    let mut transaction = newsroom.db.begin().await?;
    let found = stories::find(&mut transaction, id).await?;
    if let Some(story) = found.as_ref().filter(|story| story.hash == hash) {
        return Ok(copy(&newsroom, story, StatusCode::OK));
    }
    let revision = next_revision(found.as_ref(), &condition, &who)?;
    let (author, saved_at) = (who.user.as_str(), millis(newsroom.now()));
    let row = RevisionRow { story: id, revision, hash: &hash, payload: &kept, author, saved_at };
    let status = match found {
        Some(story) => {
            stories::revise(&mut transaction, &row).await?;
            if let Some(story) = in_other_hands(story, &who, saved_at) {
                stories::stand_at_desk(&mut transaction, &story).await?;
            }
            StatusCode::OK
        }
        None => {
            stories::create(&mut transaction, &row, &secrets::key()).await.map(|()| StatusCode::CREATED)?
        }
    };
    stories::describe(&mut transaction, id, &payload).await?;
    let story = stories::find(&mut transaction, id).await?.ok_or_else(|| Problem::nothing("story"))?;
    transaction.commit().await?;
    Ok(copy(&newsroom, &story, status))
}

/// `GET /api/v1/stories/{id}`
pub(super) async fn get(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(id): Named<StoryId>,
) -> Result<Response, Problem> {
    let story = newsroom.db.story(id).await?.ok_or_else(|| Problem::nothing("story"))?;
    let etag = version_tag(&story);
    let payload: Value = parse(&newsroom.db.payload_text(id, story.revision).await?)?;
    let public = story.state == story::PublicState::Live;
    let lease = newsroom.db.lease(id, millis(newsroom.now())).await?;
    let answer = json!({
        "id": story.id,
        "revision": story.revision,
        "etag": etag,
        "hash": story.hash,
        "author_name": story.author_name,
        "desk": story.desk,
        "filed_hash": story.filed_hash,
        "filed_at": story.filed_at.map(time),
        "desk_at": story.turn.at.map(time),
        "desk_by": story.turn.name,
        "desk_note": story.turn.note,
        "approved": story.approved.as_ref().map(approval),
        "state": story.state,
        "public_url": public_url(&newsroom, &story),
        "published_at": story.live.published_at.map(time),
        "updated_at": story.live.updated_at.map(time),
        "live_hash": story.live.hash.as_ref().filter(|_| public),
        "scheduled_for": story.planned.as_ref().map(|planned| time(planned.at)),
        "scheduled_hash": story.planned.as_ref().map(|planned| &planned.version.hash),
        "lease": lease.as_ref().map(told),
        "guards": story.guards,
        "payload": payload,
    });
    Ok(([(header::ETAG, header_value(&etag))], Json(answer)).into_response())
}

fn approval(approved: &Approved) -> Value {
    let Approved { hash, by, name, at, alone } = approved;
    json!({ "hash": hash, "by": name.as_ref().unwrap_or(by), "at": time(*at), "alone": alone })
}

/// The page's whole address, once the story has been public.
pub(super) fn public_url(newsroom: &Newsroom, story: &StoryRow) -> Option<String> {
    story.live.path.as_ref().map(|path| format!("{}{path}", newsroom.url()))
}

fn condition(headers: &HeaderMap) -> Result<Condition, Problem> {
    let absent = match text(headers, header::IF_NONE_MATCH) {
        Some("*") => true,
        Some(_) => return Err(Problem::new(Kind::Malformed, "If-None-Match can only be `*` here")),
        None => false,
    };
    match text(headers, header::IF_MATCH).filter(|tag| !tag.is_empty()) {
        Some(tag) if !absent => Ok(Condition::Is(tag.to_owned())),
        None if absent => Ok(Condition::Absent),
        _ => {
            Err(Problem::new(Kind::ConditionRequired, "`If-None-Match: *` to create, `If-Match` to replace"))
        }
    }
}

/// The payload, when it can be kept under this id.
async fn accept(newsroom: &Newsroom, id: StoryId, received: &str) -> Result<Payload, Problem> {
    let payload: Payload = parse(received)?;
    let known_section = newsroom.db.sections().await?.iter().any(|section| section.slug == payload.section);
    let faults = publishing::faults_of_form(&payload, known_section);
    let mut reasons: Vec<Reason> = faults.into_iter().map(|(at, why)| Reason::new(at, why)).collect();
    if payload.story != id {
        reasons.push(Reason::new("/story", "another story than the one in the address"));
    }
    if reasons.is_empty() { Ok(payload) } else { Err(Problem::invalid(reasons)) }
}

fn next_revision(found: Option<&StoryRow>, condition: &Condition, who: &SignedIn) -> Result<i64, Problem> {
    let changed = |detail| Err(Problem::new(Kind::ChangedHere, detail));
    match (found, condition) {
        (None, Condition::Absent) => Ok(1),
        (None, Condition::Is(_)) => changed("the story is not here"),
        (Some(_), Condition::Absent) => changed("the story is here already, with other words"),
        (Some(story), Condition::Is(tag)) if !names_tag(tag, &version_tag(story)) => {
            changed("the story has another version than the one to be replaced")
        }
        (Some(story), Condition::Is(_)) if who.role == Role::Correspondent && story.author != who.user => {
            Err(Problem::new(Kind::Forbidden, "a correspondent changes only their own stories"))
        }
        (Some(story), Condition::Is(_)) => Ok(story.revision + 1),
    }
}

/// An approval holds for one version only; what was filed and is changed by somebody else is in their hands.
fn in_other_hands(story: StoryRow, who: &SignedIn, now: i64) -> Option<StoryRow> {
    let changes_hands = match story.desk {
        DeskState::Approved => true,
        DeskState::Filed => story.author != who.user,
        _ => false,
    };
    let turn = Turn::of(&who.user, now, "");
    changes_hands.then_some(StoryRow { desk: DeskState::InEdit, approved: None, turn, ..story })
}

fn without_credits(payload: &Payload) -> Result<String, Problem> {
    let mut payload = payload.clone();
    for photo in &mut payload.photos {
        photo.credit.clear();
    }
    serde_json::to_string(&payload).map_err(|error| Problem::new(Kind::Broken, error.to_string()))
}

fn copy(newsroom: &Newsroom, story: &StoryRow, status: StatusCode) -> Response {
    let etag = version_tag(story);
    let answer = json!({
        "id": story.id,
        "revision": story.revision,
        "etag": etag,
        "hash": story.hash,
        "state": story.state,
        "preview_url": format!("{}/preview/{}/{}", newsroom.url(), story.id, story.preview_key),
    });
    (status, [(header::ETAG, header_value(&etag))], Json(answer)).into_response()
}

/// The entity tag of the working copy. Publication does not change it, for it changes no words; so it is good
/// for `If-Match` and never answered with 304. A taking down does, so that whatever was decided on before it and
/// arrives after it is refused.
pub(super) fn version_tag(story: &StoryRow) -> String {
    match story.takings_down {
        0 => format!("\"{}-{}\"", story.revision, story.hash),
        times => format!("\"{}-{}-{times}\"", story.revision, story.hash),
    }
}

fn header_value(tag: &str) -> HeaderValue {
    HeaderValue::from_str(tag).unwrap_or(HeaderValue::from_static("\"\""))
}
