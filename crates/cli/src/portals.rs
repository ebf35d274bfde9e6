//! Accounts on portals.

use std::{env, io};

use desk::{
    Desk,
    commands::call,
    wire::{AddPortal, Nothing, PortalView},
};
use serde_json::json;
use story::Language;

use crate::{
    answer::{Answer, BAD_INPUT, Stopped},
    arguments::PortalVerb,
    sentences::{self, Sentence},
    trials,
};

/// Gives a `portal` command.
pub async fn give(desk: &Desk, verb: PortalVerb, language: Language) -> Result<Answer, Stopped> {
    match verb {
        PortalVerb::Add { name, kind, url, user } => {
            add(desk, AddPortal { name, kind: kind.into(), url, user, password: password().await? }).await
        }
        PortalVerb::List => {
            let portals = call::list_portals(desk, Nothing {}).await?;
            let text: Vec<_> = portals.portals.iter().map(line).collect();
            Ok(Answer::done(json!(portals), text.join("\n")))
        }
        PortalVerb::Check { portal, kind: Some(kind), user: Some(user), without_publishing } => {
            let (name, kind, password) = (portal.clone(), kind.into(), password().await?);
            let account = AddPortal { name, kind, url: portal, user, password };
            trials::check_stranger(desk, account, !without_publishing, language).await
        }
        PortalVerb::Check { portal, without_publishing, .. } => {
            trials::check_known(desk, &portal, !without_publishing, language).await
        }
    }
}

async fn add(desk: &Desk, add: AddPortal) -> Result<Answer, Stopped> {
    let start = call::add_portal(desk, add).await?;
    let current = start.portals.into_iter().find(|portal| portal.current);
    Ok(Answer::done(json!(current), current.as_ref().map(line).unwrap_or_default()))
}

/// The account that is called so; failing that, the one with this address.
pub async fn named(desk: &Desk, name: &str) -> Result<PortalView, Stopped> {
    let portals = call::list_portals(desk, Nothing {}).await?.portals;
    let address = |portal: &PortalView| portal.url.trim_end_matches('/') == name.trim_end_matches('/');
    let called = portals.iter().position(|portal| portal.name == name);
    let found = called.or_else(|| portals.iter().position(address));
    let found = found.and_then(|place| portals.into_iter().nth(place));
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
