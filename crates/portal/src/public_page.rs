//! Reads a public page as any reader would: without the token, without following redirects, and never from an
//! address inside somebody's network that the portal made us ask.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::{RequestBuilder, Url};
use story::Cause;
use url::Host;

use crate::{
    address::is_this_machine,
    failure::Failure,
    http::{Effect, Wire},
};

/// The media types of a page.
pub(crate) const PAGE: &[&str] = &["text/html", "application/xhtml+xml"];

/// The page's HTML.
pub(crate) async fn read(wire: &Wire, url: &str) -> Result<String, Failure> {
    read_as(wire, url, PAGE).await
}

/// What stands at a public address, if it is of one of these media types.
pub(crate) async fn read_as(wire: &Wire, url: &str, kinds: &[&str]) -> Result<String, Failure> {
    let answer = wire.fetch(request(wire, url)?, Effect::Reads, &[200]).await?;
    if !kinds.contains(&answer.media_type().as_str()) {
        let detail = format!("the public page is {}", answer.media_type());
        return Err(Failure::harmless(Cause::NotTheContract, detail));
    }
    String::from_utf8(answer.body).map_err(|e| Failure::harmless(Cause::NotTheContract, e.to_string()))
}

/// Asks for something that any reader may have, at an address that the portal named.
///
/// # Errors
/// [`Cause::Redirected`] when no reader would be sent there.
pub(crate) fn request(wire: &Wire, url: &str) -> Result<RequestBuilder, Failure> {
    let url = wire.base().join(url).map_err(|e| Failure::harmless(Cause::NotTheContract, e.to_string()))?;
    if !may_ask(wire.base(), &url) {
        let detail = format!("the portal's address is not one for readers: {url}");
        return Err(Failure::harmless(Cause::Redirected, detail));
    }
    Ok(wire.as_a_reader(url))
}

/// The portal's own origin may be asked; another one only by https and outside private networks.
fn may_ask(base: &Url, page: &Url) -> bool {
    if page.origin() == base.origin() {
        return true;
    }
    let public = match page.host() {
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        Some(host @ Host::Domain(_)) => !is_this_machine(&host),
        None => false,
    };
    page.scheme() == "https" && public
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let shared = address.octets().first() == Some(&100) && (64..128).contains(&address.octets()[1]);
    let closed = address.is_private() || address.is_loopback() || address.is_link_local();
    !(closed || shared || address.is_unspecified() || address.is_broadcast() || address.is_multicast())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let local = address.is_loopback() || address.is_unspecified() || address.is_multicast();
    !(local || address.is_unique_local() || address.is_unicast_link_local())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(page: &str) -> bool {
        may_ask(&Url::parse("https://api.portal.example/").unwrap(), &Url::parse(page).unwrap())
    }

    #[test]
    fn the_portals_own_pages_and_those_of_its_public_site_may_be_asked() {
        assert!(may("https://api.portal.example/x"));
        assert!(may("https://www.portal.example/x"));
    }

    #[test]
    fn private_networks_and_other_schemes_may_not() {
        for page in [
            "http://www.portal.example/",
            "https://127.0.0.1/",
            "https://localhost/",
            "https://169.254.169.254/latest/meta-data",
            "https://192.168.0.1/",
            "https://100.64.0.1/",
            "https://[::1]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[::ffff:10.0.0.1]/",
            "file:///etc/passwd",
        ] {
            assert!(!may(page), "{page}");
        }
    }
}
