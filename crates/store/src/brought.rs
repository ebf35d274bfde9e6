//! Stories that come from a portal's desk, or back from it: with the text that was there, and never over one that was
//! written here meanwhile.

mod base;

use chrono::{DateTime, Utc};
use rusqlite::params;
use story::{
    Approval, Axes, Command, Content, DeskState, Event, IntentId, PortalId, RevisionReason, Sha256Hex,
    StoryId,
};

pub(crate) use base::is_open;
pub(crate) use base::{Kept, base_version, note};
use base::{base, newest_intent};

use crate::{
    DraftSave, NewEvent, NewRevision, NewStory, PublicWord, QueueHeld, Row, Store, StoreError,
    convert::{digest, many, nanos, one, run, uuid},
    drafts::{self, Text},
    events, offline, portals,
    queue::note_taken,
    readings,
    revisions::{self, FromPortal},
    stories::{self, key_of, keyed_row_of, move_to_top, row_of, write_axes},
    writer::Session,
};

/// How far a text that comes by itself goes ahead of the last save. The next save of an open window has the next
/// number: answered with that very number, the window would take its words for saved, which they are not.
pub(crate) const AHEAD_OF_WINDOWS: u64 = 1_000;

/// A text that a portal holds.
#[derive(Debug, Clone)]
pub struct NewBrought {
    /// What it says.
    pub content: Content,
    /// Words in headline, standfirst and body.
    pub words: u32,
    /// Who wrote it, by the portal's word.
    pub author: String,
    /// When, by the portal's word.
    pub written_at: DateTime<Utc>,
    /// The portal's digest of its bytes.
    pub hash: Sha256Hex,
}

/// A story that was taken from a portal's desk.
#[derive(Debug, Clone)]
pub struct TakeIn {
    /// Which; made here under its own id when it is not here.
    pub story: StoryId,
    /// From where.
    pub portal: PortalId,
    /// Its text there.
    pub text: NewBrought,
    /// The line for the log; its actor is who took it.
    pub event: NewEvent,
    /// What readers get; `None` leaves what is known of that.
    pub public: Option<PublicWord>,
    /// That it is in our hands, as the portal will tell it; `None` where it keeps nothing of that, or does not know of it.
    pub held: Option<QueueHeld>,
    /// The log has the line: it was taken here before the portal could be asked.
    pub told: bool,
}

/// What a portal's desk did with a story that is here.
#[derive(Debug, Clone)]
pub struct DeskMove {
    /// Which.
    pub story: StoryId,
    /// At which portal.
    pub portal: PortalId,
    /// Where the story stood here when the portal was asked; it is no news any more when that changed since.
    pub decided_on: Axes,
    /// Its newest intent then.
    pub newest: Option<IntentId>,
    /// The line for the log; `None` when only what readers get is otherwise.
    pub event: Option<NewEvent>,
    /// Where the working copy stands there.
    pub desk: DeskState,
    /// The approval that stands there, in our version.
    pub approval: Option<Approval>,
    /// Its text there, where it may be another than here.
    pub text: Option<NewBrought>,
    /// What readers get, where that is otherwise.
    pub public: Option<PublicWord>,
    /// Who writes here, for what the draft said before.
    pub author: String,
    /// When, by this machine's clock.
    pub at: DateTime<Utc>,
}

/// What became of a text that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// The draft says it already, or was made from it.
    Known,
    /// It is the draft now; what the draft said before is a revision.
    Draft,
    /// The draft has moved and stays: this revision holds it.
    Beside(u32),
}

/// Where the story stands now.
#[derive(Debug, Clone)]
pub struct CameHome {
    /// The story's row.
    pub row: Row,
    /// What became of the text.
    pub came: Came,
}

impl Store {
    /// Takes a story in that was taken from a portal's desk, in one transaction. One that is here already gets the
    /// portal's text as its draft when the draft is what the portal had from here or brought here last; else the text
    /// is kept as a revision and the draft stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, [`StoreError::TooLong`], and what the disk says.
    pub fn take_in(&self, new: TakeIn) -> Result<CameHome, StoreError> {
        let text = Text::of(&new.text.content)?;
        self.write(move |session| take_in(session, &new, &text))
    }

    /// Writes down what a portal's desk did with a story that is here, its text as in [`Store::take_in`], in one
    /// transaction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::MovedOn`] when the story moved since the portal was asked or something
    /// of it is on its way, [`StoreError::TooLong`], and what the disk says.
    pub fn follow_desk(&self, moved: DeskMove) -> Result<CameHome, StoreError> {
        let text = moved.text.as_ref().map(|text| Text::of(&text.content)).transpose()?;
        self.write(move |session| follow(session, &moved, text.as_ref()))
    }

