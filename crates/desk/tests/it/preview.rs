//! The preview shows what is typed and keeps nothing of it.

use std::{collections::BTreeMap, fs, path::Path};

use khosra_desk::{
    PageQuery,
    commands::call,
    wire::{PreviewPage, PreviewQuery, PreviewView},
};
use story::{Content, Sha256Hex, StoryId};
use testkit::{Newsroom, content};

fn digests(folder: &Path, into: &mut BTreeMap<String, Sha256Hex>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            digests(&path, into);
        } else if !path.to_string_lossy().ends_with("-shm") {
            // The -shm file holds readers' marks, never content.
            into.insert(path.display().to_string(), Sha256Hex::of(&fs::read(&path).unwrap()));
        }
    }
}

fn whole(story: StoryId, content: Content) -> PreviewQuery {
    PreviewQuery { story, content, known: Vec::new(), show: PreviewPage::Draft }
}

/// The page put together, as the window does.
fn html(view: &PreviewView) -> String {
    let blocks: String = view.blocks.iter().filter_map(|block| block.html.as_deref()).collect();
    view.page.html.clone().unwrap_or_default().replacen(page::TEXT_GOES_HERE, &blocks, 1)
}

#[tokio::test]
async fn a_hundred_previews_leave_every_byte_of_the_store_as_it_was() {
    let room = Newsroom::open();
    let view = room.write(content("সংরক্ষিত")).await;
    let mut before = BTreeMap::new();
    digests(room.desk.folder(), &mut before);
    for number in 0..100 {
        let query = whole(view.story, content(&format!("অসংরক্ষিত {number}")));
        let html = html(&call::preview(&room.desk, query).await.unwrap());
        assert!(html.contains(&format!("অসংরক্ষিত {number}")));
    }
    let mut after = BTreeMap::new();
    digests(room.desk.folder(), &mut after);
    assert_eq!(before, after);
    assert_eq!(room.view(view.story).await.content.headline, "সংরক্ষিত");
}

#[tokio::test]
async fn a_preview_of_hostile_text_holds_no_script() {
    let room = Newsroom::open();
    let mut hostile = content("<script>alert(1)</script>");
    hostile.body =
        "<script>alert(2)</script>\n\n[x](javascript:alert(3))\n\n<img src=x onerror=alert(4)>".to_owned();
    let story = room.write(hostile.clone()).await.story;
    let html = html(&call::preview(&room.desk, whole(story, hostile)).await.unwrap());
    assert!(!html.contains("<script>alert") && !html.contains("href=\"javascript:"), "{html}");
    assert!(!html.contains("<img src=x"), "{html}");
}

#[tokio::test]
async fn a_letter_brings_its_own_paragraph_and_nothing_else() {
    let room = Newsroom::open();
    let mut content = content("জোয়ারের পানিতে বাঁধ ভেঙেছে");
    content.body = "প্রথম অনুচ্ছেদ।\n\n## উপশিরোনাম\n\nদ্বিতীয় অনুচ্ছেদ।\n\nতৃতীয়।".to_owned();
    let story = room.write(content.clone()).await.story;
    let first = call::preview(&room.desk, whole(story, content.clone())).await.unwrap();
    assert!(first.page.html.is_some() && first.blocks.iter().all(|block| block.html.is_some()));
    content.body = content.body.replace("প্রথম", "প্রথমত");
    let known = first.blocks.iter().chain([&first.page]).map(|piece| piece.digest.clone()).collect();
    let again = call::preview(&room.desk, PreviewQuery { known, ..whole(story, content) }).await.unwrap();
    assert_eq!(again.page.html, None);
    let came: Vec<_> = again.blocks.iter().filter_map(|block| block.html.as_deref()).collect();
    assert_eq!(came, ["<p data-at=\"\">প্রথমত অনুচ্ছেদ।</p>\n"]);
    assert_eq!(again.blocks.len(), 4);
    let moved = "ত".len() as u32;
    let places: Vec<_> = first.places.iter().map(|at| if *at == 0 { 0 } else { at + moved }).collect();
    assert_eq!(again.places, places);
}

#[tokio::test]
async fn the_page_as_one_file_fetches_nothing() {
    let room = Newsroom::open();
    let story = room.write(content("একটি ফাইল")).await.story;
    let now = "2025-11-05T12:00:00+06:00".parse().ok();
    let html = room.desk.page(PageQuery { story, now, width: Some(360) }).await.unwrap();
    assert!(html.contains("একটি ফাইল"));
    for fetched in ["src=\"http", "href=\"khosra:", "url(http", "src=\"khosra:"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
}
