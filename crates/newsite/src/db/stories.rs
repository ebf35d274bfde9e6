//! Stories: the desk's working copy with its revisions, and what readers get.

use sqlx::AnyConnection;
use story::{ChangeKind, DeskState, Guards, Payload, PublicState, Sha256Hex, StoryId};

use self::rows::{decode, desk_name, json};
use super::Db;

mod describing;
mod rows;

pub(crate) use describing::describe;
pub(super) use describing::describe_all;
pub(super) use rows::{read, state_name};

/// A story, without its text.
#[derive(Debug, Clone)]
pub(crate) struct StoryRow {
    pub(crate) id: StoryId,
    pub(crate) author: String,
    /// The author's name.
    pub(crate) author_name: String,
    /// The working copy's number and digest.
    pub(crate) revision: i64,
    pub(crate) hash: Sha256Hex,
    pub(crate) preview_key: String,
    /// Where the working copy stands.
    pub(crate) desk: DeskState,
    /// How it came to stand there.
    pub(crate) turn: Turn,
    /// The approval that stands; of the working copy, or of nothing.
    pub(crate) approved: Option<Approved>,
    /// Digest of the version that was last filed, and when that was.
    pub(crate) filed_hash: Option<String>,
    pub(crate) filed_at: Option<i64>,
    pub(crate) state: PublicState,
    pub(crate) live: Live,
    /// What readers get at a set time; there exactly while the state is scheduled.
    pub(crate) planned: Option<Planned>,
    /// What holds it back from readers.
    pub(crate) guards: Guards,
    /// How often it was withdrawn or killed.
    pub(crate) takings_down: i64,
    /// The site's counter when the story was last changed.
    pub(crate) changed: i64,
    /// The working copy's headline and section.
    pub(crate) headline: String,
    pub(crate) section: String,
    /// How many words and photos it has.
    pub(crate) words: i64,
    pub(crate) photos: i64,
    /// When its newest note was written.
    pub(crate) noted_at: Option<i64>,
    /// Pixels of the lead photo, when it is here.
    pub(crate) photo_size: Option<(i64, i64)>,
}

/// When and by whom the working copy last came into other hands; empty before anybody filed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) at: Option<i64>,
    pub(crate) by: Option<String>,
    /// That person's name, as it is read; who writes it names the account.
    pub(crate) name: Option<String>,
    /// What was said with it: the reason of a return.
    pub(crate) note: String,
}

/// An editor's word on one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Approved {
    pub(crate) hash: String,
    pub(crate) by: String,
    /// That person's name, as it is read.
    pub(crate) name: Option<String>,
    pub(crate) at: i64,
    /// It is their own writing.
    pub(crate) alone: bool,
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
    /// What readers are told of the last change that was not a slip of the pen.
    pub(crate) correction: Option<String>,
    pub(crate) correction_kind: Option<ChangeKind>,
}

/// A version, by its number and its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) revision: i64,
    pub(crate) hash: Sha256Hex,
}

/// A version that waits for its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) version: Version,
    pub(crate) at: i64,
}

impl Turn {
    /// Somebody's turn, from `at` on.
    pub(crate) fn of(user: &str, at: i64, note: &str) -> Self {
        Self { at: Some(at), by: Some(user.to_owned()), name: None, note: note.to_owned() }
    }
}

