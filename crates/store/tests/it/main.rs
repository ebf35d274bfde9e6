//! The store from outside, as the desk uses it, and through every fault that a test can make.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "builders of a test fail as the test does, and a child process tells its parent"
)]

mod brought;
mod desk;
mod faults;
mod kill;
mod lists;
mod log;
mod notes;
mod opening;
mod originals;
mod outbox;
mod photos;
mod power;
mod queue;
mod readings;
mod revisions;
mod saving;
mod searching;
mod take_back;
mod taking_down;
mod theirs;
