//! The main job through the command line, as a newsroom's script does it: real binary, real store, real
//! portal, no window.

#[cfg(test)]
mod check;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod guards;
#[cfg(test)]
mod input;
#[cfg(test)]
mod line;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod originals;
#[cfg(test)]
mod packages;
#[cfg(test)]
mod places;
#[cfg(test)]
mod returning;
#[cfg(test)]
mod store;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod wordpress;
