//! Photos that are here: their bytes lie in files, named by digest.

use sqlx::{AnyConnection, Row, any::AnyRow};
use story::Sha256Hex;

use super::Db;

/// A photo as readers get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhotoRow {
    pub(crate) sha256: Sha256Hex,
    pub(crate) media_type: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Db {
    pub(crate) async fn photo(&self, sha256: &Sha256Hex) -> Result<Option<PhotoRow>, sqlx::Error> {
        find(&mut *self.pool().acquire().await?, sha256).await
    }

    pub(crate) async fn add_photo(&self, photo: &PhotoRow) -> Result<(), sqlx::Error> {
        let insert = "INSERT INTO photos (sha256, media_type, width, height) VALUES ($1, $2, $3, $4) \
                      ON CONFLICT (sha256) DO NOTHING";
        let query = sqlx::query(insert).bind(photo.sha256.as_str()).bind(&photo.media_type);
        let query = query.bind(i64::from(photo.width)).bind(i64::from(photo.height));
        query.execute(self.pool()).await.map(drop)
    }
}

/// The photo, inside a transaction.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    sha256: &Sha256Hex,
) -> Result<Option<PhotoRow>, sqlx::Error> {
    let query = sqlx::query("SELECT sha256, media_type, width, height FROM photos WHERE sha256 = $1");
    query.bind(sha256.as_str()).fetch_optional(connection).await?.map(|row| read(&row)).transpose()
}

fn read(row: &AnyRow) -> Result<PhotoRow, sqlx::Error> {
    let sha256: String = row.try_get("sha256")?;
    let pixels = |name: &str| row.try_get::<i64, _>(name).map(|n| u32::try_from(n).unwrap_or(0));
    Ok(PhotoRow {
        sha256: sha256.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
        media_type: row.try_get("media_type")?,
        width: pixels("width")?,
        height: pixels("height")?,
    })
}
