//! Photos, bytes in and bytes out: what a file is, whether it is whole, what it says of itself, and the renditions
//! that may leave this machine. The only crate that names image codecs; it opens no file and asks no network.
//!
//! A file is what its content says, never what its name says. Size and pixels are checked from the header,
//! before anything is decoded. Decoding runs on a thread of its own and within a time, so that a codec's panic is one
//! more damaged file and not the end of the application. Renditions are built from pixels alone: place, serial
//! number and owner of the original have no way into them, and words only where a desk puts its own
//! ([`inscribe()`]). An original that leaves is the file without what tells of place, machine or person.

mod colour;
mod decode;
mod edit;
mod encode;
mod error;
mod examine;
mod focal;
mod foreign;
mod geometry;
mod header;
mod inscribe;
mod limits;
mod make;
mod metadata;
mod picture;
pub mod recipe;
mod render;
mod scale;
mod strip;
mod worker;

pub use error::PhotoError;
pub use examine::{Facts, examine};
pub use focal::suggest_focal;
pub use foreign::{Foreign, ForeignError, Readable, readable};
pub use header::MediaType;
pub use inscribe::{Inscription, inscribe};
pub use limits::Limits;
pub use make::{Made, make};
pub use metadata::{Block, Clash, DigitalSourceType, Field, Location, Making, Metadata, Words};
pub use render::{DISPLAY_SIDE, Rendition, Renditions, THUMB_SIDE, renditions};
pub use strip::{StripError, Stripped, strip};