    /// Digests of the portal's texts that came here and became the draft, or were taken over later.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn brought(&self, story: StoryId, portal: PortalId) -> Result<Vec<Sha256Hex>, StoreError> {
        self.read(|connection| {
            let (story, portal) = (key_of(connection, story)?, portals::key_of(connection, portal)?);
            let sql = format!("SELECT hash FROM brought WHERE story = ?1 AND portal = ?2 AND {}", base::CAME);
            many(connection, &sql, [story, portal], |row| digest(&row.get::<_, Vec<u8>>(0)?))
        })
    }

    /// The version that a text of a portal's became here, by the portal's digest of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn version_brought(&self, story: StoryId, hash: &Sha256Hex) -> Result<Option<Sha256Hex>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT version FROM brought WHERE story = ?1 AND hash = ?2 ORDER BY key DESC LIMIT 1";
            let key = key_of(connection, story)?;
            one(connection, sql, params![key, hash.to_bytes()], |row| digest(&row.get::<_, Vec<u8>>(0)?))
        })
    }

    /// The portal that a story was brought from last; `None` when it never was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn brought_from(&self, story: StoryId) -> Result<Option<PortalId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT portals.id FROM brought JOIN portals ON portals.key = brought.portal
                       WHERE brought.story = ?1 ORDER BY brought.key DESC LIMIT 1";
            one(connection, sql, [key_of(connection, story)?], |row| {
                Ok(PortalId(uuid(&row.get::<_, Vec<u8>>(0)?)?))
            })
        })
    }

    /// The newest line of the log that says that this command was carried out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn last_of(&self, story: StoryId, command: Command) -> Result<Option<Event>, StoreError> {
        self.read(|connection| events::last_of(connection, key_of(connection, story)?, story, command))
    }

    /// The revision that holds a version of the portal's which came and stands beside the draft; `None` once it was
    /// taken over.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn beside(&self, story: StoryId, version: &Sha256Hex) -> Result<Option<u32>, StoreError> {
        self.read(|connection| {
            let sql = format!(
                "SELECT revision FROM brought
                 WHERE story = ?1 AND version = ?2 AND revision IS NOT NULL AND NOT {} ORDER BY key DESC LIMIT 1",
                base::CAME
            );
            let key = key_of(connection, story)?;
            one(connection, &sql, params![key, version.to_bytes()], |row| Ok(row.get(0)?))
        })
    }
}

pub(crate) fn take_in(session: &mut Session, new: &TakeIn, text: &Text) -> Result<CameHome, StoreError> {
    let portal = portals::key_of(session.tx, new.portal)?;
    let event =
        NewEvent { version: Some(text.version.clone()), desk: DeskState::InEdit, ..new.event.clone() };
    let came = if key_of(session.tx, new.story).is_ok() {
        let bringing = Bringing { portal, text, brought: &new.text, author: &event.actor, at: event.at };
        let came = bring(session, new.story, &bringing)?;
        if !new.told {
            events::append(session.tx, key_of(session.tx, new.story)?, new.story, &event)?;
        }
        came
    } else {
        begin(session, new, &event, text)?
    };
    let (key, row) = keyed_row_of(session.tx, new.story)?;
    write_axes(session.tx, key, &row.axes.unapproved(DeskState::InEdit))?;
    match &new.public {
        Some(public) if !is_open(session.tx, key)? => {
            crate::outbox::write_public(session, new.story, public, event.at)?;
        }
        // What is on its way knows more of the readers than the portal did.
        _ => touch(session, key, event.at)?,
    }
    if let Some(held) = &new.held {
        note_taken(session.tx, (new.portal, new.story), held)?;
    }
    // Whoever takes it without the portal's word writes that down after this.
    offline::end(session.tx, key)?;
    Ok(CameHome { row: row_of(session.tx, new.story)?, came })
}

/// A story that was not here: its draft is the portal's text, and its first revision too.
fn begin(session: &mut Session, new: &TakeIn, event: &NewEvent, text: &Text) -> Result<Came, StoreError> {
    let NewBrought { content, words, .. } = new.text.clone();
    let first = NewStory { story: new.story, content, words, event: event.clone() };
    stories::begin(session, &first, text)?;
    let portal = portals::key_of(session.tx, new.portal)?;
    let bringing = Bringing { portal, text, brought: &new.text, author: &event.actor, at: event.at };
    let key = key_of(session.tx, new.story)?;
    keep_revision(session, key, &bringing, None)?;
    note(session.tx, (key, portal), Kept::new(&bringing, None), event.at)?;
    Ok(Came::Draft)
}

