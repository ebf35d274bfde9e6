//! Revisions: immutable, numbered, hashed versions of a story.

mod delta;
mod names;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{Content, Revision, RevisionReason, Sha256Hex, StoryId};

use crate::{
    Draft, DraftSave, Store, StoreError, Thing,
    convert::{digest, many, nanos, one, run, time, unword, word},
    drafts::{self, Text, read_text},
    stories::{key_of, keyed_row_of, row_of},
    writer::Session,
};

/// Asks for a revision of the draft as it is on disk.
#[derive(Debug, Clone)]
pub struct NewRevision {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: RevisionReason,
    /// Who wrote it.
    pub author: String,
}

/// Asks for an older revision as the draft's text.
#[derive(Debug, Clone)]
pub struct Restore {
    /// Which story.
    pub story: StoryId,
    /// The revision to bring back.
    pub number: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who asked.
    pub author: String,
}

impl Store {
    /// Makes a revision of the draft, unless the newest one equals it. Gives the newest one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn cut_revision(&self, story: StoryId, new: NewRevision) -> Result<Revision, StoreError> {
        self.write(move |session| cut(session, story, &new))
    }

    /// All revisions of a story, newest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn revisions(&self, story: StoryId) -> Result<Vec<Revision>, StoreError> {
        self.read(|connection| {
            let key = key_of(connection, story)?;
            let sql = "SELECT number, hash, parent, merged, cut_at, reason, author, words FROM revisions
                       WHERE story = ?1 ORDER BY number DESC";
            many(connection, sql, [key], read_revision)
        })
    }

    /// What a revision says, its digest verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn revision(&self, story: StoryId, number: u32) -> Result<Content, StoreError> {
        drafts::parse(&self.revision_bytes(story, number)?)
    }

    /// The bytes of a revision exactly as they were hashed.
    ///
    /// # Errors
    /// As [`Store::revision`].
    pub fn revision_bytes(&self, story: StoryId, number: u32) -> Result<Vec<u8>, StoreError> {
        self.read(|connection| {
            let key = key_of(connection, story)?;
            verified_bytes(connection, key, number)
        })
    }

    /// Brings a revision back as the draft and as the newest revision, in one transaction. What the draft
    /// said before becomes a revision first, so nothing is lost.
    ///
    /// # Errors
    /// As [`Store::revision`].
    pub fn restore_revision(&self, restore: Restore) -> Result<Draft, StoreError> {
        self.write(move |session| bring_back(session, &restore))
    }
}

/// Makes a revision of the draft, unless the newest one equals it.
pub(crate) fn cut(session: &mut Session, story: StoryId, new: &NewRevision) -> Result<Revision, StoreError> {
    cut_merged(session, story, new, None)
}

/// As [`cut`], of a draft that was made of its newest revision and of the version `merged`.
pub(crate) fn cut_merged(
    session: &mut Session,
    story: StoryId,
    new: &NewRevision,
    merged: Option<&Sha256Hex>,
) -> Result<Revision, StoreError> {
    let (key, row) = keyed_row_of(session.tx, story)?;
    let last = newest(session.tx, key)?;
    let own = newest_own(session.tx, key)?;
    if let Some(own) = own.as_ref().filter(|own| own.hash == row.version) {
        return Ok(own.clone());
    }
    let bytes = read_text(session.tx, key)?;
    if Sha256Hex::of(&bytes) != row.version {
        return Err(StoreError::Damaged(format!("the draft of {story} is not what was saved")));
    }
    let revision = Revision {
        number: last.map_or(1, |last| last.number + 1),
        hash: row.version,
        parent: own.map(|own| own.hash),
        merged: merged.cloned(),
        at: new.at,
        reason: new.reason,
        author: new.author.clone(),
        words: row.words,
    };
    write(session.tx, key, &revision, &bytes)?;
    Ok(revision)
}

fn write(connection: &Connection, key: i64, revision: &Revision, bytes: &[u8]) -> Result<(), StoreError> {
    let (base, content) = delta::pack(connection, key, revision.number, bytes)?;
    let sql = "INSERT INTO revisions (story, number, hash, parent, cut_at, reason, author, words, length,
                   base, content, merged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    run(
        connection,
        sql,
        params![
            key,
            revision.number,
            revision.hash.to_bytes(),
            revision.parent.as_ref().map(Sha256Hex::to_bytes),
            nanos(revision.at),
            word(revision.reason)?,
            revision.author,
            revision.words,
            bytes.len(),
            base,
            content,
            revision.merged.as_ref().map(Sha256Hex::to_bytes),
        ],
    )
    .map(drop)
}

/// What is known of a version of a portal's beside its text.
pub(crate) struct FromPortal<'a> {
    pub(crate) words: u32,
    pub(crate) author: &'a str,
    /// When it was written there, else when it was found.
    pub(crate) at: DateTime<Utc>,
    /// The version it was made from, as far as we know.
    pub(crate) parent: Option<Sha256Hex>,
}

/// The revision that a version of a portal's is, and whether it is new here.
pub(crate) fn keep_from_portal(
    session: &mut Session,
    key: i64,
    text: &Text,
    from: FromPortal<'_>,
) -> Result<(u32, bool), StoreError> {
    if let Some(known) = from_portal(session.tx, key, &text.version)? {
        return Ok((known.number, false));
    }
    let number = newest(session.tx, key)?.map_or(1, |last| last.number + 1);
    let revision = Revision {
        number,
        hash: text.version.clone(),
        parent: from.parent,
        merged: None,
        at: from.at,
        reason: RevisionReason::Portal,
        author: from.author.to_owned(),
        words: from.words,
    };
    write(session.tx, key, &revision, &text.bytes)?;
    Ok((number, true))
}

