//! Hostile text in every field that reaches a page, class by class.

use khosra_page::{Card, Correction, Headline, StoryPage, Theme, render};
use story::{ChangeKind, Content};

use crate::fixture::{Around, card, photo, time};

/// One of each class: elements that run, load or move; attributes that do; addresses in disguise; and ways out of an
/// attribute, of the title, of the style sheet and of the JSON block.
const HOSTILE: [&str; 30] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt/x>alert(1)//",
    "<!--<script>alert(1)</script>-->",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror\u{0}=alert(1)>",
    "<img srcset='https://evil.example/a 2x'>",
    "<svg onload=alert(1)>",
    "<svg><animate href=javascript:alert(1)>",
    "<math><mi xlink:href='javascript:alert(1)'>x",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "</style></title><script>alert(1)</script>",
    "<p style='background:url(https://evil.example/x)'>",
    "<form action='https://evil.example'><button formaction=javascript:alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "\"><script>alert(1)</script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "]]><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#x6a;avascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://evil.example/pixel.gif)",
    "![x](vbscript:msgbox(1))",
    "<https://evil.example/\"onmouseover=alert(1)>",
];

#[test]
fn hostile_text_in_any_field_is_only_text() {
    let (theme, around) = (Theme::dainik().unwrap(), Around::new());
    for hostile in HOSTILE {
        let content = everywhere(hostile);
        let more =
            [Card { headline: hostile.into(), teaser: hostile.into(), url: hostile.into(), ..card("", "") }];
        let lines = vec![Headline { headline: hostile.into(), url: hostile.into() }];
        let page = StoryPage {
            canonical_url: Some("https://example.com/x".to_owned()),
            correction: Some(Correction {
                at: time("2025-11-05T00:00:00Z"),
                kind: ChangeKind::Correction,
                note: hostile.into(),
            }),
            more: &more,
            ..StoryPage::unpublished(&content)
        };
        let around =
            Around { latest: lines.clone(), popular: lines, site: around.site.clone(), now: around.now };
        let html = render(&page, &theme, &around.context()).unwrap();
        check(hostile, &html);
    }
}

fn everywhere(hostile: &str) -> Content {
    let mut photo = photo('1', hostile, hostile);
    photo.alt = hostile.to_owned();
    Content {
        headline: hostile.to_owned(),
        standfirst: hostile.to_owned(),
        byline: hostile.to_owned(),
        dateline: hostile.to_owned(),
        source: hostile.to_owned(),
        section: hostile.to_owned(),
        tags: vec![hostile.to_owned()],
        slug: hostile.to_owned(),
        body: format!("{hostile}\n\n> {hostile}\n\n| {hostile} |\n|---|\n\n[^1]\n\n[^1]: {hostile}\n"),
        photos: vec![photo],
        ..Content::default()
    }
}

fn check(hostile: &str, html: &str) {
    let elements = elements(html);
    for (name, attributes) in &elements {
        assert!(
            !matches!(
                name.as_str(),
                "style" | "iframe" | "svg" | "math" | "base" | "form" | "object" | "embed"
            ),
            "{hostile}: {name}"
        );
        assert!(name != "script" || attributes == " type=\"application/ld+json\"", "{hostile}: {attributes}");
        for (attribute, value) in attributes_of(attributes) {
            let bad = attribute.starts_with("on")
                || ["style", "srcset", "srcdoc", "http-equiv", "autofocus"].contains(&attribute.as_str());
            assert!(!bad, "{hostile}: <{name}{attributes}>");
            let loads = attribute == "src" || (attribute == "href" && name != "a");
            assert!(!loads || !value.contains("evil"), "{hostile}: <{name}{attributes}>");
            let address = ["src", "href"].contains(&attribute.as_str());
            assert!(
                !address || !value.contains("script:") && !value.starts_with("data:"),
                "{hostile}: <{name}{attributes}>"
            );
        }
    }
    let json = html
        .split("<script type=\"application/ld+json\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    let article: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(article["headline"], hostile.trim());
}

/// Every element's name and what stands after it, read as a browser's tokeniser reads data outside comments.
fn elements(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in html.split('<').skip(1) {
        if !part.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let tag = part.split('>').next().unwrap();
        let end = tag.find(|letter: char| letter.is_ascii_whitespace() || letter == '/').unwrap_or(tag.len());
        found.push((tag[..end].to_ascii_lowercase(), tag[end..].to_owned()));
    }
    found
}

/// Attributes of our own pages: always quoted with `"`.
fn attributes_of(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text;
    while let Some((name, tail)) = rest.split_once("=\"") {
        let (value, tail) = tail.split_once('"').unwrap();
        attributes.push((name.split_whitespace().last().unwrap().to_ascii_lowercase(), value.to_owned()));
        rest = tail;
    }
    attributes
}
