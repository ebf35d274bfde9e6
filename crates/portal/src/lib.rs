//! How Khosra talks to portals. The desk knows one trait, [`Portal`]; what kind of portal stands behind it
//! is decided once, in [`connect`]. This is the only crate that speaks HTTP.
//!
//! Three rules hold everywhere in it. An answer counts only when status, media type, schema and the echo of
//! our own id and hash are right; everything else is a [`Failure`] with a cause a person can read. The token
//! goes to the portal's own origin and nowhere else: no redirect is followed. And nothing is repeated here:
//! the outbox decides on the next attempt, after a look-up by the story's id.

mod about;
mod account;
mod address;
mod conformance;
mod deliver;
mod desk;
mod entities;
mod failure;
mod guards;
mod http;
mod memory;
mod native;
mod notes;
mod places;
mod portal;
mod public_page;
mod read_back;
mod recall;
mod secret;
mod take_down;
mod wordpress;

pub use account::{ConnectError, Credentials, Session, connect, connect_remembering, sign_in};
pub use address::{Address, BadUrl, Kind, Timeouts};
pub use conformance::{Conditions, Failing, LeftOver, Report, Tried, Verdict, try_guarantees};
pub use deliver::{Delivery, Receipt, deliver_original, deliver_photo, deliver_story};
pub use desk::{DeskItem, DeskPage, DeskWord, Holder, Lease, Taken, Taking};
pub use failure::{Failure, MAX_DETAIL, outcome};
pub use guards::{GuardAct, Guarding, Sheet, SheetLine};
pub use memory::Memory;
pub use notes::{NoteToSend, PortalNote};
pub use places::{Place, Whereabouts};
pub use portal::{
    About, Act, Capabilities, Limits, ListItem, ListName, Me, OnProgress, OriginalToSend, PhotoToSend,
    Portal, Progress, Remote, RemoteState, StoryToSend, Transition, Transitioned, Unless, WorkingCopy,
};
pub use recall::{Recalled, Recalling, recall};
pub use secret::Secret;
pub use take_down::{TakenDown, TakingDown, take_down};
