//! Writing: begin, open, save, cut and restore revisions, spike. Typing is never refused.

use store::{DraftSave, NewEvent, NewRevision, NewStory, Restore, Row};
use story::{Axes, Command, Content, DeskState, RevisionReason, StoryId, decide};

use crate::{
    Desk, checks, portals, queue, reading, settings, versions, view,
    wire::{
        CommandError, CutRevision, DeskEvent, OfRevision, ReviewView, RevisionsView, SaveDraft, SavedView,
        StoryView,
    },
};

pub(crate) fn new_story(desk: &Desk) -> Result<StoryView, CommandError> {
    let content = Content { byline: byline(desk)?, ..Content::default() };
    let story = StoryId(desk.host().new_id());
    begin(desk, story, content, "")?;
    open(desk, story)
}

/// Whose the next story is: as the settings say, else as the last one that was begun here.
fn byline(desk: &Desk) -> Result<String, CommandError> {
    let set = settings::settings(desk)?.byline;
    if !set.trim().is_empty() {
        return Ok(set);
    }
    let last = desk.store().newest_with_byline()?;
    Ok(last
        .map(|story| desk.store().draft(story))
        .transpose()?
        .map(|draft| draft.content.byline)
        .unwrap_or_default())
}

/// Puts a story with its first words on disk.
pub(crate) fn begin(desk: &Desk, story: StoryId, content: Content, note: &str) -> Result<(), CommandError> {
    let content = normalised(content);
    let words = view::text_counts(&content).words;
    let event = NewEvent { note: note.to_owned(), ..event(desk, Command::Create, DeskState::Draft)? };
    desk.store().create_story(NewStory { story, content, words, event })?;
    desk.tell(DeskEvent::ListsChanged);
    Ok(())
}

pub(crate) fn open(desk: &Desk, story: StoryId) -> Result<StoryView, CommandError> {
    let store = desk.store();
    let draft = store.draft(story)?;
    let intents = store.intents_of(story)?;
    let facts = draft.content.photos.iter().filter_map(|photo| store.photo(&photo.id).ok());
    let review = review(desk, &draft.row)?;
    Ok(StoryView {
        story,
        counter: draft.row.counter,
        saved_at: draft.saved_at,
        undo: draft.undo,
        findings: checks::findings(desk, &draft.content),
        counts: view::text_counts(&draft.content),
        photos: facts.map(view::photo).collect(),
        deliveries: intents.iter().filter_map(|intent| view::intent(intent, &intents)).collect(),
        differs_from_live: draft.row.differs_from_live(),
        public_url: draft.row.public_url,
        live_at: draft.row.live_at,
        schedule_missed: desk.is_schedule_missed(story),
        review,
        unread: reading::unread(desk, story)?,
        tentative: queue::tentative(desk, story)?,
        axes: draft.row.axes,
        content: draft.content,
    })
}

/// How a story came back from the desk, while it has.
fn review(desk: &Desk, row: &Row) -> Result<Option<ReviewView>, CommandError> {
    if row.axes.desk != DeskState::Returned {
        return Ok(None);
    }
    let Some(event) = desk.store().last_of(row.story, Command::Return)? else { return Ok(None) };
    let version = event.version.filter(|version| *version != row.version);
    let theirs = version.map(|version| desk.store().beside(row.story, &version)).transpose()?.flatten();
    Ok(Some(ReviewView { by: event.actor, at: event.at, reason: event.note, theirs }))
}

pub(crate) fn save(desk: &Desk, save: SaveDraft) -> Result<SavedView, CommandError> {
    let SaveDraft { story, counter, content, undo } = save;
    let content = normalised(content);
    let counts = view::text_counts(&content);
    let findings = checks::findings(desk, &content);
    let at = desk.host().now();
    let saved =
        desk.store().save_draft(DraftSave { story, counter, at, content, words: counts.words, undo })?;
    let differs_from_live = desk.store().row(story)?.differs_from_live();
    Ok(SavedView {
        counter: saved.counter,
        saved_at: saved.saved_at,
        findings,
        counts,
        axes: saved.axes,
        differs_from_live,
    })
}

