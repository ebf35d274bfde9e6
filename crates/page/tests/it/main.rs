//! The page crate from outside, in one binary.

mod bodies;
mod fixture;
mod injections;
mod laws;
mod pages;
