//! Intents as rows.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Params, Row as SqlRow, params};
use story::{Consent, DeliveryState, IntentId, IntentKind, PortalId, Sha256Hex, StoryId};

use super::{Intent, NewIntent, Theirs, attempts::drop_unwanted};
use crate::{
    StoreError, Thing,
    convert::{digest, many, nanos, one, run, time, unjson, unword, uuid, word},
    portals,
};

/// Writes new intents, parents before those that name them. An original that is on its way already, or there, stays the
/// only one of its photo; gives what was written. One that takes the story down takes back whatever of it
/// was not sent yet.
pub(crate) fn enqueue(
    connection: &Connection,
    story: i64,
    new: &[NewIntent],
) -> Result<Vec<IntentId>, StoreError> {
    let mut written = Vec::with_capacity(new.len());
    for intent in new {
        if key_of(connection, intent.id).is_ok() {
            return Err(StoreError::Exists(Thing::Intent));
        }
        if is_known_original(connection, story, intent)? {
            continue;
        }
        insert(connection, story, intent, rank(intent, new))?;
        written.push(intent.id);
        let key = connection.last_insert_rowid();
        if intent.kind.takes_down() {
            take_back_unsent(connection, key, intent.asked_at)?;
        }
        for parent in &intent.parents {
            let parent = key_of(connection, *parent)?;
            run(connection, "INSERT INTO intent_parents (intent, parent) VALUES (?1, ?2)", [key, parent])?;
        }
    }
    Ok(written)
}

/// Whether this photo's original is on its way or there. One that waits for its story waits for the newest intent of it,
/// so that it does not go with an older one that is taken back.
fn is_known_original(connection: &Connection, story: i64, new: &NewIntent) -> Result<bool, StoreError> {
    let IntentKind::Original { sha256, behind } = &new.kind else { return Ok(false) };
    let sql = "SELECT key FROM intents WHERE kind = 'original' AND state <> 'cancelled'
                   AND story = ?1 AND portal = ?2 AND photo = ?3";
    let portal = portals::key_of(connection, new.portal)?;
    let known =
        one(connection, sql, params![story, portal, sha256.to_bytes()], |row| Ok(row.get::<_, i64>(0)?))?;
    let Some(known) = known else { return Ok(false) };
    let sql = "UPDATE intents SET behind = ?2 WHERE key = ?1
                   AND (SELECT state FROM intents AS told WHERE told.key = intents.behind) <> 'confirmed'";
    run(connection, sql, [known, key_of(connection, *behind)?])?;
    Ok(true)
}

/// What was asked for before the intent `key` and was never sent is cancelled, with the photos that nothing waits for
/// then and the originals, also those that may have been heard.
fn take_back_unsent(connection: &Connection, key: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    let sql = "UPDATE intents SET state = 'cancelled', settled_at = ?2, next_at = NULL
               WHERE key < ?1 AND (state IN ('queued', 'refused', 'blocked') AND NOT doubtful
                       OR kind = 'original' AND state IN ('queued', 'unknown', 'refused', 'blocked'))
                   AND story = (SELECT story FROM intents WHERE key = ?1)
                   AND portal = (SELECT portal FROM intents WHERE key = ?1)";
    run(connection, sql, params![key, nanos(at)])?;
    let of_what_is_over = "intent IN (SELECT key FROM intents WHERE state = 'cancelled'
        AND story = (SELECT story FROM intents WHERE key = ?1))";
    drop_unwanted(connection, of_what_is_over, params![key, nanos(at)])
}

/// One intent by its id.
pub(crate) fn intent_of(connection: &Connection, intent: IntentId) -> Result<Intent, StoreError> {
    let found = select(connection, "intents.id = ?1", [intent.0.as_bytes()])?.pop();
    found.ok_or(StoreError::NotFound(Thing::Intent))
}

/// The key that this file knows an intent by.
pub(super) fn key_of(connection: &Connection, intent: IntentId) -> Result<i64, StoreError> {
    let sql = "SELECT key FROM intents WHERE id = ?1";
    let key = one(connection, sql, [intent.0.as_bytes()], |row| Ok(row.get(0)?))?;
    key.ok_or(StoreError::NotFound(Thing::Intent))
}

