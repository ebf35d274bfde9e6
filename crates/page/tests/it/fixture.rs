//! One site, one story and addresses as a public site has them.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use khosra_page::{Addresses, Card, Context, Headline, Picture, Site, Stylesheet, Theme};
use story::{Content, Section, Sha256Hex, StoryId, StoryPhoto};

pub const RELATED: &str = "01930000-0000-7000-8000-000000000001";

/// A public site: photos under `/media/`, one other story that readers have.
pub struct Public;

impl Addresses for Public {
    fn stylesheet(&self, theme: &Theme) -> Stylesheet {
        Stylesheet::Linked(format!("/theme/{}/page.css", theme.name()))
    }

    fn photo(&self, id: &Sha256Hex) -> Option<Picture> {
        Some(Picture { src: format!("/media/{id}"), width: 1200, height: 800 })
    }

    fn story(&self, id: StoryId) -> Option<String> {
        (id.to_string() == RELATED).then(|| "/bangladesh/2025/00000001-setu".to_owned())
    }

    fn section(&self, slug: &str) -> String {
        format!("/s/{slug}")
    }

    fn front(&self) -> String {
        "/".to_owned()
    }

    fn feed(&self) -> Option<String> {
        Some("/feed.xml".to_owned())
    }
}

pub fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn site() -> Site {
    let section = |slug: &str, bn: &str, en: &str, parent: Option<&str>, position| Section {
        slug: slug.to_owned(),
        name_bn: bn.to_owned(),
        name_en: en.to_owned(),
        parent: parent.map(str::to_owned),
        position,
    };
    Site {
        name_bn: "দৈনিক খসড়া".to_owned(),
        name_en: "The Daily Khosra".to_owned(),
        url: Some("https://example.com".to_owned()),
        sections: vec![
            section("world", "বিশ্ব", "World", None, 3),
            section("bangladesh", "বাংলাদেশ", "Bangladesh", None, 1),
            section("district", "জেলা", "Districts", Some("bangladesh"), 2),
            section("capital", "রাজধানী", "Capital", Some("bangladesh"), 1),
            section("politics", "রাজনীতি", "Politics", None, 2),
            section("economy", "অর্থনীতি", "Economy", None, 4),
            section("sport", "খেলা", "Sport", None, 5),
            section("opinion", "মতামত", "Opinion", None, 6),
        ],
    }
}

pub fn photo(digit: char, caption: &str, credit: &str) -> StoryPhoto {
    StoryPhoto {
        id: digit.to_string().repeat(64).parse().unwrap(),
        caption: caption.to_owned(),
        credit: credit.to_owned(),
        alt: format!("বিকল্প লেখা {digit}"),
        decorative: false,
        lead: false,
        focal: None,
    }
}

pub fn headlines(count: usize, of: &str) -> Vec<Headline> {
    let one = |number: usize| Headline {
        headline: format!("{of} {}", bangla::bengali_number(number as u64)),
        url: format!("/bangladesh/2025/{number:08}-{}", bangla::slug(of)),
    };
    (1..=count).map(one).collect()
}

pub fn card(headline: &str, teaser: &str) -> Card {
    Card {
        headline: headline.to_owned(),
        url: format!("/bangladesh/2025/00000009-{}", bangla::slug(headline)),
        teaser: teaser.to_owned(),
        section: "bangladesh".to_owned(),
        published_at: Some(time("2025-11-04T04:00:00Z")),
        picture: None,
    }
}

/// A whole story: every field used, every construct in the body.
pub fn golden_story() -> Content {
    Content {
        headline: "ভাঙনের মুখে চরকুসুমপুর, তবু ভিটা ছাড়ছেন না মানুষ".to_owned(),
        standfirst: "এক মাসে নদীতে গেছে শতাধিক ঘর। বাঁধের কাজ শুরু হওয়ার কথা শীতে।".to_owned(),
        byline: "নিজস্ব প্রতিবেদক".to_owned(),
        dateline: "কুড়িগ্রাম".to_owned(),
        source: "বাসস".to_owned(),
        section: "district".to_owned(),
        tags: vec!["নদীভাঙন".to_owned(), "ব্রহ্মপুত্র".to_owned(), "পানি উন্নয়ন বোর্ড".to_owned()],
        photos: vec![
            photo('1', "", "সংগৃহীত"),
            photo('2', "নৌকায় ঘরের টিন সরিয়ে নিচ্ছেন চরের মানুষ", "নিজস্ব ছবি"),
            photo('3', "বিকেলের চর", "নিজস্ব ছবি"),
        ],
        body: read(&golden("page/story.md")),
        ..Content::default()
    }
}

pub struct Around {
    pub site: Site,
    pub latest: Vec<Headline>,
    pub popular: Vec<Headline>,
    pub now: DateTime<Utc>,
}

impl Around {
    pub fn new() -> Self {
        Self {
            site: site(),
            latest: headlines(12, "সর্বশেষ শিরোনাম"),
            popular: headlines(3, "জনপ্রিয় শিরোনাম"),
            now: time("2025-11-05T06:00:00Z"),
        }
    }

    pub fn context(&self) -> Context<'_> {
        Context {
            now: self.now,
            site: &self.site,
            latest: &self.latest,
            popular: &self.popular,
            addresses: &Public,
            preview: false,
        }
    }
}

pub fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(name)
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Compares with the file; with `UPDATE_GOLDEN=1` in the environment it writes the file instead.
pub fn same_as_golden(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, actual).unwrap();
    }
    assert_eq!(actual, read(path), "{} differs; look at it, then UPDATE_GOLDEN=1", path.display());
}
