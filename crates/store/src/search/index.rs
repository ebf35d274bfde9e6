//! The full-text index: what is in it, and how it follows the drafts without slowing a key.

use rusqlite::{Connection, params};
use story::Content;

use super::words::distinct;
use crate::{
    StoreError,
    convert::{many, one, run},
    drafts::{parse, read_text},
};

/// Drafts indexed in one go: a fraction of a second, and a bounded one.
const AT_ONCE: u32 = 64;

/// Drafts that one search reads through because they are not indexed: more than are typed into at once.
const MOST_READ_THROUGH: u32 = 1_000;

/// Puts a story's words into the index, in the place of older ones.
pub(crate) fn index_story(connection: &Connection, key: i64, content: &Content) -> Result<(), StoreError> {
    let texts = [("headline_words", bangla::fold(&content.headline)), ("story_words", folded(content))];
    for (table, text) in texts {
        run(connection, &format!("DELETE FROM {table} WHERE rowid = ?1"), [key])?;
        let words = distinct(&text).into_iter().collect::<Vec<_>>().join(" ");
        run(connection, &format!("INSERT INTO {table} (rowid, words) VALUES (?1, ?2)"), params![key, words])?;
    }
    run(connection, "DELETE FROM unindexed WHERE story = ?1", [key]).map(drop)
}

/// Indexes drafts that changed since; true when there are more.
pub(crate) fn index_some(connection: &Connection) -> Result<bool, StoreError> {
    let keys = many(connection, "SELECT story FROM unindexed LIMIT ?1", [AT_ONCE], |row| Ok(row.get(0)?))?;
    for key in keys {
        index_story(connection, key, &parse(&read_text(connection, key)?)?)?;
    }
    anything_left(connection)
}

pub(super) fn anything_left(connection: &Connection) -> Result<bool, StoreError> {
    Ok(one(connection, "SELECT 1 FROM unindexed LIMIT 1", [], |_| Ok(()))?.is_some())
}

/// Stories whose words in the index are old or missing, newest first. After an upgrade that may be all of them:
/// a search reads through some, and the others are found as soon as silence has indexed them.
pub(super) fn left(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT story FROM unindexed ORDER BY story DESC LIMIT ?1";
    many(connection, sql, [MOST_READ_THROUGH], |row| Ok(row.get(0)?))
}

/// Everything of a content that can be found, folded.
pub(super) fn folded(content: &Content) -> String {
    let texts = std::iter::once(content.headline.as_str()).chain(texts(content));
    texts.map(bangla::fold).collect::<Vec<_>>().join("\n")
}

/// The texts of a content below the headline, in the order in which an excerpt is looked for.
pub(super) fn texts(content: &Content) -> impl Iterator<Item = &str> {
    let photos = content.photos.iter().flat_map(|photo| [&photo.caption, &photo.credit, &photo.alt]);
    let small = [&content.byline, &content.dateline, &content.source];
    let all =
        [&content.standfirst, &content.body].into_iter().chain(photos).chain(&content.tags).chain(small);
    all.map(String::as_str)
}
