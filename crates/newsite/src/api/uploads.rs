//! Photos come in by the tus protocol 1.0 (creation, creation-with-upload, checksum, termination): an interrupted
//! upload goes on at the byte where it stopped, also after a restart, for the file's own length is the offset.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use story::Role;
use tokio::fs::{self, File};
use uuid::Uuid;

use self::{
    bytes::{discard, finish, write_chunk},
    headers::{BYTES, LENGTH, Metadata, OFFSET, RESUMABLE, Stands, VERSION, metadata, number, speaks_tus},
};
use super::{
    PHOTO_BYTES, originals,
    problem::{Kind, Problem},
    read::{Named, SignedIn, drain, text},
};
use crate::{
    db::{millis, uploads::UploadRow},
    newsroom::{Newsroom, Shared},
    secrets,
};

mod bytes;
mod headers;

/// How long an unfinished upload is kept.
const UPLOAD_DAYS: TimeDelta = TimeDelta::days(7);

/// `OPTIONS /api/v1/uploads`
pub(super) async fn abilities() -> Response {
    let named = |name, value| (HeaderName::from_static(name), value);
    let headers = [
        (RESUMABLE, VERSION),
        named("tus-version", VERSION),
        named(
            "tus-extension",
            HeaderValue::from_static("creation,creation-with-upload,checksum,termination"),
        ),
        named("tus-checksum-algorithm", HeaderValue::from_static("sha256")),
        named("tus-max-size", HeaderValue::from(PHOTO_BYTES)),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// `POST /api/v1/uploads`
pub(super) async fn begin(
    State(newsroom): State<Shared>,
    who: SignedIn,
    request: Request,
) -> Result<Response, Problem> {
    let announced = match announced(&newsroom, who, request.headers()).await {
        Ok(announced) => announced,
        Err(problem) => {
            drain(request.into_body()).await;
            return Err(problem);
        }
    };
    let id = secrets::new_id(newsroom.now());
    File::create(newsroom.upload_file(id)).await?;
    let upload = UploadRow { id: id.to_string(), ..announced };
    newsroom.db.add_upload(&upload, millis(newsroom.now() + UPLOAD_DAYS)).await?;
    let place = HeaderValue::from_str(&format!("/api/v1/uploads/{id}"));
    let place = place.map_err(|_| Problem::new(Kind::Broken, "no place for the upload"))?;
    let stands = if text(request.headers(), header::CONTENT_TYPE) == Some(BYTES) {
        // Nobody else knows the place yet, but a task of its own ends what it began.
        let task = tokio::spawn(async move { first_bytes(&newsroom, &upload, id, request).await });
        task.await.map_err(|_| stumbled())??
    } else {
        Stands::at(0, &upload)
    };
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], stands, ()).into_response())
}

/// An upload as its headers announce it, without an id yet.
async fn announced(newsroom: &Newsroom, who: SignedIn, headers: &HeaderMap) -> Result<UploadRow, Problem> {
    speaks_tus(headers)?;
    if who.role == Role::Admin {
        return Err(Problem::new(Kind::Forbidden, "an administrator does not send photos"));
    }
    let length: u64 = number(headers, LENGTH)?;
    if length > PHOTO_BYTES {
        return Err(Problem::new(Kind::TooLarge, format!("at most {PHOTO_BYTES} bytes are taken here")));
    }
    let Metadata { sha256, media_type, original } = metadata(headers)?;
    if let Some(original) = &original {
        originals::welcome(newsroom, &who, original).await?;
    }
    Ok(UploadRow { id: String::new(), user: who.user, sha256, media_type, length, original, finished: false })
}

/// Takes what came along with the announcement. When it is refused nothing is left: the client has no address to
/// go on at.
async fn first_bytes(
    newsroom: &Newsroom,
    upload: &UploadRow,
    id: Uuid,
    request: Request,
) -> Result<Stands, Problem> {
    match write_chunk(newsroom, upload, id, request).await {
        Ok(end) => finish_at(newsroom, upload, id, end).await,
        Err(problem) => {
            discard(newsroom, id).await?;
            Err(problem)
        }
    }
}

