//! From values to one file.

use serde_json::Error as Json;
use story::Sha256Hex;

use crate::{
    Address, Keys, MAX_BYTES, MAX_EVENTS, MAX_PIECES, Package, Receipt, StoryPackage,
    container::{self, Entries, Name},
    manifest::{Carries, FORMAT, Manifest, PhotoPart, ReceiptPart, StoryPart, VERSION, signed},
};

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// The story has more versions, photos, lines or bytes than a package carries.
    #[error("longer than a package may be")]
    TooLong,
    /// A fault of ours.
    #[error("{0}")]
    Internal(String),
}

/// The file: signed with `keys`, sealed to whoever `to` is the address of; open to everybody without one.
///
/// # Errors
/// [`NotWritten`].
pub fn write(package: &Package, keys: &Keys, to: Option<&Address>) -> Result<Vec<u8>, NotWritten> {
    let (manifest, mut entries) = match package {
        Package::Story(package) => story(package, keys)?,
        Package::Receipt(receipt) => (of_receipt(receipt, keys), Entries::new()),
    };
    let manifest = serde_json::to_vec(&manifest)?;
    let signature = [keys.signer().to_bytes().as_slice(), &keys.sign(&signed(&manifest))].concat();
    entries.insert(Name::Manifest, manifest);
    entries.insert(Name::Signature, signature);
    if entries.values().map(Vec::len).sum::<usize>() > MAX_BYTES {
        return Err(NotWritten::TooLong);
    }
    let plain = container::pack(&entries).map_err(|error| NotWritten::Internal(error.to_string()))?;
    let Some(to) = to else { return Ok(plain) };
    let sealed = age::encrypt(to.recipient(), &plain);
    let sealed = sealed.map_err(|error| NotWritten::Internal(error.to_string()))?;
    if sealed.len() > MAX_BYTES { Err(NotWritten::TooLong) } else { Ok(sealed) }
}

fn story(package: &StoryPackage, keys: &Keys) -> Result<(Manifest, Entries), NotWritten> {
    let StoryPackage { versions, photos, events, .. } = package;
    if versions.len() > MAX_PIECES || photos.len() > MAX_PIECES || events.len() > MAX_EVENTS {
        return Err(NotWritten::TooLong);
    }
    let texts = package.texts.iter().map(|(hash, bytes)| (Name::Version(hash.clone()), bytes.clone()));
    let pictures = package.pictures.iter().map(|(hash, bytes)| (Name::Photo(hash.clone()), bytes.clone()));
    let entries = texts.chain(pictures).collect();
    let part =
        |(id, picture): (&Sha256Hex, &Sha256Hex)| PhotoPart { id: id.clone(), sha256: picture.clone() };
    let carries = Carries::Story(StoryPart {
        head: package.head.clone(),
        versions: versions.clone(),
        photos: photos.iter().map(part).collect(),
        wants: package.wants.clone(),
        events: events.clone(),
    });
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        signer: keys.signer(),
        by: package.by.clone(),
        reply_to: package.reply_to.to_string(),
        made_at: package.made_at,
        story: package.story,
        carries,
    };
    Ok((manifest, entries))
}

fn of_receipt(receipt: &Receipt, keys: &Keys) -> Manifest {
    let (versions, events) = (receipt.versions.clone(), receipt.events.clone());
    Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        signer: keys.signer(),
        by: receipt.by.clone(),
        reply_to: receipt.reply_to.to_string(),
        made_at: receipt.made_at,
        story: receipt.story,
        carries: Carries::Receipt(ReceiptPart { versions, events }),
    }
}

impl From<Json> for NotWritten {
    fn from(error: Json) -> Self {
        Self::Internal(error.to_string())
    }
}
