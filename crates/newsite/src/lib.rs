//! The reference portal: a small real news site that speaks the native contract.
//!
//! It runs inside the editor (loopback, random port, a token of its own), as `khosra-newsite serve`, and
//! as the partner of the tests, where [`Faults`] tell it to misbehave. Readers get the public site, rendered
//! by the same function as the editor's preview; the editor gets `/api/v1`, described in `openapi.json`.
//!
//! It does not know the editor: no store, no outbox, no window. Whatever is sent to it is judged again.

mod accounts;
mod administration;
mod api;
mod bell;
mod clock;
mod control;
mod db;
mod fault;
mod files;
mod media;
mod newsroom;
mod pack;
mod picture;
mod publishing;
mod rules;
mod schedule;
mod secrets;
mod seed;
mod sign_in;
mod site;
mod start;

pub use accounts::Account;
pub use administration::{Administration, AdministrationError, KnownAccount};
pub use clock::{Clock, SystemClock};
pub use fault::{Fault, FaultSpecError, Faults};
pub use start::{Options, Running, StartError, start};
