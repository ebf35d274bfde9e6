//! Search over the present text of every story.

mod excerpt;
mod index;
mod words;

use rusqlite::{Connection, params};

pub(crate) use index::{index_some, index_story};

use crate::{
    Row, Store, StoreError,
    convert::{many, one},
    drafts::{parse, read_text},
    stories::read_row,
};
use words::Words;

const IN_HEADLINES: &str =
    "SELECT rowid FROM headline_words WHERE headline_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
const ANYWHERE: &str =
    "SELECT rowid FROM story_words WHERE story_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";

/// One find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The story.
    pub row: Row,
    /// Text around the first match.
    pub excerpt: String,
    /// Where the matches stand in `excerpt`: start and end in UTF-16 units, ascending, not overlapping.
    pub marks: Vec<(u32, u32)>,
}

impl Store {
    /// Stories that hold every word of `text`; whatever was saved is found. A word of three letters or more
    /// also finds longer words that begin with it, after those that are equal to it. `text` is never a query
    /// language: only its first 400 letters and 8 words count.
    ///
    /// # Errors
    /// What the disk says.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Hit>, StoreError> {
        let words = Words::of(text);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        // Whatever was saved lately is indexed now; if the disk does not allow it, it is read through below.
        if self.read(index::anything_left)? {
            let _ = self.write(|session| index_some(session.tx));
        }
        let limit = limit.clamp(1, 100) as usize;
        self.read(|connection| {
            let keys = ranked(connection, &words, limit)?;
            keys.into_iter().map(|key| hit(connection, key, &words)).collect()
        })
    }
}

/// The keys of the finds: drafts that are not indexed yet first, then by how well they fit, newest first.
fn ranked(connection: &Connection, words: &Words, limit: usize) -> Result<Vec<i64>, StoreError> {
    let unindexed = index::left(connection)?;
    let mut found = Vec::new();
    for key in &unindexed {
        if words.all_in(&index::folded(&parse(&read_text(connection, *key)?)?)) {
            found.push(*key);
        }
    }
    let queries = words.queries();
    let tiers = queries.iter().flat_map(|query| [(IN_HEADLINES, query), (ANYWHERE, query)]);
    for (sql, query) in tiers {
        if found.len() >= limit {
            break;
        }
        let most = limit + found.len() + unindexed.len();
        for key in many(connection, sql, params![query, most], |row| Ok(row.get::<_, i64>(0)?))? {
            if !found.contains(&key) && !unindexed.contains(&key) {
                found.push(key);
            }
        }
    }
    found.truncate(limit);
    Ok(found)
}

fn hit(connection: &Connection, key: i64, words: &Words) -> Result<Hit, StoreError> {
    let row = one(connection, "SELECT * FROM stories WHERE key = ?1", [key], read_row)?;
    let row =
        row.ok_or_else(|| StoreError::Damaged("the index names a story that is not there".to_owned()))?;
    let content = parse(&read_text(connection, key)?)?;
    let (excerpt, marks) = excerpt::around_first_match(&content, words);
    Ok(Hit { row, excerpt, marks })
}
