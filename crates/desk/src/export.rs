//! Stories into files, in the shape that [`crate::import`] reads.

use std::{
    fs,
    path::{Path, PathBuf},
};

use store::RenditionUse;
use story::{Content, Sha256Hex, StoryId};

use crate::{
    Desk, front_matter,
    wire::{CommandError, ErrorCode},
};

/// Where an exported story is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The story's file; its photos lie beside it.
    pub file: PathBuf,
    /// The photos' files.
    pub photos: Vec<PathBuf>,
}

impl Desk {
    /// Writes the story as last saved into `folder`, with the originals of its photos as far as they are here. The folder is made
    /// when it is not there; files of the same names are replaced.
    ///
    /// # Errors
    /// `NotFound`, and what the disk says.
    pub async fn export_story(&self, story: StoryId, folder: PathBuf) -> Result<Exported, CommandError> {
        self.blocking(move |desk| export(desk, story, &folder)).await
    }
}

fn export(desk: &Desk, story: StoryId, folder: &Path) -> Result<Exported, CommandError> {
    let content = desk.store().draft(story)?.content;
    let name = name(&content);
    let names = photo_names(desk, &content, &name)?;
    let text = front_matter::write(&front_matter::from_content(&content, &names))?;
    fs::create_dir_all(folder).map_err(written)?;
    let mut photos = Vec::with_capacity(names.len());
    for (photo, name) in content.photos.iter().zip(&names) {
        let path = folder.join(name);
        fs::write(&path, file_of(desk, &photo.id)?).map_err(written)?;
        photos.push(path);
    }
    let file = folder.join(format!("{name}.md"));
    fs::write(&file, text).map_err(written)?;
    Ok(Exported { file, photos })
}

/// The original, or what came in its place where that is with somebody else.
fn file_of(desk: &Desk, id: &Sha256Hex) -> Result<Vec<u8>, CommandError> {
    if desk.store().has_original(id) {
        return Ok(desk.store().original(id)?);
    }
    Ok(desk.store().rendition(id, RenditionUse::Display)?.1)
}

fn written(error: std::io::Error) -> CommandError {
    CommandError::new(ErrorCode::StoreBroken).detailed(error)
}

/// Made by us from letters and digits: what a person or a file calls a thing is never a path here.
fn name(content: &Content) -> String {
    let slug = if content.slug.trim().is_empty() { &content.headline } else { &content.slug };
    bangla::slug(slug)
}

fn photo_names(desk: &Desk, content: &Content, story: &str) -> Result<Vec<String>, CommandError> {
    let mut names = Vec::with_capacity(content.photos.len());
    for (photo, number) in content.photos.iter().zip(1..) {
        let ending = ending(&desk.store().photo(&photo.id)?.media_type);
        let free = |name: &String| !content.body.contains(&front_matter::in_body(&format!("photo:{name}")));
        let tries = (0_u32..).map(|extra| match extra {
            0 => format!("{story}-{number}.{ending}"),
            extra => format!("{story}-{number}-{extra}.{ending}"),
        });
        names.extend(tries.into_iter().find(free));
    }
    Ok(names)
}

fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/webp" => "webp",
        "image/gif" => "gif",
        "image/tiff" => "tif",
        _ => "jpg",
    }
}
