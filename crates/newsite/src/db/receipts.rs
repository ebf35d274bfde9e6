//! What was answered to a keyed command, and who gave it.

use sqlx::{AnyConnection, Row};

use super::Db;

/// A stored answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) key: String,
    /// Digest of what was asked; another request under the same key is a mistake of the client's.
    pub(crate) fingerprint: String,
    /// The answer's body.
    pub(crate) answer: String,
}

/// One command as it stands in the record.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) key: String,
    pub(crate) story: String,
    pub(crate) user: String,
    pub(crate) command: &'static str,
    pub(crate) hash: String,
    pub(crate) note: String,
    pub(crate) done_at: i64,
    /// On whose word, where that is more than theirs who gave it.
    pub(crate) consent: Option<&'static str>,
    /// What was warned of and went out all the same: codes with a space between them.
    pub(crate) warnings: Option<String>,
}

impl Db {
    pub(crate) async fn drop_stale_receipts(&self, now: i64) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM receipts WHERE expires_at <= $1").bind(now);
        query.execute(self.pool()).await.map(drop)
    }
}

/// What was answered to this key, inside a transaction.
pub(crate) async fn find(connection: &mut AnyConnection, key: &str) -> Result<Option<Receipt>, sqlx::Error> {
    let query = sqlx::query("SELECT fingerprint, answer FROM receipts WHERE idempotency_key = $1").bind(key);
    let Some(row) = query.fetch_optional(connection).await? else { return Ok(None) };
    let key = key.to_owned();
    Ok(Some(Receipt { key, fingerprint: row.try_get("fingerprint")?, answer: row.try_get("answer")? }))
}

/// Stores the answer beside its effect: both or neither.
pub(crate) async fn add(
    connection: &mut AnyConnection,
    receipt: &Receipt,
    expires_at: i64,
) -> Result<(), sqlx::Error> {
    let insert =
        "INSERT INTO receipts (idempotency_key, fingerprint, answer, expires_at) VALUES ($1, $2, $3, $4)";
    let query = sqlx::query(insert).bind(&receipt.key).bind(&receipt.fingerprint).bind(&receipt.answer);
    query.bind(expires_at).execute(connection).await.map(drop)
}

/// Puts the command on record.
pub(crate) async fn record(connection: &mut AnyConnection, act: &Act) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO acts (idempotency_key, story, username, command, hash, note, done_at, consent, \
                  warnings) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let query = sqlx::query(insert).bind(&act.key).bind(&act.story).bind(&act.user).bind(act.command);
    let query = query.bind(&act.hash).bind(&act.note).bind(act.done_at).bind(act.consent);
    query.bind(act.warnings.as_deref()).execute(connection).await.map(drop)
}
