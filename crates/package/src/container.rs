//! The zip inside: files that are stored and nothing else, in a fixed order, with no times, so that the same package is
//! the same bytes. Its reader takes no entry that its writer would not have made.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
};

use story::Sha256Hex;
use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{Flaw, MAX_PHOTO_BYTES, MAX_PIECES};

/// An entry's name. There is no other, so none can be a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    Manifest,
    Signature,
    Version(Sha256Hex),
    Photo(Sha256Hex),
}

pub(crate) type Entries = BTreeMap<Name, Vec<u8>>;

const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "signature";
const VERSIONS: &str = "versions/";
const PHOTOS: &str = "photos/";
/// How a zip without a comment ends: this record of 22 bytes, which begins so.
const END: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: usize = 22;

impl Name {
    fn of(raw: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(raw).ok()?;
        match text {
            MANIFEST => return Some(Self::Manifest),
            SIGNATURE => return Some(Self::Signature),
            _ => {}
        }
        let version = text.strip_prefix(VERSIONS).and_then(|digest| digest.parse().ok()).map(Self::Version);
        version.or_else(|| text.strip_prefix(PHOTOS).and_then(|digest| digest.parse().ok()).map(Self::Photo))
    }

    fn text(&self) -> String {
        match self {
            Self::Manifest => MANIFEST.to_owned(),
            Self::Signature => SIGNATURE.to_owned(),
            Self::Version(digest) => format!("{VERSIONS}{digest}"),
            Self::Photo(digest) => format!("{PHOTOS}{digest}"),
        }
    }
}

/// Whether bytes begin as a zip does.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Packs entries.
pub(crate) fn pack(entries: &Entries) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let options = options.last_modified_time(zip::DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name.text(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Unpacks all entries.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Entries, Flaw> {
    // Looked at before the directory is read: a million names are a million pieces of memory.
    let count = entry_count(bytes).ok_or(Flaw::Container)?;
    if count > 2 * MAX_PIECES + 2 {
        return Err(Flaw::TooMany);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Flaw::Container)?;
    if zip.offset() != 0 || !zip.comment().is_empty() {
        return Err(Flaw::Container);
    }
    // The library keeps one entry for each name, so two of one name show in the count.
    let twice = zip.len() != count || zip.has_duplicate_names();
    if twice || zip.has_overlapping_entries().map_err(|_| Flaw::Container)? {
        return Err(Flaw::Twice);
    }
    let mut entries = Entries::new();
    for index in 0..zip.len() {
        let (name, bytes) = entry(&mut zip, index)?;
        if entries.insert(name, bytes).is_some() {
            return Err(Flaw::Twice);
        }
    }
    Ok(entries)
}

fn entry(zip: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<(Name, Vec<u8>), Flaw> {
    let mut file = zip.by_index(index).map_err(|_| Flaw::Kind)?;
    let plain = file.compression() == CompressionMethod::Stored
        && !file.encrypted()
        && file.is_file()
        && file.unix_mode().is_none_or(|mode| mode & 0o170_000 == 0o100_000)
        && file.size() == file.compressed_size()
        && file.comment_raw().is_empty()
        && file.extra_data().is_none_or(|data| data.is_empty());
    if !plain {
        return Err(Flaw::Kind);
    }
    let name = Name::of(file.name_raw()).ok_or(Flaw::Name)?;
    if file.size() > MAX_PHOTO_BYTES as u64 {
        return Err(Flaw::TooMany);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|_| Flaw::Container)?;
    Ok((name, bytes))
}

/// How many entries the record at the very end says that there are; `None` where there is no such record.
fn entry_count(bytes: &[u8]) -> Option<usize> {
    let end = bytes.get(bytes.len().checked_sub(END_BYTES)?..)?;
    let count = |at: usize| Some(usize::from(u16::from_le_bytes(end.get(at..at + 2)?.try_into().ok()?)));
    let (here, all) = (count(8)?, count(10)?);
    (end.starts_with(&END) && here == all && end.ends_with(&[0, 0])).then_some(all)
}
