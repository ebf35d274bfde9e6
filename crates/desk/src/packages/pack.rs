//! Out of the store: a story with its versions, photos and log, or word of it. Notes stay where they are; they are between
//! whoever wrote them and whoever they were sent to.

use std::collections::{BTreeMap, BTreeSet};

use package::{Act, Keys, Package, Receipt, StoryPackage, Wanted};
use store::{RenditionUse, StoreError};
use story::{Content, DeskState, IntentKind, Revision, RevisionReason, Sha256Hex, StoryId};

use crate::{
    Desk, portals,
    wire::{CommandError, ErrorCode},
    writing,
};

/// The story as last saved.
pub(super) fn story(desk: &Desk, story: StoryId, keys: &Keys) -> Result<Package, CommandError> {
    let store = desk.store();
    if store.row(story)?.axes.desk == DeskState::Spiked {
        return Err(CommandError::new(ErrorCode::RefusedSpiked));
    }
    let head = store.cut_revision(story, writing::revision(desk, RevisionReason::Command)?)?.hash;
    let (versions, texts) = versions(desk, story)?;
    let (photos, pictures) = photos(desk, &texts)?;
    Ok(Package::Story(Box::new(StoryPackage {
        story,
        by: portals::actor(desk)?,
        reply_to: keys.address(),
        made_at: desk.host().now(),
        head,
        wants: wants(desk, story, &versions)?,
        versions,
        texts,
        photos,
        pictures,
        events: store.log(story)?,
    })))
}

/// Word of what of a story is here.
pub(super) fn receipt(desk: &Desk, story: StoryId, keys: &Keys) -> Result<Package, CommandError> {
    let (revisions, log) = (desk.store().revisions(story)?, desk.store().log(story)?);
    let versions: BTreeSet<_> = revisions.into_iter().map(|revision| revision.hash).collect();
    Ok(Package::Receipt(Receipt {
        story,
        by: portals::actor(desk)?,
        reply_to: keys.address(),
        made_at: desk.host().now(),
        versions: versions.into_iter().collect(),
        events: log.into_iter().map(|event| event.id).collect(),
    }))
}

/// Bytes by their digests.
type Files = BTreeMap<Sha256Hex, Vec<u8>>;
/// Which picture each photo has.
type Pictured = BTreeMap<Sha256Hex, Sha256Hex>;

/// Oldest first. A parent that is not among those before it is nobody's word for anything, and is left out.
fn versions(desk: &Desk, story: StoryId) -> Result<(Vec<Revision>, Files), CommandError> {
    let mut versions = desk.store().revisions(story)?;
    versions.reverse();
    let mut texts = Files::new();
    let mut size = 0;
    for revision in &mut versions {
        revision.parent = revision.parent.take().filter(|parent| texts.contains_key(parent));
        revision.merged = revision.merged.take().filter(|merged| texts.contains_key(merged));
        if !texts.contains_key(&revision.hash) {
            let bytes = desk.store().revision_bytes(story, revision.number)?;
            size += bytes.len();
            texts.insert(revision.hash.clone(), bytes);
        }
        if size > package::MAX_BYTES {
            return Err(super::too_long());
        }
    }
    Ok((versions, texts))
}

/// The pictures of all versions' photos, as readers get them. One that is not here leaves its words.
fn photos(desk: &Desk, texts: &Files) -> Result<(Pictured, Files), CommandError> {
    let (mut photos, mut pictures) = (Pictured::new(), Files::new());
    for bytes in texts.values() {
        let content: Content = serde_json::from_slice(bytes).map_err(CommandError::internal)?;
        for photo in content.photos {
            if photos.contains_key(&photo.id) {
                continue;
            }
            match desk.store().rendition(&photo.id, RenditionUse::Display) {
                Ok((facts, bytes)) => {
                    photos.insert(photo.id, facts.rendition.sha256.clone());
                    pictures.insert(facts.rendition.sha256, bytes);
                }
                Err(StoreError::NotFound(_)) => {
                    tracing::warn!(photo = %photo.id, "a photo of an earlier version is not here");
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok((photos, pictures))
}

/// What waits in the outbox and a reader may do instead.
fn wants(desk: &Desk, story: StoryId, versions: &[Revision]) -> Result<Vec<Wanted>, CommandError> {
    let open = desk.store().intents_of(story)?.into_iter();
    let open = open.filter(|intent| intent.kind == IntentKind::File && !intent.state.is_settled());
    let wanted = open.filter_map(|intent| {
        let version = intent.version?;
        let is_here = versions.iter().any(|revision| revision.hash == version);
        is_here.then_some(Wanted { intent: intent.id, act: Act::File, version })
    });
    Ok(wanted.collect())
}
