//! For tests: a desk over a real store and a real portal, on a machine whose clock, ids and dice a test sets.
//! Nothing here pretends to be a part of ours: store, portal, photos and page are the ones that ship.
//! A dev-dependency only.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot be set up has failed, and should say where"
)]

mod clock;
mod content;
mod dice;
mod folder;
mod host;
mod look;
mod newsroom;
mod photo;
mod proxy;
mod room;
mod tls;

pub use clock::Hands;
pub use content::content;
pub use dice::Dice;
pub use folder::{copy_files, folder};
pub use host::{TestHost, Wanted};
pub use look::{fetch, fetch_as, files, status};
pub use newsroom::{Newsroom, account, portal, strict_portal, two_editors};
pub use photo::{CANARY, heavy_png, jpeg, jpeg_with_place, other_jpeg};
pub use proxy::{Asked, Fault, Part, Proxy, RetryAfter, Seen, Twice, When};
pub use room::{Room, Template};
pub use tls::{Authority, Door, Flaw, Identity};
