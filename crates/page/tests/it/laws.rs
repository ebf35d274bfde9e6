//! What holds for every text, however it was made, and within what time.

use std::time::{Duration, Instant};

use khosra_page::{StoryPage, Theme, body_html, plain_text, render, teaser};
use proptest::prelude::*;
use story::Content;

use crate::fixture::Around;

/// Pieces of Markdown and HTML that mean something, in any order.
pub fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\n",
        "\n\n",
        "> ",
        "[!pull]\n",
        "- ",
        "1. ",
        "    ",
        "## ",
        "*",
        "**",
        "~~",
        "`",
        "```\n",
        "|",
        "|---|",
        "[",
        "](",
        "photo:",
        "story:",
        "https://example.com",
        "<",
        ">",
        "<script>",
        "</script>",
        "<!--",
        "&lt;",
        "&#x3c;",
        "javascript:",
        "[^1]",
        "[^1]: ",
        "!",
        "\\",
        "\u{0}",
        "\u{1}",
        "\u{200D}",
        "\u{202E}",
        "ক্ষ্ম",
        "— ",
        "ঢাকা",
        "a",
        "\"",
        "'",
        "=",
        "on",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

fn content(body: String) -> Content {
    Content { headline: "শিরোনাম".to_owned(), body, ..Content::default() }
}

proptest! {
    #[test]
    fn no_body_makes_a_script_or_leaves_an_element_open(body in markdown()) {
        let around = Around::new();
        let html = body_html(&content(body.clone()), &khosra_page::Context { preview: true, ..around.context() });
        prop_assert!(!html.to_ascii_lowercase().contains("<script"));
        let has_mask = html.contains(['\u{0}', '\u{1}', '\u{2}']);
        prop_assert!(!has_mask);
        prop_assert_eq!(open_elements(&html), Vec::<String>::new());
        prop_assert!(teaser(&body).chars().count() <= 120);
    }

    #[test]
    fn every_offset_is_a_place_in_the_body(body in markdown()) {
        let around = Around::new();
        let html = body_html(&content(body.clone()), &khosra_page::Context { preview: true, ..around.context() });
        for part in html.split("data-at=\"").skip(1) {
            let at: usize = part.split('"').next().unwrap().parse().unwrap();
            prop_assert!(body.get(at..).is_some(), "{at} in {body:?}");
        }
    }

    #[test]
    fn any_text_in_any_field_makes_a_page(text in any::<String>()) {
        let (theme, around) = (Theme::dainik().unwrap(), Around::new());
        let content = Content {
            headline: text.clone(), standfirst: text.clone(), byline: text.clone(), source: text.clone(),
            tags: vec![text.clone()], section: text.clone(), body: text.clone(), ..Content::default()
        };
        let html = render(&StoryPage::unpublished(&content), &theme, &around.context()).unwrap();
        prop_assert_eq!(html.matches("<script").count(), 1);
        prop_assert_eq!(html.matches("<h1").count(), 1);
    }
}

#[test]
fn hostile_sizes_take_bounded_time() {
    let around = Around::new();
    let line = "উত্তর কোরীয় নেতা কিম *জং* উন শনিবার <b>দেখা</b> করেছেন। ";
    let bodies = [
        ("one line", line.repeat(500_000 / line.len())),
        ("marks", format!("ক{}", "\u{0981}".repeat(10_000))),
        ("quotes", ">".repeat(100_000)),
        ("brackets", "[".repeat(100_000)),
        ("stars", "*".repeat(100_000)),
        ("star words", "**a *b ".repeat(30_000)),
        ("angles", "<".repeat(200_000)),
        ("lists", (0..400).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect()),
        ("cells", format!("|{}\n|{}\n", "a|".repeat(2_000), "-|".repeat(2_000))),
        ("notes", (0..5_000).map(|number| format!("x[^{number}]\n\n[^{number}]: y\n\n")).collect()),
        ("photos", "![](photo:x) ".repeat(20_000)),
    ];
    for (name, body) in bodies {
        let begun = Instant::now();
        let html = body_html(&content(body.clone()), &around.context());
        let text = plain_text(&body);
        // Unoptimised and on a busy machine; what is quadratic takes minutes.
        assert!(begun.elapsed() < Duration::from_secs(20), "{name} took {:?}", begun.elapsed());
        assert!(html.len() <= 40 * body.len() && text.len() <= body.len() + 1, "{name}");
    }
}

#[test]
fn all_words_of_a_long_line_arrive() {
    let body = "শব্দ ".repeat(100_000);
    let html = body_html(&content(body), &Around::new().context());
    assert_eq!(html.matches("শব্দ").count(), 100_000);
}

/// Elements that are opened and not closed, or closed and not open.
fn open_elements(html: &str) -> Vec<String> {
    let mut open = Vec::new();
    for part in html.split('<').skip(1) {
        let tag = part.split('>').next().unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop().as_deref() != Some(name) {
                open.push(format!("/{name}"));
                return open;
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        if !["br", "hr", "img"].contains(&name) {
            open.push(name.to_owned());
        }
    }
    open
}
