//! Stories: the desk's working copy with its revisions, and what readers get.

use sqlx::{AnyConnection, Row, any::AnyRow};
use story::{Payload, PublicState, Sha256Hex, StoryId};

use super::Db;

/// A story, without its text.
#[derive(Debug, Clone)]
pub(crate) struct StoryRow {
    pub(crate) id: StoryId,
    pub(crate) author: String,
    /// The working copy's number and digest.
    pub(crate) revision: i64,
    pub(crate) hash: Sha256Hex,
    pub(crate) preview_key: String,
    pub(crate) state: PublicState,
    pub(crate) live: Live,
    /// Pixels of the lead photo, when it is here.
    pub(crate) photo_size: Option<(i64, i64)>,
}

/// What readers get or got; empty before the first publication.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Live {
    pub(crate) revision: Option<i64>,
    pub(crate) hash: Option<String>,
    pub(crate) section: Option<String>,
    /// The page's address on the site.
    pub(crate) path: Option<String>,
    pub(crate) headline: Option<String>,
    /// The opening, for cards.
    pub(crate) teaser: Option<String>,
    /// Digest of the lead photo.
    pub(crate) photo: Option<String>,
    /// When it first went out here; never changes.
    pub(crate) first_at: Option<i64>,
    /// What the page prints: the story's own earlier publication, else `first_at`.
    pub(crate) published_at: Option<i64>,
    pub(crate) updated_at: Option<i64>,
    pub(crate) corrected_at: Option<i64>,
    pub(crate) correction: Option<String>,
}

/// One version as it was received.
#[derive(Debug, Clone)]
pub(crate) struct RevisionRow<'a> {
    pub(crate) story: StoryId,
    pub(crate) revision: i64,
    pub(crate) hash: &'a Sha256Hex,
    pub(crate) payload: &'a str,
    pub(crate) author: &'a str,
    pub(crate) saved_at: i64,
}

/// The end of the id, by which a page's address names its story.
pub(crate) fn short(id: StoryId) -> String {
    id.to_string().rsplit('-').next().unwrap_or_default().to_owned()
}

macro_rules! select_stories {
    ($rest:literal) => {
        concat!(
            "SELECT id, author, revision, hash, preview_key, state, live_revision, live_hash, section, path, ",
            "headline, teaser, photo, first_at, published_at, updated_at, corrected_at, correction, ",
            "width, height FROM stories LEFT JOIN photos ON sha256 = photo ",
            $rest
        )
    };
}

impl Db {
    /// Live stories, newest publication first.
    pub(crate) async fn latest(&self, limit: i64) -> Result<Vec<StoryRow>, sqlx::Error> {
        let sql = select_stories!("WHERE state = 'live' ORDER BY published_at DESC, id DESC LIMIT $1");
        sqlx::query(sql).bind(limit).fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// Live stories, most read first.
    pub(crate) async fn popular(&self, limit: i64) -> Result<Vec<StoryRow>, sqlx::Error> {
        let sql =
            select_stories!("WHERE state = 'live' ORDER BY views DESC, published_at DESC, id DESC LIMIT $1");
        sqlx::query(sql).bind(limit).fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// Live stories of a section and of the sections under it, newest first, after the first `skip`.
    pub(crate) async fn of_section(
        &self,
        section: &str,
        skip: i64,
        limit: i64,
    ) -> Result<Vec<StoryRow>, sqlx::Error> {
        let sql = select_stories!(
            "WHERE state = 'live' AND section IN (SELECT slug FROM sections WHERE slug = $1 OR parent = $1) \
             ORDER BY published_at DESC, id DESC LIMIT $2 OFFSET $3"
        );
        let query = sqlx::query(sql).bind(section).bind(limit).bind(skip);
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    pub(crate) async fn story(&self, id: StoryId) -> Result<Option<StoryRow>, sqlx::Error> {
        find(&mut *self.pool().acquire().await?, id).await
    }

    /// The story that a page's address names.
    pub(crate) async fn story_by_short(&self, short: &str) -> Result<Option<StoryRow>, sqlx::Error> {
        let query = sqlx::query(select_stories!("WHERE short = $1")).bind(short);
        query.fetch_optional(self.pool()).await?.map(|row| read(&row)).transpose()
    }

    /// One version's payload, as JSON text.
    pub(crate) async fn payload_text(&self, id: StoryId, revision: i64) -> Result<String, sqlx::Error> {
        let query = sqlx::query_scalar("SELECT payload FROM revisions WHERE story = $1 AND revision = $2");
        query.bind(id.to_string()).bind(revision).fetch_one(self.pool()).await
    }

    /// One version's payload.
    pub(crate) async fn payload(&self, id: StoryId, revision: i64) -> Result<Payload, sqlx::Error> {
        let text = self.payload_text(id, revision).await?;
        serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(Box::new(error)))
    }

    /// One more reader.
    pub(crate) async fn count_view(&self, id: StoryId) -> Result<(), sqlx::Error> {
        let query = sqlx::query("UPDATE stories SET views = views + 1 WHERE id = $1").bind(id.to_string());
        query.execute(self.pool()).await.map(drop)
    }

    /// Whether the site has any story at all.
    pub(crate) async fn is_empty(&self) -> Result<bool, sqlx::Error> {
        let row = sqlx::query("SELECT id FROM stories LIMIT 1").fetch_optional(self.pool()).await?;
        Ok(row.is_none())
    }
}

/// The story, inside a transaction.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    id: StoryId,
) -> Result<Option<StoryRow>, sqlx::Error> {
    let query = sqlx::query(select_stories!("WHERE id = $1")).bind(id.to_string());
    query.fetch_optional(connection).await?.map(|row| read(&row)).transpose()
}

/// A new story, with nothing for readers yet. Its first revision follows in the same transaction.
pub(crate) async fn create(
    connection: &mut AnyConnection,
    first: &RevisionRow<'_>,
    preview_key: &str,
) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO stories (id, short, author, revision, hash, preview_key, state, views) \
                  VALUES ($1, $2, $3, $4, $5, $6, 'never', 0)";
    let query = sqlx::query(insert).bind(first.story.to_string()).bind(short(first.story)).bind(first.author);
    let query = query.bind(first.revision).bind(first.hash.as_str()).bind(preview_key);
    query.execute(&mut *connection).await?;
    insert_revision(connection, first).await
}