pub(crate) fn cut_revision(desk: &Desk, cut: CutRevision) -> Result<RevisionsView, CommandError> {
    desk.store().cut_revision(cut.story, revision(desk, cut.reason)?)?;
    revisions(desk, cut.story)
}

pub(crate) fn revisions(desk: &Desk, story: StoryId) -> Result<RevisionsView, CommandError> {
    let revisions = desk.store().revisions(story)?;
    let marks = versions::marks(desk, story, &revisions)?;
    Ok(RevisionsView { revisions, marks })
}

pub(crate) fn read_revision(desk: &Desk, which: OfRevision) -> Result<Content, CommandError> {
    Ok(desk.store().revision(which.story, which.number)?)
}

pub(crate) fn restore_revision(desk: &Desk, which: OfRevision) -> Result<StoryView, CommandError> {
    let OfRevision { story, number } = which;
    let (at, author) = (desk.host().now(), portals::actor(desk)?);
    desk.store().restore_revision(Restore { story, number, at, author })?;
    desk.tell(DeskEvent::ListsChanged);
    open(desk, story)
}

/// Spike or unspike.
pub(crate) fn set_aside(desk: &Desk, story: StoryId, command: Command) -> Result<StoryView, CommandError> {
    let row = desk.store().row(story)?;
    let to = match decide(command, &row.axes, portals::role(desk)?) {
        Ok(to) => to,
        Err(refusal) => return refuse(desk, story, &row.axes, command, refusal),
    };
    let axes = row.axes.clone().unapproved(to);
    let events = vec![NewEvent { version: Some(row.version), ..event(desk, command, to)? }];
    let act = store::Act {
        story,
        decided_on: row.axes,
        counter: None,
        events,
        axes,
        revision: None,
        intents: Vec::new(),
    };
    desk.store().act(act)?;
    desk.tell(DeskEvent::ListsChanged);
    open(desk, story)
}

/// Refusals are logged too.
pub(crate) fn refuse<T>(
    desk: &Desk,
    story: StoryId,
    axes: &Axes,
    command: Command,
    refusal: story::Refusal,
) -> Result<T, CommandError> {
    let refused = Some(crate::error::code_name(&refusal.code));
    let line = NewEvent { refused, ..event(desk, command, axes.desk)? };
    desk.store().append_event(story, line)?;
    Err(refusal.into())
}

/// A line for the log, about nothing in particular yet.
pub(crate) fn event(desk: &Desk, command: Command, to: DeskState) -> Result<NewEvent, CommandError> {
    Ok(NewEvent {
        id: desk.new_event_id(),
        at: desk.host().now(),
        actor: portals::actor(desk)?,
        command,
        version: None,
        desk: to,
        refused: None,
        note: String::new(),
    })
}

pub(crate) fn revision(desk: &Desk, reason: RevisionReason) -> Result<NewRevision, CommandError> {
    Ok(NewRevision { at: desk.host().now(), reason, author: portals::actor(desk)? })
}

/// The one spelling in which text is stored: composed letters, no control characters, and one line where the
/// page has one line.
pub(crate) fn normalised(content: Content) -> Content {
    let line = |text: String| bangla::normalise(&text).replace('\n', " ");
    let text = |text: String| bangla::normalise(&text);
    Content {
        headline: line(content.headline),
        standfirst: text(content.standfirst),
        byline: line(content.byline),
        dateline: line(content.dateline),
        source: line(content.source),
        section: line(content.section),
        tags: content.tags.into_iter().map(line).collect(),
        slug: line(content.slug),
        body: text(content.body),
        photos: content.photos.into_iter().map(normalised_photo).collect(),
        ..content
    }
}

fn normalised_photo(photo: story::StoryPhoto) -> story::StoryPhoto {
    let text = |text: String| bangla::normalise(&text);
    story::StoryPhoto {
        caption: text(photo.caption),
        credit: text(photo.credit),
        alt: text(photo.alt),
        ..photo
    }
}
