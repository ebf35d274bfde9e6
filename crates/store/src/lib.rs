//! The local store: one SQLite file, one writer, read-only readers, and photo files beside it.
//!
//! A draft may be the only copy of a story. So an answer of a writing method means that the change is on
//! the disk (`synchronous=FULL`), every change is one transaction, nothing that a person wrote is ever
//! deleted, and a file that cannot be read is moved aside, never thrown away.
//!
//! Every method blocks until it is done and may be called from any thread; an asynchronous caller wraps it
//! in its runtime's blocking call. Times and ids are handed in. The store knows no rule of the newsroom
//! beyond what [`story`] computes: it keeps what it is told, in one piece.

mod acts;
mod backup;
mod brought;
mod connection;
mod convert;
mod drafts;
mod error;
mod events;
mod folder;
mod guards;
mod merging;
mod notes;
mod offline;
mod open;
mod outbox;
mod packages;
mod photos;
mod portals;
mod queue;
mod readers;
mod readings;
mod revisions;
mod schema;
mod search;
mod sent;
mod settings;
mod store;
mod stories;
mod theirs;
mod writer;

pub use acts::{Act, ActDone};
pub use backup::{Backup, BackupReason};
pub use brought::{Came, CameHome, DeskMove, NewBrought, TakeIn};
pub use drafts::{Draft, DraftSave, MAX_CONTENT_BYTES, MAX_UNDO_BYTES, Saved};
pub use error::{OpenError, StoreError, Thing};
pub use events::NewEvent;
pub use guards::{GuardChange, GuardOrder, LineOfStory};
pub use merging::Merged;
pub use notes::{KeptNote, Note, OpenNotes};
pub use offline::{FetchWithin, TakeOffline, TakenOffline};
pub use open::{Condition, OpenOptions, Opened};
pub use outbox::{Intent, NewIntent, PublicWord, Settlement, TakeBack};
pub use packages::{PackageCame, PackageIn, PackedVersion};
pub use photos::{CarriedPhoto, NewPhoto, NewRendition, PhotoFacts, RenditionUse, StoredRendition};
pub use portals::{CachedList, Portal, PortalKind};
pub use queue::{Held as QueueHeld, QueueCursor, QueuePage, Queued, QueuedHere};
pub use readings::Unread;
pub use revisions::{NewRevision, Restore};
pub use search::Hit;
pub use sent::DayBytes;
pub use store::Store;
pub use stories::{Counts, ListPage, ListRequest, NewStory, Row};
pub use theirs::{AcceptDifferences, AcceptTheirs, NewTheirs, PublishOver, Theirs};
