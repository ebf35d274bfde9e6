//! Where a portal is: an address that was checked before anything was sent to it.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// Kinds of portal that have an adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Speaks the native contract, version 1.
    Native,
    /// WordPress 6.1 or newer, with or without the companion plugin.
    Wordpress,
}

/// How long to wait for a portal before giving up on one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For the connection, TLS included.
    pub connect: Duration,
    /// Between two bytes of an answer.
    pub idle: Duration,
    /// For a whole request and its answer.
    pub total: Duration,
}

impl Default for Timeouts {
    /// Patient enough for 256 kB over a 3 kB/s line, and no more.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            idle: Duration::from_secs(45),
            total: Duration::from_secs(120),
        }
    }
}

/// A portal's address: `https://…`, or `http://` on this machine only, without user name or fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    kind: Kind,
    base: Url,
    timeouts: Timeouts,
}

/// Why a text is not the address of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadUrl {
    /// Not a web address at all.
    #[error("not an https address")]
    NotAnAddress,
    /// `http://` to another machine: the token would travel in the open.
    #[error("plain http is for this machine only")]
    NotEncrypted,
    /// It carries a user name or a password.
    #[error("the address carries a user name or a password")]
    NamesUser,
    /// It carries a query or a fragment: it was copied from a page, not from the portal's settings.
    #[error("the address carries a query or a fragment")]
    NamesPage,
}

impl Address {
    /// Checks what a person typed. A missing scheme means `https://`.
    ///
    /// # Errors
    /// [`BadUrl`] says what is wrong with it.
    pub fn parse(kind: Kind, text: &str) -> Result<Self, BadUrl> {
        let text = text.trim();
        let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let mut base = Url::parse(&text).map_err(|_| BadUrl::NotAnAddress)?;
        check(&base)?;
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        Ok(Self { kind, base, timeouts: Timeouts::default() })
    }

    /// The same address with other time-outs.
    #[must_use]
    pub fn within(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// What kind of portal it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The portal's base address; its path ends with `/`.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// How long to wait for it.
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.base.fmt(f)
    }
}

fn check(url: &Url) -> Result<(), BadUrl> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadUrl::NamesUser);
    }
    if url.fragment().is_some() || url.query().is_some() {
        return Err(BadUrl::NamesPage);
    }
    match (url.scheme(), url.host()) {
        (_, None) => Err(BadUrl::NotAnAddress),
        ("https", Some(_)) => Ok(()),
        ("http", Some(host)) if is_this_machine(&host) => Ok(()),
        ("http", Some(_)) => Err(BadUrl::NotEncrypted),
        _ => Err(BadUrl::NotAnAddress),
    }
}

/// Whether the host is this machine by its very name; a name that merely resolves to it does not count.
pub(crate) fn is_this_machine<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref() == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, BadUrl> {
        Address::parse(Kind::Native, text).map(|address| address.to_string())
    }

    #[test]
    fn https_is_taken_and_a_missing_scheme_means_it() {
        assert_eq!(parse("https://portal.example"), Ok("https://portal.example/".into()));
        assert_eq!(parse(" portal.example/desk "), Ok("https://portal.example/desk/".into()));
    }

    #[test]
    fn plain_http_is_taken_on_this_machine_only() {
        for here in ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080"] {
            assert!(parse(here).is_ok(), "{here}");
        }
        for there in ["http://portal.example", "http://10.0.0.1", "http://localhost.example"] {
            assert_eq!(parse(there), Err(BadUrl::NotEncrypted), "{there}");
        }
    }

    #[test]
    fn an_address_with_a_user_a_query_or_a_fragment_is_refused() {
        assert_eq!(parse("https://me:word@portal.example"), Err(BadUrl::NamesUser));
        assert_eq!(parse("https://me@portal.example"), Err(BadUrl::NamesUser));
        assert_eq!(parse("https://portal.example/#top"), Err(BadUrl::NamesPage));
        assert_eq!(parse("https://portal.example/?p=1"), Err(BadUrl::NamesPage));
    }

    #[test]
    fn what_is_no_web_address_is_refused() {
        for text in
            ["", "https://", "file:///etc/passwd", "javascript://x", "ftp://portal.example", "https://a b"]
        {
            assert_eq!(parse(text), Err(BadUrl::NotAnAddress), "{text}");
        }
    }
}
