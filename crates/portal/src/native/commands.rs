//! Under which entity tag each command was first given. A command that is repeated goes out under the same one, so
//! that a taking down which came between is found by the portal, and what it took away does not come back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use story::IntentId;
use tokio::sync::Mutex;

use crate::memory::Memory;

/// The note's name in the memory.
const NOTE: &str = "commands";
/// Remembered at most, the newest: more are never in doubt at once.
const MOST: usize = 200;

#[derive(Clone, Serialize, Deserialize)]
struct Given {
    key: IntentId,
    etag: String,
}

pub(super) struct Commands {
    memory: Arc<dyn Memory>,
    /// `None` until the memory was asked. Held while a note is put, so that notes arrive in order.
    given: Mutex<Option<Vec<Given>>>,
}

impl Commands {
    pub(super) fn new(memory: Arc<dyn Memory>) -> Self {
        Self { memory, given: Mutex::default() }
    }

    /// The tag of the first attempt with this key, which is this one when there was none. With `anew` the working
    /// copy was put there just now, over whatever had been, and an earlier tag means nothing.
    pub(super) async fn tag(&self, key: IntentId, etag: &str, anew: bool) -> String {
        let mut given = self.given.lock().await;
        if given.is_none() {
            let note = self.memory.get(NOTE).await;
            *given = Some(note.and_then(|note| serde_json::from_value(note).ok()).unwrap_or_default());
        }
        let given = given.get_or_insert_default();
        if let Some(first) = given.iter().find(|given| given.key == key && !anew) {
            return first.etag.clone();
        }
        given.retain(|given| given.key != key);
        given.push(Given { key, etag: etag.to_owned() });
        given.drain(..given.len().saturating_sub(MOST));
        self.memory.put(NOTE, json!(given)).await;
        etag.to_owned()
    }
}
