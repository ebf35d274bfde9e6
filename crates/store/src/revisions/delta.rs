//! Revisions in few bytes: each is a zstd frame whose dictionary is the one before, with a whole one at
//! intervals, so that any of them is back after a bounded amount of work.

use rusqlite::{Connection, params};
use zstd::bulk::{Compressor, Decompressor};

use crate::{
    StoreError,
    convert::{many, one},
    drafts::MAX_CONTENT_BYTES,
};

/// Revisions from one whole one to the next.
const CHAIN: u32 = 32;
/// Bytes of text after which a whole one is due sooner: what is unpacked in some ten milliseconds.
const CHAIN_BYTES: u64 = 8 << 20;
/// Revisions are cut in pauses and kept for ever: time is spent on making them small.
const LEVEL: i32 = 12;

/// The stored form of revision `number`: its base, if it has one, and the frame.
pub(super) fn pack(
    connection: &Connection,
    key: i64,
    number: u32,
    bytes: &[u8],
) -> Result<(Option<u32>, Vec<u8>), StoreError> {
    let base = number - 1;
    if base == 0 || chain_is_full(connection, key, base, bytes.len() as u64)? {
        return Ok((None, Compressor::new(LEVEL)?.compress(bytes)?));
    }
    let before = unpack(connection, key, base)?;
    let frame = Compressor::with_dictionary(LEVEL, &before)?.compress(bytes)?;
    Ok((Some(base), frame))
}

/// The bytes of revision `number`, not yet verified.
pub(super) fn unpack(connection: &Connection, key: i64, number: u32) -> Result<Vec<u8>, StoreError> {
    let sql = "SELECT length, content FROM revisions
               WHERE story = ?1 AND number BETWEEN (
                   SELECT max(number) FROM revisions WHERE story = ?1 AND number <= ?2 AND base IS NULL
               ) AND ?2 ORDER BY number";
    let chain = many(connection, sql, params![key, number], |row| {
        Ok((row.get::<_, usize>(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    let mut text = Vec::new();
    for (length, frame) in chain {
        if length > MAX_CONTENT_BYTES {
            return Err(StoreError::Damaged("a revision is longer than can be".to_owned()));
        }
        // The first has no dictionary, and an empty one is none.
        text = Decompressor::with_dictionary(&text)
            .and_then(|mut unpacking| unpacking.decompress(&frame, length))
            .map_err(|error| StoreError::Damaged(error.to_string()))?;
    }
    Ok(text)
}

fn chain_is_full(connection: &Connection, key: i64, base: u32, more: u64) -> Result<bool, StoreError> {
    let sql = "SELECT count(*), total(length) FROM revisions
               WHERE story = ?1 AND number BETWEEN (
                   SELECT max(number) FROM revisions WHERE story = ?1 AND number <= ?2 AND base IS NULL
               ) AND ?2";
    let chain =
        one(connection, sql, params![key, base], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, f64>(1)?)))?;
    // A sum of lengths is far below the point where a float loses whole numbers.
    Ok(chain.is_none_or(|(links, bytes)| links >= CHAIN || bytes as u64 + more > CHAIN_BYTES))
}
