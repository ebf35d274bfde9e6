//! The reference portal as a subject.

use std::{path::Path, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use desk::{Timeouts, wire::PortalKind};
use khosra_testkit::{Hands, copy_files, fetch_as, folder};
use newsite::{Clock as _, Options, Running};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use story::{Sha256Hex, StoryId};
use tempfile::TempDir;

use crate::subject::{Account, Act, Promise, Record, Subject};

/// The reference portal in a folder of its own.
pub struct Native {
    running: Running,
    clock: Arc<Hands>,
    folder: TempDir,
}

impl Subject for Native {
    const KIND: PortalKind = PortalKind::Native;

    const PATIENCE: Timeouts = Timeouts {
        connect: Duration::from_millis(1_000),
        idle: Duration::from_millis(500),
        total: Duration::from_millis(1_500),
    };
    const SECTION: &str = "bangladesh";
    const LANES: u64 = 16;
    const PROMISE: Promise = Promise::Keys;

    /// The folder of a portal that never had a story.
    type Kit = TempDir;

    async fn start(kit: &TempDir) -> Self {
        let folder = folder();
        copy_files(kit.path(), folder.path());
        let clock = Arc::new(Hands::at_noon());
        Self { running: start(folder.path(), Arc::clone(&clock)).await, clock, folder }
    }

    fn url(&self) -> String {
        self.running.url()
    }

    fn account(&self) -> Account {
        let editor = khosra_testkit::account(&self.running, story::Role::Editor);
        Account { user: editor.user.clone(), password: editor.password.clone() }
    }

    fn is_private(path: &str) -> bool {
        path.starts_with("/api/")
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn pass(&self, time: TimeDelta) -> bool {
        self.clock.pass(time);
        true
    }

    async fn record(&self, story: StoryId) -> Option<Record> {
        let url = format!("{}/api/v1/stories/{story}", self.url());
        let (status, body) = fetch_as(&url, Some(self.running.app_token())).await;
        if status == 404 {
            return None;
        }
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        let kept: Value = serde_json::from_slice(&body).unwrap();
        let live = kept["live_hash"].as_str().map(|digest| digest.parse().unwrap());
        assert_eq!(live.is_some(), kept["state"] == "live", "{kept}");
        Some(Record {
            state: kept["state"].as_str().unwrap().to_owned(),
            live,
            url: kept["public_url"].as_str().map(str::to_owned),
            revisions: kept["revision"].as_u64().unwrap(),
            copies: 1,
        })
    }

    /// No address tells this; the table does.
    fn acts(&self, story: StoryId) -> Option<Vec<Act>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let books = Connection::open_with_flags(self.folder.path().join("site.db"), flags).unwrap();
        let sql = "SELECT idempotency_key, command, hash, username = 'clock' FROM acts WHERE story = ?1
                   ORDER BY rowid";
        let mut acts = books.prepare(sql).unwrap();
        let acts = acts.query_map([story.to_string()], |row| {
            Ok(Act { key: row.get(0)?, command: row.get(1)?, hash: row.get(2)?, by_clock: row.get(3)? })
        });
        Some(acts.unwrap().map(Result::unwrap).collect())
    }

    async fn articles(&self, headline: &str) -> usize {
        let (_, feed) = fetch_as(&format!("{}/feed.xml", self.url()), None).await;
        String::from_utf8(feed).unwrap().matches(&format!("<title>{headline}</title>")).count()
    }

    async fn photo(&self, _url: &str, photo: &Sha256Hex) -> Option<Vec<u8>> {
        let (status, bytes) = fetch_as(&format!("{}/media/{photo}", self.url()), None).await;
        (status == 200).then_some(bytes)
    }

    async fn has_original(&self, photo: &Sha256Hex) -> Option<bool> {
        let url = format!("{}/api/v1/photos/{photo}/original", self.url());
        let (status, bytes) = fetch_as(&url, Some(self.running.app_token())).await;
        assert!(matches!(status, 200 | 404), "{status}: {}", String::from_utf8_lossy(&bytes));
        Some(status == 200)
    }

    async fn stop(self) {
        self.running.stop().await;
    }
}

/// Slow on purpose: five passwords are hashed. Copied for every portal.
pub async fn kit() -> TempDir {
    let folder = folder();
    start(folder.path(), Arc::new(Hands::at_noon())).await.stop().await;
    folder
}

async fn start(folder: &Path, clock: Arc<Hands>) -> Running {
    let options = Options { seed: false, clock, ..Options::embedded(folder.to_owned()) };
    newsite::start(options).await.expect("it starts")
}
