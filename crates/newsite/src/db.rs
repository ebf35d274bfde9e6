//! The site's database. SQL stands in this folder and nowhere else, written so that SQLite and PostgreSQL
//! both run it.

use chrono::{DateTime, Utc};
use sqlx::{Any, AnyConnection, AnyPool, Executor, Transaction, any::AnyPoolOptions};

pub(crate) mod accounts;
pub(crate) mod changes;
pub(crate) mod comments;
pub(crate) mod leases;
pub(crate) mod notes;
pub(crate) mod originals;
pub(crate) mod photos;
pub(crate) mod receipts;
pub(crate) mod sections;
pub(crate) mod sheet;
pub(crate) mod stories;
pub(crate) mod tags;
pub(crate) mod uploads;

/// The first version's tables, then what each later version adds. A released text never changes.
const SCHEMAS: [&str; 10] = [
    include_str!("db/schema.sql"),
    include_str!("db/schema-2.sql"),
    include_str!("db/schema-3.sql"),
    include_str!("db/schema-4.sql"),
    include_str!("db/schema-5.sql"),
    include_str!("db/schema-6.sql"),
    include_str!("db/schema-7.sql"),
    include_str!("db/schema-8.sql"),
    include_str!("db/schema-9.sql"),
    include_str!("db/schema-10.sql"),
];
/// The version that last told more of what a working copy says.
const DESCRIBED: usize = 5;
const CONNECTIONS: u32 = 8;

/// An open database.
#[derive(Clone)]
pub(crate) struct Db {
    pool: AnyPool,
    kind: Kind,
}

/// The two databases differ in how a transaction keeps others from writing, and in nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("give an address that begins with sqlite: or postgres:")]
    OtherDatabase,
    #[error("it was written by a newer version of this program (schema {0}, known here is {known})", known = SCHEMAS.len())]
    Newer(i64),
    #[error("{0}")]
    Sql(#[from] sqlx::Error),
}

impl Db {
    /// Opens the database at `url` and makes its tables.
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        let kind = match url.split(':').next() {
            Some("sqlite") => Kind::Sqlite,
            Some("postgres" | "postgresql") => Kind::Postgres,
            _ => return Err(OpenError::OtherDatabase),
        };
        sqlx::any::install_default_drivers();
        let options = AnyPoolOptions::new().max_connections(CONNECTIONS);
        let options = options.after_connect(move |connection, _| Box::pin(prepare(connection, kind)));
        let db = Self { pool: options.connect(url).await?, kind };
        db.migrate().await?;
        Ok(db)
    }

    /// For reading, and for single statements.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// A transaction that may write from its first statement on: it waits until no other one is open, so that
    /// what it reads first still holds when it writes. Everything in it goes over its own connection, for a
    /// second one may not come before this one is given back.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        match self.kind {
            // A deferred transaction that reads first and writes later fails under load; this one waits.
            Kind::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Kind::Postgres => {
                let mut transaction = self.pool.begin().await?;
                // The function gives nothing back, which has no type here; that it is null has one.
                let wait = sqlx::raw_sql("SELECT pg_advisory_xact_lock(4827301) IS NULL");
                transaction.execute(wait).await?;
                Ok(transaction)
            }
        }
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    async fn migrate(&self) -> Result<(), OpenError> {
        let mut transaction = self.begin().await?;
        sqlx::raw_sql("CREATE TABLE IF NOT EXISTS site_schema (version BIGINT NOT NULL PRIMARY KEY)")
            .execute(&mut *transaction)
            .await?;
        let version: Option<i64> =
            sqlx::query_scalar("SELECT version FROM site_schema").fetch_optional(&mut *transaction).await?;
        let known = usize::try_from(version.unwrap_or(0)).unwrap_or(0);
        if known > SCHEMAS.len() {
            return Err(OpenError::Newer(version.unwrap_or(0)));
        }
        for schema in SCHEMAS.into_iter().skip(known) {
            sqlx::raw_sql(schema).execute(&mut *transaction).await?;
        }
        if (1..DESCRIBED).contains(&known) {
            stories::describe_all(&mut transaction).await?;
        }
        if known < SCHEMAS.len() {
            sqlx::query("DELETE FROM site_schema").execute(&mut *transaction).await?;
            let insert = sqlx::query("INSERT INTO site_schema (version) VALUES ($1)");
            let version = i64::try_from(SCHEMAS.len()).unwrap_or(i64::MAX);
            insert.bind(version).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// What was answered is on the disk: a receipt must survive a power cut. PostgreSQL sees to that by itself.
async fn prepare(connection: &mut AnyConnection, kind: Kind) -> Result<(), sqlx::Error> {
    if kind == Kind::Postgres {
        return Ok(());
    }
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
