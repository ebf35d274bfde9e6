//! What somebody wrote at a portal, and what a person decides when it stands in the way of ours. It is kept as a
//! revision; the draft is not touched before somebody says so.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use story::{Axes, Content, DeliveryState, DeskState, IntentId, Lost, PublicState, Sha256Hex, StoryId};

use crate::{
    Draft, Intent, NewEvent, PublicWord, Restore, Row, Store, StoreError,
    brought::{self, Kept},
    convert::{nanos, run},
    drafts::{Text, read_draft},
    events,
    outbox::{follow, intent_of, note_theirs, write_public},
    portals,
    revisions::{self, FromPortal},
    stories::{key_of, keyed_row_of, write_axes},
    writer::Session,
};

/// A portal's version, on its way into the history.
#[derive(Debug, Clone)]
pub struct NewTheirs {
    /// What it says.
    pub content: Content,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// The portal's name, as the person calls it.
    pub author: String,
    /// When it was changed there, else when it was found.
    pub changed_at: DateTime<Utc>,
    /// The version it was made from, as far as we know.
    pub parent: Option<Sha256Hex>,
    /// The line for the log; written only with a version that is new here.
    pub event: NewEvent,
    /// Names the working copy for `If-Match`.
    pub etag: String,
    /// The portal's digest of it.
    pub hash: Sha256Hex,
    /// What of it has no place in a content.
    pub lost: Vec<Lost>,
    /// What readers get of the story.
    pub public: PublicState,
    /// Readers have this very version.
    pub is_live: bool,
    /// Address of the public page.
    pub url: Option<String>,
}

/// A portal's version that stands, or stood, in the way of an intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theirs {
    /// Which revision of the story it is here.
    pub revision: u32,
    /// When it was changed there, else when it was found.
    pub at: DateTime<Utc>,
    /// See [`NewTheirs::etag`].
    pub etag: String,
    /// See [`NewTheirs::hash`].
    pub hash: Sha256Hex,
    /// See [`NewTheirs::lost`].
    pub lost: Vec<Lost>,
    /// See [`NewTheirs::public`].
    pub public: PublicState,
    /// See [`NewTheirs::is_live`].
    pub is_live: bool,
    /// See [`NewTheirs::url`].
    pub url: Option<String>,
    /// A person has taken it over as the draft.
    #[serde(default)]
    pub accepted: bool,
}

/// Take the portal's version over.
#[derive(Debug, Clone)]
pub struct AcceptTheirs {
    /// The intent that it stands in the way of.
    pub intent: IntentId,
    /// The revision that the person saw.
    pub revision: u32,
    /// Who, when, for the revision.
    pub author: String,
    /// Where the working copy stands from now on, which the intent had changed; `None` leaves it.
    pub desk: Option<DeskState>,
    /// The line for the log.
    pub event: NewEvent,
}

/// Send ours in its place.
#[derive(Debug, Clone)]
pub struct PublishOver {
    /// The intent that it stands in the way of.
    pub intent: IntentId,
    /// The revision that the person saw.
    pub revision: u32,
    /// The line for the log.
    pub event: NewEvent,
}

/// Take it as delivered although the portal kept something otherwise.
#[derive(Debug, Clone)]
pub struct AcceptDifferences {
    /// Which intent.
    pub intent: IntentId,
    /// Who says so.
    pub by: String,
    /// What readers get, by the portal's word; `None` leaves it.
    pub public: Option<PublicWord>,
    /// The line for the log.
    pub event: NewEvent,
}

impl Store {
    /// Keeps a portal's version that no intent met with: as a revision, unless it is there already. Gives its number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn keep_theirs(&self, story: StoryId, new: NewTheirs) -> Result<u32, StoreError> {
        self.write(move |session| Ok(keep(session, story, &new)?.revision))
    }

    /// Takes the portal's version over as the draft and takes the intent back, in one transaction. What the draft said
    /// becomes a revision first. The portal has answered, so that no doubt is left about earlier attempts.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when the intent waits for nothing of the kind,
    /// [`StoreError::MovedOn`] when the portal's version is another than the person saw, and what the disk says.
    pub fn accept_theirs(&self, accept: AcceptTheirs) -> Result<Draft, StoreError> {
        self.write(move |session| take_over(session, &accept))
    }

    /// Lets an intent go on in place of the portal's version that the person saw.
    ///
    /// # Errors
    /// As [`Store::accept_theirs`].
    pub fn publish_over(&self, order: PublishOver) -> Result<Intent, StoreError> {
        self.write(move |session| go_over(session, &order))
    }

    /// Confirms an intent whose read-back differed; its receipt keeps the differences, who accepted them and when.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when it is not stuck with a receipt, and what the disk
    /// says.
    pub fn accept_differences(&self, accept: AcceptDifferences) -> Result<Intent, StoreError> {
        self.write(move |session| accept_as_it_is(session, &accept))
    }
}

/// Makes a revision of the portal's version, with its line in the log, unless there is one that says the same.
pub(crate) fn keep(session: &mut Session, story: StoryId, new: &NewTheirs) -> Result<Theirs, StoreError> {
    let (key, row) = keyed_row_of(session.tx, story)?;
    let text = Text::of(&new.content)?;
    let parent = new.parent.clone();
    let from = FromPortal { words: new.words, author: &new.author, at: new.changed_at, parent };
    let (number, is_new) = revisions::keep_from_portal(session, key, &text, from)?;
    if is_new {
        let event = NewEvent { version: Some(text.version), desk: row.axes.desk, ..new.event.clone() };
        events::append(session.tx, key, story, &event)?;
    }
    Ok(Theirs {
        revision: number,
        at: new.changed_at,
        etag: new.etag.clone(),
        hash: new.hash.clone(),
        lost: new.lost.clone(),
        public: new.public,
        is_live: new.is_live,
        url: new.url.clone(),
        accepted: false,
    })
}

