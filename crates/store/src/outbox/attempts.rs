//! Attempts: counted before they are made, and settled once. Every change of an intent changes its story's
//! delivery axis in the same transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde_json::Value;
use story::{Axes, Cause, DeliveryState, IntentId, IntentKind, Sha256Hex, StoryId};

use super::{
    Intent, PublicWord, Settlement,
    rows::{intent_of, key_of, note_theirs, select},
};
use crate::{
    Row, StoreError,
    convert::{json, many, nanos, one, run, unword, word},
    sent,
    stories::{keyed_row_of, move_to_top, row_of, write_axes},
    theirs,
    writer::Session,
};

const DETAIL_LETTERS: usize = 2_000;

/// Counts an attempt; the intent is `Sending` from here on.
pub(super) fn count(session: &mut Session, id: IntentId) -> Result<Intent, StoreError> {
    let intent = intent_of(session.tx, id)?;
    if !matches!(intent.state, DeliveryState::Queued | DeliveryState::Unknown) {
        return Err(StoreError::WrongState(intent.state));
    }
    let sql = "UPDATE intents SET state = 'sending', attempts = attempts + 1, next_at = NULL WHERE id = ?1";
    run(session.tx, sql, [id.0.as_bytes()])?;
    follow(session, &intent)?;
    intent_of(session.tx, id)
}

/// Writes down how an attempt ended.
pub(super) fn settle(session: &mut Session, end: &Settlement) -> Result<Intent, StoreError> {
    let intent = intent_of(session.tx, end.intent)?;
    if intent.state.is_settled() {
        return Err(StoreError::WrongState(intent.state));
    }
    let confirmed = end.state == DeliveryState::Confirmed;
    let sql = "UPDATE intents SET state = ?2, doubtful = ?3, next_at = ?4, cause = ?5, detail = ?6,
                   settled_at = ?7, confirmed_at = iif(?8, ?7, confirmed_at),
                   bytes_sent = iif(?8, bytes_total, bytes_sent), receipt = ifnull(?9, receipt)
               WHERE id = ?1";
    run(
        session.tx,
        sql,
        params![
            end.intent.0.as_bytes(),
            word(end.state)?,
            stays_doubtful(&intent, end),
            end.next_at.map(nanos),
            end.cause.map(word).transpose()?,
            end.detail.chars().take(DETAIL_LETTERS).collect::<String>(),
            nanos(end.at),
            confirmed,
            end.receipt.as_ref().map(json),
        ],
    )?;
    if let Some(new) = &end.theirs {
        let theirs = theirs::keep(session, intent.story, new)?;
        note_theirs(session.tx, end.intent, &theirs)?;
    }
    if let Some(sent) = end.sent {
        sent::count(session.tx, sent)?;
    }
    if let Some(public) = &end.public {
        write_public(session, intent.story, public, end.at)?;
    }
    if confirmed && intent.kind.takes_down() {
        give_up_earlier(session, &intent, end.at)?;
    }
    if !confirmed {
        let key = key_of(session.tx, end.intent)?;
        drop_unwanted(session.tx, "parent = ?1", params![key, nanos(end.at)])?;
    }
    follow(session, &intent)?;
    intent_of(session.tx, end.intent)
}

/// Somebody brought it there without the network: it is never sent, and no photo that waits only for it.
pub(crate) fn confirm_by_hand(
    session: &mut Session,
    intent: IntentId,
    receipt: &Value,
    at: DateTime<Utc>,
) -> Result<Intent, StoreError> {
    let end = Settlement {
        intent,
        at,
        state: DeliveryState::Confirmed,
        cause: None,
        in_doubt: false,
        detail: String::new(),
        next_at: None,
        receipt: Some(receipt.clone()),
        public: None,
        theirs: None,
        sent: None,
    };
    settle(session, &end)?;
    let key = key_of(session.tx, intent)?;
    drop_unwanted(session.tx, "intent = ?1", params![key, nanos(at)])?;
    intent_of(session.tx, intent)
}

