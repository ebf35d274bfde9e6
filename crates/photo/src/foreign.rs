//! Kinds whose pixels this crate does not decode: HEIC (HEVC) and AVIF (AV1).
//!
//! A decoder for them is a large piece of other people's C that reads whatever the internet sends. It has no place in
//! this process, so the host brings one and runs it apart, as a program of the system's with a time limit of its own.

use std::borrow::Cow;

use crate::{
    Limits, MediaType, PhotoError,
    decode::Checked,
    examine::turned,
    header::{Size, heif::Heif},
    strip, worker,
};

/// A decoder of the host's.
pub trait Foreign {
    /// The file's main picture as a PNG, upright as the container says, at its full size and in its own colours. It
    /// must end within `limits.time`; nobody here can stop it.
    ///
    /// # Errors
    /// See [`ForeignError`].
    fn decode(&self, bytes: &[u8], kind: MediaType, limits: &Limits) -> Result<Vec<u8>, ForeignError>;
}

/// Why the host's decoder gives no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForeignError {
    /// There is none for this kind.
    #[error("no decoder")]
    Missing,
    /// It was ended at its time limit.
    #[error("ended at its time limit")]
    TooSlow,
    /// It refused the file; its own words, for the log.
    #[error("{0}")]
    Refused(String),
}

/// What [`crate::renditions`] and [`crate::make`] can read, and the limits to read it within.
#[derive(Debug, Clone)]
pub struct Readable<'a> {
    /// The file itself, or the PNG that the host's decoder made of it: pixels and colours and nothing else.
    pub bytes: Cow<'a, [u8]>,
    /// As they were given, but that a PNG of the host's may weigh what its pixels weigh.
    pub limits: Limits,
}

/// Asks the host's decoder where one is needed, and holds its PNG to the size that the file told. The facts of a photo
/// are those of its file ([`crate::examine`]), not of that PNG.
///
/// # Errors
/// [`PhotoError::NoDecoder`] when a decoder is needed and there is none, else as [`crate::examine`].
pub fn readable<'a>(
    bytes: &'a [u8],
    foreign: Option<&dyn Foreign>,
    limits: &Limits,
) -> Result<Readable<'a>, PhotoError> {
    let photo = Checked::new(bytes, limits)?;
    let kind = photo.kind;
    if !kind.is_foreign() {
        return Ok(Readable { bytes: Cow::Borrowed(bytes), limits: *limits });
    }
    let heif = Heif::new(bytes).ok_or_else(|| PhotoError::damaged("the boxes cannot be read"))?;
    let (width, height) = turned(heif.orientation, heif.size.width, heif.size.height);
    let foreign = foreign.ok_or(PhotoError::NoDecoder { kind })?;
    let png = foreign.decode(bytes, kind, limits).map_err(|error| match error {
        ForeignError::Missing => PhotoError::NoDecoder { kind },
        ForeignError::TooSlow => PhotoError::TooSlow { limit: limits.time },
        ForeignError::Refused(detail) => PhotoError::damaged(detail),
    })?;
    // Four channels of sixteen bits, and room for a profile.
    let weight = u64::from(width) * u64::from(height) * 8 + (16 << 20);
    let limits = Limits { bytes: weight, ..*limits };
    let (expected, may_be_less) = (Size { width, height }, heif.is_cut);
    let png = worker::apart(limits.time, move |_| bare(&png, expected, may_be_less, &limits))?;
    Ok(Readable { bytes: Cow::Owned(png), limits })
}

/// The PNG without its words, if it is what was asked for. It is upright already: what it says of that is left out too.
fn bare(png: &[u8], expected: Size, may_be_less: bool, limits: &Limits) -> Result<Vec<u8>, PhotoError> {
    let photo = Checked::new(png, limits)?;
    let Size { width, height } = photo.size;
    let fits = if may_be_less {
        width <= expected.width && height <= expected.height
    } else {
        photo.size == expected
    };
    if photo.kind != MediaType::Png || !fits {
        return Err(PhotoError::damaged("the decoder gave another picture than the file tells of"));
    }
    strip::png::strip(png, None).map_err(PhotoError::damaged)
}
