//! An act of the desk: log, axes, revision and intents change together or not at all.

use rusqlite::params;
use story::{Axes, Event, Revision, StoryId};

use crate::{
    Intent, NewEvent, NewIntent, NewRevision, Row, Store, StoreError,
    convert::{nanos, run},
    events, outbox, revisions,
    stories::{keyed_row_of, move_to_top, row_of, write_axes},
    writer::Session,
};

/// What a command comes to, decided by the desk upon one reading of the story.
#[derive(Debug, Clone)]
pub struct Act {
    /// Which story.
    pub story: StoryId,
    /// The axes the decision was made upon; the act is refused as moved on when they changed since.
    pub decided_on: Axes,
    /// The draft's counter the decision was made upon, when the act is about the text.
    pub counter: Option<u64>,
    /// The lines for the log, in order.
    pub events: Vec<NewEvent>,
    /// Where it stands afterwards. The delivery axis is not read: the store derives it from the intents.
    pub axes: Axes,
    /// The version this fixes; skipped when the newest revision equals the draft.
    pub revision: Option<NewRevision>,
    /// What has to reach a portal, parents before those that name them.
    pub intents: Vec<NewIntent>,
}

/// What an act left on disk.
#[derive(Debug, Clone)]
pub struct ActDone {
    /// Where the story stands now.
    pub row: Row,
    /// The lines written.
    pub events: Vec<Event>,
    /// The newest revision, when one was asked for.
    pub revision: Option<Revision>,
    /// The intents written, in the order given; an original that is on its way already is not written again.
    pub intents: Vec<Intent>,
}

impl Store {
    /// Applies an act in one transaction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::MovedOn`], [`StoreError::Exists`] for an intent's id that is
    /// taken, and what the disk says.
    pub fn act(&self, act: Act) -> Result<ActDone, StoreError> {
        self.write(move |session| apply(session, &act))
    }
}

fn apply(session: &mut Session, act: &Act) -> Result<ActDone, StoreError> {
    let (key, row) = keyed_row_of(session.tx, act.story)?;
    if row.axes != act.decided_on || act.counter.is_some_and(|counter| counter != row.counter) {
        return Err(StoreError::MovedOn { counter: row.counter });
    }
    let cut = act.revision.as_ref().map(|new| revisions::cut(session, act.story, new));
    let revision = cut.transpose()?;
    let log = act.events.iter().map(|event| events::append(session.tx, key, act.story, event));
    let events = log.collect::<Result<Vec<_>, _>>()?;
    let written = outbox::enqueue(session.tx, key, &act.intents)?;
    let delivery = outbox::delivery_of(session.tx, key)?;
    write_axes(session.tx, key, &Axes { delivery, ..act.axes.clone() })?;
    if let Some(last) = events.last() {
        let sql = "UPDATE stories SET changed_at = ?2 WHERE key = ?1";
        run(session.tx, sql, params![key, nanos(last.at)])?;
    }
    move_to_top(session, key)?;
    let written = written.into_iter().map(|id| outbox::intent_of(session.tx, id));
    let intents = written.collect::<Result<Vec<_>, _>>()?;
    Ok(ActDone { row: row_of(session.tx, act.story)?, events, revision, intents })
}
