//! Stories from files: the whole of a file comes in, or nothing that a list would show.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use store::{DraftSave, StoreError, Thing};
use story::{Content, RevisionReason, Sha256Hex, StoryId};

use crate::{
    Desk,
    front_matter::{self, FileFault, StoryFile},
    photos, view,
    wire::{CommandError, DeskEvent},
    writing,
};

/// Longest story file, in bytes.
pub const MAX_FILE_BYTES: u64 = 8 << 20;

/// A story came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Which.
    pub story: StoryId,
    /// It was there before, and the file became its newest revision.
    pub was_there: bool,
}

/// Why a file did not come in. Nothing of the story was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{}: {kind}", file.display())]
    Unreadable {
        /// The file: the story's, or a photo's that it names.
        file: PathBuf,
        /// What the system said.
        kind: std::io::ErrorKind,
    },
    /// The file is longer than is taken.
    #[error("{}: longer than {limit} bytes", file.display())]
    TooLong {
        /// The file.
        file: PathBuf,
        /// Bytes.
        limit: u64,
    },
    /// The file is not UTF-8.
    #[error("{}: not UTF-8", .0.display())]
    NotText(PathBuf),
    /// The file does not begin with front matter between two `---` lines.
    #[error("{}: no front matter", .0.display())]
    NoFrontMatter(PathBuf),
    /// The front matter cannot be read.
    #[error("{}:{line}: {why}", file.display())]
    FrontMatter {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: u64,
        /// What is wrong there.
        why: String,
    },
    /// The store or a photo said no.
    #[error(transparent)]
    Desk(#[from] CommandError),
}

impl Desk {
    /// Takes a story in from a file and the photos that it names, relative to it. With an `id` that is there
    /// already the file becomes the newest revision of that story; what it said before stays a revision.
    ///
    /// # Errors
    /// [`ImportError`].
    pub async fn import_file(&self, file: PathBuf, id: Option<StoryId>) -> Result<Imported, ImportError> {
        let desk = self.clone();
        let work = move || {
            let text = read_text(&file)?;
            let beside = file.parent().unwrap_or(Path::new("")).to_owned();
            let photo = |name: &str| read_bytes(&beside.join(name), photo::Limits::default().bytes);
            let parsed = front_matter::read(&text).map_err(|fault| in_file(&file, fault))?;
            take_in(&desk, parsed, &photo, id)
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|_| Err(CommandError::internal("a task stopped before it was done").into()))
    }
}

/// A story file whose photos come from `photo` by their names.
pub(crate) fn take_in(
    desk: &Desk,
    file: StoryFile,
    photo: &dyn Fn(&str) -> Result<Vec<u8>, ImportError>,
    id: Option<StoryId>,
) -> Result<Imported, ImportError> {
    let mut ids: Vec<Sha256Hex> = Vec::with_capacity(file.front.photos.len());
    for entry in &file.front.photos {
        let attached = photos::take_in(desk, file_name(&entry.file), photo(&entry.file)?)?;
        ids.push(attached.photo.id);
    }
    let content = front_matter::to_content(file, &ids);
    let story = id.unwrap_or_else(|| StoryId(desk.host().new_id()));
    Ok(keep(desk, story, content)?)
}

fn keep(desk: &Desk, story: StoryId, content: Content) -> Result<Imported, CommandError> {
    let was_there = match desk.store().row(story) {
        Ok(row) => {
            desk.store().cut_revision(story, writing::revision(desk, RevisionReason::Command)?)?;
            let content = writing::normalised(content);
            let words = view::text_counts(&content).words;
            let (counter, at) = (row.counter + 1, desk.host().now());
            desk.store().save_draft(DraftSave { story, counter, at, content, words, undo: None })?;
            true
        }
        Err(StoreError::NotFound(Thing::Story)) => {
            writing::begin(desk, story, content, "")?;
            false
        }
        Err(error) => return Err(error.into()),
    };
    desk.store().cut_revision(story, writing::revision(desk, RevisionReason::Imported)?)?;
    desk.tell(DeskEvent::ListsChanged);
    Ok(Imported { story, was_there })
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn in_file(file: &Path, fault: FileFault) -> ImportError {
    let file = file.to_owned();
    match fault {
        FileFault::NoFrontMatter => ImportError::NoFrontMatter(file),
        FileFault::Unreadable { line, why } => ImportError::FrontMatter { file, line, why },
    }
}

fn read_text(file: &Path) -> Result<String, ImportError> {
    let bytes = read_bytes(file, MAX_FILE_BYTES)?;
    String::from_utf8(bytes).map_err(|_| ImportError::NotText(file.to_owned()))
}

/// At most `limit` bytes; what the file says of its own length is not believed.
pub(crate) fn read_bytes(file: &Path, limit: u64) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|opened| opened.take(limit + 1).read_to_end(&mut bytes));
    read.map_err(|error| ImportError::Unreadable { file: file.to_owned(), kind: error.kind() })?;
    if bytes.len() as u64 > limit {
        return Err(ImportError::TooLong { file: file.to_owned(), limit });
    }
    Ok(bytes)
}
