//! The morning sheet: who approved their own writing, broke the glass, cleared a legal flag, killed, sent something over a
//! warning. The portal tells it for the whole newsroom; else this machine tells what it knows.

use chrono::{DateTime, TimeDelta, Utc};
use portal::Sheet;
use store::{LineOfStory, StoreError};
use story::{Command, PortalId, Role, StoryId};

use crate::{
    Desk, alone, portals,
    wire::{CommandError, ErrorCode, SheetLineView, SheetQuery, SheetSource, SheetView},
};

/// What is out of the ordinary.
const TOLD: [Command; 7] = [
    Command::ApproveAlone,
    Command::ClearFlag,
    Command::ClearAlone,
    Command::AskKill,
    Command::Kill,
    Command::KillAlone,
    Command::OverrideWarning,
];

/// One day of the sheet, the last one when none is named.
///
/// # Errors
/// `RefusedRole` for whoever answers for no newsroom, and what the portal or the disk says.
pub(crate) async fn read(desk: &Desk, query: SheetQuery) -> Result<SheetView, CommandError> {
    let Some(id) = desk.blocking(told_by).await? else {
        return desk.blocking(move |desk| own(desk, query, SheetSource::Here)).await;
    };
    let span = named(query);
    let asked = match portals::connected(desk, id).await {
        Ok(portal) => portal.sheet(span).await.map_err(Into::into),
        Err(error) => Err(error),
    };
    match asked {
        Ok(sheet) => desk.blocking(move |desk| theirs(desk, sheet)).await,
        Err(error) if error.code == ErrorCode::PortalFailed => {
            tracing::debug!(%error, "the portal did not tell its morning sheet");
            desk.blocking(move |desk| own(desk, query, SheetSource::Offline)).await
        }
        Err(error) => Err(error),
    }
}

/// The day that was asked for; `None`: the last one, by the clock of whoever tells it.
fn named(query: SheetQuery) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let since = query.since?;
    Some((since, query.until.unwrap_or(since + TimeDelta::days(1))))
}

/// The portal that tells it; where there is none, anybody may read what is on their own machine.
fn told_by(desk: &Desk) -> Result<Option<PortalId>, CommandError> {
    let Some(portal) = desk.store().current_portal()? else { return Ok(None) };
    let facts = portals::facts(&portal);
    if !matches!(facts.role(), Role::Editor | Role::Admin) {
        return Err(CommandError::new(ErrorCode::RefusedRole));
    }
    Ok(facts.tells_sheet().then_some(portal.id))
}

/// The portal's lines, and our own turns of one-person mode, which no portal hears of.
fn theirs(desk: &Desk, sheet: Sheet) -> Result<SheetView, CommandError> {
    let lines = sheet.items.into_iter().map(|line| {
        Ok(SheetLineView {
            command: Some(line.kind),
            here: is_here(desk, line.story)?,
            story: Some(line.story),
            headline: line.headline,
            by: line.by,
            at: line.at,
            note: line.note,
        })
    });
    let lines = lines.collect::<Result<Vec<_>, CommandError>>()?;
    view(desk, (sheet.since, sheet.until), lines, SheetSource::Portal)
}

fn is_here(desk: &Desk, story: StoryId) -> Result<bool, CommandError> {
    match desk.store().row(story) {
        Ok(_) => Ok(true),
        Err(StoreError::NotFound(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn own(desk: &Desk, query: SheetQuery, source: SheetSource) -> Result<SheetView, CommandError> {
    // What happens at this very moment is part of it.
    let now = desk.host().now() + TimeDelta::milliseconds(1);
    let (since, until) = named(query).unwrap_or((now - TimeDelta::days(1), now));
    let lines = desk.store().events_between((since, until), &TOLD)?;
    let lines = lines.into_iter().map(|LineOfStory { event, headline }| SheetLineView {
        command: Some(event.command),
        story: Some(event.story),
        here: true,
        headline,
        by: event.actor,
        at: event.at,
        note: event.note,
    });
    view(desk, (since, until), lines.collect(), source)
}

fn view(
    desk: &Desk,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    mut lines: Vec<SheetLineView>,
    source: SheetSource,
) -> Result<SheetView, CommandError> {
    let turned_on = alone::turned_on(desk)?.into_iter().filter(|(at, _)| (since..until).contains(at));
    lines.extend(turned_on.map(|(at, by)| SheetLineView {
        command: None,
        story: None,
        here: false,
        headline: String::new(),
        by,
        at,
        note: String::new(),
    }));
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    Ok(SheetView { since, until, lines, source })
}