/// A new working copy.
pub(crate) async fn revise(
    connection: &mut AnyConnection,
    next: &RevisionRow<'_>,
) -> Result<(), sqlx::Error> {
    let query = sqlx::query("UPDATE stories SET revision = $1, hash = $2 WHERE id = $3");
    let query = query.bind(next.revision).bind(next.hash.as_str()).bind(next.story.to_string());
    query.execute(&mut *connection).await?;
    insert_revision(connection, next).await
}

async fn insert_revision(connection: &mut AnyConnection, row: &RevisionRow<'_>) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO revisions (story, revision, hash, payload, author, saved_at) \
                  VALUES ($1, $2, $3, $4, $5, $6)";
    let query = sqlx::query(insert).bind(row.story.to_string()).bind(row.revision).bind(row.hash.as_str());
    let query = query.bind(row.payload).bind(row.author).bind(row.saved_at);
    query.execute(connection).await.map(drop)
}

/// What readers get from now on.
pub(crate) async fn set_live(
    connection: &mut AnyConnection,
    id: StoryId,
    state: PublicState,
    live: &Live,
) -> Result<(), sqlx::Error> {
    let update = "UPDATE stories SET state = $1, live_revision = $2, live_hash = $3, section = $4, path = $5, \
                  headline = $6, teaser = $7, photo = $8, first_at = $9, published_at = $10, updated_at = $11, \
                  corrected_at = $12, correction = $13 WHERE id = $14";
    let query = sqlx::query(update).bind(state_name(state)).bind(live.revision).bind(live.hash.as_deref());
    let query = query.bind(live.section.as_deref()).bind(live.path.as_deref()).bind(live.headline.as_deref());
    let query = query.bind(live.teaser.as_deref()).bind(live.photo.as_deref());
    let query = query.bind(live.first_at).bind(live.published_at).bind(live.updated_at);
    let query = query.bind(live.corrected_at).bind(live.correction.as_deref()).bind(id.to_string());
    query.execute(connection).await.map(drop)
}

fn read(row: &AnyRow) -> Result<StoryRow, sqlx::Error> {
    let (id, hash, state): (String, String, String) =
        (row.try_get("id")?, row.try_get("hash")?, row.try_get("state")?);
    Ok(StoryRow {
        id: id.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
        author: row.try_get("author")?,
        revision: row.try_get("revision")?,
        hash: hash.parse().map_err(|e| sqlx::Error::Decode(Box::new(e)))?,
        preview_key: row.try_get("preview_key")?,
        state: state_from(&state)?,
        live: read_live(row)?,
        photo_size: row.try_get::<Option<i64>, _>("width")?.zip(row.try_get("height")?),
    })
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
    })
}

fn state_name(state: PublicState) -> &'static str {
    match state {
        PublicState::Never => "never",
        PublicState::Scheduled => "scheduled",
        PublicState::Live => "live",
        PublicState::Withdrawn => "withdrawn",
        PublicState::Killed => "killed",
    }
}

fn state_from(name: &str) -> Result<PublicState, sqlx::Error> {
    use PublicState::{Killed, Live, Never, Scheduled, Withdrawn};
    let found =
        [Never, Scheduled, Live, Withdrawn, Killed].into_iter().find(|state| state_name(*state) == name);
    found.ok_or_else(|| sqlx::Error::Decode(format!("no such state: {name}").into()))
}
