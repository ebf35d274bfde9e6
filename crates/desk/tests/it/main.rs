//! The desk over a real store and a real portal. One binary, so that it links once.

#[cfg(test)]
mod approving;
#[cfg(test)]
mod budget;
#[cfg(test)]
mod common;
#[cfg(test)]
mod delivery;
#[cfg(test)]
mod dispatch;
#[cfg(test)]
mod drills;
#[cfg(test)]
mod files;
#[cfg(test)]
mod live;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod originals;
#[cfg(test)]
mod portals;
#[cfg(test)]
mod preview;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod queue;
#[cfg(test)]
mod returning;
#[cfg(test)]
mod taking_down;
#[cfg(test)]
mod theirs;
#[cfg(test)]
mod trials;
#[cfg(test)]
mod writing;
