//! Signing in, and choosing the adapter: the one place that asks what kind a portal is.

use std::{fmt, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    address::{Address, BadUrl, Kind},
    failure::Failure,
    memory::{Forgetful, Memory},
    native,
    portal::Portal,
    secret::Secret,
    wordpress,
};

/// What a person signs in with. The password is exchanged for a token at once and kept nowhere.
pub struct Credentials<'a> {
    /// Account name.
    pub user: &'a str,
    /// Its password.
    pub password: &'a Secret,
    /// Name of this machine, shown in the portal's list of devices.
    pub device: &'a str,
}

impl fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

/// A fresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// To be kept in the keychain.
    pub token: Secret,
    /// When the portal stops taking it; `None` when it did not say.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Why a portal could not be reached at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The address is not one of a portal.
    #[error(transparent)]
    BadUrl(#[from] BadUrl),
    /// The portal did not answer as agreed. Wrong name or password: [`story::Cause::SignedOut`].
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// Exchanges name and password for a token.
///
/// # Errors
/// See [`ConnectError`].
pub async fn sign_in(address: &Address, credentials: &Credentials<'_>) -> Result<Session, ConnectError> {
    match address.kind() {
        Kind::Native => Ok(native::sign_in(address, credentials).await?),
        Kind::Wordpress => Ok(wordpress::sign_in(address, credentials).await?),
    }
}

/// A portal to work with. Nothing is sent yet. Keep the value: it remembers uploads that were cut off.
///
/// # Errors
/// [`ConnectError::Failed`] when this machine's TLS set-up is unusable.
pub fn connect(address: &Address, token: Secret) -> Result<Box<dyn Portal>, ConnectError> {
    connect_remembering(address, token, Arc::new(Forgetful))
}

/// As [`connect`], and uploads that were cut off are remembered over a restart of the program.
///
/// # Errors
/// As [`connect`].
pub fn connect_remembering(
    address: &Address,
    token: Secret,
    memory: Arc<dyn Memory>,
) -> Result<Box<dyn Portal>, ConnectError> {
    match address.kind() {
        Kind::Native => Ok(Box::new(native::Native::new(address, token, memory)?)),
        Kind::Wordpress => Ok(Box::new(wordpress::WordPress::new(address, token)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_do_not_show_the_password() {
        let credentials = Credentials { user: "desk", password: &Secret::new("sesame"), device: "pc" };
        assert!(!format!("{credentials:?}").contains("sesame"));
    }
}
