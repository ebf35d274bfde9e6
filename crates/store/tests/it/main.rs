//! The store from outside, as the desk uses it, and through every fault that a test can make.

mod desk;
mod faults;
mod kill;
mod lists;
mod log;
mod opening;
mod outbox;
mod photos;
mod power;
mod revisions;
mod saving;
mod searching;
