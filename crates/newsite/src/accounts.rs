//! The demo accounts. Their passwords are random for each data folder and lie there in a file that only the
//! owner can read, so that a restart can print them again; the database has nothing but their hashes.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

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

/// The demo accounts, made if they are not there. Those whose password was changed or taken away since are not
/// among the answer: nobody knows it here.
pub(crate) async fn seed(db: &Db, data: &Path) -> Result<Vec<Account>, AccountsError> {
    add_app(db).await?;
    let mut passwords = Passwords::read(data)?;
    for (user, role, name) in PEOPLE {
        if db.account(user).await?.is_none() {
            let password = passwords.draw(user)?;
            add(db, &Account { user: user.to_owned(), password, role, name: name.to_owned() }).await?;
        }
    }
    let mut accounts = Vec::with_capacity(PEOPLE.len());
    for (user, _, _) in PEOPLE {
        let (Some(password), Some(row)) = (passwords.of(user), db.account(user).await?) else { continue };
        accounts.push(Account { user: row.user, password, role: row.role, name: row.name });
    }
    Ok(accounts)
}

/// The demo accounts' passwords in their file.
pub(crate) struct Passwords {
    file: PathBuf,
    by_user: BTreeMap<String, String>,
}

impl Passwords {
    /// What the file in `data` says; nothing where there is none.
    pub(crate) fn read(data: &Path) -> io::Result<Self> {
        let file = data.join("accounts.json");
        let by_user = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error),
        };
        Ok(Self { file, by_user })
    }

    /// Forgets one that does not hold any more.
    pub(crate) fn forget(&mut self, user: &str) -> io::Result<()> {
        if self.by_user.remove(user).is_some() { self.write() } else { Ok(()) }
    }

    fn of(&self, user: &str) -> Option<String> {
        self.by_user.get(user).cloned()
    }

    /// On disk before the account is there: a start that was cut short goes on with the same one.
    fn draw(&mut self, user: &str) -> io::Result<String> {
        if let Some(drawn) = self.of(user) {
            return Ok(drawn);
        }
        let password = secrets::password();
        self.by_user.insert(user.to_owned(), password.clone());
        self.write()?;
        Ok(password)
    }

    fn write(&self) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(&self.by_user).map_err(io::Error::other)?;
        files::write_private(&self.file, &text)
    }
}

async fn add(db: &Db, account: &Account) -> Result<(), AccountsError> {
    let password_hash = secrets::password_hash(&account.password).map_err(AccountsError::Hash)?;
    let (user, name) = (account.user.clone(), account.name.clone());
    Ok(db.add_account(&AccountRow { user, name, role: account.role, password_hash }).await?)
}

async fn add_app(db: &Db) -> Result<(), AccountsError> {
    let (user, name) = (APP_USER.to_owned(), "বার্তাকক্ষ".to_owned());
    Ok(db.add_account(&AccountRow { user, name, role: Role::Editor, password_hash: String::new() }).await?)
}
