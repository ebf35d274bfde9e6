//! Why a package is not taken. Each is the end of it: nothing of such a package comes in.

use crate::MAX_BYTES;

/// Why a package cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no package at all.
    #[error("no story package")]
    Foreign,
    /// It is longer than is taken.
    #[error("longer than {MAX_BYTES} bytes")]
    TooLong,
    /// It is sealed to another reader's key.
    #[error("sealed to another key")]
    NotForUs,
    /// A newer version of the format, which nothing here knows how to read.
    #[error("format version {0}")]
    Newer(u32),
    /// It is not what was signed, or never was a package by our rules.
    #[error("{0}")]
    Flawed(#[from] Flaw),
}

/// What is wrong with a package that is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The seal does not hold: bytes are missing or were changed.
    #[error("the seal is broken")]
    Seal,
    /// The container cannot be read to its end, or has something before or behind it.
    #[error("the container is damaged")]
    Container,
    /// More entries than a package has.
    #[error("too many entries")]
    TooMany,
    /// An entry is compressed, encrypted, a link or a folder, or carries more than its bytes.
    #[error("an entry is not a plain stored file")]
    Kind,
    /// An entry has a name that no entry of a package has.
    #[error("an entry has a name of no package")]
    Name,
    /// Two entries have one name, or share bytes.
    #[error("entries stand in each other's place")]
    Twice,
    /// The manifest names other entries than there are.
    #[error("the manifest and the entries differ")]
    Inventory,
    /// The signature is not one over this manifest.
    #[error("the signature does not fit")]
    Signature,
    /// The manifest is not of its form, or says something that cannot be.
    #[error("the manifest is not of its form")]
    Manifest,
    /// An entry's bytes are not those of its digest.
    #[error("an entry is not what its digest says")]
    Digest,
    /// A version is no story's content.
    #[error("a version cannot be read")]
    Version,
    /// A version was made from one that is not there before it.
    #[error("a version has an unknown parent")]
    Parent,
    /// The log's chain is broken, or is another story's.
    #[error("the log does not hold together")]
    Log,
}
