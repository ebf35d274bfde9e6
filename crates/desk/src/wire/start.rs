//! What the window needs before it can draw anything, and how the person likes it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Language, Role, Section};
use ts_rs::TS;

use super::{BackupView, PortalView};

/// What the window needs before it can draw anything.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StartView {
    /// How the person likes the window.
    pub settings: Settings,
    /// No portal was ever chosen on this machine: show the first-start screen.
    pub first_start: bool,
    /// Accounts on portals.
    pub portals: Vec<PortalView>,
    /// The current portal's section tree, as last heard of; empty before the first portal.
    pub sections: Vec<Section>,
    /// What happened when the store was opened, where a person should know.
    pub store: StoreCondition,
    /// What this person may do on the current portal.
    pub role: Role,
    /// In whose place the person sits.
    pub chair: Chair,
    /// Whether this person may approve what nobody else has written.
    pub one_person: OnePersonView,
    /// Version of the application.
    pub version: String,
}

/// In whose place a person sits in the built-in portal's newsroom: each has a store and an account of its own, so that
/// both sides of a desk can be tried on one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Chair {
    /// Their own, with their own stories and all portals.
    #[default]
    Own,
    /// A correspondent's.
    Correspondent,
    /// A sub-editor's.
    SubEditor,
    /// An editor's.
    Editor,
}

/// Changes to another chair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SitDown {
    /// Which.
    pub chair: Chair,
}

/// One-person mode: whoever writes alone may also approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OnePersonView {
    /// The current portal's newsroom has one person: the mode is on, and does not end.
    pub newsroom: bool,
    /// It is on until then; `None` when it is off.
    pub until: Option<DateTime<Utc>>,
    /// Who turned it on; empty when it is off.
    pub by: String,
}

/// Turns one-person mode on until the day ends in Dhaka, or off.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct OnePersonMode {
    /// On.
    pub on: bool,
}

/// What happened when the store was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StoreCondition {
    /// Nothing to tell.
    Fine,
    /// The file was damaged: it was moved aside, untouched, and an empty one begun.
    MovedAside {
        /// Where the damaged file is now.
        moved_to: String,
        /// The newest backup that can be brought back, if there is one.
        backup: Option<BackupView>,
    },
    /// The file can be read and not written: nothing that is typed will be kept.
    ReadOnly,
}

/// How the person likes the window. Unknown to the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Language of the interface.
    pub language: Language,
    /// Colours.
    pub appearance: Appearance,
    /// Text size in percent, 80 to 200.
    pub text_size: u16,
    /// Name that new stories get as byline.
    pub byline: String,
    /// Notices on the desktop when the window is behind others.
    pub notices: bool,
    /// Sizes and open regions, in a form that only the window reads. JSON.
    pub layout: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::Bn,
            appearance: Appearance::System,
            text_size: 100,
            byline: String::new(),
            notices: true,
            layout: String::new(),
        }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// As the system says.
    #[default]
    System,
    /// Dark on paper.
    Light,
    /// Light on dark.
    Dark,
    /// Black and white, strong lines.
    Contrast,
}
