//! Between the domain's types and columns; one home, so that no table invents its own form.

use chrono::{DateTime, Utc};
use rusqlite::{
    Connection, Params, Row,
    types::{FromSql, ValueRef},
};
use serde::{
    Deserialize, Serialize,
    de::{
        DeserializeOwned,
        value::{Error as WordError, StrDeserializer},
    },
};
use serde_json::Value;
use story::Sha256Hex;
use uuid::Uuid;

use crate::StoreError;

/// Nanoseconds since 1970. A time beyond the year 2262 or before 1677 is held to that end.
pub(crate) fn nanos(at: DateTime<Utc>) -> i64 {
    let end = if at.timestamp() < 0 { i64::MIN } else { i64::MAX };
    at.timestamp_nanos_opt().unwrap_or(end)
}

pub(crate) fn time(nanos: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(nanos)
}

pub(crate) fn digest(bytes: &[u8]) -> Result<Sha256Hex, StoreError> {
    let bytes =
        bytes.try_into().map_err(|_| StoreError::Damaged("a digest is not 32 bytes long".to_owned()))?;
    Ok(Sha256Hex::from_bytes(bytes))
}

pub(crate) fn uuid(bytes: &[u8]) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|_| StoreError::Damaged("an id is not 16 bytes long".to_owned()))
}

/// The word that stands for a value of an enum.
pub(crate) fn word<T: Serialize>(value: T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(StoreError::Internal(format!("not one word: {other:?}"))),
    }
}

pub(crate) fn unword<T: DeserializeOwned>(word: String) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(word)).map_err(|error| StoreError::Damaged(error.to_string()))
}

pub(crate) fn json(value: &Value) -> String {
    value.to_string()
}

pub(crate) fn unjson(text: &str) -> Result<Value, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// A row's cells, one after the other. Where thousands of rows are read, to look each cell up by its name and to keep a
/// copy of each word and digest is most of the work.
pub(crate) struct Cells<'a, 'row> {
    row: &'a Row<'row>,
    next: usize,
}

impl<'a, 'row> Cells<'a, 'row> {
    pub(crate) fn of(row: &'a Row<'row>) -> Self {
        Self { row, next: 0 }
    }

    pub(crate) fn value<T: FromSql>(&mut self) -> Result<T, StoreError> {
        T::column_result(self.cell()?).map_err(damaged)
    }

    pub(crate) fn bytes<T>(&mut self, read: fn(&[u8]) -> Result<T, StoreError>) -> Result<T, StoreError> {
        read(self.cell()?.as_blob().map_err(damaged)?)
    }

    pub(crate) fn time(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(self.value::<Option<i64>>()?.map(time))
    }

    /// A value of an enum, where there is one.
    pub(crate) fn word<T: for<'de> Deserialize<'de>>(&mut self) -> Result<Option<T>, StoreError> {
        let Some(word) = self.cell()?.as_str_or_null().map_err(damaged)? else { return Ok(None) };
        T::deserialize(StrDeserializer::<WordError>::new(word)).map(Some).map_err(damaged)
    }

    fn cell(&mut self) -> Result<ValueRef<'a>, StoreError> {
        let at = self.next;
        self.next += 1;
        Ok(self.row.get_ref(at)?)
    }
}

fn damaged(error: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// The first row of a query, if there is one.
pub(crate) fn one<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(read).transpose()
}

/// Every row of a query.
pub(crate) fn many<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// Runs one writing statement; gives how many rows it changed.
pub(crate) fn run(connection: &Connection, sql: &str, params: impl Params) -> Result<usize, StoreError> {
    Ok(connection.prepare_cached(sql)?.execute(params)?)
}
