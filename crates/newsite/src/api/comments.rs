//! Readers' comments, as the desk sees them.

use axum::{
    Json,
    extract::{Request, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Role, StoryId};

use super::{
    problem::{Kind, Problem},
    read::{Named, PartOf, SignedIn, json_text, parse, tagged},
};
use crate::{
    db::{comments::CommentRow, time},
    newsroom::Shared,
};

const MAX_REQUEST: usize = 16 * 1024;

#[derive(Debug, Deserialize)]
struct Decision {
    hidden: bool,
}

/// `GET /api/v1/stories/{id}/comments`
pub(super) async fn list(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(id): Named<StoryId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    newsroom.db.story(id).await?.ok_or_else(|| Problem::nothing("story"))?;
    let comments = newsroom.db.comments(id).await?;
    Ok(tagged(&headers, &json!({ "items": comments.iter().map(told).collect::<Vec<_>>() })))
}

/// `PATCH /api/v1/stories/{id}/comments/{comment}`
pub(super) async fn decide(
    State(newsroom): State<Shared>,
    who: SignedIn,
    PartOf(id, comment): PartOf,
    request: Request,
) -> Result<Response, Problem> {
    let decision: Decision = parse(&json_text(request, MAX_REQUEST).await?)?;
    if !matches!(who.role, Role::SubEditor | Role::Editor) {
        return Err(Problem::new(Kind::Forbidden, "only the desk hides and shows comments"));
    }
    let comment = newsroom.db.hide_comment(id, &comment.to_string(), decision.hidden).await?;
    let comment = comment.ok_or_else(|| Problem::nothing("comment"))?;
    Ok(Json(told(&comment)).into_response())
}

fn told(comment: &CommentRow) -> Value {
    json!({
        "id": comment.id,
        "reader": comment.reader,
        "text": comment.text,
        "written_at": time(comment.written_at),
        "hidden": comment.hidden,
    })
}
