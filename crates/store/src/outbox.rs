//! The outbox: intents, their order, their attempts and how each ended. Nothing here is ever deleted.

mod attempts;
mod due;
mod rows;
mod take_back;

use chrono::{DateTime, Utc};
use serde_json::Value;
use story::{
    Cause, ChangeKind, Consent, DeliveryState, IntentId, IntentKind, PortalId, PublicState, Sha256Hex,
    StoryId,
};

pub(crate) use attempts::{
    confirm_by_hand, delivery_of, doubt_everything, doubt_interrupted, drop_files_of, follow,
    release as let_go, write_public,
};
pub(crate) use rows::{enqueue, intent_of, note_theirs};
pub use take_back::TakeBack;

use crate::{
    DayBytes, NewTheirs, Store, StoreError, Theirs, Thing, convert::run, portals, sent, stories::key_of,
};

/// Something that has to reach a portal; given with an [`crate::Act`].
#[derive(Debug, Clone)]
pub struct NewIntent {
    /// Its id, and its key on the wire.
    pub id: IntentId,
    /// To which portal.
    pub portal: PortalId,
    /// What it brings.
    pub kind: IntentKind,
    /// The frozen bytes; empty for a photo, whose bytes are those of its rendition, and for an original.
    pub payload: Vec<u8>,
    /// The version of the content it was made from.
    pub version: Option<Sha256Hex>,
    /// The story's headline now, to be shown later.
    pub headline: String,
    /// Bytes to send in all; for an original, before what must not leave is taken out.
    pub bytes_total: u64,
    /// Intents that must be confirmed before this one is due.
    pub parents: Vec<IntentId>,
    /// When the command was given.
    pub asked_at: DateTime<Utc>,
    /// The reason of a taking down or a return, or what readers are told of a change; may be empty.
    pub note: String,
    /// What kind of change readers get; `None` but for a correction.
    pub change: Option<ChangeKind>,
    /// Not sent for the first time after this without asking.
    pub send_until: Option<DateTime<Utc>>,
    /// On whose word it goes out, where that is more than the press that sends it.
    pub consent: Option<Consent>,
}

/// An intent as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Intent {
    /// Which; also the key on the wire.
    pub id: IntentId,
    /// Of which story.
    pub story: StoryId,
    /// To which portal.
    pub portal: PortalId,
    /// What it brings.
    pub kind: IntentKind,
    /// The order the commands were given in, over all stories.
    pub sequence: u64,
    /// Intents that must be confirmed first, in their order.
    pub parents: Vec<IntentId>,
    /// SHA-256 of the frozen payload (see [`Store::payload`]).
    pub payload_hash: Sha256Hex,
    /// The version of the content it was made from.
    pub version: Option<Sha256Hex>,
    /// The story's headline when the command was given.
    pub headline: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// An attempt was made whose end is not known.
    pub doubtful: bool,
    /// Attempts counted so far.
    pub attempts: u32,
    /// Not before this time.
    pub next_at: Option<DateTime<Utc>>,
    /// Why it waits or is stuck.
    pub cause: Option<Cause>,
    /// The portal's own words; at most 2,000 letters.
    pub detail: String,
    /// See [`NewIntent::note`].
    pub note: String,
    /// See [`NewIntent::change`].
    pub change: Option<ChangeKind>,
    /// See [`NewIntent::send_until`].
    pub send_until: Option<DateTime<Utc>>,
    /// See [`NewIntent::consent`].
    pub consent: Option<Consent>,
    /// Bytes sent so far.
    pub bytes_sent: u64,
    /// Bytes in all.
    pub bytes_total: u64,
    /// When the command was given.
    pub asked_at: DateTime<Utc>,
    /// When an attempt last ended.
    pub settled_at: Option<DateTime<Utc>>,
    /// When the read-back agreed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// What was read back.
    pub receipt: Option<Value>,
    /// The portal's version that stood in the way last.
    pub theirs: Option<Theirs>,
    /// The ETag of the portal's version that a person wants replaced.
    pub over: Option<String>,
    /// A person wants it sent although the day's budget is spent.
    pub beyond_budget: bool,
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// Which intent.
    pub intent: IntentId,
    /// When.
    pub at: DateTime<Utc>,
    /// See [`story::delivery::settle`].
    pub state: DeliveryState,
    /// Why it did not succeed, if it did not.
    pub cause: Option<Cause>,
    /// Something of it may have been done all the same: then it cannot be taken back any more.
    pub in_doubt: bool,
    /// The portal's own words; cut after 2,000 letters.
    pub detail: String,
    /// Not again before this time.
    pub next_at: Option<DateTime<Utc>>,
    /// What was read back; `None` leaves the stored one.
    pub receipt: Option<Value>,
    /// What readers get now, by the portal's word; written with the story in the same transaction.
    pub public: Option<PublicWord>,
    /// The portal's version that stood in the way; kept as a revision in the same transaction.
    pub theirs: Option<NewTheirs>,
    /// Bytes of the payload that went over the line; counted in the same transaction.
    pub sent: Option<DayBytes>,
}

