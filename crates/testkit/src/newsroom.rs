//! A desk and its portal.

use std::{path::Path, sync::Arc, time::Duration};

use desk::{
    Desk,
    commands::call,
    wire::{AddPortal, Nothing, OfStory, PortalKind, PublishStory, SaveDraft, StoryView},
};
use newsite::{Options, Running};
use story::{Content, Role, StoryId};
use tempfile::TempDir;

use crate::TestHost;

/// A desk over a store in a folder of its own.
pub struct Newsroom {
    /// The desk.
    pub desk: Desk,
    /// The machine under it.
    pub host: Arc<TestHost>,
    folder: TempDir,
}

impl Newsroom {
    /// With an empty store and no portal.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let host = Arc::new(TestHost::new(folder.path()));
        let desk = Desk::open(&folder.path().join("store"), host.clone()).expect("an empty store");
        Self { desk, host, folder }
    }

    /// The same store after an end of the program. No worker may be running any more.
    pub async fn reopen(self) -> Self {
        let Self { desk, host, folder } = self;
        drop(desk);
        for _ in 0..100 {
            match Desk::open(&folder.path().join("store"), host.clone()) {
                Ok(desk) => return Self { desk, host, folder },
                // A last blocking call of the old desk is still on its way out.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("the store of the old desk was not given up");
    }

    /// Where everything of it lies.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A new story that says `content`, saved.
    pub async fn write(&self, content: Content) -> StoryView {
        let begun = call::new_story(&self.desk, Nothing {}).await.expect("a story");
        self.save(begun.story, begun.counter + 1, content).await
    }

    /// Saves and opens again.
    pub async fn save(&self, story: StoryId, counter: u64, content: Content) -> StoryView {
        let save = SaveDraft { story, counter, content, undo: None };
        call::save_draft(&self.desk, save).await.expect("it is saved");
        self.view(story).await
    }

    /// The story as the window would see it.
    pub async fn view(&self, story: StoryId) -> StoryView {
        call::open_story(&self.desk, OfStory { story }).await.expect("it is there")
    }

    /// Gives the command; nothing is sent before a worker runs.
    pub async fn publish(&self, view: &StoryView) -> StoryView {
        let order = PublishStory::soon(view.story, view.counter);
        call::publish(&self.desk, order).await.expect("nothing blocks")
    }

    /// Signs in to `portal` as its editor.
    pub async fn sign_in(&self, portal: &Running) {
        self.sign_in_over(portal, &portal.url()).await;
    }

    /// Signs in to `portal` as its editor, under another address than its own.
    pub async fn sign_in_over(&self, portal: &Running, url: &str) {
        let editor = account(portal, Role::Editor);
        self.sign_in_at(url, &editor.user, &editor.password).await;
    }

    /// Signs in to the portal at `url`.
    pub async fn sign_in_at(&self, url: &str, user: &str, password: &str) {
        let add = AddPortal {
            name: "পরীক্ষা".to_owned(),
            kind: PortalKind::Native,
            url: url.to_owned(),
            user: user.to_owned(),
            password: password.to_owned(),
        };
        call::add_portal(&self.desk, add).await.expect("the portal takes its own account");
    }
}

/// An account that a portal has seeded, with this role.
pub fn account(portal: &Running, role: Role) -> &newsite::Account {
    portal.accounts().iter().find(|account| account.role == role).expect("a portal seeds every role")
}

/// As [`portal`], with a newsroom where a second person reads everything.
pub async fn strict_portal(folder: &Path) -> Running {
    let options = Options { seed: false, one_person: false, ..Options::embedded(folder.to_owned()) };
    newsite::start(options).await.expect("it starts")
}

/// As [`strict_portal`], with two editors: the account that was seeded as a sub-editor's is the other's.
pub async fn two_editors(folder: &Path) -> Running {
    let site = strict_portal(folder).await;
    let people = newsite::Administration::open(folder, None).await.expect("its accounts");
    let second = &account(&site, Role::SubEditor).user;
    people.change(second, None, Some(Role::Editor)).await.expect("an account of its own");
    people.close().await;
    site
}

/// A portal with its data in `folder`, on `port` (0 takes a free one), that goes wrong as `faults` say.
pub async fn portal(folder: &Path, port: u16, faults: &[&str]) -> Running {
    let fault = newsite::Faults::parse(faults).expect("known faults");
    let options = Options { port, fault, seed: false, ..Options::embedded(folder.to_owned()) };
    newsite::start(options).await.expect("it starts")
}
