//! Photos are attachments whose slug is made of the digest of their bytes: the same photo is there once, and found
//! again whoever sent it.

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use reqwest::{Method, header::CONTENT_TYPE};
use serde::Deserialize;
use serde_json::json;
use story::{Cause, Sha256Hex};

use super::{post::Text, site::Site};
use crate::{
    failure::Failure,
    http::Effect,
    portal::{OnProgress, PhotoToSend, Progress},
    public_page,
};

const FIELDS: (&str, &str) = (
    "_fields",
    "id,slug,source_url,alt_text,caption,media_details.width,media_details.height,media_details.sizes,\
     media_details.original_image",
);
const SLUG: &str = "photo-";
/// Attachments asked for in one request.
const BATCH: usize = 20;

/// A photo that the portal holds.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Media {
    pub(super) id: u64,
    slug: String,
    #[serde(default)]
    source_url: String,
    #[serde(default)]
    alt_text: String,
    #[serde(default)]
    caption: Text,
    #[serde(default)]
    media_details: Details,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Details {
    #[serde(default)]
    sizes: serde_json::Value,
    /// The file that was sent, where WordPress shows a smaller one in its place.
    #[serde(default)]
    original_image: Option<String>,
}

/// The file that an article shows, and WordPress's name for its size.
pub(super) struct Shown<'a> {
    pub(super) url: &'a str,
    pub(super) size: &'static str,
}

impl Media {
    /// The size that is meant for the column of text, where the photo is larger than that.
    pub(super) fn shown(&self) -> Shown<'_> {
        let large = self.media_details.sizes.get("large").and_then(|size| size.get("source_url"));
        match large.and_then(|url| url.as_str()) {
            Some(url) => Shown { url, size: "large" },
            None => Shown { url: &self.source_url, size: "full" },
        }
    }

    /// Where the very file is that was sent: beside the one that WordPress shows, if that is another.
    fn as_sent(&self) -> String {
        let folder = self.source_url.rsplit_once('/').map(|(folder, _)| folder);
        match folder.zip(self.media_details.original_image.as_ref()) {
            Some((folder, name)) => format!("{folder}/{name}"),
            None => self.source_url.clone(),
        }
    }

    #[cfg(test)]
    pub(super) fn for_tests(id: u64, url: &str) -> Self {
        let (slug, caption, media_details) = (String::new(), Text::default(), Details::default());
        Self { id, slug, source_url: url.into(), alt_text: String::new(), caption, media_details }
    }
}

fn slug(photo: &Sha256Hex) -> String {
    format!("{SLUG}{photo}")
}

/// Those of the photos that the portal holds.
pub(super) async fn find(
    site: &Site,
    photos: impl Iterator<Item = &Sha256Hex>,
) -> Result<BTreeMap<Sha256Hex, Media>, Failure> {
    let slugs: Vec<String> = photos.map(slug).collect();
    let mut found = BTreeMap::new();
    for batch in slugs.chunks(BATCH) {
        let query = [("slug", batch.join(",")), ("per_page", "100".into()), (FIELDS.0, FIELDS.1.into())];
        let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
        let media: Vec<Media> = site.read("wp/v2/media", &query).await?;
        for one in media {
            if let Some(Ok(photo)) = one.slug.strip_prefix(SLUG).map(str::parse) {
                found.insert(photo, one);
            }
        }
    }
    Ok(found)
}

/// Uploads the photo in one request. What is cut off leaves nothing behind: WordPress compares the digest.
pub(super) async fn send(
    site: &Site,
    photo: &PhotoToSend<'_>,
    progress: OnProgress<'_>,
) -> Result<(), Failure> {
    let total = photo.bytes.len() as u64;
    progress(Progress { sent: 0, total });
    let slug = slug(photo.sha256);
    let request = site.request(Method::POST, "wp/v2/media", &[("slug", &slug), ("title", &slug)]).await?;
    let name = format!("{}.{}", photo.sha256, extension(photo.media_type));
    let request = request
        .header(CONTENT_TYPE, photo.media_type)
        .header("content-disposition", format!("attachment; filename=\"{name}\""))
        .header("content-md5", md5_of(photo.bytes))
        .header("idempotency-key", &slug)
        .body(photo.bytes.to_vec());
    // A photo that is there although nobody heard of it does no harm: it is looked for before it is sent again.
    let answer = site.send(request, Effect::Reads).await.map_err(plainly)?;
    let sent: Media = site.wire().read(&answer)?;
    if sent.slug != slug {
        only_one(site, photo.sha256, sent.id).await?;
    }
    progress(Progress { sent: total, total });
    Ok(())
}

/// A photo's bytes as they were sent, which any reader may have.
pub(super) async fn fetch(site: &Site, photo: &Sha256Hex) -> Result<Vec<u8>, Failure> {
    let media = find(site, std::iter::once(photo)).await?.remove(photo);
    let unknown = || Failure::harmless(Cause::NotFound, format!("the portal does not hold photo {photo}"));
    let url = media.ok_or_else(unknown)?.as_sent();
    site.wire().fetch_photo(public_page::request(site.wire(), &url)?, photo).await
}

/// Another upload of the same photo was there first: it counts, and ours goes.
async fn only_one(site: &Site, photo: &Sha256Hex, ours: u64) -> Result<(), Failure> {
    if !find(site, std::iter::once(photo)).await?.contains_key(photo) {
        return Err(Failure::open(Cause::WrongEcho, format!("the portal does not hold photo {photo}")));
    }
    let request = site.request(Method::DELETE, &format!("wp/v2/media/{ours}"), &[("force", "true")]).await?;
    site.send(request, Effect::Writes).await.map(drop)
}

fn plainly(failure: Failure) -> Failure {
    if failure.cause != Cause::Forbidden {
        return failure;
    }
    let detail = format!("this account may not upload photos\n{}", failure.detail);
    Failure { detail: Failure::harmless(failure.cause, detail).detail, ..failure }
}

/// Gives an attachment the words of the story; one that belongs to somebody else keeps its own.
pub(super) async fn describe(site: &Site, media: &Media, alt: &str, caption: &str) -> Result<(), Failure> {
    if media.alt_text == alt && super::html::plain_text(&media.caption.rendered) == caption {
        return Ok(());
    }
    let request = site.request(Method::POST, &format!("wp/v2/media/{}", media.id), &[]).await?;
    let words = json!({ "alt_text": alt, "caption": super::html::escape(caption) });
    match site.write(request, &words).await {
        Err(failure) if failure.cause != Cause::Forbidden => Err(failure),
        _ => Ok(()),
    }
}

fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/webp" => "webp",
        _ => "jpg",
    }
}

/// In hexadecimal, as WordPress wants it and RFC 1864 does not.
fn md5_of(bytes: &[u8]) -> String {
    let digest = Md5::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
