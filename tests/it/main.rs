//! The main job through the command line, as a newsroom's script does it: real binary, real store, real
//! portal, no window.

mod cli;
mod faults;
mod input;
mod main_job;
mod store;
