//! The walls of docs/ARCHITECTURE.md, held: who may depend on whom, which crate may name which heavy
//! library, and what the window may reach. These tests read manifests and sources, and need no WebKit.

#[cfg(test)]
mod crates;
#[cfg(test)]
mod shell;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tree;
