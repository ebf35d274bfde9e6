//! Where commands find the desk. A store that could not be opened is tried again when the window asks to start
//! once more: what was wrong with it, a full disk say, may have been put right meanwhile.

use desk::{Desk, wire::CommandError};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

type Open = Box<dyn Fn() -> Result<Desk, CommandError> + Send + Sync>;

/// The desk, or why there is none: then every command answers that, and the window has a sentence for it.
pub struct Counter {
    open: Open,
    desk: OnceLock<Desk>,
    failure: Mutex<Option<Failure>>,
}

struct Failure {
    error: CommandError,
    /// The window has shown it, so the next start is another try.
    told: bool,
}

impl Counter {
    /// Opens the desk. Blocks while `open` does.
    pub fn new(open: Open) -> Self {
        let counter = Self { open, desk: OnceLock::new(), failure: Mutex::default() };
        *counter.failure() = counter.attempt().err().map(|error| Failure { error, told: false });
        counter
    }

    /// The desk.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn desk(&self) -> Result<&Desk, CommandError> {
        self.desk
            .get()
            .ok_or_else(|| self.failure().as_ref().map_or_else(unopened, |failure| failure.error.clone()))
    }

    /// The desk, for a window that starts; opens it if the last failure was told before. Blocks while it does.
    ///
    /// # Errors
    /// Why it could not be opened, this time.
    pub fn start(&self) -> Result<&Desk, CommandError> {
        let mut failure = self.failure();
        if self.desk.get().is_none() && failure.as_ref().is_none_or(|failure| failure.told) {
            *failure = self.attempt().err().map(|error| Failure { error, told: false });
        }
        if let Some(failure) = failure.as_mut() {
            failure.told = true;
        }
        drop(failure);
        self.desk()
    }

    fn attempt(&self) -> Result<(), CommandError> {
        let desk = (self.open)()?;
        // Only one attempt runs at a time, so nothing stands here yet.
        let _ = self.desk.set(desk);
        Ok(())
    }

    fn failure(&self) -> MutexGuard<'_, Option<Failure>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unopened() -> CommandError {
    CommandError::internal("the store is not open")
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::wire::ErrorCode;
    use host::{Folders, Machine, Window};
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };
    use tempfile::TempDir;

    /// A disk that is full for so many tries, and how often it was tried.
    fn full_for(tries: u32) -> (Counter, Arc<AtomicU32>, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::at(folder.path());
        let count = Arc::new(AtomicU32::new(0));
        let tried = Arc::clone(&count);
        let open = move || {
            if count.fetch_add(1, Ordering::Relaxed) < tries {
                return Err(CommandError::new(ErrorCode::StoreFull));
            }
            let machine = Arc::new(Machine::new(folders.clone(), Window::none()));
            Ok(Desk::open(&folders.store, machine)?)
        };
        (Counter::new(Box::new(open)), tried, folder)
    }

    #[test]
    fn a_desk_that_opened_is_opened_once() {
        let (counter, tried, _folder) = full_for(0);
        assert!(counter.start().is_ok() && counter.start().is_ok() && counter.desk().is_ok());
        assert_eq!(tried.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn the_first_failure_is_told_without_a_second_try() {
        let (counter, tried, _folder) = full_for(9);
        assert_eq!(counter.start().err().unwrap().code, ErrorCode::StoreFull);
        assert_eq!(counter.desk().err().unwrap().code, ErrorCode::StoreFull);
        assert_eq!(tried.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn each_start_after_that_is_another_try_until_one_succeeds() {
        let (counter, tried, _folder) = full_for(2);
        assert!(counter.start().is_err() && counter.start().is_err());
        assert!(counter.desk().is_err());
        assert!(counter.start().is_ok() && counter.desk().is_ok());
        assert_eq!(tried.load(Ordering::Relaxed), 3);
    }
}
