//! Delivery, as pure functions: what an intent of the outbox is, what a portal's answer means for it, and
//! when to try again. The store keeps it, the desk's worker drives it, the portal crate judges answers.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{hash::Sha256Hex, ids::IntentId};

/// What an intent brings to the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum IntentKind {
    /// One photo's published rendition; its story depends on it.
    Photo {
        /// SHA-256 of the bytes that are sent (not of the original).
        sha256: Sha256Hex,
    },
    /// The original of one photo, for the portal's desk alone. It goes last of all and holds nothing up.
    Original {
        /// SHA-256 of the published rendition that it is an original of.
        sha256: Sha256Hex,
        /// The story's own intent that must be confirmed first.
        behind: IntentId,
    },
    /// First publication of the frozen payload.
    Publish,
    /// The frozen payload in place of what is live.
    Correct,
    /// The frozen payload for the portal's desk; readers see nothing of it.
    File,
    /// The frozen payload back to its author, with a reason; readers see nothing of it.
    Return,
    /// Back from the portal's desk to its author.
    Recall,
    /// An editor's word that the frozen payload may go to readers; they see nothing of it yet.
    Approve,
    /// First publication of the frozen payload at a set time, by the portal's clock.
    Schedule {
        /// When.
        at: DateTime<Utc>,
    },
    /// Readers get it no more.
    Withdraw,
    /// Readers never get it again.
    Kill,
}

impl IntentKind {
    /// It takes a story from the readers. Nothing asked for earlier is sent once it was asked for.
    pub fn takes_down(&self) -> bool {
        matches!(self, Self::Withdraw | Self::Kill)
    }

    /// It goes between an author and the portal's desk, and readers see nothing of it.
    pub fn is_for_the_desk(&self) -> bool {
        matches!(self, Self::File | Self::Return | Self::Recall | Self::Approve)
    }

    /// It brings the story itself, or takes it away: no file of its photos.
    pub fn is_of_the_story(&self) -> bool {
        !matches!(self, Self::Photo { .. } | Self::Original { .. })
    }

    /// What goes first, the smallest number of all; `None` for a photo, which goes with what waits for it.
    pub fn rank(&self) -> Option<u32> {
        match self {
            Self::Photo { .. } => None,
            Self::Kill => Some(0),
            Self::Withdraw => Some(1),
            Self::Correct => Some(2),
            Self::Publish => Some(3),
            Self::Schedule { .. } => Some(4),
            Self::File | Self::Return | Self::Recall | Self::Approve => Some(5),
            Self::Original { .. } => Some(6),
        }
    }
}

/// On whose word a version goes out, where that is more than the press that sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// It was approved before, by an act of its own, and the portal has to know of that.
    Before,
    /// Whoever wrote it alone approves it too: one-person mode was on.
    Alone,
    /// A kill, or the clearing of a legal flag, without the second person that it needs: the glass was broken.
    Glass,
}

impl Consent {
    /// As it is called on the wire and in databases.
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Alone => "alone",
            Self::Glass => "glass",
        }
    }
}

/// Where one intent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its turn, the network or a time.
    Queued,
    /// An attempt has been counted and is under way.
    Sending,
    /// Something was sent and no trustworthy answer came: look up before any resend.
    Unknown,
    /// Read back and found as sent.
    Confirmed,
    /// The portal said no; a person must change something.
    Refused,
    /// It cannot go on without a person (sign in, resolve a conflict).
    Blocked,
    /// A person took it back before anything was sent.
    Cancelled,
}

/// When the originals of photos may be sent to a portal that keeps them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Originals {
    /// Not at all.
    Never,
    /// When the line is known to cost nothing by the byte.
    #[default]
    Unmetered,
    /// On every line.
    Always,
}

/// What a byte costs on the machine's present line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// Nothing.
    Free,
    /// Something.
    Metered,
    /// Nobody can say.
    Unknown,
}

impl Originals {
    /// Why an original has to wait on this line; `None`: it may go.
    pub fn hold(self, line: Line) -> Option<Cause> {
        match (self, line) {
            (Self::Never, _) => Some(Cause::OriginalsOff),
            (Self::Always, _) | (Self::Unmetered, Line::Free) => None,
            (Self::Unmetered, Line::Metered) => Some(Cause::Metered),
            (Self::Unmetered, Line::Unknown) => Some(Cause::PriceUnknown),
        }
    }
}

impl DeliveryState {
    /// Nothing more will happen to it by itself or by a person.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Confirmed | Self::Cancelled)
    }

    /// The worker may pick it up.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unknown)
    }

    /// A person may still take it back: nothing of it is at the portal. `doubtful` says that an attempt
    /// was made whose end is not known.
    pub fn may_cancel(self, doubtful: bool) -> bool {
        !doubtful && matches!(self, Self::Queued | Self::Refused | Self::Blocked)
    }

    /// It waits for a person.
    pub fn is_stuck(self) -> bool {
        matches!(self, Self::Refused | Self::Blocked)
    }
}

/// One thing that a portal kept otherwise than it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Difference {
    /// JSON pointer into the payload, such as `/photos/0/credit`; `/page` is the public page, `/state` what readers
    /// get.
    pub at: String,
    /// What was sent; at most a hundred letters or so, empty when that says nothing.
    pub sent: String,
    /// What the portal has instead; empty when it has nothing.
    pub kept: String,
}

