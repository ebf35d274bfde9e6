//! Slows down whoever guesses passwords.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};

/// Wrong passwords for one account before it has to wait.
const PATIENCE: usize = 10;
const WINDOW: TimeDelta = TimeDelta::minutes(5);
/// Names that are remembered; somebody who invents more of them pushes the oldest out.
const NAMES: usize = 1_000;

/// The failed attempts of late, by account.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<BTreeMap<String, Vec<DateTime<Utc>>>>);

impl Attempts {
    /// How many seconds the account has to wait, if it has to.
    pub(crate) fn wait(&self, user: &str, now: DateTime<Utc>) -> Option<i64> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = names.get_mut(user)?;
        failures.retain(|at| now - *at < WINDOW);
        let oldest = failures.first().filter(|_| failures.len() >= PATIENCE)?;
        Some((WINDOW - (now - *oldest)).num_seconds().max(1))
    }

    pub(crate) fn failed(&self, user: &str, now: DateTime<Utc>) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES {
            names.retain(|_, failures| failures.last().is_some_and(|at| now - *at < WINDOW));
        }
        if names.len() >= NAMES {
            names.pop_first();
        }
        names.entry(user.to_owned()).or_default().push(now);
    }

    pub(crate) fn succeeded(&self, user: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_passwords_make_an_account_wait_and_five_minutes_free_it() {
        let (attempts, start) = (Attempts::default(), DateTime::UNIX_EPOCH);
        for _ in 0..PATIENCE {
            assert_eq!(attempts.wait("nasrin", start), None);
            attempts.failed("nasrin", start);
        }
        assert_eq!(attempts.wait("nasrin", start + TimeDelta::seconds(60)), Some(240));
        assert_eq!(attempts.wait("tapan", start), None);
        assert_eq!(attempts.wait("nasrin", start + WINDOW), None);
    }
}