/// The story is down: what was asked for before that, and may or may not have been heard, is never sent again.
fn give_up_earlier(session: &mut Session, down: &Intent, at: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "UPDATE intents SET state = 'cancelled', settled_at = ?2, next_at = NULL
               WHERE key < ?1 AND state NOT IN ('confirmed', 'cancelled')
                   AND story = (SELECT story FROM intents WHERE key = ?1)
                   AND portal = (SELECT portal FROM intents WHERE key = ?1)";
    run(session.tx, sql, params![down.sequence, nanos(at)]).map(drop)
}

/// Takes the photos back that nothing waits for any more, of the parents that `which` names by its first value.
/// One that is under way is left to end by itself, and then meets this again: a photo that nobody shows harms
/// nobody, but one that stays open without a story could stop the queue with nobody to see it.
pub(super) fn drop_unwanted(
    connection: &Connection,
    which: &str,
    key_and_time: &[&dyn rusqlite::ToSql],
) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE intents SET state = 'cancelled', settled_at = ?2, next_at = NULL
         WHERE key IN (SELECT parent FROM intent_parents WHERE {which})
             AND state IN ('queued', 'unknown', 'refused', 'blocked')
             AND NOT EXISTS (
                 SELECT 1 FROM intent_parents AS other JOIN intents AS waiting ON waiting.key = other.intent
                 WHERE other.parent = intents.key AND waiting.state NOT IN ('confirmed', 'cancelled'))"
    );
    run(connection, &sql, key_and_time).map(drop)
}

/// Takes the files of an intent back: the photos that nothing else waits for, and the originals behind it.
pub(crate) fn drop_files_of(
    session: &mut Session,
    id: IntentId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = key_of(session.tx, id)?;
    let sql = "UPDATE intents SET state = 'cancelled', settled_at = ?2, next_at = NULL
               WHERE behind = ?1 AND state IN ('queued', 'unknown', 'refused', 'blocked')";
    run(session.tx, sql, params![key, nanos(at)])?;
    drop_unwanted(session.tx, "intent = ?1", params![key, nanos(at)])
}

/// Lets an intent go on at once, with the photos it waits for.
pub(crate) fn release(session: &mut Session, id: IntentId) -> Result<Intent, StoreError> {
    let intent = intent_of(session.tx, id)?;
    if intent.state.is_settled() || intent.state == DeliveryState::Sending {
        return Err(StoreError::WrongState(intent.state));
    }
    let key = key_of(session.tx, id)?;
    let sql = "UPDATE intents SET next_at = NULL, cause = NULL, send_until = NULL,
                   state = iif(doubtful, 'unknown', 'queued')
               WHERE (key = ?1 OR key IN (SELECT parent FROM intent_parents WHERE intent = ?1))
                   AND state NOT IN ('confirmed', 'cancelled', 'sending')";
    run(session.tx, sql, [key])?;
    follow(session, &intent)?;
    intent_of(session.tx, id)
}

/// Lets everything of a portal go on that is blocked for one of `causes`.
pub(super) fn release_blocked(
    session: &mut Session,
    portal: i64,
    causes: &[Cause],
) -> Result<u32, StoreError> {
    let blocked = select(session.tx, "intents.portal = ?1 AND intents.state = 'blocked'", [portal])?;
    let mut released = 0;
    for intent in blocked {
        if intent.cause.is_some_and(|cause| causes.contains(&cause)) {
            release(session, intent.id)?;
            released += 1;
        }
    }
    Ok(released)
}

/// Takes an intent back, with its files.
pub(super) fn cancel(session: &mut Session, id: IntentId, at: DateTime<Utc>) -> Result<Intent, StoreError> {
    let intent = intent_of(session.tx, id)?;
    // Half an original at the portal is shown to nobody, and goes there by itself.
    let is_harmless = matches!(intent.kind, IntentKind::Original { .. })
        && (intent.state == DeliveryState::Unknown || intent.state.may_cancel(false));
    if !is_harmless && !intent.state.may_cancel(intent.doubtful) {
        return Err(StoreError::WrongState(intent.state));
    }
    let key = key_of(session.tx, id)?;
    let sql = "UPDATE intents SET state = 'cancelled', settled_at = ?2, next_at = NULL WHERE key = ?1";
    run(session.tx, sql, params![key, nanos(at)])?;
    drop_files_of(session, id, at)?;
    follow(session, &intent)?;
    intent_of(session.tx, id)
}

