//! The lists of the desk: one pure rule says in which of them a story stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::axes::{Axes, DeskState, PublicState};

/// The lists of the desk. After any sequence of commands a story stands in exactly one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeskList {
    /// Being written; readers never had it.
    Drafts,
    /// On its way: an intent of it is not settled.
    Outbox,
    /// Readers have it, or had it.
    Published,
    /// Spiked.
    Trash,
}

impl DeskList {
    /// Every list, in the order of the window.
    pub const ALL: [Self; 4] = [Self::Drafts, Self::Outbox, Self::Published, Self::Trash];

    /// The one list of a story at `axes`. A delivery that is not settled comes first: what may be on its
    /// way to readers is never out of sight.
    pub fn of(axes: &Axes) -> Self {
        if axes.delivery.is_some_and(|state| !state.is_settled()) {
            return Self::Outbox;
        }
        match (axes.desk, axes.public) {
            (DeskState::Spiked, _) => Self::Trash,
            (_, PublicState::Never) => Self::Drafts,
            _ => Self::Published,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::DeliveryState;

    fn axes(desk: DeskState, delivery: Option<DeliveryState>, public: PublicState) -> Axes {
        Axes { desk, delivery, public, ..Axes::new_draft() }
    }

    #[test]
    fn what_may_be_on_its_way_to_readers_is_never_out_of_sight() {
        let sent = Some(DeliveryState::Unknown);
        for desk in [DeskState::Draft, DeskState::Approved, DeskState::Spiked] {
            assert_eq!(DeskList::of(&axes(desk, sent, PublicState::Never)), DeskList::Outbox);
        }
        let settled = Some(DeliveryState::Cancelled);
        assert_eq!(DeskList::of(&axes(DeskState::Draft, settled, PublicState::Never)), DeskList::Drafts);
    }

    #[test]
    fn a_spiked_story_is_in_the_trash_and_one_that_readers_had_is_published() {
        assert_eq!(DeskList::of(&axes(DeskState::Spiked, None, PublicState::Never)), DeskList::Trash);
        for public in [PublicState::Live, PublicState::Withdrawn, PublicState::Killed] {
            assert_eq!(DeskList::of(&axes(DeskState::InEdit, None, public)), DeskList::Published);
        }
    }
}
