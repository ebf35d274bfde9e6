//! The story package: one file that carries a story where no network goes, by stick or over a folder that two machines
//! share. It is signed by whoever made it and sealed to one reader.
//!
//! The inside is a zip of files that are stored as they are, so that nothing in it can be larger than the package itself.
//! What is in it is named by digests, and one manifest names all of it; the signature covers the manifest, and so every
//! byte. The outside is an `age` file for the reader's key; without a reader it is the zip itself.
//!
//! A package is read whole or not at all. No name in it is ever a path. This crate knows no store and no disk: it turns
//! values into bytes and back.

mod container;
mod fault;
mod keys;
mod manifest;
mod parcel;
mod read;
mod write;

pub use fault::{Fault, Flaw};
pub use keys::{Address, Keys, NotAKey, NotAnAddress, Signer};
pub use parcel::{Act, Opened, Package, Receipt, StoryPackage, Wanted};
pub use read::read;
pub use write::{NotWritten, write};

/// How the file's name ends.
pub const ENDING: &str = "story";
/// Longest package, in bytes.
pub const MAX_BYTES: usize = 128 << 20;
/// Most versions, and most photos, in one package.
pub const MAX_PIECES: usize = 2_000;
/// Most lines of a log in one package.
pub const MAX_EVENTS: usize = 10_000;
/// Longest version, in bytes of its JSON: what a store takes.
pub const MAX_VERSION_BYTES: usize = 16 << 20;
/// Longest photo, in bytes.
pub const MAX_PHOTO_BYTES: usize = 50 << 20;
/// Longest name of a person, in letters.
pub const MAX_NAME: usize = 300;
