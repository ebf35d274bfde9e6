//! The portal's desk: its queue by cursor, and leases.

use std::time::Duration;

use reqwest::{Method, RequestBuilder, header::CONTENT_TYPE};
use serde_json::json;
use story::{Cause, Sha256Hex, StoryId};
use url::form_urlencoded::Serializer;

use super::{JSON, echoed, wire};
use crate::{
    desk::{DeskPage, Lease, Taken, Taking},
    failure::Failure,
    http::{Effect, Wire, problem_name},
    portal::Transitioned,
};

/// What the desk has open.
const OPEN: &str = "api/v1/stories?desk=open";
/// By these names the portal's own conflicts are told apart.
const LEASED: &str = "leased";
const MOVED_ON: &str = "moved-on";

/// What became of asking for a lease.
enum Asked {
    Granted(Lease),
    /// Somebody else has it.
    Refused,
}

pub(super) async fn changes(wire: &Wire, since: Option<&str>) -> Result<DeskPage, Failure> {
    let Some(cursor) = since else { return beginning(wire).await };
    let query = Serializer::new(String::new()).append_pair("since", cursor).finish();
    let request = wire.request(Method::GET, &format!("{OPEN}&{query}"))?;
    let answer = wire.fetch(request, Effect::Reads, &[200, 409]).await?;
    match answer.status {
        200 => wire.read(&answer),
        // The portal was put back to an earlier day: the cursor names a time that never was.
        _ if problem_name(&answer).as_deref() == Some(MOVED_ON) => beginning(wire).await,
        _ => Err(wire.refusal(&answer)),
    }
}

/// The page itself is left to whoever asks next: it is taken in under a lock, and waiting is not.
pub(super) async fn wait(wire: &Wire, since: &str, patience: Duration) -> Result<(), Failure> {
    let seconds = patience.as_secs().to_string();
    let query = Serializer::new(String::new())
        .extend_pairs([("limit", "1"), ("wait", seconds.as_str()), ("since", since)])
        .finish();
    let request = wire.request(Method::GET, &format!("{OPEN}&{query}"))?;
    wire.fetch(request, Effect::Reads, &[200, 409]).await.map(drop)
}

async fn beginning(wire: &Wire) -> Result<DeskPage, Failure> {
    let page: DeskPage = wire.fetch_json(wire.request(Method::GET, OPEN)?, Effect::Reads, &[200]).await?;
    Ok(DeskPage { anew: true, ..page })
}

/// The lease first: while it holds, nobody else takes the story in between.
pub(super) async fn take(wire: &Wire, taking: &Taking<'_>) -> Result<Taken, Failure> {
    let lease = match ask(wire, taking.story, (taking.device, taking.takeover), None).await? {
        Asked::Granted(lease) => lease,
        Asked::Refused => return held(wire, taking.story).await,
    };
    match tell_desk(wire, taking).await {
        Ok(()) => Ok(Taken::Ours(lease)),
        Err(failure) => {
            // Nobody waits five minutes for a story that was not taken.
            let _ = give_back(wire, taking.story, &lease).await;
            Err(failure)
        }
    }
}

pub(super) async fn renew(
    wire: &Wire,
    story: StoryId,
    lease: &Lease,
    device: &str,
) -> Result<Option<Lease>, Failure> {
    match ask(wire, story, (device, false), Some(lease)).await? {
        Asked::Granted(renewed) => Ok(Some(renewed)),
        Asked::Refused => Ok(None),
    }
}

pub(super) async fn give_back(wire: &Wire, story: StoryId, lease: &Lease) -> Result<(), Failure> {
    let request = wire.request(Method::DELETE, &place(story))?;
    let request = request.header("lease-token", lease.token.expose());
    let answer = wire.fetch(request, Effect::Writes, &[204, 409]).await?;
    match answer.status {
        204 => Ok(()),
        // Somebody else's by now: nothing is left to be given back.
        _ if problem_name(&answer).as_deref() == Some(LEASED) => Ok(()),
        _ => Err(wire.refusal(&answer)),
    }
}

pub(super) async fn photo(wire: &Wire, sha256: &Sha256Hex) -> Result<Vec<u8>, Failure> {
    let request = wire.request(Method::GET, &format!("api/v1/photos/{sha256}"))?;
    wire.fetch_photo(request, sha256).await
}

async fn ask(
    wire: &Wire,
    story: StoryId,
    (device, takeover): (&str, bool),
    renewed: Option<&Lease>,
) -> Result<Asked, Failure> {
    let request = wire.request(Method::POST, &place(story))?;
    let request = match renewed {
        Some(lease) => request.header("lease-token", lease.token.expose()),
        None => request,
    };
    let request = with_json(request, json!({ "device": device, "takeover": takeover }));
    let answer = wire.fetch(request, Effect::Writes, &[200, 201, 409]).await?;
    match answer.status {
        200 | 201 => {
            let granted: wire::Granted = wire.read(&answer)?;
            let wire::Granted { token, expires_at, taken_from } = granted;
            Ok(Asked::Granted(Lease { token, expires_at, taken_from }))
        }
        _ if problem_name(&answer).as_deref() == Some(LEASED) => Ok(Asked::Refused),
        _ => Err(wire.refusal(&answer)),
    }
}

/// The refusal names nobody in a form that a program reads; the story does.
async fn held(wire: &Wire, story: StoryId) -> Result<Taken, Failure> {
    let request = wire.request(Method::GET, &format!("api/v1/stories/{story}"))?;
    let found: wire::Leased = wire.fetch_json(request, Effect::Reads, &[200]).await?;
    let gone = || Failure::harmless(Cause::StillRunning, "the story has just been given back; ask again");
    found.lease.map(Taken::Held).ok_or_else(gone)
}

async fn tell_desk(wire: &Wire, taking: &Taking<'_>) -> Result<(), Failure> {
    let path = format!("api/v1/stories/{}/transitions", taking.story);
    let request = wire.request(Method::POST, &path)?;
    let request = request.header("idempotency-key", taking.key.to_string());
    let request = with_json(request, json!({ "command": "take", "hash": taking.hash }));
    let done: Transitioned = wire.fetch_json(request, Effect::Writes, &[200]).await?;
    echoed(done.id == taking.story && done.hash == *taking.hash, Effect::Writes)
}

fn place(story: StoryId) -> String {
    format!("api/v1/stories/{story}/lease")
}

fn with_json(request: RequestBuilder, body: serde_json::Value) -> RequestBuilder {
    request.header(CONTENT_TYPE, JSON).body(body.to_string())
}
