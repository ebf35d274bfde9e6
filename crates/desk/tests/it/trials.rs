//! Trying a portal from the window.

use khosra_desk::{
    commands::call,
    wire::{DeskEvent, ErrorCode, GuaranteeVerdict, Nothing, TryPortal},
};
use story::{Guarantee, PortalId, Untold};
use testkit::{Newsroom, portal};

async fn signed_in(room: &Newsroom) -> (newsite::Running, PortalId) {
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let portals = call::list_portals(&room.desk, Nothing {}).await.unwrap().portals;
    (site, portals[0].portal)
}

#[tokio::test]
async fn windows_hear_of_each_guarantee_and_the_store_of_none() {
    let room = Newsroom::open();
    let (_site, portal) = signed_in(&room).await;
    room.host.told();
    let trial = call::try_portal(&room.desk, TryPortal { portal, publishing: true }).await.unwrap();
    assert_eq!(trial.left_over, None);
    assert!(trial.guarantees.iter().all(|one| one.verdict == GuaranteeVerdict::Holds), "{trial:?}");
    let told: Vec<_> = room
        .host
        .told()
        .into_iter()
        .filter_map(|event| match event {
            DeskEvent::GuaranteeTried { portal: whose, tried } if whose == portal => Some(tried),
            _ => None,
        })
        .collect();
    assert_eq!(told, trial.guarantees);
    let hits =
        khosra_desk::wire::SearchQuery { text: "পরীক্ষামূলক".to_owned(), limit: 10 };
    assert!(call::search(&room.desk, hits).await.unwrap().is_empty(), "the desk keeps no test story");
}

#[tokio::test]
async fn a_trial_that_is_stopped_takes_its_story_away() {
    let room = Newsroom::open();
    let (site, portal) = signed_in(&room).await;
    let stop = async {
        loop {
            room.host.next_telling().await;
            let told = room.host.told();
            let publishes = |event: &DeskEvent| {
                matches!(event,
                DeskEvent::GuaranteeTried { tried, .. } if tried.guarantee == Guarantee::Publishes)
            };
            if told.iter().any(publishes) {
                call::stop_trial(&room.desk, Nothing {}).await.unwrap();
                std::future::pending::<()>().await;
            }
        }
    };
    let trial = tokio::select! {
        trial = call::try_portal(&room.desk, TryPortal { portal, publishing: true }) => trial.unwrap(),
        () = stop => unreachable!("it waits for ever"),
    };
    assert_eq!(trial.guarantees.last().unwrap().untold, Some(Untold::Stopped));
    assert_eq!(trial.left_over, None);
    let feed = testkit::fetch(&format!("{}/feed.xml", site.url())).await;
    assert!(!String::from_utf8(feed).unwrap().contains("Test story"));
}

#[tokio::test]
async fn an_account_that_is_not_there_is_not_tried() {
    let room = Newsroom::open();
    let nobody = PortalId(uuid::Uuid::nil());
    let error =
        call::try_portal(&room.desk, TryPortal { portal: nobody, publishing: false }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
}
