//! Publication at a set time, by the portal's own clock. Before every request and once a second whatever is due
//! goes out, so that no reader or client ever sees a time that has passed without its story.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use sqlx::AnyConnection;
use story::{PublicState, StoryId};
use tokio::task::JoinHandle;

use crate::{
    db::{
        millis,
        receipts::{self, Act},
        stories::{self, StoryRow, Version},
        time,
    },
    newsroom::{Newsroom, Shared},
    publishing, secrets,
};

const TICK: Duration = Duration::from_secs(1);
/// Who stands in the record for a publication that the clock brought about.
const CLOCK: &str = "clock";

/// Publishes what is due before the request is answered.
pub(crate) async fn on_time(State(newsroom): State<Shared>, request: Request, next: Next) -> Response {
    publish_due(&newsroom).await;
    next.run(request).await
}

/// Publishes what is due when nobody asks for anything. It ends when it is aborted.
pub(crate) fn tick(newsroom: Shared) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(TICK);
        loop {
            tick.tick().await;
            publish_due(&newsroom).await;
        }
    })
}

/// A failure is for the log: the next request or tick tries again.
async fn publish_due(newsroom: &Newsroom) {
    if let Err(error) = try_to_publish_due(newsroom).await {
        tracing::error!(%error, "what is due was not published");
    }
}

async fn try_to_publish_due(newsroom: &Newsroom) -> Result<(), sqlx::Error> {
    let now = millis(newsroom.now());
    if !newsroom.db.is_any_due(now).await? {
        return Ok(());
    }
    let mut transaction = newsroom.db.begin().await?;
    for id in stories::due(&mut transaction, now).await? {
        publish(&mut transaction, id, now).await?;
    }
    transaction.commit().await?;
    newsroom.bell.ring();
    Ok(())
}

/// The page prints the time that was set, also when the portal was down then; the record has the real one.
async fn publish(connection: &mut AnyConnection, id: StoryId, now: i64) -> Result<(), sqlx::Error> {
    let Some(story) = stories::find(connection, id).await? else { return Ok(()) };
    let Some(planned) = story.planned.clone() else { return Ok(()) };
    if held_back(&story, now) {
        return drop_plan(connection, story, now).await;
    }
    let payload = stories::payload(connection, id, planned.version.revision).await?;
    let live = publishing::live_now(&story, &planned.version, &payload, time(planned.at));
    let story = StoryRow { state: PublicState::Live, live, planned: None, ..story };
    stories::stand(connection, &story).await?;
    record(connection, (id, &planned.version), ("publish", now)).await
}

/// A legal flag or an embargo came after the story was scheduled.
fn held_back(story: &StoryRow, now: i64) -> bool {
    story.guards.wants_somebody() || story.guards.embargo_at(time(now)).is_some()
}

/// The time has passed without the story. It does not go out by itself once nothing holds it back any more, hours later
/// and with nobody looking: somebody has to give it a new time.
async fn drop_plan(connection: &mut AnyConnection, story: StoryRow, now: i64) -> Result<(), sqlx::Error> {
    let Some(planned) = story.planned.clone() else { return Ok(()) };
    let story = StoryRow { state: PublicState::Never, planned: None, ..story };
    stories::stand(connection, &story).await?;
    record(connection, (story.id, &planned.version), ("hold_back", now)).await
}

async fn record(
    connection: &mut AnyConnection,
    (story, version): (StoryId, &Version),
    (command, now): (&'static str, i64),
) -> Result<(), sqlx::Error> {
    let act = Act {
        key: secrets::new_id(time(now)).to_string(),
        story: story.to_string(),
        user: CLOCK.to_owned(),
        command,
        hash: version.hash.to_string(),
        note: String::new(),
        done_at: now,
        consent: None,
        warnings: None,
    };
    receipts::record(connection, &act).await
}
