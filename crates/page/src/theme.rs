//! Theme packs: templates, one style sheet and fonts. A theme is data, so that a newsroom can have its own
//! without a build.

use std::borrow::Cow;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig};

use crate::{PageError, address::data_uri, changes, escape::escape};

/// One file of a theme: a template (`*.html`), the style sheet (`page.css`), a font or a licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Flat name, no folders: the style sheet names its fonts by it.
    pub name: Cow<'static, str>,
    /// The file.
    pub bytes: Cow<'static, [u8]>,
}

/// A theme that is ready to print pages.
#[derive(Debug)]
pub struct Theme {
    name: String,
    files: Vec<ThemeFile>,
    pub(crate) templates: Environment<'static>,
}

const STYLE_SHEET: &str = "page.css";
/// A theme that has a style sheet of this name styles marked differences by it; the others get ours.
pub const CHANGES_SHEET: &str = "changes.css";
const TEMPLATES: [&str; 5] = ["base.html", "story.html", "front.html", "section.html", "not-found.html"];

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        vec![$(ThemeFile {
            name: Cow::Borrowed($name),
            bytes: Cow::Borrowed(include_bytes!(concat!("../themes/dainik/", $name)).as_slice()),
        }),*]
    };
}

impl Theme {
    /// দৈনিক, the theme that comes with the program.
    ///
    /// # Errors
    /// As [`Theme::new`]; a test holds that it does not happen.
    pub fn dainik() -> Result<Self, PageError> {
        let files = built_in![
            "base.html",
            "parts.html",
            "story.html",
            "front.html",
            "section.html",
            "not-found.html",
            "page.css",
            "hind-siliguri-bengali-400.woff2",
            "hind-siliguri-bengali-600.woff2",
            "hind-siliguri-latin-400.woff2",
            "hind-siliguri-latin-600.woff2",
            "noto-serif-bengali-400.woff2",
            "noto-serif-bengali-700.woff2",
            "noto-serif-latin-400.woff2",
            "noto-serif-latin-400-italic.woff2",
            "noto-serif-latin-700.woff2",
            "OFL-hind-siliguri.txt",
            "OFL-noto-serif.txt",
            "OFL-noto-serif-bengali.txt",
        ];
        Self::new("dainik", files)
    }

    /// A theme made of `files`; templates are compiled here, so that a broken one is found before a reader
    /// finds it.
    ///
    /// # Errors
    /// [`PageError::NoFile`] when one of the templates or `page.css` is missing, [`PageError::Template`] when a
    /// template does not compile.
    pub fn new(name: &str, files: Vec<ThemeFile>) -> Result<Self, PageError> {
        let needed = TEMPLATES.into_iter().chain([STYLE_SHEET]);
        let missing = needed.into_iter().find(|name| files.iter().all(|file| file.name != *name));
        if let Some(name) = missing {
            return Err(PageError::NoFile(name));
        }
        let mut templates = Environment::new();
        templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).build()?);
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        templates.set_formatter(|out, state, value| match value.as_str() {
            // The library's own escape writes `/` as `&#x2f;`, which makes addresses hard to read.
            Some(text) if !value.is_safe() => Ok(out.write_str(&escape(text))?),
            _ => minijinja::escape_formatter(out, state, value),
        });
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for file in files.iter().filter(|file| file.name.ends_with(".html")) {
            let source = String::from_utf8_lossy(&file.bytes).into_owned();
            templates.add_template_owned(file.name.to_string(), source)?;
        }
        Ok(Self { name: name.to_owned(), files, templates })
    }

    /// The theme's short name, part of its address.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All of it, templates among them, as another program needs it to print the same pages.
    pub fn files(&self) -> &[ThemeFile] {
        &self.files
    }

    /// A file that readers may fetch: the style sheet, a font or a licence, never a template.
    pub fn asset(&self, name: &str) -> Option<Asset<'_>> {
        let media_type = media_type(name)?;
        let file = self.files.iter().find(|file| file.name == name)?;
        Some(Asset { media_type, bytes: &file.bytes })
    }

    /// The style of marked differences.
    pub fn changes(&self) -> Cow<'_, str> {
        let own = self.asset(CHANGES_SHEET).map(|asset| String::from_utf8_lossy(asset.bytes));
        own.unwrap_or(Cow::Borrowed(changes::STYLE))
    }

    /// The style sheet with every file that it names inside it. `width` sets the page's column to that many CSS
    /// pixels, as a phone of that width would show it.
    pub fn inline_css(&self, width: Option<u32>) -> String {
        let sheet =
            self.asset(STYLE_SHEET).map(|asset| String::from_utf8_lossy(asset.bytes)).unwrap_or_default();
        let mut css = String::with_capacity(sheet.len() * 32);
        for (index, part) in sheet.split("url(").enumerate() {
            if index == 0 {
                css.push_str(part);
                continue;
            }
            let (name, rest) = part.split_once(')').unwrap_or((part, ""));
            css.push_str("url(");
            css.push_str(&self.embedded(name).unwrap_or_else(|| name.to_owned()));
            css.push(')');
            css.push_str(rest);
        }
        if let Some(width) = width {
            css.push_str(&format!("\n.page {{ width: {width}px; margin-inline: auto; }}\n"));
        }
        css
    }

    fn embedded(&self, name: &str) -> Option<String> {
        let asset = self.asset(name.trim_matches(['"', '\'']))?;
        Some(data_uri(asset.media_type, asset.bytes))
    }
}

/// A file of a theme as a server sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset<'a> {
    /// For the `Content-Type` header.
    pub media_type: &'static str,
    /// The file.
    pub bytes: &'a [u8],
}

fn media_type(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension {
        "css" => Some("text/css; charset=utf-8"),
        "woff2" => Some("font/woff2"),
        "txt" => Some("text/plain; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
