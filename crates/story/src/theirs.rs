//! What a portal holds of a story that did not come from here, as a version of the story. Every word of it is kept,
//! and what a [`Content`] has no place for is named, never dropped in silence.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use crate::{
    content::{Content, FocalPoint, Language, StoryPhoto, photo_url},
    hash::Sha256Hex,
};

/// Something of a portal's version that a [`Content`] has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lost {
    /// What it is.
    pub kind: LostKind,
    /// Its name there: of a block, of a field, or what stands under a photo.
    pub name: String,
}

/// What cannot be kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LostKind {
    /// A block of another kind than ours: its words stand in the text, its form does not.
    Block,
    /// A photo whose file is not here: its caption and credit stand in the text.
    Photo,
    /// A field that we do not know, or cannot read.
    Field,
}

impl Lost {
    /// Something lost, by its name.
    pub fn new(kind: LostKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into() }
    }
}

/// A photo as a portal kept it. Everything but its digest may be missing.
#[derive(Deserialize)]
struct KeptPhoto {
    sha256: Sha256Hex,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    credit: String,
    #[serde(default)]
    alt: String,
    #[serde(default)]
    decorative: bool,
    #[serde(default)]
    lead: bool,
    #[serde(default)]
    focal: Option<FocalPoint>,
}

/// The version of a story that a portal holds, from JSON in the payload's shape, and what of it is lost. `original`
/// gives the digest of the original that a sent photo was made from, when it is here.
pub fn version_of(kept: &Value, original: impl Fn(&Sha256Hex) -> Option<Sha256Hex>) -> (Content, Vec<Lost>) {
    let (mut content, mut lost) = fields(kept);
    if content.slug == bangla::slug(&content.headline) {
        content.slug.clear();
    }
    for (photo, number) in kept.get("photos").and_then(Value::as_array).into_iter().flatten().zip(1..) {
        let Ok(photo) = serde_json::from_value::<KeptPhoto>(photo.clone()) else {
            lost.push(Lost::new(LostKind::Photo, number.to_string()));
            continue;
        };
        match original(&photo.sha256) {
            Some(id) => attach(&mut content, id, photo),
            None => lost.push(in_words(&mut content, &photo)),
        }
    }
    (content, lost)
}

/// Everything but the photos.
fn fields(kept: &Value) -> (Content, Vec<Lost>) {
    let known = json!(Content::default());
    let (mut said, mut lost) = (Map::new(), Vec::new());
    for (name, value) in kept.as_object().into_iter().flatten() {
        if matches!(name.as_str(), "story" | "version" | "photos") || is_empty(value) {
            continue;
        }
        let fits = known.get(name).is_some()
            && serde_json::from_value::<Content>(json!({ name.as_str(): value })).is_ok();
        if fits {
            said.insert(name.clone(), value.clone());
        } else {
            lost.push(Lost::new(LostKind::Field, name));
        }
    }
    (serde_json::from_value(Value::Object(said)).unwrap_or_default(), lost)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn attach(content: &mut Content, id: Sha256Hex, photo: KeptPhoto) {
    content.body = content.body.replace(&photo_url(&photo.sha256), &photo_url(&id));
    content.photos.push(StoryPhoto {
        id,
        caption: photo.caption,
        credit: photo.credit,
        alt: photo.alt,
        decorative: photo.decorative,
        lead: photo.lead,
        focal: photo.focal,
    });
}

/// The words of a photo that is not here, where it stood, else at the end.
fn in_words(content: &mut Content, photo: &KeptPhoto) -> Lost {
    let name = match content.language {
        Language::Bn => "ছবি",
        Language::En => "Photo",
    };
    let words = [&photo.caption, &photo.alt].into_iter().find(|words| !words.trim().is_empty());
    let short = bangla::cut(photo.sha256.as_str(), 8).to_owned();
    let caption = words.map_or(short, |words| words.trim().to_owned());
    let credit = match photo.credit.trim() {
        "" => String::new(),
        credit => format!(" ({credit})"),
    };
    let line = format!("{name}: {}", escape(&format!("{caption}{credit}")));
    let mark = format!("![]({})", photo_url(&photo.sha256));
    if content.body.contains(&mark) {
        content.body = content.body.replace(&mark, &line);
    } else {
        content.body = format!("{}\n\n{line}", content.body.trim_end()).trim_start().to_owned();
    }
    Lost::new(LostKind::Photo, caption)
}

/// Letters that would be marks in Markdown; one line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~') {
            escaped.push('\\');
        }
        escaped.push(if letter.is_control() { ' ' } else { letter });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(name: &str) -> Sha256Hex {
        Sha256Hex::of(name.as_bytes())
    }

    /// Only the photo called "ours" is here, made from "original".
    fn read(kept: &Value) -> (Content, Vec<Lost>) {
        version_of(kept, |sent| (*sent == digest("ours")).then(|| digest("original")))
    }

    #[test]
    fn every_field_that_we_know_is_taken_and_every_other_is_named() {
        let kept = json!({
            "story": "x", "version": "y", "headline": "শিরোনাম", "tags": ["ক"], "body": "কথা",
            "slug": bangla::slug("শিরোনাম"), "kicker": "উপরে", "empty": "", "language": "en",
            "dateline": 7, "published_at": null,
        });
        let (content, lost) = read(&kept);
        assert_eq!((content.headline.as_str(), content.body.as_str()), ("শিরোনাম", "কথা"));
        assert_eq!((content.tags, content.language), (vec!["ক".to_owned()], Language::En));
        assert_eq!(content.slug, "", "a slug that is made from the headline is none of its own");
        let named: Vec<_> = lost.iter().map(|lost| (lost.kind, lost.name.as_str())).collect();
        assert_eq!(named, [(LostKind::Field, "kicker"), (LostKind::Field, "dateline")]);
    }

    #[test]
    fn a_photo_that_is_here_is_our_photo_again() {
        let sent = digest("ours");
        let photo = json!({"sha256": sent, "caption": "ঘাট", "lead": true});
        let kept = json!({"body": format!("ক\n\n![](photo:{sent})"), "photos": [photo]});
        let (content, lost) = read(&kept);
        assert_eq!(content.photos[0].id, digest("original"));
        assert!(content.places(&digest("original")) && content.photos[0].lead);
        assert_eq!((content.photos[0].caption.as_str(), lost.len()), ("ঘাট", 0));
    }

    #[test]
    fn the_words_of_a_photo_that_is_not_here_stay_where_it_stood() {
        let (placed, loose) = (digest("placed"), digest("loose"));
        let kept = json!({
            "body": format!("ক\n\n![](photo:{placed})\n\nখ"),
            "photos": [
                {"sha256": placed, "caption": "*ঘাট*", "credit": "রফিক"},
                {"sha256": loose},
                {"sha256": "no digest"},
            ],
        });
        let (content, lost) = read(&kept);
        let short = bangla::cut(loose.as_str(), 8);
        assert_eq!(content.body, format!("ক\n\nছবি: \\*ঘাট\\* (রফিক)\n\nখ\n\nছবি: {short}"));
        assert!(content.photos.is_empty());
        let names: Vec<_> = lost.iter().map(|lost| lost.name.as_str()).collect();
        assert_eq!(names, ["*ঘাট*", short, "3"]);
    }
}
