//! Accounts on portals.

use std::{env, io};

use desk::{
    Desk,
    commands::call,
    wire::{AddPortal, Nothing, OfPortal, PortalKind, PortalView},
};
use serde_json::json;

use crate::{
    answer::{Answer, BAD_INPUT, Stopped},
    arguments::{Kind, PortalVerb},
    sentences::{self, Sentence},
};

/// Gives a `portal` command.
pub async fn give(desk: &Desk, verb: PortalVerb) -> Result<Answer, Stopped> {
    match verb {
        PortalVerb::Add { name, kind, url, user } => {
            let kind = match kind {
                Kind::Native => PortalKind::Native,
                Kind::Wordpress => PortalKind::Wordpress,
            };
            add(desk, AddPortal { name, kind, url, user, password: password().await? }).await
        }
        PortalVerb::List => {
            let portals = call::list_portals(desk, Nothing {}).await?;
            let text: Vec<_> = portals.portals.iter().map(line).collect();
            Ok(Answer::done(json!(portals), text.join("\n")))
        }
        PortalVerb::Check { name } => {
            let portal = named(desk, &name).await?.portal;
            let check = call::check_portal(desk, OfPortal { portal }).await?;
            let role = sentences::name(&check.role);
            let text = format!("{} {}  {}  {role}", check.name, check.version, check.account);
            Ok(Answer::done(json!(check), text))
        }
    }
}

async fn add(desk: &Desk, add: AddPortal) -> Result<Answer, Stopped> {
    let start = call::add_portal(desk, add).await?;
    let current = start.portals.into_iter().find(|portal| portal.current);
    Ok(Answer::done(json!(current), current.as_ref().map(line).unwrap_or_default()))
}

/// The account that is called so.
pub async fn named(desk: &Desk, name: &str) -> Result<PortalView, Stopped> {
    let portals = call::list_portals(desk, Nothing {}).await?.portals;
    let found = portals.into_iter().find(|portal| portal.name == name);
    found.ok_or_else(|| Stopped::Here(Sentence::no_such_portal(name), BAD_INPUT))
}

fn line(portal: &PortalView) -> String {
    let mark = if portal.current { "*" } else { " " };
    format!("{mark} {}  {}  {}  {}", portal.name, sentences::name(&portal.kind), portal.url, portal.user)
}

/// Never an argument: arguments can be read by every user of the machine.
async fn password() -> Result<String, Stopped> {
    if let Ok(password) = env::var("KHOSRA_PASSWORD") {
        return Ok(password);
    }
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map(|_| line)
    });
    let line = read.await.ok().and_then(Result::ok).unwrap_or_default();
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Stopped::Here(Sentence::no_password(), BAD_INPUT));
    }
    Ok(password.to_owned())
}
