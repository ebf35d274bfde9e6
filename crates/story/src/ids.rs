//! Identifiers. All are UUIDv7 made on this machine, so a story has its name before any portal has
//! heard of it, and ids sort by the time of their making.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text.trim()).map(Self)
            }
        }
    };
}

id!(
    /// One item of work, for ever.
    StoryId
);
id!(
    /// One line of a story's append-only log.
    EventId
);
id!(
    /// One thing that the outbox has to bring to a portal. It is also the `Idempotency-Key` on the wire:
    /// a retry is the same intent, a new text is a new one.
    IntentId
);
id!(
    /// One thing that was said at a story, for ever; a portal knows it by the same id.
    NoteId
);
id!(
    /// A portal account that this machine knows.
    PortalId
);
