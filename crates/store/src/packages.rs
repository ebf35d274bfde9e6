//! Stories that come in a package, as somebody carried it here: all of one package in one transaction, and the same one
//! again changes nothing.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde_json::Value;
use story::{
    Axes, Content, DeliveryState, DeskState, Event, IntentId, Revision, RevisionReason, Sha256Hex, StoryId,
};

use crate::{
    Came, DraftSave, Intent, NewEvent, NewStory, Row, Store, StoreError, Thing,
    brought::{AHEAD_OF_WINDOWS, is_open},
    convert::{nanos, one, run},
    drafts::{self, Text},
    events, outbox, readings, revisions,
    stories::{self, key_of, keyed_row_of, move_to_top, row_of, write_axes},
    writer::Session,
};

/// A story as a package tells it; verified by whoever read the package.
#[derive(Debug, Clone)]
pub struct PackageIn {
    /// Which; made here under its own id when it is not here.
    pub story: StoryId,
    /// The version that was the draft there; one of `versions`.
    pub head: Sha256Hex,
    /// Oldest first; each was made from one before it, or from none.
    pub versions: Vec<PackedVersion>,
    /// The log there, from its first line.
    pub events: Vec<Event>,
    /// Where the story stood here when this was decided; `None` when it was not here. Otherwise by now: moved on.
    pub decided_on: Option<Axes>,
    /// Where the working copy stands from now on; `None` leaves it.
    pub desk: Option<DeskState>,
    /// When, by this machine's clock.
    pub at: DateTime<Utc>,
}

/// A version out of a package.
#[derive(Debug, Clone)]
pub struct PackedVersion {
    /// What is known of it; its number is that of the machine it was cut on.
    pub revision: Revision,
    /// What it says.
    pub content: Content,
    /// The bytes that its hash is of.
    pub bytes: Arc<Vec<u8>>,
}

/// What a package came to.
#[derive(Debug, Clone)]
pub struct PackageCame {
    /// The story's row.
    pub row: Row,
    /// What became of the text.
    pub came: Came,
    /// The story was not here before.
    pub is_new: bool,
    /// Versions that were not here before.
    pub versions: u32,
    /// Lines of the log that were not here before.
    pub events: u32,
}

impl Store {
    /// Takes a package in. A draft that its head was made from becomes that head; one that was written at since stays,
    /// and the head stands beside it as a revision. Lines of the log that are not here are sealed over the last one.
    ///
    /// # Errors
    /// [`StoreError::MovedOn`] when the story stands elsewhere than this was decided on, [`StoreError::Exists`] when a
    /// line of the log is another story's, [`StoreError::NotFound`] when the head is none of the versions, and what the
    /// disk says.
    pub fn take_package(&self, new: PackageIn) -> Result<PackageCame, StoreError> {
        self.write(move |session| take(session, &new))
    }

    /// Settles an intent that somebody carried to its end by hand, with the photos that wait only for it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::WrongState`] when it is settled or under way, and what the disk says.
    pub fn settle_by_hand(
        &self,
        intent: IntentId,
        receipt: Value,
        at: DateTime<Utc>,
    ) -> Result<Intent, StoreError> {
        self.write(move |session| {
            let state = outbox::intent_of(session.tx, intent)?.state;
            if state == DeliveryState::Sending {
                return Err(StoreError::WrongState(state));
            }
            outbox::confirm_by_hand(session, intent, &receipt, at)
        })
    }
}

fn take(session: &mut Session, new: &PackageIn) -> Result<PackageCame, StoreError> {
    let head = new.versions.iter().find(|version| version.revision.hash == new.head);
    let head = head.ok_or(StoreError::NotFound(Thing::Revision))?;
    match (keyed_row_of(session.tx, new.story), &new.decided_on) {
        (Ok((key, row)), Some(decided)) if row.axes == *decided => follow(session, (key, row), new, head),
        (Ok((_, row)), _) => Err(StoreError::MovedOn { counter: row.counter }),
        (Err(StoreError::NotFound(_)), None) => begin(session, new, head),
        (Err(StoreError::NotFound(_)), Some(_)) => Err(StoreError::MovedOn { counter: 0 }),
        (Err(error), _) => Err(error),
    }
}

fn begin(session: &mut Session, new: &PackageIn, head: &PackedVersion) -> Result<PackageCame, StoreError> {
    let (first, later) = new.events.split_first().ok_or(StoreError::NotFound(Thing::Story))?;
    let story = NewStory {
        story: new.story,
        content: head.content.clone(),
        words: head.revision.words,
        event: line(first),
    };
    ours_or_new(session.tx, None, first)?;
    stories::begin(session, &story, &text(head))?;
    let key = key_of(session.tx, new.story)?;
    for version in &new.versions {
        keep(session.tx, key, version, None)?;
    }
    for event in later {
        ours_or_new(session.tx, Some(key), event)?;
        events::append(session.tx, key, new.story, &line(event))?;
    }
    stand(session, new, key)?;
    Ok(PackageCame {
        row: row_of(session.tx, new.story)?,
        came: Came::Draft,
        is_new: true,
        versions: count(new.versions.len()),
        events: count(new.events.len()),
    })
}

