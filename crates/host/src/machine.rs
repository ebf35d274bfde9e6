//! The one real [`Host`].

use std::{
    env, fs,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use desk::{
    BuiltIn, Host, HostError, Proposed, Secret,
    wire::{Chair, DeskEvent, DesktopNotice},
};
use story::{Line, StoryId};
use uuid::Uuid;

use crate::{Folders, line, newsite::Embedded, notices::Notices, secrets::Secrets};

type Tell = Box<dyn Fn(DeskEvent) + Send + Sync>;
type OpenUrl = Box<dyn Fn(&str) -> Result<(), String> + Send + Sync>;
type ComeForward = Box<dyn Fn() + Send + Sync>;
type Answer = Pin<Box<dyn Future<Output = Option<PathBuf>> + Send>>;
type AskWhere = Box<dyn Fn(Proposed) -> Answer + Send + Sync>;

/// How the desk reaches a person.
pub struct Window {
    /// Tells every window.
    pub tell: Tell,
    /// Opens a web address in the person's browser; on failure says why.
    pub open_url: OpenUrl,
    /// Brings the window before all others.
    pub come_forward: ComeForward,
    /// Asks the person where a file goes; `None` when they would rather not have it.
    pub ask_where: AskWhere,
}

impl Window {
    /// Nobody is there to be told.
    pub fn none() -> Self {
        Self {
            tell: Box::new(|_| {}),
            open_url: Box::new(|_| Err("there is no window".to_owned())),
            come_forward: Box::new(|| {}),
            ask_where: Box::new(|proposed| Box::pin(async move { Some(proposed.path()) })),
        }
    }
}

/// This machine, seen from one chair.
pub struct Machine {
    folders: Folders,
    chair: Chair,
    secrets: Secrets,
    shared: Arc<Shared>,
}

/// What all chairs have together.
struct Shared {
    /// The store of the person's own chair.
    own: PathBuf,
    window: Window,
    newsite: Embedded,
    notices: Notices,
    /// The chair that the window is at, or comes to when it begins anew.
    taken: Mutex<Chair>,
}

impl Shared {
    fn taken(&self) -> Chair {
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The person clicked a notice that this chair's desk had shown: the story may be opened at no other.
    fn notice_chosen(&self, chair: Chair, story: Option<StoryId>) {
        (self.window.come_forward)();
        if let Some(story) = story.filter(|_| self.taken() == chair) {
            (self.window.tell)(DeskEvent::NoticeChosen { story });
        }
    }
}

impl Machine {
    /// With its folders and its window, seen from the person's own chair.
    pub fn new(folders: Folders, window: Window) -> Self {
        let (own, taken) = (folders.store.clone(), Mutex::default());
        let (newsite, notices) = (Embedded::default(), Notices::default());
        let shared = Arc::new(Shared { own, window, newsite, notices, taken });
        Self { secrets: Secrets::beside(&folders.store), folders, chair: Chair::Own, shared }
    }

    /// The same machine, window and built-in portal, seen from another chair.
    #[must_use]
    pub fn at(&self, chair: Chair) -> Self {
        let own = Folders { store: self.shared.own.clone(), ..self.folders.clone() };
        let folders = own.of_chair(chair);
        Self { secrets: Secrets::beside(&folders.store), folders, chair, shared: Arc::clone(&self.shared) }
    }

    /// The store's folder of this chair.
    pub fn store(&self) -> &Path {
        &self.folders.store
    }

    /// The chair that the window is at, or comes to when it begins anew.
    pub fn taken(&self) -> Chair {
        self.shared.taken()
    }

    /// Whether tokens are in a file because no keychain answers: a person should be told once.
    pub fn keeps_secrets_in_file(&self) -> bool {
        self.secrets.in_file()
    }

    /// Stops the built-in portal, if it runs.
    pub async fn stop(&self) {
        self.shared.newsite.stop().await;
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that may: everybody else asks the desk's Host")]
#[async_trait]
impl Host for Machine {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn dice(&self) -> u64 {
        rand::random()
    }

    fn device(&self) -> String {
        let named = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| env::var(name).ok());
        let named = named.or_else(|| fs::read_to_string("/etc/hostname").ok());
        let named = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        named.unwrap_or_else(|| "khosra".to_owned())
    }

    fn tell(&self, event: DeskEvent) {
        // What happens at an empty chair is in its lists when somebody sits down there again.
        if self.taken() == self.chair {
            (self.shared.window.tell)(event);
        }
    }

    fn show_notice(&self, notice: DesktopNotice) {
        let (shared, chair, story) = (Arc::downgrade(&self.shared), self.chair, notice.story);
        let chosen = move || {
            if let Some(shared) = shared.upgrade() {
                shared.notice_chosen(chair, story);
            }
        };
        self.shared.notices.show(notice, Box::new(chosen));
    }

    fn open_url(&self, url: &str) -> Result<(), HostError> {
        (self.shared.window.open_url)(url).map_err(HostError::NotOpened)
    }

    fn secret(&self, id: Uuid) -> Result<Option<Secret>, HostError> {
        self.secrets.get(id)
    }

    fn keep_secret(&self, id: Uuid, secret: &Secret) -> Result<(), HostError> {
        self.secrets.keep(id, secret)
    }

    fn forget_secret(&self, id: Uuid) -> Result<(), HostError> {
        self.secrets.forget(id)
    }

    fn line(&self) -> Line {
        line::price()
    }

    fn rescue_folder(&self) -> PathBuf {
        self.folders.rescue.clone()
    }

    fn packages_folder(&self) -> PathBuf {
        self.folders.packages.clone()
    }

    async fn ask_where(&self, proposed: Proposed) -> Option<PathBuf> {
        (self.shared.window.ask_where)(proposed).await
    }

    fn chair(&self) -> Chair {
        self.chair
    }

    fn sit_down(&self, chair: Chair) -> Result<(), HostError> {
        *self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner) = chair;
        Ok(())
    }

    fn site_folder(&self, _store: &Path) -> PathBuf {
        self.shared.own.join("newsite")
    }

    async fn start_built_in_portal(&self, data: &Path, port: Option<u16>) -> Result<BuiltIn, HostError> {
        self.shared.newsite.start(data, port, self.chair).await
    }
}
