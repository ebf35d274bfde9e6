//! The desk over a real store and a real portal. One binary, so that it links once.

mod delivery;
mod dispatch;
mod files;
mod portals;
mod preview;
mod publishing;
mod writing;