fn follow(
    session: &mut Session,
    (key, row): (i64, Row),
    new: &PackageIn,
    head: &PackedVersion,
) -> Result<PackageCame, StoreError> {
    let is_known = row.version == new.head || revisions::holds(session.tx, key, &new.head)?;
    let goes_on = ancestors(new).contains(&row.version) && !is_open(session.tx, key)?;
    let becomes_draft = goes_on && !is_known;
    let mut versions = 0;
    let mut beside = None;
    for version in &new.versions {
        if revisions::holds(session.tx, key, &version.revision.hash)? {
            continue;
        }
        // What the draft was not made from is somebody else's, whoever cut it and why.
        let reason = (!becomes_draft).then_some(RevisionReason::Package);
        let number = keep(session.tx, key, version, reason)?;
        versions += 1;
        if version.revision.hash == new.head {
            beside = Some(number);
        }
    }
    if becomes_draft {
        readings::overtake(session, key, &row)?;
        become_draft(session, new, &row, head)?;
    }
    let mut events = 0;
    for event in &new.events {
        if !ours_or_new(session.tx, Some(key), event)? {
            events::append(session.tx, key, new.story, &line(event))?;
            events += 1;
        }
    }
    if versions + events > 0 {
        stand(session, new, key)?;
    }
    let came = match beside {
        _ if becomes_draft => Came::Draft,
        Some(number) if !is_known => Came::Beside(number),
        _ => Came::Known,
    };
    Ok(PackageCame { row: row_of(session.tx, new.story)?, came, is_new: false, versions, events })
}

/// The versions that the head was made from, and itself.
fn ancestors(new: &PackageIn) -> BTreeSet<Sha256Hex> {
    let mut found = BTreeSet::from([new.head.clone()]);
    // Newest first: whatever a version was made from stands before it.
    for version in new.versions.iter().rev() {
        let Revision { hash, parent, merged, .. } = &version.revision;
        if found.contains(hash) {
            found.extend(parent.iter().chain(merged).cloned());
        }
    }
    found
}

fn become_draft(
    session: &mut Session,
    new: &PackageIn,
    row: &Row,
    head: &PackedVersion,
) -> Result<(), StoreError> {
    let save = DraftSave {
        story: new.story,
        counter: row.counter + AHEAD_OF_WINDOWS,
        at: new.at,
        content: head.content.clone(),
        words: head.revision.words,
        undo: None,
    };
    drafts::keep(session, &save, &text(head))?;
    drafts::forget_undo(session, new.story)
}

/// Where the story stands from now on, at the top of its list.
fn stand(session: &mut Session, new: &PackageIn, key: i64) -> Result<(), StoreError> {
    let axes = row_of(session.tx, new.story)?.axes;
    if let Some(desk) = new.desk.filter(|desk| *desk != axes.desk) {
        write_axes(session.tx, key, &axes.unapproved(desk))?;
    }
    run(session.tx, "UPDATE stories SET changed_at = ?2 WHERE key = ?1", params![key, nanos(new.at)])?;
    move_to_top(session, key)
}

fn keep(
    connection: &Connection,
    key: i64,
    version: &PackedVersion,
    reason: Option<RevisionReason>,
) -> Result<u32, StoreError> {
    let revision = version.revision.clone();
    let revision = Revision { reason: reason.unwrap_or(revision.reason), ..revision };
    revisions::keep_packed(connection, key, revision, &version.bytes)
}

/// Whether the line is in this story's log already.
fn ours_or_new(connection: &Connection, key: Option<i64>, event: &Event) -> Result<bool, StoreError> {
    let sql = "SELECT story FROM events WHERE id = ?1";
    let of = one(connection, sql, [event.id.0.as_bytes()], |row| Ok(row.get::<_, i64>(0)?))?;
    match of {
        None => Ok(false),
        Some(story) if Some(story) == key => Ok(true),
        Some(_) => Err(StoreError::Exists(Thing::Story)),
    }
}

fn line(event: &Event) -> NewEvent {
    let Event { id, at, actor, command, version, desk, refused, note, .. } = event.clone();
    NewEvent { id, at, actor, command, version, desk, refused, note }
}

fn text(version: &PackedVersion) -> Text {
    Text { bytes: Arc::clone(&version.bytes), version: version.revision.hash.clone() }
}

fn count(pieces: usize) -> u32 {
    u32::try_from(pieces).unwrap_or(u32::MAX)
}
