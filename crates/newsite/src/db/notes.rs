//! Notes between desk and author. No page, feed or preview reads this table.

use sqlx::{AnyConnection, Row, any::AnyRow};
use story::StoryId;

use super::Db;

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteRow {
    pub(crate) id: String,
    pub(crate) user: String,
    /// That person's name, as it is read; who writes it names the account.
    pub(crate) name: Option<String>,
    /// May be empty where it is nothing but a turn.
    pub(crate) text: String,
    /// The paragraph it is about, counted from 0; `None` for the whole story.
    pub(crate) paragraph: Option<i64>,
    /// The words it is about, as JSON of [`story::Anchor`].
    pub(crate) anchor: Option<String>,
    /// What those words should become, as JSON of [`story::Suggestion`].
    pub(crate) suggestion: Option<String>,
    /// The note that it answers.
    pub(crate) parent: Option<String>,
    /// What it does with that one.
    pub(crate) turn: Option<String>,
    pub(crate) written_at: i64,
}

/// One way of reading a note's row.
macro_rules! select_notes {
    ($rest:literal) => {
        concat!(
            "SELECT id, username, (SELECT name FROM accounts WHERE accounts.username = notes.username) AS name, ",
            "words, paragraph, anchor, suggestion, parent, turn, written_at FROM notes ",
            $rest
        )
    };
}

impl Db {
    /// The story's notes, oldest first.
    pub(crate) async fn notes(&self, story: StoryId) -> Result<Vec<NoteRow>, sqlx::Error> {
        let query = sqlx::query(select_notes!("WHERE story = $1 ORDER BY written_at, id"));
        query.bind(story.to_string()).fetch_all(self.pool()).await?.iter().map(read).collect()
    }
}

/// The note, inside a transaction.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    story: StoryId,
    id: &str,
) -> Result<Option<NoteRow>, sqlx::Error> {
    let query = sqlx::query(select_notes!("WHERE story = $1 AND id = $2"));
    let row = query.bind(story.to_string()).bind(id).fetch_optional(connection).await?;
    row.map(|row| read(&row)).transpose()
}

/// Writes the note, or writes it anew.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    story: StoryId,
    note: &NoteRow,
) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO notes (story, id, username, words, paragraph, anchor, parent, turn, written_at, \
                  suggestion) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (story, id) DO UPDATE SET \
                  words = excluded.words, paragraph = excluded.paragraph, anchor = excluded.anchor, \
                  parent = excluded.parent, turn = excluded.turn, written_at = excluded.written_at, \
                  suggestion = excluded.suggestion";
    let query = sqlx::query(insert).bind(story.to_string()).bind(&note.id).bind(&note.user);
    let query = query.bind(&note.text).bind(note.paragraph).bind(&note.anchor).bind(&note.parent);
    query.bind(&note.turn).bind(note.written_at).bind(&note.suggestion).execute(connection).await.map(drop)
}

/// How many suggestions at the story nobody has accepted or rejected: the last turn decides, as at every machine.
pub(crate) async fn open_suggestions(
    connection: &mut AnyConnection,
    story: StoryId,
) -> Result<i64, sqlx::Error> {
    let sql = "SELECT COUNT(*) FROM notes WHERE story = $1 AND suggestion IS NOT NULL AND COALESCE( \
               (SELECT turn FROM notes AS said WHERE said.story = $1 AND said.parent = notes.id \
                AND said.turn IS NOT NULL ORDER BY said.written_at DESC, said.id DESC LIMIT 1), 'reopened') = 'reopened'";
    sqlx::query_scalar(sql).bind(story.to_string()).fetch_one(connection).await
}

fn read(row: &AnyRow) -> Result<NoteRow, sqlx::Error> {
    Ok(NoteRow {
        id: row.try_get("id")?,
        user: row.try_get("username")?,
        name: row.try_get("name")?,
        text: row.try_get("words")?,
        paragraph: row.try_get("paragraph")?,
        anchor: row.try_get("anchor")?,
        suggestion: row.try_get("suggestion")?,
        parent: row.try_get("parent")?,
        turn: row.try_get("turn")?,
        written_at: row.try_get("written_at")?,
    })
}
