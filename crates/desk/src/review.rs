//! What desk and author say to each other at a story's words. It is kept beside the story and never in it; a note is
//! never taken back, only resolved, and every turn is a line of its own, so that two machines never contradict.

mod sync;

use std::collections::BTreeSet;

use store::{KeptNote, Note, Portal};
use story::{
    Anchor, Content, NoteId, NoteTurn, StoryId, Suggestion, mentioned,
    notes::{MAX_NOTE_LETTERS, MAX_SUGGESTED_LETTERS, NotedField},
    suggested,
};

use crate::{
    Desk,
    portals::{self, Facts},
    returning,
    wire::{
        CommandError, DeskEvent, ErrorCode, NoteView, NotesView, NotesWay, Nothing, PlaceNotes,
        SuggestChange, TurnNote, WriteNote,
    },
};

pub(crate) use sync::{fetch, fetch_if_newer, send};

pub(crate) fn list(desk: &Desk, story: StoryId) -> Result<NotesView, CommandError> {
    let notes = desk.store().notes(story)?;
    let portal = portal_of(desk, story)?;
    let facts = portal.as_ref().map(portals::facts).unwrap_or_default();
    let ourselves = names_of(&facts);
    let people = people(desk, portal.as_ref(), notes.iter().map(|kept| kept.note.author_name.clone()))?;
    Ok(NotesView {
        story,
        way: way(desk, story, portal.as_ref())?,
        people: people.into_iter().filter(|name| !ourselves.contains(name)).collect(),
        notes: notes.into_iter().map(view).collect(),
    })
}

/// Writes a note, or an answer to one.
pub(crate) fn write(desk: &Desk, order: WriteNote) -> Result<NotesView, CommandError> {
    let WriteNote { story, parent, anchor, text } = order;
    let words = spoken(&text)?;
    if words.is_empty() || anchor.as_ref().is_some_and(|anchor| !anchor.is_kept()) {
        return Err(
            CommandError::new(ErrorCode::BadArguments).detailed("a note says something, of some words")
        );
    }
    put(desk, story, vec![Says { parent, anchor, words, ..Says::default() }])
}

/// Suggests what words of a story should become, a note for each change.
pub(crate) fn suggest(desk: &Desk, order: SuggestChange) -> Result<NotesView, CommandError> {
    let SuggestChange { story, anchor, change, text } = order;
    let mut words = spoken(&text)?;
    let unfit = || CommandError::new(ErrorCode::SuggestionUnfit).with("limit", MAX_SUGGESTED_LETTERS);
    let changes = match change {
        Suggestion::Replace { words } => suggested(&anchor, &bangla::normalise(&words)),
        set @ Suggestion::Format { .. } => vec![(anchor, set)],
    };
    if changes.is_empty() || !changes.iter().all(|(anchor, change)| anchor.is_kept() && change.fits(anchor)) {
        return Err(unfit());
    }
    let notes = changes.into_iter().map(|(anchor, change)| Says {
        anchor: Some(anchor),
        suggestion: Some(change),
        words: std::mem::take(&mut words),
        ..Says::default()
    });
    put(desk, story, notes.collect())
}

/// Suggests everything that `after` says otherwise than `before`, a note for each change. What cannot be suggested, as the
/// words of a field that was empty, is said in notes at the whole story. Photos that came or went are in the version alone.
pub(crate) fn suggest_all(
    desk: &Desk,
    story: StoryId,
    before: &Content,
    after: &Content,
) -> Result<(), CommandError> {
    let mut notes = Vec::new();
    for (anchor, words) in rewritten(before, after) {
        if anchor.quote.trim().is_empty() {
            notes.extend(said_plainly(&words));
            continue;
        }
        for (anchor, change) in suggested(&anchor, &words) {
            if anchor.is_kept() && change.fits(&anchor) {
                notes.push(Says { anchor: Some(anchor), suggestion: Some(change), ..Says::default() });
            } else if let Suggestion::Replace { words } = change {
                notes.extend(said_plainly(&words));
            }
        }
    }
    if notes.is_empty() { Ok(()) } else { put(desk, story, notes).map(drop) }
}

/// Notes that say these words, as many as they need.
fn said_plainly(words: &str) -> impl Iterator<Item = Says> {
    let letters: Vec<char> = words.trim().chars().collect();
    let notes: Vec<_> = letters.chunks(MAX_NOTE_LETTERS).map(|note| note.iter().collect()).collect();
    notes.into_iter().map(|words| Says { words, ..Says::default() })
}

/// Each field as it was read before, and what it says now; the same where nothing changed.
fn rewritten(before: &Content, after: &Content) -> Vec<(Anchor, String)> {
    use NotedField::{Body, Byline, Caption, Credit, Dateline, Headline, Standfirst};
    let at = |field, photo, quote| {
        let (prefix, suffix) = (String::new(), String::new());
        Anchor { field, photo, quote, prefix, suffix, at: 0 }
    };
    let fields = [
        (Headline, &before.headline, &after.headline),
        (Standfirst, &before.standfirst, &after.standfirst),
        (Byline, &before.byline, &after.byline),
        (Dateline, &before.dateline, &after.dateline),
    ];
    let mut all: Vec<_> =
        fields.into_iter().map(|(field, was, is)| (at(field, None, was.clone()), is.clone())).collect();
    all.push((at(Body, None, as_read(&before.body)), as_read(&after.body)));
    for is in &after.photos {
        let Some(was) = before.photos.iter().find(|was| was.id == is.id) else { continue };
        all.push((at(Caption, Some(was.id.clone()), was.caption.clone()), is.caption.clone()));
        all.push((at(Credit, Some(was.id.clone()), was.credit.clone()), is.credit.clone()));
    }
    all
}

