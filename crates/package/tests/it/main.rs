//! Packages as files: what comes out is what went in, and nothing else comes out. One binary, so that it links once.

#[cfg(test)]
mod common;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod round;
