//! From a file to values. Whatever the bytes are, the answer is a whole package or one fault.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
};

use age::{DecryptError, Decryptor};
use story::{Content, Revision, Sha256Hex, StoryId, log::broken_link};

use crate::{
    Fault, Flaw, Keys, MAX_BYTES, MAX_EVENTS, MAX_NAME, MAX_PIECES, MAX_VERSION_BYTES, Opened, Package,
    Receipt, Signer, StoryPackage,
    container::{self, Entries, Name},
    manifest::{Carries, FORMAT, Head, Manifest, PhotoPart, ReceiptPart, StoryPart, VERSION, signed},
};

type Files = BTreeMap<Sha256Hex, Vec<u8>>;

const AGE: &[u8] = b"age-encryption.org/";
/// A public key and its signature.
const SIGNATURE_BYTES: usize = 32 + 64;

/// Reads a package that is open to everybody or sealed to `keys`. Every signature, digest, parent and link in it is
/// verified; whether the signer is one to believe is not.
///
/// # Errors
/// [`Fault`].
pub fn read(bytes: &[u8], keys: &Keys) -> Result<Opened, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::TooLong);
    }
    if container::is_one(bytes) {
        return read_plain(bytes, false);
    }
    if !bytes.starts_with(AGE) {
        return Err(Fault::Foreign);
    }
    let plain = unseal(bytes, keys)?;
    read_plain(&plain, true)
}

fn unseal(bytes: &[u8], keys: &Keys) -> Result<Vec<u8>, Fault> {
    let broken = |error| match error {
        DecryptError::NoMatchingKeys => Fault::NotForUs,
        _ => Fault::Flawed(Flaw::Seal),
    };
    let opening = Decryptor::new_buffered(bytes).map_err(broken)?;
    // Sealed with a passphrase: nobody here has one, and to try would cost what its maker says.
    if opening.is_scrypt() {
        return Err(Fault::NotForUs);
    }
    let mut plain = Vec::new();
    let reader = opening.decrypt(std::iter::once(keys.identity() as &dyn age::Identity)).map_err(broken)?;
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut plain).map_err(|_| Flaw::Seal)?;
    if plain.len() > MAX_BYTES { Err(Fault::TooLong) } else { Ok(plain) }
}

fn read_plain(bytes: &[u8], sealed: bool) -> Result<Opened, Fault> {
    let mut entries = container::unpack(bytes)?;
    let raw = entries.remove(&Name::Manifest).ok_or(Flaw::Inventory)?;
    let head: Head = serde_json::from_slice(&raw).map_err(|_| Flaw::Manifest)?;
    if head.format != FORMAT {
        return Err(Fault::Foreign);
    }
    if head.version != VERSION {
        return Err(Fault::Newer(head.version));
    }
    let signature = entries.remove(&Name::Signature).ok_or(Flaw::Inventory)?;
    let signer = signer_of(&raw, &signature)?;
    let manifest: Manifest = serde_json::from_slice(&raw).map_err(|_| Flaw::Manifest)?;
    if manifest.signer != signer {
        return Err(Flaw::Signature.into());
    }
    Ok(Opened { package: package(manifest, entries)?, signer, sealed })
}

fn signer_of(manifest: &[u8], signature: &[u8]) -> Result<Signer, Flaw> {
    if signature.len() != SIGNATURE_BYTES {
        return Err(Flaw::Signature);
    }
    let (key, signature) = signature.split_first_chunk::<32>().ok_or(Flaw::Signature)?;
    let signer = Signer::from_bytes(*key);
    if signer.has_signed(&signed(manifest), signature) { Ok(signer) } else { Err(Flaw::Signature) }
}

