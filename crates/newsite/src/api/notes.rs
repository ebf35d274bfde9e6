//! Notes between desk and author. Readers never get one: nothing that makes a page reads them.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use story::StoryId;

use super::{
    problem::{Kind, Problem, Reason},
    read::{Named, PartOf, SignedIn, json_text, may_write, parse, tagged},
};
use crate::{
    db::{
        millis,
        notes::{self, NoteRow},
        stories, time,
    },
    newsroom::Shared,
};

const MAX_NOTE: usize = 4_000;
const MAX_REQUEST: usize = 64 * 1024;

#[derive(Debug, Deserialize)]
struct Note {
    text: String,
    /// The paragraph it is about, counted from 0.
    #[serde(default)]
    paragraph: Option<u32>,
}

/// `GET /api/v1/stories/{id}/notes`
pub(super) async fn list(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(id): Named<StoryId>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    newsroom.db.story(id).await?.ok_or_else(|| Problem::nothing("story"))?;
    let notes = newsroom.db.notes(id).await?;
    Ok(tagged(&headers, &json!({ "items": notes.iter().map(told).collect::<Vec<_>>() })))
}

/// `PUT /api/v1/stories/{id}/notes/{note}`: the same note again changes nothing; its writer may write it anew.
pub(super) async fn put(
    State(newsroom): State<Shared>,
    who: SignedIn,
    PartOf(id, note_id): PartOf,
    request: Request,
) -> Result<Response, Problem> {
    let note: Note = parse(&json_text(request, MAX_REQUEST).await?)?;
    if note.text.trim().is_empty() || note.text.len() > MAX_NOTE {
        let reason = Reason::new("/text", format!("1 to {MAX_NOTE} bytes that are not all blank"));
        return Err(Problem::invalid(vec![reason]));
    }
    let mut transaction = newsroom.db.begin().await?;
    let story = stories::find(&mut transaction, id).await?.ok_or_else(|| Problem::nothing("story"))?;
    may_write(&who, &story)?;
    let row = NoteRow {
        id: note_id.to_string(),
        user: who.user,
        text: note.text,
        paragraph: note.paragraph.map(i64::from),
        written_at: millis(newsroom.now()),
    };
    let status = match notes::find(&mut transaction, id, &row.id).await? {
        Some(there) if there.user != row.user => {
            return Err(Problem::new(Kind::Forbidden, "the note is somebody else's"));
        }
        Some(there) if there.text == row.text && there.paragraph == row.paragraph => {
            return Ok((StatusCode::OK, Json(told(&there))).into_response());
        }
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    notes::put(&mut transaction, id, &row).await?;
    stories::touch(&mut transaction, id).await?;
    transaction.commit().await?;
    Ok((status, Json(told(&row))).into_response())
}

fn told(note: &NoteRow) -> Value {
    json!({
        "id": note.id,
        "author": note.user,
        "text": note.text,
        "paragraph": note.paragraph,
        "written_at": time(note.written_at),
    })
}
