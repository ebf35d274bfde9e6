//! The original without what must not leave: whole segments of the file are left out, and the pixels' own bytes are
//! copied as they stand. What remains is the picture, its colours and which way is up.

mod gif;
mod jpeg;
pub(crate) mod png;
pub(crate) mod webp;

use crate::{Limits, MediaType, PhotoError, decode::Checked, metadata, worker};

/// Why an original cannot be stripped without changing it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StripError {
    /// The file cannot be taken at all.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// Something would be lost or would remain; which, for the log.
    #[error("it cannot be stripped without loss: {0}")]
    Lossy(&'static str),
}

/// An original that may leave this machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Stripped {
    /// As the original's.
    pub media_type: MediaType,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The original with its pixels, colour profile and orientation, and with nothing else: no place, no serial number, no
/// name, no thumbnail, nothing behind the end of the picture. The same bytes give the same bytes.
///
/// # Errors
/// [`StripError::Lossy`] when the picture moves, has parts that are not known here, or would keep something that names
/// a place or a person; [`StripError::Photo`] as [`crate::examine`].
pub fn strip(bytes: &[u8], limits: &Limits) -> Result<Stripped, StripError> {
    limits.check_bytes(bytes)?;
    // The thread may outlive this call, and so must its bytes.
    let (bytes, limits) = (bytes.to_vec(), *limits);
    worker::apart(limits.time, move |_| stripped(&Checked::new(&bytes, &limits)?, &limits))
}

fn stripped(photo: &Checked<'_>, limits: &Limits) -> Result<Stripped, StripError> {
    let before = photo.beside()?;
    let orientation = before.orientation().to_exif();
    let up = (orientation != 1).then(|| exif_of(orientation));
    let bytes = match photo.kind {
        MediaType::Jpeg => jpeg::strip(photo.bytes, up),
        MediaType::Png => png::strip(photo.bytes, up),
        MediaType::WebP => webp::strip(photo.bytes, up),
        MediaType::Gif => gif::strip(photo.bytes),
        // Their parts point at each other by place, so that none can be left out without writing all others anew.
        MediaType::Tiff | MediaType::Heic | MediaType::Avif => Err("a file of this kind is not taken apart"),
    };
    let bytes = bytes.map_err(StripError::Lossy)?;
    // What was left out is looked for once more, by the codecs' own readers.
    let after = Checked::new(&bytes, limits)?;
    let kept = after.beside()?;
    let exif = kept.exif.clone().map(metadata::read_exif).unwrap_or_default();
    let is_bare = kept.iptc.is_none() && kept.xmp.is_none() && !exif.location && exif.found.is_empty();
    if !is_bare {
        return Err(StripError::Lossy("something that names a place or a person would remain"));
    }
    if after.size != photo.size || kept.icc != before.icc || kept.orientation() != before.orientation() {
        return Err(StripError::Lossy("size, colours or orientation would change"));
    }
    Ok(Stripped { media_type: photo.kind, bytes })
}

/// EXIF with one field: a TIFF header, one directory, one entry of tag 0x0112 (orientation), no further directory.
fn exif_of(orientation: u8) -> [u8; 26] {
    let mut exif = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
    if let Some(value) = exif.get_mut(18) {
        *value = orientation;
    }
    exif
}
