//! What the templates see: plain words and addresses, all checked. Everything that is not marked safe here is
//! escaped there.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Asia::Dhaka;
use minijinja::Value;
use serde::Serialize;
use story::{Language, Section};

use crate::{
    Card, Context, Headline, Theme,
    address::Stylesheet,
    clean::{is_link_address, is_picture_address},
    figure::other_lang,
    text::TEASER_CHARACTERS,
    words::{Words, number, words},
};

/// How many headlines a list prints.
const LIST_LENGTH: usize = 10;
/// A section tree deeper than this is cut: no menu shows more.
const MAX_SECTION_DEPTH: usize = 4;

/// What every page has.
#[derive(Serialize)]
pub(crate) struct Frame<'a> {
    lang: &'static str,
    words: &'static Words,
    site: &'a str,
    site_en: &'a str,
    date_bn: String,
    date_en: String,
    day: String,
    style: Style,
    front: String,
    feed: Option<String>,
    sections: Vec<Link>,
    latest: Vec<Line>,
    popular: Vec<Line>,
}

#[derive(Serialize)]
struct Style {
    href: Option<String>,
    css: Option<Value>,
}

/// A section in the menu, with those under it.
#[derive(Serialize)]
pub(crate) struct Link {
    pub(crate) name: String,
    pub(crate) url: String,
    current: bool,
    under: Vec<Link>,
}

/// A line of the latest or popular list.
#[derive(Serialize)]
struct Line {
    number: String,
    headline: String,
    lang: Option<&'static str>,
    url: String,
}

/// A time as people and as machines read it.
#[derive(Serialize)]
pub(crate) struct Time {
    text: String,
    machine: String,
}

/// A story on a front or section page, or below another story.
#[derive(Serialize)]
pub(crate) struct CardView {
    headline: String,
    lang: Option<&'static str>,
    url: String,
    teaser: String,
    section: Option<Name>,
    time: Option<Time>,
    picture: Option<PictureView>,
}

/// A section's name and address.
#[derive(Serialize)]
pub(crate) struct Name {
    pub(crate) name: String,
    pub(crate) url: String,
}

#[derive(Serialize)]
struct PictureView {
    src: String,
    width: u32,
    height: u32,
}

impl<'a> Frame<'a> {
    /// The frame of a page in `language`; `section` is the one the page belongs to.
    pub(crate) fn new(theme: &Theme, context: &Context<'a>, language: Language, section: &str) -> Self {
        let day = context.now.with_timezone(&Dhaka).date_naive();
        let style = match context.addresses.stylesheet(theme) {
            Stylesheet::Linked(href) => Style { href: Some(href), css: None },
            Stylesheet::Inline(css) => Style { href: None, css: Some(Value::from_safe_string(css)) },
        };
        Self {
            lang: language.tag(),
            words: words(language),
            site: &context.site.name_bn,
            site_en: &context.site.name_en,
            date_bn: bangla::date_long_bn(day),
            date_en: bangla::date_long_en(day),
            day: day.to_string(),
            style,
            front: context.addresses.front(),
            feed: context.addresses.feed(),
            sections: menu(context, language, section),
            latest: lines(context.latest, language),
            popular: lines(context.popular, language),
        }
    }
}

impl CardView {
    pub(crate) fn new(card: &Card, context: &Context<'_>, language: Language) -> Self {
        let picture = card.picture.as_ref().filter(|picture| is_picture_address(&picture.src));
        Self {
            headline: card.headline.clone(),
            lang: tag_of(&card.headline, language),
            url: safe_url(&card.url),
            teaser: bangla::cut(&card.teaser, TEASER_CHARACTERS).to_owned(),
            section: section_name(context, &card.section, language),
            time: card.published_at.map(Time::new),
            picture: picture.map(|picture| PictureView {
                src: picture.src.clone(),
                width: picture.width,
                height: picture.height,
            }),
        }
    }
}

