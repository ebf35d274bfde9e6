//! Into the store: whom to believe first, then the photos, then everything else of the story at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use package::{Opened, Package, Receipt, StoryPackage};
use photo::Limits;
use serde_json::json;
use store::{
    Came, CarriedPhoto, NewRendition, PackageCame, PackageIn, PackedVersion, RenditionUse, StoreError,
};
use story::{Command, Content, DeskState, Event, IntentKind, Revision, Sha256Hex, StoryId};

use super::{keys, of_fault, people};
use crate::{
    Desk, outbox,
    photos::rendition,
    view,
    wire::{CommandError, DeskEvent, ErrorCode, OpenPackage, PackageKind, PackageText, PackageView},
    writing,
};

/// How often it is taken anew when the story is moved at that very moment.
const TRIES: u32 = 3;

/// An opening under way, which a person may leave until anything of it is kept.
struct Opening<'a> {
    desk: &'a Desk,
    leaves: u64,
}

impl Opening<'_> {
    /// # Errors
    /// `PackageLeft`.
    fn step(&self, done: usize, of: usize) -> Result<(), CommandError> {
        if self.desk.package_leaves() != self.leaves {
            return Err(CommandError::new(ErrorCode::PackageLeft));
        }
        self.desk.tell(DeskEvent::PackageStep { done, of });
        Ok(())
    }
}

/// Takes a package in.
pub(super) fn take(desk: &Desk, order: &OpenPackage, bytes: &[u8]) -> Result<PackageView, CommandError> {
    let opening = Opening { desk, leaves: desk.package_leaves() };
    opening.step(0, 0)?;
    let keys = keys::own(desk)?;
    let Opened { package, signer, sealed } = package::read(bytes, &keys).map_err(of_fault)?;
    let (by, reply_to, story) = match &package {
        Package::Story(package) => (&package.by, &package.reply_to, package.story),
        Package::Receipt(receipt) => (&receipt.by, &receipt.reply_to, receipt.story),
    };
    // What we packed ourselves may come back to us.
    let stranger = signer != keys.signer();
    let trust = order.trust.as_deref();
    let person = stranger.then(|| people::known(desk, signer, (by, reply_to), trust)).transpose()?;
    let mut view = PackageView {
        story,
        what: PackageKind::Receipt,
        by: person.as_ref().map_or_else(|| by.clone(), |person| person.name.clone()),
        fingerprint: signer.fingerprint(),
        sealed,
        is_new: false,
        versions: 0,
        text: PackageText::Known,
        revision: None,
        filed: false,
        settled: 0,
    };
    match package {
        Package::Story(package) => {
            view.what = PackageKind::Story;
            view.filed = !package.wants.is_empty();
            let came = story_in(&opening, *package)?;
            (view.is_new, view.versions) = (came.is_new, came.versions);
            (view.text, view.revision) = match came.came {
                Came::Known => (PackageText::Known, None),
                Came::Draft => (PackageText::Draft, None),
                Came::Beside(number) => (PackageText::Beside, Some(number)),
            };
        }
        Package::Receipt(receipt) => {
            opening.step(0, 0)?;
            view.settled = receipt_in(desk, &receipt, &view.by)?;
        }
    }
    if let Some(person) = person {
        people::remember(desk, person, story)?;
    }
    Ok(view)
}

fn story_in(opening: &Opening<'_>, package: StoryPackage) -> Result<PackageCame, CommandError> {
    let desk = opening.desk;
    let contents = contents(&package)?;
    for photo in photos(opening, &package)? {
        desk.store().put_carried_photo(photo)?;
    }
    let mut tries = 1;
    let came = loop {
        match desk.store().take_package(decided(desk, &package, &contents)?) {
            Err(StoreError::MovedOn { .. }) if tries < TRIES => tries += 1,
            // A line of this log that another story has: no two desks would make it so.
            Err(StoreError::Exists(_)) => return Err(damaged()),
            came => break came?,
        }
    };
    tracing::info!(story = %package.story, came = ?came.came, versions = came.versions, "a package came");
    if came.versions + came.events > 0 {
        let axes = came.row.axes.clone();
        desk.tell(DeskEvent::StoryMoved { story: package.story, public: axes.public, axes });
        desk.tell(DeskEvent::ListsChanged);
    }
    Ok(came)
}

/// What each version says. Text that this desk would not have stored is nobody's who uses one.
fn contents(package: &StoryPackage) -> Result<Vec<PackedVersion>, CommandError> {
    let texts = package.texts.iter().map(|(hash, bytes)| {
        let content: Content = serde_json::from_slice(bytes).map_err(|_| damaged())?;
        if writing::normalised(content.clone()) != content {
            return Err(damaged());
        }
        Ok((hash, (content, Arc::new(bytes.clone()))))
    });
    let texts = texts.collect::<Result<BTreeMap<_, _>, CommandError>>()?;
    let version = |revision: &Revision| {
        let (content, bytes) = texts.get(&revision.hash).cloned().ok_or_else(damaged)?;
        let words = view::text_counts(&content).words;
        Ok(PackedVersion { revision: Revision { words, ..revision.clone() }, content, bytes })
    };
    package.versions.iter().map(version).collect()
}

