//! Originals: which photo each is of. Their bytes lie beside the photos, under a name that no reader's address leads to.

use sqlx::{AnyConnection, Row};
use story::{Sha256Hex, StoryId};

use super::Db;

/// An original, for the desk alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OriginalRow {
    /// The rendition that readers get.
    pub(crate) photo: Sha256Hex,
    pub(crate) sha256: Sha256Hex,
    pub(crate) media_type: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Db {
    /// The original of the photo with this digest.
    pub(crate) async fn original(&self, photo: &Sha256Hex) -> Result<Option<OriginalRow>, sqlx::Error> {
        let query =
            sqlx::query("SELECT photo, sha256, media_type, width, height FROM originals WHERE photo = $1");
        let row = query.bind(photo.as_str()).fetch_optional(self.pool()).await?;
        let Some(row) = row else { return Ok(None) };
        let pixels = |name: &str| row.try_get::<i64, _>(name).map(|n| u32::try_from(n).unwrap_or(0));
        Ok(Some(OriginalRow {
            photo: photo.clone(),
            sha256: digest(&row.try_get::<String, _>("sha256")?)?,
            media_type: row.try_get("media_type")?,
            width: pixels("width")?,
            height: pixels("height")?,
        }))
    }

    /// Digests of files that nobody may have any more.
    pub(crate) async fn gone_originals(&self) -> Result<Vec<Sha256Hex>, sqlx::Error> {
        // One that came again meanwhile stays.
        let query = "SELECT sha256 FROM originals_gone WHERE sha256 NOT IN (SELECT sha256 FROM originals)";
        let gone: Vec<String> = sqlx::query_scalar(query).fetch_all(self.pool()).await?;
        gone.iter().map(|sha256| digest(sha256)).collect()
    }

    /// Its file is deleted.
    pub(crate) async fn forget_gone(&self, sha256: &Sha256Hex) -> Result<(), sqlx::Error> {
        let query = sqlx::query("DELETE FROM originals_gone WHERE sha256 = $1").bind(sha256.as_str());
        query.execute(self.pool()).await.map(drop)
    }
}

/// Keeps it, unless the photo has one: the first stays. Gives whether it was kept.
pub(crate) async fn add(connection: &mut AnyConnection, original: &OriginalRow) -> Result<bool, sqlx::Error> {
    let insert = "INSERT INTO originals (photo, sha256, media_type, width, height) VALUES ($1, $2, $3, $4, $5) \
                  ON CONFLICT (photo) DO NOTHING";
    let query = sqlx::query(insert).bind(original.photo.as_str()).bind(original.sha256.as_str());
    let query = query.bind(&original.media_type).bind(i64::from(original.width));
    let done = query.bind(i64::from(original.height)).execute(connection).await?;
    Ok(done.rows_affected() == 1)
}

/// Whether some version of the story shows the photo.
pub(crate) async fn shows(
    connection: &mut AnyConnection,
    story: StoryId,
    photo: &Sha256Hex,
) -> Result<bool, sqlx::Error> {
    let query = "SELECT COUNT(*) FROM revisions WHERE story = $1 AND payload LIKE $2";
    let found: i64 =
        sqlx::query_scalar(query).bind(story.to_string()).bind(pattern(photo)).fetch_one(connection).await?;
    Ok(found > 0)
}

/// Takes the originals away of photos that no story shows any more but this one, which was killed.
pub(crate) async fn drop_of(connection: &mut AnyConnection, story: StoryId) -> Result<(), sqlx::Error> {
    let kept = sqlx::query("SELECT photo, sha256 FROM originals").fetch_all(&mut *connection).await?;
    for row in kept {
        let photo = digest(&row.try_get::<String, _>("photo")?)?;
        let sha256 = digest(&row.try_get::<String, _>("sha256")?)?;
        if shows(connection, story, &photo).await? && !is_shown_elsewhere(connection, story, &photo).await? {
            drop_one(connection, (&photo, &sha256)).await?;
        }
    }
    Ok(())
}

async fn is_shown_elsewhere(
    connection: &mut AnyConnection,
    story: StoryId,
    photo: &Sha256Hex,
) -> Result<bool, sqlx::Error> {
    let query = "SELECT COUNT(*) FROM revisions JOIN stories ON stories.id = revisions.story \
                 WHERE stories.id <> $1 AND stories.state <> 'killed' AND revisions.payload LIKE $2";
    let found: i64 =
        sqlx::query_scalar(query).bind(story.to_string()).bind(pattern(photo)).fetch_one(connection).await?;
    Ok(found > 0)
}

/// Its file is to be deleted, unless another photo has the same original.
pub(crate) async fn note_gone(connection: &mut AnyConnection, sha256: &Sha256Hex) -> Result<(), sqlx::Error> {
    let note = "INSERT INTO originals_gone (sha256) VALUES ($1) ON CONFLICT (sha256) DO NOTHING";
    sqlx::query(note).bind(sha256.as_str()).execute(connection).await.map(drop)
}

async fn drop_one(
    connection: &mut AnyConnection,
    (photo, sha256): (&Sha256Hex, &Sha256Hex),
) -> Result<(), sqlx::Error> {
    note_gone(connection, sha256).await?;
    let query = sqlx::query("DELETE FROM originals WHERE photo = $1").bind(photo.as_str());
    query.execute(connection).await.map(drop)
}

/// A digest is long enough to stand in no payload by chance, and has no letter that a pattern gives a meaning.
fn pattern(photo: &Sha256Hex) -> String {
    format!("%{photo}%")
}

fn digest(text: &str) -> Result<Sha256Hex, sqlx::Error> {
    text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
