//! What a working copy says, beside it: so that lists and look-ups need not read every text.

use sqlx::{AnyConnection, Row};
use story::{Payload, StoryId};

use super::{payload, rows::decode};
use crate::db::tags;

/// What the working copy says, where lists and look-ups find it.
pub(crate) async fn describe(
    connection: &mut AnyConnection,
    id: StoryId,
    payload: &Payload,
) -> Result<(), sqlx::Error> {
    let update = "UPDATE stories SET head_headline = $1, head_section = $2, head_words = $3, \
                  head_photos = $4 WHERE id = $5";
    let query = sqlx::query(update).bind(&payload.headline).bind(&payload.section).bind(words(payload));
    let query = query.bind(i64::try_from(payload.photos.len()).unwrap_or(i64::MAX)).bind(id.to_string());
    query.execute(&mut *connection).await?;
    tags::set(connection, id, &payload.tags).await
}

/// As the editor counts them: Markdown's marks left out.
fn words(payload: &Payload) -> i64 {
    let body = page::plain_text(&payload.body);
    let texts = [payload.headline.as_str(), payload.standfirst.as_str(), body.as_str()];
    i64::try_from(texts.into_iter().map(bangla::words).sum::<usize>()).unwrap_or(i64::MAX)
}

/// Describes every story that was written before there were descriptions.
pub(in crate::db) async fn describe_all(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let rows = sqlx::query("SELECT id, revision FROM stories").fetch_all(&mut *connection).await?;
    for row in rows {
        let id: String = row.try_get("id")?;
        let id = id.parse().map_err(decode)?;
        let payload = payload(connection, id, row.try_get("revision")?).await?;
        describe(connection, id, &payload).await?;
    }
    Ok(())
}
