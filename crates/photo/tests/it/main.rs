//! Photos as cameras, agencies and enemies make them, built here byte for byte.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests fail as loudly as tests do"
)]

mod bad;
mod bombs;
mod containers;
mod exits;
mod foreign;
mod formats;
mod fuzz;
mod inscribing;
mod making;
mod metadata;
mod orientation;
mod profiles;
mod recipes;
mod speed;
mod stripping;
