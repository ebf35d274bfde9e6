//! The row of a story: reading it, and the few ways in which it changes.

use rusqlite::{Connection, Row as SqlRow, params};
use story::{Approval, Axes, Content, DeskList, StoryId};

use super::Row;
use crate::{
    StoreError, Thing,
    convert::{digest, nanos, one, run, time, unword, uuid, word},
    guards,
    writer::Session,
};

/// Longest headline and byline in a list, in code points.
const FACE_LETTERS: usize = 300;
/// Longest section slug that can be asked for.
const SECTION_BYTES: usize = 400;

/// What a list shows of a content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Face {
    pub(crate) headline: String,
    pub(crate) section: String,
    pub(crate) byline: String,
    pub(crate) words: u32,
    pub(crate) photos: u32,
}

impl Face {
    pub(crate) fn of(content: &Content, words: u32) -> Result<Self, StoreError> {
        if content.section.len() > SECTION_BYTES {
            return Err(StoreError::TooLong { limit: SECTION_BYTES });
        }
        Ok(Self {
            headline: bangla::cut(&content.headline, FACE_LETTERS).to_owned(),
            section: content.section.clone(),
            byline: bangla::cut(&content.byline, FACE_LETTERS).to_owned(),
            words,
            photos: u32::try_from(content.photos.len()).unwrap_or(u32::MAX),
        })
    }
}

/// The key that this file knows a story by.
pub(crate) fn key_of(connection: &Connection, story: StoryId) -> Result<i64, StoreError> {
    let key =
        one(
            connection,
            "SELECT key FROM stories WHERE id = ?1",
            [story.0.as_bytes()],
            |row| Ok(row.get(0)?),
        )?;
    key.ok_or(StoreError::NotFound(Thing::Story))
}

pub(crate) fn row_of(connection: &Connection, story: StoryId) -> Result<Row, StoreError> {
    keyed_row_of(connection, story).map(|(_, row)| row)
}

/// [`key_of`] and [`row_of`] in one.
pub(crate) fn keyed_row_of(connection: &Connection, story: StoryId) -> Result<(i64, Row), StoreError> {
    let sql = "SELECT * FROM stories WHERE id = ?1";
    let row = one(connection, sql, [story.0.as_bytes()], |row| Ok((row.get("key")?, read_row(row)?)))?;
    row.ok_or(StoreError::NotFound(Thing::Story))
}

/// A row of `SELECT * FROM stories`.
pub(crate) fn read_row(row: &SqlRow) -> Result<Row, StoreError> {
    let live: Option<Vec<u8>> = row.get("live_version")?;
    Ok(Row {
        story: StoryId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        headline: row.get("headline")?,
        section: row.get("section")?,
        byline: row.get("byline")?,
        words: row.get("words")?,
        photos: row.get("photos")?,
        axes: read_axes(row)?,
        changed_at: time(row.get("changed_at")?),
        counter: row.get("counter")?,
        version: digest(&row.get::<_, Vec<u8>>("version")?)?,
        live_version: live.map(|live| digest(&live)).transpose()?,
        public_url: row.get("public_url")?,
        live_at: row.get::<_, Option<i64>>("live_at")?.map(time),
    })
}

fn read_axes(row: &SqlRow) -> Result<Axes, StoreError> {
    let delivery: Option<String> = row.get("delivery")?;
    Ok(Axes {
        desk: unword(row.get("desk")?)?,
        approval: read_approval(row, ["approved_version", "approved_by", "approved_at", "approved_alone"])?
            .map(|approval| Ok::<_, StoreError>(Approval { sent: row.get("approved_sent")?, ..approval }))
            .transpose()?,
        fallen: read_approval(row, ["fallen_version", "fallen_by", "fallen_at", "fallen_alone"])?,
        delivery: delivery.map(unword).transpose()?,
        public: unword(row.get("public")?)?,
        guards: guards::read_column(row.get("guards")?)?,
        elsewhere: row.get("elsewhere")?,
    })
}

fn read_approval(row: &SqlRow, [version, by, at, alone]: [&str; 4]) -> Result<Option<Approval>, StoreError> {
    let Some(version) = row.get::<_, Option<Vec<u8>>>(version)? else { return Ok(None) };
    let at = time(row.get(at)?);
    Ok(Some(Approval {
        version: digest(&version)?,
        by: row.get(by)?,
        at,
        alone: row.get(alone)?,
        sent: false,
    }))
}

/// Writes all axes and the list that follows from them; the one place where a story changes its list.
pub(crate) fn write_axes(connection: &Connection, key: i64, axes: &Axes) -> Result<(), StoreError> {
    let (approval, fallen) = (axes.approval.as_ref(), axes.fallen.as_ref());
    let sql = "UPDATE stories SET list = ?2, desk = ?3, approved_version = ?4, approved_by = ?5,
                   approved_at = ?6, delivery = ?7, public = ?8, approved_alone = ?9, fallen_version = ?10,
                   fallen_by = ?11, fallen_at = ?12, fallen_alone = ?13, approved_sent = ?14, guards = ?15, elsewhere = ?16
               WHERE key = ?1";
    run(
        connection,
        sql,
        params![
            key,
            word(DeskList::of(axes))?,
            word(axes.desk)?,
            approval.map(|approval| approval.version.to_bytes()),
            approval.map_or("", |approval| approval.by.as_str()),
            approval.map_or(0, |approval| nanos(approval.at)),
            axes.delivery.map(word).transpose()?,
            word(axes.public)?,
            approval.is_some_and(|approval| approval.alone),
            fallen.map(|fallen| fallen.version.to_bytes()),
            fallen.map_or("", |fallen| fallen.by.as_str()),
            fallen.map_or(0, |fallen| nanos(fallen.at)),
            fallen.is_some_and(|fallen| fallen.alone),
            approval.is_some_and(|approval| approval.sent),
            guards::column(&axes.guards)?,
            axes.elsewhere,
        ],
    )
    .map(drop)
}

/// Puts a story before all others. Does nothing when it stands there already, so that typing into one story
/// leaves the list indexes alone.
pub(crate) fn move_to_top(session: &mut Session, key: i64) -> Result<(), StoreError> {
    if session.memory.top == Some(key) {
        return Ok(());
    }
    let sql = "UPDATE stories SET place = 1 + (
                   SELECT max(place) FROM (
                       SELECT max(place) AS place FROM stories WHERE list = 'drafts' UNION ALL
                       SELECT max(place) FROM stories WHERE list = 'sent' UNION ALL
                       SELECT max(place) FROM stories WHERE list = 'returned' UNION ALL
                       SELECT max(place) FROM stories WHERE list = 'scheduled' UNION ALL
                       SELECT max(place) FROM stories WHERE list = 'published' UNION ALL
                       SELECT max(place) FROM stories WHERE list = 'outbox' UNION ALL
                       SELECT max(place) FROM stories WHERE list = 'trash'))
               WHERE key = ?1";
    run(session.tx, sql, [key])?;
    session.memory.top = Some(key);
    Ok(())
}
