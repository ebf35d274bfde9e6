//! Pages as whole documents: gathers what the templates see and fills them in.

use minijinja::{Value, value::Serde};
use serde::Serialize;
use story::Language;

use crate::{
    Context, FrontPage, PageError, SectionBlock, SectionPage, StoryPage, Theme,
    body::{Body, body},
    figure,
    pieces::{Pieces, TEXT_GOES_HERE},
    share::Share,
    text::plain_text,
    view::{CardView, Frame, Name, Time, cards, name_of, path_to, section_name, tag_of},
    words::{change, number, words},
};

/// How many cards stand below a story.
const MORE_CARDS: usize = 3;

/// The story's page as a whole HTML document.
///
/// # Errors
/// [`PageError::Template`] when the theme is broken; never because of what the story says.
pub fn render(page: &StoryPage<'_>, theme: &Theme, context: &Context<'_>) -> Result<String, PageError> {
    fill(theme, "story.html", StoryValues::new(page, theme, context))
}

/// The same page in pieces.
///
/// # Errors
/// As [`render`].
pub fn render_pieces(
    page: &StoryPage<'_>,
    theme: &Theme,
    context: &Context<'_>,
) -> Result<Pieces, PageError> {
    let mut values = StoryValues::new(page, theme, context);
    let here = Value::from_safe_string(TEXT_GOES_HERE.to_owned());
    let text = std::mem::replace(&mut values.story.body, here);
    let page = fill(theme, "story.html", values)?;
    Ok(Pieces::of(&page, text.as_str().unwrap_or_default()))
}

#[derive(Serialize)]
struct StoryValues<'a> {
    frame: Frame<'a>,
    story: StoryView<'a>,
    share: Share,
}

impl<'a> StoryValues<'a> {
    fn new(page: &'a StoryPage<'a>, theme: &'a Theme, context: &'a Context<'a>) -> Self {
        Self {
            frame: Frame::new(theme, context, page.content.language, &page.content.section),
            story: StoryView::new(page, context),
            share: Share::of_story(page, context),
        }
    }
}

/// The front page.
///
/// # Errors
/// As [`render`].
pub fn render_front(page: &FrontPage, theme: &Theme, context: &Context<'_>) -> Result<String, PageError> {
    #[derive(Serialize)]
    struct Values<'a> {
        frame: Frame<'a>,
        top: Vec<CardView>,
        blocks: Vec<Block>,
        share: Share,
    }
    let block = |block: &SectionBlock| {
        let section = section_name(context, &block.section, Language::Bn)?;
        Some(Block { section, cards: cards(&block.cards, context, Language::Bn) })
    };
    let values = Values {
        frame: Frame::new(theme, context, Language::Bn, ""),
        top: cards(&page.top, context, Language::Bn),
        blocks: page.blocks.iter().filter_map(block).collect(),
        share: Share::of_site(context, &context.site.name_bn, &context.addresses.front()),
    };
    fill(theme, "front.html", values)
}

/// A section's page.
///
/// # Errors
/// As [`render`].
pub fn render_section(page: &SectionPage, theme: &Theme, context: &Context<'_>) -> Result<String, PageError> {
    #[derive(Serialize)]
    struct Values<'a> {
        frame: Frame<'a>,
        name: String,
        path: Vec<Name>,
        cards: Vec<CardView>,
        older: Option<&'a str>,
        share: Share,
    }
    let name = section_name(context, &page.section, Language::Bn).map(|section| section.name);
    let name = name.unwrap_or_else(|| page.section.clone());
    let values = Values {
        frame: Frame::new(theme, context, Language::Bn, &page.section),
        share: Share::of_site(context, &name, &context.addresses.section(&page.section)),
        name,
        path: crumbs(context, &page.section, Language::Bn),
        cards: cards(&page.cards, context, Language::Bn),
        older: page.older.as_deref(),
    };
    fill(theme, "section.html", values)
}

