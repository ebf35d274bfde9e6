//! The desk itself: what all use cases share.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use page::Theme;
use portal::Portal;
use store::{Condition, OpenError, OpenOptions, Store};
use story::{EventId, PortalId, StoryId};
use tokio::sync::{Notify, OnceCell};

use crate::{
    host::{BuiltIn, Host},
    queue::Following,
    wire::{CommandError, DeskEvent, StoreCondition},
};

/// Clocks that are no further apart than this are the same, in milliseconds.
const CLOCK_SLACK: i64 = 5_000;

/// A desk over one store. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    host: Arc<dyn Host>,
    folder: PathBuf,
    condition: Mutex<StoreCondition>,
    theme: OnceLock<Theme>,
    built_in: OnceCell<BuiltIn>,
    connected: Mutex<BTreeMap<PortalId, Arc<dyn Portal>>>,
    reachable: Mutex<Option<bool>>,
    missed: Mutex<BTreeSet<StoryId>>,
    telling: Mutex<()>,
    making_keys: Mutex<()>,
    work: Notify,
    moved: Notify,
    following: Following,
    /// Addresses of public places that were found for a story: what may be opened in the browser.
    places: Mutex<BTreeMap<StoryId, Vec<String>>>,
    /// How often somebody stopped the trials that ran.
    trial_stops: AtomicU64,
    /// How often somebody left the package that was being opened.
    package_leaves: AtomicU64,
    /// How far the portal's clock is ahead of ours, in milliseconds.
    ahead: AtomicI64,
}

