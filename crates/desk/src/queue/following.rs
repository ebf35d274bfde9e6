//! Following the portal's desk while the program runs: at the start, when the portal can be reached again, when
//! another one was chosen, when the portal says that something happened, and where it cannot say so now and then.

use std::{
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use story::PortalId;
use tokio::{
    sync::{Mutex, MutexGuard, Notify},
    time::sleep,
};

use super::{hands::Hands, offline, sync};
use crate::{Desk, portals, wire::CommandError};

/// Between two questions, where the portal cannot be waited for; and between two looks at what is in our hands.
const NOW_AND_THEN: Duration = Duration::from_secs(30);
/// How long the portal is asked to wait for something to tell. Lines that say nothing for longer are taken for dead
/// by much that stands between us and a portal.
const PATIENCE: Duration = Duration::from_secs(25);
/// Between two questions, however much happens there.
const AT_MOST_EACH: Duration = Duration::from_secs(1);

/// What all who follow the desk share.
pub(crate) struct Following {
    /// What is in our hands.
    pub(super) hands: Hands,
    look: Notify,
    asking: Mutex<()>,
    /// A story may have left the portal's queue without being looked at here. Nobody knows that of an earlier run of
    /// the program.
    strayed: AtomicBool,
}

impl Default for Following {
    fn default() -> Self {
        Self {
            hands: Hands::default(),
            look: Notify::default(),
            asking: Mutex::default(),
            strayed: AtomicBool::new(true),
        }
    }
}

impl Following {
    /// Has the next round look at every story that may have left the queue unseen.
    pub(super) fn look_for_strayed_later(&self) {
        self.strayed.store(true, Ordering::Relaxed);
    }

    /// Whether one may have, since this was last asked.
    pub(super) fn may_have_strayed(&self) -> bool {
        self.strayed.swap(false, Ordering::Relaxed)
    }

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
        let heard = sync::once(&desk).await;
        if let Err(error) = &heard {
            tracing::debug!(%error, "the portal's desk could not be followed");
        } else if let Err(error) = offline::fetch_ahead(&desk).await {
            tracing::debug!(%error, "the texts of waiting stories did not come");
        }
        let mut news = pin!(news(&desk, heard.is_ok()));
        loop {
            desk.queue().hands.tend(&desk).await;
            tokio::select! {
                () = desk.queue().look.notified() => break,
                () = &mut news => break,
                () = sleep(NOW_AND_THEN) => {}
            }
        }
    }
}

/// Returns when it is time to ask again. What was not `heard` to its end would be told at once, again and again.
async fn news(desk: &Desk, heard: bool) {
    sleep(AT_MOST_EACH).await;
    let told = if heard { told(desk).await } else { Ok(false) };
    if let Err(error) = &told {
        tracing::debug!(%error, "the portal's desk could not be waited for");
    }
    if !told.unwrap_or(false) {
        sleep(NOW_AND_THEN).await;
    }
}

/// Waits until the current portal's desk has something to tell, or was silent for long; `false` at once where it cannot
/// be waited for.
async fn told(desk: &Desk) -> Result<bool, CommandError> {
    let Some((id, cursor)) = desk.blocking(waited_for).await? else { return Ok(false) };
    let portal = portals::connected(desk, id).await?;
    portal.wait_for_desk(&cursor, PATIENCE).await?;
    Ok(true)
}

fn waited_for(desk: &Desk) -> Result<Option<(PortalId, String)>, CommandError> {
    let Some(portal) = desk.store().current_portal()? else { return Ok(None) };
    if !portals::facts(&portal).waits() {
        return Ok(None);
    }
    let cursor = desk.store().queue_cursor(portal.id)?;
    Ok(cursor.map(|cursor| (portal.id, cursor.cursor)))
}
