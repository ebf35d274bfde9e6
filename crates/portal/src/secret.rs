//! A secret that cannot slip into a log: tokens and passwords are this type from the moment they arrive.

use std::fmt;

use serde::Deserialize;

/// A token or a password. It can be neither printed nor serialised; [`Secret::expose`] is the one way out,
/// so that a search for it finds every use.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the keychain and for the wire.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `text` with every occurrence of the secret blotted out: portals have echoed headers in error pages.
    pub(crate) fn blot(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "•••") }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(•••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", Secret::new("kh_live_1")), "Secret(•••)");
    }

    #[test]
    fn a_secret_is_blotted_out_of_foreign_text_and_an_empty_one_changes_nothing() {
        assert_eq!(Secret::new("abc").blot("Bearer abc, abc"), "Bearer •••, •••");
        assert_eq!(Secret::new("").blot("text"), "text");
    }
}
