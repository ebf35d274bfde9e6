//! Photos come in by the tus protocol 1.0 (creation, creation-with-upload, checksum, termination): an interrupted
//! upload goes on at the byte where it stopped, also after a restart, for the file's own length is the offset.

use std::{convert::Infallible, io::SeekFrom, time::Duration};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, IntoResponseParts, Response, ResponseParts},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use story::{Role, Sha256Hex};
use tokio::{
    fs::{self, File, OpenOptions},
    io::{AsyncSeekExt as _, AsyncWriteExt as _},
    time::timeout,
};
use uuid::Uuid;

use super::{
    PHOTO_BYTES, PHOTO_PIXELS,
    problem::{Kind, Problem, Reason},
    read::{Named, SignedIn, drain, text},
};
use crate::{
    db::{millis, photos::PhotoRow, uploads::UploadRow},
    newsroom::{Newsroom, Shared},
    picture, secrets,
};

/// How long an unfinished upload is kept.
const UPLOAD_DAYS: TimeDelta = TimeDelta::days(7);
/// A body that stands still so long has broken off: its client lost the line and comes back for the offset.
const STANDSTILL: Duration = Duration::from_secs(30);
const BYTES: &str = "application/offset+octet-stream";
const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// RFC 9530.
const DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// `HEAD /api/v1/photos/{sha256}`
pub(super) async fn has_photo(
    State(newsroom): State<Shared>,
    _who: SignedIn,
    Named(sha256): Named<Sha256Hex>,
) -> Result<StatusCode, Problem> {
    newsroom.db.photo(&sha256).await?.map(|_| StatusCode::OK).ok_or_else(|| Problem::nothing("photo"))
}

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
    let announced = match announced(who, request.headers()) {
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
fn announced(who: SignedIn, headers: &HeaderMap) -> Result<UploadRow, Problem> {
    speaks_tus(headers)?;
    if who.role == Role::Admin {
        return Err(Problem::new(Kind::Forbidden, "an administrator does not send photos"));
    }
    let length: u64 = number(headers, LENGTH)?;
    if length > PHOTO_BYTES {
        return Err(Problem::new(Kind::TooLarge, format!("at most {PHOTO_BYTES} bytes are taken here")));
    }
    let (sha256, media_type) = metadata(headers)?;
    Ok(UploadRow { id: String::new(), user: who.user, sha256, media_type, length, finished: false })
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

/// Where an upload stands, in the words of the protocol.
struct Stands {
    end: u64,
    /// The whole photo is here, and has this digest.
    whole: Option<Sha256Hex>,
}

impl Stands {
    fn at(end: u64, upload: &UploadRow) -> Self {
        Self { end, whole: (end == upload.length && end > 0).then(|| upload.sha256.clone()) }
    }
}

impl IntoResponseParts for Stands {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        let headers = parts.headers_mut();
        headers.insert(OFFSET, HeaderValue::from(self.end));
        headers.insert(RESUMABLE, VERSION);
        let digest = self.whole.map(|sha256| format!("sha-256=:{}:", STANDARD.encode(sha256.to_bytes())));
        if let Some(digest) = digest.and_then(|digest| HeaderValue::from_str(&digest).ok()) {
            headers.insert(DIGEST, digest);
        }
        Ok(parts)
    }
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

/// Appends the body; the offset afterwards. With a checksum the chunk counts whole or not at all; without one
/// every byte that arrived counts.
async fn write_chunk(
    newsroom: &Newsroom,
    upload: &UploadRow,
    id: Uuid,
    request: Request,
) -> Result<u64, Problem> {
    let expected = checksum(request.headers())?;
    let mut file = OpenOptions::new().write(true).open(newsroom.upload_file(id)).await?;
    let start = file.seek(SeekFrom::End(0)).await?;
    let (mut end, mut digest, mut body) = (start, Sha256::new(), request.into_body());
    let mut fault = None;
    loop {
        let frame = match timeout(STANDSTILL, body.frame()).await {
            Ok(None) => break,
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(_))) => {
                fault = Some(Problem::new(Kind::Malformed, "the body broke off"));
                break;
            }
            // Not the client's mistake: it may be there again by now, and hear this.
            Err(_) => {
                fault = Some(Problem::new(Kind::TooSlow, "the body stood still; ask for the offset"));
                break;
            }
        };
        let Ok(bytes) = frame.into_data() else { continue };
        end += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if end > upload.length {
            fault = Some(Problem::new(Kind::TooLarge, "more bytes than Upload-Length announced"));
            break;
        }
        digest.update(&bytes);
        file.write_all(&bytes).await?;
    }
    file.flush().await?;
    let damaged = expected.is_some_and(|expected| expected != digest.finalize().as_slice());
    let takes_back = damaged || end > upload.length;
    if takes_back {
        file.set_len(start).await?;
    }
    file.sync_all().await?;
    match fault {
        Some(fault) => Err(fault),
        None if damaged => {
            Err(Problem::new(Kind::Checksum, "the chunk does not have the checksum it came with"))
        }
        None => Ok(end),
    }
}

