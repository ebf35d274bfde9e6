//! Pages as whole documents: gathers what the templates see and fills them in.

use minijinja::{Value, value::Serde};
use serde::Serialize;
use story::{Content, Language};

use crate::{
    Context, FrontPage, PageError, SectionBlock, SectionPage, StoryPage, Stylesheet, Theme,
    changes::Marking,
    escape::escape,
    pieces::{Pieces, TEXT_GOES_HERE},
    share::Share,
    story_view::StoryView,
    view::{CardView, Frame, Name, cards, name_of, path_to, section_name},
    words::words,
};

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
    let (page, text) = without_text(StoryValues::new(page, theme, context), theme)?;
    Ok(Pieces::of(&page, text.as_str().unwrap_or_default()))
}

/// A page with what differs from another version of its story marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The page in pieces. Every mark is a `del` or an `ins` with the class `change` and, in `data-change`, the number of
    /// its change: what goes and what comes in its place have the same.
    pub pieces: Pieces,
    /// How many changes there are.
    pub count: u32,
}

/// The same page in pieces, and every word in it that `before` did not say underlined, every word of `before` that it does
/// not say struck out: in the text and in all fields that the page shows, photos by their address. The style of the marks
/// comes with the page, whatever its theme.
///
/// # Errors
/// As [`render`].
pub fn render_changes(
    page: &StoryPage<'_>,
    before: &Content,
    theme: &Theme,
    context: &Context<'_>,
) -> Result<Changes, PageError> {
    let mut marking = Marking::default();
    let story = StoryView::new(page, context, Some(before), &mut marking);
    let (page, text) = without_text(StoryValues::with(story, page, theme, context), theme)?;
    let style = match context.addresses.changes(theme) {
        Stylesheet::Linked(href) => format!("<link rel=\"stylesheet\" href=\"{}\">", escape(&href)),
        Stylesheet::Inline(css) => format!("<style>\n{css}\n</style>"),
    };
    let page = page.replacen("</head>", &format!("{style}\n</head>"), 1);
    let pieces = Pieces::of(&page, text.as_str().unwrap_or_default());
    Ok(Changes { pieces, count: marking.count() })
}

/// The page with [`TEXT_GOES_HERE`] for its text, and the text.
fn without_text(mut values: StoryValues<'_>, theme: &Theme) -> Result<(String, Value), PageError> {
    let here = Value::from_safe_string(TEXT_GOES_HERE.to_owned());
    let text = std::mem::replace(&mut values.story.body, here);
    Ok((fill(theme, "story.html", values)?, text))
}

#[derive(Serialize)]
struct StoryValues<'a> {
    frame: Frame<'a>,
    story: StoryView<'a>,
    share: Share,
}

impl<'a> StoryValues<'a> {
    fn new(page: &'a StoryPage<'a>, theme: &'a Theme, context: &'a Context<'a>) -> Self {
        let story = StoryView::new(page, context, None, &mut Marking::default());
        Self::with(story, page, theme, context)
    }

    fn with(
        story: StoryView<'a>,
        page: &'a StoryPage<'a>,
        theme: &'a Theme,
        context: &'a Context<'a>,
    ) -> Self {
        Self {
            frame: Frame::new(theme, context, page.content.language, &page.content.section),
            story,
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

/// The sections from the top of the tree down to `slug`, as links.
pub(crate) fn crumbs(context: &Context<'_>, slug: &str, language: Language) -> Vec<Name> {
    let crumb = |section: &story::Section| Name {
        name: name_of(section, language),
        url: context.addresses.section(&section.slug),
    };
    path_to(context, slug).into_iter().map(crumb).collect()
}
