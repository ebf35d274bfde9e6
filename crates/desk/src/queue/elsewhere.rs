//! What waits at a portal's desk and was written there, so that it cannot be taken here: only how many there are.

use std::collections::BTreeMap;

use story::PortalId;

use crate::{Desk, wire::CommandError};

const SETTING: &str = "waiting_elsewhere";

/// As last heard; kept, so that it is known without a network.
pub(super) fn count(desk: &Desk, portal: PortalId) -> Result<u32, CommandError> {
    Ok(counts(desk)?.get(&portal).copied().unwrap_or(0))
}

/// Says whether that is news.
pub(super) fn note(desk: &Desk, portal: PortalId, count: u32) -> Result<bool, CommandError> {
    let mut counts = counts(desk)?;
    if counts.get(&portal).copied().unwrap_or(0) == count {
        return Ok(false);
    }
    counts.insert(portal, count);
    counts.retain(|_, count| *count > 0);
    let value = serde_json::to_value(counts).map_err(CommandError::internal)?;
    desk.store().set_setting(SETTING, value)?;
    Ok(true)
}

fn counts(desk: &Desk) -> Result<BTreeMap<PortalId, u32>, CommandError> {
    let kept = desk.store().setting(SETTING)?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}