/// Writes a revision that came in a package, under the next number here.
pub(crate) fn keep_packed(
    connection: &Connection,
    key: i64,
    revision: Revision,
    bytes: &[u8],
) -> Result<u32, StoreError> {
    let number = newest(connection, key)?.map_or(1, |last| last.number + 1);
    write(connection, key, &Revision { number, ..revision }, bytes)?;
    Ok(number)
}

pub(crate) fn bring_back(session: &mut Session, restore: &Restore) -> Result<Draft, StoreError> {
    let key = key_of(session.tx, restore.story)?;
    let content = drafts::parse(&verified_bytes(session.tx, key, restore.number)?)?;
    let sql = "SELECT words FROM revisions WHERE story = ?1 AND number = ?2";
    let words = one(session.tx, sql, params![key, restore.number], |row| Ok(row.get(0)?))?.unwrap_or(0);
    cut(session, restore.story, &cut_for(restore, RevisionReason::Left))?;
    let counter = row_of(session.tx, restore.story)?.counter + 1;
    let text = Text::of(&content)?;
    let save = DraftSave { story: restore.story, counter, at: restore.at, content, words, undo: None };
    drafts::keep(session, &save, &text)?;
    drafts::forget_undo(session, restore.story)?;
    cut(session, restore.story, &cut_for(restore, RevisionReason::Restored))?;
    drafts::read_draft(session.tx, restore.story)
}

fn cut_for(restore: &Restore, reason: RevisionReason) -> NewRevision {
    NewRevision { at: restore.at, reason, author: restore.author.clone() }
}

/// The version that a revision is.
pub(crate) fn hash_of(connection: &Connection, key: i64, number: u32) -> Result<Sha256Hex, StoreError> {
    let sql = "SELECT hash FROM revisions WHERE story = ?1 AND number = ?2";
    let hash = one(connection, sql, params![key, number], |row| digest(&row.get::<_, Vec<u8>>(0)?))?;
    hash.ok_or(StoreError::NotFound(Thing::Revision))
}

fn verified_bytes(connection: &Connection, key: i64, number: u32) -> Result<Vec<u8>, StoreError> {
    let hash = hash_of(connection, key, number)?;
    let bytes = delta::unpack(connection, key, number)?;
    if Sha256Hex::of(&bytes) == hash {
        Ok(bytes)
    } else {
        Err(StoreError::Damaged(format!("revision {number} is not what was cut")))
    }
}

/// The newest revision of the draft: one that came from a portal, or beside it in a package, is none of its own.
fn newest_own(connection: &Connection, key: i64) -> Result<Option<Revision>, StoreError> {
    let sql = "SELECT number, hash, parent, merged, cut_at, reason, author, words FROM revisions
               WHERE story = ?1 AND reason NOT IN ('portal', 'package') ORDER BY number DESC LIMIT 1";
    one(connection, sql, [key], read_revision)
}

/// The newest revision that came from a portal and says this.
fn from_portal(connection: &Connection, key: i64, hash: &Sha256Hex) -> Result<Option<Revision>, StoreError> {
    let sql = "SELECT number, hash, parent, merged, cut_at, reason, author, words FROM revisions
               WHERE story = ?1 AND reason = 'portal' AND hash = ?2 ORDER BY number DESC LIMIT 1";
    one(connection, sql, params![key, hash.to_bytes()], read_revision)
}

/// Whether there is a revision, wherever it came from, that says this.
pub(crate) fn holds(connection: &Connection, key: i64, hash: &Sha256Hex) -> Result<bool, StoreError> {
    Ok(number_of(connection, key, hash)?.is_some())
}

/// The newest revision, wherever it came from, that says this.
pub(crate) fn number_of(
    connection: &Connection,
    key: i64,
    hash: &Sha256Hex,
) -> Result<Option<u32>, StoreError> {
    let sql = "SELECT number FROM revisions WHERE story = ?1 AND hash = ?2 ORDER BY number DESC LIMIT 1";
    one(connection, sql, params![key, hash.to_bytes()], |row| Ok(row.get(0)?))
}

/// The newest revision, wherever it came from.
fn newest(connection: &Connection, key: i64) -> Result<Option<Revision>, StoreError> {
    let sql = "SELECT number, hash, parent, merged, cut_at, reason, author, words FROM revisions
               WHERE story = ?1 ORDER BY number DESC LIMIT 1";
    one(connection, sql, [key], read_revision)
}

fn read_revision(row: &SqlRow) -> Result<Revision, StoreError> {
    let made_of = |column: &str| {
        let hash: Option<Vec<u8>> = row.get(column)?;
        hash.map(|hash| digest(&hash)).transpose()
    };
    Ok(Revision {
        number: row.get("number")?,
        hash: digest(&row.get::<_, Vec<u8>>("hash")?)?,
        parent: made_of("parent")?,
        merged: made_of("merged")?,
        at: time(row.get("cut_at")?),
        reason: unword(row.get("reason")?)?,
        author: row.get("author")?,
        words: row.get("words")?,
    })
}
