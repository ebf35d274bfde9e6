//! The command line of the site's accounts.

use std::{io::Write as _, path::PathBuf};

use clap::Subcommand;
use khosra_newsite::{Administration, AdministrationError, Clock as _, SystemClock};
use serde::{
    Deserialize as _,
    de::{IntoDeserializer as _, value::Error},
};
use serde_json::{Value, json};
use story::Role;

#[derive(clap::Args)]
pub(crate) struct Accounts {
    /// Data folder of the site.
    #[arg(long)]
    data: PathBuf,
    /// Database address, where it is not in the data folder.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Every account: who, which role, whether anybody can sign in, with which devices somebody is.
    List,
    /// Makes an account and prints its password, once.
    Add {
        /// The name to sign in with, such as `rehana`.
        user: String,
        /// The person's name, as it stands on stories.
        #[arg(long)]
        name: String,
        /// correspondent, sub_editor, editor or admin.
        #[arg(long, value_parser = role)]
        role: Role,
    },
    /// Gives an account another name or role.
    Change {
        /// The name to sign in with.
        user: String,
        /// The person's name, as it stands on stories.
        #[arg(long)]
        name: Option<String>,
        /// correspondent, sub_editor, editor or admin.
        #[arg(long, value_parser = role, required_unless_present = "name")]
        role: Option<Role>,
    },
    /// Prints another password, once, and signs the account out everywhere; opens one that was closed.
    Password {
        /// The name to sign in with.
        user: String,
    },
    /// Signs an account out everywhere; its password still holds.
    SignOut {
        /// The name to sign in with.
        user: String,
    },
    /// Signs an account out everywhere and lets nobody in again; its stories stay.
    Close {
        /// The name to sign in with.
        user: String,
    },
}

pub(crate) async fn run(accounts: Accounts) -> Result<(), String> {
    let opened = Administration::open(&accounts.data, accounts.database.as_deref()).await;
    let site = opened.map_err(|error| error.to_string())?;
    let done = carry_out(&site, accounts.act).await;
    site.close().await;
    let mut out = std::io::stdout();
    for line in done.map_err(|error| error.to_string())? {
        writeln!(out, "{line}").map_err(|error| error.to_string())?;
    }
    Ok(())
}

async fn carry_out(site: &Administration, act: Act) -> Result<Vec<Value>, AdministrationError> {
    let now = SystemClock.now();
    let secret = |user: &str, password: String| json!({ "user": user, "password": password });
    let user = match act {
        Act::List => return Ok(site.list(now).await?.into_iter().map(|account| json!(account)).collect()),
        Act::Add { user, name, role } => {
            return Ok(vec![secret(&user, site.add(&user, &name, role).await?)]);
        }
        Act::Password { user } => return Ok(vec![secret(&user, site.renew_password(&user, now).await?)]),
        Act::Change { user, name, role } => {
            site.change(&user, name.as_deref(), role).await?;
            user
        }
        Act::SignOut { user } => {
            site.sign_out(&user, now).await?;
            user
        }
        Act::Close { user } => {
            site.close_account(&user, now).await?;
            user
        }
    };
    let stands = site.list(now).await?.into_iter().filter(|account| account.user == user);
    Ok(stands.map(|account| json!(account)).collect())
}

/// A role by its name in the contract; a hyphen does as well.
fn role(name: &str) -> Result<Role, String> {
    let name = name.replace('-', "_");
    Role::deserialize(name.as_str().into_deserializer())
        .map_err(|_: Error| "one of correspondent, sub_editor, editor, admin".to_owned())
}
