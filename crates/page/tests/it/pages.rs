//! Whole pages: every part that a reader gets, and the three ways a page travels.

use khosra_page::{
    Correction, EmbeddedPhoto, FrontPage, SectionBlock, SectionPage, SelfContained, StoryPage, Theme, render,
    render_front, render_not_found, render_section,
};
use story::{ChangeKind, Content, Language};

use crate::fixture::{Around, card, golden, golden_story, same_as_golden, time};

fn theme() -> Theme {
    Theme::dainik().unwrap()
}

fn printed(content: &Content, around: &Around) -> String {
    render(&StoryPage::unpublished(content), &theme(), &around.context()).unwrap()
}

#[test]
fn the_story_page_is_the_golden_one() {
    let (content, around) = (golden_story(), Around::new());
    let more = [
        card("সেতুর অপেক্ষায় ১২ গ্রাম", "বর্ষায় একমাত্র ভরসা খেয়া নৌকা।"),
        card("হাটে ইলিশের দাম কমেছে", "গত সপ্তাহের তুলনায় কেজিতে দুইশ টাকা কম।"),
        card("স্কুলে ফিরল চরের শিশুরা", "তিন মাস পর খুলেছে বিদ্যালয়।"),
        card("চতুর্থ কার্ড ছাপা হয় না", ""),
    ];
    let page = StoryPage {
        published_at: Some(time("2023-09-16T10:50:00Z")),
        updated_at: Some(time("2023-09-16T12:10:00Z")),
        canonical_url: Some("https://example.com/district/2023/01930000-bhanon".to_owned()),
        comments: Some(3),
        correction: Some(Correction {
            at: time("2023-09-16T12:10:00Z"),
            kind: ChangeKind::Correction,
            note: "আগের সংস্করণে ঘরের সংখ্যা ভুল ছিল।".to_owned(),
        }),
        more: &more,
        ..StoryPage::unpublished(&content)
    };
    let html = render(&page, &theme(), &around.context()).unwrap();
    same_as_golden(&golden("page/story.html"), &html);
}

