//! What an editor who sends over bad lines needs a portal to keep to, one code a promise. A conformance run tries each of
//! them in this order; `docs/portals/contract.md` says what each means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One promise of a portal. The codes are stable; the interface has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Guarantee {
    /// It says what it is, and who we are there.
    SaysWhoItIs,
    /// Its answers carry its clock.
    TellsTime,
    /// It lists its sections, each once and under a parent that is there.
    ListsSections,
    /// A story that it does not have is said to be unknown, in its own words.
    SaysItHasNone,
    /// A photo is unknown before it was sent and known afterwards.
    KeepsPhotos,
    /// A photo that is there is not sent again.
    TakesAPhotoOnce,
    /// A photo whose bytes do not fit its digest is refused.
    ChecksPhotos,
    /// A working copy is taken, with our id and digest in the answer.
    KeepsAWorkingCopy,
    /// Read back, every word and every photo is as it was sent.
    ReadsBackTheSame,
    /// The original of a photo is taken behind its story, and gone once no story shows the photo.
    KeepsOriginals,
    /// Sent twice, it is one story; another text in its place is refused.
    CreatesOnce,
    /// A newer text is taken under the current tag, and refused under an old one.
    RefusesOverwriting,
    /// A command about another version than the one that is there is refused.
    RefusesAnotherVersion,
    /// A story is handed to the desk, and readers get nothing of it.
    TakesForTheDesk,
    /// What was handed to the desk goes back with the reason, and readers get neither.
    Returns,
    /// A story is scheduled for the hour that was named.
    Schedules,
    /// A scheduled story that is withdrawn is not published.
    Unschedules,
    /// Readers get the story, with its headline and its photo.
    Publishes,
    /// The same key again changes nothing.
    RepeatsNothing,
    /// Readers get the corrected version in place of the first.
    Corrects,
    /// A withdrawn story's page is gone.
    Withdraws,
    /// A command from before the withdrawal that comes after it does nothing.
    StaysDown,
    /// A killed story cannot be published again.
    Kills,
}

impl Guarantee {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 23] = [
        Self::SaysWhoItIs,
        Self::TellsTime,
        Self::ListsSections,
        Self::SaysItHasNone,
        Self::KeepsPhotos,
        Self::TakesAPhotoOnce,
        Self::ChecksPhotos,
        Self::KeepsAWorkingCopy,
        Self::ReadsBackTheSame,
        Self::KeepsOriginals,
        Self::CreatesOnce,
        Self::RefusesOverwriting,
        Self::RefusesAnotherVersion,
        Self::TakesForTheDesk,
        Self::Returns,
        Self::Schedules,
        Self::Unschedules,
        Self::Publishes,
        Self::RepeatsNothing,
        Self::Corrects,
        Self::Withdraws,
        Self::StaysDown,
        Self::Kills,
    ];

    /// It can be tried only with a story that readers have for some seconds.
    pub fn is_public(self) -> bool {
        matches!(
            self,
            Self::Publishes
                | Self::RepeatsNothing
                | Self::Corrects
                | Self::Withdraws
                | Self::StaysDown
                | Self::Kills
        )
    }
}

/// Why nothing can be said about a guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Untold {
    /// This portal does not offer it.
    NotOffered,
    /// This account may not do it.
    NotAllowed,
    /// It was to be tried only where readers see nothing.
    LeftOut,
    /// What it builds upon did not hold.
    NotReached,
    /// Somebody stopped the run before.
    Stopped,
}
