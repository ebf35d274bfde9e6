//! The lists of the desk: one pure rule says in which of them a story stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::axes::{Axes, DeskState, PublicState};

/// The lists of the desk. After any sequence of commands a story stands in exactly one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeskList {
    /// Being written here; readers never had it.
    Drafts,
    /// Handed in, and with the desk.
    Sent,
    /// Back at its author, with a reason, whatever readers have of it.
    Returned,
    /// Readers get it at a set time.
    Scheduled,
    /// Readers have it, or had it.
    Published,
    /// On its way: an intent of it is not settled.
    Outbox,
    /// Spiked.
    Trash,
}

impl DeskList {
    /// Every list, in the order of the window.
    pub const ALL: [Self; 7] = [
        Self::Drafts,
        Self::Sent,
        Self::Returned,
        Self::Scheduled,
        Self::Published,
        Self::Outbox,
        Self::Trash,
    ];

    /// The one list of a story at `axes`. A delivery that is not settled comes first: what may be on its
    /// way to readers is never out of sight. What was returned comes next: it waits for somebody's work.
    pub fn of(axes: &Axes) -> Self {
        if axes.delivery.is_some_and(|state| !state.is_settled()) {
            return Self::Outbox;
        }
        match (axes.desk, axes.public) {
            (DeskState::Spiked, _) => Self::Trash,
            (DeskState::Returned, _) => Self::Returned,
            (_, PublicState::Scheduled) => Self::Scheduled,
            (_, PublicState::Live | PublicState::Withdrawn | PublicState::Killed) => Self::Published,
            (DeskState::Filed, PublicState::Never) => Self::Sent,
            (_, PublicState::Never) if axes.elsewhere => Self::Sent,
            (_, PublicState::Never) => Self::Drafts,
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

    #[test]
    fn what_the_desk_works_on_is_no_draft_of_ours() {
        let handed_in = Some(DeliveryState::Confirmed);
        let at = |desk, elsewhere| Axes { elsewhere, ..axes(desk, handed_in, PublicState::Never) };
        assert_eq!(DeskList::of(&at(DeskState::Filed, false)), DeskList::Sent);
        for desk in [DeskState::InEdit, DeskState::Approved] {
            assert_eq!(DeskList::of(&at(desk, true)), DeskList::Sent);
            assert_eq!(DeskList::of(&at(desk, false)), DeskList::Drafts, "taken here, or never handed in");
        }
    }

    #[test]
    fn what_came_back_waits_for_work_also_when_readers_have_it() {
        for public in [PublicState::Never, PublicState::Scheduled, PublicState::Live] {
            assert_eq!(DeskList::of(&axes(DeskState::Returned, None, public)), DeskList::Returned);
        }
        let set = axes(DeskState::Approved, None, PublicState::Scheduled);
        assert_eq!(DeskList::of(&set), DeskList::Scheduled);
    }
}
