//! Leases on stories that were taken here. They live as long as the program does: a portal takes one back by itself
//! after minutes, and whoever took a story goes on with it without one.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use portal::{Failure, Lease, Portal};
use store::StoreError;
use story::{DeskState, PortalId, StoryId};

use super::tell_changed;
use crate::{Desk, portals, wire::CommandError};

/// A lease is renewed after so long.
const RENEWED_AFTER: TimeDelta = TimeDelta::minutes(2);
/// Whoever has not touched a story for so long has put it down.
const IDLE_AFTER: TimeDelta = TimeDelta::minutes(10);

/// A story in our hands.
#[derive(Debug, Clone)]
struct InHand {
    portal: PortalId,
    lease: Lease,
    taken_at: DateTime<Utc>,
    renewed_at: DateTime<Utc>,
}

/// What is to be done about a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Nothing,
    Renew,
    GiveBack,
}

/// All stories in our hands.
#[derive(Default)]
pub(crate) struct Hands(Mutex<BTreeMap<StoryId, InHand>>);

impl Hands {
    /// Puts a story into our hands.
    pub(super) fn hold(&self, story: StoryId, portal: PortalId, lease: Lease, now: DateTime<Utc>) {
        let held = InHand { portal, lease, taken_at: now, renewed_at: now };
        self.all().insert(story, held);
    }

    /// Renews what is worked on and gives back what is done. What fails is tried again with the next round, or runs
    /// out by itself.
    pub(super) async fn tend(&self, desk: &Desk) {
        let held: Vec<(StoryId, InHand)> =
            self.all().iter().map(|(story, held)| (*story, held.clone())).collect();
        for (story, held) in held {
            if let Err(error) = self.tend_one(desk, story, held).await {
                tracing::debug!(%story, %error, "a lease could not be looked after");
            }
        }
    }

    async fn tend_one(&self, desk: &Desk, story: StoryId, held: InHand) -> Result<(), CommandError> {
        let asked = held.clone();
        let due = desk.blocking(move |desk| due(desk, story, &asked)).await?;
        if due == Due::Nothing {
            return Ok(());
        }
        let portal = portals::connected(desk, held.portal).await?;
        if due == Due::Renew {
            return self.renew(desk, story, held, portal.as_ref()).await;
        }
        portal.give_back(story, &held.lease).await?;
        self.all().remove(&story);
        desk.queue().look();
        Ok(())
    }

    async fn renew(
        &self,
        desk: &Desk,
        story: StoryId,
        held: InHand,
        portal: &dyn Portal,
    ) -> Result<(), CommandError> {
        let device = desk.host().device();
        let renewed: Result<_, Failure> = portal.renew(story, &held.lease, &device).await;
        if let Some(lease) = renewed? {
            let renewed_at = desk.host().now();
            self.all().insert(story, InHand { lease, renewed_at, ..held });
            return Ok(());
        }
        // Somebody took it over. Writing goes on here; whose text it becomes is decided when one of the two is sent.
        self.all().remove(&story);
        let portal = held.portal;
        desk.blocking(move |desk| tell_changed(desk, portal)).await?;
        desk.queue().look();
        Ok(())
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<StoryId, InHand>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn due(desk: &Desk, story: StoryId, held: &InHand) -> Result<Due, CommandError> {
    let now = desk.host().now();
    let row = match desk.store().row(story) {
        Ok(row) => row,
        // Its text did not come; while it may be on its way, the story is kept.
        Err(StoreError::NotFound(_)) if now - held.taken_at < RENEWED_AFTER => return Ok(Due::Nothing),
        Err(StoreError::NotFound(_)) => return Ok(Due::GiveBack),
        Err(error) => return Err(error.into()),
    };
    if row.axes.desk != DeskState::InEdit {
        let is_open = row.axes.delivery.is_some_and(|delivery| !delivery.is_settled());
        return Ok(if is_open { Due::Nothing } else { Due::GiveBack });
    }
    let touched = row.changed_at.max(held.taken_at);
    let renew = now - held.renewed_at >= RENEWED_AFTER && now - touched < IDLE_AFTER;
    Ok(if renew { Due::Renew } else { Due::Nothing })
}
