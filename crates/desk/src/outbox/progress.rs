//! How far an upload is, written down and told while it runs. The last number wins: a slow disk makes the
//! steps larger and never holds the upload up. What was there before this attempt is not counted as sent by it.

use std::sync::{Arc, OnceLock};

use portal::Progress;
use story::IntentId;
use tokio::sync::watch;

use super::{budget, worker::tell_moved};
use crate::Desk;

/// Handed to the upload.
pub(super) type OnProgress = Arc<dyn Fn(Progress) + Send + Sync>;

/// Runs `send` and follows its progress until it ends.
pub(super) async fn followed<T, S, F>(desk: &Desk, intent: IntentId, send: S) -> T
where
    S: FnOnce(OnProgress) -> F,
    F: Future<Output = T>,
{
    let (steps, mut last) = watch::channel((0, 0));
    let first = OnceLock::new();
    let on_progress: OnProgress = Arc::new(move |progress| {
        let before = *first.get_or_init(|| progress.sent);
        steps.send_replace((progress.sent, progress.sent.saturating_sub(before)));
    });
    let follow = async {
        let mut counted = 0;
        // Ends when the upload does, since that drops the other side.
        while last.changed().await.is_ok() {
            let (sent, by_us) = *last.borrow_and_update();
            note(desk, intent, sent, by_us.saturating_sub(counted)).await;
            counted = by_us;
        }
    };
    tokio::join!(send(on_progress), follow).0
}

async fn note(desk: &Desk, intent: IntentId, sent: u64, new: u64) {
    let noted =
        desk.blocking(move |desk| Ok(desk.store().progress(intent, sent, budget::counted(desk, new))?)).await;
    match noted {
        Ok(()) => tell_moved(desk, intent),
        Err(error) => tracing::warn!(%intent, %error, "progress was not written down"),
    }
}
