//! A portal where a second person reads everything, a line to it for each seat, and a store that is signed in there: what
//! several runs share, one after the other.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use desk::{
    Timeouts,
    wire::{AddPortal, PortalKind},
};
use khosra_testkit::{Hands, Proxy, Template, copy_files, folder};
use newsite::{Account, Administration, Options, Running};
use story::Role;
use tempfile::TempDir;

use crate::plan::{Plan, Seat};

pub const PATIENCE: Timeouts = Timeouts {
    connect: Duration::from_millis(1_000),
    idle: Duration::from_millis(2_000),
    total: Duration::from_millis(4_000),
};

/// What runs are made in.
pub struct House {
    pub site: Running,
    pub clock: Arc<Hands>,
    chairs: Vec<Chair>,
    /// What each account may do.
    pub roles: BTreeMap<String, Role>,
    folder: TempDir,
}

/// Where one person works: as whom, over which line, and a store that is signed in.
pub struct Chair {
    pub account: Account,
    pub line: Proxy,
    pub template: Template,
}

/// The folder of a portal that never had a story, and the editor that was added to those it seeds.
pub struct Kit {
    folder: TempDir,
    second: Account,
}

impl House {
    /// In a copy of `kit`.
    pub async fn open(kit: &Kit) -> Self {
        let folder = folder();
        copy_files(kit.folder.path(), folder.path());
        let clock = Arc::new(Hands::ticking_from_noon());
        let site = start(folder.path(), Arc::clone(&clock)).await;
        let seeded = [Role::Correspondent, Role::SubEditor, Role::Editor];
        let mut people = seeded.map(|role| khosra_testkit::account(&site, role).clone()).to_vec();
        people.push(kit.second.clone());
        let mut chairs = Vec::new();
        for account in people {
            let line = Proxy::to(&site.url()).await;
            let template = Template::signed_in(AddPortal {
                name: "পরীক্ষা".to_owned(),
                kind: PortalKind::Native,
                url: line.url(),
                user: account.user.clone(),
                password: account.password.clone(),
            });
            chairs.push(Chair { template: template.await, account, line });
        }
        let accounts = site.accounts().iter().chain([&kit.second]);
        let roles = accounts.map(|account| (account.user.clone(), account.role)).collect();
        Self { site, clock, chairs, roles, folder }
    }

    /// Where somebody sits in this run.
    pub fn chair(&self, seat: Seat, plan: &Plan) -> &Chair {
        match seat {
            Seat::Correspondent => &self.chairs[0],
            Seat::Second if plan.two_editors => &self.chairs[3],
            Seat::Second => &self.chairs[1],
            Seat::Editor => &self.chairs[2],
        }
    }

    /// The portal's own book.
    pub fn book(&self) -> PathBuf {
        self.folder.path().join("site.db")
    }

    pub async fn close(self) {
        drop(self.chairs);
        self.site.stop().await;
    }
}

/// Slow on purpose: six passwords are hashed. Copied for every portal.
pub async fn kit() -> Kit {
    let folder = folder();
    start(folder.path(), Arc::new(Hands::ticking_from_noon())).await.stop().await;
    let (user, name, role) = ("shirin", "শিরিন আখতার", Role::Editor);
    let people = Administration::open(folder.path(), None).await.expect("its accounts");
    let password = people.add(user, name, role).await.expect("an account more");
    people.close().await;
    Kit { folder, second: Account { user: user.to_owned(), password, role, name: name.to_owned() } }
}

async fn start(folder: &Path, clock: Arc<Hands>) -> Running {
    let options = Options { seed: false, one_person: false, clock, ..Options::embedded(folder.to_owned()) };
    newsite::start(options).await.expect("it starts")
}
