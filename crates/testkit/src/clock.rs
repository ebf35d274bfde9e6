//! A portal's clock that a test sets.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use newsite::Clock;

/// A clock that stands still until it is moved.
pub struct Hands(Mutex<DateTime<Utc>>);

impl Hands {
    /// It is 5 November 2025, noon in Dhaka: where the clock of a [`crate::TestHost`] stands too.
    pub fn at_noon() -> Self {
        Self(Mutex::new("2025-11-05T06:00:00Z".parse().expect("a time")))
    }

    /// Moves it, forwards or back.
    pub fn pass(&self, time: TimeDelta) {
        *self.0.lock().expect("no test panicked with it") += time;
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("no test panicked with it")
    }
}
