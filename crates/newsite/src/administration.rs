//! The site's accounts, as whoever runs it keeps them: on the machine itself, while the site runs or not. What is
//! changed here holds from the next request on.

use std::{
    io,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::Serialize;
use story::Role;

use crate::{
    accounts::{APP_USER, Passwords},
    db::{Db, accounts::AccountRow, millis},
    secrets, start,
};

/// Letters of the longest name to sign in with.
const LONGEST_USER: usize = 32;

/// The accounts of one site.
pub struct Administration {
    db: Db,
    data: PathBuf,
}

/// An account as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownAccount {
    /// The name to sign in with.
    pub user: String,
    /// The person's name, which stands on their stories.
    pub name: String,
    /// What the account may do.
    pub role: Role,
    /// Whether anybody can sign in to it.
    pub open: bool,
    /// What it is signed in with now, by the names that the devices gave.
    pub devices: Vec<String>,
}

/// Why an account stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum AdministrationError {
    /// There is no database where it should be.
    #[error("there is no site in {0}; start it once with `serve`")]
    NoSite(PathBuf),
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Closed(String),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The file with the demo accounts' passwords failed.
    #[error("the demo accounts' passwords cannot be kept: {0}")]
    File(#[from] io::Error),
    /// The password could not be hashed.
    #[error("the password cannot be kept: {0}")]
    Hash(argon2::password_hash::Error),
    /// A name to sign in with that is not one.
    #[error(
        "{0:?} is no name to sign in with: 2 to 32 of a-z, 0-9, dot, hyphen and underscore, a letter first"
    )]
    BadUser(String),
    /// A person without a name.
    #[error("an account needs the person's name: it stands on their stories")]
    NoName,
    /// The account is there already.
    #[error("there is an account {0} already")]
    Taken(String),
    /// No such account.
    #[error("there is no account {0}")]
    Unknown(String),
    /// The account that the embedding app works under.
    #[error("{APP_USER} is the editor's own account; it has no password and stays as it is")]
    TheApps,
}

type Done<T> = Result<T, AdministrationError>;

impl Administration {
    /// Opens the accounts of the site in `data`, or of the one whose `database` is elsewhere.
    ///
    /// # Errors
    /// [`AdministrationError::NoSite`] and [`AdministrationError::Closed`].
    pub async fn open(data: &Path, database: Option<&str>) -> Done<Self> {
        if database.is_none() && !data.join(start::DATABASE).exists() {
            return Err(AdministrationError::NoSite(data.to_owned()));
        }
        let db = Db::open(&start::database_url(database, data)).await;
        let db = db.map_err(|error| AdministrationError::Closed(error.to_string()))?;
        Ok(Self { db, data: data.to_owned() })
    }

    /// Every account but the app's own, with the devices that are signed in at `now`.
    ///
    /// # Errors
    /// [`AdministrationError::Database`].
    pub async fn list(&self, now: DateTime<Utc>) -> Done<Vec<KnownAccount>> {
        let mut known = Vec::new();
        for row in self.db.accounts().await?.into_iter().filter(|row| row.user != APP_USER) {
            let devices = self.db.devices(&row.user, millis(now)).await?;
            let open = !row.password_hash.is_empty();
            known.push(KnownAccount { user: row.user, name: row.name, role: row.role, open, devices });
        }
        Ok(known)
    }

    /// Makes an account; answers its password, which is kept nowhere.
    ///
    /// # Errors
    /// A name that is taken or none, or the database's trouble.
    pub async fn add(&self, user: &str, name: &str, role: Role) -> Done<String> {
        if !is_user(user) {
            return Err(AdministrationError::BadUser(user.to_owned()));
        }
        let name = a_name(name)?;
        if self.db.account(user).await?.is_some() {
            return Err(AdministrationError::Taken(user.to_owned()));
        }
        let (password, password_hash) = draw().await?;
        self.db.add_account(&AccountRow { user: user.to_owned(), name, role, password_hash }).await?;
        Ok(password)
    }

    /// Gives the account another name or role; what was signed before keeps the name that it had.
    ///
    /// # Errors
    /// No such account, no name, or the database's trouble.
    pub async fn change(&self, user: &str, name: Option<&str>, role: Option<Role>) -> Done<()> {
        let mut row = self.found(user).await?;
        if let Some(name) = name {
            row.name = a_name(name)?;
        }
        row.role = role.unwrap_or(row.role);
        Ok(self.db.change_account(&row).await?)
    }

    /// Gives the account another password and signs it out everywhere; opens one that was closed.
    ///
    /// # Errors
    /// No such account, or the database's trouble.
    pub async fn renew_password(&self, user: &str, now: DateTime<Utc>) -> Done<String> {
        let row = self.found(user).await?;
        let (password, password_hash) = draw().await?;
        self.lock_out(&AccountRow { password_hash, ..row }, now).await?;
        Ok(password)
    }

    /// Signs the account out everywhere and lets nobody in again; its stories stay.
    ///
    /// # Errors
    /// No such account, or the database's trouble.
    pub async fn close_account(&self, user: &str, now: DateTime<Utc>) -> Done<()> {
        let row = self.found(user).await?;
        self.lock_out(&AccountRow { password_hash: String::new(), ..row }, now).await
    }

    /// Signs the account out everywhere; its password still holds. For a lost laptop.
    ///
    /// # Errors
    /// No such account, or the database's trouble.
    pub async fn sign_out(&self, user: &str, now: DateTime<Utc>) -> Done<()> {
        let row = self.found(user).await?;
        Ok(self.db.drop_stale_tokens(&row.user, millis(now)).await?)
    }

    /// Closes the database.
    pub async fn close(self) {
        self.db.close().await;
    }

    async fn found(&self, user: &str) -> Done<AccountRow> {
        if user == APP_USER {
            return Err(AdministrationError::TheApps);
        }
        self.db.account(user).await?.ok_or_else(|| AdministrationError::Unknown(user.to_owned()))
    }

    /// The password first: who signs in between the two is signed out as well.
    async fn lock_out(&self, row: &AccountRow, now: DateTime<Utc>) -> Done<()> {
        Passwords::read(&self.data)?.forget(&row.user)?;
        self.db.change_account(row).await?;
        Ok(self.db.drop_stale_tokens(&row.user, millis(now)).await?)
    }
}

/// A new password and its hash, which is slow on purpose.
async fn draw() -> Done<(String, String)> {
    let drawn = tokio::task::spawn_blocking(|| {
        let password = secrets::password();
        secrets::password_hash(&password).map(|hash| (password, hash))
    });
    drawn.await.map_err(io::Error::other)?.map_err(AdministrationError::Hash)
}

fn is_user(user: &str) -> bool {
    let first = user.starts_with(|letter: char| letter.is_ascii_lowercase());
    let all =
        user.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte));
    first && all && (2..=LONGEST_USER).contains(&user.len())
}

fn a_name(name: &str) -> Done<String> {
    let name = name.trim();
    if name.is_empty() { Err(AdministrationError::NoName) } else { Ok(name.to_owned()) }
}
