//! What a portal says of itself and of us.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use story::Role;

/// What a portal is and can do. The interface shows only what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The site's name, as in its masthead.
    pub name: String,
    /// Its name in English, where it has one of its own.
    #[serde(default)]
    pub name_en: Option<String>,
    /// Version of its software.
    pub version: String,
    /// See [`Capabilities`].
    pub capabilities: Capabilities,
    /// See [`Limits`].
    pub limits: Limits,
    /// Its clock, as it answered; `None` when it did not tell. Never stored.
    #[serde(skip)]
    pub now: Option<DateTime<Utc>>,
}

/// What an adapter and the portal behind it can do, as data. What is not named cannot be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// A broken upload goes on where it stopped.
    pub resumable_uploads: bool,
    /// The portal rules out a duplicate by itself.
    pub idempotent_create: bool,
    /// Latest and most read.
    pub lists: bool,
    /// Readers' comments.
    pub comments: bool,
    /// Notes between desk and author.
    pub notes: bool,
    /// The page's theme, shared with the preview.
    pub theme: bool,
    /// Publication at a set time, by the portal's clock.
    pub schedules: bool,
    /// The portal itself refuses to overwrite what changed there; else only we compare before we write.
    pub refuses_overwriting: bool,
    /// This account may not send photos.
    pub text_only: bool,
    /// Readers are told on the page what was changed.
    pub notices: bool,
    /// A photo is announced with its digest, and refused when its bytes are others.
    pub checks_photos: bool,
    /// Filed stories wait there in a queue, to be taken and returned.
    pub desk: bool,
    /// Whoever takes a story there keeps nobody else from it: the portal has a desk and knows no leases.
    pub without_leases: bool,
    /// Of what others write, this account sees only what readers have.
    pub own_stories_only: bool,
    /// The desk's changes can be waited for.
    pub waits: bool,
    /// An approval is an act of its own there, and holds for one version.
    pub approvals: bool,
    /// It keeps the originals of photos for its desk, and shows them to nobody else.
    pub originals: bool,
    /// It holds a story back for everybody: by a legal flag, an embargo, a kill that waits for a second person.
    pub guards: bool,
    /// It tells of what was done alone, or in spite of something.
    pub sheet: bool,
}

/// What the portal takes at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of one photo.
    pub photo_bytes: u64,
    /// Pixels of one photo.
    pub photo_pixels: u64,
    /// Bytes of one story's payload.
    pub body_bytes: u64,
    /// Items on one page of a list.
    pub list_page: u32,
}

/// Who we are at the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Account name.
    pub user: String,
    /// The person's name.
    pub name: String,
    /// What stands over the stories.
    #[serde(default)]
    pub byline: String,
    /// What the person may do.
    pub role: Role,
    /// An editor may approve own writing.
    #[serde(default)]
    pub one_person: bool,
    /// Slugs of the sections the person may publish in; empty means all.
    #[serde(default)]
    pub sections: Vec<String>,
}
