//! The page crate from outside, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on shall say where"
)]

mod bodies;
mod changes;
mod documents;
mod fixture;
mod injections;
mod laws;
mod pages;
