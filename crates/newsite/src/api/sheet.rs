//! The morning sheet: what was done alone, or in spite of something, for whoever answers for the newsroom.

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use story::Role;

use super::{
    problem::{Kind, Problem},
    read::{SignedIn, wanted},
};
use crate::{
    db::{millis, sheet::SheetRow, time},
    newsroom::Shared,
};

/// Lines of one answer.
const MOST: i64 = 500;
/// What is told when no time is named.
const DAY: TimeDelta = TimeDelta::hours(24);

/// Of when it is asked.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
}

/// `GET /api/v1/sheet`, newest first; the last day when no time is named.
pub(super) async fn list(
    State(newsroom): State<Shared>,
    who: SignedIn,
    asked: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Problem> {
    if !matches!(who.role, Role::Editor | Role::Admin) {
        return Err(Problem::new(Kind::Forbidden, "the morning sheet is for editors and administrators"));
    }
    let asked = wanted(asked)?;
    let until = asked.until.unwrap_or(newsroom.now() + TimeDelta::milliseconds(1));
    let since = asked.since.unwrap_or(until - DAY);
    let mut rows = newsroom.db.sheet((millis(since), millis(until)), MOST + 1).await?;
    let kept = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = rows.len() > kept;
    rows.truncate(kept);
    let items: Vec<Value> = rows.iter().flat_map(lines).collect();
    Ok(Json(json!({ "since": since, "until": until, "more": more, "items": items })).into_response())
}

/// One act may be out of the ordinary in two ways.
fn lines(row: &SheetRow) -> Vec<Value> {
    let alone = row.consent.as_deref() == Some("alone");
    let kind = match row.command.as_str() {
        "clear_flag" | "clear_alone" | "ask_kill" | "kill" | "kill_alone" => Some(row.command.as_str()),
        _ if alone => Some("approve_alone"),
        _ => None,
    };
    let act = kind.map(|kind| line(row, kind, &row.note));
    let warned = row.warnings.as_deref().map(|codes| line(row, "override_warning", codes));
    act.into_iter().chain(warned).collect()
}

fn line(row: &SheetRow, kind: &str, note: &str) -> Value {
    json!({
        "id": row.key,
        "kind": kind,
        "story": row.story,
        "headline": row.headline,
        "by": row.by,
        "at": time(row.done_at),
        "note": note,
    })
}