/// A body without Markdown's marks, a paragraph a line, as the window tells places in it apart.
fn as_read(body: &str) -> String {
    let text = page::plain_text(body);
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

/// What a person says, as it is kept.
fn spoken(text: &str) -> Result<String, CommandError> {
    let words = bangla::normalise(text.trim());
    if words.chars().count() > MAX_NOTE_LETTERS {
        return Err(CommandError::new(ErrorCode::TextTooLong).with("limit", MAX_NOTE_LETTERS));
    }
    Ok(words)
}

/// Resolves a note, or opens it again, or says what became of its suggestion.
pub(crate) fn turn(desk: &Desk, order: TurnNote) -> Result<NotesView, CommandError> {
    let TurnNote { story, note: parent, turn } = order;
    if let Some(kept) = desk.store().notes(story)?.into_iter().find(|kept| kept.note.id == parent) {
        if turn.is_verdict() && kept.note.suggestion.is_none() {
            return Err(CommandError::new(ErrorCode::BadArguments).detailed("the note suggests nothing"));
        }
        if kept.open == (turn == NoteTurn::Reopened) {
            return list(desk, story);
        }
    }
    put(desk, story, vec![Says { parent: Some(parent), turn: Some(turn), ..Says::default() }])
}

/// Keeps where the words of notes stand in the text as it is now.
pub(crate) fn place(desk: &Desk, order: PlaceNotes) -> Result<Nothing, CommandError> {
    let kept = order.places.into_iter().filter(|found| found.place.is_kept());
    desk.store().place_notes(order.story, kept.map(|found| (found.note, found.place)).collect())?;
    Ok(Nothing {})
}

/// What a note of ours says; who writes it, and when, is the same for each.
#[derive(Default)]
struct Says {
    parent: Option<NoteId>,
    anchor: Option<Anchor>,
    suggestion: Option<Suggestion>,
    words: String,
    turn: Option<NoteTurn>,
}

/// Puts notes of ours on disk and has them sent soon.
fn put(desk: &Desk, story: StoryId, all: Vec<Says>) -> Result<NotesView, CommandError> {
    let portal = portal_of(desk, story)?;
    let me = portal.as_ref().and_then(|portal| portals::facts(portal).me);
    let author = me.map(|me| me.user).unwrap_or_default();
    let author_name = portals::actor(desk)?;
    let kept = desk.store().notes(story)?;
    let is_begun = |id| kept.iter().any(|kept| kept.note.id == id && kept.note.parent.is_none());
    if !all.iter().filter_map(|says| says.parent).all(is_begun) {
        return Err(CommandError::new(ErrorCode::NotFound));
    }
    let note = |says: Says| Note {
        id: NoteId(desk.host().new_id()),
        parent: says.parent,
        author: author.clone(),
        author_name: author_name.clone(),
        words: says.words,
        turn: says.turn,
        anchor: says.anchor,
        place: None,
        suggestion: says.suggestion,
        written_at: desk.host().now(),
        own: true,
        named: false,
        portal: None,
    };
    desk.store().put_notes(story, all.into_iter().map(note).collect())?;
    desk.queue().look();
    desk.tell(DeskEvent::ListsChanged);
    list(desk, story)
}

/// The portal that this story's notes go through.
fn portal_of(desk: &Desk, story: StoryId) -> Result<Option<Portal>, CommandError> {
    match returning::portal_of(desk, story) {
        Ok(portal) => Ok(Some(portal)),
        Err(error) if error.code == ErrorCode::NoPortal => Ok(None),
        Err(error) => Err(error),
    }
}

fn way(desk: &Desk, story: StoryId, portal: Option<&Portal>) -> Result<NotesWay, CommandError> {
    let Some(portal) = portal.filter(|portal| portals::facts(portal).keeps_notes()) else {
        return Ok(NotesWay::Here);
    };
    let known = desk.store().is_known_at(story, portal.id)?;
    Ok(if known { NotesWay::Shared } else { NotesWay::WithStory })
}

/// Whoever is known by name: at the portal's desk, by what was said, and ourselves.
fn people(
    desk: &Desk,
    portal: Option<&Portal>,
    wrote: impl Iterator<Item = String>,
) -> Result<Vec<String>, CommandError> {
    let mut all: BTreeSet<String> = wrote.collect();
    if let Some(portal) = portal {
        for there in desk.store().queue(portal.id)? {
            let queued = there.queued;
            all.insert(queued.author_name);
            all.extend(queued.desk_by);
            all.extend(queued.held.map(|held| held.name));
        }
        all.extend(names_of(&portals::facts(portal)));
    }
    all.remove("");
    Ok(all.into_iter().collect())
}

/// By which names we are called.
fn names_of(facts: &Facts) -> Vec<String> {
    let me = facts.me.iter().flat_map(|me| [me.name.clone(), me.user.clone()]);
    me.filter(|name| !name.is_empty()).collect()
}

/// Whether a text calls us.
fn calls_us(text: &str, ourselves: &[String], people: &[String]) -> bool {
    mentioned(text, people).iter().any(|name| ourselves.iter().any(|own| own == name))
}

fn view(kept: KeptNote) -> NoteView {
    let KeptNote { note, open, waits } = kept;
    NoteView {
        note: note.id,
        parent: note.parent,
        author: if note.author_name.is_empty() { note.author } else { note.author_name },
        text: note.words,
        turn: note.turn,
        anchor: note.anchor,
        place: note.place,
        suggestion: note.suggestion,
        written_at: note.written_at,
        own: note.own,
        sent: note.portal.is_some(),
        open,
        waits,
    }
}