/// What a reader sees when there is no such page. It says so in plain words and shows the latest headlines.
///
/// # Errors
/// As [`render`].
pub fn render_not_found(theme: &Theme, context: &Context<'_>) -> Result<String, PageError> {
    #[derive(Serialize)]
    struct Values<'a> {
        frame: Frame<'a>,
        share: Share,
    }
    let frame = Frame::new(theme, context, Language::Bn, "");
    fill(theme, "not-found.html", Values { frame, share: Share::of_nothing(words(Language::Bn).not_found) })
}

fn fill(theme: &Theme, template: &str, values: impl Serialize) -> Result<String, PageError> {
    Ok(theme.templates.get_template(template)?.render(Value::from(Serde(values)))?)
}

#[derive(Serialize)]
struct Block {
    section: Name,
    cards: Vec<CardView>,
}

#[derive(Serialize)]
struct StoryView<'a> {
    headline: &'a str,
    headline_lang: Option<&'static str>,
    standfirst: &'a str,
    standfirst_lang: Option<&'static str>,
    byline: &'a str,
    dateline: &'a str,
    source: &'a str,
    tags: Vec<&'a str>,
    published: Time,
    updated: Option<Time>,
    path: Vec<Name>,
    reading: String,
    lead: Value,
    body: Value,
    notes: Value,
    photos: Value,
    comments: Option<String>,
    correction: Option<CorrectionView<'a>>,
    more_from: String,
    more: Vec<CardView>,
}

#[derive(Serialize)]
struct CorrectionView<'a> {
    title: &'static str,
    note: &'a str,
    time: Time,
}

impl<'a> StoryView<'a> {
    fn new(page: &'a StoryPage<'a>, context: &Context<'_>) -> Self {
        let content = page.content;
        let language = content.language;
        let published = page.first_published().unwrap_or(context.now);
        let path = crumbs(context, &content.section, language);
        let Body { text, notes } = body(content, context);
        let more = page.more.get(..MORE_CARDS).unwrap_or(page.more);
        let correction = page.correction.as_ref();
        let tags = content.tags.iter().map(|tag| tag.trim());
        Self {
            headline: content.headline.trim(),
            headline_lang: tag_of(&content.headline, language),
            standfirst: content.standfirst.trim(),
            standfirst_lang: tag_of(&content.standfirst, language),
            byline: content.byline.trim().trim_end_matches(':').trim_end(),
            dateline: content.dateline.trim(),
            source: content.source.trim(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            published: Time::new(published),
            updated: page.updated_at.filter(|updated| *updated > published).map(Time::new),
            reading: reading(&content.body, language),
            lead: Value::from_safe_string(figure::lead(content, context)),
            body: Value::from_safe_string(text),
            notes: Value::from_safe_string(notes),
            photos: Value::from_safe_string(figure::unplaced(content, context)),
            comments: page.comments.map(|count| number(language, count.into())),
            correction: correction.map(|made| CorrectionView {
                title: change(made.kind, language),
                note: made.note.trim(),
                time: Time::new(made.at),
            }),
            more_from: more_from(path.last(), language),
            more: cards(more, context, language),
            path,
        }
    }
}

fn crumbs(context: &Context<'_>, slug: &str, language: Language) -> Vec<Name> {
    let crumb = |section: &story::Section| Name {
        name: name_of(section, language),
        url: context.addresses.section(&section.slug),
    };
    path_to(context, slug).into_iter().map(crumb).collect()
}

fn reading(body: &str, language: Language) -> String {
    let minutes = bangla::reading_minutes(bangla::words(&plain_text(body)));
    let digits = number(language, minutes.into());
    match (minutes, language) {
        (0, _) => String::new(),
        (_, Language::Bn) => format!("পড়তে {digits} মিনিট"),
        (_, Language::En) => format!("{digits} min read"),
    }
}

fn more_from(section: Option<&Name>, language: Language) -> String {
    let more = words(language).more_from;
    match (section, language) {
        (None, Language::Bn) => format!("{more} খবর"),
        (None, Language::En) => "More stories".to_owned(),
        (Some(section), Language::Bn) => format!("{} বিভাগের {more} খবর", section.name),
        (Some(section), Language::En) => format!("{more} {}", section.name),
    }
}
