//! Trying what a portal keeps to.

use serde::{Deserialize, Serialize};
use story::{Cause, Guarantee, PortalId, Sha256Hex, StoryId, Untold};
use ts_rs::TS;

/// Asks to try every guarantee of a portal with a test story.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct TryPortal {
    /// Which.
    pub portal: PortalId,
    /// Also what readers could see for some seconds.
    pub publishing: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrialView {
    /// The test story's id.
    pub story: StoryId,
    /// Every guarantee once, in the order in which they were tried.
    pub guarantees: Vec<GuaranteeView>,
    /// Seconds that the portal's clock is ahead of this machine's; `None` when it did not tell.
    pub skew_seconds: Option<i32>,
    /// The test story, when it could not be taken away.
    pub left_over: Option<LeftOverView>,
    /// Digest of the test photo, which stays at the portal; `None` when none was sent.
    pub photo: Option<Sha256Hex>,
}

/// One guarantee, tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuaranteeView {
    /// Which.
    pub guarantee: Guarantee,
    /// What was found.
    pub verdict: GuaranteeVerdict,
    /// Why it was not tried; `None` when it was.
    pub untold: Option<Untold>,
    /// What went wrong with a request; `None` when it holds, or all went well and the result was not what was promised.
    pub cause: Option<Cause>,
    /// What was seen, for the portal's developers; empty unless it fails.
    pub detail: String,
    /// How long it took.
    pub millis: u32,
}

/// What was found of a guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GuaranteeVerdict {
    /// Tried, and kept.
    Holds,
    /// Tried, and not kept.
    Fails,
    /// Not tried.
    Untold,
}

/// The test story is still at the portal, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOverView {
    /// Its id there.
    pub story: StoryId,
    /// Its public address, when it has had one.
    pub url: Option<String>,
    /// Readers have it or will get it, or may.
    pub maybe_public: bool,
    /// Why it could not be taken away.
    pub cause: Cause,
    /// The portal's own words.
    pub detail: String,
}
