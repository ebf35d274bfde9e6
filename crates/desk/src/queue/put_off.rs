//! Stories that a portal spoke of while something of them was on its way, or while they moved here: they are looked at when
//! that is settled. Kept on the disk, for the portal may not speak of them again.

use std::collections::{BTreeMap, BTreeSet};

use portal::Portal;
use story::{PortalId, StoryId};

use super::here;
use crate::{Desk, wire::CommandError};

const SETTING: &str = "to_look_at_again";

type Kept = BTreeMap<PortalId, BTreeSet<StoryId>>;

/// The next round looks at the story.
///
/// # Errors
/// What the disk says.
pub(crate) fn put_off(desk: &Desk, (story, portal): (StoryId, PortalId)) -> Result<(), CommandError> {
    change(desk, |kept| kept.entry(portal).or_default().insert(story))
}

/// Looks at whatever was put off; what is still on its way stays so.
///
/// # Errors
/// What the portal or the disk says. What was not looked at stays put off.
pub(super) async fn look_again(desk: &Desk, id: PortalId, portal: &dyn Portal) -> Result<(), CommandError> {
    let kept = desk.blocking(move |desk| Ok(read(desk)?.remove(&id).unwrap_or_default())).await?;
    for story in kept {
        if here::follow(desk, (story, id), portal).await? {
            let looked_at = move |desk: &Desk| {
                change(desk, |kept| kept.get_mut(&id).is_some_and(|stories| stories.remove(&story)))
            };
            desk.blocking(looked_at).await?;
        }
    }
    Ok(())
}

fn change(desk: &Desk, change: impl FnOnce(&mut Kept) -> bool) -> Result<(), CommandError> {
    let mut kept = read(desk)?;
    if !change(&mut kept) {
        return Ok(());
    }
    kept.retain(|_, stories| !stories.is_empty());
    let value = serde_json::to_value(kept).map_err(CommandError::internal)?;
    Ok(desk.store().set_setting(SETTING, value)?)
}

fn read(desk: &Desk) -> Result<Kept, CommandError> {
    let kept = desk.store().setting(SETTING)?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}
