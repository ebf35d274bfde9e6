//! Stories and the desk lists.

mod rows;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use story::{Axes, Content, DeskList, PublicState, Sha256Hex, StoryId};

pub(crate) use rows::{Face, key_of, keyed_row_of, move_to_top, read_row, row_of, write_axes};

use crate::{
    NewEvent, Store, StoreError, Thing,
    convert::{many, nanos, one, run, uuid, word},
    drafts, events, search,
    writer::Session,
};

/// A story to begin.
#[derive(Debug, Clone)]
pub struct NewStory {
    /// Its id, for ever.
    pub story: StoryId,
    /// What it says at first; its draft gets counter 1.
    pub content: Content,
    /// Words in headline, standfirst and body of `content`.
    pub words: u32,
    /// The first line of its log; its time is the story's.
    pub event: NewEvent,
}

/// Where a story stands and what the lists show of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which story.
    pub story: StoryId,
    /// May be empty; cut after 300 letters.
    pub headline: String,
    /// Section slug; may be empty.
    pub section: String,
    /// May be empty; cut after 300 letters.
    pub byline: String,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Photos attached.
    pub photos: u32,
    /// Where it stands.
    pub axes: Axes,
    /// Last change of text or axes.
    pub changed_at: DateTime<Utc>,
    /// Counter of the draft's last save.
    pub counter: u64,
    /// SHA-256 of the draft's content.
    pub version: Sha256Hex,
    /// The version readers have, by the portal's last word.
    pub live_version: Option<Sha256Hex>,
    /// Address of the public page, once confirmed.
    pub public_url: Option<String>,
    /// When readers will get it, by the portal's last word; `None` unless scheduled.
    pub live_at: Option<DateTime<Utc>>,
}

impl Row {
    /// Readers have another version than this machine's draft: another of ours, or one of somebody else's.
    pub fn differs_from_live(&self) -> bool {
        match &self.live_version {
            Some(live) => *live != self.version,
            None => self.axes.public == PublicState::Live,
        }
    }
}

/// Which rows of a list.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// The list.
    pub list: DeskList,
    /// Only this section; all when `None`.
    pub section: Option<String>,
    /// At most this many rows; held to 1..=200.
    pub limit: u32,
    /// Rows after this cursor, from [`ListPage::next`]; one that we never gave counts as `None`.
    pub after: Option<String>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// Newest change first; of what is scheduled, what readers get first.
    pub rows: Vec<Row>,
    /// Cursor of the next page; `None` at the end.
    pub next: Option<String>,
    /// How many stories each list holds, read at the same moment.
    pub counts: Counts,
}

/// How many stories each list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// See [`DeskList::Drafts`].
    pub drafts: u32,
    /// See [`DeskList::Sent`].
    pub sent: u32,
    /// See [`DeskList::Returned`].
    pub returned: u32,
    /// See [`DeskList::Scheduled`].
    pub scheduled: u32,
    /// See [`DeskList::Published`].
    pub published: u32,
    /// See [`DeskList::Outbox`].
    pub outbox: u32,
    /// See [`DeskList::Trash`].
    pub trash: u32,
}

impl Store {
    /// Begins a story: row, draft and first line of its log in one transaction. It can be found at once.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the id is taken, [`StoreError::TooLong`], and what the disk says.
    pub fn create_story(&self, new: NewStory) -> Result<Row, StoreError> {
        let text = drafts::Text::of(&new.content)?;
        self.write(move |session| begin(session, &new, &text))
    }

    /// The story that was begun on this machine last and has a byline; among the newest few, whoever else wrote before.
    ///
    /// # Errors
    /// What the disk says.
    pub fn newest_with_byline(&self) -> Result<Option<StoryId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id FROM
                           (SELECT id, key, byline FROM stories WHERE EXISTS
                                (SELECT 1 FROM events WHERE events.story = stories.key AND events.sequence = 1
                                     AND events.command = 'create')
                            ORDER BY key DESC LIMIT 20)
                       WHERE byline <> '' ORDER BY key DESC LIMIT 1";
            one(connection, sql, [], |row| Ok(StoryId(uuid(&row.get::<_, Vec<u8>>(0)?)?)))
        })
    }

    /// Begins many stories in one transaction, as an import does: all of them or none.
    ///
    /// # Errors
    /// As [`Store::create_story`].
    pub fn create_stories(&self, new: Vec<NewStory>) -> Result<(), StoreError> {
        let texts = new.iter().map(|new| drafts::Text::of(&new.content));
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        self.write(move |session| {
            new.iter().zip(&texts).try_for_each(|(new, text)| begin(session, new, text).map(drop))
        })
    }

    /// Where a story stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn row(&self, story: StoryId) -> Result<Row, StoreError> {
        self.read(|connection| row_of(connection, story))
    }

    /// One page of a list, with the counts of all.
    ///
    /// # Errors
    /// What the disk says.
    pub fn list(&self, request: &ListRequest) -> Result<ListPage, StoreError> {
        self.read(|connection| {
            let rows = page(connection, request)?;
            let full = rows.len() == held(request.limit);
            let next = rows.last().filter(|_| full).map(|(cursor, _)| cursor.clone());
            let rows = rows.into_iter().map(|(_, row)| row).collect();
            Ok(ListPage { rows, next, counts: counts(connection)? })
        })
    }

    /// How many stories each list holds.
    ///
    /// # Errors
    /// What the disk says.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        self.read(counts)
    }
}

