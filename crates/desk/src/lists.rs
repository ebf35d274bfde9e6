//! The desk lists, search and the story's log.

use store::ListRequest;
use story::{Event, StoryId};

use crate::{
    Desk,
    reading::Beside,
    view,
    wire::{CommandError, ListQuery, ListView, SearchHit, SearchQuery},
};

pub(crate) fn list(desk: &Desk, query: ListQuery) -> Result<ListView, CommandError> {
    let ListQuery { list, section, limit, after } = query;
    let page = desk.store().list(&ListRequest { list, section, limit: limit.clamp(1, 200), after })?;
    let beside = Beside::of(desk)?;
    Ok(ListView {
        rows: page.rows.into_iter().map(|row| view::row(row, &beside)).collect(),
        next: page.next,
        counts: view::counts(page.counts),
    })
}

pub(crate) fn search(desk: &Desk, query: &SearchQuery) -> Result<Vec<SearchHit>, CommandError> {
    let hits = desk.store().search(&query.text, query.limit.clamp(1, 100))?;
    let beside = Beside::of(desk)?;
    let hit = |hit: store::Hit| SearchHit {
        row: view::row(hit.row, &beside),
        excerpt: hit.excerpt,
        marks: hit.marks,
    };
    Ok(hits.into_iter().map(hit).collect())
}

pub(crate) fn log(desk: &Desk, story: StoryId) -> Result<Vec<Event>, CommandError> {
    Ok(desk.store().log(story)?)
}
