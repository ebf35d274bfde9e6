//! When the store cannot take a text, it goes into a plain file that any program reads.

use std::{fs, io::Write, path::Path};

use crate::{
    Desk, front_matter,
    wire::{CommandError, FileView, RescueText},
};

/// Writes the text as it is, with its photos named by their digests. An earlier rescue is never overwritten.
pub(crate) fn rescue(desk: &Desk, rescue: &RescueText) -> Result<FileView, CommandError> {
    let folder = desk.host().rescue_folder();
    let broken = |error: std::io::Error| CommandError::from(store::StoreError::from(error));
    private_folder(&folder).map_err(broken)?;
    let text = front_matter::with_digests(&rescue.content)?;
    let time = desk.host().now().format("%Y%m%d-%H%M%S");
    let path = folder.join(format!("khosra-{time}-{}.md", desk.host().new_id().simple()));
    let written = private_file(&path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(broken)?;
    Ok(FileView { path: path.display().to_string() })
}

pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub(crate) fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
