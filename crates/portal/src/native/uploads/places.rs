//! Where uploads that were begun stand at the portal, by the photo's digest. Kept over a restart, so that a
//! program that was killed goes on at the portal's own count of what it has.

use std::{collections::BTreeSet, sync::Arc};

use story::Sha256Hex;
use tokio::sync::Mutex;

use crate::{memory::Memory, native::remembered::Remembered};

/// More are not sent at once.
const MOST: usize = 100;

pub(super) struct Places {
    /// Paths below the portal's address, which may be another one after a restart.
    begun: Remembered<Sha256Hex, String>,
    /// Those that the portal was found busy with: its end of a broken connection may never hear that it is broken.
    busy: Mutex<BTreeSet<Sha256Hex>>,
}

impl Places {
    pub(super) fn new(memory: Arc<dyn Memory>) -> Self {
        Self { begun: Remembered::new(memory, "uploads", MOST), busy: Mutex::default() }
    }

    pub(super) async fn find(&self, photo: &Sha256Hex) -> Option<String> {
        self.begun.find(photo).await
    }

    pub(super) async fn remember(&self, photo: &Sha256Hex, path: &str) {
        self.busy.lock().await.remove(photo);
        self.begun.put(photo.clone(), path.to_owned()).await;
    }

    /// The portal does not take the upload's next bytes because it is busy with it. Found so a second time, the
    /// upload is given up for a new one.
    pub(super) async fn note_busy(&self, photo: &Sha256Hex) {
        let again = !self.busy.lock().await.insert(photo.clone());
        if again {
            self.forget(photo).await;
        }
    }

    pub(super) async fn forget(&self, photo: &Sha256Hex) {
        self.busy.lock().await.remove(photo);
        self.begun.forget(photo).await;
    }
}
