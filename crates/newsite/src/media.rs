//! Where the bytes of photos and their originals lie: in a folder, or in a store that speaks S3. A photo's name is its digest, so that
//! it is written once and never changes.

use std::{path::Path, sync::Arc};

use object_store::{
    ObjectStore, ObjectStoreExt as _, aws::AmazonS3Builder, local::LocalFileSystem, path::Path as Key,
    prefix::PrefixStore,
};
use story::Sha256Hex;

/// The photos' store.
#[derive(Debug, Clone)]
pub(crate) struct Media(Arc<dyn ObjectStore>);

/// Why the photos' store cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MediaError {
    #[error("give an address such as s3://bucket/prefix")]
    Address,
    #[error("{0}")]
    Store(#[from] object_store::Error),
}

impl Media {
    /// `s3://bucket/prefix`, or the folder `photos` in the data folder. What S3 needs besides (endpoint, region,
    /// keys) stands in the usual `AWS_…` variables.
    pub(crate) fn open(place: Option<&str>, data: &Path) -> Result<Self, MediaError> {
        let Some(place) = place else {
            // What was answered is on the disk.
            let folder = LocalFileSystem::new_with_prefix(data.join("photos"))?.with_fsync(true);
            return Ok(Self(Arc::new(folder)));
        };
        let rest = place.strip_prefix("s3://").ok_or(MediaError::Address)?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(MediaError::Address);
        }
        let store = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
        Ok(Self(Arc::new(PrefixStore::new(store, Key::parse(prefix).map_err(object_store::Error::from)?))))
    }

    /// Stores the photo whole or not at all.
    pub(crate) async fn put(&self, sha256: &Sha256Hex, bytes: Vec<u8>) -> Result<(), MediaError> {
        Ok(self.0.put(&key(sha256), bytes.into()).await.map(drop)?)
    }

    /// The photo's bytes.
    pub(crate) async fn get(&self, sha256: &Sha256Hex) -> Result<axum::body::Bytes, MediaError> {
        Ok(self.0.get(&key(sha256)).await?.bytes().await?)
    }

    /// Stores an original whole or not at all.
    pub(crate) async fn put_original(&self, sha256: &Sha256Hex, bytes: Vec<u8>) -> Result<(), MediaError> {
        Ok(self.0.put(&original_key(sha256), bytes.into()).await.map(drop)?)
    }

    /// An original's bytes.
    pub(crate) async fn get_original(&self, sha256: &Sha256Hex) -> Result<axum::body::Bytes, MediaError> {
        Ok(self.0.get(&original_key(sha256)).await?.bytes().await?)
    }

    /// Deletes an original; none there is no error.
    pub(crate) async fn delete_original(&self, sha256: &Sha256Hex) -> Result<(), MediaError> {
        match self.0.delete(&original_key(sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn key(sha256: &Sha256Hex) -> Key {
    Key::from(sha256.as_str())
}

/// Below a folder of its own: what is fetched as a photo is never an original.
fn original_key(sha256: &Sha256Hex) -> Key {
    Key::from_iter(["originals", sha256.as_str()])
}
