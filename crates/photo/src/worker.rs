//! A thread for the codecs: foreign bytes meet foreign code there. A panic ends with that one photo, and one that takes
//! too long is left to itself.
//!
//! Nothing stops a thread from outside. One that was given up ends at its next look at [`Late`], which stands between
//! the steps; what it can take until then is bounded by the limits that were checked before it began. So that a row of
//! slow files cannot fill the machine, only a few threads may be lost at a time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicIsize, AtomicU8, Ordering},
        mpsc::{RecvTimeoutError, sync_channel},
    },
    thread,
    time::Duration,
};

use crate::PhotoError;

/// Threads that may run on after they were given up.
const MOST_LOST: isize = 4;
static LOST: AtomicIsize = AtomicIsize::new(0);

const RUNNING: u8 = 0;
const GIVEN_UP: u8 = 1;
const DONE: u8 = 2;

/// Says whether anybody still waits for the work.
#[derive(Clone)]
pub(crate) struct Late(Arc<AtomicU8>, Duration);

impl Late {
    /// Refused once nobody waits any more.
    pub(crate) fn check(&self) -> Result<(), PhotoError> {
        let is_awaited = self.0.load(Ordering::Relaxed) == RUNNING;
        if is_awaited { Ok(()) } else { Err(PhotoError::TooSlow { limit: self.1 }) }
    }
}

/// Counts a lost thread back in when it ends, in whatever way.
struct End(Late);

impl Drop for End {
    fn drop(&mut self) {
        if self.0.0.swap(DONE, Ordering::Relaxed) == GIVEN_UP {
            LOST.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// Runs `work` on a thread of its own, for at most `time`; a panic in it is a damaged photo.
pub(crate) fn apart<T, E>(
    time: Duration,
    work: impl FnOnce(&Late) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<PhotoError> + Send + 'static,
{
    let too_slow = PhotoError::TooSlow { limit: time };
    if LOST.load(Ordering::Relaxed) >= MOST_LOST {
        return Err(too_slow.into());
    }
    let late = Late(Arc::new(AtomicU8::new(RUNNING)), time);
    let (done, waiting) = sync_channel(1);
    let end = End(late.clone());
    let worker = thread::Builder::new().name("photo".to_owned()).spawn(move || {
        let outcome = work(&end.0);
        drop(end);
        // Nobody waits for it any more when this fails.
        let _ = done.send(outcome);
    });
    worker.map_err(PhotoError::damaged)?;
    match waiting.recv_timeout(time) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Disconnected) => Err(PhotoError::damaged("the codec gave up").into()),
        Err(RecvTimeoutError::Timeout) => {
            if late.0.swap(GIVEN_UP, Ordering::Relaxed) == RUNNING {
                LOST.fetch_add(1, Ordering::Relaxed);
            }
            Err(too_slow.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(30);

    /// One test for both: they look at one count of the process's.
    #[test]
    fn panics_are_damaged_photos_and_too_many_lost_threads_let_no_more_begin() {
        let outcome: Result<(), PhotoError> = apart(LONG, |_| panic!("codec"));
        assert_eq!(outcome, Err(PhotoError::damaged("the codec gave up")));
        let too_slow = Err(PhotoError::TooSlow { limit: SHORT });
        let mut stops = Vec::new();
        for _ in 0..MOST_LOST {
            let (stop, stopped) = std::sync::mpsc::channel::<()>();
            stops.push(stop);
            let outcome = apart(SHORT, move |late| {
                let _ = stopped.recv();
                late.check()
            });
            assert_eq!(outcome, too_slow);
        }
        let refused: Result<(), PhotoError> = apart(SHORT, |_| panic!("it must not even begin"));
        assert_eq!(refused, too_slow);
        drop(stops);
        while LOST.load(Ordering::Relaxed) > 0 {
            thread::yield_now();
        }
        assert_eq!(apart(LONG, |late| late.check().map(|()| 7)), Ok(7));
    }
}
