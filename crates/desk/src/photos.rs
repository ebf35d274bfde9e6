//! Photos: into the store, and out again for the window.

use std::path::PathBuf;

use photo::Limits;
use store::{NewPhoto, NewRendition, RenditionUse};
use story::{Sha256Hex, StoryId, StoryPhoto};

use crate::{
    Desk, ImportError, import, view,
    wire::{AttachPhoto, AttachedView, CommandError, SaveDraft},
    writing,
};

/// Longest file name kept, in characters.
const MAX_NAME: usize = 255;

/// What a person says of a photo; `None` where nothing was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotoWords {
    /// What the reader sees under it.
    pub caption: Option<String>,
    /// Photographer or source.
    pub credit: Option<String>,
    /// Alternative text.
    pub alt: Option<String>,
}

/// A picture for the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Which picture of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSize {
    /// For lists.
    Thumb,
    /// As readers get it.
    Display,
}

impl Desk {
    /// Takes a photo into the store, for a story. The story's content is not touched: the window adds the
    /// photo to it. The same file again is the same photo.
    ///
    /// # Errors
    /// `PhotoKind`, `PhotoBytes`, `PhotoPixels`, `PhotoDamaged`, `NotFound` for the story, and what the disk
    /// says; then nothing is kept.
    pub async fn attach_photo(
        &self,
        attach: AttachPhoto,
        bytes: Vec<u8>,
    ) -> Result<AttachedView, CommandError> {
        self.blocking(move |desk| {
            desk.store().row(attach.story)?;
            take_in(desk, &attach.name, bytes)
        })
        .await
    }

    /// Takes a photo into the store from a file and puts it into the saved draft, behind the photos that are
    /// there. Words that are not given are those found in the file; a photo that the story has already keeps
    /// its words, but for those that are given.
    ///
    /// # Errors
    /// As [`Desk::attach_photo`], and [`ImportError::Unreadable`] for the file.
    pub async fn add_photo_file(
        &self,
        story: StoryId,
        file: PathBuf,
        words: PhotoWords,
    ) -> Result<AttachedView, ImportError> {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = import::read_bytes(&file, Limits::default().bytes)?;
        let attached = self.attach_photo(AttachPhoto { story, name }, bytes).await?;
        let found = attached.clone();
        self.blocking(move |desk| put_into_draft(desk, story, &found, words)).await?;
        Ok(attached)
    }

    /// A picture of a photo in the store. Blocks while it reads.
    ///
    /// # Errors
    /// `NotFound`, and what the disk says.
    pub fn picture(&self, id: &Sha256Hex, size: PictureSize) -> Result<Picture, CommandError> {
        let usage = match size {
            PictureSize::Thumb => RenditionUse::Thumb,
            PictureSize::Display => RenditionUse::Display,
        };
        let (facts, bytes) = self.store().rendition(id, usage)?;
        Ok(Picture { media_type: facts.rendition.media_type, bytes })
    }
}

fn put_into_draft(
    desk: &Desk,
    story: StoryId,
    attached: &AttachedView,
    words: PhotoWords,
) -> Result<(), CommandError> {
    let draft = desk.store().draft(story)?;
    let mut content = draft.content;
    let known = content.photos.iter().position(|photo| photo.id == attached.photo.id);
    let mut photo = match known {
        Some(place) => content.photos.remove(place),
        None => found_in_file(attached),
    };
    photo.caption = words.caption.unwrap_or(photo.caption);
    photo.credit = words.credit.unwrap_or(photo.credit);
    photo.alt = words.alt.unwrap_or(photo.alt);
    content.photos.insert(known.unwrap_or(content.photos.len()), photo);
    writing::save(desk, SaveDraft { story, counter: draft.row.counter + 1, content, undo: None })?;
    Ok(())
}

fn found_in_file(attached: &AttachedView) -> StoryPhoto {
    StoryPhoto {
        id: attached.photo.id.clone(),
        caption: attached.caption.clone(),
        credit: attached.credit.clone(),
        alt: String::new(),
        decorative: false,
        lead: false,
        focal: None,
    }
}

/// Checks a file by its content, makes its renditions and keeps all of it. Costs seconds for the largest.
pub(crate) fn take_in(desk: &Desk, name: &str, bytes: Vec<u8>) -> Result<AttachedView, CommandError> {
    let of_photo = |error| CommandError::of_photo(&error, name);
    let limits = Limits::default();
    let facts = photo::examine(&bytes, &limits).map_err(of_photo)?;
    let kept = match desk.store().photo(&Sha256Hex::of(&bytes)) {
        Ok(known) if desk.store().has_original(&known.id) => known,
        _ => {
            let renditions = photo::renditions(&bytes, &limits).map_err(of_photo)?;
            let renditions = vec![
                rendition(RenditionUse::Thumb, renditions.thumb),
                rendition(RenditionUse::Display, renditions.display),
            ];
            desk.store().put_photo(new_photo(desk, name, &facts, (bytes, renditions)))?
        }
    };
    Ok(AttachedView { photo: view::photo(kept), caption: facts.words.caption, credit: facts.words.credit })
}

fn new_photo(
    desk: &Desk,
    name: &str,
    facts: &photo::Facts,
    (original, renditions): (Vec<u8>, Vec<NewRendition>),
) -> NewPhoto {
    NewPhoto {
        name: bangla::normalise(name).chars().take(MAX_NAME).collect(),
        media_type: facts.media_type.as_str().to_owned(),
        width: facts.width,
        height: facts.height,
        had_location: facts.had_location,
        at: desk.host().now(),
        original,
        renditions,
    }
}

pub(crate) fn rendition(usage: RenditionUse, made: photo::Rendition) -> NewRendition {
    NewRendition {
        usage,
        media_type: made.media_type.as_str().to_owned(),
        width: made.width,
        height: made.height,
        bytes: made.bytes,
    }
}
