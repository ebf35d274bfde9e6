//! Connections that only read. Several threads may look while one writes.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError, RwLock},
};

use rusqlite::Connection;

use crate::{StoreError, connection};

/// Connections kept open for the next reader; more are made when more are wanted at once.
const KEPT: usize = 4;

/// The readers of one file.
#[derive(Debug)]
pub(crate) struct Readers {
    file: PathBuf,
    /// No `-wal` and no room for a `-shm`: the file is read as it lies.
    frozen: bool,
    idle: Mutex<Vec<Connection>>,
    /// Held for reading by every reader, for writing while the file is being replaced.
    gate: RwLock<()>,
}

impl Readers {
    pub(crate) fn new(file: PathBuf, frozen: bool) -> Self {
        Self { file, frozen, idle: Mutex::default(), gate: RwLock::default() }
    }

    /// Reads at one moment of the store: whatever `work` asks, it sees no half of a change.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let _open = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        let connection = match self.lock().pop() {
            Some(connection) => connection,
            None if self.frozen => connection::frozen(&self.file)?,
            None => connection::reading(&self.file)?,
        };
        let moment = connection.unchecked_transaction()?;
        let answer = work(&moment);
        let ended = moment.finish();
        if ended.is_ok() && self.lock().len() < KEPT {
            self.lock().push(connection);
        }
        answer
    }

    /// Runs `work` while no reader has the file open.
    pub(crate) fn shut_out<T>(&self, work: impl FnOnce() -> T) -> T {
        let _shut = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        self.lock().clear();
        work()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
