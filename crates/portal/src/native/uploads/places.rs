//! Where uploads that were begun stand at the portal, by the photo's digest. Kept over a restart, so that a
//! program that was killed goes on at the portal's own count of what it has.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use story::Sha256Hex;
use tokio::sync::Mutex;

use crate::memory::Memory;

/// The note's name in the memory.
const NOTE: &str = "uploads";
/// Remembered at most, the newest: what was given up for good must not gather for ever.
const MOST: usize = 100;

/// One upload that was begun and is not known to be whole.
#[derive(Clone, Serialize, Deserialize)]
struct Place {
    photo: Sha256Hex,
    /// Below the portal's address, which may be another one after a restart.
    path: String,
    /// The portal was found busy with it: its end of a broken connection may never hear that it is broken.
    #[serde(skip)]
    busy: bool,
}

pub(super) struct Places {
    memory: Arc<dyn Memory>,
    /// `None` until the memory was asked. Held while a note is put, so that notes arrive in order.
    begun: Mutex<Option<Vec<Place>>>,
}

impl Places {
    pub(super) fn new(memory: Arc<dyn Memory>) -> Self {
        Self { memory, begun: Mutex::default() }
    }

    pub(super) async fn find(&self, photo: &Sha256Hex) -> Option<String> {
        let mut begun = self.begun.lock().await;
        let found = self.known(&mut begun).await.iter().find(|place| place.photo == *photo);
        found.map(|place| place.path.clone())
    }

    pub(super) async fn remember(&self, photo: &Sha256Hex, path: &str) {
        let mut begun = self.begun.lock().await;
        let places = self.known(&mut begun).await;
        places.retain(|place| place.photo != *photo);
        places.push(Place { photo: photo.clone(), path: path.to_owned(), busy: false });
        places.drain(..places.len().saturating_sub(MOST));
        self.memory.put(NOTE, note(places)).await;
    }

    /// The portal does not take the upload's next bytes because it is busy with it. Found so a second time, the
    /// upload is given up for a new one.
    pub(super) async fn note_busy(&self, photo: &Sha256Hex) {
        let mut begun = self.begun.lock().await;
        let places = self.known(&mut begun).await;
        match places.iter_mut().find(|place| place.photo == *photo) {
            Some(place) if !place.busy => place.busy = true,
            _ => {
                drop(begun);
                self.forget(photo).await;
            }
        }
    }

    pub(super) async fn forget(&self, photo: &Sha256Hex) {
        let mut begun = self.begun.lock().await;
        let places = self.known(&mut begun).await;
        let before = places.len();
        places.retain(|place| place.photo != *photo);
        if places.len() < before {
            self.memory.put(NOTE, note(places)).await;
        }
    }

    async fn known<'a>(&self, begun: &'a mut Option<Vec<Place>>) -> &'a mut Vec<Place> {
        if begun.is_none() {
            let note = self.memory.get(NOTE).await;
            // A note of another version is as good as none: the photo then goes from its first byte.
            *begun = note.and_then(|note| serde_json::from_value(note).ok());
        }
        begun.get_or_insert_default()
    }
}

fn note(places: &[Place]) -> serde_json::Value {
    serde_json::json!(places)
}
