//! The one writer: a thread that owns the only connection that can write. Jobs come one after the other, so
//! saves can never cross; an answer means that the change is on the disk.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::JoinHandle,
    time::Duration,
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{StoreError, connection, drafts::Memory, drafts::fold_journals, folder::Folder, search};

/// Silence after which the writer tidies: longer than the pause between two keys.
const QUIET: Duration = Duration::from_millis(300);
/// Pages of 4 kB in the log from which it is written back even when no silence comes. Well below the length that
/// a log may keep (see [`connection::writing`]), so that it is written over and over in the same place: to sync
/// a file that grows takes half as long again.
const LONG_LOG: u32 = 512;

type Job = Box<dyn FnOnce(&mut Bench) + Send>;

/// What a piece of work writes with.
pub(crate) struct Session<'a> {
    /// Everything goes through this one transaction.
    pub(crate) tx: &'a Transaction<'a>,
    /// What the writer remembers of the last saves.
    pub(crate) memory: &'a mut Memory,
}

/// The handle to the thread. Dropping it waits until the file is closed.
#[derive(Debug)]
pub(crate) struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread owns.
pub(crate) struct Bench {
    folder: Folder,
    connection: Option<Connection>,
    memory: Memory,
    untidy: bool,
    /// Pages in the log when it was last written back for being long.
    log_seen: u32,
}

impl Writer {
    pub(crate) fn start(folder: Folder, connection: Connection) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let bench = Bench {
            folder,
            connection: Some(connection),
            memory: Memory::default(),
            untidy: true,
            log_seen: 0,
        };
        let thread = std::thread::Builder::new().name("store-writer".to_owned());
        let thread = thread.spawn(move || bench.serve(&waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs `work` in one transaction and waits until it is on the disk. `work` may run twice: when the disk
    /// was full and the reserve made room.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Session) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.with(move |bench| bench.write(&mut work))
    }

    /// Runs `work` on the writer's thread, between two transactions.
    pub(crate) fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Bench) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |bench| {
            // The asker may be gone; the work is done all the same.
            let _ = reply.send(work(bench));
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).map_err(|_| StoreError::Closed)?;
        answer.recv().map_err(|_| StoreError::Closed)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Bench {
    fn serve(mut self, jobs: &Receiver<Job>) {
        loop {
            let job = if self.untidy { jobs.recv_timeout(QUIET) } else { jobs.recv().map_err(Into::into) };
            match job {
                Ok(job) => {
                    job(&mut self);
                    self.untidy = true;
                    self.shorten_log();
                }
                Err(RecvTimeoutError::Timeout) => self.tidy(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.write_back("TRUNCATE");
    }

    /// The connection, opened anew when the last one was given up.
    pub(crate) fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        if self.connection.is_none() {
            self.connection = Some(connection::writing(&self.folder.database())?);
        }
        self.connection.as_mut().ok_or(StoreError::Closed)
    }

    /// Closes the file, so that it can be replaced; the next job opens it again.
    pub(crate) fn close(&mut self) {
        self.write_back("TRUNCATE");
        self.memory = Memory::default();
        self.connection = None;
    }

    fn write<T>(
        &mut self,
        work: &mut impl FnMut(&mut Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let answer = self.transact(work).map_err(|error| self.judged(error));
        match answer {
            Err(StoreError::Full) if self.folder.release_ballast() => {
                tracing::warn!("the disk is full: the reserve was given up");
                self.transact(work).map_err(|error| self.judged(error))
            }
            Err(StoreError::Io(error)) => {
                self.start_over();
                Err(StoreError::Io(error))
            }
            other => other,
        }
    }

    fn transact<T>(
        &mut self,
        work: &mut impl FnMut(&mut Session) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut memory = std::mem::take(&mut self.memory);
        let tx = self.connection()?.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&mut Session { tx: &tx, memory: &mut memory })?;
        tx.commit()?;
        // Only what is on disk is remembered; after an error the memory was dropped with `?`.
        self.memory = memory;
        Ok(answer)
    }

    fn judged(&self, error: StoreError) -> StoreError {
        match error {
            // A full disk also shows as a failed sync or a `-shm` that cannot grow.
            StoreError::Io(_) if self.folder.is_full() => StoreError::Full,
            StoreError::Damaged(why) => {
                self.folder.suspect();
                StoreError::Damaged(why)
            }
            other => other,
        }
    }

    /// After a failed sync nobody knows what is on the disk. The log is read again and written back whole, so
    /// that a later answer cannot rest on pages which only the cache holds.
    fn start_over(&mut self) {
        self.connection = None;
        self.memory = Memory::default();
        self.write_back("TRUNCATE");
    }

    /// Once written back, the log begins anew with the next save, unless a reader still needs it.
    fn shorten_log(&mut self) {
        let pages = connection::pages_in_log();
        if pages < self.log_seen {
            self.log_seen = 0;
        }
        if pages > self.log_seen + LONG_LOG {
            self.write_back("PASSIVE");
            self.log_seen = pages;
        }
    }

    fn write_back(&mut self, how: &str) {
        let done = self.connection().and_then(|connection| {
            Ok(connection.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |_| Ok(()))?)
        });
        if let Err(error) = done {
            tracing::warn!(%error, "the log was not written back");
        }
    }

    /// One round of what can wait for silence.
    fn tidy(&mut self) {
        // Not through `write`: the reserve is for saves, not for this.
        let indexed = self.transact(&mut |session| search::index_some(session.tx));
        let folded = self.transact(&mut |session| fold_journals(session));
        self.untidy = indexed.is_ok_and(|more| more) || folded.is_ok_and(|more| more);
        if !self.untidy {
            self.write_back("PASSIVE");
            self.folder.take_ballast();
        }
    }
}
