//! A desk that can be killed and opened again, over a copy of a store that is signed in already.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use desk::{
    Desk, Host as _, Secret, Timeouts, Worker,
    commands::call,
    wire::{AddPortal, CommandError, Nothing, OfPortal},
};
use khosra_testkit::TestHost;
use story::PortalId;
use tempfile::TempDir;

use crate::subject::{Account, Subject};

/// A folder in memory where the machine has that, for the disk is not what is tested here.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(folder) = tempfile::tempdir_in(memory)
    {
        return folder;
    }
    tempfile::tempdir().expect("a folder")
}

/// A store in which somebody is signed in, to be copied.
pub struct Template {
    folder: TempDir,
    portal: PortalId,
    secret: Secret,
    add: AddPortal,
}

impl Template {
    /// Signs in at `url` as `account`.
    pub async fn signed_in<S: Subject>(url: &str, account: &Account) -> Self {
        let folder = folder();
        let host = Arc::new(TestHost::new(folder.path()));
        let desk = Desk::open(&store(folder.path()), host.clone()).expect("an empty store");
        let add = AddPortal {
            name: "পরীক্ষা".to_owned(),
            kind: S::KIND,
            url: url.to_owned(),
            user: account.user.clone(),
            password: account.password.clone(),
        };
        call::add_portal(&desk, add.clone()).await.expect("the portal takes its own account");
        let portal = call::list_portals(&desk, Nothing {}).await.expect("a list").portals.remove(0).portal;
        let secret = host.secret(portal.0).expect("a keychain").expect("a token");
        drop(desk);
        closed(folder.path()).await;
        Self { folder, portal, secret, add }
    }
}

/// A desk, its machine and its worker.
pub struct Room {
    running: Option<(Desk, Worker)>,
    pub host: Arc<TestHost>,
    folder: TempDir,
    portal: PortalId,
    add: AddPortal,
}

impl Room {
    /// A desk of its own, whose ids nobody else draws.
    pub async fn open(template: &Template, seed: u64, patience: Timeouts) -> Self {
        let folder = folder();
        fs::create_dir(store(folder.path())).unwrap();
        let file = "khosra.db";
        fs::copy(store(template.folder.path()).join(file), store(folder.path()).join(file)).unwrap();
        let host = Arc::new(TestHost::new(folder.path()));
        host.count_ids_from((seed + 1) << 16);
        host.set_patience(patience);
        host.keep_secret(template.portal.0, &template.secret).unwrap();
        let running = Some(started(folder.path(), &host).await);
        Self { running, host, folder, portal: template.portal, add: template.add.clone() }
    }

    pub fn desk(&self) -> &Desk {
        &self.running.as_ref().expect("it runs").0
    }

    /// Ends the program, in the middle of everything or once it is asked to, and starts it again.
    pub async fn kill(&mut self, in_the_middle: bool) {
        self.end(in_the_middle).await;
        self.running = Some(started(self.folder.path(), &self.host).await);
    }

    /// Signs in again.
    pub async fn sign_in(&self) -> Result<(), CommandError> {
        call::add_portal(self.desk(), self.add.clone()).await.map(drop)
    }

    /// Makes the worker look, as when the machine wakes: choosing the portal that is chosen changes nothing else.
    pub async fn wake(&self) {
        call::choose_portal(self.desk(), OfPortal { portal: self.portal }).await.unwrap();
    }

    /// Its store's file.
    pub fn file(&self) -> PathBuf {
        store(self.folder.path()).join("khosra.db")
    }

    /// Ends the program for good; gives where its store lies, which goes with the folder.
    pub async fn closed(mut self) -> (TempDir, PathBuf) {
        self.end(false).await;
        let file = self.file();
        (self.folder, file)
    }

    async fn end(&mut self, in_the_middle: bool) {
        let (desk, worker) = self.running.take().expect("it runs");
        if in_the_middle {
            drop(worker);
        } else {
            worker.stop().await;
        }
        drop(desk);
        closed(self.folder.path()).await;
    }
}

async fn started(folder: &Path, host: &Arc<TestHost>) -> (Desk, Worker) {
    let (folder, host) = (store(folder), host.clone());
    let opened = tokio::task::spawn_blocking(move || Desk::open(&folder, host)).await.unwrap();
    let desk = opened.expect("the store opens");
    let worker = desk.start_worker();
    (desk, worker)
}

fn store(folder: &Path) -> PathBuf {
    folder.join("store")
}

/// Waits until the last blocking call of a desk that was dropped has ended, as the end of a process would.
async fn closed(folder: &Path) {
    let lock = store(folder).join("lock");
    for _ in 0..20_000 {
        let file = File::open(&lock).unwrap();
        if file.try_lock().is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    panic!("the store of the old desk was not given up");
}
