//! Publishing, and what is on its way.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Cause, DeliveryState, Difference, IntentId, Lost, Notice, Originals, PortalId, StoryId};
use ts_rs::TS;

/// Publish what was saved with this counter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PublishStory {
    /// Which story.
    pub story: StoryId,
    /// The save that the person sees; refused as "moved on" when it is not the last one.
    #[ts(type = "number")]
    pub counter: u64,
    /// The publish window: once this is past, it is not sent for the first time without asking.
    #[serde(default)]
    #[ts(optional)]
    pub send_until: Option<DateTime<Utc>>,
    /// What readers are told of a change of what they have; left out, it is a slip of the pen. For nothing else.
    #[serde(default)]
    #[ts(optional)]
    pub notice: Option<Notice>,
    /// Also when somebody had approved another text than this one.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub over_fallen: bool,
}

impl PublishStory {
    /// As soon as it can be, with nothing said to readers.
    pub fn soon(story: StoryId, counter: u64) -> Self {
        Self { story, counter, send_until: None, notice: None, over_fallen: false }
    }
}

/// Have the portal publish, at a set time, what was saved with this counter.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ScheduleStory {
    /// Which story.
    pub story: StoryId,
    /// See [`PublishStory::counter`].
    #[ts(type = "number")]
    pub counter: u64,
    /// When readers get it, by the portal's clock.
    pub at: DateTime<Utc>,
    /// See [`PublishStory::over_fallen`].
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub over_fallen: bool,
}

/// Find fit for readers what was saved with this counter.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ApproveStory {
    /// Which story.
    pub story: StoryId,
    /// See [`PublishStory::counter`].
    #[ts(type = "number")]
    pub counter: u64,
}

/// Take a story from the readers.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakeDownStory {
    /// Which story.
    pub story: StoryId,
    /// Why; at most 1,000 letters, not empty.
    pub reason: String,
    /// Of a kill: without the second editor that it needs; it stands on the morning sheet.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub breaks_glass: bool,
}

/// Give a story back to its author, as it was saved with this counter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReturnStory {
    /// Which story.
    pub story: StoryId,
    /// See [`PublishStory::counter`].
    #[ts(type = "number")]
    pub counter: u64,
    /// Why; at most 1,000 letters, not empty. Its author reads it.
    pub reason: String,
}

/// Whether anything is sent at all.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct PauseOutbox {
    /// Nothing is sent until this is false again.
    pub paused: bool,
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
    /// When readers are to get it; for a schedule only.
    pub live_at: Option<DateTime<Utc>>,
    /// Not sent for the first time after this without asking.
    pub send_until: Option<DateTime<Utc>>,
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
    /// The portal's version that stands in the way.
    pub theirs: Option<TheirsView>,
    /// What the portal kept otherwise than it was sent.
    pub differences: Vec<Difference>,
    /// What was asked for has come about, but for the differences: a person may accept it as it is.
    pub acceptable: bool,
    /// Who accepted the differences.
    pub accepted: Option<AcceptedView>,
}

/// The original of one photo on its way to a portal's desk. Its story is delivered without it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OriginalView {
    /// Which intent.
    pub intent: IntentId,
    /// Of which story.
    pub story: StoryId,
    /// Its headline when the command was given.
    pub headline: String,
    /// To which portal.
    pub portal: PortalId,
    /// Where it stands.
    pub state: DeliveryState,
    /// Why it waits or is stuck, if it does.
    pub cause: Option<Cause>,
    /// The portal's own words, or why it cannot be prepared; at most 2,000 characters.
    pub detail: String,
    /// Attempts counted so far.
    pub attempts: u32,
    /// Not before this time.
    pub next_at: Option<DateTime<Utc>>,
    /// Bytes that the portal has.
    #[ts(type = "number")]
    pub bytes_sent: u64,
    /// Bytes of the file here.
    #[ts(type = "number")]
    pub bytes_total: u64,
    /// When the command was given.
    pub asked_at: DateTime<Utc>,
    /// When the portal had it.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// What somebody wrote at the portal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TheirsView {
    /// Which revision of the story it is.
    pub revision: u32,
    /// When it was changed there, else when it was found.
    pub at: DateTime<Utc>,
    /// What of it has no place in a story here.
    pub lost: Vec<Lost>,
    /// Readers have it.
    pub live: bool,
}

/// Who said that a story may stay as the portal kept it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AcceptedView {
    /// The person's name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Names a portal's version that stands in the way of an intent, as the person saw it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfTheirs {
    /// Which intent.
    pub intent: IntentId,
    /// The revision that was shown; refused as moved on when another one came meanwhile.
    pub revision: u32,
}

/// What a look at the portal found.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct LookedView {
    /// The revision that the portal's version is; `None` when it came from here, or there is none.
    pub revision: Option<u32>,
}

/// What an intent does at the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IntentAct {
    /// First publication.
    Publish,
    /// A newer version in place of the live one.
    Correct,
    /// For the portal's desk.
    File,
    /// Back to its author, with a reason.
    Return,
    /// Back from the desk, by its author's wish.
    Recall,
    /// An editor's word that this version may go to readers; they see nothing of it yet.
    Approve,
    /// First publication at a set time.
    Schedule,
    /// Taken from the readers.
    Withdraw,
    /// Taken from the readers for ever.
    Kill,
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
    /// Originals that are on their way or wait for a person, oldest first, then those that arrived lately.
    pub originals: Vec<OriginalView>,
    /// Whether the portal answered when last asked; `None` before the first time.
    pub reachable: Option<bool>,
    /// A person has stopped everything.
    pub paused: bool,
    /// What may be sent today.
    pub budget: BudgetView,
}

/// What may be sent in one day over mobile data, and on which lines originals go.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct DataBudget {
    /// The person says that this machine is on mobile data; nothing is measured.
    pub mobile: bool,
    /// Megabytes of 1,000,000 bytes a day, after which photos wait; `None`: they never do.
    pub daily_mb: Option<u32>,
    /// When the originals of photos may be sent.
    #[serde(default)]
    pub originals: Originals,
}

/// The budget, and how much of it is left.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct BudgetView {
    /// See [`DataBudget::mobile`].
    pub mobile: bool,
    /// See [`DataBudget::daily_mb`].
    pub daily_mb: Option<u32>,
    /// See [`DataBudget::originals`].
    pub originals: Originals,
    /// Bytes that portals have acknowledged since midnight in Dhaka, on whatever connection.
    #[ts(type = "number")]
    pub sent_today: u64,
    /// Photos and originals that wait for the next day.
    pub waiting: u32,
    /// When the next day begins.
    pub until: DateTime<Utc>,
}
