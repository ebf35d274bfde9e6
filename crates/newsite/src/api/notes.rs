//! Notes between desk and author. Readers never get one: nothing that makes a page reads them.

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Anchor, NoteId, NoteTurn, StoryId, Suggestion};

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
    /// May be left out where there is a turn or a suggestion.
    #[serde(default)]
    text: String,
    /// The paragraph it is about, counted from 0.
    #[serde(default)]
    paragraph: Option<u32>,
    /// The words it is about.
    #[serde(default)]
    anchor: Option<Anchor>,
    /// What those words should become.
    #[serde(default)]
    suggestion: Option<Suggestion>,
    /// The note that it answers.
    #[serde(default)]
    parent: Option<NoteId>,
    /// What it does with that one.
    #[serde(default)]
    turn: Option<NoteTurn>,
}

impl Note {
    fn faults(&self) -> Vec<Reason> {
        let mut faults = Vec::new();
        let says_nothing = self.text.trim().is_empty() && self.turn.is_none() && self.suggestion.is_none();
        if says_nothing || self.text.len() > MAX_NOTE {
            faults.push(Reason::new("/text", format!("1 to {MAX_NOTE} bytes that are not all blank")));
        }
        if self.turn.is_some() && self.parent.is_none() {
            faults.push(Reason::new("/parent", "a turn is an answer to a note"));
        }
        if self.anchor.as_ref().is_some_and(|anchor| !anchor.is_kept()) {
            faults.push(Reason::new("/anchor", "it quotes nothing, or too much"));
        }
        if self.suggestion.as_ref().is_some_and(|suggestion| !self.may_hold(suggestion)) {
            faults.push(Reason::new("/suggestion", "it changes nothing of the words quoted, or too much"));
        }
        faults
    }

    fn may_hold(&self, suggestion: &Suggestion) -> bool {
        self.parent.is_none() && self.anchor.as_ref().is_some_and(|anchor| suggestion.fits(anchor))
    }
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
    let faults = note.faults();
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let mut transaction = newsroom.db.begin().await?;
    let story = stories::find(&mut transaction, id).await?.ok_or_else(|| Problem::nothing("story"))?;
    may_write(&who, &story)?;
    let row = row(note, note_id.to_string(), (who.user, millis(newsroom.now())))?;
    if let Some(parent) = &row.parent {
        may_be_answered(notes::find(&mut transaction, id, parent).await?, &row)?;
    }
    let status = match notes::find(&mut transaction, id, &row.id).await? {
        Some(there) if there.user != row.user => {
            return Err(Problem::new(Kind::Forbidden, "the note is somebody else's"));
        }
        Some(there) if says_the_same(&there, &row) => {
            return Ok((StatusCode::OK, Json(told(&there))).into_response());
        }
        Some(_) => StatusCode::OK,
        None => StatusCode::CREATED,
    };
    notes::put(&mut transaction, id, &row).await?;
    stories::touch(&mut transaction, id).await?;
    let kept = notes::find(&mut transaction, id, &row.id).await?.unwrap_or(row);
    transaction.commit().await?;
    Ok((status, Json(told(&kept))).into_response())
}

fn row(note: Note, id: String, (user, written_at): (String, i64)) -> Result<NoteRow, Problem> {
    let malformed = |error: serde_json::Error| Problem::new(Kind::Malformed, error.to_string());
    Ok(NoteRow {
        id,
        user,
        name: None,
        text: note.text,
        paragraph: note.paragraph.map(i64::from),
        anchor: note.anchor.as_ref().map(serde_json::to_string).transpose().map_err(malformed)?,
        suggestion: note.suggestion.as_ref().map(serde_json::to_string).transpose().map_err(malformed)?,
        parent: note.parent.map(|parent| parent.to_string()),
        turn: note.turn.map(|turn| turn_name(turn).to_owned()),
        written_at,
    })
}

/// Answers stand under a note of the same story that is no answer itself, and verdicts under one that suggests something.
fn may_be_answered(parent: Option<NoteRow>, answer: &NoteRow) -> Result<(), Problem> {
    let Some(parent) = parent.filter(|parent| parent.parent.is_none()) else {
        return Err(Problem::invalid(vec![Reason::new(
            "/parent",
            "no note of this story that can be answered",
        )]));
    };
    let verdicts = [NoteTurn::Accepted, NoteTurn::Rejected].map(turn_name);
    let is_verdict = answer.turn.as_deref().is_some_and(|turn| verdicts.contains(&turn));
    if is_verdict && parent.suggestion.is_none() {
        return Err(Problem::invalid(vec![Reason::new("/turn", "the note suggests nothing")]));
    }
    Ok(())
}

/// Everything that its writer says in it is as before.
fn says_the_same(there: &NoteRow, row: &NoteRow) -> bool {
    let NoteRow { written_at, name, .. } = there;
    *there == NoteRow { written_at: *written_at, name: name.clone(), ..row.clone() }
}

fn turn_name(turn: NoteTurn) -> &'static str {
    match turn {
        NoteTurn::Resolved => "resolved",
        NoteTurn::Reopened => "reopened",
        NoteTurn::Accepted => "accepted",
        NoteTurn::Rejected => "rejected",
    }
}

fn told(note: &NoteRow) -> Value {
    let read =
        |json: &Option<String>| json.as_deref().and_then(|json| serde_json::from_str::<Value>(json).ok());
    json!({
        "id": note.id,
        "author": note.user,
        "author_name": note.name.as_deref().unwrap_or_default(),
        "text": note.text,
        "paragraph": note.paragraph,
        "anchor": read(&note.anchor),
        "suggestion": read(&note.suggestion),
        "parent": note.parent,
        "turn": note.turn,
        "written_at": time(note.written_at),
    })
}
