//! What readers say under a story.

use sqlx::{Row, any::AnyRow};
use story::StoryId;

use super::Db;

/// One comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommentRow {
    pub(crate) id: String,
    pub(crate) story: String,
    /// The name that the reader gave.
    pub(crate) reader: String,
    pub(crate) text: String,
    pub(crate) written_at: i64,
    pub(crate) hidden: bool,
}

impl Db {
    /// The story's comments, oldest first, hidden ones among them.
    pub(crate) async fn comments(&self, story: StoryId) -> Result<Vec<CommentRow>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT id, story, reader, words, written_at, hidden FROM comments WHERE story = $1 \
             ORDER BY written_at, id",
        );
        query.bind(story.to_string()).fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// How many of them readers see.
    pub(crate) async fn visible_comments(&self, story: StoryId) -> Result<u32, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT COUNT(*) FROM comments WHERE story = $1 AND hidden = 0");
        let count: i64 = query.bind(story.to_string()).fetch_one(self.pool()).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    pub(crate) async fn add_comment(&self, comment: &CommentRow) -> Result<(), sqlx::Error> {
        let insert = "INSERT INTO comments (id, story, reader, words, written_at, hidden) \
                      VALUES ($1, $2, $3, $4, $5, $6)";
        let query = sqlx::query(insert).bind(&comment.id).bind(&comment.story).bind(&comment.reader);
        let query = query.bind(&comment.text).bind(comment.written_at).bind(i64::from(comment.hidden));
        query.execute(self.pool()).await.map(drop)
    }

    /// Hides the comment or shows it; the comment afterwards, if the story has it.
    pub(crate) async fn hide_comment(
        &self,
        story: StoryId,
        id: &str,
        hidden: bool,
    ) -> Result<Option<CommentRow>, sqlx::Error> {
        let update = "UPDATE comments SET hidden = $1 WHERE story = $2 AND id = $3 \
                      RETURNING id, story, reader, words, written_at, hidden";
        let query = sqlx::query(update).bind(i64::from(hidden)).bind(story.to_string()).bind(id);
        query.fetch_optional(self.pool()).await?.map(|row| read(&row)).transpose()
    }
}

fn read(row: &AnyRow) -> Result<CommentRow, sqlx::Error> {
    Ok(CommentRow {
        id: row.try_get("id")?,
        story: row.try_get("story")?,
        reader: row.try_get("reader")?,
        text: row.try_get("words")?,
        written_at: row.try_get("written_at")?,
        hidden: row.try_get::<i64, _>("hidden")? != 0,
    })
}
