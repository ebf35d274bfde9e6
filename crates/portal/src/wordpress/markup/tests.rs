//! Golden files: what the block editor itself writes for each construct.

use std::path::Path;

use super::*;
use crate::wordpress::read_out::read_out;

const BLOCKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/wordpress");

/// All that may come out, whatever goes in.
const TAGS: [&str; 27] = [
    "!--",
    "p",
    "a",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "br",
    "sup",
    "blockquote",
    "cite",
    "figure",
    "figcaption",
    "img",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
];

fn digest(letter: char) -> Sha256Hex {
    String::from(letter).repeat(64).parse().unwrap()
}

fn payload(body: &str) -> Payload {
    let photo = |letter, caption: &str, lead| story::PayloadPhoto {
        sha256: digest(letter),
        media_type: "image/jpeg".into(),
        width: 1200,
        height: 800,
        caption: caption.into(),
        credit: "রফিকুল ইসলাম".into(),
        alt: "নৌকা \"মালবাহী\" & ঘাট".into(),
        decorative: false,
        lead,
        focal: None,
    };
    Payload {
        story: "0193a000-0000-7000-8000-000000000001".parse().unwrap(),
        version: digest('0'),
        headline: "পদ্মার ঘাট".into(),
        standfirst: String::new(),
        byline: String::new(),
        dateline: String::new(),
        source: String::new(),
        section: String::new(),
        tags: Vec::new(),
        slug: "ghat".into(),
        language: Language::Bn,
        published_at: None,
        body: body.into(),
        photos: vec![photo('1', "ঘাটে নৌকা", false), photo('2', "", true)],
    }
}

fn media() -> BTreeMap<Sha256Hex, Media> {
    let media =
        |id, letter| (digest(letter), Media::for_tests(id, &format!("https://paper.example/{id}.jpg")));
    BTreeMap::from([media(7, '1'), media(8, '2')])
}

fn written(payload: &Payload) -> String {
    let story: StoryId = "01930000-0000-7000-8000-000000000001".parse().unwrap();
    let stories = BTreeMap::from([(story, "https://paper.example/setu/".to_owned())]);
    markup(payload, &Around { media: &media(), stories: &stories })
}

/// `UPDATE_GOLDEN=1` writes the files anew, to be looked at.
#[test]
fn each_construct_is_written_as_the_block_editor_writes_it() {
    let mut seen = 0;
    for entry in std::fs::read_dir(BLOCKS).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let mut payload = payload(&std::fs::read_to_string(&path).unwrap());
            payload.photos.retain(|photo| payload.body.contains(photo.sha256.as_str()) || photo.lead);
            same_as(&path.with_extension("html"), &(written(&payload) + "\n"));
            seen += 1;
        }
    }
    assert!(seen >= 12, "{seen}");
}

fn same_as(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, actual).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), actual, "{}", path.display());
}

#[test]
fn who_wrote_it_stands_above_the_text_and_the_agency_below() {
    let mut payload = payload("লেখা");
    payload.photos.clear();
    (payload.byline, payload.dateline, payload.source) = ("ক & খ".into(), "খুলনা".into(), "বাসস".into());
    let due = "<!-- wp:paragraph {\"className\":\"khosra-byline\"} -->\n\
               <p id=\"khosra-0193a000-0000-7000-8000-000000000001\" class=\"khosra-byline\"><strong>ক &amp; খ</strong>, খুলনা</p>\n\
               <!-- /wp:paragraph -->\n\n\
               <!-- wp:paragraph -->\n<p>লেখা</p>\n<!-- /wp:paragraph -->\n\n\
               <!-- wp:paragraph {\"className\":\"khosra-source\"} -->\n<p class=\"khosra-source\">বাসস</p>\n<!-- /wp:paragraph -->";
    assert_eq!(written(&payload), due);
}

#[test]
fn photos_that_the_text_does_not_place_stand_below_it_and_the_lead_photo_does_not() {
    let written = written(&payload("লেখা"));
    assert!(written.contains("wp-image-7") && !written.contains("wp-image-8"), "{written}");
}

#[test]
fn an_empty_story_is_one_empty_paragraph_that_carries_the_key() {
    let mut empty = payload("");
    empty.photos.clear();
    assert!(written(&empty).contains("<p id=\"khosra-0193a000-0000-7000-8000-000000000001\"></p>"));
}

/// Over the corpus that the page and the editor are held to: no HTML of the story's own comes through, and every
/// block that is opened is closed.
#[test]
fn nothing_of_the_dialects_corpus_breaks_out_of_its_block() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/markdown");
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let written = written(&payload(&std::fs::read_to_string(&path).unwrap()));
        for tag in written.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split([' ', '>', '/']).next().unwrap();
            assert!(TAGS.contains(&name), "{}: <{tag}", path.display());
            let is_link = name == "a" && !tag.starts_with('/');
            let leads = ["https://", "http://", "mailto:"]
                .iter()
                .any(|start| tag.starts_with(&format!("a href=\"{start}")));
            assert!(!is_link || leads, "{}: <{tag}", path.display());
        }
        let mut open = Vec::new();
        for comment in written.split("<!-- ").skip(1) {
            let name = comment.split(' ').next().unwrap();
            match name.strip_prefix("/wp:") {
                Some(name) => assert_eq!(open.pop(), Some(name), "{}", path.display()),
                None => open.push(name.strip_prefix("wp:").unwrap()),
            }
        }
        assert!(open.is_empty(), "{}: {open:?}", path.display());
    }
}

#[test]
fn what_is_written_reads_back_as_the_same_tree() {
    for body in [
        "লেখা **মোটা *ভেতরে* শেষ** ~~কাটা~~ `কোড` [লিংক](https://example.com/?a=1&b=2)",
        "## বড়\n\n### ছোট\n\nলেখা\\\nপরের ছত্র",
        "- এক\n- দুই\n   1. ভেতরে\n   2. আরও\n- তিন",
        "> উদ্ধৃতি\n>\n> দ্বিতীয়",
        "> [!pull]\n> কথা\n>\n> — বক্তা",
        "| ক | খ |\n|---|---|\n| ১ | ২ |",
        "আগে\n\n---\n\nপরে",
        "```\nকোড <b>\n  আরও\n```",
        "তারা \\* \\_ \\[১\\] ও 5 < 6 & \\<b>",
    ] {
        let photos = BTreeMap::new();
        let mut payload = payload(body);
        payload.photos.clear();
        let back = read_out(&written(&payload), &photos).body;
        assert_eq!(document(&back), document(body), "{back}");
    }
}
