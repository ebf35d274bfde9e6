//! Sections: where on the site a story stands. They form a tree: a section has a parent or is top-level.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One section of a portal, as the portal gave it to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Section {
    /// Short Latin name, unique on the portal; part of the page's address.
    pub slug: String,
    /// What readers see, in Bengali.
    pub name_bn: String,
    /// What readers see, in English.
    pub name_en: String,
    /// The parent's slug; `None` for a top-level section.
    pub parent: Option<String>,
    /// Place among its siblings, smallest first.
    pub position: u32,
}
