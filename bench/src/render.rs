//! Markdown to clean HTML at 10,000 words, against the Markdown parser alone on the same text in the same round.

use page::{
    Addresses, Context, Picture, Site, StoryPage, Stylesheet, TEXT_GOES_HERE, Theme, body_html, plain_text,
    render_pieces,
};
use pulldown_cmark::{Options, Parser, html::push_html};
use story::{Content, Sha256Hex, StoryId};

use crate::{
    measure::{Outcome, Report, check, timed},
    stories::{at, story},
};

const WORDS: usize = 10_000;
const ROUNDS: usize = 200;

pub fn run() -> Outcome<Report> {
    let content = marked(story(7, WORDS));
    let site = Site::default();
    let context =
        Context { now: at(0), site: &site, latest: &[], popular: &[], addresses: &Nowhere, preview: true };
    are_right(&content, &context)?;
    let theme = Theme::dainik()?;
    let story = StoryPage::unpublished(&content);
    let pieces = render_pieces(&story, &theme, &context)?;
    check(pieces.page.contains(TEXT_GOES_HERE) && pieces.blocks.len() > 100, "the page is in pieces")?;
    let (mut alone, mut clean, mut text, mut whole) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        alone.push(timed(|| parser_alone(&content.body)).0);
        clean.push(timed(|| body_html(&content, &context)).0);
        text.push(timed(|| plain_text(&content.body)).0);
        let (took, pieces) = timed(|| render_pieces(&story, &theme, &context));
        pieces?;
        whole.push(took);
    }
    let mut report = Report::default();
    let alone = report.times("pulldown-cmark alone, 10,000 words", alone);
    let clean = report.times("rendered and sanitised, with offsets", clean);
    report.times("plain text", text);
    report.times("the whole page, in pieces", whole);
    report.goal("rendered and sanitised to parser alone, p50", clean.p50 / alone.p50, 5.0);
    Ok(report)
}

/// The generated story with what real ones have: subheadings, bold words, links, a quote now and then.
fn marked(mut content: Content) -> Content {
    let paragraphs = content.body.split("\n\n").enumerate().map(|(index, text)| match index % 8 {
        1 => format!("## উপশিরোনাম\n\n{text}"),
        3 => format!("**জোর** {text} [সূত্র](https://example.com/{index})"),
        5 => format!("> {text}"),
        7 => format!("{text} <b>কাঁচা</b>"),
        _ => text.to_owned(),
    });
    content.body = paragraphs.collect::<Vec<_>>().join("\n\n");
    content
}

fn are_right(content: &Content, context: &Context<'_>) -> Outcome<()> {
    let html = body_html(content, context);
    let in_body = plain_text(&content.body).split_whitespace().count();
    let in_page = without_tags(&html).split_whitespace().count();
    check(in_body >= WORDS, "the story has ten thousand words")?;
    check(in_page == in_body, "the page has every word of the story")?;
    check(html.contains("&lt;b&gt;কাঁচা") && !html.contains("<b>"), "raw HTML is text")
}

fn without_tags(html: &str) -> String {
    html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

fn parser_alone(body: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut html = String::with_capacity(body.len() * 5 / 4);
    push_html(&mut html, Parser::new_ext(body, options));
    html
}

/// A body without photos and related stories asks for no address.
struct Nowhere;

impl Addresses for Nowhere {
    fn stylesheet(&self, _theme: &Theme) -> Stylesheet {
        Stylesheet::Inline(String::new())
    }

    fn photo(&self, _id: &Sha256Hex) -> Option<Picture> {
        None
    }

    fn story(&self, _id: StoryId) -> Option<String> {
        None
    }

    fn section(&self, _slug: &str) -> String {
        String::new()
    }

    fn front(&self) -> String {
        String::new()
    }
}
