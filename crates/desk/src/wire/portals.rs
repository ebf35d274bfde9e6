//! Accounts on portals.

use serde::{Deserialize, Serialize};
use story::{PortalId, Role, Section};
use ts_rs::TS;

/// An account on a portal. The secret is in the system's keychain, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PortalView {
    /// Which.
    pub portal: PortalId,
    /// What the person calls it.
    pub name: String,
    /// What kind.
    pub kind: PortalKind,
    /// Its address.
    pub url: String,
    /// Account name there.
    pub user: String,
    /// Stories go to this one.
    pub current: bool,
    /// Its pages tell readers what was changed.
    pub tells_changes: bool,
    /// Its desk keeps the originals of photos.
    pub keeps_originals: bool,
    /// It holds a story back for everybody: by a legal flag, an embargo, a second person for a kill.
    pub holds_back: bool,
}

/// Kinds of portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PortalKind {
    /// The one inside the application.
    BuiltIn,
    /// Speaks the native contract.
    Native,
    /// WordPress 6.1 or newer.
    Wordpress,
}

/// A new account.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct AddPortal {
    /// What the person calls it.
    pub name: String,
    /// What kind; the built-in one is started by its own command.
    pub kind: PortalKind,
    /// `https://…`, or `http://` on this machine only.
    pub url: String,
    /// Account name.
    pub user: String,
    /// Exchanged for a token at once and forgotten.
    pub password: String,
}

/// Names one portal.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OfPortal {
    /// Which.
    pub portal: PortalId,
}

/// What a portal said of itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PortalCheck {
    /// The portal's own name.
    pub name: String,
    /// The portal's version.
    pub version: String,
    /// The account's name there.
    pub account: String,
    /// What the account may do there.
    pub role: Role,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// All portals.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PortalsView {
    /// In the order they were added.
    pub portals: Vec<PortalView>,
}
