//! A photo with its caption and credit: one shape for the lead, the body and the photos after it.

use std::fmt::Write as _;

use story::{Content, Language, StoryPhoto};

use crate::{
    Context,
    clean::{clean, is_picture_address},
    escape::escape,
    source::unmask,
    words::words,
};

/// The digest in `photo:DIGEST`.
pub(crate) fn photo_of(dest_url: &str) -> Option<String> {
    unmask(dest_url).trim().strip_prefix("photo:").map(str::to_owned)
}

/// The lead photo, clean.
pub(crate) fn lead(content: &Content, context: &Context<'_>) -> String {
    let photo = content.lead_photo();
    photo
        .and_then(|photo| shown(photo, "", Loading::AtOnce, content, context))
        .map(|html| clean(&html))
        .unwrap_or_default()
}

/// The photos that stand neither at the top nor in the body, clean.
pub(crate) fn unplaced(content: &Content, context: &Context<'_>) -> String {
    let lead = content.lead_photo().map(|photo| &photo.id);
    let rest = content.photos.iter().filter(|photo| Some(&photo.id) != lead && !content.places(&photo.id));
    let html: String = rest.filter_map(|photo| shown(photo, "", Loading::Late, content, context)).collect();
    clean(&html)
}

/// A photo that the body places. One that the story does not have is left out; its writer sees that it is missing.
pub(crate) fn in_body(id: &str, at: &str, content: &Content, context: &Context<'_>) -> String {
    let photo = content.photos.iter().find(|photo| photo.id.as_str() == id);
    let html = photo.and_then(|photo| shown(photo, at, Loading::Late, content, context));
    html.unwrap_or_else(|| if context.preview { missing(at, content.language) } else { String::new() })
}

#[derive(Clone, Copy, PartialEq)]
enum Loading {
    AtOnce,
    Late,
}

fn shown(
    photo: &StoryPhoto,
    at: &str,
    loading: Loading,
    content: &Content,
    context: &Context<'_>,
) -> Option<String> {
    let picture = context.addresses.photo(&photo.id)?;
    if !is_picture_address(&picture.src) {
        return None;
    }
    let alt = if photo.decorative { "" } else { photo.alt.trim() };
    let mut html =
        format!("<figure class=\"photo\"{at}><img src=\"{}\" alt=\"{}\"", escape(&picture.src), escape(alt));
    if picture.width > 0 && picture.height > 0 {
        // Writing to a String cannot fail.
        let _ = write!(html, " width=\"{}\" height=\"{}\"", picture.width, picture.height);
    }
    // What is already inside the page has nothing to wait for, and some readers print before they scroll.
    let waits = loading == Loading::Late && !picture.src.starts_with("data:");
    html.push_str(if waits { " loading=\"lazy\">" } else { ">" });
    html.push_str(&caption(photo, content));
    html.push_str("</figure>\n");
    Some(html)
}

/// Caption and credit are two fields; the page joins them.
fn caption(photo: &StoryPhoto, content: &Content) -> String {
    let credit = photo.credit.trim();
    let caption = match photo.caption.trim() {
        "" => content.headline.trim(),
        caption => caption,
    };
    let mut parts = Vec::new();
    if !caption.is_empty() {
        let lang = other_lang(caption, content.language);
        parts.push(format!("<span class=\"caption\"{lang}>{}</span>", escape(caption)));
    }
    if !credit.is_empty() {
        let word = words(content.language).photo;
        parts.push(format!("<span class=\"credit\">{word}: {}</span>", escape(credit)));
    }
    if parts.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", parts.join(" ")) }
}

/// A `lang` attribute for a text that is not in the language around it; empty when it is.
pub(crate) fn other_lang(text: &str, around: Language) -> &'static str {
    match (bangla::mostly_bengali(text), around) {
        (Some(true), Language::En) => " lang=\"bn\"",
        (Some(false), Language::Bn) => " lang=\"en\"",
        _ => "",
    }
}

fn missing(at: &str, language: Language) -> String {
    let note = words(language).photo_missing;
    format!("<figure class=\"photo missing\"{at}><p class=\"missing-note\">{note}</p></figure>\n")
}
