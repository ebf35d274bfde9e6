//! The walls of docs/ARCHITECTURE.md, held: who may depend on whom, which crate may name which heavy
//! library, and what the window may reach. These tests read manifests and sources, and need no WebKit.

mod crates;
mod shell;
mod sources;
mod tree;
