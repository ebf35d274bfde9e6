//! The bytes of an upload: each chunk as it comes, and the photo that they are in the end.

use std::{io::SeekFrom, time::Duration};

use axum::extract::Request;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use story::Sha256Hex;
use tokio::{
    fs::{self, OpenOptions},
    io::{AsyncSeekExt as _, AsyncWriteExt as _},
    time::timeout,
};
use uuid::Uuid;

use super::headers::checksum;
use crate::{
    api::{
        PHOTO_PIXELS, originals,
        problem::{Kind, Problem, Reason},
    },
    db::{originals::OriginalRow, photos::PhotoRow, uploads::UploadRow},
    newsroom::Newsroom,
    picture,
};

/// A body that stands still so long has broken off: its client lost the line and comes back for the offset.
const STANDSTILL: Duration = Duration::from_secs(30);

/// Appends the body; the offset afterwards. With a checksum the chunk counts whole or not at all; without one
/// every byte that arrived counts.
pub(super) async fn write_chunk(
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
pub(super) async fn finish(newsroom: &Newsroom, upload: &UploadRow, id: Uuid) -> Result<(), Problem> {
    let file = newsroom.upload_file(id);
    let bytes = fs::read(&file).await?;
    match judge(upload, &bytes) {
        Ok(photo) => {
            if !keep(newsroom, upload, photo, bytes).await? {
                discard(newsroom, id).await?;
                return Err(originals::killed());
            }
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

/// For readers, or for the desk alone. False when it is too late for that.
async fn keep(
    newsroom: &Newsroom,
    upload: &UploadRow,
    photo: PhotoRow,
    bytes: Vec<u8>,
) -> Result<bool, Problem> {
    let Some((of, story)) = &upload.original else {
        newsroom.media.put(&upload.sha256, bytes).await?;
        newsroom.db.add_photo(&photo).await?;
        return Ok(true);
    };
    let PhotoRow { sha256, media_type, width, height } = photo;
    let original = OriginalRow { photo: of.clone(), sha256, media_type, width, height };
    originals::keep(newsroom, *story, &original, bytes).await
}

fn judge(upload: &UploadRow, bytes: &[u8]) -> Result<PhotoRow, Problem> {
    if Sha256Hex::of(bytes) != upload.sha256 {
        let reason = Reason::new("/sha256", "the bytes have another digest than the one announced");
        return Err(Problem::invalid(vec![reason]));
    }
    let no_picture = || Problem::new(Kind::MediaType, "the bytes are no JPEG, PNG, WebP or GIF picture");
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

/// Nothing is left of the upload.
pub(super) async fn discard(newsroom: &Newsroom, id: Uuid) -> Result<(), Problem> {
    match fs::remove_file(newsroom.upload_file(id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(newsroom.db.drop_upload(&id.to_string()).await?),
    }
}
