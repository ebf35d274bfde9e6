//! The queue of the portal's desk: what waits to be taken, taking it, and what the desk does with stories that are
//! here. The portal tells of changes by a cursor; the store keeps what it told, so that the queue can be read without
//! a network.

mod elsewhere;
mod following;
mod hands;
mod here;
mod offline;
mod put_off;
mod sync;
mod taking;
mod text;

use chrono::{DateTime, Utc};
use portal::Portal;
use store::{QueueHeld, QueuedHere};
use story::{DeskState, PortalId, PublicState, Role, StoryId};

use crate::{
    Desk, lacks, portals,
    portals::Facts,
    reading::Beside,
    wire::{CommandError, DeskEvent, HeldView, QueueRow, QueueView},
};

pub(crate) use following::{Following, follow};
pub(crate) use offline::{hand_over, view as tentative};
pub(crate) use put_off::put_off;
pub(crate) use taking::take;

/// What the current portal's desk has, as last heard; no rows for a role that does not work there.
pub(crate) fn list(desk: &Desk) -> Result<QueueView, CommandError> {
    let Some(portal) = desk.store().current_portal()? else { return Ok(QueueView::default()) };
    let facts = portals::facts(&portal);
    if !works_there(&facts) {
        return Ok(QueueView { has_desk: facts.has_desk(), ..QueueView::default() });
    }
    let elsewhere = elsewhere::count(desk, portal.id)?;
    let cursor = desk.store().queue_cursor(portal.id)?;
    let seen_by = SeenBy { facts: &facts, device: desk.host().device(), now: desk.host().now() };
    let rows = desk.store().queue(portal.id)?.into_iter().filter(is_open);
    let beside = Beside::of(desk)?;
    Ok(QueueView {
        has_desk: true,
        at_desk: true,
        rows: rows.map(|queued| seen_by.row(queued, &beside)).collect(),
        synced_at: cursor.map(|cursor| cursor.synced_at),
        elsewhere,
        lacks: lacks::at_the_desk(&facts),
    })
}

/// Asks the current portal first.
pub(crate) async fn refresh(desk: &Desk) -> Result<QueueView, CommandError> {
    sync::once(desk).await?;
    desk.blocking(list).await
}

/// Looks at what the portal's desk did with one story that is here; nothing where it has none.
pub(crate) async fn look_at(
    desk: &Desk,
    (story, portal): (StoryId, PortalId),
    connected: &dyn Portal,
) -> Result<(), CommandError> {
    let row = desk.blocking(move |desk| Ok(desk.store().portal(portal)?)).await?;
    if !portals::facts(&row).has_desk() {
        return Ok(());
    }
    here::follow(desk, (story, portal), connected).await.map(drop)
}

/// Correspondents file; what becomes of it there they see at their own stories.
fn works_there(facts: &Facts) -> bool {
    facts.has_desk() && matches!(facts.role(), Role::SubEditor | Role::Editor)
}

/// What was returned is its author's turn, and what readers have or are sure to get is done; unless a legal flag or a kill
/// waits for somebody.
fn is_open(story: &QueuedHere) -> bool {
    if story.queued.guards.wants_somebody() {
        return true;
    }
    match story.queued.desk {
        DeskState::Filed | DeskState::InEdit => true,
        DeskState::Approved => {
            matches!(story.queued.public, PublicState::Never | PublicState::Scheduled)
        }
        DeskState::Draft | DeskState::Returned | DeskState::Spiked => false,
    }
}

/// Whose eyes look at the queue.
struct SeenBy<'a> {
    facts: &'a Facts,
    device: String,
    now: DateTime<Utc>,
}

impl SeenBy<'_> {
    fn row(&self, story: QueuedHere, beside: &Beside) -> QueueRow {
        let ours = self.holds(&story);
        let QueuedHere { queued, here, news_there, tentative, .. } = story;
        let said = beside.notes(queued.story);
        let named = !queued.author_name.is_empty();
        // What is in our hands is so to us also where the portal does not know.
        let unheard = ours && queued.desk == DeskState::Filed;
        QueueRow {
            story: queued.story,
            headline: queued.headline,
            section: queued.section,
            author: if named { queued.author_name } else { queued.author },
            words: queued.words,
            photos: queued.photos,
            desk: if unheard { DeskState::InEdit } else { queued.desk },
            public: queued.public,
            filed_at: queued.filed_at,
            held: queued.held.filter(|held| held.until > self.now).map(held_view),
            ours,
            here: here.is_some(),
            tentative,
            notes: said.open,
            calls: said.waiting,
            unread: news_there || beside.is_unread(queued.story),
            guards: queued.guards,
        }
    }

    /// It was taken here, and nobody has taken it over since. A lease that has run out changes nothing; where there are
    /// none, others may have it too.
    fn holds(&self, story: &QueuedHere) -> bool {
        if !self.facts.has_leases() {
            return matches!(story.here, Some(DeskState::InEdit | DeskState::Approved));
        }
        let Some(me) = &self.facts.me else { return false };
        let in_edit = story.here == Some(DeskState::InEdit) && story.queued.desk == DeskState::InEdit;
        let by_us = story.queued.desk_by.as_ref() == Some(&me.name);
        let others = |held: &QueueHeld| {
            held.until > self.now && (held.holder != me.user || held.device != self.device)
        };
        in_edit && by_us && !story.queued.held.as_ref().is_some_and(others)
    }
}

fn held_view(held: QueueHeld) -> HeldView {
    HeldView { name: held.name, device: held.device, until: held.until }
}

/// Has windows look at the queue anew, after something that it shows of stories here changed.
pub(crate) fn tell_current(desk: &Desk) -> Result<(), CommandError> {
    let Some(portal) = desk.store().current_portal()? else { return Ok(()) };
    tell_changed(desk, portal.id)
}

/// Tells those who work at the desk how many stories wait, after something of the queue changed.
fn tell_changed(desk: &Desk, portal: PortalId) -> Result<(), CommandError> {
    if !works_there(&portals::facts(&desk.store().portal(portal)?)) {
        return Ok(());
    }
    let _alone = desk.telling();
    let waiting = desk.store().waiting_at_desk(portal)?;
    desk.tell(DeskEvent::QueueChanged { waiting });
    Ok(())
}
