//! Write, attach a photo, preview, publish, read.

use std::fs;

use testkit::CANARY;

use crate::cli::{Place, arg, articles, editor, page, story_file};

const HEADLINE: &str = "চার বছর পর চালু কাঁঠালতলা ঘাট";

#[tokio::test(flavor = "multi_thread")]
async fn a_story_with_photos_goes_from_a_file_to_the_readers() {
    let place = Place::new();
    let site = place.portal().await;
    let id = place.story(HEADLINE);
    let second = place.file("second.jpg", testkit::other_jpeg());
    let words = ["--caption", "চরের ধানখেত", "--credit", "নিজস্ব", "--alt", "সবুজ ধানখেত"];
    place.run(&[&["photo", "add", &id, arg(&second)], &words[..]].concat()).done();
    let out = place.path("page.html");
    place
        .run(&["preview", &id, "--out", arg(&out), "--now", "2025-11-05T12:00:00+06:00", "--width", "360"])
        .done();
    let preview = fs::read_to_string(&out).unwrap();
    assert!(preview.contains(HEADLINE) && preview.contains("data:image/jpeg;base64,"));
    place.sign_in(&site);
    let url = place.run(&["publish", &id, "--wait", "60"]).done();
    let html = page(&url).await;
    for text in
        [HEADLINE, "দুই বছর পর ঘাট চালু", "নাসরিন সুলতানা", "রফিকুল ইসলাম", "চরের ধানখেত", "কৃষ্ণচূড়ার ছায়ায়", "নদীবার্তা"]
    {
        assert!(html.contains(text), "{text}");
        assert!(preview.contains(text), "{text}");
    }
    assert_eq!(photos(&site.url(), &html).await, 2);
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(shown["axes"]["public"], "live");
    assert_eq!(place.run(&["publish", &id]).done(), url, "again is no new act");
    assert_eq!(articles(&site, HEADLINE).await, 1);
}

/// Fetches every photo of the page and looks for what must not be in it.
async fn photos(site: &str, html: &str) -> usize {
    let mut seen = std::collections::BTreeSet::new();
    for part in html.split("/media/").skip(1) {
        seen.insert(part.chars().take_while(char::is_ascii_hexdigit).collect::<String>());
    }
    for digest in &seen {
        let bytes = testkit::fetch(&format!("{site}/media/{digest}")).await;
        assert!(bytes.starts_with(&[0xFF, 0xD8]), "{digest}");
        for secret in [CANARY.as_bytes(), b"Exif", b"GPS"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{digest}");
        }
    }
    seen.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn with_json_there_is_one_value_and_errors_are_values_too() {
    let place = Place::new();
    let id = place.story(HEADLINE);
    let list = place.run(&["--json", "story", "list"]).json();
    assert_eq!(list["rows"][0]["story"], id.as_str());
    assert_eq!(list["counts"]["drafts"], 1);
    let log = place.run(&["--json", "story", "log", &id]).json();
    assert_eq!(log[0]["command"], "create");
    let refused = place.run(&["--json", "--lang", "en", "publish", &id]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(refused.json()["error"]["code"], "no_portal");
    assert!(refused.err.contains("No portal"), "{}", refused.err);
    let bengali = place.run(&["publish", &id]).stopped(2);
    assert!(bengali.contains("পোর্টাল"), "{bengali}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_log_file_or_message_holds_text_password_or_token() {
    let place = Place::new();
    let site = place.portal().await;
    let id = place.story("গোপনক্যানারি শিরোনাম");
    place.sign_in(&site);
    let published = place.run(&["publish", &id, "--wait", "60"]);
    let account = editor(&site);
    let secrets = fs::read_to_string(place.store().join("secrets.json")).unwrap();
    let token = secrets.split('"').nth(3).unwrap();
    assert!(published.err.contains("attempt"), "the log is on: {}", published.err);
    for secret in [token, account.password.as_str(), "গোপনক্যানারি", "কৃষ্ণচূড়ার"]
    {
        assert!(!published.err.contains(secret), "{}", published.err);
        for (path, bytes) in testkit::files(&place.store()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let may_hold_text = name.contains("khosra") || name.contains("journal") || name.contains("db");
            let is_token = secret == token || secret == account.password;
            if (may_hold_text && !is_token) || (name == "secrets.json" && secret == token) {
                continue;
            }
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", path.display());
        }
    }
}

/// Whoever finds a backup finds stories, and no way in.
#[tokio::test(flavor = "multi_thread")]
async fn no_backup_holds_a_password_or_a_token() {
    let place = Place::new();
    let site = place.portal().await;
    let id = place.story(HEADLINE);
    place.sign_in(&site);
    place.run(&["publish", &id, "--wait", "60"]).done();
    let file = place.path("khosra.backup");
    place.run(&["backup", "--out", arg(&file)]).done();
    let account = editor(&site);
    let secrets = fs::read_to_string(place.store().join("secrets.json")).unwrap();
    let token = secrets.split('"').nth(3).unwrap();
    let bytes = fs::read(&file).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&account.user) && holds(&site.url()), "the account itself is in it, and would be found");
    assert!(!holds(token) && !holds(&account.password));
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_are_told_what_was_changed_and_a_change_without_words_is_refused_in_both_languages() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    place.run(&["publish", &id, "--wait", "60"]).done();
    let next = story_file("আরও এক খবর");
    let file = place.file("next.md", next);
    place.run(&["story", "import", arg(&file), "--id", &id]).done();
    for (language, sentence) in
        [("en", "Readers have to be told what was changed."), ("bn", "কী বদলেছে, তা পাঠককে জানাতে হবে।")]
    {
        let told = place.run(&["publish", &id, "--change", "update", "--lang", language]).stopped(4);
        assert_eq!(told.lines().next_back().unwrap(), sentence, "{told}");
    }
    let note = "রাত দশটায় নতুন তথ্য যোগ করা হয়েছে।";
    let url = place.run(&["publish", &id, "--change", "update", "--note", note, "--wait", "60"]).done();
    let html = page(&url).await;
    assert!(html.contains("<h2>হালনাগাদ</h2>") && html.contains(note), "{html}");
}
