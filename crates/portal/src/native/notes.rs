//! Notes between desk and author, by the native contract.

use reqwest::{Method, header::CONTENT_TYPE};
use story::{Cause, StoryId};

use super::{JSON, echoed, nobodys_404, wire};
use crate::{
    failure::Failure,
    http::{Effect, Wire, is_problem},
    notes::{NoteToSend, PortalNote},
};

/// `GET /api/v1/stories/{id}/notes`
pub(super) async fn all(wire: &Wire, story: StoryId) -> Result<Vec<PortalNote>, Failure> {
    let request = wire.request(Method::GET, &format!("api/v1/stories/{story}/notes"))?;
    let answer = wire.fetch(request, Effect::Reads, &[200, 404]).await?;
    if answer.status == 404 {
        return if is_problem(&answer) { Ok(Vec::new()) } else { Err(nobodys_404()) };
    }
    let notes: wire::Notes = wire.read(&answer)?;
    Ok(notes.items)
}

/// `PUT /api/v1/stories/{id}/notes/{note}`
pub(super) async fn put(wire: &Wire, story: StoryId, note: &NoteToSend<'_>) -> Result<PortalNote, Failure> {
    let request = wire.request(Method::PUT, &format!("api/v1/stories/{story}/notes/{}", note.id))?;
    let body = serde_json::to_string(note);
    let body = body.map_err(|error| Failure::harmless(Cause::NotTheContract, error.to_string()))?;
    let request = request.header(CONTENT_TYPE, JSON).body(body);
    let kept: PortalNote = wire.fetch_json(request, Effect::Writes, &[200, 201]).await?;
    echoed(kept.id == note.id && kept.text == note.text, Effect::Writes)?;
    Ok(kept)
}
