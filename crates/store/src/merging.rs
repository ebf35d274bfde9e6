//! The draft and a version of a portal's brought together: the draft becomes what a person chose, and both texts that it
//! was made from stay in the history.

use chrono::{DateTime, Utc};
use rusqlite::params;
use story::{Content, DeskState, IntentId, PortalId, RevisionReason, Sha256Hex, StoryId};

use crate::{
    Draft, DraftSave, NewEvent, NewRevision, Store, StoreError,
    brought::base_version,
    convert::run,
    drafts::{self, Text},
    events, portals, revisions,
    stories::{key_of, keyed_row_of, row_of},
    theirs,
    writer::Session,
};

/// What a person made of the draft and a version of a portal's.
#[derive(Debug, Clone)]
pub struct Merged {
    /// Which story.
    pub story: StoryId,
    /// The revision that is the portal's version.
    pub revision: u32,
    /// The save that they saw.
    pub counter: u64,
    /// What they made of both.
    pub content: Content,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// The intent that the portal's version stands in the way of; it is taken back.
    pub intent: Option<IntentId>,
    /// Where the working copy stands from now on, which the intent had changed; `None` leaves it.
    pub desk: Option<DeskState>,
    /// The line for the log; its actor wrote the new version, at its time.
    pub event: NewEvent,
}

impl Store {
    /// Makes the merged content the draft and a revision, in one transaction. What the draft said becomes a revision
    /// first; the portal's version is one. From here on that is a version that may be written over.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::MovedOn`] when the draft was saved since or the portal's version is
    /// another than the person saw, [`StoreError::WrongState`] when the intent waits for nothing of the kind,
    /// [`StoreError::TooLong`], and what the disk says.
    pub fn merge_theirs(&self, merged: Merged) -> Result<Draft, StoreError> {
        let text = Text::of(&merged.content)?;
        self.write(move |session| bring_together(session, &merged, &text))
    }

    /// The version that a portal had last from here, or that came from there last and became the draft: what a version
    /// of somebody else's there was made from, as far as we know.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn shared_version(&self, story: StoryId, portal: PortalId) -> Result<Option<Sha256Hex>, StoreError> {
        self.read(|connection| {
            base_version(connection, (key_of(connection, story)?, portals::key_of(connection, portal)?))
        })
    }
}

fn bring_together(session: &mut Session, merged: &Merged, text: &Text) -> Result<Draft, StoreError> {
    let Merged { story, revision, .. } = *merged;
    let (key, row) = keyed_row_of(session.tx, story)?;
    if row.counter != merged.counter {
        return Err(StoreError::MovedOn { counter: row.counter });
    }
    let theirs = revisions::hash_of(session.tx, key, revision)?;
    cut(session, merged, RevisionReason::Left, None)?;
    let save = DraftSave {
        story,
        counter: row.counter + 1,
        at: merged.event.at,
        content: merged.content.clone(),
        words: merged.words,
        undo: None,
    };
    drafts::keep(session, &save, text)?;
    drafts::forget_undo(session, story)?;
    cut(session, merged, RevisionReason::Merged, Some(&theirs))?;
    // It stands beside the draft no more.
    run(
        session.tx,
        "UPDATE brought SET revision = NULL WHERE story = ?1 AND version = ?2",
        params![key, theirs.to_bytes()],
    )?;
    if let Some(intent) = merged.intent {
        theirs::give_up(session, (intent, revision), &theirs, merged.event.at)?;
    }
    theirs::stand(session, story, merged.desk)?;
    let event = NewEvent {
        version: Some(text.version.clone()),
        desk: row_of(session.tx, story)?.axes.desk,
        ..merged.event.clone()
    };
    events::append(session.tx, key, story, &event)?;
    drafts::read_draft(session.tx, story)
}

fn cut(
    session: &mut Session,
    merged: &Merged,
    reason: RevisionReason,
    other: Option<&Sha256Hex>,
) -> Result<(), StoreError> {
    let (at, author): (DateTime<Utc>, String) = (merged.event.at, merged.event.actor.clone());
    revisions::cut_merged(session, merged.story, &NewRevision { at, reason, author }, other).map(drop)
}
