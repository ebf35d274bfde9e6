//! What crosses between us and a portal about stories that are held back, and about what was done in spite of that.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Command, Consent, IntentId, Sha256Hex, StoryId};

/// What is to become of what holds a story back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardAct {
    /// Put a legal flag on.
    Flag,
    /// Clear it, or agree to that, or ask for it: the portal knows who has said so before.
    ClearFlag,
    /// Put an embargo on, or another one in its place.
    SetEmbargo,
    /// Take it off.
    LiftEmbargo,
    /// Take back a kill that waits for a second person.
    CallOffKill,
}

/// Asks for it.
#[derive(Debug, Clone)]
pub struct Guarding<'a> {
    /// Whose.
    pub story: StoryId,
    /// The same key has one effect, however often it is sent.
    pub key: IntentId,
    /// What.
    pub act: GuardAct,
    /// The version that the person looked at, by our digest; for the record.
    pub version: &'a Sha256Hex,
    /// Of an embargo.
    pub until: Option<DateTime<Utc>>,
    /// The reason; may be empty for an embargo.
    pub note: &'a str,
    /// [`Consent::Glass`], or nothing.
    pub consent: Option<Consent>,
}

/// A line of a portal's morning sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SheetLine {
    /// What was done.
    pub kind: Command,
    /// With which story.
    pub story: StoryId,
    /// Its headline as it is now; may be empty.
    #[serde(default)]
    pub headline: String,
    /// By whom.
    #[serde(default)]
    pub by: String,
    /// When, by the portal's clock.
    pub at: DateTime<Utc>,
    /// The reason, or for an overridden warning its codes with spaces between them.
    #[serde(default)]
    pub note: String,
}

/// A portal's morning sheet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Sheet {
    /// From when on, by the portal's clock.
    pub since: DateTime<Utc>,
    /// Until before when.
    pub until: DateTime<Utc>,
    /// Newest first.
    pub items: Vec<SheetLine>,
}