impl StoryRow {
    /// The working copy.
    pub(crate) fn head(&self) -> Version {
        Version { revision: self.revision, hash: self.hash.clone() }
    }
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

/// One way of reading a story's row, for every list of them.
macro_rules! select_stories {
    ($rest:literal) => {
        concat!(
            "SELECT id, author, (SELECT name FROM accounts WHERE username = author) AS author_name, ",
            "revision, hash, preview_key, desk, desk_at, desk_by, ",
            "(SELECT name FROM accounts WHERE username = desk_by) AS desk_by_name, desk_note, ",
            "approved_hash, approved_by, approved_at, approved_alone, ",
            "(SELECT name FROM accounts WHERE username = approved_by) AS approved_by_name, ",
            "filed_hash, filed_at, head_words, head_photos, state, live_revision, live_hash, ",
            "section, path, headline, teaser, photo, first_at, published_at, updated_at, corrected_at, ",
            "correction, scheduled_revision, scheduled_hash, scheduled_for, changed, head_headline, head_section, ",
            "(SELECT MAX(written_at) FROM notes WHERE notes.story = stories.id) AS noted_at, ",
            "legal, embargo, kill_asked, takings_down, correction_kind, width, height FROM stories LEFT JOIN photos ON sha256 = photo ",
            $rest
        )
    };
}

pub(super) use select_stories;

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
        // Only one of the two databases takes this character, and no address has it.
        if short.contains('\0') {
            return Ok(None);
        }
        let query = sqlx::query(select_stories!("WHERE short = $1")).bind(short);
        query.fetch_optional(self.pool()).await?.map(|row| read(&row)).transpose()
    }

    /// One version's payload, as JSON text.
    pub(crate) async fn payload_text(&self, id: StoryId, revision: i64) -> Result<String, sqlx::Error> {
        payload_text(&mut *self.pool().acquire().await?, id, revision).await
    }

    /// One version's payload.
    pub(crate) async fn payload(&self, id: StoryId, revision: i64) -> Result<Payload, sqlx::Error> {
        payload(&mut *self.pool().acquire().await?, id, revision).await
    }

    /// Whether some story's time has come.
    pub(crate) async fn is_any_due(&self, now: i64) -> Result<bool, sqlx::Error> {
        Ok(!due(&mut *self.pool().acquire().await?, now).await?.is_empty())
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

/// One version's payload, inside a transaction.
pub(crate) async fn payload(
    connection: &mut AnyConnection,
    id: StoryId,
    revision: i64,
) -> Result<Payload, sqlx::Error> {
    let text = payload_text(connection, id, revision).await?;
    serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

async fn payload_text(
    connection: &mut AnyConnection,
    id: StoryId,
    revision: i64,
) -> Result<String, sqlx::Error> {
    let query = sqlx::query_scalar("SELECT payload FROM revisions WHERE story = $1 AND revision = $2");
    query.bind(id.to_string()).bind(revision).fetch_one(connection).await
}

/// The stories whose time has come, in the order of their times.
pub(crate) async fn due(connection: &mut AnyConnection, now: i64) -> Result<Vec<StoryId>, sqlx::Error> {
    let query =
        sqlx::query_scalar("SELECT id FROM stories WHERE scheduled_for <= $1 ORDER BY scheduled_for, id");
    let ids: Vec<String> = query.bind(now).fetch_all(connection).await?;
    ids.iter().map(|id| id.parse().map_err(decode)).collect()
}

/// A new story, with nothing for readers yet. Its first revision follows in the same transaction.
pub(crate) async fn create(
    connection: &mut AnyConnection,
    first: &RevisionRow<'_>,
    preview_key: &str,
) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO stories (id, short, author, revision, hash, preview_key, desk, state, views) \
                  VALUES ($1, $2, $3, $4, $5, $6, 'draft', 'never', 0)";
    let query = sqlx::query(insert).bind(first.story.to_string()).bind(short(first.story)).bind(first.author);
    let query = query.bind(first.revision).bind(first.hash.as_str()).bind(preview_key);
    query.execute(&mut *connection).await?;
    insert_revision(connection, first).await?;
    touch(connection, first.story).await
}

/// A new working copy.
pub(crate) async fn revise(
    connection: &mut AnyConnection,
    next: &RevisionRow<'_>,
) -> Result<(), sqlx::Error> {
    let query = sqlx::query("UPDATE stories SET revision = $1, hash = $2 WHERE id = $3");
    let query = query.bind(next.revision).bind(next.hash.as_str());
    query.bind(next.story.to_string()).execute(&mut *connection).await?;
    insert_revision(connection, next).await?;
    touch(connection, next.story).await
}

/// The story is the last one changed. Transactions that write wait for one another, so that whoever has read up
/// to a number never misses a lower one that comes later.
pub(crate) async fn touch(connection: &mut AnyConnection, id: StoryId) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE site_counter SET value = value + 1").execute(&mut *connection).await?;
    let update = "UPDATE stories SET changed = (SELECT value FROM site_counter) WHERE id = $1";
    sqlx::query(update).bind(id.to_string()).execute(connection).await.map(drop)
}

