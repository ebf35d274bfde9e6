//! What a file is and how large its picture is, from its first bytes and without allocating anything; and
//! whether the file is there to its end. Codecs are asked only after this.

pub(crate) mod gif;
pub(crate) mod heif;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod tiff;
mod webp;

use crate::PhotoError;

/// Kinds of photo that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `image/webp`
    WebP,
    /// `image/gif`; only its first frame is taken
    Gif,
    /// `image/tiff`; only its first page is taken
    Tiff,
    /// `image/heic`; pixels come from the host's decoder
    Heic,
    /// `image/avif`; pixels come from the host's decoder
    Avif,
}

impl MediaType {
    /// As in `Content-Type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Tiff => "image/tiff",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
        }
    }

    /// Whether the pixels come from a decoder of the host's, and not from this crate.
    pub fn is_foreign(self) -> bool {
        matches!(self, Self::Heic | Self::Avif)
    }
}

/// Pixels, as the file stores them, before orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// The kind, by the file's first bytes.
pub(crate) fn kind(bytes: &[u8]) -> Result<MediaType, PhotoError> {
    let begins = |magics: &[&[u8]]| magics.iter().any(|magic| bytes.starts_with(magic));
    match heif::brand(bytes) {
        Some(heif::Brand::Heic) => return Ok(MediaType::Heic),
        Some(heif::Brand::Avif) => return Ok(MediaType::Avif),
        None => {}
    }
    match () {
        () if begins(&[jpeg::MAGIC]) => Ok(MediaType::Jpeg),
        () if begins(&[png::MAGIC]) => Ok(MediaType::Png),
        () if begins(&[b"RIFF"]) && bytes.get(8..12) == Some(b"WEBP") => Ok(MediaType::WebP),
        () if begins(&gif::MAGIC) => Ok(MediaType::Gif),
        () if begins(&tiff::MAGIC) && !tiff::is_raw(bytes) => Ok(MediaType::Tiff),
        () => Err(PhotoError::Kind),
    }
}

/// The size that the header tells.
pub(crate) fn size(bytes: &[u8], kind: MediaType) -> Result<Size, PhotoError> {
    let size = match kind {
        MediaType::Jpeg => jpeg::size(bytes),
        MediaType::Png => png::size(bytes),
        MediaType::WebP => webp::size(bytes),
        MediaType::Gif => gif::size(bytes),
        MediaType::Tiff => tiff::size(bytes),
        MediaType::Heic | MediaType::Avif => heif::size(bytes),
    };
    size.ok_or_else(|| PhotoError::damaged("the header tells no size"))
}

/// Whether the file is there to its end. What follows the end does not matter: cameras append to it.
pub(crate) fn check_whole(bytes: &[u8], kind: MediaType) -> Result<(), PhotoError> {
    let whole = match kind {
        MediaType::Jpeg => jpeg::is_whole(bytes),
        MediaType::Png => png::is_whole(bytes),
        MediaType::WebP => webp::is_whole(bytes),
        MediaType::Gif => gif::is_whole(bytes),
        MediaType::Tiff => tiff::is_whole(bytes),
        MediaType::Heic | MediaType::Avif => heif::is_whole(bytes),
    };
    if whole { Ok(()) } else { Err(PhotoError::damaged("the file is cut short")) }
}

/// `N` bytes from `at`, if they are there.
pub(crate) fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_be_bytes)
}

pub(crate) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_be_bytes)
}

fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_le_bytes)
}

pub(crate) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_le_bytes)
}
