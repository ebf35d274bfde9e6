//! The record of what was done alone, or in spite of something: what the morning sheet tells.

use sqlx::{Row, any::AnyRow};

use super::Db;

/// A line of the record, with the names of today.
#[derive(Debug, Clone)]
pub(crate) struct SheetRow {
    pub(crate) key: String,
    pub(crate) story: String,
    pub(crate) headline: String,
    pub(crate) by: String,
    pub(crate) command: String,
    pub(crate) note: String,
    pub(crate) done_at: i64,
    pub(crate) consent: Option<String>,
    pub(crate) warnings: Option<String>,
}

impl Db {
    /// What was done from `since` until before `until` and is out of the ordinary, newest first.
    pub(crate) async fn sheet(
        &self,
        (since, until): (i64, i64),
        limit: i64,
    ) -> Result<Vec<SheetRow>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT idempotency_key, acts.story, command, note, done_at, consent, warnings, head_headline, \
             (SELECT name FROM accounts WHERE accounts.username = acts.username) AS name, acts.username \
             FROM acts JOIN stories ON stories.id = acts.story WHERE done_at >= $1 AND done_at < $2 \
             AND (consent IN ('alone', 'glass') OR warnings IS NOT NULL \
             OR command IN ('clear_flag', 'clear_alone', 'kill', 'kill_alone', 'ask_kill')) \
             ORDER BY done_at DESC, idempotency_key DESC LIMIT $3",
        );
        let query = query.bind(since).bind(until).bind(limit);
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<SheetRow, sqlx::Error> {
    let name: Option<String> = row.try_get("name")?;
    Ok(SheetRow {
        key: row.try_get("idempotency_key")?,
        story: row.try_get("story")?,
        headline: row.try_get("head_headline")?,
        by: match name {
            Some(name) => name,
            None => row.try_get("username")?,
        },
        command: row.try_get("command")?,
        note: row.try_get("note")?,
        done_at: row.try_get("done_at")?,
        consent: row.try_get("consent")?,
        warnings: row.try_get("warnings")?,
    })
}
