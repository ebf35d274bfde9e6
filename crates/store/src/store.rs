//! The handle that everything is asked of.

use std::{fs::File, sync::Arc};

use rusqlite::Connection;

use crate::{
    StoreError,
    folder::Folder,
    readers::Readers,
    writer::{Bench, Session, Writer},
};

/// An open store. Cloning gives another handle to the same one; the last one dropped closes it.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

// The order matters: readers go first, so that the writer is the last to close the file and clears its log
// away; the lock is let go when everything is closed.
#[derive(Debug)]
struct Inner {
    readers: Arc<Readers>,
    writer: Option<Writer>,
    folder: Folder,
    _lock: Option<File>,
}

impl Store {
    /// `writer` and `lock` are `None` for a store that can only be read.
    pub(crate) fn new(folder: Folder, readers: Readers, writer: Option<Writer>, lock: Option<File>) -> Self {
        let readers = Arc::new(readers);
        Self { inner: Arc::new(Inner { readers, writer, folder, _lock: lock }) }
    }

    /// False when the store can only be read.
    pub fn is_writable(&self) -> bool {
        self.inner.writer.is_some()
    }

    pub(crate) fn folder(&self) -> &Folder {
        &self.inner.folder
    }

    pub(crate) fn readers(&self) -> Arc<Readers> {
        Arc::clone(&self.inner.readers)
    }

    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let answer = self.inner.readers.read(work);
        if matches!(answer, Err(StoreError::Damaged(_))) {
            self.inner.folder.suspect();
        }
        answer
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer()?.write(work)
    }

    pub(crate) fn with_writer<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Bench) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.writer()?.with(work)
    }

    fn writer(&self) -> Result<&Writer, StoreError> {
        self.inner.writer.as_ref().ok_or(StoreError::ReadOnly)
    }
}
