//! Following the portal's desk while the program runs: at the start, when the portal can be reached again, when
//! another one was chosen, and now and then.

use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard, Notify};

use super::{hands::Hands, sync};
use crate::Desk;

/// Between two questions, when nothing else happens.
const NOW_AND_THEN: Duration = Duration::from_secs(30);

/// What all who follow the desk share.
#[derive(Default)]
pub(crate) struct Following {
    /// What is in our hands.
    pub(super) hands: Hands,
    look: Notify,
    asking: Mutex<()>,
}

impl Following {
    /// Has the portal's desk looked at soon.
    pub(crate) fn look(&self) {
        self.look.notify_one();
    }

    /// Held while the portal is asked and its answer written down, so that no cursor goes back.
    pub(super) async fn alone(&self) -> MutexGuard<'_, ()> {
        self.asking.lock().await
    }
}

/// Never ends. What fails is no news to anybody: it is asked again.
pub(crate) async fn follow(desk: Desk) {
    loop {
        if let Err(error) = sync::once(&desk).await {
            tracing::debug!(%error, "the portal's desk could not be followed");
        }
        desk.queue().hands.tend(&desk).await;
        tokio::select! {
            () = desk.queue().look.notified() => {}
            () = tokio::time::sleep(NOW_AND_THEN) => {}
        }
    }
}
