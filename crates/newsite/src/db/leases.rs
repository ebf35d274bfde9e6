//! Who writes at a story just now.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row, any::AnyRow};
use story::StoryId;

use super::Db;

/// A lease, while it holds.
#[derive(Debug, Clone)]
pub(crate) struct LeaseRow {
    /// The token itself is with its holder alone.
    pub(crate) token_hash: String,
    pub(crate) user: String,
    /// The holder's name.
    pub(crate) name: String,
    pub(crate) device: String,
    pub(crate) expires_at: i64,
}

impl Db {
    pub(crate) async fn lease(&self, story: StoryId, now: i64) -> Result<Option<LeaseRow>, sqlx::Error> {
        find(&mut *self.pool().acquire().await?, story, now).await
    }

    /// Every lease that holds at `now`, by its story.
    pub(crate) async fn leases(&self, now: i64) -> Result<BTreeMap<String, LeaseRow>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT l.story, l.token_hash, l.username, a.name, l.device, l.expires_at FROM leases l \
             JOIN accounts a ON a.username = l.username WHERE l.expires_at > $1",
        );
        let rows = query.bind(now).fetch_all(self.pool()).await?;
        rows.iter().map(|row| Ok((row.try_get("story")?, read(row)?))).collect()
    }
}

/// The lease that holds at `now`, inside a transaction.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    story: StoryId,
    now: i64,
) -> Result<Option<LeaseRow>, sqlx::Error> {
    let query = sqlx::query(
        "SELECT l.token_hash, l.username, a.name, l.device, l.expires_at FROM leases l \
         JOIN accounts a ON a.username = l.username WHERE l.story = $1 AND l.expires_at > $2",
    );
    let row = query.bind(story.to_string()).bind(now).fetch_optional(connection).await?;
    row.map(|row| read(&row)).transpose()
}

/// In the place of any other lease of the story.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    story: StoryId,
    lease: &LeaseRow,
) -> Result<(), sqlx::Error> {
    drop(connection, story).await?;
    let insert = "INSERT INTO leases (story, token_hash, username, device, expires_at) \
                  VALUES ($1, $2, $3, $4, $5)";
    let query = sqlx::query(insert).bind(story.to_string()).bind(&lease.token_hash).bind(&lease.user);
    query.bind(&lease.device).bind(lease.expires_at).execute(connection).await?;
    Ok(())
}

pub(crate) async fn drop(connection: &mut AnyConnection, story: StoryId) -> Result<(), sqlx::Error> {
    let query = sqlx::query("DELETE FROM leases WHERE story = $1").bind(story.to_string());
    query.execute(connection).await?;
    Ok(())
}

/// Ends the story's lease, if it is this person's.
pub(crate) async fn drop_of(
    connection: &mut AnyConnection,
    story: StoryId,
    user: &str,
) -> Result<(), sqlx::Error> {
    let query = sqlx::query("DELETE FROM leases WHERE story = $1 AND username = $2");
    query.bind(story.to_string()).bind(user).execute(connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<LeaseRow, sqlx::Error> {
    Ok(LeaseRow {
        token_hash: row.try_get("token_hash")?,
        user: row.try_get("username")?,
        name: row.try_get("name")?,
        device: row.try_get("device")?,
        expires_at: row.try_get("expires_at")?,
    })
}
