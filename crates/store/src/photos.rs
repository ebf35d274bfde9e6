//! Photos: bytes in files named by their SHA-256, facts in the database.

mod files;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row as SqlRow, params};
use story::{Sha256Hex, payload::Rendition};

pub(crate) use files::{keep_file, photo_file};

use crate::{
    Store, StoreError, Thing,
    convert::{digest, many, nanos, one, run, time},
    writer::Session,
};

/// What a rendition is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RenditionUse {
    /// The window's small picture.
    Thumb,
    /// What leaves the machine and what the preview shows.
    Display,
}

/// A photo to take in.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// Name of the file it came from: data, never a path.
    pub name: String,
    /// Media type of the original.
    pub media_type: String,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// The original names a place.
    pub had_location: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// The original's bytes.
    pub original: Vec<u8>,
    /// Made from it.
    pub renditions: Vec<NewRendition>,
}

/// A photo that came without its original.
#[derive(Debug, Clone)]
pub struct CarriedPhoto {
    /// SHA-256 of the original, which stays where it came from.
    pub id: Sha256Hex,
    /// What it is called here.
    pub name: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// What readers get of it.
    pub display: NewRendition,
    /// The window's small picture.
    pub thumb: NewRendition,
}

/// A rendition to keep with its photo.
#[derive(Debug, Clone)]
pub struct NewRendition {
    /// What for.
    pub usage: RenditionUse,
    /// Its media type.
    pub media_type: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Facts about a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFacts {
    /// SHA-256 of the original.
    pub id: Sha256Hex,
    /// Name of the file it came from.
    pub name: String,
    /// Media type of the original.
    pub media_type: String,
    /// Pixels, after orientation.
    pub width: u32,
    /// Pixels, after orientation.
    pub height: u32,
    /// Bytes of the original.
    pub size: u64,
    /// The original names a place.
    pub had_location: bool,
    /// When it was taken in.
    pub added_at: DateTime<Utc>,
    /// What was made from it.
    pub renditions: Vec<StoredRendition>,
}

impl PhotoFacts {
    /// The rendition for a use, if there is one.
    pub fn rendition(&self, usage: RenditionUse) -> Option<&StoredRendition> {
        self.renditions.iter().find(|rendition| rendition.usage == usage)
    }
}

/// Facts about a rendition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRendition {
    /// What for.
    pub usage: RenditionUse,
    /// Digest, type and pixels.
    pub rendition: Rendition,
    /// Bytes.
    pub size: u64,
}

impl Store {
    /// Takes a photo in: its files are on disk before the database names them. The same bytes again are the
    /// same photo, and the first one's facts stay.
    ///
    /// # Errors
    /// What the disk says; then no photo was taken in.
    pub fn put_photo(&self, new: NewPhoto) -> Result<PhotoFacts, StoreError> {
        if !self.is_writable() {
            return Err(StoreError::ReadOnly);
        }
        let id = keep_file(self.folder(), &new.original)?;
        let renditions = new.renditions.iter().map(|rendition| self.keep_rendition(&id, rendition));
        let facts = PhotoFacts {
            size: new.original.len() as u64,
            renditions: renditions.collect::<Result<Vec<_>, _>>()?,
            id,
            name: new.name,
            media_type: new.media_type,
            width: new.width,
            height: new.height,
            had_location: new.had_location,
            added_at: new.at,
        };
        self.write(move |session| insert(session, &facts))
    }

    /// Takes a photo in whose original is elsewhere, under the original's digest. One that is here stays as it is.
    ///
    /// # Errors
    /// What the disk says; then no photo was taken in.
    pub fn put_carried_photo(&self, new: CarriedPhoto) -> Result<PhotoFacts, StoreError> {
        if !self.is_writable() {
            return Err(StoreError::ReadOnly);
        }
        let renditions = [&new.thumb, &new.display].map(|made| self.keep_rendition(&new.id, made));
        let facts = PhotoFacts {
            size: new.display.bytes.len() as u64,
            renditions: renditions.into_iter().collect::<Result<Vec<_>, _>>()?,
            id: new.id,
            name: new.name,
            media_type: new.display.media_type,
            width: new.width,
            height: new.height,
            had_location: false,
            added_at: new.at,
        };
        self.write(move |session| insert(session, &facts))
    }

    /// Facts about a photo.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and what the disk says.
    pub fn photo(&self, id: &Sha256Hex) -> Result<PhotoFacts, StoreError> {
        self.read(|connection| photo_of(connection, id))
    }

    /// The original's bytes, verified.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Damaged`], and what the disk says.
    pub fn original(&self, id: &Sha256Hex) -> Result<Vec<u8>, StoreError> {
        self.photo(id)?;
        files::read_file(self.folder(), id)
    }

    /// Whether the original is here: of a photo that came in a package it is not.
    pub fn has_original(&self, id: &Sha256Hex) -> bool {
        photo_file(self.folder(), id).exists()
    }

