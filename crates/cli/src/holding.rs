//! What holds a story back from readers, kills with their second person, and the morning sheet.

use desk::{
    Desk,
    commands::call,
    wire::{
        ClearFlag, ErrorCode, FlagStory, Nothing, OfStory, SetEmbargo, SheetLineView, SheetQuery, StoryView,
        TakeDownStory,
    },
};
use serde_json::json;
use story::{Language, StoryId};

use crate::{
    answer::{Answer, BAD_INPUT, Stopped},
    arguments::{Embargo, FlagVerb, Kill, Sheet},
    outbox,
    sentences::{self, Sentence},
};

/// Takes a story from the readers for ever and waits for the portal's word, or takes that back.
pub async fn kill(desk: &Desk, kill: Kill) -> Result<Answer, Stopped> {
    let story = kill.id;
    let Some(reason) = kill.reason.filter(|_| !kill.call_off) else {
        let view = call::call_off_kill(desk, OfStory { story }).await?;
        return Ok(held(&view));
    };
    call::kill(desk, TakeDownStory { story, reason, breaks_glass: kill.break_glass }).await?;
    let settled = outbox::settled(desk, story, kill.wait).await?;
    let guards = call::open_story(desk, OfStory { story }).await?.axes.guards;
    let waits = guards.kill.as_deref().filter(|_| settled.exit == 0).map(Sentence::kill_waits);
    Ok(Answer { remarks: settled.remarks.into_iter().chain(waits).collect(), ..settled })
}

/// Puts a legal flag on, or clears it.
pub async fn flag(desk: &Desk, verb: FlagVerb) -> Result<Answer, Stopped> {
    let view = match verb {
        FlagVerb::Set { id: story, reason } => {
            call::flag_story(desk, FlagStory { story, reason }).await?;
            heard(desk, story).await?
        }
        FlagVerb::Clear { id: story, reason, break_glass } => {
            // Somebody else may have asked for it a moment ago.
            look(desk).await?;
            call::clear_flag(desk, ClearFlag { story, reason, breaks_glass: break_glass }).await?
        }
    };
    Ok(held(&view))
}

/// Puts an embargo on, or takes it off.
pub async fn embargo(desk: &Desk, embargo: Embargo) -> Result<Answer, Stopped> {
    let story = embargo.id;
    let view = match embargo.until.filter(|_| !embargo.lift) {
        Some(until) => {
            call::set_embargo(desk, SetEmbargo { story, until: until.to_utc() }).await?;
            heard(desk, story).await?
        }
        None => call::lift_embargo(desk, OfStory { story }).await?,
    };
    Ok(held(&view))
}

/// One day of the morning sheet.
pub async fn sheet(desk: &Desk, sheet: &Sheet, language: Language) -> Result<Answer, Stopped> {
    let since = sheet.since.map(|since| since.to_utc());
    let until = sheet.until.map(|until| until.to_utc());
    if since.zip(until).is_some_and(|(since, until)| until <= since) {
        return Err(Stopped::Here(Sentence::ends_before_it_begins(), BAD_INPUT));
    }
    let view = call::morning_sheet(desk, SheetQuery { since, until }).await?;
    let text: Vec<_> = view.lines.iter().map(|line| sheet_line(line, language)).collect();
    let empty = view.lines.is_empty().then(Sentence::nothing_unusual);
    let remarks = std::iter::once(Sentence::sheet_source(view.source)).chain(empty).collect();
    Ok(Answer { remarks, ..Answer::done(json!(view), text.join("\n")) })
}

fn sheet_line(line: &SheetLineView, language: Language) -> String {
    let what = Sentence::sheet_line(line.command).in_language(language);
    let note = sentences::in_spite_of(line, language);
    let note = if note.is_empty() { note } else { format!("  ({note})") };
    let said = format!("{}  {}  {what}  {}{note}", line.at.to_rfc3339(), line.by, line.headline);
    sentences::one_line(said.trim_end())
}

/// Tells the portal at once, where it can be reached, and what holds the story back then.
async fn heard(desk: &Desk, story: StoryId) -> Result<StoryView, Stopped> {
    look(desk).await?;
    Ok(call::open_story(desk, OfStory { story }).await?)
}

/// A round with the portal's desk; without a network it is made later.
async fn look(desk: &Desk) -> Result<(), Stopped> {
    match call::refresh_queue(desk, Nothing {}).await {
        Err(error) if error.code != ErrorCode::PortalFailed => Err(error.into()),
        _ => Ok(()),
    }
}

/// What holds the story back, as sentences.
fn held(view: &StoryView) -> Answer {
    let remarks = sentences::of_guards(&view.axes.guards);
    Answer { remarks, ..Answer::done(json!(view.axes.guards), "") }
}
