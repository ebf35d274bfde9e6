//! Portal accounts and what was last heard from each; never a secret.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use serde_json::Value;
use story::{PortalId, Section};

use crate::{
    Store, StoreError, Thing,
    convert::{json, many, nanos, one, run, time, unjson, unword, uuid, word},
};

/// Kinds of portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortalKind {
    /// The one inside the application.
    BuiltIn,
    /// Speaks the native contract.
    Native,
    /// WordPress 6.1 or newer.
    Wordpress,
}

/// An account on a portal.
#[derive(Debug, Clone, PartialEq)]
pub struct Portal {
    /// Which.
    pub id: PortalId,
    /// What the person calls it.
    pub name: String,
    /// What kind.
    pub kind: PortalKind,
    /// Its address.
    pub url: String,
    /// Account name there.
    pub user: String,
    /// Stories go to this one.
    pub current: bool,
    /// What the portal last said of itself and of us (role, limits …), in the desk's own form.
    pub facts: Value,
}

/// A list (latest, popular) as a portal last gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct CachedList {
    /// As the portal gave it.
    pub content: Value,
    /// To ask whether it changed.
    pub etag: Option<String>,
    /// When.
    pub fetched_at: DateTime<Utc>,
}

impl Store {
    /// Every account that was not removed, in the order they were added.
    ///
    /// # Errors
    /// What the disk says.
    pub fn portals(&self) -> Result<Vec<Portal>, StoreError> {
        self.read(|connection| {
            many(connection, "SELECT * FROM portals WHERE removed = 0 ORDER BY key", [], read_portal)
        })
    }

    /// One account, also a removed one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn portal(&self, portal: PortalId) -> Result<Portal, StoreError> {
        self.read(|connection| {
            let sql = "SELECT * FROM portals WHERE id = ?1";
            let found = one(connection, sql, [portal.0.as_bytes()], read_portal)?;
            found.ok_or(StoreError::NotFound(Thing::Portal))
        })
    }

    /// The account stories go to.
    ///
    /// # Errors
    /// What the disk says.
    pub fn current_portal(&self) -> Result<Option<Portal>, StoreError> {
        self.read(|connection| one(connection, "SELECT * FROM portals WHERE current = 1", [], read_portal))
    }

    /// Adds an account, or writes the new facts of one that is there (also brings a removed one back). When
    /// `current` is set it becomes the only current one.
    ///
    /// # Errors
    /// What the disk says.
    pub fn put_portal(&self, portal: Portal) -> Result<(), StoreError> {
        self.write(move |session| put(session.tx, &portal))
    }

    /// Makes an account the only current one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also for a removed one, and what the disk says.
    pub fn choose_portal(&self, portal: PortalId) -> Result<(), StoreError> {
        self.write(move |session| choose(session.tx, portal))
    }

    /// Takes an account out of the list. Its intents stay and keep its name.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn remove_portal(&self, portal: PortalId) -> Result<(), StoreError> {
        self.write(move |session| {
            let key = key_of(session.tx, portal)?;
            run(session.tx, "UPDATE portals SET removed = 1, current = 0 WHERE key = ?1", [key]).map(drop)
        })
    }

    /// Puts a portal's section tree in the place of the stored one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Internal`] for a slug named twice, and what the disk says.
    pub fn replace_sections(&self, portal: PortalId, sections: Vec<Section>) -> Result<(), StoreError> {
        self.write(move |session| {
            let key = key_of(session.tx, portal)?;
            run(session.tx, "DELETE FROM sections WHERE portal = ?1", [key])?;
            let mut numbered = sections.iter().zip(0..);
            numbered.try_for_each(|(section, row)| add_section(session.tx, key, section, row))
        })
    }

    /// A portal's sections, in the order it gave them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn sections(&self, portal: PortalId) -> Result<Vec<Section>, StoreError> {
        self.read(|connection| {
            let key = key_of(connection, portal)?;
            let sql = "SELECT slug, name_bn, name_en, parent, position FROM sections
                       WHERE portal = ?1 ORDER BY row";
            many(connection, sql, [key], read_section)
        })
    }

    /// Keeps a list as the portal gave it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn put_portal_list(&self, portal: PortalId, name: &str, list: CachedList) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.write(move |session| {
            let key = key_of(session.tx, portal)?;
            let sql = "INSERT OR REPLACE INTO portal_lists (portal, name, content, etag, fetched_at)
                       VALUES (?1, ?2, ?3, ?4, ?5)";
            let fetched_at = nanos(list.fetched_at);
            run(session.tx, sql, params![key, name, json(&list.content), list.etag, fetched_at]).map(drop)
        })
    }

    /// A list as the portal last gave it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for the portal, and what the disk says.
    pub fn portal_list(&self, portal: PortalId, name: &str) -> Result<Option<CachedList>, StoreError> {
        self.read(|connection| {
            let key = key_of(connection, portal)?;
            let sql = "SELECT content, etag, fetched_at FROM portal_lists WHERE portal = ?1 AND name = ?2";
            one(connection, sql, params![key, name], |row| {
                let content = unjson(&row.get::<_, String>(0)?)?;
                Ok(CachedList { content, etag: row.get(1)?, fetched_at: time(row.get(2)?) })
            })
        })
    }
}