/// Why an attempt did not end in a receipt. The interface has a sentence for each; raw text of the portal
/// goes beside it as a detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// No connection: refused, no route, no name.
    Offline,
    /// Connected, then no answer in time.
    Timeout,
    /// The connection broke before the whole answer was here.
    CutOff,
    /// TLS could not be trusted.
    Untrusted,
    /// 5xx.
    PortalBroken,
    /// A success status whose body is the portal's own error text (`SQLSTATE…`, a PHP warning).
    PortalErrorPage,
    /// A log-in page or another web page where JSON was due: usually a hotel's or an operator's network.
    LoginPage,
    /// JSON was due and something else came, or it does not fit the contract.
    NotTheContract,
    /// The answer names another story, version or key than the one sent.
    WrongEcho,
    /// A redirect to another host; the token was not sent there.
    Redirected,
    /// 401: sign in again.
    SignedOut,
    /// 403: this account may not.
    Forbidden,
    /// 404 or 410.
    NotFound,
    /// 409: the same key is still being worked on.
    StillRunning,
    /// 409: another act stands in the way.
    Conflict,
    /// 409: the portal holds no approval of this version.
    NotApproved,
    /// The portal has a suggestion at the story that nobody has accepted or rejected.
    SuggestionsOpen,
    /// 409: a legal flag holds the story back.
    Flagged,
    /// 409: by the portal's clock its embargo is not over.
    Embargoed,
    /// 409: a kill of it waits for a second person.
    KillWaits,
    /// 412: somebody changed the story on the portal.
    ChangedOnPortal,
    /// 413: larger than the portal takes.
    TooLarge,
    /// 415 or 422: the portal does not accept what it was sent.
    Invalid,
    /// 429.
    TooManyRequests,
    /// 503.
    Unavailable,
    /// Read back, and it differs from what was sent.
    ReadBackDiffers,
    /// The publish window that the editor chose has closed.
    WindowClosed,
    /// No secret for this account is to be had on this machine.
    NoSecret,
    /// The portal's clock is past the time, and readers do not have the story.
    ScheduleMissed,
    /// What may be sent in one day over mobile data has been sent: a photo waits for the next day.
    BudgetSpent,
    /// Every byte of this line is paid for: an original waits for another one.
    Metered,
    /// Nobody on this machine can say what the line costs: an original waits.
    PriceUnknown,
    /// A person wants no originals sent; this one was asked for before.
    OriginalsOff,
    /// An original from which place, serial number and names cannot be taken without changing it.
    CannotStrip,
}

impl Cause {
    /// What was asked for was weighed at the portal and is not done as things stand. That is the last word on an
    /// earlier attempt as well, whose answer was lost: both carry one key.
    pub fn is_a_no(self) -> bool {
        matches!(
            self,
            Self::NotApproved | Self::SuggestionsOpen | Self::Flagged | Self::Embargoed | Self::KillWaits
        )
    }
}

/// What one attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Read back and as sent.
    Delivered,
    /// Nothing was done at the portal; try again, not before the delay if one is named.
    Later {
        /// Why not now.
        why: Cause,
        /// What the portal asked for (`Retry-After`), already capped by [`MAX_DELAY`].
        after: Option<Duration>,
    },
    /// It may or may not have been done: look up by the story's id before anything is sent again.
    Unknown {
        /// What happened to the answer.
        why: Cause,
        /// What the portal asked for (`Retry-After`).
        after: Option<Duration>,
    },
    /// A person has to act.
    Stuck {
        /// Why.
        why: Cause,
    },
}

/// The state after an attempt with an intent of this kind.
///
/// An original that another act stands in the way of belongs to a story that the portal has killed. A return, a recall or
/// an approval that another act stands in the way of is refused, where others wait for that act to be out of
/// the way: the portal has said where the story stands, which is the last word also on an earlier attempt.
pub fn settle_as(kind: &IntentKind, outcome: &Outcome) -> DeliveryState {
    match (kind, outcome) {
        (
            IntentKind::Return | IntentKind::Recall | IntentKind::Approve | IntentKind::Original { .. },
            Outcome::Stuck { why: Cause::Conflict },
        ) => DeliveryState::Refused,
        _ => settle(outcome),
    }
}

/// The state after an attempt.
pub fn settle(outcome: &Outcome) -> DeliveryState {
    match outcome {
        Outcome::Delivered => DeliveryState::Confirmed,
        Outcome::Later { .. } => DeliveryState::Queued,
        Outcome::Unknown { .. } => DeliveryState::Unknown,
        Outcome::Stuck { why } => match why {
            Cause::SignedOut
            | Cause::NoSecret
            | Cause::ChangedOnPortal
            | Cause::WindowClosed
            | Cause::ScheduleMissed
            | Cause::Conflict
            | Cause::NotApproved
            | Cause::SuggestionsOpen
            | Cause::Flagged
            | Cause::Embargoed
            | Cause::KillWaits
            | Cause::Untrusted
            | Cause::ReadBackDiffers => DeliveryState::Blocked,
            _ => DeliveryState::Refused,
        },
    }
}

/// Shortest wait after a failed attempt.
pub const MIN_DELAY: Duration = Duration::from_secs(2);
/// Longest wait between attempts, whatever the portal asks for.
pub const MAX_DELAY: Duration = Duration::from_secs(3600);

/// How long to wait before attempt `attempts + 1`: what the portal asked for, else exponential back-off
/// with full jitter. `dice` is a random number from the host, so that this stays a pure function.
pub fn delay(attempts: u32, asked: Option<Duration>, dice: u64) -> Duration {
    if let Some(asked) = asked {
        return asked.clamp(MIN_DELAY, MAX_DELAY);
    }
    let doublings = attempts.saturating_sub(1).min(16);
    let ceiling = MIN_DELAY.saturating_mul(1 << doublings).min(Duration::from_secs(300));
    let span = u64::try_from(ceiling.as_millis()).unwrap_or(u64::MAX).max(1);
    MIN_DELAY.max(Duration::from_millis(dice % span))
}
