//! The full-text index: what is in it, and how it follows the drafts without slowing a key.

use rusqlite::{Connection, params};
use story::Content;

use crate::{
    StoreError,
    convert::{many, one, run},
    drafts::{parse, read_text},
};

/// Drafts indexed in one go: a fraction of a second, and a bounded one.
const AT_ONCE: u32 = 64;

/// Puts a story's words into the index, in the place of older ones.
pub(crate) fn index_story(connection: &Connection, key: i64, content: &Content) -> Result<(), StoreError> {
    run(connection, "DELETE FROM story_words WHERE rowid = ?1", [key])?;
    let sql = "INSERT INTO story_words (rowid, headline, body) VALUES (?1, ?2, ?3)";
    run(connection, sql, params![key, bangla::fold(&content.headline), folded_body(content)])?;
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

/// Stories whose words in the index are old or missing.
pub(super) fn left(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    many(connection, "SELECT story FROM unindexed ORDER BY story DESC", [], |row| Ok(row.get(0)?))
}

/// Everything of a content that can be found, folded.
pub(super) fn folded(content: &Content) -> String {
    format!("{}\n{}", bangla::fold(&content.headline), folded_body(content))
}

fn folded_body(content: &Content) -> String {
    texts(content).map(bangla::fold).collect::<Vec<_>>().join("\n")
}

/// The texts of a content below the headline, in the order in which an excerpt is looked for.
pub(super) fn texts(content: &Content) -> impl Iterator<Item = &str> {
    let photos = content.photos.iter().flat_map(|photo| [&photo.caption, &photo.credit, &photo.alt]);
    let small = [&content.byline, &content.dateline, &content.source];
    let all =
        [&content.standfirst, &content.body].into_iter().chain(photos).chain(&content.tags).chain(small);
    all.map(String::as_str)
}
