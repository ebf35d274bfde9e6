//! What holds a story back, and what of it the portal has not heard of yet.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{Axes, Command, Event, Guards, IntentId, PortalId, StoryId};

use crate::{
    NewEvent, Row, Store, StoreError,
    convert::{many, nanos, run, time, unword, uuid, word},
    events,
    notes::is_known_at,
    portals,
    stories::{key_of, keyed_row_of, move_to_top, row_of, write_axes},
    writer::Session,
};

/// Lines of one answer of [`Store::events_between`].
const MOST_LINES: u32 = 1_000;

/// A change of what holds a story back.
#[derive(Debug, Clone)]
pub struct GuardChange {
    /// Which story.
    pub story: StoryId,
    /// The axes it was decided upon; refused as moved on when they changed since.
    pub decided_on: Axes,
    /// The lines for the log, in order; a portal's are by its clock.
    pub events: Vec<NewEvent>,
    /// When, by this machine's clock.
    pub at: DateTime<Utc>,
    /// What holds it back from now on.
    pub guards: Guards,
    /// What the portal has to be told; `None` where it knows, or never will.
    pub order: Option<GuardOrder>,
    /// Orders of this kind that still wait are not sent any more.
    pub drops: Option<Command>,
}

/// A guard that was put on here, on its way to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardOrder {
    /// The same key has one effect, however often it is sent.
    pub id: IntentId,
    /// [`Command::Flag`] or [`Command::SetEmbargo`].
    pub command: Command,
    /// Of an embargo.
    pub until: Option<DateTime<Utc>>,
    /// The reason.
    pub note: String,
    /// When, by this machine's clock.
    pub asked_at: DateTime<Utc>,
}

/// A line of some story's log, and that story's headline as it is now.
#[derive(Debug, Clone)]
pub struct LineOfStory {
    /// The line.
    pub event: Event,
    /// May be empty.
    pub headline: String,
}

impl Store {
    /// Writes the change, its lines and its order in one transaction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::MovedOn`], and what the disk says.
    pub fn change_guards(&self, change: GuardChange) -> Result<Row, StoreError> {
        self.write(move |session| apply(session, &change))
    }

    /// What a portal has to be told, in the order it was asked for: only of stories that it knows.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn guard_orders(&self, portal: PortalId) -> Result<Vec<(StoryId, GuardOrder)>, StoreError> {
        self.read(|connection| {
            let portal = portals::key_of(connection, portal)?;
            let sql = "SELECT stories.id AS of_story, guard_orders.* FROM guard_orders
                       JOIN stories ON stories.key = guard_orders.story ORDER BY guard_orders.key";
            let waiting = many(connection, sql, [], |row| {
                let story = StoryId(uuid(&row.get::<_, Vec<u8>>("of_story")?)?);
                Ok((row.get::<_, i64>("story")?, story, read_order(row)?))
            })?;
            let mut known = Vec::new();
            for (key, story, order) in waiting {
                if is_known_at(connection, key, portal)? {
                    known.push((story, order));
                }
            }
            Ok(known)
        })
    }

    /// What was put on the story here and no portal has heard of, in the order it was asked for.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn guard_orders_of(&self, story: StoryId) -> Result<Vec<GuardOrder>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT * FROM guard_orders WHERE story = ?1 ORDER BY key";
            many(connection, sql, [key_of(connection, story)?], read_order)
        })
    }

    /// Whether something was put on the story here that the portal has not heard of.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn has_guard_orders(&self, story: StoryId) -> Result<bool, StoreError> {
        Ok(!self.guard_orders_of(story)?.is_empty())
    }

    /// The portal has heard of it, or will not have it.
    ///
    /// # Errors
    /// What the disk says.
    pub fn settle_guard_order(&self, order: IntentId) -> Result<(), StoreError> {
        self.write(move |session| {
            run(session.tx, "DELETE FROM guard_orders WHERE id = ?1", [order.0.as_bytes()]).map(drop)
        })
    }

    /// The lines of all logs from `since` until before `until` that tell of one of `commands` having been carried out,
    /// newest first.
    ///
    /// # Errors
    /// What the disk says.
    pub fn events_between(
        &self,
        (since, until): (DateTime<Utc>, DateTime<Utc>),
        commands: &[Command],
    ) -> Result<Vec<LineOfStory>, StoreError> {
        let words = commands.iter().map(|command| word(*command)).collect::<Result<Vec<_>, _>>()?;
        let words = serde_json::to_string(&words).map_err(|error| StoreError::Internal(error.to_string()))?;
        self.read(|connection| {
            let sql = "SELECT stories.id AS of_story, stories.headline AS headline, events.* FROM events
                       JOIN stories ON stories.key = events.story
                       WHERE events.at >= ?1 AND events.at < ?2 AND events.refused IS NULL
                           AND events.command IN (SELECT value FROM json_each(?3))
                       ORDER BY events.at DESC, events.sequence DESC LIMIT ?4";
            many(connection, sql, params![nanos(since), nanos(until), words, MOST_LINES], |row| {
                let story = StoryId(uuid(&row.get::<_, Vec<u8>>("of_story")?)?);
                Ok(LineOfStory { event: events::read_event(row, story)?, headline: row.get("headline")? })
            })
        })
    }
}

fn apply(session: &mut Session, change: &GuardChange) -> Result<Row, StoreError> {
    let (key, row) = keyed_row_of(session.tx, change.story)?;
    if row.axes != change.decided_on {
        return Err(StoreError::MovedOn { counter: row.counter });
    }
    for event in &change.events {
        events::append(session.tx, key, change.story, event)?;
    }
    write_axes(session.tx, key, &Axes { guards: change.guards.clone(), ..row.axes })?;
    if let Some(command) = change.drops {
        let sql = "DELETE FROM guard_orders WHERE story = ?1 AND command = ?2";
        run(session.tx, sql, params![key, word(command)?])?;
    }
    if let Some(order) = &change.order {
        insert(session.tx, key, order)?;
    }
    if !change.events.is_empty() {
        let sql = "UPDATE stories SET changed_at = ?2 WHERE key = ?1";
        run(session.tx, sql, params![key, nanos(change.at)])?;
    }
    move_to_top(session, key)?;
    row_of(session.tx, change.story)
}

fn insert(connection: &Connection, story: i64, order: &GuardOrder) -> Result<(), StoreError> {
    let sql = "INSERT INTO guard_orders (id, story, command, until, note, asked_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let GuardOrder { id, command, until, note, asked_at } = order;
    let until = until.map(nanos);
    run(connection, sql, params![id.0.as_bytes(), story, word(*command)?, until, note, nanos(*asked_at)])
        .map(drop)
}

fn read_order(row: &SqlRow) -> Result<GuardOrder, StoreError> {
    Ok(GuardOrder {
        id: IntentId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        command: unword(row.get("command")?)?,
        until: row.get::<_, Option<i64>>("until")?.map(time),
        note: row.get("note")?,
        asked_at: time(row.get("asked_at")?),
    })
}

/// As a column keeps them; nothing is NULL.
pub(crate) fn column(guards: &Guards) -> Result<Option<String>, StoreError> {
    if guards.is_free() {
        return Ok(None);
    }
    serde_json::to_string(guards).map(Some).map_err(|error| StoreError::Internal(error.to_string()))
}

pub(crate) fn read_column(column: Option<String>) -> Result<Guards, StoreError> {
    let Some(text) = column else { return Ok(Guards::default()) };
    serde_json::from_str(&text).map_err(|error| StoreError::Damaged(error.to_string()))
}
