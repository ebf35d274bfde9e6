//! Stories: bring in, take out, look at, and the page.

use std::fs;

use desk::{
    Desk, PageQuery,
    commands::call,
    wire::{ListQuery, OfRevision, OfStory, PlaceView, SearchQuery, StoryRow, StoryView},
};
use serde_json::json;
use story::{DeskList, PlaceState, StoryId};

use crate::{
    answer::{Answer, NOT_SETTLED, REFUSED, Stopped},
    arguments::{Preview, StoryVerb},
    sentences::{self, Sentence},
};

/// Gives a `story` command.
pub async fn give(desk: &Desk, verb: StoryVerb) -> Result<Answer, Stopped> {
    match verb {
        StoryVerb::Import { file, id } => {
            let imported = desk.import_file(file, id).await?;
            let value = json!({"story": imported.story, "was_there": imported.was_there});
            Ok(Answer::done(value, imported.story.to_string()))
        }
        StoryVerb::Export { id, out } => {
            let exported = desk.export_story(id, out).await?;
            let value = json!({"file": exported.file, "photos": exported.photos});
            Ok(Answer::done(value, exported.file.display().to_string()))
        }
        StoryVerb::List { list, limit } => list_stories(desk, list.map(Into::into), limit).await,
        StoryVerb::Search { text, limit } => search(desk, SearchQuery { text, limit }).await,
        StoryVerb::Show { id, version: None } => show(desk, id).await,
        StoryVerb::Show { id, version: Some(number) } => show_version(desk, id, number).await,
        StoryVerb::Look { id } => look(desk, id).await,
        StoryVerb::Places { id } => places(desk, id).await,
        StoryVerb::Log { id } => log(desk, id).await,
    }
}

async fn list_stories(desk: &Desk, only: Option<DeskList>, limit: u32) -> Result<Answer, Stopped> {
    let lists = only.map_or(DeskList::ALL.to_vec(), |list| vec![list]);
    let mut rows = Vec::new();
    let mut counts = Default::default();
    for list in lists {
        let view = call::list_stories(desk, ListQuery { list, section: None, limit, after: None }).await?;
        rows.extend(view.rows);
        counts = view.counts;
    }
    let text: Vec<_> = rows.iter().map(row_line).collect();
    Ok(Answer::done(json!({"rows": rows, "counts": counts}), text.join("\n")))
}

async fn search(desk: &Desk, query: SearchQuery) -> Result<Answer, Stopped> {
    let hits = call::search(desk, query).await?;
    let text: Vec<_> = hits.iter().map(|hit| row_line(&hit.row)).collect();
    Ok(Answer::done(json!(hits), text.join("\n")))
}

fn row_line(row: &StoryRow) -> String {
    let list = sentences::name(&DeskList::of(&row.axes));
    format!("{}  {list}  {}  {}", row.story, row.section, row.headline)
}

async fn show(desk: &Desk, story: StoryId) -> Result<Answer, Stopped> {
    let view = call::open_story(desk, OfStory { story }).await?;
    let back = view.review.iter().map(Sentence::returned);
    let remarks = back.chain(view.deliveries.iter().flat_map(sentences::of_stuck)).collect();
    Ok(Answer { remarks, ..Answer::done(json!(view), story_text(&view)) })
}

async fn show_version(desk: &Desk, story: StoryId, number: u32) -> Result<Answer, Stopped> {
    let content = call::read_revision(desk, OfRevision { story, number }).await?;
    let text = [&content.headline, &content.standfirst, &content.byline, &content.body];
    let text: Vec<_> = text.into_iter().filter(|line| !line.is_empty()).cloned().collect();
    Ok(Answer::done(json!(content), text.join("\n")))
}

async fn look(desk: &Desk, story: StoryId) -> Result<Answer, Stopped> {
    let looked = call::look_at_portal(desk, OfStory { story }).await?;
    let review = call::open_story(desk, OfStory { story }).await?.review;
    let remark = match (looked.revision, &review) {
        (Some(revision), _) => Sentence::changed_there(revision),
        (None, Some(review)) => Sentence::returned(review),
        (None, None) => Sentence::nothing_changed(),
    };
    Ok(Answer { remarks: vec![remark], ..Answer::done(json!(looked), "") })
}

async fn places(desk: &Desk, story: StoryId) -> Result<Answer, Stopped> {
    let view = call::story_places(desk, OfStory { story }).await?;
    let line = |place: &PlaceView| {
        format!("{}  {}  {}", sentences::name(&place.kind), sentences::name(&place.state), place.url)
    };
    let text: Vec<_> = view.places.iter().map(line).collect();
    let is_old = view.places.iter().any(|place| place.state == PlaceState::Old);
    let exit = if is_old { NOT_SETTLED } else { 0 };
    let remarks = vec![Sentence::places(&view)];
    Ok(Answer { remarks, exit, ..Answer::done(json!(view), text.join("\n")) })
}

fn story_text(view: &StoryView) -> String {
    let content = &view.content;
    let axes = &view.axes;
    let delivery = axes.delivery.map(|state| sentences::name(&state)).unwrap_or_default();
    let place = [sentences::name(&axes.desk), delivery, sentences::name(&axes.public)].join("  ");
    let url = view.public_url.clone().unwrap_or_default();
    let lines = [
        content.headline.clone(),
        content.standfirst.clone(),
        content.byline.clone(),
        place.trim_end().to_owned(),
        url,
        content.body.clone(),
    ];
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

async fn log(desk: &Desk, story: StoryId) -> Result<Answer, Stopped> {
    let events = call::story_log(desk, OfStory { story }).await?;
    let line = |event: &story::Event| {
        let refused = event.refused.as_deref().map(|why| format!("  ✗ {why}")).unwrap_or_default();
        let (at, command) = (event.at.to_rfc3339(), sentences::name(&event.command));
        format!("{}  {at}  {command}  {}{refused}", event.sequence, event.actor)
    };
    let text: Vec<_> = events.iter().map(line).collect();
    Ok(Answer::done(json!(events), text.join("\n")))
}

/// Writes the page.
pub async fn preview(desk: &Desk, preview: Preview) -> Result<Answer, Stopped> {
    let Preview { id, out, now, width } = preview;
    let html = desk.page(PageQuery { story: id, now: now.map(|now| now.to_utc()), width }).await?;
    fs::write(&out, html)
        .map_err(|error| Stopped::Here(Sentence::not_written(&out, error.kind()), REFUSED))?;
    Ok(Answer::done(json!({"file": out}), out.display().to_string()))
}
