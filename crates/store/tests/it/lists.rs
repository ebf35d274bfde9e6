use std::collections::BTreeSet;

use khosra_store::{Act, Counts, ListRequest, PublicWord, Settlement, Store};
use proptest::prelude::*;
use story::{Axes, Command, DeliveryState, DeskList, DeskState, IntentKind, PublicState, StoryId};

use crate::desk::{
    Desk, at, content, event, intent, new_intent, new_story, portal, save, save_content, sending, settled,
    story,
};

fn page(store: &Store, list: DeskList, after: Option<String>) -> khosra_store::ListPage {
    store.list(&ListRequest { list, section: None, limit: 3, after }).unwrap()
}

fn all(store: &Store, list: DeskList) -> Vec<StoryId> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = page(store, list, after);
        found.extend(page.rows.iter().map(|row| row.story));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

#[test]
fn the_newest_change_stands_first_whatever_the_clock_says() {
    let desk = Desk::new();
    for number in 1..=7 {
        desk.store.create_story(new_story(number, content("ক"))).unwrap();
    }
    let mut early = save(2, 2, "খ");
    early.at = chrono::DateTime::UNIX_EPOCH;
    desk.store.save_draft(early).unwrap();
    let desk = desk.again();
    desk.store.save_draft(save(2, 3, "গ")).unwrap();
    assert_eq!(all(&desk.store, DeskList::Drafts), [2, 7, 6, 5, 4, 3, 1].map(story));
}

#[test]
fn what_is_scheduled_stands_in_the_order_in_which_readers_get_it() {
    let desk = Desk::new();
    desk.store.put_portal(portal(1)).unwrap();
    let hours = [50, 20, 90, 20, 70, 10, 30];
    for (number, hour) in (1..).zip(hours) {
        desk.store.create_story(new_story(number, content("ক"))).unwrap();
        let at = at(hour * 3_600);
        let kind = IntentKind::Schedule { at };
        desk.store.act(sending(&desk, number, number + 100, vec![new_intent(number, kind)])).unwrap();
        desk.store.count_attempt(intent(number)).unwrap();
        let public =
            PublicWord { state: PublicState::Scheduled, version: None, url: None, live_at: Some(at) };
        let end = Settlement { public: Some(public), ..settled(number, DeliveryState::Confirmed) };
        desk.store.settle(end).unwrap();
    }
    assert_eq!(all(&desk.store, DeskList::Scheduled), [6, 2, 4, 7, 1, 5, 3].map(story));
}

#[test]
fn a_list_can_be_kept_to_one_section_also_after_it_changed() {
    let desk = Desk::with_story(1);
    desk.store.create_story(new_story(2, content("খ"))).unwrap();
    let mut moved = content("ক");
    moved.section = "sports".to_owned();
    desk.store.save_draft(save_content(1, 2, moved)).unwrap();
    let of = |section: &str| {
        let request =
            ListRequest { list: DeskList::Drafts, section: Some(section.to_owned()), limit: 9, after: None };
        desk.store.list(&request).unwrap().rows.iter().map(|row| row.story).collect::<Vec<_>>()
    };
    assert_eq!((of("sports"), of("bangladesh"), of("'; drop")), (vec![story(1)], vec![story(2)], vec![]));
}

#[test]
fn a_cursor_of_somebody_else_begins_at_the_top() {
    let desk = Desk::with_story(1);
    let request =
        ListRequest { list: DeskList::Drafts, section: None, limit: 0, after: Some("' OR 1".into()) };
    assert_eq!(desk.store.list(&request).unwrap().rows.len(), 1);
}

#[test]
fn a_story_on_its_way_stands_in_the_outbox_until_it_is_settled() {
    let desk = Desk::with_story(1);
    desk.store.put_portal(portal(1)).unwrap();
    let act = sending(&desk, 1, 2, vec![new_intent(1, IntentKind::Publish)]);
    desk.store.act(act).unwrap();
    assert_eq!(desk.store.counts().unwrap(), Counts { outbox: 1, ..Counts::default() });
    desk.store.count_attempt(intent(1)).unwrap();
    let mut end = settled(1, story::DeliveryState::Confirmed);
    let version = desk.store.row(story(1)).unwrap().version;
    end.public = Some(khosra_store::PublicWord {
        state: PublicState::Live,
        version: Some(version),
        url: Some("https://portal.example/1".to_owned()),
        live_at: None,
    });
    desk.store.settle(end).unwrap();
    assert_eq!(desk.store.counts().unwrap(), Counts { published: 1, ..Counts::default() });
    assert!(!desk.store.row(story(1)).unwrap().differs_from_live());
    desk.store.save_draft(save(1, 2, "সংশোধন")).unwrap();
    assert!(desk.store.row(story(1)).unwrap().differs_from_live());
}

fn some_axes() -> impl Strategy<Value = Axes> {
    let desks = prop::sample::select(vec![
        DeskState::Draft,
        DeskState::Filed,
        DeskState::InEdit,
        DeskState::Returned,
        DeskState::Approved,
        DeskState::Spiked,
    ]);
    let publics = prop::sample::select(vec![
        PublicState::Never,
        PublicState::Scheduled,
        PublicState::Live,
        PublicState::Withdrawn,
        PublicState::Killed,
    ]);
    (desks, publics, any::<bool>()).prop_map(|(desk, public, elsewhere)| Axes {
        desk,
        public,
        elsewhere,
        ..Axes::new_draft()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_story_stands_in_exactly_one_list_and_the_counts_agree(
        changes in prop::collection::vec((1_u64..6, some_axes()), 0..20)
    ) {
        let desk = Desk::new();
        for number in 1..6 {
            desk.store.create_story(new_story(number, content("ক"))).unwrap();
        }
        for (turn, (number, axes)) in (100..).zip(changes) {
            let act = Act {
                story: story(number),
                decided_on: desk.axes(number),
                counter: None,
                events: vec![event(turn, Command::Spike, axes.desk)],
                axes,
                revision: None,
                intents: Vec::new(),
            };
            desk.store.act(act).unwrap();
        }
        let lists = DeskList::ALL.map(|list| all(&desk.store, list));
        let together: Vec<StoryId> = lists.iter().flatten().copied().collect();
        let once: BTreeSet<StoryId> = together.iter().copied().collect();
        prop_assert_eq!(together.len(), 5);
        prop_assert_eq!(once, (1..6).map(story).collect());
        let counts = desk.store.counts().unwrap();
        let Counts { drafts, sent, returned, scheduled, published, outbox, trash } = counts;
        let counted = [drafts, sent, returned, scheduled, published, outbox, trash];
        prop_assert_eq!(counted.map(|count| count as usize), lists.map(|list| list.len()));
    }
}
