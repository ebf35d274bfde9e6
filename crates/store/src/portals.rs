//! Portal accounts and what was last heard from each; never a secret.

use chrono::{DateTime, Utc};
use serde_json::Value;
use story::{PortalId, Section};

use crate::{Store, StoreError};

/// Kinds of portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalKind {
    /// The one inside the application.
    BuiltIn,
    /// Speaks the native contract.
    Native,
    /// WordPress 6.1 or newer.
    Wordpress,
}

/// An account on a portal.
#[derive(Debug, Clone, PartialEq)]
pub struct Portal {
    /// Which.
    pub id: PortalId,
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
    /// What the portal last said of itself and of us (role, limits …), in the desk's own form.
    pub facts: Value,
}

/// A list (latest, popular) as a portal last gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct CachedList {
    /// As the portal gave it.
    pub content: Value,
    /// To ask whether it changed.
    pub etag: Option<String>,
    /// When.
    pub fetched_at: DateTime<Utc>,
}

impl Store {
    /// Every account that was not removed, in the order they were added.
    ///
    /// # Errors
    /// What the disk says.
    pub fn portals(&self) -> Result<Vec<Portal>, StoreError> {
        self.unwritten(())
    }

    /// One account, also a removed one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn portal(&self, portal: PortalId) -> Result<Portal, StoreError> {
        self.unwritten(portal)
    }

    /// The account stories go to.
    ///
    /// # Errors
    /// What the disk says.
    pub fn current_portal(&self) -> Result<Option<Portal>, StoreError> {
        self.unwritten(())
    }

    /// Adds an account, or writes the new facts of one that is there (also brings a removed one back). When
    /// `current` is set it becomes the only current one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn put_portal(&self, portal: Portal) -> Result<(), StoreError> {
        self.unwritten(portal)
    }

    /// Makes an account the only current one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a removed one, and what the disk says.
    pub fn choose_portal(&self, portal: PortalId) -> Result<(), StoreError> {
        self.unwritten(portal)
    }

    /// Takes an account out of the list. Its intents stay and keep its name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn remove_portal(&self, portal: PortalId) -> Result<(), StoreError> {
        self.unwritten(portal)
    }

    /// Puts a portal's section tree in the place of the stored one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Internal`] for a slug named twice, and what the disk says.
    pub fn replace_sections(&self, portal: PortalId, sections: Vec<Section>) -> Result<(), StoreError> {
        self.unwritten((portal, sections))
    }

    /// A portal's sections, in the order it gave them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn sections(&self, portal: PortalId) -> Result<Vec<Section>, StoreError> {
        self.unwritten(portal)
    }

    /// Keeps a list as the portal gave it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn put_portal_list(&self, portal: PortalId, name: &str, list: CachedList) -> Result<(), StoreError> {
        self.unwritten((portal, name, list))
    }

    /// A list as the portal last gave it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn portal_list(&self, portal: PortalId, name: &str) -> Result<Option<CachedList>, StoreError> {
        self.unwritten((portal, name))
    }
}
