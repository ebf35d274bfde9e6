//! Faults changed, and readers' comments put in, while the portal runs: only on loopback, only when asked for at the start, only with the
//! secret of this run.

use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;
use story::StoryId;

use crate::{
    api::{Kind, Problem, bearer, json_text, parse},
    db::{comments::CommentRow, millis},
    newsroom::{Newsroom, Shared},
    secrets,
};

const MAX_REQUEST: usize = 16 * 1024;

#[derive(Deserialize)]
struct Wanted {
    faults: Vec<String>,
}

#[derive(Deserialize)]
struct Said {
    story: StoryId,
    reader: String,
    text: String,
}

/// `/control/faults` and `/control/comments`
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/control/faults", get(list).put(replace)).route("/control/comments", post(comment))
}

/// Puts in what a reader says under a story, as the site's own form would.
async fn comment(State(newsroom): State<Shared>, request: Request) -> Result<Response, Problem> {
    permitted(&newsroom, &request)?;
    let said: Said = parse(&json_text(request, MAX_REQUEST).await?)?;
    newsroom.db.story(said.story).await?.ok_or_else(|| Problem::nothing("story"))?;
    let comment = CommentRow {
        id: secrets::new_id(newsroom.now()).to_string(),
        story: said.story.to_string(),
        reader: said.reader,
        text: said.text,
        written_at: millis(newsroom.now()),
        hidden: false,
    };
    newsroom.db.add_comment(&comment).await?;
    Ok((StatusCode::CREATED, Json(json!({ "id": comment.id }))).into_response())
}

async fn list(State(newsroom): State<Shared>, request: Request) -> Result<Response, Problem> {
    permitted(&newsroom, &request)?;
    Ok(Json(json!({ "faults": newsroom.faults.specs() })).into_response())
}

async fn replace(State(newsroom): State<Shared>, request: Request) -> Result<Response, Problem> {
    permitted(&newsroom, &request)?;
    let wanted: Wanted = parse(&json_text(request, MAX_REQUEST).await?)?;
    newsroom
        .faults
        .replace(&wanted.faults)
        .map_err(|error| Problem::new(Kind::Invalid, error.to_string()))?;
    Ok(Json(json!({ "faults": newsroom.faults.specs() })).into_response())
}

/// Digests are compared, so that the time it takes tells nothing about the secret.
fn permitted(newsroom: &Newsroom, request: &Request) -> Result<(), Problem> {
    let given = bearer(request.headers()).map(secrets::token_hash);
    let wanted = newsroom.control_secret.as_deref().map(secrets::token_hash);
    if given.is_some() && given == wanted {
        return Ok(());
    }
    Err(Problem::new(Kind::SignedOut, "the secret of this run is needed"))
}