impl Time {
    /// In the shape `16 Sep 2023, 16:50`, of Dhaka.
    pub(crate) fn new(time: DateTime<Utc>) -> Self {
        let there = time.with_timezone(&Dhaka);
        Self {
            text: bangla::publication_time(there.naive_local()),
            machine: there.to_rfc3339_opts(SecondsFormat::Secs, false),
        }
    }
}

/// `cards` as the templates see them.
pub(crate) fn cards(cards: &[Card], context: &Context<'_>, language: Language) -> Vec<CardView> {
    cards.iter().map(|card| CardView::new(card, context, language)).collect()
}

/// A section's name in `language` and its address; `None` for a slug that the site does not have.
pub(crate) fn section_name(context: &Context<'_>, slug: &str, language: Language) -> Option<Name> {
    let section = find(context, slug)?;
    Some(Name { name: name_of(section, language), url: context.addresses.section(slug) })
}

/// The sections from the top of the tree down to `slug`.
pub(crate) fn path_to<'a>(context: &Context<'a>, slug: &str) -> Vec<&'a Section> {
    let up = std::iter::successors(find(context, slug), |section| find(context, section.parent.as_deref()?));
    let mut path: Vec<_> = up.take(MAX_SECTION_DEPTH).collect();
    path.reverse();
    path
}

/// A section's name as readers of `language` know it.
pub(crate) fn name_of(section: &Section, language: Language) -> String {
    let (first, second) = match language {
        Language::Bn => (&section.name_bn, &section.name_en),
        Language::En => (&section.name_en, &section.name_bn),
    };
    if first.is_empty() { second.clone() } else { first.clone() }
}

/// The tag of a text that is not in the language around it.
pub(crate) fn tag_of(text: &str, around: Language) -> Option<&'static str> {
    match other_lang(text, around) {
        "" => None,
        _ if around == Language::Bn => Some("en"),
        _ => Some("bn"),
    }
}

fn find<'a>(context: &Context<'a>, slug: &str) -> Option<&'a Section> {
    context.site.sections.iter().find(|section| section.slug == slug)
}

fn menu(context: &Context<'_>, language: Language, current: &str) -> Vec<Link> {
    let path: Vec<&str> = path_to(context, current).iter().map(|section| section.slug.as_str()).collect();
    let mut top: Vec<&Section> =
        context.site.sections.iter().filter(|section| is_top(context, section)).collect();
    top.sort_by_key(|section| section.position);
    let branch = Branch { context, language, path: &path };
    top.into_iter().map(|section| branch.link(section, 1)).collect()
}

/// A section whose parent is unknown stands at the top, so that it can be found at all.
fn is_top(context: &Context<'_>, section: &Section) -> bool {
    section.parent.as_deref().is_none_or(|parent| find(context, parent).is_none())
}

struct Branch<'a> {
    context: &'a Context<'a>,
    language: Language,
    path: &'a [&'a str],
}

impl Branch<'_> {
    fn link(&self, section: &Section, depth: usize) -> Link {
        let all = self.context.site.sections.iter();
        let mut under: Vec<&Section> =
            all.filter(|child| child.parent.as_deref() == Some(section.slug.as_str())).collect();
        under.sort_by_key(|child| child.position);
        if depth >= MAX_SECTION_DEPTH {
            under.clear();
        }
        Link {
            name: name_of(section, self.language),
            url: self.context.addresses.section(&section.slug),
            current: self.path.contains(&section.slug.as_str()),
            under: under.into_iter().map(|child| self.link(child, depth + 1)).collect(),
        }
    }
}

fn lines(headlines: &[Headline], language: Language) -> Vec<Line> {
    let numbered = headlines.iter().take(LIST_LENGTH).zip(1..);
    let line = |(headline, place): (&Headline, u64)| Line {
        number: number(language, place),
        headline: headline.headline.clone(),
        lang: tag_of(&headline.headline, language),
        url: safe_url(&headline.url),
    };
    numbered.map(line).collect()
}

/// Lists come from a portal: an address that is not one leads nowhere.
fn safe_url(url: &str) -> String {
    if is_link_address(url) { url.to_owned() } else { "#".to_owned() }
}
