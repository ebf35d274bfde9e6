//! Where readers meet a story beside its own page, and what stands there. Read from outside: no token goes along, no
//! redirect is followed, and no place is asked that a reader could not.

mod html;
mod tour;

use story::{Cause, PlaceKind, PlaceState, Wordings};

use crate::{failure::Failure, http::is_error_page};
use html::Head;
pub(crate) use tour::Tour;

/// What of a story is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Whereabouts<'a> {
    /// Its page, or where that was before it was taken down.
    pub url: Option<&'a str>,
    /// Slug of its section.
    pub section: &'a str,
    /// What that section is called, in every language that the portal gave.
    pub section_names: &'a [String],
    /// How it is told, and was.
    pub wordings: &'a Wordings,
}

/// A place and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What kind.
    pub kind: PlaceKind,
    /// Where it is, for a browser.
    pub url: String,
    /// What stands there.
    pub state: PlaceState,
    /// Why it could not be read, if it could not.
    pub cause: Option<Cause>,
    /// The same in the machine's words, for "details".
    pub detail: String,
}

impl Place {
    fn read(kind: PlaceKind, url: &str, state: PlaceState) -> Self {
        Self { kind, url: url.to_owned(), state, cause: None, detail: String::new() }
    }

    /// An error that the portal shows to readers says nothing of the story.
    fn broken(kind: PlaceKind, url: &str) -> Self {
        Self::unread(kind, url, Failure::harmless(Cause::PortalErrorPage, String::new()))
    }

    /// Nothing stands at an address that the portal says it has not, or that is shut to readers.
    fn unread(kind: PlaceKind, url: &str, failure: Failure) -> Self {
        match failure.cause {
            Cause::NotFound | Cause::Forbidden | Cause::SignedOut => {
                Self::read(kind, url, PlaceState::Absent)
            }
            cause => Self {
                cause: Some(cause),
                detail: failure.detail,
                ..Self::read(kind, url, PlaceState::Unread)
            },
        }
    }
}

/// The story's own page and the card in its head.
///
/// # Errors
/// Where nothing at all can be reached: then no place could be read either.
pub(crate) fn of_page(
    url: &str,
    page: Result<String, Failure>,
    story: &Whereabouts<'_>,
) -> Result<Vec<Place>, Failure> {
    match page {
        Ok(html) => Ok(page_and_card(url, &html, story.wordings)),
        Err(failure) if is_of_the_line(failure.cause) => Err(failure),
        Err(failure) => Ok(vec![Place::unread(PlaceKind::Page, url, failure)]),
    }
}

fn page_and_card(url: &str, html: &str, wordings: &Wordings) -> Vec<Place> {
    if is_error_page(html.as_bytes()) {
        return vec![Place::broken(PlaceKind::Page, url)];
    }
    let Head { card, .. } = Head::of(html);
    let page = Place::read(PlaceKind::Page, url, wordings.shown(&html::words(html), false));
    let card = (!card.is_empty()).then(|| Place::read(PlaceKind::Card, url, wordings.shown(&card, false)));
    std::iter::once(page).chain(card).collect()
}

/// Whether it lies between us and the portal: every other place would say the same.
fn is_of_the_line(cause: Cause) -> bool {
    matches!(cause, Cause::Offline | Cause::Timeout | Cause::CutOff | Cause::Untrusted)
}
