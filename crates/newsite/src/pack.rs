//! The theme as one file, so that an editor's preview is made with the very templates that make the pages.

use std::io::{Cursor, Write as _};

use axum::body::Bytes;
use page::Theme;
use story::Sha256Hex;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A theme's files in a zip, the same bytes for the same theme.
#[derive(Debug, Clone)]
pub(crate) struct Pack {
    pub(crate) bytes: Bytes,
    /// Digest of the bytes, in quotes.
    pub(crate) etag: String,
}

impl Pack {
    pub(crate) fn of(theme: &Theme) -> Result<Self, zip::result::ZipError> {
        // Fonts are compressed already. No times, so that the same files are the same bytes.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let options = options.last_modified_time(zip::DateTime::default());
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for file in theme.files() {
            zip.start_file(format!("{}/{}", theme.name(), file.name), options)?;
            zip.write_all(&file.bytes)?;
        }
        let bytes = zip.finish()?.into_inner();
        Ok(Self { etag: format!("\"{}\"", Sha256Hex::of(&bytes)), bytes: bytes.into() })
    }
}
