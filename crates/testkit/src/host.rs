//! A machine that does what a test says.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use desk::{
    BuiltIn, Host, HostError, Proposed, Secret, Timeouts,
    wire::{DeskEvent, DesktopNotice},
};
use newsite::{Options, Running};
use story::Line;
use tokio::sync::Notify;
use uuid::Uuid;

/// A [`Host`] with a clock that stands still until it is moved, ids that count, and dice that always fall on
/// nought. Secrets are in memory; a built-in portal is the real one.
pub struct TestHost {
    state: Mutex<State>,
    built_in: tokio::sync::Mutex<Option<Running>>,
    rescue: PathBuf,
    telling: Notify,
}

struct State {
    now: DateTime<Utc>,
    ids: u64,
    secrets: BTreeMap<Uuid, Secret>,
    keychain: bool,
    told: Vec<DeskEvent>,
    opened: Vec<String>,
    notices: Vec<DesktopNotice>,
    patience: Timeouts,
    line: Line,
    asked: Vec<Proposed>,
    wanted: Wanted,
}

/// What a person says who is asked where a file goes.
#[derive(Debug, Clone, Default)]
pub enum Wanted {
    /// Where it is proposed.
    #[default]
    There,
    /// Nowhere.
    Nowhere,
    /// Somewhere else.
    At(PathBuf),
}

impl TestHost {
    /// It is 5 November 2025, noon in Dhaka. Rescued texts go below `folder`.
    pub fn new(folder: &Path) -> Self {
        let now = "2025-11-05T06:00:00Z".parse().expect("a time");
        let state = State {
            now,
            ids: 0,
            secrets: BTreeMap::new(),
            keychain: true,
            told: Vec::new(),
            opened: Vec::new(),
            notices: Vec::new(),
            patience: Timeouts::default(),
            line: Line::Unknown,
            asked: Vec::new(),
            wanted: Wanted::There,
        };
        let built_in = tokio::sync::Mutex::default();
        let (rescue, telling) = (folder.join("rescue"), Notify::new());
        Self { state: Mutex::new(state), built_in, rescue, telling }
    }

    /// Moves the clock, forwards or back.
    pub fn pass(&self, time: Duration) {
        self.state().now += time;
    }

    /// Counts ids from here: desks whose stories meet on one portal must not draw the same ones.
    pub fn count_ids_from(&self, first: u64) {
        self.state().ids = first;
    }

    /// Waits for portals so long, and no longer.
    pub fn set_patience(&self, patience: Timeouts) {
        self.state().patience = patience;
    }

    /// Puts the machine on another line.
    pub fn set_line(&self, line: Line) {
        self.state().line = line;
    }

    /// Returns once windows were told something after the last call, or at once if that was so already.
    pub async fn next_telling(&self) {
        self.telling.notified().await;
    }

    /// From now on files go there.
    pub fn want(&self, wanted: Wanted) {
        self.state().wanted = wanted;
    }

    /// Everything that a person was asked a place for.
    pub fn asked(&self) -> Vec<Proposed> {
        self.state().asked.clone()
    }

    /// Breaks or mends the keychain.
    pub fn set_keychain(&self, answers: bool) {
        self.state().keychain = answers;
    }

    /// Loses every secret.
    pub fn lose_secrets(&self) {
        self.state().secrets.clear();
    }

    /// Everything that windows were told since this was last asked.
    pub fn told(&self) -> Vec<DeskEvent> {
        std::mem::take(&mut self.state().told)
    }

    /// Every notice that the desktop was to show.
    pub fn notices(&self) -> Vec<DesktopNotice> {
        self.state().notices.clone()
    }

    /// Every address that was opened in the browser.
    pub fn opened(&self) -> Vec<String> {
        self.state().opened.clone()
    }

    /// Stops the built-in portal, as the end of the application does.
    pub async fn stop_built_in(&self) {
        if let Some(running) = self.built_in.lock().await.take() {
            running.stop().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test panicked with it")
    }

    fn secrets(&self) -> Result<MutexGuard<'_, State>, HostError> {
        let state = self.state();
        if state.keychain { Ok(state) } else { Err(HostError::NoKeychain("broken by the test".to_owned())) }
    }
}

#[async_trait]
impl Host for TestHost {
    fn now(&self) -> DateTime<Utc> {
        self.state().now
    }

    fn new_id(&self) -> Uuid {
        let mut state = self.state();
        state.ids += 1;
        let millis = u64::try_from(state.now.timestamp_millis()).expect("after 1970");
        let mut counted = [0; 10];
        counted[2..].copy_from_slice(&state.ids.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(millis, &counted).into_uuid()
    }

    fn dice(&self) -> u64 {
        0
    }

    fn patience(&self) -> Timeouts {
        self.state().patience
    }

    fn line(&self) -> Line {
        self.state().line
    }

    fn device(&self) -> String {
        "test".to_owned()
    }

    fn tell(&self, event: DeskEvent) {
        self.state().told.push(event);
        self.telling.notify_one();
    }

    fn show_notice(&self, notice: DesktopNotice) {
        self.state().notices.push(notice);
    }

    fn open_url(&self, url: &str) -> Result<(), HostError> {
        self.state().opened.push(url.to_owned());
        Ok(())
    }

    fn secret(&self, id: Uuid) -> Result<Option<Secret>, HostError> {
        Ok(self.secrets()?.secrets.get(&id).cloned())
    }

    fn keep_secret(&self, id: Uuid, secret: &Secret) -> Result<(), HostError> {
        self.secrets()?.secrets.insert(id, secret.clone());
        Ok(())
    }

    fn forget_secret(&self, id: Uuid) -> Result<(), HostError> {
        self.secrets()?.secrets.remove(&id);
        Ok(())
    }

    fn rescue_folder(&self) -> PathBuf {
        self.rescue.clone()
    }

    fn packages_folder(&self) -> PathBuf {
        self.rescue.with_file_name("packages")
    }

    async fn ask_where(&self, proposed: Proposed) -> Option<PathBuf> {
        let mut state = self.state();
        state.asked.push(proposed.clone());
        match state.wanted.clone() {
            Wanted::There => Some(proposed.path()),
            Wanted::Nowhere => None,
            Wanted::At(path) => Some(path),
        }
    }

    /// Always on a free port: what happens when the old one is taken is the harder case.
    async fn start_built_in_portal(&self, data: &Path, _port: Option<u16>) -> Result<BuiltIn, HostError> {
        let running = newsite::start(Options::embedded(data.to_owned())).await;
        let running = running.map_err(|error| HostError::NoBuiltIn(error.to_string()))?;
        let answer = BuiltIn { url: running.url(), token: Secret::new(running.app_token()) };
        *self.built_in.lock().await = Some(running);
        Ok(answer)
    }
}
