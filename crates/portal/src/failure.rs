//! What went wrong with a request, in the words of the domain, and what that means for the outbox.

use std::time::Duration;

use story::{Cause, Difference, Outcome};

/// Longest [`Failure::detail`], in characters.
pub const MAX_DETAIL: usize = 2_000;

/// A request that did not end in an answer that counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause:?}: {detail}")]
pub struct Failure {
    /// Why; the interface has a sentence for each.
    pub cause: Cause,
    /// The portal is known not to have done what was asked: nothing was sent, or it refused.
    pub nothing_done: bool,
    /// What the portal asked for (`Retry-After`), capped by [`story::delivery::MAX_DELAY`].
    pub after: Option<Duration>,
    /// The portal's own words as plain text, for "details"; at most [`MAX_DETAIL`] characters, never a token.
    pub detail: String,
    /// For [`Cause::ReadBackDiffers`]: what the portal kept otherwise.
    pub differences: Vec<Difference>,
}

impl Failure {
    /// A failure of a request that cannot have had an effect.
    pub(crate) fn harmless(cause: Cause, detail: impl Into<String>) -> Self {
        let detail = clip(&detail.into());
        Self { cause, nothing_done: true, after: None, detail, differences: Vec::new() }
    }

    /// A failure that leaves open whether the portal acted.
    pub(crate) fn open(cause: Cause, detail: impl Into<String>) -> Self {
        Self { nothing_done: false, ..Self::harmless(cause, detail) }
    }

    /// Read back, and something is otherwise. Whether anything was done is open.
    pub(crate) fn differs(found: Vec<Difference>) -> Self {
        let detail = lines(&found);
        Self { differences: found, ..Self::open(Cause::ReadBackDiffers, detail) }
    }

    /// The same failure after something else was already sent: nobody knows for certain that nothing is there.
    #[must_use]
    pub(crate) fn after_sending(self) -> Self {
        Self { nothing_done: false, ..self }
    }
}

/// What a failure means for the intent: a person has to act, or it goes on by itself, by looking up first when
/// something may have been done. Success is not here: only a read-back is [`Outcome::Delivered`].
pub fn outcome(failure: &Failure) -> Outcome {
    let (why, after) = (failure.cause, failure.after);
    if needs_a_person(why) {
        Outcome::Stuck { why }
    } else if failure.nothing_done {
        Outcome::Later { why, after }
    } else {
        Outcome::Unknown { why, after }
    }
}

/// Written out in full, so that a new cause cannot be forgotten here.
fn needs_a_person(cause: Cause) -> bool {
    match cause {
        Cause::Untrusted
        | Cause::SignedOut
        | Cause::Forbidden
        | Cause::NotFound
        | Cause::Conflict
        | Cause::NotApproved
        | Cause::SuggestionsOpen
        | Cause::Flagged
        | Cause::Embargoed
        | Cause::KillWaits
        | Cause::ChangedOnPortal
        | Cause::TooLarge
        | Cause::Invalid
        | Cause::ReadBackDiffers
        | Cause::WindowClosed
        | Cause::ScheduleMissed
        | Cause::CannotStrip
        | Cause::NoSecret => true,
        Cause::Offline
        | Cause::Timeout
        | Cause::CutOff
        | Cause::PortalBroken
        | Cause::PortalErrorPage
        | Cause::LoginPage
        | Cause::NotTheContract
        | Cause::WrongEcho
        | Cause::Redirected
        | Cause::StillRunning
        | Cause::TooManyRequests
        | Cause::Unavailable
        | Cause::BudgetSpent
        | Cause::Metered
        | Cause::PriceUnknown
        | Cause::OriginalsOff => false,
    }
}

/// Differences as a detail, one a line.
pub(crate) fn lines(found: &[Difference]) -> String {
    let said = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
    let line = |one: &Difference| format!("{}: {} sent, {} kept", one.at, said(&one.sent), said(&one.kept));
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The first [`MAX_DETAIL`] characters.
pub(crate) fn clip(text: &str) -> String {
    text.trim().chars().take(MAX_DETAIL).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_must_mend_is_stuck_whether_or_not_something_was_sent() {
        for cause in [Cause::SignedOut, Cause::ChangedOnPortal, Cause::Invalid, Cause::ReadBackDiffers] {
            assert_eq!(outcome(&Failure::open(cause, "")), Outcome::Stuck { why: cause });
            assert_eq!(outcome(&Failure::harmless(cause, "")), Outcome::Stuck { why: cause });
        }
    }

    #[test]
    fn what_mends_itself_is_later_when_nothing_was_done_and_unknown_otherwise() {
        for why in [Cause::Offline, Cause::PortalErrorPage, Cause::LoginPage, Cause::StillRunning] {
            let after = None;
            assert_eq!(outcome(&Failure::harmless(why, "")), Outcome::Later { why, after });
            assert_eq!(outcome(&Failure::open(why, "")), Outcome::Unknown { why, after });
        }
    }

    #[test]
    fn the_wait_that_the_portal_asked_for_is_handed_on() {
        let after = Some(Duration::from_secs(30));
        let failure = Failure { after, ..Failure::harmless(Cause::TooManyRequests, "") };
        assert_eq!(outcome(&failure), Outcome::Later { why: Cause::TooManyRequests, after });
    }

    #[test]
    fn details_are_clipped_by_characters_and_not_inside_one() {
        let failure = Failure::harmless(Cause::Invalid, "খ".repeat(MAX_DETAIL + 5));
        assert_eq!(failure.detail.chars().count(), MAX_DETAIL);
    }
}
