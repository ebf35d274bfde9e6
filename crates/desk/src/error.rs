//! From the errors of the parts to the one that people are told. Every line matches on values; no message is
//! ever read. What goes into `detail` is technical: no text of a story, no secret.

use std::fmt;

use photo::PhotoError;
use portal::{ConnectError, Failure};
use serde::Serialize;
use serde_json::Value;
use store::{OpenError, StoreError};
use story::{Cause, Refusal, commands::RefusalCode};

use crate::{
    host::HostError,
    wire::{CommandError, ErrorCode},
};

impl CommandError {
    /// An error that needs no values in its sentence.
    pub fn new(code: ErrorCode) -> Self {
        Self { code, params: Default::default(), detail: String::new() }
    }

    /// A fault of ours.
    pub fn internal(detail: impl fmt::Display) -> Self {
        Self::new(ErrorCode::Internal).detailed(detail)
    }

    /// The same, with a value for the sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The same, with technical details.
    #[must_use]
    pub fn detailed(mut self, detail: impl fmt::Display) -> Self {
        self.detail = detail.to_string();
        self
    }

    /// What `photo` said of the file called `name`.
    pub(crate) fn of_photo(error: &PhotoError, name: &str) -> Self {
        match error {
            PhotoError::Kind => Self::new(ErrorCode::PhotoKind),
            PhotoError::NoDecoder { .. } => Self::new(ErrorCode::PhotoNoDecoder).detailed(error),
            PhotoError::Bytes { limit, .. } => Self::new(ErrorCode::PhotoBytes).with("limit", limit),
            PhotoError::Pixels { limit, .. } => Self::new(ErrorCode::PhotoPixels).with("limit", limit),
            PhotoError::Damaged { detail } => Self::new(ErrorCode::PhotoDamaged).detailed(detail),
            PhotoError::TooSlow { .. } => Self::new(ErrorCode::PhotoTooSlow).detailed(error),
        }
        .with("name", name)
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", code_name(&self.code))
    }
}

impl std::error::Error for CommandError {}

/// The name of a unit variant on the wire.
pub(crate) fn code_name(code: &impl Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::ReadOnly => ErrorCode::StoreReadOnly,
            StoreError::Full => ErrorCode::StoreFull,
            StoreError::Locked => ErrorCode::StoreLocked,
            StoreError::Damaged(_) => ErrorCode::StoreDamaged,
            StoreError::Newer { .. } => ErrorCode::StoreNewer,
            StoreError::NotFound(_) => ErrorCode::NotFound,
            StoreError::TooLong { limit } => return Self::new(ErrorCode::TextTooLong).with("limit", limit),
            StoreError::MovedOn { .. } => ErrorCode::MovedOn,
            StoreError::WrongState(_) => ErrorCode::TooLateToCancel,
            StoreError::Io(_) => ErrorCode::StoreBroken,
            StoreError::Exists(_) | StoreError::Closed | StoreError::Internal(_) => ErrorCode::Internal,
        };
        Self::new(code).detailed(error)
    }
}

impl From<OpenError> for CommandError {
    fn from(error: OpenError) -> Self {
        let code = match &error {
            OpenError::InUse(_) | OpenError::Locked => ErrorCode::StoreLocked,
            OpenError::Newer { .. } => ErrorCode::StoreNewer,
            OpenError::Full => ErrorCode::StoreFull,
            OpenError::ReadOnlyEmpty(_) => ErrorCode::StoreReadOnly,
            OpenError::Io(error) => return StoreError::from(clone_io(error)).into(),
            OpenError::Store(error) => return error.clone().into(),
        };
        Self::new(code).detailed(error)
    }
}

fn clone_io(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), error.to_string())
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal.code {
            RefusalCode::Role => ErrorCode::RefusedRole,
            RefusalCode::Spiked => ErrorCode::RefusedSpiked,
            RefusalCode::NotSpiked => ErrorCode::RefusedNotSpiked,
            RefusalCode::NotApproved => ErrorCode::RefusedNotApproved,
            RefusalCode::AlreadyPublic => ErrorCode::RefusedAlreadyPublic,
            RefusalCode::NotPublic => ErrorCode::RefusedNotPublic,
            RefusalCode::AlreadyFiled => ErrorCode::RefusedAlreadyFiled,
            RefusalCode::NotFiled => ErrorCode::RefusedNotFiled,
            RefusalCode::Taken => ErrorCode::RefusedTaken,
            RefusalCode::Killed => ErrorCode::RefusedKilled,
            RefusalCode::DeliveryOpen => ErrorCode::RefusedDeliveryOpen,
            RefusalCode::OwnWriting => ErrorCode::RefusedOwnWriting,
            RefusalCode::ApprovalFell => ErrorCode::RefusedApprovalFell,
            RefusalCode::SuggestionsOpen => ErrorCode::RefusedSuggestionsOpen,
            RefusalCode::Flagged => ErrorCode::RefusedFlagged,
            RefusalCode::NotFlagged => ErrorCode::RefusedNotFlagged,
            RefusalCode::Embargoed => ErrorCode::RefusedEmbargoed,
            RefusalCode::KillWaits => ErrorCode::RefusedKillWaits,
            RefusalCode::NoKillWaits => ErrorCode::RefusedNoKillWaits,
            RefusalCode::SecondPerson => ErrorCode::RefusedSecondPerson,
        };
        Self::new(code)
    }
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        let code = match failure.cause {
            Cause::SignedOut => ErrorCode::SignInRefused,
            _ => ErrorCode::PortalFailed,
        };
        Self::new(code).with("cause", code_name(&failure.cause)).detailed(failure.detail)
    }
}

impl From<ConnectError> for CommandError {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::BadUrl(why) => Self::new(ErrorCode::BadUrl).detailed(why),
            ConnectError::Failed(failure) => failure.into(),
        }
    }
}

impl From<HostError> for CommandError {
    fn from(error: HostError) -> Self {
        let code = match error {
            HostError::NoKeychain(_) => ErrorCode::NoKeychain,
            HostError::NotOpened(_) | HostError::NoBuiltIn(_) => ErrorCode::Internal,
        };
        Self::new(code).detailed(error)
    }
}

#[cfg(test)]
mod tests {
    use store::Thing;

    use super::*;

    #[test]
    fn every_refusal_has_a_code_of_its_own() {
        use RefusalCode::*;
        let all = [
            Role,
            Spiked,
            NotSpiked,
            NotApproved,
            AlreadyPublic,
            NotPublic,
            AlreadyFiled,
            NotFiled,
            Taken,
            Killed,
            DeliveryOpen,
            OwnWriting,
            ApprovalFell,
            SuggestionsOpen,
            Flagged,
            NotFlagged,
            Embargoed,
            KillWaits,
            NoKillWaits,
            SecondPerson,
        ];
        let codes = all.map(|code| CommandError::from(Refusal { code, instead: None }).code);
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn a_limit_reaches_the_sentence() {
        let error = CommandError::from(StoreError::TooLong { limit: 7 });
        assert_eq!(
            (error.code, error.params.get("limit").map(String::as_str)),
            (ErrorCode::TextTooLong, Some("7"))
        );
    }

    #[test]
    fn a_photo_error_names_the_file() {
        let error = CommandError::of_photo(&PhotoError::Kind, "../../x.jpg");
        assert_eq!(error.params.get("name").map(String::as_str), Some("../../x.jpg"));
        assert_eq!(CommandError::from(StoreError::NotFound(Thing::Photo)).code, ErrorCode::NotFound);
    }
}
