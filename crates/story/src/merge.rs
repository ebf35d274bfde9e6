//! Two versions of a story that were made from one, brought together: field by field, the body by words, the photos as a
//! set. What only one side changed is settled; what both changed differently waits for a person, and neither side's
//! words are lost meanwhile. Nothing is decided by a clock.

mod body;
mod fields;
mod photos;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{content::Content, difference::Field, hash::Sha256Hex};

/// Whose version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The draft here.
    Ours,
    /// The version that came.
    Theirs,
}

/// A place where the two versions differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// Of which field; of the body there may be many.
    pub field: Field,
    /// Of which photo; `None` for what belongs to the story.
    pub photo: Option<Sha256Hex>,
    /// What stood there before either; empty also when nobody knows. Tags and the order of photos are one a line; of
    /// what is there or not, `yes` or nothing.
    pub base: String,
    /// What our side says.
    pub ours: String,
    /// What their side says.
    pub theirs: String,
    /// Both, where that makes sense.
    pub both: Option<String>,
    /// The side that alone changed it, and that goes into the result; `None`: a person has to choose.
    pub settled: Option<Side>,
}

/// A stretch of the merged body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Part {
    /// Both say it.
    Text {
        /// What.
        text: String,
    },
    /// They differ here.
    Place {
        /// Which of [`Merge::places`].
        place: u32,
    },
}

/// What a person chose for a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "take", rename_all = "snake_case")]
pub enum Choice {
    /// What our side says.
    Ours,
    /// What their side says.
    Theirs,
    /// [`Place::both`].
    Both,
    /// What they wrote there by hand; for text only.
    Text {
        /// What.
        text: String,
    },
}

/// Two versions brought together, before a person has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Where they differ, in the order of a story's fields; `settled` is what nobody has to choose.
    pub places: Vec<Place>,
    /// The body in its order.
    pub body: Vec<Part>,
    ours: Content,
    theirs: Content,
}

/// Why a merge cannot be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// Nothing was chosen for this place, which both changed.
    #[error("place {0} is not chosen")]
    Open(usize),
    /// What was chosen for this place it cannot say.
    #[error("place {0} cannot say that")]
    Unfit(usize),
}

/// Brings two versions together. `base` is what both were made from; without it every difference is a person's to
/// choose.
pub fn merge(base: Option<&Content>, ours: &Content, theirs: &Content) -> Merge {
    let mut places = fields::places(base, ours, theirs);
    let body = body::merged(base, (ours, theirs), &mut places);
    places.extend(photos::places(base, ours, theirs));
    Merge { places, body, ours: ours.clone(), theirs: theirs.clone() }
}

impl Merge {
    /// How many places wait for a person.
    pub fn open(&self) -> usize {
        self.places.iter().filter(|place| place.settled.is_none()).count()
    }

    /// The merged content. `choices` are by place; `None`, or none at all, leaves what is settled.
    ///
    /// # Errors
    /// [`Unsettled`] for the first place that is not chosen, or whose choice does not fit it.
    pub fn settle(&self, choices: &[Option<Choice>]) -> Result<Content, Unsettled> {
        let chosen = self.places.iter().enumerate().map(|(number, place)| {
            let choice = choices.get(number).and_then(Option::as_ref);
            place.says(choice).map_err(|unfit| unfit.of(number))
        });
        let chosen: Vec<String> = chosen.collect::<Result<_, _>>()?;
        let mut content = self.ours.clone();
        for (number, (place, value)) in self.places.iter().zip(&chosen).enumerate() {
            if place.photo.is_none() {
                fields::set(&mut content, place.field, value).ok_or(Unsettled::Unfit(number))?;
            }
        }
        content.body = body::whole(&self.body, &chosen);
        content.photos = photos::whole(self, &chosen)?;
        Ok(content)
    }
}

impl Place {
    fn says(&self, choice: Option<&Choice>) -> Result<String, Fault> {
        let side = |side| if side == Side::Ours { &self.ours } else { &self.theirs }.clone();
        match choice {
            None => self.settled.map(side).ok_or(Fault::Open),
            Some(Choice::Ours) => Ok(side(Side::Ours)),
            Some(Choice::Theirs) => Ok(side(Side::Theirs)),
            Some(Choice::Both) => self.both.clone().ok_or(Fault::Unfit),
            Some(Choice::Text { text }) if fields::is_text(self.field) => Ok(text.clone()),
            Some(Choice::Text { .. }) => Err(Fault::Unfit),
        }
    }
}

/// [`Unsettled`] before the place has its number.
enum Fault {
    Open,
    Unfit,
}

impl Fault {
    fn of(self, number: usize) -> Unsettled {
        match self {
            Self::Open => Unsettled::Open(number),
            Self::Unfit => Unsettled::Unfit(number),
        }
    }
}

/// The side that alone changed a value; outside `None` when both sides say the same, inside when both changed it.
fn changed_by<T: PartialEq>(base: Option<&T>, ours: &T, theirs: &T) -> Option<Option<Side>> {
    if ours == theirs {
        return None;
    }
    Some(match base {
        Some(base) if base == ours => Some(Side::Theirs),
        Some(base) if base == theirs => Some(Side::Ours),
        _ => None,
    })
}
