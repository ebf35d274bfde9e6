//! A portal's clock that a test sets.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use newsite::Clock;

/// A clock that goes no further than it is moved.
pub struct Hands {
    now: Mutex<DateTime<Utc>>,
    /// How far it goes by itself whenever somebody looks at it.
    each_look: TimeDelta,
}

impl Hands {
    /// It is 5 November 2025, noon in Dhaka, where the clock of a [`crate::TestHost`] stands too; it stands still.
    pub fn at_noon() -> Self {
        let noon = "2025-11-05T06:00:00Z".parse().expect("a time");
        Self { now: Mutex::new(noon), each_look: TimeDelta::zero() }
    }

    /// The same, where no two looks find the same millisecond.
    pub fn ticking_from_noon() -> Self {
        Self { each_look: TimeDelta::milliseconds(1), ..Self::at_noon() }
    }

    /// Moves it, forwards or back.
    pub fn pass(&self, time: TimeDelta) {
        *self.now.lock().expect("no test panicked with it") += time;
    }
}

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        let mut now = self.now.lock().expect("no test panicked with it");
        *now += self.each_look;
        *now
    }
}
