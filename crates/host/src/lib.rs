//! The machine under the desk: clock, ids, randomness, keychain, folders, and the portal inside the
//! application. The only crate that reads any of them. It holds no rule and knows no window: whoever has one
//! hands in how to tell it something and how to open an address.

mod folders;
mod line;
mod machine;
mod newsite;
mod notices;
mod secrets;
#[cfg(test)]
mod testbus;

pub use folders::{Folders, NoFolder};
pub use machine::{Machine, Window};
