//! What every request needs: the database, the photos, the clock, the theme.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use page::Theme;

use crate::{Clock, Faults, bell::Bell, db::Db, media::Media, pack::Pack, sign_in::Attempts};

/// The paper's name in the masthead.
pub(crate) const NAME_BN: &str = "দৈনিক দিগন্ত";
/// The same in English.
pub(crate) const NAME_EN: &str = "Dainik Diganta";

/// The state that handlers share.
pub(crate) struct Newsroom {
    pub(crate) db: Db,
    pub(crate) data: PathBuf,
    pub(crate) media: Media,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) theme: Theme,
    pub(crate) pack: Pack,
    pub(crate) faults: Faults,
    pub(crate) control_secret: Option<String>,
    pub(crate) attempts: Attempts,
    pub(crate) bell: Bell,
    pub(crate) running: Keys,
    pub(crate) writing: Keys,
    /// Held while the file of an original comes or goes.
    pub(crate) originals: tokio::sync::Mutex<()>,
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub(crate) url: String,
    /// One person may approve what they alone have written.
    pub(crate) one_person: bool,
}

/// How handlers hold it.
pub(crate) type Shared = Arc<Newsroom>;

impl Newsroom {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Where the site is, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where an upload gathers.
    pub(crate) fn upload_file(&self, id: uuid::Uuid) -> PathBuf {
        self.data.join("uploads").join(id.to_string())
    }
}

/// Names that are being worked on right now, each by one request.
#[derive(Debug, Default)]
pub(crate) struct Keys(Mutex<BTreeSet<String>>);

/// Holds a name until it is dropped.
pub(crate) struct Held<'a> {
    keys: &'a Keys,
    key: String,
}

impl Keys {
    /// `None` when another request has it.
    pub(crate) fn hold(&self, key: &str) -> Option<Held<'_>> {
        let fresh = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
        fresh.then(|| Held { keys: self, key: key.to_owned() })
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.keys.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
