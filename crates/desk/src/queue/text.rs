//! A text at the portal as a version of ours, its photos fetched first, so that nothing of it is lost on the way.

use photo::{Limits, MediaType};
use portal::{Portal, Remote};
use serde_json::Value;
use store::{MAX_CONTENT_BYTES, NewBrought, NewPhoto, NewRendition, RenditionUse};
use story::{Cause, Sha256Hex, version_of};

use crate::{
    Desk, view,
    wire::{CommandError, ErrorCode},
    writing,
};

/// Fetches the photos that are not here and reads the text. A photo that the portal does not give, or that is none,
/// leaves its words.
///
/// # Errors
/// What the portal or the disk says, and `TextTooLong`.
pub(super) async fn bring(
    desk: &Desk,
    portal: &dyn Portal,
    remote: &Remote,
    author: &str,
) -> Result<NewBrought, CommandError> {
    for sha256 in photos_of(&remote.payload) {
        let known = sha256.clone();
        if desk.blocking(move |desk| Ok(desk.store().original_of(&known)?)).await?.is_some() {
            continue;
        }
        match portal.fetch_photo(&sha256).await {
            Ok(bytes) => desk.blocking(move |desk| take_in(desk, &sha256, bytes)).await?,
            Err(failure) if is_of_the_photo(failure.cause) => {
                tracing::warn!(photo = %sha256, %failure, "a photo cannot be had from the portal");
            }
            Err(failure) => return Err(failure.into()),
        }
    }
    let (remote, author) = (remote.clone(), author.to_owned());
    desk.blocking(move |desk| read(desk, &remote, author)).await
}

/// It lies with the photo, and asking again would not help.
fn is_of_the_photo(cause: Cause) -> bool {
    matches!(cause, Cause::NotFound | Cause::WrongEcho | Cause::NotTheContract)
}

fn photos_of(payload: &Value) -> Vec<Sha256Hex> {
    let photos = payload.get("photos").and_then(Value::as_array).into_iter().flatten();
    let digests = photos.filter_map(|photo| photo.get("sha256").cloned());
    digests.filter_map(|digest| serde_json::from_value(digest).ok()).collect()
}

/// What came is what readers get: it is its own rendition, so that it is never made anew nor sent anew.
fn take_in(desk: &Desk, sha256: &Sha256Hex, bytes: Vec<u8>) -> Result<(), CommandError> {
    let limits = Limits::default();
    let made = photo::examine(&bytes, &limits)
        .and_then(|facts| photo::renditions(&bytes, &limits).map(|made| (facts, made.thumb)));
    let (facts, thumb) = match made {
        Ok(made) => made,
        Err(error) => {
            tracing::warn!(photo = %sha256, %error, "a photo of the portal's cannot be shown");
            return Ok(());
        }
    };
    let display = NewRendition {
        usage: RenditionUse::Display,
        media_type: facts.media_type.as_str().to_owned(),
        width: facts.width,
        height: facts.height,
        bytes: bytes.clone(),
    };
    let thumb = NewRendition {
        usage: RenditionUse::Thumb,
        media_type: thumb.media_type.as_str().to_owned(),
        width: thumb.width,
        height: thumb.height,
        bytes: thumb.bytes,
    };
    let photo = NewPhoto {
        name: name(sha256, facts.media_type),
        media_type: facts.media_type.as_str().to_owned(),
        width: facts.width,
        height: facts.height,
        had_location: facts.had_location,
        at: desk.host().now(),
        original: bytes,
        renditions: vec![thumb, display],
    };
    Ok(desk.store().put_photo(photo).map(drop)?)
}

/// Its author's name for the file stays with its author.
fn name(sha256: &Sha256Hex, media_type: MediaType) -> String {
    let ending = match media_type {
        MediaType::Jpeg => "jpg",
        MediaType::Png => "png",
        MediaType::WebP => "webp",
        MediaType::Gif => "gif",
        MediaType::Tiff => "tif",
        MediaType::Heic => "heic",
        MediaType::Avif => "avif",
    };
    format!("{}.{ending}", bangla::cut(sha256.as_str(), 8))
}

fn read(desk: &Desk, remote: &Remote, author: String) -> Result<NewBrought, CommandError> {
    let original = |sent: &Sha256Hex| desk.store().original_of(sent).ok().flatten();
    let (content, lost) = version_of(&remote.payload, original);
    for lost in lost {
        tracing::warn!(story = %remote.id, kind = ?lost.kind, "something of the portal's text has no place here");
    }
    let content = writing::normalised(content);
    let length = content.to_bytes().map_err(CommandError::internal)?.len();
    if length > MAX_CONTENT_BYTES {
        return Err(CommandError::new(ErrorCode::TextTooLong).with("limit", MAX_CONTENT_BYTES));
    }
    let written_at = remote.way.desk_at.or(remote.changed_at).unwrap_or_else(|| desk.host().now());
    let words = view::text_counts(&content).words;
    Ok(NewBrought { content, words, author, written_at, hash: remote.hash.clone() })
}
