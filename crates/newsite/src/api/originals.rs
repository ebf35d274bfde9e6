//! Originals of photos: they come by tus like the photos, with the name of what they are an original of, and only the
//! desk gets them back. No page, preview or public address leads to one.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use story::{PublicState, Role, Sha256Hex, StoryId};

use super::{
    problem::{Kind, Problem, Reason},
    read::{Named, SignedIn, may_write, unless_known},
};
use crate::{
    db::{originals, originals::OriginalRow, photos, stories},
    newsroom::{Newsroom, Shared},
    rules::KILLED,
};

/// `HEAD /api/v1/photos/{sha256}/original`
pub(super) async fn is_here(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(photo): Named<Sha256Hex>,
) -> Result<StatusCode, Problem> {
    if who.role == Role::Admin {
        return Err(not_for_administrators());
    }
    newsroom.db.original(&photo).await?.map(|_| StatusCode::OK).ok_or_else(nothing)
}

/// `GET /api/v1/photos/{sha256}/original`: the bytes as they were sent, for whoever cuts or prints them.
pub(super) async fn get(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(photo): Named<Sha256Hex>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    match who.role {
        Role::SubEditor | Role::Editor => {}
        Role::Correspondent => return Err(Problem::new(Kind::Forbidden, "originals are for the desk")),
        Role::Admin => return Err(not_for_administrators()),
    }
    let original = newsroom.db.original(&photo).await?.ok_or_else(nothing)?;
    let bytes = newsroom.media.get_original(&original.sha256).await.map_err(|error| {
        tracing::error!(%error, "originals");
        Problem::new(Kind::Broken, "the original could not be read")
    })?;
    let tag = format!("\"{}\"", original.sha256);
    Ok(unless_known(&headers, &tag, (&original.media_type, bytes)))
}

/// What keeps an original from being taken: of no photo, with no story that shows it, by a stranger, after a kill.
pub(super) async fn welcome(
    newsroom: &Newsroom,
    who: &SignedIn,
    (photo, story): &(Sha256Hex, StoryId),
) -> Result<(), Problem> {
    let connection = &mut *newsroom.db.pool().acquire().await?;
    let row = stories::find(connection, *story).await?.ok_or_else(|| Problem::nothing("story"))?;
    may_write(who, &row)?;
    if row.state == PublicState::Killed {
        return Err(killed());
    }
    let known = photos::find(connection, photo).await?.is_some();
    if known && originals::shows(connection, *story, photo).await? {
        return Ok(());
    }
    let why = if known { "the story does not show this photo" } else { "the photo has not been uploaded" };
    Err(Problem::invalid(vec![Reason::new("/original_of", why)]))
}

/// Keeps the file, unless the photo has an original already. Gives false when the story was killed meanwhile: nothing is
/// kept then.
pub(super) async fn keep(
    newsroom: &Newsroom,
    story: StoryId,
    original: &OriginalRow,
    bytes: Vec<u8>,
) -> Result<bool, Problem> {
    let _alone = newsroom.originals.lock().await;
    newsroom.media.put_original(&original.sha256, bytes).await?;
    let mut transaction = newsroom.db.begin().await?;
    let row = stories::find(&mut transaction, story).await?;
    let is_killed = row.is_none_or(|row| row.state == PublicState::Killed);
    if is_killed || !originals::add(&mut transaction, original).await? {
        originals::note_gone(&mut transaction, &original.sha256).await?;
    }
    transaction.commit().await?;
    delete_gone(newsroom).await;
    Ok(!is_killed)
}

/// Deletes the files of originals that nobody may have any more. What cannot be deleted now is deleted at the next
/// kill or the next start.
pub(crate) async fn sweep(newsroom: &Newsroom) {
    let _alone = newsroom.originals.lock().await;
    delete_gone(newsroom).await;
}

/// For whoever holds the lock: no original comes meanwhile under the name of one that goes.
async fn delete_gone(newsroom: &Newsroom) {
    let gone = newsroom.db.gone_originals().await.unwrap_or_default();
    for sha256 in gone {
        if let Err(error) = newsroom.media.delete_original(&sha256).await {
            tracing::warn!(%error, "an original that is gone stays on the disk for now");
            continue;
        }
        if let Err(error) = newsroom.db.forget_gone(&sha256).await {
            tracing::warn!(%error, "an original that is gone is looked for again");
        }
    }
}

/// Of a story that was killed.
pub(super) fn killed() -> Problem {
    Problem::new(Kind::OutOfTurn, KILLED)
}

fn nothing() -> Problem {
    Problem::nothing("original")
}

fn not_for_administrators() -> Problem {
    Problem::new(Kind::Forbidden, "an administrator has no part in photos")
}
