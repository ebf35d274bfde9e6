//! What the story's template sees: the story's own matter. Where it is held against another version of the story, what
//! differs is marked in it.

use minijinja::Value;
use serde::Serialize;
use story::{Content, Language};

use crate::{
    Context, StoryPage,
    body::{Body, body},
    changes::Marking,
    figure,
    render::crumbs,
    text::plain_text,
    view::{CardView, Name, Time, cards, tag_of},
    words::{change, number, words},
};

/// How many cards stand below a story.
const MORE_CARDS: usize = 3;

#[derive(Serialize)]
pub(crate) struct StoryView<'a> {
    headline: Value,
    headline_lang: Option<&'static str>,
    standfirst: Value,
    standfirst_lang: Option<&'static str>,
    byline: Value,
    dateline: Value,
    source: Value,
    tags: Vec<Value>,
    published: Time,
    updated: Option<Time>,
    path: Vec<Name>,
    reading: String,
    lead: Value,
    pub(crate) body: Value,
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
    /// `before` is what it is held against, if anything; `marking` then counts what differs.
    pub(crate) fn new(
        page: &'a StoryPage<'a>,
        context: &Context<'_>,
        before: Option<&Content>,
        marking: &mut Marking,
    ) -> Self {
        let content = page.content;
        let language = content.language;
        let published = page.first_published().unwrap_or(context.now);
        let path = crumbs(context, &content.section, language);
        let more = page.more.get(..MORE_CARDS).unwrap_or(page.more);
        let correction = page.correction.as_ref();
        let said = Said::of(content, context);
        // What goes has no place in the Markdown that is being written.
        let had = before.map(|before| Said::of(before, &Context { preview: false, ..*context }));
        let Marked { headline, standfirst, byline, dateline, lead, body, source, notes, photos, tags } =
            Marked::of(had.as_ref().unwrap_or(&said), &said, marking);
        Self {
            headline,
            headline_lang: tag_of(&content.headline, language),
            standfirst,
            standfirst_lang: tag_of(&content.standfirst, language),
            byline,
            dateline,
            source,
            tags,
            published: Time::new(published),
            updated: page.updated_at.filter(|updated| *updated > published).map(Time::new),
            reading: reading(&content.body, language),
            lead,
            body,
            notes,
            photos,
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

/// What the page says of one version.
struct Said<'a> {
    headline: &'a str,
    standfirst: &'a str,
    byline: &'a str,
    dateline: &'a str,
    source: &'a str,
    tags: Vec<&'a str>,
    /// Clean HTML, as the next three.
    lead: String,
    text: String,
    notes: String,
    photos: String,
}

impl<'a> Said<'a> {
    fn of(content: &'a Content, context: &Context<'_>) -> Self {
        let Body { text, notes } = body(content, context);
        let tags = content.tags.iter().map(|tag| tag.trim());
        Self {
            headline: content.headline.trim(),
            standfirst: content.standfirst.trim(),
            byline: content.byline.trim().trim_end_matches(':').trim_end(),
            dateline: content.dateline.trim(),
            source: content.source.trim(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            lead: figure::lead(content, context),
            text,
            notes,
            photos: figure::unplaced(content, context),
        }
    }
}

/// The same with marks where two versions differ.
struct Marked {
    headline: Value,
    standfirst: Value,
    byline: Value,
    dateline: Value,
    lead: Value,
    body: Value,
    source: Value,
    notes: Value,
    photos: Value,
    tags: Vec<Value>,
}

impl Marked {
    /// In the order of the page, so that changes are numbered as they are met with.
    fn of(had: &Said<'_>, said: &Said<'_>, marking: &mut Marking) -> Self {
        let html =
            |marking: &mut Marking, old: &str, new: &str| Value::from_safe_string(marking.html(old, new));
        Self {
            headline: marking.text(had.headline, said.headline),
            standfirst: marking.text(had.standfirst, said.standfirst),
            byline: marking.text(had.byline, said.byline),
            dateline: marking.text(had.dateline, said.dateline),
            lead: html(marking, &had.lead, &said.lead),
            body: html(marking, &had.text, &said.text),
            source: marking.text(had.source, said.source),
            notes: html(marking, &had.notes, &said.notes),
            photos: html(marking, &had.photos, &said.photos),
            tags: marking.list(&had.tags, &said.tags),
        }
    }
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
