//! Story packages: out to a file, in from one.

use std::{fs, path::Path};

use desk::{
    Desk,
    commands::call,
    wire::{Nothing, OpenPackage, PackageKind, PackageTo, PackageView, SavePackage},
};
use serde_json::json;
use story::StoryId;

use crate::{
    answer::{Answer, BAD_INPUT, REFUSED, Stopped},
    arguments::{PackageVerb, Reader},
    sentences::Sentence,
};

/// Gives a `package` command.
pub async fn give(desk: &Desk, verb: PackageVerb) -> Result<Answer, Stopped> {
    match verb {
        PackageVerb::Export { id, out, reader } => {
            let to = reader.named().ok_or(Stopped::Here(Sentence::reader_needed(), BAD_INPUT))?;
            write(desk, (id, PackageKind::Story), to, &out).await
        }
        PackageVerb::Receipt { id, out, reader } => {
            write(desk, (id, PackageKind::Receipt), reader.named().unwrap_or(PackageTo::Sender), &out).await
        }
        PackageVerb::Import { file, trust } => {
            let view = desk.open_package_file(OpenPackage { trust }, file).await?;
            Ok(Answer { remarks: remarks(&view), ..Answer::done(json!(view), view.story.to_string()) })
        }
        PackageVerb::Key => {
            let key = call::package_key(desk, Nothing {}).await?;
            let text = format!("{}\n{}", key.address, key.fingerprint);
            Ok(Answer::done(json!(key), text))
        }
    }
}

impl Reader {
    fn named(self) -> Option<PackageTo> {
        match (self.plain, self.to) {
            (true, _) => Some(PackageTo::Anybody),
            (false, to) => to.map(|address| PackageTo::Desk { address }),
        }
    }
}

async fn write(
    desk: &Desk,
    (story, what): (StoryId, PackageKind),
    to: PackageTo,
    out: &Path,
) -> Result<Answer, Stopped> {
    let sealed = to != PackageTo::Anybody;
    let bytes = desk.pack(SavePackage { story, what, to }).await?;
    fs::write(out, bytes)
        .map_err(|error| Stopped::Here(Sentence::not_written(out, error.kind()), REFUSED))?;
    let remarks = if sealed { Vec::new() } else { vec![Sentence::open_package()] };
    let value = json!({"file": out, "sealed": sealed});
    Ok(Answer { remarks, ..Answer::done(value, out.display().to_string()) })
}

fn remarks(view: &PackageView) -> Vec<Sentence> {
    let mut all = vec![Sentence::package_came(view)];
    if !view.sealed {
        all.push(Sentence::came_open());
    }
    all
}
