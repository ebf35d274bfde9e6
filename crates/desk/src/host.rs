//! What the desk needs of the machine under it. Everything that a test must be able to decide is here: time,
//! ids, randomness, secrets, folders, and who is told.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use portal::{Secret, Timeouts};
use story::{Language, Line};
use uuid::Uuid;

use crate::wire::{Chair, DeskEvent, DesktopNotice};

/// Where a file of ours may go, as a person is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Where they put one last, or where such files usually go. It need not be there.
    pub folder: PathBuf,
    /// A name that nothing has in that folder.
    pub name: String,
    /// What the person is asked in.
    pub language: Language,
}

impl Proposed {
    /// The file, as it is proposed.
    pub fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }
}

/// The machine under the desk.
#[async_trait]
pub trait Host: Send + Sync + 'static {
    /// Now, by this machine's clock. Never decides an order and never a publication time.
    fn now(&self) -> DateTime<Utc>;

    /// A fresh UUIDv7.
    fn new_id(&self) -> Uuid;

    /// A random number.
    fn dice(&self) -> u64;

    /// How long to wait for a portal before one request is given up.
    fn patience(&self) -> Timeouts {
        Timeouts::default()
    }

    /// Name of this machine, shown in a portal's list of devices.
    fn device(&self) -> String;

    /// Tells every window. Must return at once.
    fn tell(&self, event: DeskEvent);

    /// Shows a notice on the person's desktop, where something shows them; a click on it is told as
    /// [`DeskEvent::NoticeChosen`]. Must return at once.
    fn show_notice(&self, _notice: DesktopNotice) {}

    /// Opens a web address in the person's browser. The desk hands over `http` and `https` only.
    ///
    /// # Errors
    /// [`HostError::NotOpened`].
    fn open_url(&self, url: &str) -> Result<(), HostError>;

    /// The secret that is kept under this id, an account's or that of the store's own keys; `None` when there is none on
    /// this machine. May block.
    ///
    /// # Errors
    /// [`HostError::NoKeychain`].
    fn secret(&self, id: Uuid) -> Result<Option<Secret>, HostError>;

    /// Keeps a secret in the place of the earlier one. May block.
    ///
    /// # Errors
    /// [`HostError::NoKeychain`].
    fn keep_secret(&self, id: Uuid, secret: &Secret) -> Result<(), HostError>;

    /// Forgets a secret; none there is no error. May block.
    ///
    /// # Errors
    /// [`HostError::NoKeychain`].
    fn forget_secret(&self, id: Uuid) -> Result<(), HostError>;

    /// What a byte costs on the machine's present line. May block.
    fn line(&self) -> Line {
        Line::Unknown
    }

    /// Where text goes that the store cannot take: outside the store's folder, made when it is not there.
    fn rescue_folder(&self) -> PathBuf;

    /// Where packages go that a person saves: outside the store's folder, made when it is not there.
    fn packages_folder(&self) -> PathBuf;

    /// Asks the person where a file is to go; `None` when they would rather not have it. Where nobody can be asked it
    /// goes where it is proposed.
    async fn ask_where(&self, proposed: Proposed) -> Option<PathBuf> {
        Some(proposed.path())
    }

    /// In whose place the person sits in the built-in portal's newsroom.
    fn chair(&self) -> Chair {
        Chair::Own
    }

    /// Has the window begin anew in another chair.
    ///
    /// # Errors
    /// [`HostError::NoBuiltIn`] where there is no window to sit at.
    fn sit_down(&self, _chair: Chair) -> Result<(), HostError> {
        Err(HostError::NoBuiltIn("there is no window to sit at".to_owned()))
    }

    /// Where the built-in portal keeps its data, seen from a store's folder: one newsroom for all its chairs.
    fn site_folder(&self, store: &Path) -> PathBuf {
        store.join("newsite")
    }

    /// Starts the portal inside the application, with its data in `data`. It runs until the host goes.
    /// `port` is where it was last time: taken again when it is free, so that old links go on leading somewhere.
    ///
    /// # Errors
    /// [`HostError::NoBuiltIn`].
    async fn start_built_in_portal(&self, data: &Path, port: Option<u16>) -> Result<BuiltIn, HostError>;
}

/// The portal inside the application, running.
#[derive(Debug, Clone)]
pub struct BuiltIn {
    /// Its address, such as `http://127.0.0.1:40123`.
    pub url: String,
    /// A token for this run, of whoever's chair it is; of an editor in one-person mode in one's own. Kept nowhere.
    pub token: Secret,
}

/// What the machine could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// The system's keychain does not answer, and nothing stands in for it.
    #[error("no keychain: {0}")]
    NoKeychain(String),
    /// No browser could be asked.
    #[error("the address could not be opened: {0}")]
    NotOpened(String),
    /// The built-in portal did not start.
    #[error("the built-in portal did not start: {0}")]
    NoBuiltIn(String),
}
