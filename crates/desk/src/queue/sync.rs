//! One round with the portal's desk: its changes into the store, page by page, and what they mean for stories that
//! are here.

use chrono::{DateTime, Utc};
use portal::{DeskItem, DeskPage, Portal};
use store::{QueueHeld, QueuePage, Queued, StoreError};
use story::{PortalId, StoryId};

use super::{elsewhere, here, offline, put_off, tell_changed};
use crate::{
    Desk, guarding,
    outbox::attempt::public_state,
    portals, review,
    wire::{CommandError, ErrorCode},
};

/// Pages of one round; what is left comes with the next one.
const MOST_PAGES: u32 = 500;

/// Asks the current portal what changed at its desk; where it has none, nothing is asked.
///
/// # Errors
/// What the portal or the disk says. What was written down before stays.
pub(super) async fn once(desk: &Desk) -> Result<(), CommandError> {
    let Some(id) = desk.blocking(with_desk).await? else { return Ok(()) };
    let _alone = desk.queue().alone().await;
    let portal = portals::connected(desk, id).await?;
    guarding::send(desk, id, portal.as_ref()).await?;
    review::send(desk, id, portal.as_ref()).await?;
    let Told { changed, anew, ended } = pages(desk, id, portal.as_ref()).await;
    if changed {
        desk.blocking(move |desk| tell_changed(desk, id)).await?;
    }
    ended?;
    offline::confirm(desk, id).await?;
    here::catch_up(desk, id, portal.as_ref()).await?;
    put_off::look_again(desk, id, portal.as_ref()).await?;
    if !desk.queue().may_have_strayed() && !anew {
        return Ok(());
    }
    let looked = here::look_for_strayed(desk, id, portal.as_ref()).await;
    if looked.is_err() {
        desk.queue().look_for_strayed_later();
    }
    looked
}

/// What a round of pages came to.
struct Told {
    /// Anything of the queue is otherwise than before.
    changed: bool,
    /// It was told from the beginning: nothing was said of what left the queue before.
    anew: bool,
    ended: Result<(), CommandError>,
}

/// Page after page, however it ends.
async fn pages(desk: &Desk, id: PortalId, portal: &dyn Portal) -> Told {
    let mut told = Told { changed: false, anew: false, ended: Ok(()) };
    for _ in 0..MOST_PAGES {
        match next_page(desk, id, portal).await {
            Ok(page) => {
                told.changed |= page.changed;
                told.anew |= page.anew;
                if !page.more {
                    break;
                }
            }
            Err(error) => return Told { ended: Err(error), ..told },
        }
    }
    told
}

/// The current portal, if it has a desk.
fn with_desk(desk: &Desk) -> Result<Option<PortalId>, CommandError> {
    let portal = desk.store().current_portal()?;
    Ok(portal.filter(|portal| portals::facts(portal).has_desk()).map(|portal| portal.id))
}

/// What one page came to.
struct Page {
    changed: bool,
    anew: bool,
    more: bool,
}

/// Takes one page in.
async fn next_page(desk: &Desk, id: PortalId, portal: &dyn Portal) -> Result<Page, CommandError> {
    let cursor = desk.blocking(move |desk| Ok(desk.store().queue_cursor(id)?)).await?;
    let page = portal.desk_changes(cursor.as_ref().map(|cursor| cursor.cursor.as_str())).await;
    desk.set_reachable(!page.as_ref().is_err_and(|failure| portals::is_network(failure.cause)));
    let page = page?;
    let (anew, more) = (page.anew || cursor.is_none(), page.more);
    // What leaves the queue is told of only once: what that means for a story that is here is written down first.
    for story in gone_from(&page) {
        here::follow(desk, (story, id), portal).await?;
    }
    for (story, noted_at) in noted(&page) {
        review::fetch_if_newer(desk, (story, id), (portal, noted_at)).await?;
    }
    let changed = desk.blocking(move |desk| keep(desk, id, page)).await?;
    Ok(Page { changed, anew, more })
}

fn gone_from(page: &DeskPage) -> Vec<StoryId> {
    page.items.iter().filter(|item| !item.matches).map(|item| item.id).collect()
}

fn noted(page: &DeskPage) -> Vec<(StoryId, DateTime<Utc>)> {
    page.items.iter().filter_map(|item| Some((item.id, item.noted_at?))).collect()
}

fn keep(desk: &Desk, portal: PortalId, page: DeskPage) -> Result<bool, CommandError> {
    let gone = gone_from(&page);
    let open = page.items.into_iter().filter(|item| item.matches).map(queued).collect();
    let (anew, cursor, at) = (page.anew, page.next, desk.host().now());
    match desk.store().put_queue(QueuePage { portal, anew, open, gone, cursor, at }) {
        Ok(changed) => Ok(elsewhere::note(desk, portal, page.elsewhere)? || changed),
        Err(StoreError::NotFound(_)) => Err(CommandError::new(ErrorCode::NoPortal)),
        Err(error) => Err(error.into()),
    }
}

fn queued(item: DeskItem) -> Queued {
    Queued {
        story: item.id,
        headline: item.headline,
        section: item.section,
        author: item.author,
        author_name: item.author_name,
        words: item.words,
        photos: item.photos,
        desk: item.desk,
        public: public_state(item.state),
        hash: item.hash,
        etag: item.etag,
        filed_at: item.filed_at,
        desk_at: item.desk_at,
        desk_by: item.desk_by,
        desk_note: item.desk_note,
        held: item.lease.map(held),
        guards: item.guards,
    }
}

/// As the store keeps it.
pub(super) fn held(holder: portal::Holder) -> QueueHeld {
    let portal::Holder { holder, name, device, expires_at } = holder;
    QueueHeld { holder, name, device, until: expires_at }
}
