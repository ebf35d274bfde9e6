//! Scheduled stories after their time. The portal's clock publishes them; some portals miss it, and then a person
//! hears of it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use portal::{Portal, Remote, RemoteState};
use store::{Intent, PublicWord};
use story::{IntentKind, PublicState, StoryId};
use tokio::time::Instant;

use super::{attempt::public_state, theirs::foreign};
use crate::{
    Desk, portals,
    wire::{CommandError, DeskEvent},
};

/// When to look after the time, for the first time.
const SOON: TimeDelta = TimeDelta::seconds(5);
/// After this much, a portal that still says "scheduled" has missed it.
const GRACE: TimeDelta = TimeDelta::seconds(60);
/// Between two looks, at least.
const APART: Duration = Duration::from_secs(4);
/// How long one look may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long until there is something to look at; `None` when nothing is scheduled within a minute or so.
pub(super) fn pause(desk: &Desk, now: DateTime<Utc>) -> Result<Option<Duration>, CommandError> {
    let soon = desk.store().due_to_go_live(now + GRACE)?;
    let looks = soon.iter().flat_map(|(_, live_at)| [*live_at + SOON, *live_at + GRACE]);
    Ok(looks.filter_map(|look| (look - now).to_std().ok()).filter(|wait| !wait.is_zero()).min())
}

/// When the worker last looked. It goes its rounds at every move of the outbox, and nobody needs to ask the portal
/// as often.
#[derive(Default)]
pub(super) struct Watch {
    looked: Option<Instant>,
}

impl Watch {
    /// Looks at every scheduled story whose time has come, unless it did so a moment ago: then it says how long to
    /// wait for that.
    pub(super) async fn look(&mut self, desk: &Desk) -> Result<Option<Duration>, CommandError> {
        let due = desk.blocking(due).await?;
        if due.is_empty() {
            return Ok(None);
        }
        let wait = self.looked.and_then(|looked| APART.checked_sub(looked.elapsed()));
        if wait.is_none() {
            self.looked = Some(Instant::now());
            look_at(desk, due).await?;
        }
        Ok(wait)
    }
}

/// The intents whose stories should be with the readers by now.
fn due(desk: &Desk) -> Result<Vec<Intent>, CommandError> {
    let stories = desk.store().due_to_go_live(desk.host().now() - SOON)?;
    let intents = stories.into_iter().map(|(story, _)| scheduled_by(desk, story));
    Ok(intents.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

async fn look_at(desk: &Desk, due: Vec<Intent>) -> Result<(), CommandError> {
    for intent in due {
        let Ok(portal) = portals::connected(desk, intent.portal).await else { continue };
        let asked = tokio::time::timeout(PATIENCE, ask(portal.as_ref(), intent.story)).await;
        // Without an answer it is asked again with the next round.
        if let Ok(Some((clock, remote))) = asked {
            desk.blocking(move |desk| note(desk, &intent, clock, remote)).await?;
        }
    }
    Ok(())
}

/// The intent that had the story scheduled.
fn scheduled_by(desk: &Desk, story: StoryId) -> Result<Option<Intent>, CommandError> {
    let all = desk.store().intents_of(story)?;
    let is_schedule = |intent: &Intent| matches!(intent.kind, IntentKind::Schedule { .. });
    Ok(all.into_iter().find(|intent| is_schedule(intent) && intent.confirmed_at.is_some()))
}

/// The portal's clock, where it tells, and what it has; `None` when it cannot be asked.
async fn ask(portal: &dyn Portal, story: StoryId) -> Option<(Option<DateTime<Utc>>, Option<Remote>)> {
    let about = portal.about().await.ok()?;
    Some((about.now, portal.look_up(story).await.ok()?))
}

/// Writes down what readers have, or raises the alarm: by the portal's clock, for ours may be wrong.
fn note(
    desk: &Desk,
    intent: &Intent,
    clock: Option<DateTime<Utc>>,
    remote: Option<Remote>,
) -> Result<(), CommandError> {
    desk.note_clock(clock);
    let now = desk.host().now();
    let set_for = remote.as_ref().and_then(|remote| remote.scheduled_for);
    let word = |state| PublicWord { state, version: None, url: None, live_at: None };
    let public = match remote.as_ref().map(|remote| remote.state) {
        Some(RemoteState::Scheduled) => {
            let IntentKind::Schedule { at } = intent.kind else { return Ok(()) };
            let live_at = set_for.unwrap_or(at);
            if clock.unwrap_or(now) >= live_at + GRACE {
                missed(desk, intent);
                return Ok(());
            }
            PublicWord { live_at: Some(live_at), ..word(PublicState::Scheduled) }
        }
        Some(RemoteState::Live) => live(intent, remote.as_ref()),
        Some(state) => word(public_state(state)),
        None => word(PublicState::Never),
    };
    let row = desk.store().row(intent.story)?;
    if (row.axes.public, row.live_at) == (public.state, public.live_at) {
        return Ok(());
    }
    bring_home(desk, intent, remote)?;
    desk.note_schedule_missed(intent.story, false);
    desk.store().note_public(intent.story, public, now)?;
    let axes = desk.store().row(intent.story)?.axes;
    let public = axes.public;
    desk.tell(DeskEvent::StoryMoved { story: intent.story, public, axes });
    if public == PublicState::Live {
        desk.tell(DeskEvent::WentLive { story: intent.story, headline: row.headline });
    }
    desk.tell(DeskEvent::ListsChanged);
    Ok(())
}

/// What somebody wrote there while it waited for its time is a version of the story too.
fn bring_home(desk: &Desk, intent: &Intent, remote: Option<Remote>) -> Result<(), CommandError> {
    let theirs = remote.map(|remote| foreign(desk, intent.story, intent.portal, remote)).transpose()?;
    if let Some(theirs) = theirs.flatten() {
        desk.store().keep_theirs(intent.story, theirs)?;
    }
    Ok(())
}

/// Another version than ours may have gone live; then none of ours is with the readers.
fn live(intent: &Intent, remote: Option<&Remote>) -> PublicWord {
    let url = remote.and_then(|remote| remote.public_url.clone());
    let hash = remote.and_then(|remote| remote.live_hash.as_ref());
    let version = if hash == Some(&intent.payload_hash) { intent.version.clone() } else { None };
    PublicWord { state: PublicState::Live, version, url, live_at: None }
}

fn missed(desk: &Desk, intent: &Intent) {
    if desk.note_schedule_missed(intent.story, true) {
        tracing::warn!(story = %intent.story, "the portal let the time of a scheduled story pass");
        let headline = intent.headline.clone();
        desk.tell(DeskEvent::ScheduleMissed { story: intent.story, headline });
    }
}
