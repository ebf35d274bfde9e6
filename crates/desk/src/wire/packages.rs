//! Story packages: files that carry a story where no network goes.

use serde::{Deserialize, Serialize};
use story::StoryId;
use ts_rs::TS;

/// How others seal packages to this desk, and know that one is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageKeyView {
    /// What packages for this desk are sealed to; it may be known to everybody.
    pub address: String,
    /// What others see of who signed a package of ours.
    pub fingerprint: String,
    /// People whose packages were taken in here, by name.
    pub people: Vec<PackagePerson>,
    /// The address that a package of this desk was last sealed to.
    pub last_to: Option<String>,
}

/// Somebody whose packages are taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackagePerson {
    /// By their own word, when a person here said that it is them.
    pub name: String,
    /// Of the key they sign with.
    pub fingerprint: String,
    /// What packages for them are sealed to.
    pub address: String,
}

/// What goes into a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PackageKind {
    /// The story as last saved, with its versions, photos and log.
    Story,
    /// Word that the story has arrived here.
    Receipt,
}

/// Put a story, or word of it, into a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavePackage {
    /// Which story.
    pub story: StoryId,
    /// What of it.
    pub what: PackageKind,
    /// Who may read it.
    pub to: PackageTo,
}

/// Where a package was put; both are `None` when the person would rather not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageSaved {
    /// The file's name, without its folder.
    pub name: Option<String>,
    /// The folder's own name, without what it lies in.
    pub folder: Option<String>,
}

/// Who may read a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PackageTo {
    /// The desk of this address.
    Desk {
        /// As in [`PackageKeyView::address`] there.
        address: String,
    },
    /// Whoever brought the story here last.
    Sender,
    /// Everybody who comes by it.
    Anybody,
}

/// A package whose bytes come with the call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenPackage {
    /// The fingerprint of somebody unknown whose packages are to be taken in from now on.
    pub trust: Option<String>,
}

/// What became of the text in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PackageText {
    /// It was here already.
    Known,
    /// It is the draft now.
    Draft,
    /// The draft was written at since and stays; the text stands beside it as a revision.
    Beside,
}

/// A package was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageView {
    /// The story that it is about.
    pub story: StoryId,
    /// What was in it.
    pub what: PackageKind,
    /// Who made it, by the name they are known by here.
    pub by: String,
    /// Of the key that it is signed with.
    pub fingerprint: String,
    /// Nobody else could read it on its way.
    pub sealed: bool,
    /// The story was not here before.
    pub is_new: bool,
    /// Versions that were not here before.
    pub versions: u32,
    /// What became of the text; `Known` for a receipt.
    pub text: PackageText,
    /// The revision that holds a text which stands beside the draft.
    pub revision: Option<u32>,
    /// Its sender wants it taken as filed.
    pub filed: bool,
    /// Deliveries that a receipt has settled, so that they are not sent any more.
    pub settled: u32,
}
