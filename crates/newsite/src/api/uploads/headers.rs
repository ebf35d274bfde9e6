//! The words of the protocol: what its headers must hold, and what ours say.

use std::convert::Infallible;

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponseParts, ResponseParts},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use story::{Sha256Hex, StoryId};

use crate::{
    api::{
        problem::{Kind, Problem},
        read::text,
    },
    db::uploads::UploadRow,
};

pub(super) const BYTES: &str = "application/offset+octet-stream";
pub(super) const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(super) const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
pub(super) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(super) const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// RFC 9530.
pub(super) const DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// Where an upload stands, in the words of the protocol.
pub(super) struct Stands {
    end: u64,
    /// The whole photo is here, and has this digest.
    whole: Option<Sha256Hex>,
}

impl Stands {
    pub(super) fn at(end: u64, upload: &UploadRow) -> Self {
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

pub(super) fn speaks_tus(headers: &HeaderMap) -> Result<(), Problem> {
    if text(headers, RESUMABLE) == Some("1.0.0") {
        return Ok(());
    }
    Err(Problem::new(Kind::TusVersion, "send Tus-Resumable: 1.0.0"))
}

pub(super) fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, Problem> {
    let missing = Problem::new(Kind::Malformed, format!("the header {name} must hold a number"));
    text(headers, name).and_then(|text| text.parse().ok()).ok_or(missing)
}

/// What an upload says of its bytes beforehand.
pub(super) struct Metadata {
    pub(super) sha256: Sha256Hex,
    pub(super) media_type: String,
    /// See [`UploadRow::original`].
    pub(super) original: Option<(Sha256Hex, StoryId)>,
}

/// `Upload-Metadata`: pairs of a name and base64, parted by commas.
pub(super) fn metadata(headers: &HeaderMap) -> Result<Metadata, Problem> {
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
    let original = match (value("original_of"), value("story")) {
        (None, None) => None,
        (of, story) => {
            let of = of.and_then(|of| of.parse().ok());
            let story = story.and_then(|story| story.parse().ok());
            let detail = "an original names original_of (a photo's digest) and story (a UUID), in base64";
            Some(of.zip(story).ok_or_else(|| Problem::new(Kind::Malformed, detail))?)
        }
    };
    // Readers never get an original, so that it may be of a kind that pages do not show well.
    let is_taken = ["image/jpeg", "image/png", "image/webp"].contains(&media_type.as_str())
        || (original.is_some() && media_type == "image/gif");
    if is_taken {
        return Ok(Metadata { sha256, media_type, original });
    }
    Err(Problem::new(Kind::MediaType, "only JPEG, PNG and WebP are taken here, and of originals GIF"))
}

/// `Upload-Checksum`: the algorithm and the digest in base64.
pub(super) fn checksum(headers: &HeaderMap) -> Result<Option<Vec<u8>>, Problem> {
    let Some(header) = text(headers, HeaderName::from_static("upload-checksum")) else { return Ok(None) };
    let digest = header.strip_prefix("sha256 ").and_then(|base64| STANDARD.decode(base64.trim()).ok());
    let unknown = || Problem::new(Kind::Malformed, "Upload-Checksum must be `sha256` and a digest in base64");
    digest.map(Some).ok_or_else(unknown)
}
