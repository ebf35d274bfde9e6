//! The portal's desk: what waits there, and taking it.

use desk::{
    Desk,
    commands::call,
    wire::{CommandError, Nothing, PortalLack, QueueRow, TakeStory},
};
use serde_json::json;

use crate::{
    answer::{Answer, REFUSED, Stopped},
    arguments::Take,
    sentences::{self, Sentence},
};

/// Asks the portal what waits at its desk.
pub async fn list(desk: &Desk) -> Result<Answer, Stopped> {
    let view = call::refresh_queue(desk, Nothing {}).await?;
    if !view.at_desk {
        return Err(Stopped::Here(Sentence::no_queue(), REFUSED));
    }
    let text: Vec<_> = view.rows.iter().map(line).collect();
    let mut remarks = Vec::new();
    if view.elsewhere > 0 {
        remarks.push(Sentence::waiting_elsewhere(view.elsewhere));
    }
    if view.lacks.contains(&PortalLack::Leases) {
        remarks.push(Sentence::no_leases());
    }
    Ok(Answer { remarks, ..Answer::done(json!(view), text.join("\n")) })
}

fn line(row: &QueueRow) -> String {
    let held = match (&row.held, row.ours || row.tentative) {
        (_, true) => "  *".to_owned(),
        (Some(held), false) => format!("  {} ({})", held.name, held.device),
        (None, false) => String::new(),
    };
    let state = sentences::name(&row.desk);
    let line = format!("{}  {state}  {}  {}  {}{held}", row.story, row.section, row.author, row.headline);
    sentences::one_line(&line)
}

/// Takes a story into our hands and onto this machine.
pub async fn take(desk: &Desk, take: Take) -> Result<Answer, Stopped> {
    let order = TakeStory { story: take.id, takeover: take.take_over };
    let taken = call::take_story(desk, order).await?;
    let value = json!(taken);
    match (taken.story, taken.held) {
        (Some(view), _) => {
            let remarks = view.tentative.iter().map(|_| Sentence::tentative()).collect();
            Ok(Answer { remarks, ..Answer::done(value, view.story.to_string()) })
        }
        (None, Some(held)) => {
            let remarks = vec![Sentence::held(&held)];
            Ok(Answer { remarks, exit: REFUSED, ..Answer::done(value, "") })
        }
        (None, None) => Err(CommandError::internal("nothing came of it").into()),
    }
}
