//! Who we are at a WordPress, and what it can do for us.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reqwest::Method;
use serde::Deserialize;
use story::{Cause, Role};

use super::{html, site::Site};
use crate::{
    account::{Credentials, Session},
    address::Address,
    failure::Failure,
    http::Effect,
    portal::{About, Capabilities, Limits, Me},
    secret::Secret,
};

/// What we assume where the portal does not tell. Photos go as raw bodies, to which PHP's limits do not apply;
/// the web server's are not to be had beforehand.
const LIMITS: Limits =
    Limits { photo_bytes: 8 << 20, photo_pixels: 40_000_000, body_bytes: 2 << 20, list_page: 100 };

/// The right to work on what others write.
const EDITS_OTHERS: &str = "edit_others_posts";

#[derive(Deserialize)]
struct User {
    #[serde(default)]
    id: u64,
    #[serde(default)]
    username: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    capabilities: BTreeMap<String, bool>,
}

impl User {
    fn may(&self, what: &str) -> bool {
        self.capabilities.get(what).copied().unwrap_or(false)
    }
}

/// `GET khosra/v1/about`
#[derive(Deserialize)]
struct Companion {
    wordpress: String,
    photo_bytes: u64,
}

/// Checks name and Application Password, and makes a token of the two: WordPress has no other.
pub(crate) async fn sign_in_to(address: &Address, credentials: &Credentials<'_>) -> Result<Session, Failure> {
    let token = token(credentials.user, credentials.password);
    me(&Site::new(address, token.clone())?).await?;
    Ok(Session { token, expires_at: None })
}

/// WordPress shows an Application Password in groups of four letters.
fn token(user: &str, password: &Secret) -> Secret {
    let letters: String = password.expose().split_whitespace().collect();
    let is_application_password = letters.len() == 24 && letters.bytes().all(|b| b.is_ascii_alphanumeric());
    let password = if is_application_password { &letters } else { password.expose() };
    Secret::new(format!("{}:{password}", user.trim()))
}

pub(super) async fn me(site: &Site) -> Result<Me, Failure> {
    let (user, _) = user(site).await?;
    if !user.may("edit_posts") {
        return Err(Failure::harmless(Cause::Forbidden, "this account may not write stories"));
    }
    let publishes = user.may("publish_posts");
    Ok(Me {
        user: if user.username.is_empty() { user.slug } else { user.username },
        byline: user.name.clone(),
        name: user.name,
        role: if publishes { Role::Editor } else { Role::Correspondent },
        // WordPress asks nobody to approve what an author publishes.
        one_person: publishes,
        sections: Vec::new(),
    })
}

/// Who is signed in, as far as it matters between author and desk.
pub(super) struct Own {
    /// The account's number.
    pub(super) id: u64,
    /// What others read beside what was filed or returned from here.
    pub(super) name: String,
    /// May work on what others write.
    pub(super) edits_others: bool,
}

/// Asked once.
pub(super) async fn own(site: &Site) -> Result<&Own, Failure> {
    let ask = async {
        let (user, _) = user(site).await?;
        let edits_others = user.may(EDITS_OTHERS);
        Ok::<_, Failure>(Own { id: user.id, name: user.name, edits_others })
    };
    site.own.get_or_try_init(|| ask).await
}

/// Who we are, and the site's clock. The only address that tells a wrong password from an anonymous reader.
async fn user(site: &Site) -> Result<(User, Option<DateTime<Utc>>), Failure> {
    let request = site.request(Method::GET, "wp/v2/users/me", &[("context", "edit")]).await?;
    let answer = site.send(request, Effect::Reads).await?;
    Ok((site.wire().read(&answer)?, answer.clock()))
}

pub(super) async fn about(site: &Site) -> Result<About, Failure> {
    let root = site.root().await?;
    let (user, now) = user(site).await?;
    let mut limits = LIMITS;
    let version = if root.companion && user.may("edit_posts") {
        let companion: Companion = site.read("khosra/v1/about", &[]).await?;
        limits.photo_bytes = companion.photo_bytes;
        companion.wordpress
    } else {
        version(site).await
    };
    Ok(About {
        name: html::unescape(&root.name),
        name_en: None,
        version,
        capabilities: Capabilities {
            lists: true,
            idempotent_create: root.companion,
            refuses_overwriting: root.companion,
            schedules: user.may("publish_posts"),
            text_only: !user.may("upload_files"),
            desk: user.may("edit_posts"),
            without_leases: true,
            own_stories_only: !user.may(EDITS_OTHERS),
            ..Capabilities::default()
        },
        limits,
        now,
    })
}

/// From the feed, which names it unless the owner wants it hidden.
async fn version(site: &Site) -> String {
    let feed = async {
        let request = site.wire().request(Method::GET, "?feed=rss2")?;
        site.wire().fetch(request, Effect::Reads, &[200]).await
    };
    let Ok(answer) = feed.await else { return String::new() };
    let text = String::from_utf8_lossy(&answer.body);
    let after = text.split_once("<generator>https://wordpress.org/?v=").map(|(_, after)| after);
    after.and_then(|after| after.split_once('<')).map_or_else(String::new, |(version, _)| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spaces_that_wordpress_shows_in_a_password_are_for_the_eye() {
        let shown = Secret::new("abcd EFGH 1234 ijkl MNOP 5678");
        assert_eq!(token(" desk ", &shown).expose(), "desk:abcdEFGH1234ijklMNOP5678");
        assert_eq!(token("desk", &Secret::new("two words")).expose(), "desk:two words");
    }
}
