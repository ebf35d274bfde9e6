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
    /// What it cannot do for this account, the gravest first; nothing before it has told.
    pub lacks: Vec<PortalLack>,
}

/// What a portal cannot do, or not for this account. The interface has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PortalLack {
    /// Filed stories do not wait there to be taken and returned.
    Desk,
    /// This account does not see what others have filed.
    OthersStories,
    /// Whoever takes a story keeps nobody else from it.
    Leases,
    /// It keeps no approval: whoever may publish there publishes alone.
    Approvals,
    /// A legal flag, an embargo, a kill that waits hold back this machine alone.
    Guards,
    /// What is said at a story stays on this machine.
    Notes,
    /// This account may not send photos.
    Photos,
    /// Its pages do not tell readers what was changed.
    Notices,
    /// It does not itself refuse to overwrite what changed there: only we compare before we write.
    Overwriting,
    /// It does not rule out a second draft by itself: one that a lost answer leaves is taken away later.
    Duplicates,
}

impl PortalLack {
    /// All of them, the gravest first.
    pub const ALL: [Self; 10] = [
        Self::Desk,
        Self::OthersStories,
        Self::Leases,
        Self::Approvals,
        Self::Guards,
        Self::Notes,
        Self::Photos,
        Self::Notices,
        Self::Overwriting,
        Self::Duplicates,
    ];

    /// Whoever works at the portal's desk has to know of it.
    pub fn is_of_the_desk(self) -> bool {
        matches!(self, Self::OthersStories | Self::Leases | Self::Approvals | Self::Guards | Self::Notes)
    }
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
