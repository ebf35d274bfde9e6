//! Approval, and whether one person may approve alone.

use desk::{
    Desk,
    commands::call,
    wire::{ApproveStory, Nothing, OfStory, OnePersonMode, OnePersonView},
};
use serde_json::json;

use crate::{
    answer::{Answer, Stopped},
    arguments::{Approve, OnOff},
    outbox,
    sentences::Sentence,
};

/// Approves what is saved, and waits for the portal's word where there is something to tell it.
pub async fn approve(desk: &Desk, approve: Approve) -> Result<Answer, Stopped> {
    let story = approve.id;
    let counter = call::open_story(desk, OfStory { story }).await?.counter;
    let view = call::approve(desk, ApproveStory { story, counter }).await?;
    let is_open = view.axes.delivery.is_some_and(|state| !state.is_settled());
    if is_open {
        return outbox::settled(desk, story, approve.wait).await;
    }
    Ok(Answer::done(json!(view.axes), ""))
}

/// Turns one-person mode on or off, or says how it stands.
pub async fn one_person(desk: &Desk, turn: Option<OnOff>) -> Result<Answer, Stopped> {
    let view = match turn {
        Some(turn) => call::set_one_person(desk, OnePersonMode { on: matches!(turn, OnOff::On) }).await?,
        None => call::start(desk, Nothing {}).await?.one_person,
    };
    Ok(Answer { remarks: vec![remark(&view)], ..Answer::done(json!(view), "") })
}

fn remark(view: &OnePersonView) -> Sentence {
    match view.until {
        _ if view.newsroom => Sentence::newsroom_of_one(),
        Some(until) => Sentence::one_person_until(&until.to_rfc3339()),
        None => Sentence::second_person(),
    }
}