fn follow(session: &mut Session, moved: &DeskMove, text: Option<&Text>) -> Result<CameHome, StoreError> {
    let (key, row) = keyed_row_of(session.tx, moved.story)?;
    let stale = row.axes != moved.decided_on || newest_intent(session.tx, key)? != moved.newest;
    if stale || is_open(session.tx, key)? {
        return Err(StoreError::MovedOn { counter: row.counter });
    }
    let portal = portals::key_of(session.tx, moved.portal)?;
    let mut version = base(session.tx, (key, portal))?.map(|base| base.version);
    let mut came = Came::Known;
    if let (Some(text), Some(brought)) = (text, &moved.text) {
        let bringing = Bringing { portal, text, brought, author: &moved.author, at: moved.at };
        came = bring(session, moved.story, &bringing)?;
        version = Some(text.version.clone());
    }
    if let Some(event) = &moved.event {
        let event = NewEvent { version, desk: moved.desk, ..event.clone() };
        events::append(session.tx, key, moved.story, &event)?;
        let row = row_of(session.tx, moved.story)?;
        write_axes(session.tx, key, &judged(row, moved, event.command))?;
    }
    match &moved.public {
        Some(public) => crate::outbox::write_public(session, moved.story, public, moved.at)?,
        None => touch(session, key, moved.at)?,
    }
    Ok(CameHome { row: row_of(session.tx, moved.story)?, came })
}

/// Where the story stands then. An approval of another text than the draft's has fallen for what is here.
fn judged(row: Row, moved: &DeskMove, command: Command) -> Axes {
    let axes = row.axes.handed_on(command, moved.desk);
    let Some(approval) = moved.approval.clone() else { return axes };
    Axes { approval: Some(approval), ..axes }.after_edit(&row.version)
}

/// A text on its way into a story that is here.
struct Bringing<'a> {
    portal: i64,
    text: &'a Text,
    brought: &'a NewBrought,
    /// Who writes here.
    author: &'a str,
    /// By this machine's clock.
    at: DateTime<Utc>,
}

impl<'a> Kept<'a> {
    fn new(bringing: &Bringing<'a>, revision: Option<u32>) -> Self {
        Self { hash: &bringing.brought.hash, version: &bringing.text.version, revision }
    }
}

fn bring(session: &mut Session, story: StoryId, bringing: &Bringing) -> Result<Came, StoreError> {
    let (key, row) = keyed_row_of(session.tx, story)?;
    let place = (key, bringing.portal);
    let base = base(session.tx, place)?;
    if base.as_ref().is_some_and(|base| base.hash == bringing.brought.hash) {
        return Ok(Came::Known);
    }
    if row.version == bringing.text.version {
        note(session.tx, place, Kept::new(bringing, None), bringing.at)?;
        return Ok(Came::Known);
    }
    let base = base.map(|base| base.version);
    if base.as_ref() != Some(&row.version) || is_open(session.tx, key)? {
        let revision = keep_revision(session, key, bringing, base)?;
        note(session.tx, place, Kept::new(bringing, Some(revision)), bringing.at)?;
        return Ok(Came::Beside(revision));
    }
    become_draft(session, story, bringing, &row)?;
    keep_revision(session, key, bringing, base)?;
    note(session.tx, place, Kept::new(bringing, None), bringing.at)?;
    Ok(Came::Draft)
}

/// What the draft says is a revision first, unless it is one already.
fn become_draft(
    session: &mut Session,
    story: StoryId,
    bringing: &Bringing,
    row: &Row,
) -> Result<(), StoreError> {
    let Bringing { text, brought, at, .. } = *bringing;
    let key = key_of(session.tx, story)?;
    if !revisions::holds(session.tx, key, &row.version)? {
        let (reason, author) = (RevisionReason::Left, bringing.author.to_owned());
        revisions::cut(session, story, &NewRevision { at, reason, author })?;
    }
    readings::overtake(session, key, row)?;
    let NewBrought { content, words, .. } = brought.clone();
    let counter = row.counter + AHEAD_OF_WINDOWS;
    let save = DraftSave { story, counter, at, content, words, undo: None };
    drafts::keep(session, &save, text)?;
    drafts::forget_undo(session, story)
}

fn keep_revision(
    session: &mut Session,
    key: i64,
    bringing: &Bringing,
    parent: Option<Sha256Hex>,
) -> Result<u32, StoreError> {
    let NewBrought { words, author, written_at, .. } = bringing.brought;
    let from = FromPortal { words: *words, author, at: *written_at, parent };
    revisions::keep_from_portal(session, key, bringing.text, from).map(|(number, _)| number)
}

pub(crate) fn touch(session: &mut Session, key: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    run(session.tx, "UPDATE stories SET changed_at = ?2 WHERE key = ?1", params![key, nanos(at)])?;
    move_to_top(session, key)
}
