//! Wakes those who wait for news. It only says that something may have changed; what did, the database tells.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tokio::{sync::watch, time::Instant};

use crate::{db::Db, newsroom::Shared};

/// What another process wrote into the same database rings no bell here: it is looked for this often.
const OTHERS: Duration = Duration::from_secs(5);

/// Rings whenever something may have changed.
#[derive(Debug, Default)]
pub(crate) struct Bell(watch::Sender<Rung>);

#[derive(Debug, Clone, Copy, Default)]
struct Rung {
    times: u64,
    /// The portal stops: nobody waits any longer.
    closing: bool,
}

impl Bell {
    pub(crate) fn ring(&self) {
        self.0.send_modify(|rung| rung.times = rung.times.wrapping_add(1));
    }

    /// Sends everybody home.
    pub(crate) fn close(&self) {
        self.0.send_modify(|rung| rung.closing = true);
    }

    /// Waits until the last change is a later one than `since`, for `patience` at most.
    pub(crate) async fn wait(&self, db: &Db, since: i64, patience: Duration) -> Result<(), sqlx::Error> {
        // Listened to before the database is asked: what changes in between is heard.
        let mut listening = self.0.subscribe();
        let until = Instant::now() + patience;
        while db.last_change().await? <= since && !listening.borrow_and_update().closing {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            // The bell lives as long as the portal, and a silence that ends is no error.
            let _ = tokio::time::timeout(left.min(OTHERS), listening.changed()).await;
        }
        Ok(())
    }
}

/// Rings after every request that may have changed something.
pub(crate) async fn ring_after(State(newsroom): State<Shared>, request: Request, next: Next) -> Response {
    let changes = !request.method().is_safe();
    let answer = next.run(request).await;
    if changes {
        newsroom.bell.ring();
    }
    answer
}