/// The portal's word on what readers get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicWord {
    /// The public axis.
    pub state: PublicState,
    /// The version readers have; `None` when they have none.
    pub version: Option<Sha256Hex>,
    /// Address of the public page.
    pub url: Option<String>,
    /// When readers will get it; `None` unless scheduled.
    pub live_at: Option<DateTime<Utc>>,
}

impl Store {
    /// One intent.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn intent(&self, intent: IntentId) -> Result<Intent, StoreError> {
        self.read(|connection| intent_of(connection, intent))
    }

    /// The frozen bytes of an intent, their digest verified; empty for a photo.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn payload(&self, intent: IntentId) -> Result<Vec<u8>, StoreError> {
        self.read(|connection| rows::payload(connection, intent))
    }

    /// All intents of a story, newest first, photos among them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn intents_of(&self, story: StoryId) -> Result<Vec<Intent>, StoreError> {
        self.read(|connection| {
            let key = key_of(connection, story)?;
            rows::select(connection, "intents.story = ?1 ORDER BY intents.key DESC", [key])
        })
    }

    /// Every intent that is not settled, oldest first, photos among them.
    ///
    /// # Errors
    /// What the disk says.
    pub fn open_intents(&self) -> Result<Vec<Intent>, StoreError> {
        self.read(|connection| {
            let open = "intents.state NOT IN ('confirmed', 'cancelled') ORDER BY intents.key";
            rows::select(connection, open, [])
        })
    }

    /// The newest `limit` settled intents, photos and originals left out.
    ///
    /// # Errors
    /// What the disk says.
    pub fn settled_intents(&self, limit: u32) -> Result<Vec<Intent>, StoreError> {
        self.read(|connection| {
            let settled = "intents.state IN ('confirmed', 'cancelled')
                               AND intents.kind NOT IN ('photo', 'original')
                           ORDER BY intents.key DESC LIMIT ?1";
            rows::select(connection, settled, [limit])
        })
    }

    /// The newest `limit` originals that a portal has.
    ///
    /// # Errors
    /// What the disk says.
    pub fn confirmed_originals(&self, limit: u32) -> Result<Vec<Intent>, StoreError> {
        self.read(|connection| {
            let there = "intents.state = 'confirmed' AND intents.kind = 'original'
                         ORDER BY intents.confirmed_at DESC LIMIT ?1";
            rows::select(connection, there, [limit])
        })
    }

    /// What the worker may take up for a portal now, most urgent first: waiting, its time come, every parent
    /// confirmed, and no earlier delivery of the same story open. What takes a story down waits for nothing of it,
    /// and everything else of the story waits for that.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn due_intents(&self, portal: PortalId, now: DateTime<Utc>) -> Result<Vec<Intent>, StoreError> {
        self.read(|connection| {
            let portal = portals::key_of(connection, portal)?;
            due::due(connection, portal, now)
        })
    }

    /// When the next intent of a portal becomes due by time alone; `None` when none waits for a time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn next_due_at(&self, portal: PortalId) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|connection| {
            let portal = portals::key_of(connection, portal)?;
            due::next_due_at(connection, portal)
        })
    }

    /// Counts an attempt, before it is made. From here on the intent is `Sending`; should the machine stop
    /// now, the next opening makes it `Unknown`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when it was taken back or is settled, and what
    /// the disk says.
    pub fn count_attempt(&self, intent: IntentId) -> Result<Intent, StoreError> {
        self.write(move |session| attempts::count(session, intent))
    }

    /// Makes every intent `Unknown` that is `Sending`: for a caller that has no attempt under way, and so knows
    /// that the one which was counted came to no end. Opening the store does the same.
    ///
    /// # Errors
    /// What the disk says.
    pub fn doubt_interrupted(&self) -> Result<(), StoreError> {
        self.write(attempts::doubt_interrupted)
    }

    /// Writes down how an attempt ended, with the story's axes, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when it is settled already (state never goes
    /// backwards), and what the disk says.
    pub fn settle(&self, settlement: Settlement) -> Result<Intent, StoreError> {
        self.write(move |session| attempts::settle(session, &settlement))
    }

    /// Writes down what readers get, by the portal's word, where no intent of ours brought it about: a scheduled
    /// story has gone live, or somebody took one down there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn note_public(
        &self,
        story: StoryId,
        public: PublicWord,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |session| attempts::write_public(session, story, &public, at))
    }

    /// Stories whose time to go live is at or before `by`, by the portal's last word.
    ///
    /// # Errors
    /// What the disk says.
    pub fn due_to_go_live(&self, by: DateTime<Utc>) -> Result<Vec<(StoryId, DateTime<Utc>)>, StoreError> {
        self.read(|connection| due::to_go_live(connection, by))
    }

    /// Writes down how far an upload has come, and what of it is new.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn progress(&self, intent: IntentId, bytes_sent: u64, new: DayBytes) -> Result<(), StoreError> {
        self.write(move |session| {
            let sql = "UPDATE intents SET bytes_sent = ?2 WHERE id = ?1";
            let changed = run(session.tx, sql, rusqlite::params![intent.0.as_bytes(), bytes_sent])?;
            if changed == 1 { sent::count(session.tx, new) } else { Err(StoreError::NotFound(Thing::Intent)) }
        })
    }

    /// Lets an intent that waits for a time or for a person go on at once: `Unknown` when its last attempt is
    /// in doubt, else `Queued`. The photos it waits for go on with it. Its publish window is open from now on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when it is settled or under way, and what the
    /// disk says.
    pub fn release(&self, intent: IntentId) -> Result<Intent, StoreError> {
        self.write(move |session| attempts::release(session, intent))
    }

    /// Lets every intent of a portal go on that is blocked for one of `causes`: after signing in again.
    /// Gives how many.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn release_blocked(&self, portal: PortalId, causes: &[Cause]) -> Result<u32, StoreError> {
        let causes = causes.to_vec();
        self.write(move |session| {
            let portal = portals::key_of(session.tx, portal)?;
            attempts::release_blocked(session, portal, &causes)
        })
    }

    /// Takes an intent back, with the photos that wait only for it, if nothing of it may be at the portal.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when it may be sent already, and what the disk
    /// says.
    pub fn cancel(&self, intent: IntentId, at: DateTime<Utc>) -> Result<Intent, StoreError> {
        self.write(move |session| attempts::cancel(session, intent, at))
    }

    /// The last confirmed delivery of a story to a portal, whose receipt tells what stands there. A recall brings
    /// nothing and leaves everything where it stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn last_confirmed(&self, story: StoryId, portal: PortalId) -> Result<Option<Intent>, StoreError> {
        self.read(|connection| {
            let (story, portal) = (key_of(connection, story)?, portals::key_of(connection, portal)?);
            let last = "intents.story = ?1 AND intents.portal = ?2 AND intents.state = 'confirmed'
                        AND intents.kind NOT IN ('photo', 'original', 'recall') ORDER BY intents.key DESC LIMIT 1";
            Ok(rows::select(connection, last, [story, portal])?.pop())
        })
    }
}