/// Decided on where the story stands here now.
fn decided(
    desk: &Desk,
    package: &StoryPackage,
    versions: &[PackedVersion],
) -> Result<PackageIn, CommandError> {
    let story = package.story;
    let here = match desk.store().row(story) {
        Ok(row) => Some(row),
        Err(StoreError::NotFound(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let log = if here.is_some() { desk.store().log(story)? } else { Vec::new() };
    let known: BTreeSet<_> = log.iter().map(|event| event.id).collect();
    let news = package.events.iter().any(|event| !known.contains(&event.id));
    let there = package.events.iter().rfind(|event| event.refused.is_none());
    let there = there.map_or(DeskState::Draft, |event: &Event| event.desk);
    Ok(PackageIn {
        story,
        head: package.head.clone(),
        versions: versions.to_vec(),
        events: package.events.clone(),
        desk: stands(here.as_ref().map(|row| row.axes.desk), there, news),
        decided_on: here.map(|row| row.axes),
        at: desk.host().now(),
    })
}

/// Where the working copy stands once a package that tells something new has come; `None` where that is nothing of the
/// sender's to say: what is in work here stays so.
fn stands(here: Option<DeskState>, there: DeskState, news: bool) -> Option<DeskState> {
    use DeskState::{Approved, Draft, Filed, InEdit, Returned, Spiked};
    let there = match there {
        // Only a portal vouches for an approval.
        Approved => InEdit,
        Spiked => Draft,
        there => there,
    };
    match here {
        None => Some(there),
        Some(Draft | Filed | Returned) if news => Some(there),
        Some(_) => None,
    }
}

/// The photos that are not here yet. None is kept before all were looked at, so that one may leave until then.
fn photos(opening: &Opening<'_>, package: &StoryPackage) -> Result<Vec<CarriedPhoto>, CommandError> {
    let mut all = Vec::new();
    let of = package.photos.len();
    for (done, (id, picture)) in package.photos.iter().enumerate() {
        opening.step(done, of)?;
        let bytes = package.pictures.get(picture).ok_or_else(damaged)?;
        if opening.desk.store().photo(id).is_err() {
            all.push(carried(opening.desk, id, bytes)?);
        }
    }
    opening.step(of, of)?;
    Ok(all)
}

/// What came is what readers get: it is its own rendition, so that it is not sent anew where the portal has it. One that
/// names a place was not made by us, and is drawn anew.
fn carried(desk: &Desk, id: &Sha256Hex, bytes: &[u8]) -> Result<CarriedPhoto, CommandError> {
    let limits = Limits::default();
    let name = bangla::cut(id.as_str(), 8);
    let of_photo = |error| CommandError::of_photo(&error, name);
    let facts = photo::examine(bytes, &limits).map_err(of_photo)?;
    let made = photo::renditions(bytes, &limits).map_err(of_photo)?;
    let display = if facts.had_location {
        rendition(RenditionUse::Display, made.display)
    } else {
        NewRendition {
            usage: RenditionUse::Display,
            media_type: facts.media_type.as_str().to_owned(),
            width: facts.width,
            height: facts.height,
            bytes: bytes.to_vec(),
        }
    };
    Ok(CarriedPhoto {
        id: id.clone(),
        name: name.to_owned(),
        width: facts.width,
        height: facts.height,
        at: desk.host().now(),
        display,
        thumb: rendition(RenditionUse::Thumb, made.thumb),
    })
}

/// Settles what the receipt has word of: the very filing, of the very version. Gives how many.
fn receipt_in(desk: &Desk, receipt: &Receipt, by: &str) -> Result<u32, CommandError> {
    let filed = filings(desk, receipt.story)?;
    let mut settled = 0;
    for intent in desk.store().intents_of(receipt.story)? {
        let arrived = |version: &Sha256Hex| {
            let line = filed.iter().find(|(of, _)| of == version).map(|(_, line)| line);
            receipt.versions.contains(version) && line.is_some_and(|line| receipt.events.contains(line))
        };
        let is_filing = intent.kind == IntentKind::File && !intent.state.is_settled();
        if !is_filing || !intent.version.as_ref().is_some_and(arrived) {
            continue;
        }
        let word = json!({"package": {"by": by, "at": receipt.made_at}});
        match desk.store().settle_by_hand(intent.id, word, desk.host().now()) {
            Ok(_) => {
                settled += 1;
                outbox::told(desk, intent.id);
            }
            // Under way at this very moment: the portal's answer settles it.
            Err(StoreError::WrongState(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(settled)
}

/// The newest line of the log for each version that was filed.
fn filings(desk: &Desk, story: StoryId) -> Result<Vec<(Sha256Hex, story::EventId)>, CommandError> {
    let log = desk.store().log(story)?.into_iter().rev();
    let filed = log.filter(|event| event.command == Command::File && event.refused.is_none());
    Ok(filed.filter_map(|event| Some((event.version?, event.id))).collect())
}

fn damaged() -> CommandError {
    CommandError::new(ErrorCode::PackageDamaged).detailed("what it says cannot have been written with a desk")
}
