//! The photos of three versions as a set: what one side added is in, what one side took out is out, and what both did
//! otherwise is asked for.

use super::{Merge, Place, Unsettled, changed_by, fields::three};
use crate::{
    content::{Content, FocalPoint, StoryPhoto},
    difference::{Field, find, order, photo_value},
    hash::Sha256Hex,
};

const WORDS: [Field; 5] = [Field::Caption, Field::Credit, Field::Alt, Field::Decorative, Field::Focal];

pub(super) fn places(base: Option<&Content>, ours: &Content, theirs: &Content) -> Vec<Place> {
    let mut places = Vec::new();
    places.extend(lead(base, ours, theirs));
    for id in all(&ours.photos, &theirs.photos) {
        let sides = Sides { base, ours, theirs, id };
        let presence = sides.presence();
        let asked = presence.is_some();
        places.extend(presence);
        if !asked {
            places.extend(sides.words());
        }
    }
    places.extend(photo_order(base, ours, theirs));
    places
}

/// The photos with what was chosen for each place.
pub(super) fn whole(merge: &Merge, chosen: &[String]) -> Result<Vec<StoryPhoto>, Unsettled> {
    let said = || merge.places.iter().zip(chosen).enumerate();
    let chosen_order = said().find(|(_, (place, _))| place.field == Field::PhotoOrder);
    let (ours, theirs) = (&merge.ours.photos, &merge.theirs.photos);
    // Whose order it is; the other side's photos are put in beside their neighbours.
    let theirs_first = chosen_order.is_some_and(|(_, (place, value))| *value == place.theirs);
    let (first, second) = if theirs_first { (theirs, ours) } else { (ours, theirs) };
    let mut photos: Vec<StoryPhoto> = first.clone();
    for (at, photo) in second.iter().enumerate() {
        if find(&photos, &photo.id).is_none() {
            photos.insert(behind(&photos, second.get(..at).unwrap_or_default()), photo.clone());
        }
    }
    // What nobody differs on is the same at both, and ours where they do until it is chosen.
    for photo in &mut photos {
        if let Some(own) = find(ours, &photo.id) {
            *photo = own.clone();
        }
    }
    for (number, (place, value)) in said() {
        match (&place.photo, place.field) {
            (Some(id), Field::Photo) if value.is_empty() => photos.retain(|photo| photo.id != *id),
            (Some(id), field) => {
                let Some(photo) = photos.iter_mut().find(|photo| photo.id == *id) else { continue };
                set(photo, field, value).ok_or(Unsettled::Unfit(number))?;
            }
            (None, Field::Lead) => {
                photos.iter_mut().for_each(|photo| photo.lead = photo.id.as_str() == value);
            }
            _ => {}
        }
    }
    one_lead(&mut photos, merge);
    Ok(photos)
}

/// A photo that came with its side's mark does not make two lead photos.
fn one_lead(photos: &mut [StoryPhoto], merge: &Merge) {
    if merge.places.iter().any(|place| place.field == Field::Lead) {
        return;
    }
    let lead = lead_of(&merge.ours);
    photos.iter_mut().for_each(|photo| photo.lead &= photo.id.as_str() == lead);
}

/// Where a photo goes in that follows `before` in its own version.
fn behind(photos: &[StoryPhoto], before: &[StoryPhoto]) -> usize {
    let neighbour = before.iter().rev().find_map(|near| photos.iter().position(|photo| photo.id == near.id));
    neighbour.map_or(0, |at| at + 1)
}

fn all<'a>(ours: &'a [StoryPhoto], theirs: &'a [StoryPhoto]) -> Vec<&'a Sha256Hex> {
    let more = theirs.iter().filter(|photo| find(ours, &photo.id).is_none());
    ours.iter().chain(more).map(|photo| &photo.id).collect()
}

struct Sides<'a> {
    base: Option<&'a Content>,
    ours: &'a Content,
    theirs: &'a Content,
    id: &'a Sha256Hex,
}

impl Sides<'_> {
    /// Whether the photo is in, where the sides differ.
    fn presence(&self) -> Option<Place> {
        let says = |content: &Content| if find(&content.photos, self.id).is_some() { "yes" } else { "" };
        let base = self.base.map(|base| says(base).to_owned());
        let (ours, theirs) = (says(self.ours).to_owned(), says(self.theirs).to_owned());
        let mut place = Place { photo: Some(self.id.clone()), ..three(Field::Photo, base, ours, theirs)? };
        if self.is_worked_on(&place) {
            place.settled = None;
        }
        Some(place)
    }

    /// One side took it out, and the other wrote at it or put it into the text.
    fn is_worked_on(&self, place: &Place) -> bool {
        let Some(base) = self.base else { return false };
        let Some(was) = find(&base.photos, self.id) else { return false };
        let keeper = if place.ours.is_empty() { self.theirs } else { self.ours };
        let moved = keeper.places(self.id) && !base.places(self.id);
        moved
            || find(&keeper.photos, self.id)
                .is_some_and(|photo| StoryPhoto { lead: was.lead, ..photo.clone() } != *was)
    }

    /// Its words, where both have it and say otherwise.
    fn words(&self) -> Vec<Place> {
        let photos = (find(&self.ours.photos, self.id), find(&self.theirs.photos, self.id));
        let (Some(ours), Some(theirs)) = photos else { return Vec::new() };
        let base = self.base.and_then(|base| find(&base.photos, self.id));
        let place = |field| {
            let base = base.map(|base| photo_value(base, field));
            let place = three(field, base, photo_value(ours, field), photo_value(theirs, field))?;
            Some(Place { photo: Some(self.id.clone()), ..place })
        };
        WORDS.into_iter().filter_map(place).collect()
    }
}

fn lead(base: Option<&Content>, ours: &Content, theirs: &Content) -> Option<Place> {
    let base = base.map(|base| lead_of(base).to_owned());
    three(Field::Lead, base, lead_of(ours).to_owned(), lead_of(theirs).to_owned())
}

fn lead_of(content: &Content) -> &str {
    content.photos.iter().find(|photo| photo.lead).map(|photo| photo.id.as_str()).unwrap_or_default()
}

fn photo_order(base: Option<&Content>, ours: &Content, theirs: &Content) -> Option<Place> {
    let (us, them) = (order(&ours.photos, &theirs.photos), order(&theirs.photos, &ours.photos));
    let base = base.map(|base| {
        let common = |id: &&Sha256Hex| us.contains(id);
        base.photos.iter().map(|photo| &photo.id).filter(common).collect::<Vec<_>>()
    });
    let settled = changed_by(base.as_ref(), &us, &them)?;
    let listed = |ids: &[&Sha256Hex]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("\n");
    let base = base.as_deref().map(listed).unwrap_or_default();
    let (ours, theirs) = (listed(&us), listed(&them));
    Some(Place { field: Field::PhotoOrder, photo: None, base, ours, theirs, both: None, settled })
}

fn set(photo: &mut StoryPhoto, field: Field, value: &str) -> Option<()> {
    match field {
        Field::Caption => value.clone_into(&mut photo.caption),
        Field::Credit => value.clone_into(&mut photo.credit),
        Field::Alt => value.clone_into(&mut photo.alt),
        Field::Decorative => photo.decorative = !value.is_empty(),
        Field::Focal => photo.focal = focal(value)?,
        _ => {}
    }
    Some(())
}

fn focal(text: &str) -> Option<Option<FocalPoint>> {
    if text.is_empty() {
        return Some(None);
    }
    let (x, y) = text.split_once(',')?;
    Some(Some(FocalPoint { x: x.parse().ok()?, y: y.parse().ok()? }))
}