/// The frozen bytes, verified.
pub(super) fn payload(connection: &Connection, intent: IntentId) -> Result<Vec<u8>, StoreError> {
    let sql = "SELECT payload, payload_hash FROM intents WHERE id = ?1";
    let found = one(connection, sql, [intent.0.as_bytes()], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, digest(&row.get::<_, Vec<u8>>(1)?)?))
    })?;
    let (payload, hash) = found.ok_or(StoreError::NotFound(Thing::Intent))?;
    if Sha256Hex::of(&payload) == hash {
        Ok(payload)
    } else {
        Err(StoreError::Damaged(format!("the payload of {intent} is not what was frozen")))
    }
}

/// The intents that fit a condition. The payload is left where it is.
pub(super) fn select(
    connection: &Connection,
    condition: &str,
    params: impl Params,
) -> Result<Vec<Intent>, StoreError> {
    let sql = format!(
        "SELECT intents.key, intents.id, stories.id AS story_id, portals.id AS portal_id, intents.kind,
                intents.photo, intents.live_at, intents.note, intents.send_until, intents.headline, intents.version, intents.payload_hash, intents.state,
                intents.doubtful, intents.attempts, intents.next_at, intents.cause, intents.detail,
                intents.bytes_sent, intents.bytes_total, intents.asked_at, intents.settled_at,
                intents.confirmed_at, intents.receipt, intents.theirs, intents.over_etag,
                intents.beyond_budget, intents.change, intents.consent, told.id AS behind_id, intents.glass
         FROM intents JOIN stories ON stories.key = intents.story JOIN portals ON portals.key = intents.portal
             LEFT JOIN intents AS told ON told.key = intents.behind
         WHERE {condition}"
    );
    let found = many(connection, &sql, params, |row| Ok((row.get("key")?, read_intent(row)?)))?;
    found.into_iter().map(|(key, intent)| with_parents(connection, key, intent)).collect()
}

fn with_parents(connection: &Connection, key: i64, intent: Intent) -> Result<Intent, StoreError> {
    let sql = "SELECT intents.id FROM intent_parents JOIN intents ON intents.key = intent_parents.parent
               WHERE intent_parents.intent = ?1 ORDER BY intents.key";
    let read = |row: &SqlRow| Ok(IntentId(uuid(&row.get::<_, Vec<u8>>(0)?)?));
    Ok(Intent { parents: many(connection, sql, [key], read)?, ..intent })
}

/// A photo goes with the most urgent act that waits for it.
fn rank(intent: &NewIntent, all: &[NewIntent]) -> u32 {
    let waiting = all.iter().filter(|other| other.parents.contains(&intent.id));
    let own = || waiting.filter_map(|other| other.kind.rank()).min().unwrap_or(u32::MAX);
    intent.kind.rank().unwrap_or_else(own)
}

fn insert(connection: &Connection, story: i64, intent: &NewIntent, rank: u32) -> Result<(), StoreError> {
    let (photo, live_at, behind) = match &intent.kind {
        IntentKind::Photo { sha256 } => (Some(sha256.to_bytes()), None, None),
        IntentKind::Original { sha256, behind } => {
            (Some(sha256.to_bytes()), None, Some(key_of(connection, *behind)?))
        }
        IntentKind::Schedule { at } => (None, Some(nanos(*at)), None),
        _ => (None, None, None),
    };
    let sql = "INSERT INTO intents (id, story, portal, kind, photo, rank, headline, version, payload,
                   payload_hash, state, bytes_total, asked_at, live_at, note, send_until, change, consent, behind,
                   glass)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                   ?20)";
    run(
        connection,
        sql,
        params![
            intent.id.0.as_bytes(),
            story,
            portals::key_of(connection, intent.portal)?,
            kind_word(&intent.kind),
            photo,
            rank,
            bangla::cut(&intent.headline, 300),
            intent.version.as_ref().map(Sha256Hex::to_bytes),
            intent.payload,
            Sha256Hex::of(&intent.payload).to_bytes(),
            word(DeliveryState::Queued)?,
            intent.bytes_total,
            nanos(intent.asked_at),
            live_at,
            intent.note,
            intent.send_until.map(nanos),
            intent.change.map(word).transpose()?,
            intent.consent.filter(|consent| *consent != Consent::Glass).map(word).transpose()?,
            behind,
            (intent.consent == Some(Consent::Glass)).then_some(true),
        ],
    )
    .map(drop)
}

fn kind_word(kind: &IntentKind) -> &'static str {
    match kind {
        IntentKind::Photo { .. } => "photo",
        IntentKind::Original { .. } => "original",
        IntentKind::Publish => "publish",
        IntentKind::Correct => "correct",
        IntentKind::File => "file",
        IntentKind::Return => "return",
        IntentKind::Recall => "recall",
        IntentKind::Approve => "approve",
        IntentKind::Schedule { .. } => "schedule",
        IntentKind::Withdraw => "withdraw",
        IntentKind::Kill => "kill",
    }
}

