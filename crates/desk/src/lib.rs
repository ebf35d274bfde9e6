//! The application: use cases over a narrow [`Host`], the command list, the outbox worker.
//!
//! It decides where a transaction begins and ends, and which part is asked in which order. It does not know
//! the window, SQL, HTTP, image formats or HTML: `store`, `portal`, `photo` and `page` do, and none of them
//! knows another. Time, ids, randomness, the keychain and the folders come from the host.

mod alone;
mod approving;
mod backups;
mod checks;
pub mod commands;
mod desk;
mod dhaka;
mod error;
mod export;
mod front_matter;
mod guarding;
mod host;
mod import;
mod lacks;
mod lists;
mod live;
mod notes;
mod outbox;
mod packages;
mod photos;
mod places;
mod portals;
mod preview;
mod publishing;
mod queue;
mod reading;
mod rescue;
mod returning;
mod review;
mod samples;
mod settings;
mod sheet;
mod taking_down;
mod trials;
mod versions;
mod view;
pub mod wire;
mod writing;

pub use desk::Desk;
pub use export::Exported;
pub use host::{BuiltIn, Host, HostError, Proposed};
pub use import::{ImportError, Imported, MAX_FILE_BYTES};
pub use outbox::{Ended, Worker};
pub use photos::{PhotoWords, Picture, PictureSize};
pub use portal::{Secret, Timeouts};
pub use preview::PageQuery;