#[test]
fn an_english_story_has_english_furniture() {
    let around = Around::new();
    let content = Content {
        headline: "River takes a hundred homes in a month".to_owned(),
        byline: "Staff Correspondent".to_owned(),
        section: "district".to_owned(),
        language: Language::En,
        body: "The bank gave way before dawn.".to_owned(),
        ..Content::default()
    };
    let html = printed(&content, &around);
    for part in [
        "<html lang=\"en\">",
        "1 min read",
        "Comments",
        "Latest",
        "Districts",
        "<span class=\"number\">1</span>",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(html.contains("<a href=\"/bangladesh") && html.contains(" lang=\"bn\">সর্বশেষ শিরোনাম ১<"));
}

#[test]
fn the_date_lines_are_the_viewers_day_in_dhaka() {
    let content = golden_story();
    let days = [
        ("2025-11-05T06:00:00Z", "বুধবার, ০৫ নভেম্বর, ২০২৫", "Wednesday, 05 November, 2025"),
        ("2025-11-05T17:59:59Z", "বুধবার, ০৫ নভেম্বর, ২০২৫", "Wednesday, 05 November, 2025"),
        ("2025-11-05T18:00:00Z", "বৃহস্পতিবার, ০৬ নভেম্বর, ২০২৫", "Thursday, 06 November, 2025"),
        ("2025-12-31T18:00:00Z", "বৃহস্পতিবার, ০১ জানুয়ারি, ২০২৬", "Thursday, 01 January, 2026"),
    ];
    for (now, bengali, english) in days {
        let html = printed(&content, &Around { now: time(now), ..Around::new() });
        assert!(html.contains(bengali) && html.contains(english), "{now}");
    }
}

#[test]
fn the_first_publication_stays_and_an_update_is_told() {
    let around = Around::new();
    let content = Content { published_at: Some(time("2023-09-16T10:50:00Z")), ..golden_story() };
    let page = StoryPage {
        published_at: Some(time("2025-11-01T00:00:00Z")),
        updated_at: Some(time("2025-11-02T18:05:00Z")),
        ..StoryPage::unpublished(&content)
    };
    let html = render(&page, &theme(), &around.context()).unwrap();
    assert!(html.contains(">16 Sep 2023, 16:50</time>"));
    assert!(html.contains(
        "হালনাগাদ: <time datetime=\"2025-11-03T00:05:00+06:00\" lang=\"en\">03 Nov 2025, 00:05</time>"
    ));
    assert!(!html.contains("01 Nov 2025"));
}

#[test]
fn a_story_that_nobody_has_yet_shows_the_moment_of_viewing() {
    let html = printed(&golden_story(), &Around::new());
    assert!(html.contains(">05 Nov 2025, 12:00</time>"));
    assert!(!html.contains("article:published_time"));
}

#[test]
fn a_list_prints_ten_headlines_and_says_when_it_has_none() {
    let around = Around { popular: Vec::new(), ..Around::new() };
    let html = printed(&golden_story(), &around);
    assert!(
        html.contains("<span class=\"number\">১০</span>")
            && !html.contains("<span class=\"number\">১১</span>")
    );
    assert!(html.contains("এখনো কিছু নেই।"));
}

#[test]
fn a_teaser_on_a_card_ends_at_a_word() {
    let long = "রাষ্ট্রীয় বার্তা সংস্থা এ কথা জানিয়েছে। ".repeat(9);
    let more = [card("শিরোনাম", &long)];
    let (content, around) = (golden_story(), Around::new());
    let page = StoryPage { more: &more, ..StoryPage::unpublished(&content) };
    let html = render(&page, &theme(), &around.context()).unwrap();
    let teaser = html.split("<p class=\"teaser\">").nth(1).unwrap().split('<').next().unwrap();
    assert!(teaser.chars().count() <= 120 && long.contains(&format!("{teaser} ")), "{teaser}");
}

#[test]
fn the_front_page_and_a_section_page_show_their_stories() {
    let (around, theme) = (Around::new(), theme());
    let front = FrontPage {
        top: vec![card("প্রধান খবর", "ভূমিকা"), card("দ্বিতীয় খবর", "")],
        blocks: vec![
            SectionBlock { section: "sport".to_owned(), cards: vec![card("খেলার খবর", "")] },
            SectionBlock { section: "nowhere".to_owned(), cards: vec![card("হারানো", "")] },
        ],
    };
    let html = render_front(&front, &theme, &around.context()).unwrap();
    assert!(html.contains("প্রধান খবর") && html.contains("খেলার খবর") && !html.contains("হারানো"));
    let section = SectionPage {
        section: "capital".to_owned(),
        cards: front.top,
        older: Some("/s/capital?before=2".to_owned()),
    };
    let html = render_section(&section, &theme, &around.context()).unwrap();
    assert!(html.contains("<h1>রাজধানী</h1>") && html.contains("আগের খবর") && html.contains("দ্বিতীয় খবর"));
}

#[test]
fn the_page_that_is_not_there_says_so_in_plain_words() {
    let html = render_not_found(&theme(), &Around::new().context()).unwrap();
    assert!(html.contains("পাতাটি পাওয়া গেল না") && html.contains("সর্বশেষ শিরোনাম ১"));
}

#[test]
fn a_self_contained_page_fetches_nothing() {
    let mut addresses = SelfContained { width: Some(360), ..SelfContained::default() };
    let content = golden_story();
    for photo in &content.photos {
        let picture = EmbeddedPhoto {
            media_type: "image/jpeg".to_owned(),
            bytes: vec![0xFF, 0xD8],
            width: 3,
            height: 2,
        };
        addresses.photos.insert(photo.id.clone(), picture);
    }
    let around = Around::new();
    let context = khosra_page::Context { addresses: &addresses, ..around.context() };
    let html = render(&StoryPage::unpublished(&content), &theme(), &context).unwrap();
    for attribute in ["src=\"", "url("] {
        let addresses: Vec<&str> = html.split(attribute).skip(1).collect();
        assert!(addresses.len() > 2);
        assert!(addresses.iter().all(|address| address.starts_with("data:")), "{attribute}");
    }
    assert!(
        html.contains(".page { width: 360px;")
            && !html.contains("<link rel=\"stylesheet\"")
            && !html.contains("srcset")
    );
}

#[test]
fn a_theme_serves_its_files_and_keeps_its_templates() {
    let theme = theme();
    let sheet = theme.asset("page.css").unwrap();
    let css = std::str::from_utf8(sheet.bytes).unwrap();
    let named = css.split("url(").skip(1).map(|part| part.split(')').next().unwrap());
    let fonts: Vec<_> = named.map(|name| theme.asset(name).unwrap()).collect();
    assert!(
        fonts.len() >= 9
            && fonts.iter().all(|font| font.media_type == "font/woff2" && font.bytes.starts_with(b"wOF2"))
    );
    assert!(theme.asset("story.html").is_none() && theme.asset("../page.css").is_none());
}

#[test]
fn a_broken_theme_is_refused_before_a_reader_sees_it() {
    assert!(matches!(Theme::new("x", Vec::new()), Err(khosra_page::PageError::NoFile("base.html"))));
    let file = |name: &'static str, text: &'static str| khosra_page::ThemeFile {
        name: name.into(),
        bytes: text.as_bytes().into(),
    };
    let names = ["base.html", "story.html", "front.html", "section.html", "not-found.html", "page.css"];
    let files = names.map(|name| file(name, if name == "story.html" { "{% if %}" } else { "" }));
    assert!(matches!(Theme::new("x", files.to_vec()), Err(khosra_page::PageError::Template(_))));
}

#[test]
fn sections_that_lead_in_a_circle_do_no_harm() {
    let mut around = Around::new();
    for section in &mut around.site.sections {
        section.parent = match section.slug.as_str() {
            "bangladesh" => Some("capital".to_owned()),
            "capital" => Some("bangladesh".to_owned()),
            _ => None,
        };
    }
    let html = printed(&Content { section: "capital".to_owned(), ..golden_story() }, &around);
    assert!(html.contains("রাজনীতি"));
}