fn package(manifest: Manifest, entries: Entries) -> Result<Package, Flaw> {
    let Manifest { by, reply_to, made_at, story, carries, .. } = manifest;
    if by.chars().count() > MAX_NAME {
        return Err(Flaw::Manifest);
    }
    let reply_to = reply_to.parse().map_err(|_| Flaw::Manifest)?;
    match carries {
        Carries::Receipt(part) => {
            let ReceiptPart { versions, events } = bounded_receipt(part, &entries)?;
            Ok(Package::Receipt(Receipt { story, by, reply_to, made_at, versions, events }))
        }
        Carries::Story(part) => {
            holds_together(&part, story)?;
            let StoryPart { head, versions, photos, wants, events } = part;
            let (texts, pictures) = files(entries)?;
            let photos = pictured(photos, &pictures)?;
            let named: BTreeSet<_> = versions.iter().map(|revision| &revision.hash).collect();
            if !texts.keys().eq(named) {
                return Err(Flaw::Inventory);
            }
            let package = StoryPackage {
                story,
                by,
                reply_to,
                made_at,
                head,
                versions,
                texts,
                photos,
                pictures,
                wants,
                events,
            };
            Ok(Package::Story(Box::new(package)))
        }
    }
}

fn bounded_receipt(part: ReceiptPart, entries: &Entries) -> Result<ReceiptPart, Flaw> {
    if part.versions.len() > MAX_PIECES || part.events.len() > MAX_EVENTS {
        return Err(Flaw::TooMany);
    }
    if entries.is_empty() { Ok(part) } else { Err(Flaw::Inventory) }
}

/// That log, versions and what is wanted of them are of one story.
fn holds_together(part: &StoryPart, story: StoryId) -> Result<(), Flaw> {
    let StoryPart { head, versions, photos, wants, events } = part;
    let pieces = versions.len().max(photos.len()).max(wants.len());
    if pieces > MAX_PIECES || events.len() > MAX_EVENTS {
        return Err(Flaw::TooMany);
    }
    let of_this = events.iter().all(|event| event.story == story);
    if events.is_empty() || !of_this || broken_link(events).is_some() {
        return Err(Flaw::Log);
    }
    let known = parents_known(versions)?;
    if !known.contains(head) || wants.iter().any(|want| !known.contains(&want.version)) {
        return Err(Flaw::Manifest);
    }
    Ok(())
}

/// Every version's digest, each version made from one before it, from two or from none.
fn parents_known(versions: &[Revision]) -> Result<BTreeSet<&Sha256Hex>, Flaw> {
    let mut known = BTreeSet::new();
    for revision in versions {
        if revision.author.chars().count() > MAX_NAME {
            return Err(Flaw::Manifest);
        }
        if revision.parent.iter().chain(&revision.merged).any(|parent| !known.contains(parent)) {
            return Err(Flaw::Parent);
        }
        known.insert(&revision.hash);
    }
    Ok(known)
}

/// Texts and pictures, each what its name says.
fn files(entries: Entries) -> Result<(Files, Files), Flaw> {
    let (mut texts, mut pictures) = (Files::new(), Files::new());
    for (name, bytes) in entries {
        let (digest, shelf) = match name {
            Name::Version(digest) => (digest, &mut texts),
            Name::Photo(digest) => (digest, &mut pictures),
            Name::Manifest | Name::Signature => return Err(Flaw::Inventory),
        };
        if Sha256Hex::of(&bytes) != digest {
            return Err(Flaw::Digest);
        }
        shelf.insert(digest, bytes);
    }
    for bytes in texts.values() {
        if bytes.len() > MAX_VERSION_BYTES || serde_json::from_slice::<Content>(bytes).is_err() {
            return Err(Flaw::Version);
        }
    }
    Ok((texts, pictures))
}

/// Which picture each photo has; no picture without a photo, and no photo twice.
fn pictured(parts: Vec<PhotoPart>, pictures: &Files) -> Result<BTreeMap<Sha256Hex, Sha256Hex>, Flaw> {
    let count = parts.len();
    let photos: BTreeMap<_, _> = parts.into_iter().map(|part| (part.id, part.sha256)).collect();
    let named: BTreeSet<_> = photos.values().collect();
    if photos.len() == count && pictures.keys().eq(named) { Ok(photos) } else { Err(Flaw::Inventory) }
}