/// The delivery axis of a story: its newest delivery that is not settled, else its last one. A photo that
/// is stuck makes the delivery that waits for it stuck.
pub(crate) fn delivery_of(connection: &Connection, story: i64) -> Result<Option<DeliveryState>, StoreError> {
    let sql = "SELECT key, state FROM intents WHERE story = ?1 AND kind NOT IN ('photo', 'original')
               ORDER BY state IN ('confirmed', 'cancelled'), key DESC LIMIT 1";
    let newest = one(connection, sql, [story], |row| {
        Ok((row.get::<_, i64>(0)?, unword::<DeliveryState>(row.get(1)?)?))
    })?;
    let Some((key, state)) = newest else { return Ok(None) };
    if state != DeliveryState::Queued {
        return Ok(Some(state));
    }
    let sql = "SELECT state FROM intents WHERE key IN (SELECT parent FROM intent_parents WHERE intent = ?1)
               ORDER BY key";
    let photos = many(connection, sql, [key], |row| unword::<DeliveryState>(row.get(0)?))?;
    let telling = |state: &DeliveryState| state.is_stuck() || *state == DeliveryState::Sending;
    let first = photos.iter().find(|state| state.is_stuck()).or_else(|| photos.iter().find(|s| telling(s)));
    Ok(Some(first.copied().unwrap_or(state)))
}

/// After a start: what was under way when the machine stopped is in doubt.
pub(crate) fn doubt_interrupted(session: &mut Session) -> Result<(), StoreError> {
    doubt(session, "state = 'sending'")
}

/// After an old backup was put in place: the portal may know more of whatever was open.
pub(crate) fn doubt_everything(session: &mut Session) -> Result<(), StoreError> {
    doubt(session, "state NOT IN ('confirmed', 'cancelled')")
}

fn doubt(session: &mut Session, which: &str) -> Result<(), StoreError> {
    let sql = format!("SELECT DISTINCT story FROM intents WHERE {which}");
    let stories = many(session.tx, &sql, [], |row| Ok(row.get::<_, i64>(0)?))?;
    let sql = format!("UPDATE intents SET state = 'unknown', doubtful = 1, next_at = NULL WHERE {which}");
    run(session.tx, &sql, [])?;
    for story in stories {
        let delivery = delivery_of(session.tx, story)?;
        let sql = "SELECT id FROM stories WHERE key = ?1";
        let id = one(session.tx, sql, [story], |row| crate::convert::uuid(&row.get::<_, Vec<u8>>(0)?))?;
        if let Some(id) = id {
            let axes = row_of(session.tx, StoryId(id))?.axes;
            write_axes(session.tx, story, &Axes { delivery, ..axes })?;
        }
    }
    Ok(())
}

/// Doubt lasts until the portal has said yes or no. A refusal says no only when nothing was sent before it that
/// may have been heard.
fn stays_doubtful(before: &Intent, end: &Settlement) -> bool {
    match end.state {
        DeliveryState::Unknown => true,
        DeliveryState::Confirmed | DeliveryState::Cancelled => false,
        DeliveryState::Refused => end.in_doubt,
        DeliveryState::Blocked if end.cause.is_some_and(Cause::is_a_no) => end.in_doubt,
        _ => before.doubtful || end.in_doubt,
    }
}

pub(crate) fn write_public(
    session: &mut Session,
    story: StoryId,
    public: &PublicWord,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (key, Row { axes, .. }) = keyed_row_of(session.tx, story)?;
    write_axes(session.tx, key, &Axes { public: public.state, ..axes })?;
    let sql =
        "UPDATE stories SET live_version = ?2, public_url = ?3, changed_at = ?4, live_at = ?5 WHERE key = ?1";
    let version = public.version.as_ref().map(Sha256Hex::to_bytes);
    run(session.tx, sql, params![key, version, public.url, nanos(at), public.live_at.map(nanos)])?;
    move_to_top(session, key)
}

/// Brings the story's delivery axis, and with it its list, up to its intents.
pub(crate) fn follow(session: &mut Session, intent: &Intent) -> Result<(), StoreError> {
    let (key, Row { axes, .. }) = keyed_row_of(session.tx, intent.story)?;
    let delivery = delivery_of(session.tx, key)?;
    if axes.delivery == delivery {
        return Ok(());
    }
    write_axes(session.tx, key, &Axes { delivery, ..axes })
}
