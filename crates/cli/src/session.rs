//! From the start of the program to its end: the machine, the desk over it, and the log.

use std::{path::Path, sync::Arc};

use desk::{Desk, wire::StoreCondition};
use host::{Folders, Machine, Window};
use tokio::runtime::Runtime;
use tracing_subscriber::{filter::Targets, prelude::*};

use crate::{
    answer::{Answer, REFUSED, Stopped},
    sentences::Sentence,
};

/// An open desk.
pub struct Session {
    /// The desk.
    pub desk: Desk,
    machine: Arc<Machine>,
}

impl Session {
    /// Opens the store in `store`, else where this machine keeps it.
    pub async fn open(store: Option<&Path>) -> Result<Self, Stopped> {
        let folders = match store {
            Some(store) => Folders::at(store),
            None => Folders::of_this_machine().map_err(|_| Stopped::Here(Sentence::no_folder(), REFUSED))?,
        };
        let folder = folders.store.clone();
        let machine = Arc::new(Machine::new(folders, Window::none()));
        let under = machine.clone();
        let opened = tokio::task::spawn_blocking(move || Desk::open(&folder, under)).await;
        let opened = opened.map_err(|error| Stopped::Desk(desk::wire::CommandError::internal(error)))?;
        let desk = opened.map_err(|error| Stopped::Desk(error.into()))?;
        Ok(Self { desk, machine })
    }

    /// Adds what a person should know about this machine, once for each run.
    pub fn with_warnings(&self, answer: Result<Answer, Stopped>) -> Result<Answer, Stopped> {
        let mut answer = answer?;
        match self.desk.condition() {
            StoreCondition::Fine => {}
            StoreCondition::ReadOnly => answer.remarks.push(Sentence::read_only()),
            StoreCondition::MovedAside { moved_to, .. } => {
                answer.remarks.push(Sentence::moved_aside(&moved_to))
            }
        }
        if self.machine.keeps_secrets_in_file() {
            answer.remarks.push(Sentence::secrets_in_file());
        }
        Ok(answer)
    }

    /// Stops what runs beside the command.
    pub async fn close(self) {
        self.machine.stop().await;
    }
}

/// The runtime that everything runs on.
pub fn runtime() -> Result<Runtime, Stopped> {
    Runtime::new().map_err(|error| Stopped::Desk(desk::wire::CommandError::internal(error)))
}

/// `KHOSRA_LOG=info` (or `warn`, `debug` …) logs to standard error. Our own crates only: what libraries log is
/// not checked for secrets by anybody.
pub fn log() {
    let level = std::env::var("KHOSRA_LOG").ok().and_then(|level| level.parse().ok());
    let Some(level) = level else { return };
    let ours = Targets::new().with_target("khosra", tracing::metadata::LevelFilter::from_level(level));
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    tracing_subscriber::registry().with(layer.with_filter(ours)).init();
}
