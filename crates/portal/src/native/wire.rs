//! Shapes of the contract's answers that are not already the desk's own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{ChangeKind, Consent, Guards, Section, Sha256Hex, StoryId};

use crate::{
    desk::Holder,
    guards::GuardAct,
    notes::PortalNote,
    portal::{self, Act, ListItem},
    secret::Secret,
};

/// The contract this adapter speaks, by the name that a portal gives it.
pub(super) const CONTRACT: &str = "khosra-native-1";

/// `GET /api/v1/`
#[derive(Deserialize)]
pub(super) struct About {
    pub(super) contract: String,
    #[serde(flatten)]
    pub(super) about: portal::About,
}

/// `POST /api/v1/tokens`
#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) token: Secret,
    #[serde(default)]
    pub(super) expires_at: Option<DateTime<Utc>>,
}

/// `GET /api/v1/sections`
#[derive(Deserialize)]
pub(super) struct Sections {
    pub(super) sections: Vec<Section>,
}

/// `GET /api/v1/lists/…`
#[derive(Deserialize)]
pub(super) struct List {
    pub(super) items: Vec<ListItem>,
}

/// `GET /api/v1/stories/{id}/notes`
#[derive(Deserialize)]
pub(super) struct Notes {
    pub(super) items: Vec<PortalNote>,
}

/// `POST /api/v1/stories/{id}/lease`
#[derive(Deserialize)]
pub(super) struct Granted {
    pub(super) token: Secret,
    pub(super) expires_at: DateTime<Utc>,
    #[serde(default)]
    pub(super) taken_from: Option<Holder>,
}

/// `GET /api/v1/stories/{id}`, for who has it.
#[derive(Deserialize)]
pub(super) struct Leased {
    #[serde(default)]
    pub(super) lease: Option<Holder>,
}

/// `POST /api/v1/stories/{id}/transitions`
#[derive(Serialize)]
pub(super) struct Order<'a> {
    pub(super) command: Act,
    pub(super) hash: &'a Sha256Hex,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<ChangeKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) consent: Option<Consent>,
}

/// The same, for what holds a story back.
#[derive(Serialize)]
pub(super) struct GuardOrder<'a> {
    pub(super) command: GuardAct,
    pub(super) hash: &'a Sha256Hex,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) consent: Option<Consent>,
}

/// Its answer.
#[derive(Deserialize)]
pub(super) struct Guarded {
    pub(super) id: StoryId,
    pub(super) guards: Guards,
}
