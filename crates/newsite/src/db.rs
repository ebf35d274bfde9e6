//! The site's database. SQL stands in this folder and nowhere else, written so that SQLite and PostgreSQL
//! both run it.

use chrono::{DateTime, Utc};
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction, any::AnyPoolOptions};

pub(crate) mod accounts;
pub(crate) mod photos;
pub(crate) mod receipts;
pub(crate) mod sections;
pub(crate) mod stories;
pub(crate) mod uploads;

const SCHEMA: &str = include_str!("db/schema.sql");
const VERSION: i64 = 1;

/// An open database.
#[derive(Clone)]
pub(crate) struct Db {
    pool: AnyPool,
    begin: &'static str,
}

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("this build keeps its data in SQLite only; give an address that begins with sqlite:")]
    OtherDatabase,
    #[error("it was written by a newer version of this program (schema {0}, known here is {VERSION})")]
    Newer(i64),
    #[error("{0}")]
    Sql(#[from] sqlx::Error),
}

impl Db {
    /// Opens the database at `url` and makes its tables.
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        if !url.starts_with("sqlite:") {
            return Err(OpenError::OtherDatabase);
        }
        sqlx::any::install_default_drivers();
        let options = AnyPoolOptions::new().max_connections(8);
        let options = options.after_connect(|connection, _| Box::pin(prepare(connection)));
        // A deferred transaction that reads first and writes later fails under load; this one waits its turn.
        let db = Self { pool: options.connect(url).await?, begin: "BEGIN IMMEDIATE" };
        db.migrate().await?;
        Ok(db)
    }

    /// For reading, and for single statements.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// A transaction that may write from its first statement on.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        self.pool.begin_with(self.begin).await
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    async fn migrate(&self) -> Result<(), OpenError> {
        sqlx::raw_sql(SCHEMA).execute(&self.pool).await?;
        let version: Option<i64> =
            sqlx::query_scalar("SELECT version FROM site_schema").fetch_optional(&self.pool).await?;
        match version {
            Some(version) if version > VERSION => Err(OpenError::Newer(version)),
            Some(_) => Ok(()),
            None => {
                let insert = sqlx::query("INSERT INTO site_schema (version) VALUES ($1)").bind(VERSION);
                insert.execute(&self.pool).await?;
                Ok(())
            }
        }
    }
}

/// What was answered is on the disk: a receipt must survive a power cut.
async fn prepare(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                   PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF;";
    connection.execute(sqlx::raw_sql(pragmas)).await.map(drop)
}

/// How a time is stored.
pub(crate) fn millis(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis()
}

/// A stored time; one that no calendar has is the beginning of 1970.
pub(crate) fn time(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
