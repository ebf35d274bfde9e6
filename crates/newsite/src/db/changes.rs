//! Stories in the order of their last changes, and the versions of one of them.

use sqlx::{Row, any::AnyRow};
use story::{DeskState, PublicState, StoryId};

use super::{
    Db,
    stories::{StoryRow, read, select_stories, state_name},
};

/// Which stories are wanted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) state: Option<PublicState>,
    /// The working copy's section.
    pub(crate) section: Option<String>,
    /// Only what the desk has open.
    pub(crate) open: bool,
}

impl Filter {
    pub(crate) fn takes(&self, story: &StoryRow) -> bool {
        self.state.is_none_or(|state| state == story.state)
            && self.section.as_ref().is_none_or(|section| *section == story.section)
            && (!self.open || is_open(story))
    }
}

/// Somebody has still to do something about it: its author, the desk, or a second person. The same as in [`Db::filtered`].
fn is_open(story: &StoryRow) -> bool {
    if story.guards.wants_somebody() {
        return true;
    }
    match story.desk {
        DeskState::Filed | DeskState::InEdit | DeskState::Returned => story.state != PublicState::Killed,
        DeskState::Approved => matches!(story.state, PublicState::Never | PublicState::Scheduled),
        DeskState::Draft | DeskState::Spiked => false,
    }
}

/// One version, without its text.
#[derive(Debug, Clone)]
pub(crate) struct SavedRow {
    pub(crate) revision: i64,
    pub(crate) hash: String,
    pub(crate) author: String,
    pub(crate) saved_at: i64,
}

impl Db {
    /// The number of the last change of all.
    pub(crate) async fn last_change(&self) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar("SELECT value FROM site_counter").fetch_one(self.pool()).await
    }

    /// Stories changed after `since`, first change first, whatever they are now.
    pub(crate) async fn changed_since(&self, since: i64, limit: i64) -> Result<Vec<StoryRow>, sqlx::Error> {
        let sql = select_stories!("WHERE changed > $1 ORDER BY changed LIMIT $2");
        let query = sqlx::query(sql).bind(since).bind(limit);
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// Stories that the filter takes, first change first.
    pub(crate) async fn filtered(&self, filter: &Filter, limit: i64) -> Result<Vec<StoryRow>, sqlx::Error> {
        let sql = select_stories!(
            "WHERE ($1 = '' OR state = $1) AND ($2 = '' OR head_section = $2) \
             AND ($3 = '' OR (desk IN ('filed', 'in_edit', 'returned') AND state <> 'killed') \
             OR (desk = 'approved' AND state IN ('never', 'scheduled')) \
             OR legal IS NOT NULL OR kill_asked IS NOT NULL) ORDER BY changed LIMIT $4"
        );
        let query = sqlx::query(sql).bind(filter.state.map_or("", state_name));
        let query = query.bind(filter.section.as_deref().unwrap_or_default());
        let query = query.bind(if filter.open { "open" } else { "" }).bind(limit);
        query.fetch_all(self.pool()).await?.iter().map(read).collect()
    }

    /// The story's versions, newest first.
    pub(crate) async fn revisions(&self, story: StoryId, limit: i64) -> Result<Vec<SavedRow>, sqlx::Error> {
        let query = sqlx::query(
            "SELECT revision, hash, author, saved_at FROM revisions WHERE story = $1 \
             ORDER BY revision DESC LIMIT $2",
        );
        query.bind(story.to_string()).bind(limit).fetch_all(self.pool()).await?.iter().map(saved).collect()
    }
}

fn saved(row: &AnyRow) -> Result<SavedRow, sqlx::Error> {
    Ok(SavedRow {
        revision: row.try_get("revision")?,
        hash: row.try_get("hash")?,
        author: row.try_get("author")?,
        saved_at: row.try_get("saved_at")?,
    })
}
