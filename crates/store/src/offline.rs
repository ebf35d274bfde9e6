//! Stories that were taken while the portal could not be asked, and the texts of waiting ones that make that possible.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{DeskState, PortalId, StoryId};

use crate::{
    CameHome, NewBrought, NewEvent, QueueHeld, Store, StoreError, TakeIn,
    brought::{self, touch},
    convert::{digest, many, nanos, one, run, time, uuid},
    drafts::{self, MAX_CONTENT_BYTES, Text, ZSTD_LEVEL},
    events, portals,
    stories::{key_of, keyed_row_of, write_axes},
    writer::Session,
};

/// A story to be taken without the portal's word.
#[derive(Debug, Clone)]
pub struct TakeOffline {
    /// Which; made here under its own id when it is not here.
    pub story: StoryId,
    /// From whose desk.
    pub portal: PortalId,
    /// Its text as it was fetched in advance; `None`: the draft is all there is.
    pub text: Option<NewBrought>,
    /// The line for the log; its actor is who takes it.
    pub event: NewEvent,
}

/// A story that was taken here, and the desk does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOffline {
    /// Which.
    pub story: StoryId,
    /// From whose desk.
    pub portal: PortalId,
    /// When, by this machine's clock.
    pub taken_at: DateTime<Utc>,
    /// In whose hands the desk had it when it was asked; `None` while it was not.
    pub held: Option<QueueHeld>,
}

const SELECT: &str = "SELECT stories.id AS id, portals.id AS portal_id, taken_offline.* FROM taken_offline
    JOIN stories ON stories.key = taken_offline.story JOIN portals ON portals.key = taken_offline.portal";

impl Store {
    /// Takes a story without the portal's word, in one transaction: its text as with [`Store::take_in`], the line of the log,
    /// and that the desk is to be asked.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and for a story that is neither here nor comes with its text;
    /// [`StoreError::TooLong`], and what the disk says.
    pub fn take_offline(&self, new: TakeOffline) -> Result<CameHome, StoreError> {
        let text = new.text.as_ref().map(|text| Text::of(&text.content)).transpose()?;
        self.write(move |session| take(session, &new, text.as_ref()))
    }

    /// Everything that was taken from a portal's desk without its word, what was taken first before all others.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn all_taken_offline(&self, portal: PortalId) -> Result<Vec<TakenOffline>, StoreError> {
        self.read(|connection| {
            let sql = format!("{SELECT} WHERE taken_offline.portal = ?1 ORDER BY taken_offline.taken_at");
            many(connection, &sql, [portals::key_of(connection, portal)?], read)
        })
    }

    /// How a story was taken without the desk's knowing; `None` where the desk knows, or it was not taken.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn taken_offline(&self, story: StoryId) -> Result<Option<TakenOffline>, StoreError> {
        self.read(|connection| {
            let sql = format!("{SELECT} WHERE taken_offline.story = ?1");
            one(connection, &sql, [key_of(connection, story)?], read)
        })
    }

    /// Writes down in whose hands the desk has it. Says whether that is news.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn held_by_another(&self, story: StoryId, held: QueueHeld) -> Result<bool, StoreError> {
        self.write(move |session| {
            let QueueHeld { holder, name, device, until } = held.clone();
            let sql =
                "UPDATE taken_offline SET holder = ?2, holder_name = ?3, holder_device = ?4, held_until = ?5
                       WHERE story = ?1 AND (holder, holder_device) IS NOT (?2, ?4)";
            let key = key_of(session.tx, story)?;
            Ok(run(session.tx, sql, params![key, holder, name, device, nanos(until)])? > 0)
        })
    }

    /// The desk knows how it stands, or it is in our hands no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn end_taken_offline(&self, story: StoryId) -> Result<(), StoreError> {
        self.write(move |session| end(session.tx, key_of(session.tx, story)?))
    }

    /// Keeps the text of a story that waits at a portal's desk; nothing where it waits there no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, [`StoreError::TooLong`], and what the disk says.
    pub fn keep_queue_text(
        &self,
        portal: PortalId,
        story: StoryId,
        text: NewBrought,
    ) -> Result<(), StoreError> {
        let bytes = Text::of(&text.content)?.bytes;
        let packed = zstd::bulk::compress(&bytes, ZSTD_LEVEL)?;
        self.write(move |session| {
            let sql = "INSERT OR REPLACE INTO queue_texts (portal, story, hash, words, author, written_at, length, content)
                       SELECT portal, story, ?3, ?4, ?5, ?6, ?7, ?8 FROM queue WHERE portal = ?1 AND story = ?2";
            let NewBrought { words, author, written_at, hash, .. } = &text;
            run(
                session.tx,
                sql,
                params![
                    portals::key_of(session.tx, portal)?,
                    story.0.as_bytes(),
                    hash.to_bytes(),
                    words,
                    author,
                    nanos(*written_at),
                    bytes.len(),
                    packed,
                ],
            )
            .map(drop)
        })
    }

    /// The text of a story that waits, as it was fetched last.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, [`StoreError::Damaged`], and what the disk says.
    pub fn queue_text(&self, portal: PortalId, story: StoryId) -> Result<Option<NewBrought>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT * FROM queue_texts WHERE portal = ?1 AND story = ?2";
            let key = portals::key_of(connection, portal)?;
            one(connection, sql, params![key, story.0.as_bytes()], read_text)
        })
    }

    /// Stories that wait untaken and whose present text is not here, what was filed first before all others: at most `most`
    /// of those among the first `reach`, and none longer than `words` or with more than `photos`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn texts_to_fetch(&self, portal: PortalId, within: FetchWithin) -> Result<Vec<StoryId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT waiting.story FROM (
                           SELECT * FROM queue WHERE portal = ?1 AND desk = 'filed' AND public = 'never'
                           ORDER BY filed_at IS NULL, filed_at, story LIMIT ?2) AS waiting
                       WHERE waiting.words <= ?4 AND waiting.photos <= ?5
                         AND NOT EXISTS (SELECT 1 FROM queue_texts AS kept WHERE kept.portal = ?1
                                         AND kept.story = waiting.story AND kept.hash = waiting.hash)
                         AND NOT EXISTS (SELECT 1 FROM stories JOIN brought ON brought.story = stories.key
                                         WHERE stories.id = waiting.story AND brought.hash = waiting.hash)
                         AND NOT EXISTS (SELECT 1 FROM stories JOIN intents ON intents.story = stories.key
                                         WHERE stories.id = waiting.story AND intents.payload_hash = waiting.hash)
                       LIMIT ?3";
            let FetchWithin { reach, most, words, photos } = within;
            let key = portals::key_of(connection, portal)?;
            many(connection, sql, params![key, reach, most, words, photos], |row| {
                Ok(StoryId(uuid(&row.get::<_, Vec<u8>>(0)?)?))
            })
        })
    }
}

