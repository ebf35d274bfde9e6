//! Bad input: each a sentence and a code, nothing lost, no panic.

use std::fs;

use crate::cli::{Place, arg, story_file};

#[test]
fn usage_errors_are_exit_two() {
    let place = Place::new();
    for arguments in
        [&["publish"][..], &["story", "show", "not-an-id"], &["fly"], &["preview", "x", "--now", "soon"]]
    {
        assert_eq!(place.run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn a_story_that_is_not_there_is_said_to_be_so() {
    let place = Place::new();
    let id = "0190a000-0000-7000-8000-0000000000ff";
    for arguments in [
        &["story", "show", id][..],
        &["publish", id],
        &["story", "log", id],
        &["preview", id, "--out", "/dev/null"],
    ] {
        place.run(arguments).stopped(2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headlines_of_no_letter_and_of_a_megabyte_are_kept_and_not_published() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let long = "ক".repeat(350_000);
    for headline in ["\"\"", long.as_str()] {
        let id = place.story(headline);
        let told = place.run(&["publish", &id, "--lang", "en"]).stopped(2);
        assert!(told.contains("headline"), "{told}");
        let shown = place.run(&["story", "show", &id, "--json"]).json();
        assert_eq!(shown["content"]["headline"].as_str().unwrap(), headline.trim_matches('"'));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn text_of_every_odd_kind_is_published_as_text() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let line = "শব্দ ".repeat(36_000);
    let marks = format!("ক{}", "\u{0981}".repeat(10_000));
    let odd = format!(
        "{line}\n\n{marks}\n\n<script>alert(1)</script>\n\n[x](javascript:alert(2))\n\nউল্টো \u{202E}লেখা\n\nশূন্য\u{0}অক্ষর\n"
    );
    place.file("river.jpg", testkit::jpeg());
    let file = place.file("odd.md", story_file("অদ্ভুত লেখা") + &odd);
    let id = place.run(&["story", "import", arg(&file)]).done();
    let url = place.run(&["publish", &id, "--wait", "90"]).done();
    let html = crate::cli::page(&url).await;
    assert!(html.contains(line.trim()) && html.contains("শূন্যঅক্ষর"));
    assert!(!html.contains("<script>alert") && !html.contains("href=\"javascript:"));
}

#[test]
fn search_text_is_words_and_nothing_else() {
    let place = Place::new();
    let id = place.story("পদ্মার ইলিশ");
    for text in ["\"", "a AND", "NEAR(", "x:", "'; drop table story", "*", "()"] {
        assert_eq!(place.run(&["story", "search", "--", text]).done(), "", "{text}");
    }
    assert!(place.run(&["story", "search", "ইলিশ"]).done().contains(&id));
}

#[test]
fn photos_are_what_their_bytes_say() {
    let place = Place::new();
    let id = place.story("ছবির পরীক্ষা");
    let svg = place.file("drawing.jpg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let told = place.run(&["photo", "add", &id, arg(&svg), "--lang", "en"]).stopped(2);
    assert!(told.contains("drawing.jpg"), "{told}");
    let mut cut = testkit::jpeg();
    cut.truncate(cut.len() / 3);
    place.run(&["photo", "add", &id, arg(&place.file("cut.jpg", cut))]).stopped(2);
    place.run(&["photo", "add", &id, arg(&place.path("none.jpg"))]).stopped(2);
    place.run(&["photo", "add", &id, arg(&place.file("huge.png", png_header(50_000, 50_000)))]).stopped(2);
    let odd = place.file("a\nb ..x.jpg", testkit::jpeg());
    place.run(&["photo", "add", &id, arg(&odd)]).done();
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(shown["content"]["photos"].as_array().unwrap().len(), 2);
    for (path, _) in testkit::files(&place.store()) {
        assert!(!path.to_string_lossy().contains("..x"), "{}", path.display());
    }
}

/// A PNG that says it is large and has nothing behind it. The check sum is right: the size is what is wrong.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let mut crc = 0xFFFF_FFFF_u32;
    for byte in &head {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend(13_u32.to_be_bytes());
    png.extend(&head);
    png.extend((!crc).to_be_bytes());
    png
}

#[test]
fn a_story_file_with_a_fault_is_refused_with_its_line() {
    let place = Place::new();
    let cases = [
        ("none.md", "শুধু লেখা", ""),
        ("field.md", "---\nheadline: ক\nbylin: খ\n---\nগ", "line 3"),
        ("photo.md", "---\nheadline: ক\nphotos:\n  - file: ../../etc/none.jpg\n---\nগ", "none.jpg"),
        ("surrogate.md", "---\nheadline: \"\\uD83D\"\n---\nগ", "line 2"),
    ];
    for (name, text, told) in cases {
        let file = place.file(name, text);
        let said = place.run(&["story", "import", arg(&file), "--lang", "en"]).stopped(2);
        assert!(said.contains(told), "{said}");
    }
    let binary = place.file("binary.md", [0xFF, 0xFE, 0x00]);
    place.run(&["story", "import", arg(&binary)]).stopped(2);
    assert_eq!(place.run(&["story", "list", "--json"]).json()["counts"]["drafts"], 0);
}

#[test]
fn what_is_exported_can_be_imported_and_is_the_same() {
    let place = Place::new();
    let id = place.story("যা গেল তা-ই ফিরল");
    let out = place.path("out");
    let file = place.run(&["story", "export", &id, "--out", arg(&out)]).done();
    let again = place.run(&["story", "import", &file]).done();
    let content = |id: &str| place.run(&["story", "show", id, "--json"]).json()["content"].clone();
    assert_ne!(id, again);
    assert_eq!(content(&id), content(&again));
    assert_eq!(place.run(&["story", "import", &file, "--id", &id]).done(), id);
    assert!(fs::read_to_string(&file).unwrap().starts_with("---\n"));
}