/// Puts a story's row, draft and first line on disk.
pub(crate) fn begin(session: &mut Session, new: &NewStory, text: &drafts::Text) -> Result<Row, StoreError> {
    if key_of(session.tx, new.story).is_ok() {
        return Err(StoreError::Exists(Thing::Story));
    }
    let axes = Axes::new_draft();
    let face = Face::of(&new.content, new.words)?;
    let at = nanos(new.event.at);
    let sql = "INSERT INTO stories (id, created_at, place, list, changed_at, counter, saved_at, version,
                   headline, section, byline, words, photos, desk, public)
               VALUES (?1, ?2, 0, ?3, ?2, 1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    run(
        session.tx,
        sql,
        params![
            new.story.0.as_bytes(),
            at,
            word(DeskList::of(&axes))?,
            text.version.to_bytes(),
            face.headline,
            face.section,
            face.byline,
            face.words,
            face.photos,
            word(axes.desk)?,
            word(axes.public)?,
        ],
    )?;
    let key = session.tx.last_insert_rowid();
    move_to_top(session, key)?;
    drafts::begin(session, key, text)?;
    events::append(session.tx, key, new.story, &new.event)?;
    search::index_story(session.tx, key, &new.content)?;
    row_of(session.tx, new.story)
}

/// Rows, each with the cursor of what comes behind it.
fn page(connection: &Connection, request: &ListRequest) -> Result<Vec<(String, Row)>, StoreError> {
    match request.list {
        DeskList::Scheduled => page_by_time(connection, request),
        _ => page_by_change(connection, request),
    }
}

/// What was changed last comes first.
fn page_by_change(connection: &Connection, request: &ListRequest) -> Result<Vec<(String, Row)>, StoreError> {
    let list = word(request.list)?;
    let before = request.after.as_deref().and_then(|place| place.parse().ok()).unwrap_or(i64::MAX);
    let limit = held(request.limit);
    let read = |row: &rusqlite::Row| Ok((row.get::<_, i64>("place")?.to_string(), read_row(row)?));
    match &request.section {
        None => {
            let sql = "SELECT * FROM stories WHERE list = ?1 AND place < ?2 ORDER BY place DESC LIMIT ?3";
            many(connection, sql, params![list, before, limit], read)
        }
        Some(section) => {
            let sql = "SELECT * FROM stories WHERE list = ?1 AND section = ?4 AND place < ?2
                       ORDER BY place DESC LIMIT ?3";
            many(connection, sql, params![list, before, limit, section], read)
        }
    }
}

/// What readers get first comes first. A newsroom schedules tens of stories and not thousands, so that they are sorted anew.
fn page_by_time(connection: &Connection, request: &ListRequest) -> Result<Vec<(String, Row)>, StoreError> {
    let cursor = request.after.as_deref().and_then(|cursor| cursor.split_once('.'));
    let cursor = cursor.and_then(|(due, key)| Some((due.parse().ok()?, key.parse().ok()?)));
    let (due, key): (i64, i64) = cursor.unwrap_or((i64::MIN, 0));
    let sql = "SELECT *, ifnull(live_at, 9223372036854775807) AS due FROM stories
               WHERE list = ?1 AND (?2 IS NULL OR section = ?2) AND (due, key) > (?3, ?4)
               ORDER BY due, key LIMIT ?5";
    let read = |row: &rusqlite::Row| {
        let cursor = format!("{}.{}", row.get::<_, i64>("due")?, row.get::<_, i64>("key")?);
        Ok((cursor, read_row(row)?))
    };
    let params = params![word(request.list)?, request.section, due, key, held(request.limit)];
    many(connection, sql, params, read)
}

fn held(limit: u32) -> usize {
    limit.clamp(1, 200) as usize
}

fn counts(connection: &Connection) -> Result<Counts, StoreError> {
    let mut counts = Counts::default();
    let rows = many(connection, "SELECT list, stories FROM list_counts", [], |row| {
        Ok((crate::convert::unword::<DeskList>(row.get("list")?)?, row.get::<_, u32>("stories")?))
    })?;
    for (list, stories) in rows {
        match list {
            DeskList::Drafts => counts.drafts = stories,
            DeskList::Sent => counts.sent = stories,
            DeskList::Returned => counts.returned = stories,
            DeskList::Scheduled => counts.scheduled = stories,
            DeskList::Published => counts.published = stories,
            DeskList::Outbox => counts.outbox = stories,
            DeskList::Trash => counts.trash = stories,
        }
    }
    Ok(counts)
}
