//! A desk that can be killed and opened again, over a copy of a store that is signed in already: passwords are hashed
//! slowly, and some tests open thousands of desks.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use desk::{
    Desk, Host as _, Secret, Timeouts, Worker,
    commands::call,
    wire::{AddPortal, CommandError, Nothing, OfPortal},
};
use story::PortalId;
use tempfile::TempDir;

use crate::{
    TestHost,
    folder::{folder, given_up},
};

const FILE: &str = "khosra.db";

/// A store in which somebody is signed in, to be copied.
pub struct Template {
    folder: TempDir,
    portal: PortalId,
    secret: Secret,
    add: AddPortal,
}

impl Template {
    /// Signs in.
    pub async fn signed_in(add: AddPortal) -> Self {
        let folder = folder();
        let host = Arc::new(TestHost::new(folder.path()));
        let desk = Desk::open(&store(folder.path()), host.clone()).expect("an empty store");
        call::add_portal(&desk, add.clone()).await.expect("the portal takes its own account");
        let portal = call::list_portals(&desk, Nothing {}).await.expect("a list").portals.remove(0).portal;
        let secret = host.secret(portal.0).expect("a keychain").expect("a token");
        drop(desk);
        given_up(&store(folder.path())).await;
        Self { folder, portal, secret, add }
    }
}

/// A desk, its machine and its workers.
pub struct Room {
    running: Option<(Desk, Vec<Worker>)>,
    /// The machine.
    pub host: Arc<TestHost>,
    folder: TempDir,
    portal: PortalId,
    add: AddPortal,
    follows: bool,
}

impl Room {
    /// A desk of its own; its ids count from `first_id`, so that nobody else draws them.
    pub async fn open(template: &Template, first_id: u64, patience: Timeouts) -> Self {
        let folder = folder();
        fs::create_dir(store(folder.path())).expect("a folder");
        let file = store(folder.path()).join(FILE);
        fs::copy(store(template.folder.path()).join(FILE), file).expect("a file");
        let host = Arc::new(TestHost::new(folder.path()));
        host.count_ids_from(first_id);
        host.set_patience(patience);
        host.keep_secret(template.portal.0, &template.secret).expect("a keychain");
        let running = Some(started(folder.path(), &host, false).await);
        let (portal, add) = (template.portal, template.add.clone());
        Self { running, host, folder, portal, add, follows: false }
    }

    /// Follows the portal's desk by itself too, from now on and after every start.
    pub fn follow(&mut self) {
        self.follows = true;
        let (desk, workers) = self.running.as_mut().expect("it runs");
        workers.push(desk.follow_portal());
    }

    /// The desk.
    pub fn desk(&self) -> &Desk {
        &self.running.as_ref().expect("it runs").0
    }

    /// Ends the program, in the middle of everything or once it is asked to, and starts it again.
    pub async fn kill(&mut self, in_the_middle: bool) {
        self.end(in_the_middle).await;
        self.running = Some(started(self.folder.path(), &self.host, self.follows).await);
    }

    /// Signs in again.
    ///
    /// # Errors
    /// What the desk says.
    pub async fn sign_in(&self) -> Result<(), CommandError> {
        call::add_portal(self.desk(), self.add.clone()).await.map(drop)
    }

    /// Makes the worker look, as when the machine wakes: choosing the portal that is chosen changes nothing else.
    pub async fn wake(&self) {
        call::choose_portal(self.desk(), OfPortal { portal: self.portal }).await.expect("it is there");
    }

    /// Its store's file.
    pub fn file(&self) -> PathBuf {
        store(self.folder.path()).join(FILE)
    }

    /// Ends the program for good; gives where its store lies, which goes with the folder.
    pub async fn closed(mut self) -> (TempDir, PathBuf) {
        self.end(false).await;
        let file = self.file();
        (self.folder, file)
    }

    async fn end(&mut self, in_the_middle: bool) {
        let (desk, workers) = self.running.take().expect("it runs");
        for worker in workers {
            if in_the_middle {
                drop(worker);
            } else {
                worker.stop().await;
            }
        }
        drop(desk);
        given_up(&store(self.folder.path())).await;
    }
}

async fn started(folder: &Path, host: &Arc<TestHost>, follows: bool) -> (Desk, Vec<Worker>) {
    let (folder, host) = (store(folder), host.clone());
    let opened = tokio::task::spawn_blocking(move || Desk::open(&folder, host)).await.expect("it ends");
    let desk = opened.expect("the store opens");
    let mut workers = vec![desk.start_worker()];
    workers.extend(follows.then(|| desk.follow_portal()));
    (desk, workers)
}

fn store(folder: &Path) -> PathBuf {
    folder.join("store")
}
