//! An intent that said whose hands the story is in: taken back, the story is where it was.

use rusqlite::params;
use story::{DeskState, IntentId};

use super::{Intent, attempts, rows::intent_of};
use crate::{
    NewEvent, Row, Store, StoreError,
    convert::{nanos, run},
    events,
    stories::{keyed_row_of, move_to_top, write_axes},
    writer::Session,
};

/// Take an intent back, with what it made of its story.
#[derive(Debug, Clone)]
pub struct TakeBack {
    /// Which.
    pub intent: IntentId,
    /// Where the story stands because of it. When it stands elsewhere by now, it stays there.
    pub from: DeskState,
    /// The line for the log, which names where the story stands afterwards; written only when it moves.
    pub event: NewEvent,
}

impl Store {
    /// Takes an intent back and moves its story to where it stood, in one transaction.
    ///
    /// # Errors
    /// As [`Store::cancel`].
    pub fn take_back(&self, back: TakeBack) -> Result<Intent, StoreError> {
        self.write(move |session| take_back(session, &back))
    }
}

fn take_back(session: &mut Session, back: &TakeBack) -> Result<Intent, StoreError> {
    let intent = attempts::cancel(session, back.intent, back.event.at)?;
    let (key, Row { axes, .. }) = keyed_row_of(session.tx, intent.story)?;
    if axes.desk != back.from {
        return Ok(intent);
    }
    events::append(session.tx, key, intent.story, &back.event)?;
    write_axes(session.tx, key, &axes.unapproved(back.event.desk))?;
    let sql = "UPDATE stories SET changed_at = ?2 WHERE key = ?1";
    run(session.tx, sql, params![key, nanos(back.event.at)])?;
    move_to_top(session, key)?;
    intent_of(session.tx, back.intent)
}
