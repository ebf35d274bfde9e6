//! What a run has found.

use chrono::TimeDelta;
use story::{Cause, Guarantee, Sha256Hex, StoryId, Untold};

use crate::{failure::Failure, portal::RemoteState};

/// Every guarantee once, in the order of [`Guarantee::ALL`], and what is left of the test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The test story's id.
    pub story: StoryId,
    /// What was found, one for each guarantee.
    pub tried: Vec<Tried>,
    /// How far the portal's clock is ahead of this machine's; `None` when it did not tell.
    pub skew: Option<TimeDelta>,
    /// The test story, when it could not be taken away.
    pub left_over: Option<LeftOver>,
    /// The test photo, which stays where it is: portals keep photos for other stories. `None` when none was sent.
    pub photo: Option<Sha256Hex>,
}

impl Report {
    /// Something that is offered does not hold.
    pub fn fails(&self) -> bool {
        self.tried.iter().any(|tried| matches!(tried.verdict, Verdict::Fails(_)))
    }
}

/// One guarantee, tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Which.
    pub guarantee: Guarantee,
    /// What was found.
    pub verdict: Verdict,
    /// Milliseconds.
    pub took: u64,
}

/// What was found of one guarantee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Tried, and kept.
    Holds,
    /// Tried, and not kept.
    Fails(Failing),
    /// Not tried.
    Untold(Untold),
}

/// How a guarantee was not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failing {
    /// What went wrong with a request; `None` when all went well and the result is not what was promised.
    pub cause: Option<Cause>,
    /// What was seen, for the portal's developers: plain English, the portal's own words, differences one a line.
    pub detail: String,
}

/// The test story is still at the portal, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    /// Its id there.
    pub story: StoryId,
    /// Its public address, when it has had one.
    pub url: Option<String>,
    /// What the portal says of it; `None` when it could not be asked.
    pub state: Option<RemoteState>,
    /// Readers have it or will get it, or may.
    pub maybe_public: bool,
    /// Why it could not be taken away.
    pub why: Failure,
}

/// Why a guarantee is not known to hold.
pub(super) enum Shortfall {
    Fails(Failing),
    Untold(Untold),
}

/// What trying one guarantee came to.
pub(super) type Found = Result<(), Shortfall>;

impl From<Failure> for Shortfall {
    fn from(failure: Failure) -> Self {
        Self::Fails(Failing { cause: Some(failure.cause), detail: failure.detail })
    }
}

impl From<Found> for Verdict {
    fn from(found: Found) -> Self {
        match found {
            Ok(()) => Self::Holds,
            Err(Shortfall::Fails(failing)) => Self::Fails(failing),
            Err(Shortfall::Untold(why)) => Self::Untold(why),
        }
    }
}

/// The portal answered as agreed, and the result is not what it promised.
pub(super) fn broken(detail: impl Into<String>) -> Shortfall {
    Shortfall::Fails(Failing { cause: None, detail: detail.into() })
}

/// Holds unless `fault`.
pub(super) fn unless(fault: bool, detail: impl Into<String>) -> Found {
    if fault { Err(broken(detail)) } else { Ok(()) }
}
