//! Stories as the database's rows have them.

use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Row, any::AnyRow};
use story::{ChangeKind, DeskState, Guards, PublicState};

use super::{Approved, Live, Planned, StoryRow, Turn, Version};

pub(in crate::db) fn read(row: &AnyRow) -> Result<StoryRow, sqlx::Error> {
    let (id, hash): (String, String) = (row.try_get("id")?, row.try_get("hash")?);
    let (desk, state): (String, String) = (row.try_get("desk")?, row.try_get("state")?);
    Ok(StoryRow {
        id: id.parse().map_err(decode)?,
        author: row.try_get("author")?,
        author_name: row.try_get::<Option<String>, _>("author_name")?.unwrap_or_default(),
        revision: row.try_get("revision")?,
        hash: hash.parse().map_err(decode)?,
        preview_key: row.try_get("preview_key")?,
        desk: named(&DESK, &desk)?,
        turn: read_turn(row)?,
        approved: read_approved(row)?,
        filed_hash: row.try_get("filed_hash")?,
        filed_at: row.try_get("filed_at")?,
        state: named(&STATES, &state)?,
        live: read_live(row)?,
        planned: read_planned(row)?,
        guards: Guards {
            legal: unjson(row.try_get("legal")?)?,
            embargo: unjson(row.try_get("embargo")?)?,
            kill: unjson(row.try_get("kill_asked")?)?,
        },
        takings_down: row.try_get("takings_down")?,
        changed: row.try_get("changed")?,
        headline: row.try_get("head_headline")?,
        section: row.try_get("head_section")?,
        words: row.try_get("head_words")?,
        photos: row.try_get("head_photos")?,
        noted_at: row.try_get("noted_at")?,
        photo_size: row.try_get::<Option<i64>, _>("width")?.zip(row.try_get("height")?),
    })
}

fn read_turn(row: &AnyRow) -> Result<Turn, sqlx::Error> {
    Ok(Turn {
        at: row.try_get("desk_at")?,
        by: row.try_get("desk_by")?,
        name: row.try_get("desk_by_name")?,
        note: row.try_get("desk_note")?,
    })
}

fn read_approved(row: &AnyRow) -> Result<Option<Approved>, sqlx::Error> {
    let Some(hash) = row.try_get("approved_hash")? else { return Ok(None) };
    Ok(Some(Approved {
        hash,
        by: row.try_get::<Option<String>, _>("approved_by")?.unwrap_or_default(),
        name: row.try_get("approved_by_name")?,
        at: row.try_get::<Option<i64>, _>("approved_at")?.unwrap_or_default(),
        alone: row.try_get::<i64, _>("approved_alone")? != 0,
    }))
}

pub(super) fn json<T: Serialize>(value: Option<&T>) -> Result<Option<String>, sqlx::Error> {
    value.map(|value| serde_json::to_string(value).map_err(decode)).transpose()
}

fn unjson<T: DeserializeOwned>(text: Option<String>) -> Result<Option<T>, sqlx::Error> {
    text.map(|text| serde_json::from_str(&text).map_err(decode)).transpose()
}

fn read_live(row: &AnyRow) -> Result<Live, sqlx::Error> {
    Ok(Live {
        revision: row.try_get("live_revision")?,
        hash: row.try_get("live_hash")?,
        section: row.try_get("section")?,
        path: row.try_get("path")?,
        headline: row.try_get("headline")?,
        teaser: row.try_get("teaser")?,
        photo: row.try_get("photo")?,
        first_at: row.try_get("first_at")?,
        published_at: row.try_get("published_at")?,
        updated_at: row.try_get("updated_at")?,
        corrected_at: row.try_get("corrected_at")?,
        correction: row.try_get("correction")?,
        correction_kind: row
            .try_get::<Option<String>, _>("correction_kind")?
            .and_then(|name| ChangeKind::named(&name)),
    })
}

fn read_planned(row: &AnyRow) -> Result<Option<Planned>, sqlx::Error> {
    let Some(at) = row.try_get("scheduled_for")? else { return Ok(None) };
    let hash: String = row.try_get("scheduled_hash")?;
    let version =
        Version { revision: row.try_get("scheduled_revision")?, hash: hash.parse().map_err(decode)? };
    Ok(Some(Planned { version, at }))
}

const STATES: [(PublicState, &str); 5] = [
    (PublicState::Never, "never"),
    (PublicState::Scheduled, "scheduled"),
    (PublicState::Live, "live"),
    (PublicState::Withdrawn, "withdrawn"),
    (PublicState::Killed, "killed"),
];

const DESK: [(DeskState, &str); 6] = [
    (DeskState::Draft, "draft"),
    (DeskState::Filed, "filed"),
    (DeskState::InEdit, "in_edit"),
    (DeskState::Returned, "returned"),
    (DeskState::Approved, "approved"),
    (DeskState::Spiked, "spiked"),
];

pub(in crate::db) fn state_name(state: PublicState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("never", |(_, name)| name)
}

pub(super) fn desk_name(desk: DeskState) -> &'static str {
    DESK.iter().find(|(known, _)| *known == desk).map_or("draft", |(_, name)| name)
}

fn named<T: Copy>(names: &[(T, &str)], name: &str) -> Result<T, sqlx::Error> {
    let found = names.iter().find(|(_, known)| *known == name).map(|(value, _)| *value);
    found.ok_or_else(|| sqlx::Error::Decode(format!("no such state: {name}").into()))
}

pub(super) fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::Decode(Box::new(error))
}
