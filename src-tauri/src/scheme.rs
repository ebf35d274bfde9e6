//! The `khosra:` scheme, where the window finds pictures and theme files. Addresses hold a hash or a known
//! name and never a path, so there is nothing to climb out of.
//!
//! `/photo/<SHA-256 of the original>/<thumb|display>` and `/theme/<theme>/<file>`.

use crate::counter::Counter;
use desk::{Desk, PictureSize};
use story::Sha256Hex;
use tauri::{
    AppHandle, Manager,
    http::{Method, Request, Response, StatusCode, header},
};

/// Name of the scheme.
pub const NAME: &str = "khosra";

/// What an address names never changes: photos go by their hash, theme files by the application's version.
const FOR_EVER: &str = "max-age=31536000, immutable";

#[derive(Debug, PartialEq, Eq)]
enum Wanted<'a> {
    Photo(Sha256Hex, PictureSize),
    Theme(&'a str, &'a str),
}

/// Answers a request of the window. Blocks while it reads.
pub fn answer(app: &AppHandle, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let counter = app.state::<Counter>();
    let wanted = Some(request.uri().path()).filter(|_| request.method() == Method::GET).and_then(wanted);
    let found = wanted.and_then(|wanted| counter.desk().ok().and_then(|desk| fetch(&desk, wanted)));
    match found {
        Some((media_type, bytes)) => respond(StatusCode::OK, Some(&media_type), bytes),
        None => respond(StatusCode::NOT_FOUND, None, Vec::new()),
    }
}

fn wanted(path: &str) -> Option<Wanted<'_>> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let parts = (parts.next()?, parts.next()?, parts.next()?, parts.next());
    match parts {
        ("photo", id, "thumb", None) => Some(Wanted::Photo(id.parse().ok()?, PictureSize::Thumb)),
        ("photo", id, "display", None) => Some(Wanted::Photo(id.parse().ok()?, PictureSize::Display)),
        ("theme", theme, file, None) => Some(Wanted::Theme(theme, file)),
        _ => None,
    }
}

fn fetch(desk: &Desk, wanted: Wanted<'_>) -> Option<(String, Vec<u8>)> {
    match wanted {
        Wanted::Photo(id, size) => {
            let picture = desk.picture(&id, size).ok()?;
            Some((picture.media_type, picture.bytes))
        }
        Wanted::Theme(theme, file) => desk.theme_file(theme, file),
    }
}

fn respond(status: StatusCode, media_type: Option<&str>, bytes: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::builder()
        .status(status)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // Fonts of the preview are fetched across origins.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if let Some(media_type) = media_type {
        response = response.header(header::CONTENT_TYPE, media_type).header(header::CACHE_CONTROL, FOR_EVER);
    }
    response.body(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn a_photo_goes_by_its_hash_and_size() {
        let path = format!("/photo/{HASH}/thumb");
        assert_eq!(wanted(&path), Some(Wanted::Photo(HASH.parse().unwrap(), PictureSize::Thumb)));
    }

    #[test]
    fn a_theme_file_goes_by_its_name() {
        assert_eq!(wanted("/theme/dainik/page.css"), Some(Wanted::Theme("dainik", "page.css")));
    }

    #[test]
    fn nothing_else_is_an_address() {
        let upper = format!("/photo/{}/thumb", HASH.to_uppercase());
        let original = format!("/photo/{HASH}/original");
        let longer = format!("/photo/{HASH}/thumb/..");
        for path in ["", "/", "/photo", "/photo/../../etc/passwd", "//etc/passwd", &upper, &original, &longer]
        {
            assert_eq!(wanted(path), None, "{path}");
        }
    }
}
