//! How large a photo may be, and how long it may take.

use std::time::Duration;

use crate::{PhotoError, header::Size};

/// How large a photo may be, and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Width times height.
    pub pixels: u64,
    /// For one call. A thread that is not done by then is left to itself, and its caller is told so.
    pub time: Duration,
}

impl Default for Limits {
    /// 50 MB, 100 megapixels and a minute: an old machine needs ten seconds for the largest photo.
    fn default() -> Self {
        Self { bytes: 50 * 1024 * 1024, pixels: 100_000_000, time: Duration::from_secs(60) }
    }
}

impl Limits {
    pub(crate) fn check_bytes(&self, bytes: &[u8]) -> Result<(), PhotoError> {
        let size = bytes.len() as u64;
        if size <= self.bytes { Ok(()) } else { Err(PhotoError::Bytes { size, limit: self.bytes }) }
    }

    pub(crate) fn check_pixels(&self, size: Size) -> Result<(), PhotoError> {
        let Size { width, height } = size;
        if width == 0 || height == 0 {
            return Err(PhotoError::damaged("no pixels"));
        }
        let fits = u64::from(width) * u64::from(height) <= self.pixels;
        if fits { Ok(()) } else { Err(PhotoError::Pixels { width, height, limit: self.pixels }) }
    }
}
