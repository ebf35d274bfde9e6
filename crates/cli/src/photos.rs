//! Photos of a story.

use desk::{Desk, PhotoWords};
use serde_json::json;

use crate::{
    answer::{Answer, Stopped},
    arguments::PhotoVerb,
};

/// Gives a `photo` command.
pub async fn give(desk: &Desk, verb: PhotoVerb) -> Result<Answer, Stopped> {
    let PhotoVerb::Add { story, file, caption, credit, alt } = verb;
    let attached = desk.add_photo_file(story, file, PhotoWords { caption, credit, alt }).await?;
    let text = attached.photo.id.to_string();
    Ok(Answer::done(json!(attached), text))
}
