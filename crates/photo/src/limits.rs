//! How large a photo may be.

use crate::{PhotoError, header::Size};

/// How large a photo may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Width times height.
    pub pixels: u64,
}

impl Default for Limits {
    /// 50 MB and 100 megapixels.
    fn default() -> Self {
        Self { bytes: 50 * 1024 * 1024, pixels: 100_000_000 }
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
