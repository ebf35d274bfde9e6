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
use newsite::{Options, Running};
use story::Role;
use tempfile::TempDir;

use crate::plan::Seat;

pub const PATIENCE: Timeouts = Timeouts {
    connect: Duration::from_millis(1_000),
    idle: Duration::from_millis(2_000),
    total: Duration::from_millis(4_000),
};

/// What runs are made in.
pub struct House {
    pub site: Running,
    pub clock: Arc<Hands>,
    pub lines: Vec<Proxy>,
    pub templates: Vec<Template>,
    /// What each account may do.
    pub roles: BTreeMap<String, Role>,
    folder: TempDir,
}

impl House {
    /// In a copy of `kit`, the folder of a portal that never had a story.
    pub async fn open(kit: &TempDir) -> Self {
        let folder = folder();
        copy_files(kit.path(), folder.path());
        let clock = Arc::new(Hands::ticking_from_noon());
        let site = start(folder.path(), Arc::clone(&clock)).await;
        let (mut lines, mut templates) = (Vec::new(), Vec::new());
        for seat in Seat::ALL {
            let line = Proxy::to(&site.url()).await;
            let account = khosra_testkit::account(&site, seat.role());
            let template = Template::signed_in(AddPortal {
                name: "পরীক্ষা".to_owned(),
                kind: PortalKind::Native,
                url: line.url(),
                user: account.user.clone(),
                password: account.password.clone(),
            });
            templates.push(template.await);
            lines.push(line);
        }
        let roles = site.accounts().iter().map(|account| (account.user.clone(), account.role)).collect();
        Self { site, clock, lines, templates, roles, folder }
    }

    /// The portal's own book.
    pub fn book(&self) -> PathBuf {
        self.folder.path().join("site.db")
    }

    pub async fn close(self) {
        drop(self.lines);
        self.site.stop().await;
    }
}

/// Slow on purpose: five passwords are hashed. Copied for every portal.
pub async fn kit() -> TempDir {
    let folder = folder();
    start(folder.path(), Arc::new(Hands::ticking_from_noon())).await.stop().await;
    folder
}

async fn start(folder: &Path, clock: Arc<Hands>) -> Running {
    let options = Options { seed: false, one_person: false, clock, ..Options::embedded(folder.to_owned()) };
    newsite::start(options).await.expect("it starts")
}