/// The version that stands in the way of a stuck intent, if it is the one that the person saw.
fn seen(intent: &Intent, revision: u32) -> Result<Theirs, StoreError> {
    let theirs = intent.theirs.clone().filter(|_| intent.state.is_stuck());
    let theirs = theirs.ok_or(StoreError::WrongState(intent.state))?;
    if theirs.revision == revision { Ok(theirs) } else { Err(StoreError::MovedOn { counter: 0 }) }
}

fn take_over(session: &mut Session, accept: &AcceptTheirs) -> Result<Draft, StoreError> {
    let intent = intent_of(session.tx, accept.intent)?;
    let (story, at) = (intent.story, accept.event.at);
    let number = seen(&intent, accept.revision)?.revision;
    let restore = Restore { story, number, at, author: accept.author.clone() };
    let version = revisions::bring_back(session, &restore)?.row.version;
    give_up(session, (accept.intent, accept.revision), &version, at)?;
    stand(session, story, accept.desk)?;
    log(session, story, NewEvent { version: Some(version), ..accept.event.clone() })?;
    read_draft(session.tx, story)
}

/// Takes an intent back that the portal's version stands in the way of, which is `version` here and has gone into the
/// draft. What readers have is as the portal told.
pub(crate) fn give_up(
    session: &mut Session,
    (id, revision): (IntentId, u32),
    version: &Sha256Hex,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let intent = intent_of(session.tx, id)?;
    let theirs = seen(&intent, revision)?;
    let row = keyed_row_of(session.tx, intent.story)?.1;
    note_brought(session, &intent, &theirs.hash, version, at)?;
    let public = PublicWord {
        state: theirs.public,
        // A working copy that readers do not have leaves them what they had.
        version: if theirs.is_live { Some(version.clone()) } else { row.live_version },
        url: theirs.url.clone().filter(|_| theirs.public == PublicState::Live),
        live_at: row.live_at.filter(|_| theirs.public == PublicState::Scheduled),
    };
    note_theirs(session.tx, intent.id, &Theirs { accepted: true, ..theirs })?;
    let sql = "UPDATE intents SET state = 'cancelled', doubtful = 0, settled_at = ?2, next_at = NULL
               WHERE id = ?1";
    run(session.tx, sql, params![intent.id.0.as_bytes(), nanos(at)])?;
    crate::outbox::drop_files_of(session, intent.id, at)?;
    write_public(session, intent.story, &public, at)?;
    follow(session, &intent)
}

/// Puts the working copy where it stands from now on, if that changes.
pub(crate) fn stand(
    session: &mut Session,
    story: StoryId,
    desk: Option<DeskState>,
) -> Result<(), StoreError> {
    let Some(desk) = desk else { return Ok(()) };
    let (key, Row { axes, .. }) = keyed_row_of(session.tx, story)?;
    write_axes(session.tx, key, &Axes { desk, ..axes })
}

/// From here on it is a version of ours, which may be written on.
fn note_brought(
    session: &mut Session,
    intent: &Intent,
    hash: &Sha256Hex,
    version: &Sha256Hex,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let place = (key_of(session.tx, intent.story)?, portals::key_of(session.tx, intent.portal)?);
    brought::note(session.tx, place, Kept { hash, version, revision: None }, at)
}

fn go_over(session: &mut Session, order: &PublishOver) -> Result<Intent, StoreError> {
    let intent = intent_of(session.tx, order.intent)?;
    let theirs = seen(&intent, order.revision)?;
    let sql = "UPDATE intents SET over_etag = ?2 WHERE id = ?1";
    run(session.tx, sql, params![intent.id.0.as_bytes(), theirs.etag])?;
    let version = intent.version.clone();
    log(session, intent.story, NewEvent { version, ..order.event.clone() })?;
    crate::outbox::let_go(session, intent.id)
}

fn accept_as_it_is(session: &mut Session, accept: &AcceptDifferences) -> Result<Intent, StoreError> {
    let intent = intent_of(session.tx, accept.intent)?;
    let receipt = intent.receipt.clone().filter(|_| intent.state == DeliveryState::Blocked);
    let Some(Value::Object(mut receipt)) = receipt else {
        return Err(StoreError::WrongState(intent.state));
    };
    let at = accept.event.at;
    receipt.insert("accepted".to_owned(), json!({ "by": accept.by, "at": at }));
    let sql =
        "UPDATE intents SET state = 'confirmed', doubtful = 0, cause = NULL, detail = '', next_at = NULL,
                   settled_at = ?2, confirmed_at = ?2, bytes_sent = bytes_total, receipt = ?3
               WHERE id = ?1";
    let receipt = Value::Object(receipt).to_string();
    run(session.tx, sql, params![intent.id.0.as_bytes(), nanos(at), receipt])?;
    if let Some(public) = &accept.public {
        write_public(session, intent.story, public, at)?;
    }
    follow(session, &intent)?;
    let version = intent.version.clone();
    log(session, intent.story, NewEvent { version, ..accept.event.clone() })?;
    intent_of(session.tx, intent.id)
}

fn log(session: &mut Session, story: StoryId, event: NewEvent) -> Result<(), StoreError> {
    let (key, row) = keyed_row_of(session.tx, story)?;
    let event = NewEvent { desk: row.axes.desk, ..event };
    events::append(session.tx, key, story, &event).map(drop)
}
