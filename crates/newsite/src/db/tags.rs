//! The tags of the working copies.

use sqlx::{AnyConnection, Row};
use story::StoryId;

use super::Db;

impl Db {
    /// Tags that contain `query`, most used first, each with the number of its stories.
    pub(crate) async fn tags(&self, query: &str, limit: i64) -> Result<Vec<(String, i64)>, sqlx::Error> {
        let select = "SELECT tag, COUNT(*) AS stories FROM story_tags WHERE folded LIKE $1 ESCAPE '!' \
                      GROUP BY tag ORDER BY COUNT(*) DESC, tag LIMIT $2";
        let query = sqlx::query(select).bind(containing(&bangla::fold(query))).bind(limit);
        let rows = query.fetch_all(self.pool()).await?;
        rows.iter().map(|row| Ok((row.try_get("tag")?, row.try_get("stories")?))).collect()
    }
}

/// These and no others.
pub(super) async fn set(
    connection: &mut AnyConnection,
    story: StoryId,
    tags: &[String],
) -> Result<(), sqlx::Error> {
    let delete = sqlx::query("DELETE FROM story_tags WHERE story = $1").bind(story.to_string());
    delete.execute(&mut *connection).await?;
    for tag in tags {
        let insert = "INSERT INTO story_tags (story, tag, folded) VALUES ($1, $2, $3) \
                      ON CONFLICT (story, tag) DO NOTHING";
        let query = sqlx::query(insert).bind(story.to_string()).bind(tag).bind(bangla::fold(tag));
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// A pattern for what contains `text`, whose own signs mean nothing.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern + "%"
}
