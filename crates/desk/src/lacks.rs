//! What a portal cannot do, for a person to read: by its own word, never by what kind of portal it is.

use portal::Capabilities;

use crate::{portals::Facts, wire::PortalLack};

/// All that a portal that has spoken cannot do, the gravest first.
pub(crate) fn of(facts: &Facts) -> Vec<PortalLack> {
    let Some(about) = &facts.about else { return Vec::new() };
    PortalLack::ALL.into_iter().filter(|lack| is_missing(*lack, &about.capabilities)).collect()
}

/// What of it whoever works at the portal's desk has to know.
pub(crate) fn at_the_desk(facts: &Facts) -> Vec<PortalLack> {
    of(facts).into_iter().filter(|lack| lack.is_of_the_desk()).collect()
}

fn is_missing(lack: PortalLack, can: &Capabilities) -> bool {
    match lack {
        PortalLack::Desk => !can.desk,
        PortalLack::OthersStories => can.desk && can.own_stories_only,
        PortalLack::Leases => can.desk && can.without_leases,
        PortalLack::Approvals => !can.approvals,
        PortalLack::Guards => !can.guards,
        PortalLack::Notes => !can.notes,
        PortalLack::Photos => can.text_only,
        PortalLack::Notices => !can.notices,
        PortalLack::Overwriting => !can.refuses_overwriting,
        PortalLack::Duplicates => !can.idempotent_create,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_lacks_what_it_does_not_name_and_says_what_it_withholds() {
        let nothing = Capabilities::default();
        let lacking = |can: &Capabilities| {
            PortalLack::ALL.into_iter().filter(|lack| is_missing(*lack, can)).collect::<Vec<_>>()
        };
        assert!(lacking(&nothing).contains(&PortalLack::Desk));
        assert!(!lacking(&nothing).contains(&PortalLack::Leases), "no desk, no question of leases");
        let all = Capabilities {
            desk: true,
            approvals: true,
            guards: true,
            notes: true,
            notices: true,
            refuses_overwriting: true,
            idempotent_create: true,
            ..nothing
        };
        assert_eq!(lacking(&all), []);
        let short = Capabilities { without_leases: true, own_stories_only: true, text_only: true, ..all };
        assert_eq!(lacking(&short), [PortalLack::OthersStories, PortalLack::Leases, PortalLack::Photos]);
    }

    #[test]
    fn a_portal_that_has_not_spoken_lacks_nothing_that_we_know_of() {
        assert_eq!(of(&Facts::default()), []);
    }
}