async fn insert_revision(connection: &mut AnyConnection, row: &RevisionRow<'_>) -> Result<(), sqlx::Error> {
    let insert = "INSERT INTO revisions (story, revision, hash, payload, author, saved_at) \
                  VALUES ($1, $2, $3, $4, $5, $6)";
    let query = sqlx::query(insert).bind(row.story.to_string()).bind(row.revision).bind(row.hash.as_str());
    let query = query.bind(row.payload).bind(row.author).bind(row.saved_at);
    query.execute(connection).await.map(drop)
}

/// Where the story stands from now on, at the desk and for readers.
pub(crate) async fn stand(connection: &mut AnyConnection, story: &StoryRow) -> Result<(), sqlx::Error> {
    let update = "UPDATE stories SET state = $1, live_revision = $2, live_hash = $3, section = $4, path = $5, \
                  headline = $6, teaser = $7, photo = $8, first_at = $9, published_at = $10, updated_at = $11, \
                  corrected_at = $12, correction = $13, scheduled_revision = $14, scheduled_hash = $15, \
                  scheduled_for = $16, takings_down = $17, correction_kind = $18, legal = $19, embargo = $20, \
                  kill_asked = $21 WHERE id = $22";
    let live = &story.live;
    let query = sqlx::query(update).bind(state_name(story.state)).bind(live.revision);
    let query = query.bind(live.hash.as_deref()).bind(live.section.as_deref()).bind(live.path.as_deref());
    let query = query.bind(live.headline.as_deref()).bind(live.teaser.as_deref()).bind(live.photo.as_deref());
    let query = query.bind(live.first_at).bind(live.published_at).bind(live.updated_at);
    let query = query.bind(live.corrected_at).bind(live.correction.as_deref());
    let planned = story.planned.as_ref();
    let query = query.bind(planned.map(|planned| planned.version.revision));
    let query = query.bind(planned.map(|planned| planned.version.hash.as_str()));
    let query = query.bind(planned.map(|planned| planned.at)).bind(story.takings_down);
    let query = query.bind(live.correction_kind.map(ChangeKind::name));
    let guards = &story.guards;
    let query = query.bind(json(guards.legal.as_ref())?).bind(json(guards.embargo.as_ref())?);
    let query = query.bind(json(guards.kill.as_ref())?).bind(story.id.to_string());
    query.execute(&mut *connection).await?;
    stand_at_desk(connection, story).await?;
    touch(connection, story.id).await
}

/// In whose hands the working copy is from now on.
pub(crate) async fn stand_at_desk(
    connection: &mut AnyConnection,
    story: &StoryRow,
) -> Result<(), sqlx::Error> {
    let update = "UPDATE stories SET desk = $1, desk_at = $2, desk_by = $3, desk_note = $4, filed_hash = $5, \
                  filed_at = $6, approved_hash = $7, approved_by = $8, approved_at = $9, approved_alone = $10 \
                  WHERE id = $11";
    let (turn, approved) = (&story.turn, story.approved.as_ref());
    let query = sqlx::query(update).bind(desk_name(story.desk)).bind(turn.at).bind(turn.by.as_deref());
    let query = query.bind(&turn.note).bind(story.filed_hash.as_deref()).bind(story.filed_at);
    let query = query.bind(approved.map(|approved| approved.hash.as_str()));
    let query = query.bind(approved.map(|approved| approved.by.as_str()));
    let query = query.bind(approved.map(|approved| approved.at));
    let query = query.bind(i64::from(approved.is_some_and(|approved| approved.alone)));
    query.bind(story.id.to_string()).execute(connection).await.map(drop)
}

/// Whether nobody but `user` has written any version of the story.
pub(crate) async fn is_written_by(
    connection: &mut AnyConnection,
    id: StoryId,
    user: &str,
) -> Result<bool, sqlx::Error> {
    let query = sqlx::query("SELECT author FROM revisions WHERE story = $1 AND author <> $2 LIMIT 1");
    let others = query.bind(id.to_string()).bind(user).fetch_optional(connection).await?;
    Ok(others.is_none())
}