/// How much is fetched in advance, see [`Store::texts_to_fetch`].
#[derive(Debug, Clone, Copy)]
pub struct FetchWithin {
    /// Stories looked at from the front of the queue.
    pub reach: u32,
    /// Texts at once.
    pub most: u32,
    /// Longest text, in words.
    pub words: u32,
    /// Photos of a story.
    pub photos: u32,
}

fn take(session: &mut Session, new: &TakeOffline, text: Option<&Text>) -> Result<CameHome, StoreError> {
    let home = match (&new.text, text) {
        (Some(brought), Some(text)) => {
            let TakeOffline { story, portal, event, .. } = new.clone();
            let taking =
                TakeIn { story, portal, text: brought.clone(), event, public: None, held: None, told: false };
            brought::take_in(session, &taking, text)?
        }
        _ => take_as_it_is(session, new)?,
    };
    let (key, portal) = (key_of(session.tx, new.story)?, portals::key_of(session.tx, new.portal)?);
    let sql = "INSERT OR REPLACE INTO taken_offline (story, portal, taken_at) VALUES (?1, ?2, ?3)";
    run(session.tx, sql, params![key, portal, nanos(new.event.at)])?;
    Ok(home)
}

/// Of a story whose text is here: the draft stays.
fn take_as_it_is(session: &mut Session, new: &TakeOffline) -> Result<CameHome, StoreError> {
    let (key, row) = keyed_row_of(session.tx, new.story)?;
    let event = NewEvent { version: Some(row.version.clone()), desk: DeskState::InEdit, ..new.event.clone() };
    events::append(session.tx, key, new.story, &event)?;
    write_axes(session.tx, key, &row.axes.unapproved(DeskState::InEdit))?;
    touch(session, key, event.at)?;
    let (_, row) = keyed_row_of(session.tx, new.story)?;
    Ok(CameHome { row, came: crate::Came::Known })
}

/// The desk's word has come.
pub(crate) fn end(connection: &Connection, key: i64) -> Result<(), StoreError> {
    run(connection, "DELETE FROM taken_offline WHERE story = ?1", [key]).map(drop)
}

fn read(row: &SqlRow) -> Result<TakenOffline, StoreError> {
    Ok(TakenOffline {
        story: StoryId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        portal: PortalId(uuid(&row.get::<_, Vec<u8>>("portal_id")?)?),
        taken_at: time(row.get("taken_at")?),
        held: crate::queue::read_held(row)?,
    })
}

fn read_text(row: &SqlRow) -> Result<NewBrought, StoreError> {
    let (length, packed): (usize, Vec<u8>) = (row.get("length")?, row.get("content")?);
    let bytes = zstd::bulk::decompress(&packed, length.min(MAX_CONTENT_BYTES))
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(NewBrought {
        content: drafts::parse(&bytes)?,
        words: row.get("words")?,
        author: row.get("author")?,
        written_at: time(row.get("written_at")?),
        hash: digest(&row.get::<_, Vec<u8>>("hash")?)?,
    })
}
