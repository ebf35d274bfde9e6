//! The file shape of a story: YAML front matter between `---` lines, then the body as Markdown. A photo is a
//! file beside it; in the body it stands as `![](photo:FILE)`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use story::{Content, FocalPoint, Language, Sha256Hex, StoryPhoto, content::photo_url};

use crate::wire::CommandError;

/// A story file, read but with its photos still by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoryFile {
    pub(crate) front: FrontMatter,
    pub(crate) body: String,
}

/// What stands between the `---` lines. See [`Content`] for the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FrontMatter {
    #[serde(deserialize_with = "text")]
    pub(crate) headline: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) standfirst: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) byline: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) dateline: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) source: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) section: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) slug: String,
    pub(crate) language: Language,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) photos: Vec<PhotoEntry>,
}

/// A photo of the file. See [`StoryPhoto`] for the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PhotoEntry {
    pub(crate) file: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) caption: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) credit: String,
    #[serde(deserialize_with = "text", skip_serializing_if = "String::is_empty")]
    pub(crate) alt: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) decorative: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) lead: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) focal: Option<FocalPoint>,
}

/// What is wrong with a story file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileFault {
    /// It does not begin with a `---` line that has a second one after it.
    NoFrontMatter,
    /// The front matter cannot be read; `line` counts from 1 in the file.
    Unreadable { line: u64, why: String },
}

/// `name:` with nothing behind it means empty, as people write it.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.unwrap_or_default())
}

pub(crate) fn read(text: &str) -> Result<StoryFile, FileFault> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n");
    let rest = text.strip_prefix("---\n").ok_or(FileFault::NoFrontMatter)?;
    let (yaml, body) = split(rest).ok_or(FileFault::NoFrontMatter)?;
    let front = if yaml.trim().is_empty() {
        FrontMatter::default()
    } else {
        serde_saphyr::from_str(yaml).map_err(|error| unreadable(&error))?
    };
    let body = body.strip_prefix('\n').unwrap_or(body);
    let body = body.strip_suffix('\n').unwrap_or(body);
    Ok(StoryFile { front, body: body.to_owned() })
}

fn split(rest: &str) -> Option<(&str, &str)> {
    if let Some(body) = rest.strip_prefix("---\n") {
        return Some(("", body));
    }
    rest.split_once("\n---\n").or_else(|| Some((rest.strip_suffix("\n---")?, "")))
}

fn unreadable(error: &serde_saphyr::Error) -> FileFault {
    // The first line of the file is the `---` that the YAML reader does not see.
    let line = error.location().map_or(1, |location| location.line() + 1);
    FileFault::Unreadable { line, why: error.without_snippet().to_string() }
}

pub(crate) fn write(file: &StoryFile) -> Result<String, CommandError> {
    let front = serde_saphyr::to_string(&file.front).map_err(CommandError::internal)?;
    Ok(format!("---\n{}\n---\n\n{}\n", front.trim_end_matches('\n'), file.body))
}

/// The whole content as a file whose photos are named by their digests: for when the photos cannot come along.
pub(crate) fn with_digests(content: &Content) -> Result<String, CommandError> {
    let names: Vec<String> = content.photos.iter().map(|photo| photo.id.to_string()).collect();
    write(&from_content(content, &names))
}

/// `names` are the photos' file names, in their order.
pub(crate) fn from_content(content: &Content, names: &[String]) -> StoryFile {
    let mut body = content.body.clone();
    for (photo, name) in content.photos.iter().zip(names) {
        body = body.replace(&in_body(&photo_url(&photo.id)), &in_body(&format!("photo:{name}")));
    }
    let content = content.clone();
    let photos = content.photos.into_iter().zip(names).map(|(photo, name)| entry(photo, name)).collect();
    let front = FrontMatter {
        headline: content.headline,
        standfirst: content.standfirst,
        byline: content.byline,
        dateline: content.dateline,
        source: content.source,
        section: content.section,
        tags: content.tags,
        slug: content.slug,
        language: content.language,
        published_at: content.published_at,
        photos,
    };
    StoryFile { front, body }
}

/// `ids` are the digests of the photos' files, in their order.
pub(crate) fn to_content(file: StoryFile, ids: &[Sha256Hex]) -> Content {
    let StoryFile { front, mut body } = file;
    for (entry, id) in front.photos.iter().zip(ids) {
        body = body.replace(&in_body(&format!("photo:{}", entry.file)), &in_body(&photo_url(id)));
    }
    let mut photos: Vec<StoryPhoto> = Vec::with_capacity(ids.len());
    for (entry, id) in front.photos.into_iter().zip(ids) {
        // The same file twice is the same photo.
        if photos.iter().all(|photo| photo.id != *id) {
            photos.push(story_photo(entry, id));
        }
    }
    Content {
        headline: front.headline,
        standfirst: front.standfirst,
        byline: front.byline,
        dateline: front.dateline,
        source: front.source,
        section: front.section,
        tags: front.tags,
        slug: front.slug,
        language: front.language,
        published_at: front.published_at,
        body,
        photos,
    }
}

