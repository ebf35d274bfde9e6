//! The adapter against servers that do to it what the world does. Each fault is a test with its name.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as loudly as tests do"
)]

mod answers;
mod conformance;
mod delivery;
mod desk;
mod handing_over;
mod network;
mod places;
mod secrets;
mod server;
mod shelf;
mod tls;
mod uploads;
mod wordpress;
