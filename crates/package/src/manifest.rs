//! The manifest as it stands in the file: everything but the bytes of versions and photos.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::{Event, EventId, Revision, Sha256Hex, StoryId};

use crate::{Signer, Wanted};

/// The name of the format.
pub(crate) const FORMAT: &str = "khosra-story";
/// The one version of it. Another way to store text, or other names, is another version.
pub(crate) const VERSION: u32 = 1;

/// Read first, whatever else there is.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    pub(crate) format: String,
    pub(crate) version: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    pub(crate) version: u32,
    pub(crate) signer: Signer,
    pub(crate) by: String,
    /// An [`crate::Address`].
    pub(crate) reply_to: String,
    pub(crate) made_at: DateTime<Utc>,
    pub(crate) story: StoryId,
    pub(crate) carries: Carries,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Carries {
    Story(StoryPart),
    Receipt(ReceiptPart),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoryPart {
    pub(crate) head: Sha256Hex,
    pub(crate) versions: Vec<Revision>,
    pub(crate) photos: Vec<PhotoPart>,
    pub(crate) wants: Vec<Wanted>,
    pub(crate) events: Vec<Event>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhotoPart {
    pub(crate) id: Sha256Hex,
    /// Of the entry's bytes, and its name.
    pub(crate) sha256: Sha256Hex,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptPart {
    pub(crate) versions: Vec<Sha256Hex>,
    pub(crate) events: Vec<EventId>,
}

/// What is signed: the format's name and the manifest, so that no other signature of the key's fits.
pub(crate) fn signed(manifest: &[u8]) -> Vec<u8> {
    [FORMAT.as_bytes(), b"\n", manifest].concat()
}
