//! Under which entity tag each command was first given. A command that is repeated goes out under the same one, so
//! that a taking down which came between is found by the portal, and what it took away does not come back.

use std::sync::Arc;

use story::IntentId;

use super::remembered::Remembered;
use crate::memory::Memory;

/// More are never in doubt at once.
const MOST: usize = 200;

pub(super) struct Commands {
    tags: Remembered<IntentId, String>,
}

impl Commands {
    pub(super) fn new(memory: Arc<dyn Memory>) -> Self {
        Self { tags: Remembered::new(memory, "commands", MOST) }
    }

    /// The tag of the first attempt with this key, which is this one when there was none. With `anew` the working
    /// copy was put there just now, over whatever had been, and an earlier tag means nothing.
    pub(super) async fn tag(&self, key: IntentId, etag: &str, anew: bool) -> String {
        if !anew {
            return self.tags.first(key, etag.to_owned()).await;
        }
        self.tags.put(key, etag.to_owned()).await;
        etag.to_owned()
    }
}
