//! The desk's queue, in the order in which stories were last changed, so that a client that was away asks only
//! for what it missed.

use std::time::Duration;

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use story::{PublicState, StoryId};

use super::{
    leases::told,
    problem::{Kind, Problem},
    read::{Named, SignedIn, plain, tagged, wanted},
    stories::{public_url, version_tag},
};
use crate::{
    db::{
        changes::{Filter, SavedRow},
        leases::LeaseRow,
        millis,
        stories::StoryRow,
        time,
    },
    newsroom::{Newsroom, Shared},
};

/// Stories on one page.
pub(super) const CHANGES_PAGE: i64 = 100;
/// Versions that are told of; whoever needs older ones needs the database.
const REVISIONS: i64 = 1_000;
/// Longest wait for something to change, in seconds. What stands between may give up a silent line after a minute.
const PATIENCE: u64 = 30;

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    state: Option<PublicState>,
    section: Option<String>,
    desk: Option<AtDesk>,
    since: Option<String>,
    limit: Option<i64>,
    wait: Option<u64>,
}

/// Which stories are wanted for where their working copies stand.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AtDesk {
    /// What the desk or an author has still to do something about.
    Open,
}

/// `GET /api/v1/stories`
///
/// Without a cursor: what the filter takes. With one: whatever changed since, also what the filter takes no more,
/// marked so; else a client would keep for ever what has left its list. With `wait` it answers when something has
/// changed, and with an empty page when nothing has for that long.
pub(super) async fn list(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    asked: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = wanted(asked)?;
    let limit = asked.limit.unwrap_or(CHANGES_PAGE);
    if !(1..=CHANGES_PAGE).contains(&limit) {
        return Err(Problem::new(Kind::Malformed, format!("`limit` is a number from 1 to {CHANGES_PAGE}")));
    }
    let section = asked.section.map(plain).transpose()?;
    let filter = Filter { state: asked.state, section, open: asked.desk.is_some() };
    if asked.wait.is_some_and(|seconds| seconds > PATIENCE) {
        return Err(Problem::new(Kind::Malformed, format!("`wait` is a number from 0 to {PATIENCE}")));
    }
    // Read first: what changes while the page is gathered comes with the next one.
    let last = newsroom.db.last_change().await?;
    let since = asked.since.as_deref().map(|cursor| position(cursor, last)).transpose()?;
    let last = match (since, asked.wait) {
        (Some(since), Some(seconds)) => {
            newsroom.bell.wait(&newsroom.db, since, Duration::from_secs(seconds)).await?;
            newsroom.db.last_change().await?
        }
        _ => last,
    };
    let mut rows = match since {
        Some(since) => newsroom.db.changed_since(since, limit + 1).await?,
        None => newsroom.db.filtered(&filter, limit + 1).await?,
    };
    let kept = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > kept;
    rows.truncate(kept);
    let end = rows.last().filter(|_| more).map_or(last.max(since.unwrap_or(0)), |row| row.changed);
    let leases = newsroom.db.leases(millis(newsroom.now())).await?;
    let with_lease = |row: &StoryRow| {
        let lease = leases.get(&row.id.to_string());
        item(&newsroom, row, Beside { matches: filter.takes(row), lease })
    };
    let items: Vec<Value> = rows.iter().map(with_lease).collect();
    Ok(tagged(&headers, &json!({ "items": items, "next": cursor(end), "more": more })))
}

/// `GET /api/v1/stories/{id}/revisions`
pub(super) async fn revisions(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(id): Named<StoryId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let story = newsroom.db.story(id).await?.ok_or_else(|| Problem::nothing("story"))?;
    let rows = newsroom.db.revisions(id, REVISIONS).await?;
    let live = story.live.revision.filter(|_| story.state == PublicState::Live);
    let item = |row: SavedRow| {
        json!({
            "revision": row.revision,
            "hash": row.hash,
            "author": row.author,
            "saved_at": time(row.saved_at),
            "live": live == Some(row.revision),
        })
    };
    Ok(tagged(&headers, &json!({ "items": rows.into_iter().map(item).collect::<Vec<_>>() })))
}

/// What the queue says of a story that its row does not hold.
struct Beside<'a> {
    matches: bool,
    lease: Option<&'a LeaseRow>,
}

fn item(newsroom: &Newsroom, story: &StoryRow, beside: Beside<'_>) -> Value {
    let live = story.live.hash.as_ref().filter(|_| story.state == PublicState::Live);
    json!({
        "id": story.id,
        "matches": beside.matches,
        "revision": story.revision,
        "etag": version_tag(story),
        "hash": story.hash,
        "headline": story.headline,
        "section": story.section,
        "author": story.author,
        "author_name": story.author_name,
        "words": story.words,
        "photos": story.photos,
        "desk": story.desk,
        "filed_at": story.filed_at.map(time),
        "desk_at": story.turn.at.map(time),
        "desk_by": story.turn.name,
        "desk_note": story.turn.note,
        "noted_at": story.noted_at.map(time),
        "lease": beside.lease.map(told),
        "guards": story.guards,
        "state": story.state,
        "public_url": public_url(newsroom, story),
        "published_at": story.live.published_at.map(time),
        "updated_at": story.live.updated_at.map(time),
        "live_hash": live,
        "scheduled_for": story.planned.as_ref().map(|planned| time(planned.at)),
    })
}

/// A cursor is for the portal alone to read.
fn cursor(position: i64) -> String {
    format!("c{position}")
}

fn position(cursor: &str, last: i64) -> Result<i64, Problem> {
    let number = cursor.strip_prefix('c').and_then(|digits| digits.parse().ok()).filter(|n: &i64| *n >= 0);
    let number = number.ok_or_else(|| Problem::new(Kind::Malformed, "`since` is a cursor given here"))?;
    if number > last {
        let detail =
            "this cursor is ahead of the portal, which was put back to an earlier day; begin without one";
        return Err(Problem::new(Kind::MovedOn, detail));
    }
    Ok(number)
}
