//! The site as readers and their machines find it.

use khosra_newsite::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, new_id, payload, png, with_photo};

async fn seeded() -> Desk {
    Desk::open_with(|options| Options { seed: true, ..options }).await
}

async fn list(desk: &Desk, name: &str) -> Vec<Value> {
    let answer = desk.app(Method::GET, &format!("/api/v1/lists/{name}")).send().await.unwrap();
    answer.json::<Value>().await.unwrap()["items"].as_array().unwrap().clone()
}

fn path(desk: &Desk, item: &Value, field: &str) -> String {
    item[field].as_str().unwrap().strip_prefix(&desk.portal.url()).unwrap().to_owned()
}

#[tokio::test]
async fn a_new_site_has_stories_in_every_list() {
    let desk = seeded().await;
    let latest = list(&desk, "latest").await;
    assert_eq!(latest.len(), 10);
    let times: Vec<&str> = latest.iter().map(|item| item["published_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
    let (status, front) = desk.page("/").await;
    assert_eq!(status, 200);
    for item in &latest[..5] {
        assert!(front.contains(item["headline"].as_str().unwrap()), "{item}");
    }
    for slug in ["bangladesh", "sports", "sports-cricket"] {
        let (status, page) = desk.page(&format!("/s/{slug}")).await;
        assert_eq!(status, 200);
        assert!(page.contains("<h1") || page.contains("<h2"), "{slug}");
    }
    // A section shows the stories of the sections under it; the lists beside it show them everywhere.
    let times = |page: &str| page.matches("শেষ বলে ছক্কা").count();
    let elsewhere = times(&desk.page("/s/world").await.1);
    assert!(times(&desk.page("/s/sports").await.1) > elsewhere);
    assert_eq!(times(&desk.page("/s/sports-football").await.1), elsewhere);
}

#[tokio::test]
async fn a_restart_does_not_seed_twice_and_keeps_what_was_published() {
    let desk = seeded().await;
    let story = payload("আজকের নতুন সংবাদ");
    desk.publish(&story).await;
    let before = list(&desk, "latest").await;
    let desk = desk.restart_at("2026-11-24T12:00:00Z").await;
    let after = list(&desk, "latest").await;
    let headlines = |items: &[Value]| items.iter().map(|item| item["headline"].clone()).collect::<Vec<_>>();
    assert_eq!(headlines(&after), headlines(&before));
    assert_eq!(after[0]["headline"], "আজকের নতুন সংবাদ");
    assert_eq!(desk.page(&path(&desk, &after[0], "url")).await.0, 200);
}

#[tokio::test]
async fn the_most_read_story_leads_the_popular_list_and_a_look_without_the_body_is_no_reader() {
    let desk = seeded().await;
    let last = list(&desk, "popular").await.last().unwrap().clone();
    let address = path(&desk, &last, "url");
    desk.plain(Method::HEAD, &address).send().await.unwrap();
    assert_ne!(list(&desk, "popular").await[0]["id"], last["id"]);
    assert_eq!(desk.page(&address).await.0, 200);
    assert_eq!(list(&desk, "popular").await[0]["id"], last["id"]);
}

#[tokio::test]
async fn the_article_page_has_the_parts_of_a_daily() {
    let desk = seeded().await;
    desk.send_photo(&png()).await;
    let story = with_photo("উপকূলে আশ্রয়কেন্দ্র প্রস্তুত", &png());
    let receipt = desk.publish(&story).await;
    let (status, page) = desk.page(&path(&desk, &receipt, "public_url")).await;
    assert_eq!(status, 200);
    let parts = [
        "মঙ্গলবার, ২৪ নভেম্বর, ২০২৬",
        "Tuesday, 24 November, 2026",
        "দৈনিক দিগন্ত",
        "নাসরিন সুলতানা:",
        "24 Nov 2026, 15:30",
        "খেয়াঘাটে অপেক্ষমাণ যাত্রী",
        "ছবি: তপন সরকার",
        "বাসস",
        "১০",
        "/feed.xml",
        "application/ld+json",
        receipt["public_url"].as_str().unwrap(),
    ];
    for part in parts {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    // The section has one story beside this one; the section above it has another.
    let more = page.split("class=\"card\"").skip(1).collect::<String>();
    assert!(more.contains("চরের শিশুদের কাছে বই") && more.contains("চলবে ওয়াটার বাস"));
    let photo = story["photos"][0]["sha256"].as_str().unwrap();
    assert!(page.contains(&format!("/media/{photo}")));
}

#[tokio::test]
async fn words_are_words_and_never_markup() {
    let desk = Desk::open().await;
    let evil = "<script>alert('ক')</script> & \"খ\"";
    let mut story = payload(evil);
    story["standfirst"] = json!(evil);
    story["byline"] = json!(evil);
    story["body"] =
        json!("<img src=x onerror=alert(1)>\n\n[ক](javascript:alert(1))\n\n<iframe src=//evil.example>");
    let receipt = desk.publish(&story).await;
    let address = path(&desk, &receipt, "public_url");
    for address in [address.as_str(), "/", "/s/bangladesh-districts", "/feed.xml"] {
        let (status, page) = desk.page(address).await;
        assert_eq!(status, 200);
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{address}");
        assert!(!page.contains("href=\"javascript:") && !page.contains("<iframe"), "{address}");
    }
    assert!(desk.page(&address).await.1.contains("&lt;script&gt;alert("));
}

#[tokio::test]
async fn every_page_forbids_scripts_and_sniffing() {
    let desk = Desk::open().await;
    for address in ["/", "/s/sports", "/nowhere", "/feed.xml", "/theme/dainik/page.css"] {
        let answer = desk.plain(Method::GET, address).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!policy.contains("script-src"));
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn addresses_with_nothing_behind_them_get_a_page_in_plain_words() {
    let desk = seeded().await;
    let bad = [
        "/nowhere",
        "/s/weather",
        "/bangladesh/2026/000000000000-x",
        "/a/b/c",
        "/media/xyz",
        "/theme/x/y.css",
        "/theme/dainik/base.html",
        "/preview/x/y",
        "/%ff/%fe/%00",
        "/s/..%2f..%2fetc",
    ];
    for address in bad {
        let (status, page) = desk.page(address).await;
        assert!(matches!(status, 400 | 404), "{address}: {status}");
        assert!(!page.to_lowercase().contains("error") && !page.contains("invalid utf"), "{address}: {page}");
        assert!(page.contains("দৈনিক দিগন্ত"), "{address}: {page}");
    }
}

#[tokio::test]
async fn a_working_copy_is_seen_only_by_who_was_told_where() {
    let desk = Desk::open().await;
    let story = payload("এখনো অপ্রকাশিত");
    let copy: Value = desk.create(&story).await.json().await.unwrap();
    let address = path(&desk, &copy, "preview_url");
    let answer = desk.plain(Method::GET, &address).send().await.unwrap();
    assert_eq!(answer.headers()["x-robots-tag"], "noindex");
    assert!(answer.text().await.unwrap().contains("এখনো অপ্রকাশিত"));
    let guess = format!("/preview/{}/{}", story["story"].as_str().unwrap(), new_id());
    assert_eq!(desk.page(&guess).await.0, 404);
    assert!(!desk.page("/").await.1.contains("এখনো অপ্রকাশিত"));
}

#[tokio::test]
async fn the_feed_and_the_sitemap_are_well_formed_and_complete() {
    let desk = seeded().await;
    desk.publish(&payload("ক & খ <গ>")).await;
    let answer = desk.plain(Method::GET, "/feed.xml").send().await.unwrap();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("application/rss+xml"));
    let feed = answer.text().await.unwrap();
    assert_eq!(elements(&feed, "item"), 13);
    assert!(feed.contains("<title>ক &amp; খ &lt;গ&gt;</title>"));
    assert!(feed.contains("<pubDate>Tue, 24 Nov 2026 09:30:00 +0000</pubDate>"));
    let (_, map) = desk.page("/sitemap.xml").await;
    assert_eq!(elements(&map, "url"), 13 + 17 + 1);
    let (_, robots) = desk.page("/robots.txt").await;
    assert!(robots.contains("Sitemap: http://127.0.0.1:"));
}

/// How often the element stands in the document; the document is read to its end.
fn elements(xml: &str, name: &str) -> usize {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_str(xml);
    let mut found = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == name => found += 1,
            Event::Eof => return found,
            _ => {}
        }
    }
}