fn read_intent(row: &SqlRow) -> Result<Intent, StoreError> {
    let version: Option<Vec<u8>> = row.get("version")?;
    let receipt: Option<String> = row.get("receipt")?;
    let cause: Option<String> = row.get("cause")?;
    let theirs: Option<String> = row.get("theirs")?;
    let at = |column| Ok::<_, StoreError>(row.get::<_, Option<i64>>(column)?.map(time));
    Ok(Intent {
        id: IntentId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        story: StoryId(uuid(&row.get::<_, Vec<u8>>("story_id")?)?),
        portal: PortalId(uuid(&row.get::<_, Vec<u8>>("portal_id")?)?),
        kind: read_kind(row)?,
        sequence: row.get("key")?,
        parents: Vec::new(),
        payload_hash: digest(&row.get::<_, Vec<u8>>("payload_hash")?)?,
        version: version.map(|version| digest(&version)).transpose()?,
        headline: row.get("headline")?,
        state: unword(row.get("state")?)?,
        doubtful: row.get("doubtful")?,
        attempts: row.get("attempts")?,
        next_at: at("next_at")?,
        cause: cause.map(unword).transpose()?,
        detail: row.get("detail")?,
        note: row.get("note")?,
        change: row.get::<_, Option<String>>("change")?.map(unword).transpose()?,
        send_until: at("send_until")?,
        consent: read_consent(row)?,
        bytes_sent: row.get("bytes_sent")?,
        bytes_total: row.get("bytes_total")?,
        asked_at: time(row.get("asked_at")?),
        settled_at: at("settled_at")?,
        confirmed_at: at("confirmed_at")?,
        receipt: receipt.map(|receipt| unjson(&receipt)).transpose()?,
        theirs: theirs.map(|theirs| read_theirs(&theirs)).transpose()?,
        over: row.get("over_etag")?,
        beyond_budget: row.get("beyond_budget")?,
    })
}

/// The broken glass has a column of its own.
fn read_consent(row: &SqlRow) -> Result<Option<Consent>, StoreError> {
    if row.get::<_, Option<bool>>("glass")?.is_some() {
        return Ok(Some(Consent::Glass));
    }
    row.get::<_, Option<String>>("consent")?.map(unword).transpose()
}

fn read_theirs(theirs: &str) -> Result<Theirs, StoreError> {
    serde_json::from_value(unjson(theirs)?).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Writes the portal's version beside the intent that it stands in the way of. What a person had said of an earlier
/// one does not hold for it.
pub(crate) fn note_theirs(
    connection: &Connection,
    intent: IntentId,
    theirs: &Theirs,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(theirs).map_err(|error| StoreError::Internal(error.to_string()))?;
    let sql = "UPDATE intents SET theirs = ?2, over_etag = NULL WHERE id = ?1";
    run(connection, sql, params![intent.0.as_bytes(), json]).map(drop)
}

fn read_kind(row: &SqlRow) -> Result<IntentKind, StoreError> {
    let photo: Option<Vec<u8>> = row.get("photo")?;
    let live_at: Option<i64> = row.get("live_at")?;
    let behind: Option<Vec<u8>> = row.get("behind_id")?;
    let kind: String = row.get("kind")?;
    Ok(match (photo, live_at, kind.as_str()) {
        (Some(photo), _, "original") => {
            let behind =
                behind.ok_or_else(|| StoreError::Damaged("an original behind nothing".to_owned()))?;
            IntentKind::Original { sha256: digest(&photo)?, behind: IntentId(uuid(&behind)?) }
        }
        (Some(photo), ..) => IntentKind::Photo { sha256: digest(&photo)? },
        (_, Some(at), _) => IntentKind::Schedule { at: time(at) },
        (.., "publish") => IntentKind::Publish,
        (.., "correct") => IntentKind::Correct,
        (.., "file") => IntentKind::File,
        (.., "return") => IntentKind::Return,
        (.., "recall") => IntentKind::Recall,
        (.., "approve") => IntentKind::Approve,
        (.., "withdraw") => IntentKind::Withdraw,
        (.., "kill") => IntentKind::Kill,
        _ => return Err(StoreError::Damaged(format!("an intent of kind {kind}"))),
    })
}