/// `HEAD /api/v1/uploads/{id}`
pub(super) async fn offset(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<Uuid>,
) -> Result<Response, Problem> {
    let upload = find(&newsroom, &who, id).await?;
    let offset = stands_at(&newsroom, &upload, id).await?;
    let headers = [
        (OFFSET, HeaderValue::from(offset)),
        (LENGTH, HeaderValue::from(upload.length)),
        (RESUMABLE, VERSION),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::OK, headers).into_response())
}

/// `DELETE /api/v1/uploads/{id}`
pub(super) async fn give_up(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<Uuid>,
) -> Result<Response, Problem> {
    find(&newsroom, &who, id).await?;
    discard(&newsroom, id).await?;
    Ok((StatusCode::NO_CONTENT, [(RESUMABLE, VERSION)]).into_response())
}

/// `PATCH /api/v1/uploads/{id}`
pub(super) async fn append(
    State(newsroom): State<Shared>,
    who: SignedIn,
    Named(id): Named<Uuid>,
    request: Request,
) -> Result<Response, Problem> {
    // A task of its own: when the connection breaks, what arrived is still put in order.
    let task = tokio::spawn(async move { take(&newsroom, &who, id, request).await });
    let stands = task.await.map_err(|_| stumbled())??;
    Ok((StatusCode::NO_CONTENT, stands, ()).into_response())
}

fn stumbled() -> Problem {
    Problem::new(Kind::Broken, "the upload stumbled; ask for its offset")
}

/// Takes one chunk.
async fn take(newsroom: &Newsroom, who: &SignedIn, id: Uuid, request: Request) -> Result<Stands, Problem> {
    let held = newsroom.writing.hold(&id.to_string());
    let busy = || Problem::new(Kind::OffsetDiffers, "another request is writing to this upload").after(1);
    let ready = match &held {
        Some(_) => ready(newsroom, who, id, request.headers()).await,
        None => Err(busy()),
    };
    let upload = match ready {
        Ok(upload) => upload,
        Err(problem) => {
            drain(request.into_body()).await;
            return Err(problem);
        }
    };
    if upload.finished {
        return Ok(Stands::at(upload.length, &upload));
    }
    let end = write_chunk(newsroom, &upload, id, request).await?;
    finish_at(newsroom, &upload, id, end).await
}

/// The last byte makes the file a photo.
async fn finish_at(newsroom: &Newsroom, upload: &UploadRow, id: Uuid, end: u64) -> Result<Stands, Problem> {
    if end == upload.length {
        finish(newsroom, upload, id).await?;
    }
    Ok(Stands::at(end, upload))
}

/// The upload, when this chunk is the next one.
async fn ready(
    newsroom: &Newsroom,
    who: &SignedIn,
    id: Uuid,
    headers: &HeaderMap,
) -> Result<UploadRow, Problem> {
    speaks_tus(headers)?;
    if text(headers, header::CONTENT_TYPE) != Some(BYTES) {
        return Err(Problem::new(Kind::MediaType, "the body must be application/offset+octet-stream"));
    }
    let upload = find(newsroom, who, id).await?;
    let start = stands_at(newsroom, &upload, id).await?;
    if number(headers, OFFSET)? != start {
        return Err(Problem::new(Kind::OffsetDiffers, format!("the upload stands at byte {start}")));
    }
    Ok(upload)
}

async fn find(newsroom: &Newsroom, who: &SignedIn, id: Uuid) -> Result<UploadRow, Problem> {
    let upload = newsroom.db.upload(&id.to_string()).await?;
    upload.filter(|upload| upload.user == who.user).ok_or_else(|| Problem::nothing("upload"))
}

async fn stands_at(newsroom: &Newsroom, upload: &UploadRow, id: Uuid) -> Result<u64, Problem> {
    if upload.finished {
        return Ok(upload.length);
    }
    let file = fs::metadata(newsroom.upload_file(id)).await;
    file.map(|file| file.len()).map_err(|_| Problem::nothing("upload"))
}
