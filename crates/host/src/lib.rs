//! The machine under the desk: clock, ids, randomness, keychain, folders, the built-in portal.
