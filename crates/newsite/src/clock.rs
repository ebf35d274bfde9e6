//! The portal's own clock. It decides every time that the portal prints or stores, so tests hand in theirs.

use chrono::{DateTime, Utc};

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the portal reads the clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
