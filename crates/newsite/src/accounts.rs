//! The demo accounts. Their passwords are random for each data folder and lie there in a file that only the
//! owner can read, so that a restart can print them again; the database has nothing but their hashes.

use std::{collections::BTreeMap, io, path::Path};

use serde::Serialize;
use story::Role;

use crate::{
    db::{Db, accounts::AccountRow},
    files, secrets,
};

/// One seeded account, with the password that its person types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The name to sign in with.
    pub user: String,
    /// Random for each data folder.
    pub password: String,
    /// What the account may do.
    pub role: Role,
    /// The person's name.
    pub name: String,
}

/// The account that the embedding app works under: an editor without a password.
pub(crate) const APP_USER: &str = "desk";

const PEOPLE: [(&str, Role, &str); 5] = [
    ("nasrin", Role::Correspondent, "নাসরিন সুলতানা"),
    ("tapan", Role::Correspondent, "তপন কুমার সরকার"),
    ("farida", Role::SubEditor, "ফরিদা ইয়াসমিন"),
    ("mahbub", Role::Editor, "মাহবুব আলম চৌধুরী"),
    ("admin", Role::Admin, "ব্যবস্থাপক"),
];

/// Why the accounts could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccountsError {
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("{0}")]
    Database(#[from] sqlx::Error),
    #[error("{0}")]
    Hash(argon2::password_hash::Error),
}

/// The demo accounts, made if they are not there.
pub(crate) async fn seed(db: &Db, data: &Path) -> Result<Vec<Account>, AccountsError> {
    add_app(db).await?;
    let file = data.join("accounts.json");
    let mut passwords = read(&file)?;
    let known = passwords.len();
    for (user, _, _) in PEOPLE {
        passwords.entry(user.to_owned()).or_insert_with(secrets::password);
    }
    if passwords.len() > known {
        files::write_private(&file, &serde_json::to_vec_pretty(&passwords).map_err(io::Error::other)?)?;
    }
    let mut accounts = Vec::with_capacity(PEOPLE.len());
    for (user, role, name) in PEOPLE {
        let password = passwords.get(user).cloned().unwrap_or_default();
        let account = Account { user: user.to_owned(), password, role, name: name.to_owned() };
        add(db, &account).await?;
        accounts.push(account);
    }
    Ok(accounts)
}

fn read(file: &Path) -> Result<BTreeMap<String, String>, io::Error> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

async fn add(db: &Db, account: &Account) -> Result<(), AccountsError> {
    if db.account(&account.user).await?.is_some() {
        return Ok(());
    }
    let password_hash = secrets::password_hash(&account.password).map_err(AccountsError::Hash)?;
    let (user, name) = (account.user.clone(), account.name.clone());
    Ok(db.add_account(&AccountRow { user, name, role: account.role, password_hash }).await?)
}

async fn add_app(db: &Db) -> Result<(), AccountsError> {
    let (user, name) = (APP_USER.to_owned(), "বার্তাকক্ষ".to_owned());
    Ok(db.add_account(&AccountRow { user, name, role: Role::Editor, password_hash: String::new() }).await?)
}