/// The key that this file knows a portal by.
pub(crate) fn key_of(connection: &Connection, portal: PortalId) -> Result<i64, StoreError> {
    let sql = "SELECT key FROM portals WHERE id = ?1";
    let key = one(connection, sql, [portal.0.as_bytes()], |row| Ok(row.get(0)?))?;
    key.ok_or(StoreError::NotFound(Thing::Portal))
}

fn put(connection: &Connection, portal: &Portal) -> Result<(), StoreError> {
    let sql = "INSERT INTO portals (id, name, kind, url, user, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, url = excluded.url,
                   user = excluded.user, facts = excluded.facts, removed = 0";
    run(
        connection,
        sql,
        params![
            portal.id.0.as_bytes(),
            portal.name,
            word(portal.kind)?,
            portal.url,
            portal.user,
            json(&portal.facts),
        ],
    )?;
    if portal.current { choose(connection, portal.id) } else { Ok(()) }
}

fn choose(connection: &Connection, portal: PortalId) -> Result<(), StoreError> {
    run(connection, "UPDATE portals SET current = 0 WHERE current = 1", [])?;
    let sql = "UPDATE portals SET current = 1 WHERE id = ?1 AND removed = 0";
    match run(connection, sql, [portal.0.as_bytes()])? {
        0 => Err(StoreError::NotFound(Thing::Portal)),
        _ => Ok(()),
    }
}

fn add_section(connection: &Connection, portal: i64, section: &Section, row: u32) -> Result<(), StoreError> {
    let sql = "INSERT INTO sections (portal, slug, name_bn, name_en, parent, position, row)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Section { slug, name_bn, name_en, parent, position } = section;
    run(connection, sql, params![portal, slug, name_bn, name_en, parent, position, row]).map(drop)
}

fn read_portal(row: &SqlRow) -> Result<Portal, StoreError> {
    Ok(Portal {
        id: PortalId(uuid(&row.get::<_, Vec<u8>>("id")?)?),
        name: row.get("name")?,
        kind: unword(row.get("kind")?)?,
        url: row.get("url")?,
        user: row.get("user")?,
        current: row.get("current")?,
        facts: unjson(&row.get::<_, String>("facts")?)?,
    })
}

fn read_section(row: &SqlRow) -> Result<Section, StoreError> {
    Ok(Section {
        slug: row.get("slug")?,
        name_bn: row.get("name_bn")?,
        name_en: row.get("name_en")?,
        parent: row.get("parent")?,
        position: row.get("position")?,
    })
}
