//! What waits at a portal's desk, as it last told: a copy, so that the queue is there without a network.

mod rows;

use chrono::{DateTime, Utc};
use rusqlite::params;
use story::{DeskState, Guards, PortalId, PublicState, Sha256Hex, StoryId};

pub(crate) use rows::{note_taken, read_held};

use crate::{
    Store, StoreError,
    convert::{many, nanos, one, run, time, uuid},
    portals,
    writer::Session,
};

/// A story as a portal's desk lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// Which.
    pub story: StoryId,
    /// May be empty.
    pub headline: String,
    /// Section slug; may be empty.
    pub section: String,
    /// The author's account.
    pub author: String,
    /// The author's name.
    pub author_name: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Photos attached.
    pub photos: u32,
    /// Where the working copy stands there.
    pub desk: DeskState,
    /// What readers get.
    pub public: PublicState,
    /// Digest of the working copy's bytes.
    pub hash: Sha256Hex,
    /// Names the working copy.
    pub etag: String,
    /// When it was handed in last, by the portal's clock.
    pub filed_at: Option<DateTime<Utc>>,
    /// When it came to where it stands, by the portal's clock.
    pub desk_at: Option<DateTime<Utc>>,
    /// The name of whoever brought it there.
    pub desk_by: Option<String>,
    /// What they said to it; may be empty.
    pub desk_note: String,
    /// In whose hands it is.
    pub held: Option<Held>,
    /// What holds it back from readers.
    pub guards: Guards,
}

/// In whose hands a story is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The account.
    pub holder: String,
    /// The person's name.
    pub name: String,
    /// On which machine.
    pub device: String,
    /// By the portal's clock, unless they go on.
    pub until: DateTime<Utc>,
}

/// One answer of a portal's desk.
#[derive(Debug, Clone)]
pub struct QueuePage {
    /// Whose.
    pub portal: PortalId,
    /// Everything that is known of its desk is void.
    pub anew: bool,
    /// What the desk has open.
    pub open: Vec<Queued>,
    /// What it has open no more.
    pub gone: Vec<StoryId>,
    /// Where to go on.
    pub cursor: String,
    /// When it was asked, by this machine's clock.
    pub at: DateTime<Utc>,
}

/// One story of the queue, and how it stands on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedHere {
    /// As the portal's desk lists it.
    pub queued: Queued,
    /// Where the copy on this machine stands; `None` when there is none.
    pub here: Option<DeskState>,
    /// What readers get, by what is known of that copy.
    pub public_here: Option<PublicState>,
    /// What holds the copy on this machine back.
    pub guards_here: Guards,
    /// The person has read it here, and what the portal has now was never here.
    pub news_there: bool,
    /// It was taken here, and the desk does not know.
    pub tentative: bool,
}

/// How far a portal's desk was followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueCursor {
    /// For the portal alone to read.
    pub cursor: String,
    /// When it last told.
    pub synced_at: DateTime<Utc>,
}

impl Store {
    /// Writes one answer of a portal's desk, and where to go on, in one transaction. Says whether anything of the
    /// queue is otherwise than before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn put_queue(&self, page: QueuePage) -> Result<bool, StoreError> {
        self.write(move |session| put(session, &page))
    }

    /// What a portal's desk has open, what was filed first before all others.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn queue(&self, portal: PortalId) -> Result<Vec<QueuedHere>, StoreError> {
        self.read(|connection| {
            let key = portals::key_of(connection, portal)?;
            rows::all_here(connection, key)
        })
    }

    /// One story of a portal's queue.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn queued(&self, portal: PortalId, story: StoryId) -> Result<Option<Queued>, StoreError> {
        self.read(|connection| {
            let key = portals::key_of(connection, portal)?;
            rows::find(connection, key, story)
        })
    }

    /// Stories here that the portal's desk had from here, or that were taken from it, by what was last heard; but for
    /// those in its queue, and for what is not said to be held back and was killed, or readers have and is done with or
    /// written on here.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn strayed_from_queue(&self, portal: PortalId) -> Result<Vec<StoryId>, StoreError> {
        self.read(|connection| {
            let key = portals::key_of(connection, portal)?;
            let sql = "SELECT id FROM stories
                       WHERE (guards IS NOT NULL
                              OR (public <> 'killed' AND NOT (public = 'live' AND desk IN ('in_edit', 'approved'))))
                         AND NOT EXISTS (SELECT 1 FROM queue WHERE queue.portal = ?1 AND queue.story = stories.id)
                         AND (EXISTS (SELECT 1 FROM intents WHERE intents.story = stories.key
                                      AND intents.portal = ?1 AND intents.kind = 'file'
                                      AND intents.state = 'confirmed')
                              OR EXISTS (SELECT 1 FROM brought WHERE brought.story = stories.key
                                         AND brought.portal = ?1))
                       ORDER BY key";
            many(connection, sql, [key], |row| Ok(StoryId(uuid(&row.get::<_, Vec<u8>>(0)?)?)))
        })
    }

    /// How many stories wait at a portal's desk and nobody has taken: nor is one of them in work on this machine, which a
    /// portal without leases does not know.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn waiting_at_desk(&self, portal: PortalId) -> Result<u32, StoreError> {
        self.read(|connection| {
            let key = portals::key_of(connection, portal)?;
            let sql = "SELECT count(*) FROM queue LEFT JOIN stories ON stories.id = queue.story
                       WHERE queue.portal = ?1 AND queue.desk = 'filed'
                         AND coalesce(stories.desk, '') NOT IN ('in_edit', 'approved')";
            Ok(one(connection, sql, [key], |row| Ok(row.get(0)?))?.unwrap_or(0))
        })
    }

    /// How far a portal's desk was followed; `None` before the first time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn queue_cursor(&self, portal: PortalId) -> Result<Option<QueueCursor>, StoreError> {
        self.read(|connection| {
            let key = portals::key_of(connection, portal)?;
            let sql = "SELECT cursor, synced_at FROM queue_cursors WHERE portal = ?1";
            one(connection, sql, [key], |row| {
                Ok(QueueCursor { cursor: row.get(0)?, synced_at: time(row.get(1)?) })
            })
        })
    }
}

fn put(session: &mut Session, page: &QueuePage) -> Result<bool, StoreError> {
    let portal = portals::key_of(session.tx, page.portal)?;
    let mut changed = false;
    if page.anew {
        changed |= rows::drop_others(session.tx, portal, &page.open)?;
    }
    for story in &page.gone {
        changed |= rows::drop_one(session.tx, portal, *story)?;
    }
    for queued in &page.open {
        if rows::find(session.tx, portal, queued.story)?.as_ref() != Some(queued) {
            rows::write(session.tx, portal, queued)?;
            changed = true;
        }
    }
    let sql = "INSERT OR REPLACE INTO queue_cursors (portal, cursor, synced_at) VALUES (?1, ?2, ?3)";
    run(session.tx, sql, params![portal, page.cursor, nanos(page.at)])?;
    Ok(changed)
}
