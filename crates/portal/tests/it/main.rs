//! The adapter against servers that do to it what the world does. Each fault is a test with its name.

mod answers;
mod delivery;
mod network;
mod secrets;
mod server;
mod shelf;
mod uploads;
