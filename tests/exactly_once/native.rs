//! The reference portal as a subject.

use std::{fs, path::Path};

use desk::wire::PortalKind;
use khosra_testkit::fetch_as;
use newsite::{Options, Running};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use story::{Sha256Hex, StoryId};
use tempfile::TempDir;

use crate::{
    room,
    subject::{Account, Record, Subject},
};

/// The reference portal in a folder of its own.
pub struct Native {
    running: Running,
    folder: TempDir,
}

impl Subject for Native {
    const KIND: PortalKind = PortalKind::Native;

    /// Slow on purpose: five passwords are hashed. Copied for every portal.
    type Kit = TempDir;

    async fn kit() -> TempDir {
        let folder = room::folder();
        start(folder.path()).await.stop().await;
        folder
    }

    async fn start(kit: &TempDir) -> Self {
        let folder = room::folder();
        for entry in fs::read_dir(kit.path()).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
            }
        }
        Self { running: start(folder.path()).await, folder }
    }

    fn url(&self) -> String {
        self.running.url()
    }

    fn account(&self) -> Account {
        let accounts = self.running.accounts();
        let editor = accounts.iter().find(|account| account.role == story::Role::Editor).unwrap();
        Account { user: editor.user.clone(), password: editor.password.clone() }
    }

    fn is_private(path: &str) -> bool {
        path.starts_with("/api/")
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
            live,
            url: kept["public_url"].as_str().map(str::to_owned),
            revisions: kept["revision"].as_u64().unwrap(),
            acts: Some(self.acts(story)),
        })
    }

    async fn articles(&self, headline: &str) -> usize {
        let (_, feed) = fetch_as(&format!("{}/feed.xml", self.url()), None).await;
        String::from_utf8(feed).unwrap().matches(&format!("<title>{headline}</title>")).count()
    }

    async fn photo(&self, _url: &str, photo: &Sha256Hex) -> Option<Vec<u8>> {
        let (status, bytes) = fetch_as(&format!("{}/media/{photo}", self.url()), None).await;
        (status == 200).then_some(bytes)
    }

    async fn stop(self) {
        self.running.stop().await;
    }
}

impl Native {
    /// No address tells this; the table does.
    fn acts(&self, story: StoryId) -> Vec<(String, String)> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let books = Connection::open_with_flags(self.folder.path().join("site.db"), flags).unwrap();
        let sql = "SELECT idempotency_key, hash FROM acts WHERE story = ?1 ORDER BY rowid";
        let mut acts = books.prepare(sql).unwrap();
        let acts = acts.query_map([story.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        acts.map(Result::unwrap).collect()
    }
}

async fn start(folder: &Path) -> Running {
    let options = Options { seed: false, ..Options::embedded(folder.to_owned()) };
    newsite::start(options).await.expect("it starts")
}
