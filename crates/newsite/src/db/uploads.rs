//! Uploads that were begun. How far each is, its file tells.

use sqlx::{Row, any::AnyRow};
use story::{Sha256Hex, StoryId};

use super::Db;

/// One upload.
#[derive(Debug, Clone)]
pub(crate) struct UploadRow {
    pub(crate) id: String,
    pub(crate) user: String,
    pub(crate) sha256: Sha256Hex,
    pub(crate) media_type: String,
    pub(crate) length: u64,
    /// What it is an original of, and with which story it comes; `None`: it is a photo.
    pub(crate) original: Option<(Sha256Hex, StoryId)>,
    /// The photo is in its place; the row stays so that a lost last answer can be asked for again.
    pub(crate) finished: bool,
}

impl Db {
    pub(crate) async fn add_upload(&self, upload: &UploadRow, expires_at: i64) -> Result<(), sqlx::Error> {
        let insert = "INSERT INTO uploads \
                      (id, username, sha256, media_type, length, finished, expires_at, original_of, story) \
                      VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8)";
        let query = sqlx::query(insert).bind(&upload.id).bind(&upload.user).bind(upload.sha256.as_str());
        let query = query.bind(&upload.media_type).bind(i64::try_from(upload.length).unwrap_or(i64::MAX));
        let (of, story) = upload.original.clone().unzip();
        let query = query.bind(expires_at).bind(of.map(|of| of.to_string()));
        query.bind(story.map(|story| story.to_string())).execute(self.pool()).await.map(drop)
    }

    pub(crate) async fn upload(&self, id: &str) -> Result<Option<UploadRow>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT id, username, sha256, media_type, length, finished, original_of, story FROM uploads WHERE id = $1",
        );
        query.bind(id).fetch_optional(self.pool()).await?.map(|row| read(&row)).transpose()
    }

    pub(crate) async fn finish_upload(&self, id: &str) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE uploads SET finished = 1 WHERE id = $1")
            .bind(id)
            .execute(self.pool())
            .await
            .map(drop)
    }

    pub(crate) async fn drop_upload(&self, id: &str) -> Result<(), sqlx::Error> {
        sqlx::query("DELETE FROM uploads WHERE id = $1").bind(id).execute(self.pool()).await.map(drop)
    }

    /// The uploads whose time has passed.
    pub(crate) async fn stale_uploads(&self, now: i64) -> Result<Vec<String>, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT id FROM uploads WHERE expires_at <= $1");
        query.bind(now).fetch_all(self.pool()).await
    }
}

fn read(row: &AnyRow) -> Result<UploadRow, sqlx::Error> {
    let digest = |text: String| text.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)));
    let of: Option<String> = row.try_get("original_of")?;
    let story: Option<String> = row.try_get("story")?;
    let story = story.and_then(|story| story.parse::<StoryId>().ok());
    let length: i64 = row.try_get("length")?;
    Ok(UploadRow {
        id: row.try_get("id")?,
        user: row.try_get("username")?,
        sha256: digest(row.try_get("sha256")?)?,
        original: of.map(digest).transpose()?.zip(story),
        media_type: row.try_get("media_type")?,
        length: u64::try_from(length).unwrap_or(0),
        finished: row.try_get::<i64, _>("finished")? != 0,
    })
}
