//! The theme as a client fetches it for its preview.

use std::io::{Cursor, Read as _};

use reqwest::Method;
use zip::ZipArchive;

use crate::desk::Desk;

#[tokio::test]
async fn the_theme_that_is_fetched_is_the_one_that_prints_the_pages() {
    let desk = Desk::open().await;
    let answer = desk.app(Method::GET, "/api/v1/theme").send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let etag = answer.headers()["etag"].clone();
    let mut zip = ZipArchive::new(Cursor::new(answer.bytes().await.unwrap())).unwrap();
    let mut files = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().strip_prefix("dainik/").unwrap().to_owned();
        files.push(page::ThemeFile { name: name.into(), bytes: bytes.into() });
    }
    let sheet = files.iter().find(|file| file.name == "page.css").unwrap();
    assert_eq!(desk.page("/theme/dainik/page.css").await.1.as_bytes(), &*sheet.bytes);
    page::Theme::new("dainik", files).unwrap();
    // The same theme after a restart is the same file.
    let desk = desk.restart_at("2026-11-25T09:30:00Z").await;
    let again = desk.app(Method::GET, "/api/v1/theme").header("if-none-match", etag).send().await.unwrap();
    assert_eq!(again.status(), 304);
}
