//! How many bytes go in one request. A cut costs at most a chunk of each upload, and every chunk costs a round
//! trip of silence: so a chunk is what the line carries in a few seconds.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

const FIRST: usize = 64 * 1024;
const LEAST: usize = 16 * 1024;
const MOST: usize = 1024 * 1024;
/// A chunk that took less may be followed by a larger one.
const QUICK: Duration = Duration::from_secs(1);
/// A chunk that took more is followed by a smaller one: far from the time-out, which counts from its first byte.
const SLOW: Duration = Duration::from_secs(12);

/// Shared by all uploads to a portal, for they share the line.
pub(super) struct Pace(AtomicUsize);

impl Default for Pace {
    fn default() -> Self {
        Self(AtomicUsize::new(FIRST))
    }
}

impl Pace {
    /// Bytes of the next chunk when so many are left. A rest of less than half a chunk goes along with the last
    /// one, for it would cost as long a silence as a whole one.
    pub(super) fn chunk(&self, left: usize) -> usize {
        let chunk = self.usual();
        if left < chunk + chunk / 2 { left } else { chunk }
    }

    fn usual(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// A chunk of so many bytes was acknowledged after so long.
    pub(super) fn took(&self, bytes: usize, time: Duration) {
        if time > SLOW {
            self.smaller(bytes);
        } else if time < QUICK && bytes >= self.usual() {
            self.0.store((self.usual() * 2).min(MOST), Ordering::Relaxed);
        }
    }

    /// A chunk of so many bytes did not arrive.
    pub(super) fn broke(&self, bytes: usize) {
        self.smaller(bytes);
    }

    /// Two that were slow together halve the chunk once.
    fn smaller(&self, bytes: usize) {
        let half = (bytes / 2).max(LEAST);
        self.0.fetch_min(half, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLINK: Duration = Duration::from_millis(10);

    #[test]
    fn a_fast_line_gets_larger_chunks_up_to_a_limit_and_a_last_small_one_tells_nothing() {
        let pace = Pace::default();
        pace.took(1_000, BLINK);
        assert_eq!(pace.usual(), FIRST);
        for _ in 0..10 {
            pace.took(pace.usual(), BLINK);
        }
        assert_eq!(pace.usual(), MOST);
    }

    #[test]
    fn a_slow_or_broken_line_gets_smaller_ones_down_to_a_limit() {
        let pace = Pace::default();
        pace.took(FIRST, Duration::from_secs(5));
        assert_eq!(pace.usual(), FIRST);
        pace.took(FIRST, SLOW * 2);
        assert_eq!(pace.usual(), FIRST / 2);
        pace.broke(FIRST);
        assert_eq!(pace.usual(), FIRST / 2, "two that broke together");
        for _ in 0..10 {
            pace.broke(pace.usual());
        }
        assert_eq!(pace.usual(), LEAST);
    }

    #[test]
    fn a_small_rest_goes_with_the_last_chunk() {
        let pace = Pace::default();
        assert_eq!(pace.chunk(FIRST * 3), FIRST);
        assert_eq!(pace.chunk(FIRST * 3 / 2), FIRST);
        assert_eq!(pace.chunk(FIRST * 3 / 2 - 1), FIRST * 3 / 2 - 1);
        assert_eq!(pace.chunk(10), 10);
    }
}