/// The file is whole: it becomes a photo, or it is refused and forgotten.
async fn finish(newsroom: &Newsroom, upload: &UploadRow, id: Uuid) -> Result<(), Problem> {
    let file = newsroom.upload_file(id);
    let bytes = fs::read(&file).await?;
    match judge(upload, &bytes) {
        Ok(photo) => {
            newsroom.media.put(&upload.sha256, bytes).await?;
            newsroom.db.add_photo(&photo).await?;
            newsroom.db.finish_upload(&upload.id).await?;
            // It stands under its digest now; a copy that stays behind goes when the upload's time has passed.
            let _ = fs::remove_file(&file).await;
            Ok(())
        }
        Err(problem) => {
            discard(newsroom, id).await?;
            Err(problem)
        }
    }
}

fn judge(upload: &UploadRow, bytes: &[u8]) -> Result<PhotoRow, Problem> {
    if Sha256Hex::of(bytes) != upload.sha256 {
        let reason = Reason::new("/sha256", "the bytes have another digest than the one announced");
        return Err(Problem::invalid(vec![reason]));
    }
    let no_picture = || Problem::new(Kind::MediaType, "the bytes are no JPEG, PNG or WebP picture");
    let picture = picture::sniff(bytes).ok_or_else(no_picture)?;
    if picture.media_type != upload.media_type {
        let detail = format!("announced as {}, but it is {}", upload.media_type, picture.media_type);
        return Err(Problem::new(Kind::MediaType, detail));
    }
    if u64::from(picture.width) * u64::from(picture.height) > PHOTO_PIXELS {
        return Err(Problem::new(Kind::TooLarge, format!("at most {PHOTO_PIXELS} pixels are taken here")));
    }
    let (sha256, media_type) = (upload.sha256.clone(), upload.media_type.clone());
    Ok(PhotoRow { sha256, media_type, width: picture.width, height: picture.height })
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

async fn discard(newsroom: &Newsroom, id: Uuid) -> Result<(), Problem> {
    match fs::remove_file(newsroom.upload_file(id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(newsroom.db.drop_upload(&id.to_string()).await?),
    }
}

fn speaks_tus(headers: &HeaderMap) -> Result<(), Problem> {
    if text(headers, RESUMABLE) == Some("1.0.0") {
        return Ok(());
    }
    Err(Problem::new(Kind::TusVersion, "send Tus-Resumable: 1.0.0"))
}

fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, Problem> {
    let missing = Problem::new(Kind::Malformed, format!("the header {name} must hold a number"));
    text(headers, name).and_then(|text| text.parse().ok()).ok_or(missing)
}

/// `Upload-Metadata`: pairs of a name and base64, parted by commas.
fn metadata(headers: &HeaderMap) -> Result<(Sha256Hex, String), Problem> {
    let header = text(headers, HeaderName::from_static("upload-metadata")).unwrap_or_default();
    let value = |wanted: &str| {
        let pairs = header.split(',').filter_map(|pair| pair.trim().split_once(' '));
        let (_, base64) = pairs.into_iter().find(|(name, _)| *name == wanted)?;
        String::from_utf8(STANDARD.decode(base64.trim()).ok()?).ok()
    };
    let sha256 = value("sha256").and_then(|digest| digest.parse().ok());
    let (Some(sha256), Some(media_type)) = (sha256, value("media_type")) else {
        let detail =
            "Upload-Metadata must hold sha256 (64 small hexadecimal digits) and media_type, in base64";
        return Err(Problem::new(Kind::Malformed, detail));
    };
    if ["image/jpeg", "image/png", "image/webp"].contains(&media_type.as_str()) {
        return Ok((sha256, media_type));
    }
    Err(Problem::new(Kind::MediaType, "only JPEG, PNG and WebP are taken here"))
}

/// `Upload-Checksum`: the algorithm and the digest in base64.
fn checksum(headers: &HeaderMap) -> Result<Option<Vec<u8>>, Problem> {
    let Some(header) = text(headers, HeaderName::from_static("upload-checksum")) else { return Ok(None) };
    let digest = header.strip_prefix("sha256 ").and_then(|base64| STANDARD.decode(base64.trim()).ok());
    let unknown = || Problem::new(Kind::Malformed, "Upload-Checksum must be `sha256` and a digest in base64");
    digest.map(Some).ok_or_else(unknown)
}
