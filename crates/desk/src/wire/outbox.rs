//! Publishing, and what is on its way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Cause, DeliveryState, IntentId, PortalId, StoryId};
use ts_rs::TS;

/// Publish what was saved with this counter.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PublishStory {
    /// Which story.
    pub story: StoryId,
    /// The save that the person sees; refused as "moved on" when it is not the last one.
    #[ts(type = "number")]
    pub counter: u64,
}

/// One intent of the outbox.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IntentView {
    /// Which; also the key on the wire.
    pub intent: IntentId,
    /// Of which story.
    pub story: StoryId,
    /// Its headline when the command was given.
    pub headline: String,
    /// What it brings.
    pub act: IntentAct,
    /// To which portal.
    pub portal: PortalId,
    /// Where it stands. The photos of a story count as part of it.
    pub state: DeliveryState,
    /// Why it waits or is stuck, if it does.
    pub cause: Option<Cause>,
    /// The portal's own words, for "details"; at most 2,000 characters.
    pub detail: String,
    /// Attempts counted so far.
    pub attempts: u32,
    /// Not before this time.
    pub next_at: Option<DateTime<Utc>>,
    /// Bytes sent of the photos and the text.
    #[ts(type = "number")]
    pub bytes_sent: u64,
    /// Bytes in all.
    #[ts(type = "number")]
    pub bytes_total: u64,
    /// When the command was given.
    pub asked_at: DateTime<Utc>,
    /// When the read-back agreed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Address of the public page, once confirmed.
    pub public_url: Option<String>,
}

/// What an intent does at the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IntentAct {
    /// First publication.
    Publish,
    /// A newer version in place of the live one.
    Correct,
}

/// Names one intent.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfIntent {
    /// Which.
    pub intent: IntentId,
}

/// Everything on its way, and what was settled lately.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutboxView {
    /// Stuck first, then waiting, then settled; newest first within each.
    pub intents: Vec<IntentView>,
    /// Whether the portal answered when last asked; `None` before the first time.
    pub reachable: Option<bool>,
}
