//! The golden corpus of the Markdown dialect. The editor is held to the same `.md` files.

use khosra_page::body_html;
use story::Content;

use crate::fixture::{Around, golden, photo, read, same_as_golden};

fn content(body: String) -> Content {
    let photos = vec![photo('1', "পদ্মার পাড়ে সকাল", "নিজস্ব ছবি"), photo('2', "", "সংগৃহীত")];
    Content { headline: "শিরোনাম".to_owned(), body, photos, ..Content::default() }
}

#[test]
fn each_construct_becomes_the_html_of_the_corpus() {
    let around = Around::new();
    let mut files = 0;
    for entry in std::fs::read_dir(golden("markdown")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let html = body_html(&content(read(&path)), &around.context());
            same_as_golden(&path.with_extension("html"), &html);
            files += 1;
        }
    }
    assert!(files >= 25, "only {files} files in the corpus");
}

#[test]
fn a_preview_differs_from_the_page_only_in_its_offsets() {
    let around = Around::new();
    for entry in std::fs::read_dir(golden("markdown")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("photo-unknown.md")
        {
            let content = content(read(&path));
            let preview = body_html(&content, &khosra_page::Context { preview: true, ..around.context() });
            let public = body_html(&content, &around.context());
            assert_eq!(without_offsets(&preview), public, "{}", path.display());
        }
    }
}

#[test]
fn an_offset_is_where_the_block_begins_in_the_body() {
    let body = "প্রথম <b>\n\n## দ্বিতীয়\n\n- ক\n- খ\n\n> গ\n\n| ঘ |\n|---|\n| ঙ |\n";
    let around = Around::new();
    let html =
        body_html(&content(body.to_owned()), &khosra_page::Context { preview: true, ..around.context() });
    let begin = |text: &str| body.find(text).unwrap();
    for (tag, at) in [
        ("p", 0),
        ("h2", begin("## ")),
        ("ul", begin("- ক")),
        ("li", begin("- খ")),
        ("blockquote", begin("> ")),
        ("p", begin("গ")),
        ("div class=\"table-scroll\" role=\"group\" tabindex=\"0\"", begin("| ঘ")),
    ] {
        assert!(has_tag_at(&html, tag, at), "{tag} at {at} in {html}");
    }
}

#[test]
fn a_missing_photo_is_shown_to_the_writer_and_to_nobody_else() {
    let around = Around::new();
    let content = content(format!("![](photo:{})", "e".repeat(64)));
    let preview = body_html(&content, &khosra_page::Context { preview: true, ..around.context() });
    assert!(preview.contains("photo missing"), "{preview}");
    assert_eq!(body_html(&content, &around.context()), "");
}

#[test]
fn a_lead_photo_that_the_body_places_too_is_not_printed_there() {
    let around = Around::new();
    let mut content = content(format!("আগে।\n\n![](photo:{})\n\nপরে।", "2".repeat(64)));
    assert!(body_html(&content, &around.context()).contains("<figure"));
    content.photos[1].lead = true;
    assert_eq!(body_html(&content, &around.context()), "<p>আগে।</p>\n<p>পরে।</p>\n");
}

#[test]
fn the_language_of_a_block_is_that_of_its_whole_text() {
    let around = Around::new();
    let html =
        body_html(&content("**UNESCO** বলেছে, ঢাকার রিকশা এখন বিশ্ব-ঐতিহ্য।".to_owned()), &around.context());
    assert!(!html.contains("lang="), "{html}");
}

fn has_tag_at(html: &str, tag: &str, at: usize) -> bool {
    let name = tag.split(' ').next().unwrap();
    let wanted = format!("data-at=\"{at}\"");
    html.split('<').any(|element| element.starts_with(&format!("{name} ")) && element.contains(&wanted))
}

fn without_offsets(html: &str) -> String {
    let mut parts = html.split(" data-at=\"");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once('"').unwrap().1);
    }
    bare
}