/// As it stands in `![](…)`: only there is `photo:` an address.
pub(crate) fn in_body(url: &str) -> String {
    format!("]({url})")
}

fn entry(photo: StoryPhoto, name: &str) -> PhotoEntry {
    let StoryPhoto { id: _, caption, credit, alt, decorative, lead, focal } = photo;
    PhotoEntry { file: name.to_owned(), caption, credit, alt, decorative, lead, focal }
}

fn story_photo(entry: PhotoEntry, id: &Sha256Hex) -> StoryPhoto {
    let PhotoEntry { file: _, caption, credit, alt, decorative, lead, focal } = entry;
    StoryPhoto { id: id.clone(), caption, credit, alt, decorative, lead, focal }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn photo() -> impl Strategy<Value = StoryPhoto> {
        (any::<[u8; 4]>(), ".{0,20}", ".{0,20}", any::<(bool, bool)>()).prop_map(
            |(id, caption, credit, flags)| {
                let alt = caption.clone();
                let focal = flags.0.then_some(FocalPoint { x: 10, y: 990 });
                StoryPhoto {
                    id: Sha256Hex::of(&id),
                    caption,
                    credit,
                    alt,
                    decorative: flags.1,
                    lead: flags.0,
                    focal,
                }
            },
        )
    }

    fn content() -> impl Strategy<Value = Content> {
        let texts = prop::collection::vec("(?s).{0,40}", 5);
        let photos = prop::collection::vec(photo(), 0..3);
        (texts, photos, prop::collection::vec(".{0,8}", 0..3), any::<i32>()).prop_map(make)
    }

    fn make((texts, photos, tags, seconds): (Vec<String>, Vec<StoryPhoto>, Vec<String>, i32)) -> Content {
        let placed: String = photos.iter().map(|photo| format!("![](photo:{})\n", photo.id)).collect();
        crate::writing::normalised(Content {
            headline: texts[0].clone(),
            standfirst: texts[1].clone(),
            byline: texts[2].clone(),
            section: texts[3].clone(),
            body: format!("{placed}{}", texts[4]),
            published_at: DateTime::from_timestamp(seconds.into(), 0),
            tags,
            photos,
            ..Content::default()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(content in content()) {
            let ids: Vec<_> = content.photos.iter().map(|photo| photo.id.clone()).collect();
            let names: Vec<_> = (1..=ids.len()).map(|number| format!("photo-{number}.jpg")).collect();
            let text = write(&from_content(&content, &names)).unwrap();
            let back = to_content(read(&text).unwrap(), &ids);
            let mut expected = content;
            let mut seen = Vec::new();
            expected.photos.retain(|photo| !seen.contains(&photo.id) && { seen.push(photo.id.clone()); true });
            prop_assert_eq!(back, expected);
        }

        #[test]
        fn any_text_is_read_or_refused_and_never_panics(text in "(?s)(---\n)?.{0,200}(\n---\n.{0,20})?") {
            let _ = read(&text);
        }
    }

    #[test]
    fn a_hand_written_file_is_read() {
        let text = "---\r\nheadline: নদীর পাড়ে হাট\r\nstandfirst:\r\ntags: [নদী, হাট]\r\n\
                    published_at: 2025-11-05T12:00:00+06:00\r\n---\r\nপ্রথম অনুচ্ছেদ।\r\n";
        let file = read(text).unwrap();
        assert_eq!((file.front.headline.as_str(), file.body.as_str()), ("নদীর পাড়ে হাট", "প্রথম অনুচ্ছেদ।"));
        assert_eq!(file.front.published_at.unwrap().to_rfc3339(), "2025-11-05T06:00:00+00:00");
        assert_eq!(file.front.tags, ["নদী", "হাট"]);
    }

    #[test]
    fn a_misspelt_field_is_named_with_its_line() {
        let Err(FileFault::Unreadable { line, why }) = read("---\nheadline: ক\nbylin: খ\n---\nগ\n")
        else {
            panic!("it was read");
        };
        assert_eq!(line, 3);
        assert!(why.contains("bylin"), "{why}");
    }

    #[test]
    fn a_file_without_front_matter_is_refused() {
        for text in ["", "লেখা", "---", "---\nheadline: ক\n"] {
            assert_eq!(read(text), Err(FileFault::NoFrontMatter), "{text}");
        }
    }
}