    /// A rendition of a photo and its bytes, verified.
    ///
    /// # Errors
    /// As [`Store::original`].
    pub fn rendition(
        &self,
        id: &Sha256Hex,
        usage: RenditionUse,
    ) -> Result<(StoredRendition, Vec<u8>), StoreError> {
        let facts = self.photo(id)?;
        let found = facts.rendition(usage).cloned().ok_or(StoreError::NotFound(Thing::Photo))?;
        let bytes = files::read_file(self.folder(), &found.rendition.sha256)?;
        Ok((found, bytes))
    }

    /// A rendition and its bytes by the digest of those bytes, as an intent names it.
    ///
    /// # Errors
    /// As [`Store::original`].
    pub fn rendition_by_digest(&self, sha256: &Sha256Hex) -> Result<(StoredRendition, Vec<u8>), StoreError> {
        let found = self.read(|connection| {
            let sql = "SELECT * FROM renditions WHERE sha256 = ?1 ORDER BY photo, use LIMIT 1";
            one(connection, sql, [sha256.to_bytes()], read_rendition)
        })?;
        let found = found.ok_or(StoreError::NotFound(Thing::Photo))?;
        let bytes = files::read_file(self.folder(), sha256)?;
        Ok((found, bytes))
    }

    /// The digest of the original that a rendition was made from; `None` when there is no such rendition here.
    ///
    /// # Errors
    /// What the disk says.
    pub fn original_of(&self, sha256: &Sha256Hex) -> Result<Option<Sha256Hex>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT photo FROM renditions WHERE sha256 = ?1 ORDER BY photo LIMIT 1";
            one(connection, sql, [sha256.to_bytes()], |row| digest(&row.get::<_, Vec<u8>>(0)?))
        })
    }

    fn keep_rendition(&self, photo: &Sha256Hex, new: &NewRendition) -> Result<StoredRendition, StoreError> {
        let rendition = Rendition {
            original: photo.clone(),
            sha256: keep_file(self.folder(), &new.bytes)?,
            media_type: new.media_type.clone(),
            width: new.width,
            height: new.height,
        };
        Ok(StoredRendition { usage: new.usage, rendition, size: new.bytes.len() as u64 })
    }
}

impl RenditionUse {
    fn word(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Display => "display",
        }
    }
}

fn photo_of(connection: &Connection, id: &Sha256Hex) -> Result<PhotoFacts, StoreError> {
    let sha256 = id.to_bytes();
    let facts = one(connection, "SELECT * FROM photos WHERE sha256 = ?1", [&sha256], read_photo)?;
    let facts = facts.ok_or(StoreError::NotFound(Thing::Photo))?;
    let sql = "SELECT * FROM renditions WHERE photo = ?1 ORDER BY use";
    Ok(PhotoFacts { renditions: many(connection, sql, [&sha256], read_rendition)?, ..facts })
}

fn insert(session: &mut Session, facts: &PhotoFacts) -> Result<PhotoFacts, StoreError> {
    let sql = "INSERT OR IGNORE INTO photos (sha256, name, media_type, width, height, size, had_location,
                   added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    run(
        session.tx,
        sql,
        params![
            facts.id.to_bytes(),
            facts.name,
            facts.media_type,
            facts.width,
            facts.height,
            facts.size,
            facts.had_location,
            nanos(facts.added_at),
        ],
    )?;
    for rendition in &facts.renditions {
        insert_rendition(session.tx, rendition)?;
    }
    photo_of(session.tx, &facts.id)
}

fn insert_rendition(connection: &Connection, stored: &StoredRendition) -> Result<(), StoreError> {
    let sql = "INSERT OR IGNORE INTO renditions (photo, use, sha256, media_type, width, height, size)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Rendition { original, sha256, media_type, width, height } = &stored.rendition;
    run(
        connection,
        sql,
        params![
            original.to_bytes(),
            stored.usage.word(),
            sha256.to_bytes(),
            media_type,
            width,
            height,
            stored.size,
        ],
    )
    .map(drop)
}

fn read_photo(row: &SqlRow) -> Result<PhotoFacts, StoreError> {
    Ok(PhotoFacts {
        id: digest(&row.get::<_, Vec<u8>>("sha256")?)?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        width: row.get("width")?,
        height: row.get("height")?,
        size: row.get("size")?,
        had_location: row.get("had_location")?,
        added_at: time(row.get("added_at")?),
        renditions: Vec::new(),
    })
}

fn read_rendition(row: &SqlRow) -> Result<StoredRendition, StoreError> {
    let usage: String = row.get("use")?;
    let usage = if usage == "thumb" { RenditionUse::Thumb } else { RenditionUse::Display };
    let rendition = Rendition {
        original: digest(&row.get::<_, Vec<u8>>("photo")?)?,
        sha256: digest(&row.get::<_, Vec<u8>>("sha256")?)?,
        media_type: row.get("media_type")?,
        width: row.get("width")?,
        height: row.get("height")?,
    };
    Ok(StoredRendition { usage, rendition, size: row.get("size")? })
}
