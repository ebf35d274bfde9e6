//! Where commands find the desk: one for each chair that was sat down at. A store that could not be opened is tried
//! again when the window asks to start once more: what was wrong with it, a full disk say, may have been put right
//! meanwhile.

use desk::{
    Desk,
    wire::{Chair, CommandError},
};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

type Open = Box<dyn Fn(Chair) -> Result<Desk, CommandError> + Send + Sync>;
type Taken = Box<dyn Fn() -> Chair + Send + Sync>;

/// The desk, or why there is none: then every command answers that, and the window has a sentence for it.
pub struct Counter {
    open: Open,
    taken: Taken,
    desks: Mutex<BTreeMap<Chair, Result<Desk, Failure>>>,
    /// Held while a store is opened: nobody else's commands wait for that.
    opening: Mutex<()>,
}

struct Failure {
    error: CommandError,
    /// The window has shown it, so the next start is another try.
    told: bool,
}

impl Counter {
    /// Opens the desk of the chair that is `taken`. Blocks while `open` does.
    pub fn new(open: Open, taken: Taken) -> Self {
        let counter = Self { open, taken, desks: Mutex::default(), opening: Mutex::default() };
        counter.attempt((counter.taken)());
        counter
    }

    /// The desk of the chair that is taken.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub fn desk(&self) -> Result<Desk, CommandError> {
        match self.desks().get(&(self.taken)()) {
            Some(Ok(desk)) => Ok(desk.clone()),
            Some(Err(failure)) => Err(failure.error.clone()),
            None => Err(CommandError::internal("the store is not open")),
        }
    }

    /// The desk, for a window that starts; opens it if nobody sat there before or the last failure was told. Blocks
    /// while it does.
    ///
    /// # Errors
    /// Why it could not be opened, this time.
    pub fn start(&self) -> Result<Desk, CommandError> {
        let _alone = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let chair = (self.taken)();
        let stands = match self.desks().get(&chair) {
            Some(Ok(_)) => true,
            Some(Err(failure)) => !failure.told,
            None => false,
        };
        if !stands {
            self.attempt(chair);
        }
        if let Some(Err(failure)) = self.desks().get_mut(&chair) {
            failure.told = true;
        }
        self.desk()
    }

    fn attempt(&self, chair: Chair) {
        let opened = (self.open)(chair).map_err(|error| Failure { error, told: false });
        self.desks().insert(chair, opened);
    }

    fn desks(&self) -> MutexGuard<'_, BTreeMap<Chair, Result<Desk, Failure>>> {
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::{Host as _, wire::ErrorCode};
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
        let open = move |_| {
            if count.fetch_add(1, Ordering::Relaxed) < tries {
                return Err(CommandError::new(ErrorCode::StoreFull));
            }
            let machine = Arc::new(Machine::new(folders.clone(), Window::none()));
            Ok(Desk::open(&folders.store, machine)?)
        };
        (Counter::new(Box::new(open), Box::new(|| Chair::Own)), tried, folder)
    }

    #[test]
    fn a_desk_that_opened_is_opened_once() {
        let (counter, tried, _folder) = full_for(0);
        assert!(counter.start().is_ok() && counter.start().is_ok() && counter.desk().is_ok());
        assert_eq!(tried.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn each_chair_has_a_desk_of_its_own_and_finds_it_again() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine::new(Folders::at(folder.path()), Window::none());
        let machine = Arc::new(machine);
        let (opens, taken) = (Arc::clone(&machine), Arc::clone(&machine));
        let open = move |chair| {
            let machine = Arc::new(opens.at(chair));
            Ok(Desk::open(machine.store(), machine.clone())?)
        };
        let counter = Counter::new(Box::new(open), Box::new(move || taken.taken()));
        let own = counter.start().unwrap().folder().to_owned();
        machine.sit_down(Chair::Editor).unwrap();
        assert!(counter.desk().is_err(), "nothing is answered from the chair that was left");
        let editors = counter.start().unwrap().folder().to_owned();
        assert!(editors != own && editors.starts_with(&own), "{editors:?}");
        machine.sit_down(Chair::Own).unwrap();
        assert_eq!(counter.desk().unwrap().folder(), own);
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
