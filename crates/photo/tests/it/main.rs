//! Photos as cameras, agencies and enemies make them, built here byte for byte.

mod bad;
mod exits;
mod making;
mod metadata;
mod orientation;
mod speed;
