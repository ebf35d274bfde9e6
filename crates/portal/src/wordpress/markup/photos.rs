//! Photos among the blocks, and their words.

use page::Block;
use serde_json::json;
use story::{Content, Language, StoryPhoto};

use super::{Writer, Written};
use crate::wordpress::html::{attribute, escape};

/// What readers see under a photo.
pub(in crate::wordpress) fn caption(photo: &StoryPhoto, content: &Content) -> String {
    let caption = match photo.caption.trim() {
        "" => content.headline.trim(),
        caption => caption,
    };
    match (photo.credit.trim(), content.language) {
        ("", _) => caption.to_owned(),
        (credit, Language::Bn) => format!("{caption} ছবি: {credit}").trim().to_owned(),
        (credit, Language::En) => format!("{caption} Photo: {credit}").trim().to_owned(),
    }
}

/// Empty for a picture that says nothing of its own.
pub(in crate::wordpress) fn alternative(photo: &StoryPhoto) -> &str {
    if photo.decorative { "" } else { photo.alt.trim() }
}

impl Writer<'_> {
    /// A photo that the body places; the lead photo stands above the text, as the featured image.
    pub(super) fn placed(&self, id: &str) -> Option<Written> {
        let lead = self.content.lead_photo().map(|photo| photo.id.as_str());
        let photo = self.content.photos.iter().find(|photo| photo.id.as_str() == id)?;
        if lead == Some(id) { None } else { self.photo(photo) }
    }

    /// The photos that stand neither at the top nor in the body.
    pub(super) fn unplaced(&self) -> Vec<Written> {
        let lead = self.content.lead_photo().map(|photo| &photo.id);
        let rest = self.content.photos.iter();
        let rest = rest.filter(|photo| Some(&photo.id) != lead && !self.content.places(&photo.id));
        rest.filter_map(|photo| self.photo(photo)).collect()
    }

    fn photo(&self, photo: &StoryPhoto) -> Option<Written> {
        let media = self.media.get(&photo.id)?;
        let (shown, caption) = (media.shown(), caption(photo, self.content));
        let (size, id) = (shown.size, media.id);
        let caption = match caption.as_str() {
            "" => String::new(),
            caption => format!("<figcaption class=\"wp-element-caption\">{}</figcaption>", escape(caption)),
        };
        let html = format!(
            "<figure class=\"wp-block-image size-{size}\"><img src=\"{}\" alt=\"{}\" class=\"wp-image-{id}\"/>{caption}</figure>",
            attribute(shown.url),
            attribute(alternative(photo)),
        );
        let block = Written::new("image", html).with("id", json!(id)).with("sizeSlug", json!(size));
        Some(block.with("linkDestination", json!("none")))
    }
}

/// The photos of a list or a pull quote, however deep.
pub(super) fn photos_inside(block: &Block) -> Vec<&str> {
    let inside: Vec<&Block> = match block {
        Block::List(_, items) => items.iter().flatten().collect(),
        Block::PullQuote(inside, _) => inside.iter().collect(),
        _ => return Vec::new(),
    };
    inside.into_iter().flat_map(photos_within).collect()
}

/// Here a quotation is text too.
fn photos_within(block: &Block) -> Vec<&str> {
    match block {
        Block::Photo(id) => vec![id],
        Block::Quote(inside) => inside.iter().flat_map(photos_within).collect(),
        block => photos_inside(block),
    }
}
