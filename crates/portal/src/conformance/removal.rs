//! The end of every run: the test story is taken away as far as the portal lets us, or named.

use std::time::Duration;

use story::{Cause, Sha256Hex};

use super::{
    report::{Failing, LeftOver, Shortfall},
    trial::{Order, Trial},
};
use crate::{
    failure::Failure,
    portal::{Act, Remote, RemoteState},
};

/// A line that was cut may be back a moment later.
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);

/// What the removal knows of the story when it fails.
struct Stuck {
    state: Option<RemoteState>,
    url: Option<String>,
    why: Failure,
}

impl Trial<'_> {
    /// Takes the test story from the readers for ever, and from the desk where that is the same. `None`: it is gone.
    pub(super) async fn remove(&self) -> Option<LeftOver> {
        if !self.begun {
            return None;
        }
        let mut attempt = 1;
        loop {
            let Err(stuck) = self.take_away().await else { return None };
            if attempt == ATTEMPTS || stuck.why.cause == Cause::Forbidden {
                return Some(self.left_over(stuck));
            }
            attempt += 1;
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn take_away(&self) -> Result<(), Stuck> {
        let unknown = |why| Stuck { state: None, url: None, why };
        let Some(remote) = self.portal.look_up(self.story).await.map_err(unknown)? else { return Ok(()) };
        let known = |why| Stuck { state: Some(remote.state), url: remote.public_url.clone(), why };
        if remote.state != RemoteState::Killed {
            self.kill(&remote).await.map_err(known)?;
            self.is_away().await.map_err(known)?;
        }
        self.page_is_gone().await.map_err(|shortfall| known(failure(shortfall)))
    }

    async fn is_away(&self) -> Result<(), Failure> {
        match self.portal.look_up(self.story).await? {
            None => Ok(()),
            Some(after) if after.state == RemoteState::Killed => Ok(()),
            Some(after) => {
                let detail = format!("killed, the story stands at {:?}", after.state);
                Err(Failure::open(Cause::ReadBackDiffers, detail))
            }
        }
    }

    /// What readers never had cannot be killed at some portals, but what they were to get can.
    async fn kill(&self, remote: &Remote) -> Result<(), Failure> {
        let killed = self.kill_any(remote).await;
        let never = remote.state == RemoteState::NotPublic;
        match killed {
            Err(failure) if failure.cause == Cause::Conflict && never && self.may_schedule() => {
                let order = Order::now(self.new_key(), Act::Schedule, remote.hash.clone());
                self.give(&Order { at: self.far_ahead(), ..order }).await?;
                self.order(Act::Kill, &remote.hash).await.map(drop)
            }
            killed => killed,
        }
    }

    /// By the digest of whichever version readers have, had, or were to get.
    async fn kill_any(&self, remote: &Remote) -> Result<(), Failure> {
        let mut answer = Ok(());
        for hash in self.versions(remote) {
            answer = self.order(Act::Kill, &hash).await.map(drop);
            let other = |failure: &Failure| matches!(failure.cause, Cause::Conflict | Cause::ChangedOnPortal);
            if !answer.as_ref().is_err_and(other) {
                break;
            }
        }
        answer
    }

    fn versions(&self, remote: &Remote) -> Vec<Sha256Hex> {
        let sent = self.sent_out.iter().rev();
        let mut all: Vec<_> = remote.live_hash.iter().chain(sent).chain([&remote.hash]).cloned().collect();
        let mut seen = Vec::new();
        all.retain(|hash| {
            let new = !seen.contains(hash);
            seen.push(hash.clone());
            new
        });
        all
    }

    fn may_schedule(&self) -> bool {
        self.publishes_here() && self.about.as_ref().is_some_and(|about| about.capabilities.schedules)
    }

    fn left_over(&self, stuck: Stuck) -> LeftOver {
        let maybe_public = match stuck.state {
            Some(state) => matches!(state, RemoteState::Live | RemoteState::Scheduled),
            None => self.scheduled || !self.sent_out.is_empty(),
        };
        let url = self.out.as_ref().and_then(|out| out.url.clone()).or(stuck.url);
        LeftOver { story: self.story, url, state: stuck.state, maybe_public, why: stuck.why }
    }
}

fn failure(shortfall: Shortfall) -> Failure {
    match shortfall {
        Shortfall::Fails(Failing { cause, detail }) => {
            Failure::open(cause.unwrap_or(Cause::ReadBackDiffers), detail)
        }
        Shortfall::Untold(_) => Failure::open(Cause::ReadBackDiffers, "not known"),
    }
}