impl Desk {
    /// Opens the store in `folder` and puts a desk over it. Nothing else is started: no portal, no worker.
    ///
    /// # Errors
    /// [`OpenError`]; it turns into a [`CommandError`] that a window can show.
    pub fn open(folder: &Path, host: Arc<dyn Host>) -> Result<Self, OpenError> {
        let opened = Store::open(OpenOptions { folder: folder.to_owned(), now: host.now() })?;
        let inner = Inner {
            store: opened.store,
            host,
            folder: folder.to_owned(),
            condition: Mutex::new(condition(opened.condition)),
            theme: OnceLock::new(),
            built_in: OnceCell::new(),
            connected: Mutex::default(),
            reachable: Mutex::default(),
            missed: Mutex::default(),
            telling: Mutex::default(),
            making_keys: Mutex::default(),
            work: Notify::new(),
            moved: Notify::new(),
            following: Following::default(),
            places: Mutex::default(),
            trial_stops: AtomicU64::new(0),
            package_leaves: AtomicU64::new(0),
            ahead: AtomicI64::new(0),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What happened when the store was opened, where a person should know.
    pub fn condition(&self) -> StoreCondition {
        locked(&self.inner.condition).clone()
    }

    /// The store's folder.
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    pub(crate) fn restored(&self) {
        *locked(&self.inner.condition) = StoreCondition::Fine;
        locked(&self.inner.connected).clear();
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn host(&self) -> &dyn Host {
        self.inner.host.as_ref()
    }

    /// Held while something is read and told, so that nobody hears of an earlier state behind a later one.
    pub(crate) fn telling(&self) -> MutexGuard<'_, ()> {
        locked(&self.inner.telling)
    }

    /// Held while the desk's own keys are looked for, and made where there are none.
    pub(crate) fn making_keys(&self) -> MutexGuard<'_, ()> {
        locked(&self.inner.making_keys)
    }

    pub(crate) fn note_places(&self, story: StoryId, urls: Vec<String>) {
        locked(&self.inner.places).insert(story, urls);
    }

    /// Whether this address was found at the last look for places of the story.
    pub(crate) fn has_place(&self, story: StoryId, url: &str) -> bool {
        let places = locked(&self.inner.places);
        places.get(&story).is_some_and(|urls| urls.iter().any(|known| known == url))
    }

    pub(crate) fn tell(&self, event: DeskEvent) {
        self.inner.host.tell(event);
    }

    pub(crate) fn new_event_id(&self) -> EventId {
        EventId(self.inner.host.new_id())
    }

    /// Runs `work` where it may block. Never hold an async worker with the store or a codec.
    pub(crate) async fn blocking<T, F>(&self, work: F) -> Result<T, CommandError>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, CommandError> + Send + 'static,
    {
        let desk = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&desk)).await;
        done.unwrap_or_else(|_| Err(CommandError::internal("a task stopped before it was done")))
    }

    /// The theme, read and compiled at the first preview and not before.
    pub(crate) fn theme(&self) -> Result<&Theme, CommandError> {
        if let Some(theme) = self.inner.theme.get() {
            return Ok(theme);
        }
        let theme = Theme::dainik().map_err(CommandError::internal)?;
        Ok(self.inner.theme.get_or_init(|| theme))
    }

    pub(crate) fn built_in(&self) -> &OnceCell<BuiltIn> {
        &self.inner.built_in
    }

    pub(crate) fn connected(&self) -> MutexGuard<'_, BTreeMap<PortalId, Arc<dyn Portal>>> {
        locked(&self.inner.connected)
    }

    pub(crate) fn reachable(&self) -> Option<bool> {
        *locked(&self.inner.reachable)
    }

    /// Notes whether the portal answers, and tells when that changed.
    pub(crate) fn set_reachable(&self, reachable: bool) {
        let before = locked(&self.inner.reachable).replace(reachable);
        if before != Some(reachable) {
            self.tell(DeskEvent::Reachable { reachable });
        }
        if before == Some(false) && reachable {
            self.queue().look();
        }
    }

    /// Whether the portal let the time of a scheduled story pass. Found anew after a start.
    pub(crate) fn is_schedule_missed(&self, story: StoryId) -> bool {
        locked(&self.inner.missed).contains(&story)
    }

    /// Notes whether the portal let the time of a scheduled story pass; true when that is news.
    pub(crate) fn note_schedule_missed(&self, story: StoryId, missed: bool) -> bool {
        let mut all = locked(&self.inner.missed);
        if missed { all.insert(story) } else { all.remove(&story) }
    }

    /// What the portal's clock shows, as far as is known: ours may be wrong, and what readers get goes by its.
    pub(crate) fn portal_now(&self) -> DateTime<Utc> {
        self.host().now() + TimeDelta::milliseconds(self.inner.ahead.load(Ordering::Relaxed))
    }

    /// Notes what the portal's clock showed a moment ago. It tells whole seconds, and an answer takes its time: two
    /// clocks that are no further apart are the same.
    pub(crate) fn note_clock(&self, there: Option<DateTime<Utc>>) {
        let Some(there) = there else { return };
        let ahead = (there - self.host().now()).num_milliseconds();
        let ahead = if ahead.abs() <= CLOCK_SLACK { 0 } else { ahead };
        self.inner.ahead.store(ahead, Ordering::Relaxed);
    }

    /// How often trials were stopped: one that finds another number than at its beginning ends.
    pub(crate) fn trial_stops(&self) -> u64 {
        self.inner.trial_stops.load(Ordering::Relaxed)
    }

    /// Ends every trial of a portal that runs. Each still takes its test story away.
    pub(crate) fn stop_trials(&self) {
        self.inner.trial_stops.fetch_add(1, Ordering::Relaxed);
    }

    /// Changes when somebody leaves the package that is being opened.
    pub(crate) fn package_leaves(&self) -> u64 {
        self.inner.package_leaves.load(Ordering::Relaxed)
    }

    /// Has the package that is being opened left on the table.
    pub(crate) fn leave_package(&self) {
        self.inner.package_leaves.fetch_add(1, Ordering::Relaxed);
    }

    /// How the portal's desk is followed.
    pub(crate) fn queue(&self) -> &Following {
        &self.inner.following
    }

    /// Wakes the outbox worker.
    pub(crate) fn wake(&self) {
        self.inner.work.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.inner.work.notified().await;
    }

    /// Says that an intent moved, to whoever waits for it in this process.
    pub(crate) fn intent_moved(&self) {
        self.inner.moved.notify_waiters();
    }

    pub(crate) fn next_move(&self) -> tokio::sync::futures::Notified<'_> {
        self.inner.moved.notified()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn condition(condition: Condition) -> StoreCondition {
    match condition {
        Condition::Fresh | Condition::Current | Condition::Migrated { .. } => StoreCondition::Fine,
        Condition::ReadOnly => StoreCondition::ReadOnly,
        Condition::MovedAside { moved_to, backup, .. } => StoreCondition::MovedAside {
            moved_to: moved_to.display().to_string(),
            backup: backup.map(crate::view::backup),
        },
    }
}
