//! Into a file: where it goes is the person's to say, and what is there afterwards is a whole package or what was there before.

use std::{
    ffi::OsStr,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use story::DeskState;

use super::{pack, reader};
use crate::{
    Desk,
    host::Proposed,
    rescue::{private_file, private_folder},
    settings,
    wire::{CommandError, ErrorCode, PackageKind, PackageSaved, SavePackage},
};

/// The folder that a package was saved into last.
const FOLDER: &str = "package_folder";
/// Letters of the headline in a file's name.
const LETTERS: usize = 60;

/// Asks where it goes, and puts it there. Nothing is changed before the person has answered.
pub(crate) async fn save(desk: &Desk, order: SavePackage) -> Result<PackageSaved, CommandError> {
    let asked = order.clone();
    let proposed = desk.blocking(move |desk| propose(desk, &asked)).await?;
    let Some(path) = desk.host().ask_where(proposed).await else {
        return Ok(PackageSaved { name: None, folder: None });
    };
    desk.blocking(move |desk| put(desk, &order, whole_name(path))).await
}

/// What would be refused afterwards is refused before anybody is asked.
fn propose(desk: &Desk, order: &SavePackage) -> Result<Proposed, CommandError> {
    reader(desk, order)?;
    let row = desk.store().row(order.story)?;
    if order.what == PackageKind::Story && row.axes.desk == DeskState::Spiked {
        return Err(CommandError::new(ErrorCode::RefusedSpiked));
    }
    let last = desk.store().setting(FOLDER)?.and_then(|value| serde_json::from_value::<PathBuf>(value).ok());
    // A stick that was pulled out is no place to put anything.
    let folder = last.filter(|folder| folder.is_dir()).unwrap_or_else(|| desk.host().packages_folder());
    let slug = bangla::slug(&row.headline);
    let what = match order.what {
        PackageKind::Story => "",
        PackageKind::Receipt => "-receipt",
    };
    let stem = format!("{}{what}-{}", bangla::cut(&slug, LETTERS), desk.host().now().format("%Y%m%d"));
    let name = free(&folder, stem.trim_start_matches('-'));
    Ok(Proposed { folder, name, language: settings::settings(desk)?.language })
}

/// A name that nothing has there.
fn free(folder: &Path, stem: &str) -> String {
    let ending = package::ENDING;
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}.{ending}"));
    let mut names = std::iter::once(format!("{stem}.{ending}")).chain(numbered);
    let first = names.find(|name| !folder.join(name).exists());
    first.unwrap_or_else(|| format!("{stem}.{ending}"))
}

/// Whoever types a name without the ending means one with it; nobody was asked about a file that has that name already.
fn whole_name(path: PathBuf) -> PathBuf {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(package::ENDING)) {
        return path;
    }
    let (Some(folder), Some(stem)) = (path.parent(), path.file_name().and_then(OsStr::to_str)) else {
        return path;
    };
    folder.join(free(folder, stem))
}

fn put(desk: &Desk, order: &SavePackage, path: PathBuf) -> Result<PackageSaved, CommandError> {
    let bytes = pack(desk, order)?;
    write(desk, &path, &bytes)
        .map_err(|error| CommandError::new(ErrorCode::PackageNotWritten).detailed(error))?;
    let folder = path.parent().unwrap_or(&path);
    if let Ok(value) = serde_json::to_value(folder) {
        desk.store().set_setting(FOLDER, value)?;
    }
    let named = |part: &Path| part.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(PackageSaved { name: named(&path), folder: named(folder) })
}

/// Half a package is of no use to anybody: it gets its name once it is whole.
fn write(desk: &Desk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidFilename)?;
    private_folder(folder)?;
    let part = folder.join(format!(".{}.part", desk.host().new_id().simple()));
    let written = private_file(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let named = written.and_then(|()| fs::rename(&part, path));
    if named.is_err() {
        let _ = fs::remove_file(&part);
    }
    named
}
