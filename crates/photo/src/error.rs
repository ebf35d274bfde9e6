//! Why a photo is not taken.

use std::time::Duration;

use crate::MediaType;

/// Why a photo is not taken. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// No kind of photo that is known here, whatever its name says.
    #[error("no photo of a kind that is known here")]
    Kind,
    /// The kind is known, and nothing on this machine decodes it.
    #[error("{} needs a decoder that is not on this machine", kind.as_str())]
    NoDecoder {
        /// HEIC or AVIF.
        kind: MediaType,
    },
    /// It took longer than [`crate::Limits::time`].
    #[error("not done within {} ms", limit.as_millis())]
    TooSlow {
        /// What it had.
        limit: Duration,
    },
    /// More bytes than taken.
    #[error("{size} bytes, and at most {limit} are taken")]
    Bytes {
        /// Bytes of the file.
        size: u64,
        /// Bytes at most.
        limit: u64,
    },
    /// More pixels than taken, by the header's word.
    #[error("{width} × {height} pixels, and at most {limit} are taken")]
    Pixels {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
        /// Pixels in all, at most.
        limit: u64,
    },
    /// The file is cut short or damaged.
    #[error("damaged: {detail}")]
    Damaged {
        /// What the codec says, for the log.
        detail: String,
    },
}

impl PhotoError {
    pub(crate) fn damaged(detail: impl ToString) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }
}
