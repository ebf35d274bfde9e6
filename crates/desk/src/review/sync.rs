//! Notes to the portal and from it. Each has an id of its own that the portal keeps, so sending one again changes
//! nothing, and it needs no intent: no order, no approval and no reader hangs on it.

use chrono::{DateTime, Utc};
use portal::{NoteToSend, Portal, PortalNote};
use store::{Note, StoreError};
use story::{Anchor, PortalId, StoryId, Suggestion};

use super::{calls_us, names_of, people};
use crate::{
    Desk,
    portals::{self, is_network},
    wire::{CommandError, DeskEvent},
};

/// Sends what was said here and the portal has not got. What it refuses waits for the next round and keeps nothing
/// else from going; without a network the rest waits too.
///
/// # Errors
/// What the disk says.
pub(crate) async fn send(desk: &Desk, id: PortalId, portal: &dyn Portal) -> Result<(), CommandError> {
    let unsent = desk.blocking(move |desk| unsent(desk, id)).await?;
    for (story, note) in unsent {
        let going = NoteToSend {
            id: note.id,
            text: &note.words,
            anchor: note.anchor.as_ref(),
            suggestion: note.suggestion.as_ref(),
            parent: note.parent,
            turn: note.turn,
        };
        match portal.put_note(story, &going).await {
            Ok(there) => {
                // What others said before it is older than ours from now on: it is fetched first, or never would be.
                if fetch(desk, (story, id), portal).await.is_err() {
                    return Ok(());
                }
                desk.blocking(move |desk| sent(desk, (story, id), note, &there)).await?;
            }
            Err(failure) if is_network(failure.cause) => return Ok(()),
            Err(failure) => tracing::warn!(note = %note.id, %story, %failure, "a note was not sent"),
        }
    }
    Ok(())
}

fn unsent(desk: &Desk, id: PortalId) -> Result<Vec<(StoryId, Note)>, CommandError> {
    if !portals::facts(&desk.store().portal(id)?).keeps_notes() {
        return Ok(Vec::new());
    }
    Ok(desk.store().notes_to_send(id)?)
}

/// From now on it has the portal's time, by which every machine puts it into the same order.
fn sent(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    note: Note,
    there: &PortalNote,
) -> Result<(), CommandError> {
    let note = Note { written_at: there.written_at, portal: Some(id), ..note };
    desk.store().put_notes(story, vec![note])?;
    desk.tell(DeskEvent::NotesChanged { story });
    Ok(())
}

/// Fetches the notes of a story that is here, where the portal has newer ones than are here.
///
/// # Errors
/// What the portal or the disk says.
pub(crate) async fn fetch_if_newer(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    (portal, noted_at): (&dyn Portal, DateTime<Utc>),
) -> Result<(), CommandError> {
    let here = desk.blocking(move |desk| match desk.store().noted_at(story, id) {
        Ok(newest) => Ok(Some(newest)),
        Err(StoreError::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    });
    match here.await? {
        // It is not on this machine; its notes come when it is taken.
        None => Ok(()),
        Some(newest) if newest == Some(noted_at) => Ok(()),
        Some(_) => fetch(desk, (story, id), portal).await,
    }
}

/// Fetches all notes of a story that is here.
///
/// # Errors
/// What the portal or the disk says.
pub(crate) async fn fetch(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    portal: &dyn Portal,
) -> Result<(), CommandError> {
    let keeps = desk.blocking(move |desk| Ok(portals::facts(&desk.store().portal(id)?).keeps_notes()));
    if !keeps.await? {
        return Ok(());
    }
    let notes = match portal.notes(story).await {
        Ok(notes) => notes,
        Err(failure) if is_network(failure.cause) => return Err(failure.into()),
        Err(failure) => {
            // What lies with the notes alone stops nobody from following the desk.
            tracing::warn!(%story, %failure, "the notes of a story cannot be had");
            return Ok(());
        }
    };
    desk.blocking(move |desk| take_in(desk, (story, id), notes)).await
}

fn take_in(
    desk: &Desk,
    (story, id): (StoryId, PortalId),
    notes: Vec<PortalNote>,
) -> Result<(), CommandError> {
    let portal = desk.store().portal(id)?;
    let facts = portals::facts(&portal);
    let us = facts.me.as_ref().map(|me| me.user.clone());
    let (ourselves, people) =
        (names_of(&facts), people(desk, Some(&portal), notes.iter().map(|note| note.author_name.clone()))?);
    let note = |note: PortalNote| {
        let own = us.as_ref() == Some(&note.author);
        let anchor = note.anchor.filter(Anchor::is_kept);
        let fits = |suggestion: &Suggestion| anchor.as_ref().is_some_and(|anchor| suggestion.fits(anchor));
        let suggestion = note.suggestion.filter(|suggestion| note.parent.is_none() && fits(suggestion));
        Note {
            id: note.id,
            parent: note.parent,
            named: !own && calls_us(&note.text, &ourselves, &people),
            author: note.author,
            author_name: note.author_name,
            words: bangla::normalise(&note.text),
            turn: note.turn,
            anchor,
            place: None,
            suggestion,
            written_at: note.written_at,
            own,
            portal: Some(id),
        }
    };
    if desk.store().put_notes(story, notes.into_iter().map(note).collect())? {
        desk.tell(DeskEvent::NotesChanged { story });
        desk.tell(DeskEvent::ListsChanged);
    }
    Ok(())
}
