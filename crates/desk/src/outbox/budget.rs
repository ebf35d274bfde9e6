//! The data budget: what may be sent in one day while the machine is on mobile data. Only photos and originals wait for it. Text
//! always goes, and so do the photos of a correction: readers should not have to wait for what is right.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use store::{DayBytes, Intent};
use story::{Cause, IntentKind, Originals};

use super::{originals, worker::tell_moved};
use crate::{
    Desk,
    dhaka::{day, midnight},
    wire::{BudgetView, CommandError, DataBudget, ErrorCode, OutboxView},
};

const SETTING: &str = "data_budget";
const MB: u64 = 1_000_000;
/// Largest limit, in megabytes.
const MOST: u32 = 100_000;

/// As it is kept.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    mobile: bool,
    daily_mb: Option<u32>,
    originals: Originals,
}

fn kept(desk: &Desk) -> Result<Kept, CommandError> {
    let kept = desk.store().setting(SETTING)?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

/// Keeps the budget; what waited for the old one is judged anew.
pub(crate) fn set(desk: &Desk, budget: DataBudget) -> Result<OutboxView, CommandError> {
    let DataBudget { mobile, daily_mb, originals } = budget;
    if daily_mb.is_some_and(|limit| limit > MOST) {
        return Err(CommandError::new(ErrorCode::BadArguments).detailed("more than 100,000 MB a day"));
    }
    let value = serde_json::to_value(Kept { mobile, daily_mb, originals }).map_err(CommandError::internal)?;
    desk.store().set_setting(SETTING, value)?;
    let held = held(desk, originals::held_causes())?;
    desk.store().release_held(originals::held_causes(), false)?;
    goes_on(desk, &held);
    super::list(desk)
}

/// Lets everything go that waits for the next day.
pub(crate) fn lift(desk: &Desk) -> Result<OutboxView, CommandError> {
    let causes = [Cause::BudgetSpent];
    let held = held(desk, &causes)?;
    desk.store().release_held(&causes, true)?;
    goes_on(desk, &held);
    super::list(desk)
}

fn goes_on(desk: &Desk, held: &[Intent]) {
    desk.wake();
    for intent in held {
        tell_moved(desk, intent.id);
    }
}

/// What waits for one of these causes.
fn held(desk: &Desk, causes: &[Cause]) -> Result<Vec<Intent>, CommandError> {
    let open = desk.store().open_intents()?;
    Ok(open.into_iter().filter(|intent| intent.cause.is_some_and(|cause| causes.contains(&cause))).collect())
}

/// On which lines a person wants originals sent.
pub(super) fn originals(desk: &Desk) -> Result<Originals, CommandError> {
    Ok(kept(desk)?.originals)
}

/// Whether a person says that every byte of the line is paid for.
pub(crate) fn is_mobile(desk: &Desk) -> Result<bool, CommandError> {
    Ok(kept(desk)?.mobile)
}

pub(super) fn view(desk: &Desk, open: &[Intent]) -> Result<BudgetView, CommandError> {
    let now = desk.host().now();
    let Kept { mobile, daily_mb, originals } = kept(desk)?;
    let waiting = open.iter().filter(|intent| intent.cause == Some(Cause::BudgetSpent)).count();
    Ok(BudgetView {
        mobile,
        daily_mb,
        originals,
        sent_today: desk.store().bytes_sent_on(day(now))?,
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        until: midnight(now),
    })
}

/// Has a photo wait that the day's budget has no room for. What has begun is finished: the limit may be passed by as
/// much as was under way. Gives whether it waits.
pub(super) fn holds(desk: &Desk, photo: &Intent) -> Result<bool, CommandError> {
    let Kept { mobile: true, daily_mb: Some(limit), .. } = kept(desk)? else { return Ok(false) };
    let now = desk.host().now();
    let spent = desk.store().bytes_sent_on(day(now))?;
    if spent < u64::from(limit) * MB || photo.beyond_budget || is_for_correction(desk, photo)? {
        return Ok(false);
    }
    // Whoever set a window is asked when it closes, and not at midnight.
    let asks = photo.send_until.map(|until| until + TimeDelta::seconds(1));
    let until = asks.map_or(midnight(now), |asks| asks.min(midnight(now)));
    let waits = desk.store().hold(photo.id, until, Cause::BudgetSpent)?;
    tell_moved(desk, photo.id);
    Ok(waits)
}

fn is_for_correction(desk: &Desk, photo: &Intent) -> Result<bool, CommandError> {
    let all = desk.store().intents_of(photo.story)?;
    Ok(all.iter().any(|other| other.kind == IntentKind::Correct && other.parents.contains(&photo.id)))
}

/// Counts what was sent now.
pub(super) fn counted(desk: &Desk, bytes: u64) -> DayBytes {
    DayBytes { day: day(desk.host().now()), bytes }
}
