//! Where a link of the body may lead.

use pulldown_cmark::LinkType;
use story::StoryId;

use crate::{address::Addresses, source::unmask};

/// A destination that the dialect allows.
pub(crate) enum Destination {
    /// Another story's page.
    Story(String),
    /// The web, or a mail address.
    Web(String),
}

/// Where a link leads by its own words, before anybody knows whether readers can have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another story.
    Story(StoryId),
    /// `http:`, `https:` or `mailto:`; not escaped.
    Web(String),
}

/// The destination of a link, or `None` when only its text may stand: another scheme, a relative address, or a
/// story that readers cannot have.
pub(crate) fn destination(dest_url: &str, kind: LinkType, addresses: &dyn Addresses) -> Option<Destination> {
    match target(dest_url, kind)? {
        Target::Story(id) => addresses.story(id).map(Destination::Story),
        Target::Web(address) => Some(Destination::Web(address)),
    }
}

/// As [`destination`], for those who look stories up themselves.
pub(crate) fn target(dest_url: &str, kind: LinkType) -> Option<Target> {
    let address = unmask(dest_url);
    let address = address.trim();
    if kind == LinkType::Email {
        return Some(Target::Web(format!("mailto:{address}")));
    }
    if let Some(id) = address.strip_prefix("story:") {
        return id.parse().ok().map(Target::Story);
    }
    let (scheme, rest) = address.split_once(':')?;
    let allowed = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.starts_with("//") && rest.len() > 2,
        "mailto" => !rest.is_empty(),
        _ => false,
    };
    let clean = !address.contains(|letter: char| letter.is_control());
    (allowed && clean).then(|| Target::Web(format!("{}:{rest}", scheme.to_ascii_lowercase())))
}

/// The host of a web address, without `www.`.
pub(crate) fn host(address: &str) -> &str {
    let (_, rest) = address.split_once("//").unwrap_or(("", address));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}
