//! Accounts and the tokens that stand for them.

use sqlx::{Row, any::AnyRow};
use story::Role;

use super::Db;

/// An account, as the database has it.
#[derive(Debug, Clone)]
pub(crate) struct AccountRow {
    pub(crate) user: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// In PHC form; empty when nobody can sign in to it with a password.
    pub(crate) password_hash: String,
}

/// A token, by the digest of its text.
pub(crate) struct TokenRow<'a> {
    pub(crate) hash: &'a str,
    pub(crate) user: &'a str,
    pub(crate) device: &'a str,
    pub(crate) expires_at: i64,
}

impl Db {
    pub(crate) async fn account(&self, user: &str) -> Result<Option<AccountRow>, sqlx::Error> {
        let query =
            sqlx::query("SELECT username, name, role, password_hash FROM accounts WHERE username = $1");
        query.bind(user).fetch_optional(self.pool()).await?.map(|row| read(&row)).transpose()
    }

    pub(crate) async fn add_account(&self, account: &AccountRow) -> Result<(), sqlx::Error> {
        let insert = "INSERT INTO accounts (username, name, role, password_hash) VALUES ($1, $2, $3, $4) \
                      ON CONFLICT (username) DO NOTHING";
        let query = sqlx::query(insert).bind(&account.user).bind(&account.name);
        let query = query.bind(role_name(account.role)).bind(&account.password_hash);
        query.execute(self.pool()).await.map(drop)
    }

    /// Every account, by its name.
    pub(crate) async fn accounts(&self) -> Result<Vec<AccountRow>, sqlx::Error> {
        let query = sqlx::query("SELECT username, name, role, password_hash FROM accounts ORDER BY username");
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// Puts another name, role and password in place of those that the account has.
    pub(crate) async fn change_account(&self, account: &AccountRow) -> Result<(), sqlx::Error> {
        let update = "UPDATE accounts SET name = $2, role = $3, password_hash = $4 WHERE username = $1";
        let query = sqlx::query(update).bind(&account.user).bind(&account.name);
        let query = query.bind(role_name(account.role)).bind(&account.password_hash);
        query.execute(self.pool()).await.map(drop)
    }

    /// What `user` is signed in with at `now`, by the names that the devices gave; one line each.
    pub(crate) async fn devices(&self, user: &str, now: i64) -> Result<Vec<String>, sqlx::Error> {
        let select = "SELECT device FROM tokens WHERE username = $1 AND expires_at > $2 ORDER BY device";
        sqlx::query_scalar(select).bind(user).bind(now).fetch_all(self.pool()).await
    }

    pub(crate) async fn add_token(&self, token: TokenRow<'_>) -> Result<(), sqlx::Error> {
        let insert = "INSERT INTO tokens (hash, username, device, expires_at) VALUES ($1, $2, $3, $4)";
        let query = sqlx::query(insert).bind(token.hash).bind(token.user).bind(token.device);
        query.bind(token.expires_at).execute(self.pool()).await.map(drop)
    }

    /// Whose token it is, while it holds.
    pub(crate) async fn token_owner(&self, hash: &str, now: i64) -> Result<Option<AccountRow>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT a.username, a.name, a.role, a.password_hash FROM tokens t \
             JOIN accounts a ON a.username = t.username WHERE t.hash = $1 AND t.expires_at > $2",
        );
        query.bind(hash).bind(now).fetch_optional(self.pool()).await?.map(|row| read(&row)).transpose()
    }

    pub(crate) async fn drop_token(&self, hash: &str) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM tokens WHERE hash = $1").bind(hash).execute(self.pool()).await.map(drop)
    }

    /// Drops what `user` is signed in with on that device.
    pub(crate) async fn drop_tokens_on(&self, user: &str, device: &str) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM tokens WHERE username = $1 AND device = $2");
        query.bind(user).bind(device).execute(self.pool()).await.map(drop)
    }

    /// Drops what has expired, and every token of `user`.
    pub(crate) async fn drop_stale_tokens(&self, user: &str, now: i64) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM tokens WHERE expires_at <= $1 OR username = $2");
        query.bind(now).bind(user).execute(self.pool()).await.map(drop)
    }
}

fn read(row: &AnyRow) -> Result<AccountRow, sqlx::Error> {
    let role: String = row.try_get("role")?;
    Ok(AccountRow {
        user: row.try_get("username")?,
        name: row.try_get("name")?,
        role: role_from(&role)?,
        password_hash: row.try_get("password_hash")?,
    })
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Correspondent => "correspondent",
        Role::SubEditor => "sub_editor",
        Role::Editor => "editor",
        Role::Admin => "admin",
    }
}

fn role_from(name: &str) -> Result<Role, sqlx::Error> {
    let all = [Role::Correspondent, Role::SubEditor, Role::Editor, Role::Admin];
    let found = all.into_iter().find(|role| role_name(*role) == name);
    found.ok_or_else(|| sqlx::Error::Decode(format!("no such role: {name}").into()))
}
