//! Accounts, and the portal inside the application.

use khosra_desk::{
    commands::call,
    wire::{AddPortal, ErrorCode, ListQuery, Nothing, OfPortal, OfStory, PortalKind, PublishStory},
};
use story::{DeskList, Role};
use testkit::{Newsroom, portal};

fn add(url: &str, user: &str, password: &str) -> AddPortal {
    let [name, url, user, password] = ["পোর্টাল", url, user, password].map(str::to_owned);
    AddPortal { name, kind: PortalKind::Native, url, user, password }
}

#[tokio::test]
async fn an_address_that_is_none_is_said_to_be_so() {
    let room = Newsroom::open();
    for url in ["", "http://paper.example", "file:///etc/passwd", "https://a:b@paper.example", "কিছু একটা"]
    {
        let error = call::add_portal(&room.desk, add(url, "u", "p")).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::BadUrl, "{url}");
    }
}

#[tokio::test]
async fn a_wrong_password_adds_nothing_and_is_not_in_the_error() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let error = call::add_portal(&room.desk, add(&site.url(), "mahbub", "ভুল-পাসওয়ার্ড")).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::SignInRefused);
    assert!(!format!("{error:?}").contains("ভুল"), "{error:?}");
    assert!(call::list_portals(&room.desk, Nothing {}).await.unwrap().portals.is_empty());
}

#[tokio::test]
async fn without_a_keychain_no_account_is_kept() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.host.set_keychain(false);
    let account = testkit::account(&site, Role::Editor);
    let error =
        call::add_portal(&room.desk, add(&site.url(), &account.user, &account.password)).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NoKeychain);
    assert!(call::list_portals(&room.desk, Nothing {}).await.unwrap().portals.is_empty());
}

#[tokio::test]
async fn the_same_account_again_is_the_same_account() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    room.sign_in(&site).await;
    let portals = call::list_portals(&room.desk, Nothing {}).await.unwrap().portals;
    assert_eq!(portals.len(), 1);
    let check = call::check_portal(&room.desk, OfPortal { portal: portals[0].portal }).await.unwrap();
    assert_eq!(check.role, Role::Editor);
    assert!(!check.sections.is_empty());
    let start = call::remove_portal(&room.desk, OfPortal { portal: portals[0].portal }).await.unwrap();
    assert!(start.portals.is_empty() && !start.first_start);
}

#[tokio::test]
async fn a_correspondent_may_not_publish_and_the_refusal_is_logged() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let account = testkit::account(&site, Role::Correspondent);
    call::add_portal(&room.desk, add(&site.url(), &account.user, &account.password)).await.unwrap();
    let view = room.write(testkit::content("অনুমতি")).await;
    let order = PublishStory::soon(view.story, view.counter);
    assert_eq!(call::publish(&room.desk, order).await.unwrap_err().code, ErrorCode::RefusedRole);
    let log = call::story_log(&room.desk, OfStory { story: view.story }).await.unwrap();
    assert_eq!(log.last().unwrap().refused.as_deref(), Some("role"));
}

#[tokio::test]
async fn the_built_in_portal_fills_an_empty_desk_publishes_and_is_found_after_a_restart() {
    let room = Newsroom::open();
    let start = call::use_built_in_portal(&room.desk, Nothing {}).await.unwrap();
    assert_eq!((start.portals.len(), start.role), (1, Role::Editor));
    let query = ListQuery { list: DeskList::Drafts, section: None, limit: 10, after: None };
    let drafts = call::list_stories(&room.desk, query.clone()).await.unwrap().rows;
    assert_eq!(drafts.len(), 3);
    assert!(drafts.iter().any(|row| row.photos == 2));
    for row in &drafts {
        let known = start.sections.iter().any(|section| section.slug == row.section);
        assert!(known, "the sample {} stands in a section of the portal", row.headline);
        let view = room.view(row.story).await;
        let blocks = view.findings.iter().filter(|finding| finding.severity == story::Severity::Block);
        assert_eq!(blocks.count(), 0, "{:?}", view.findings);
    }
    let of = OfStory { story: drafts[0].story };
    room.publish(&room.view(of.story).await).await;
    let worker = room.desk.start_worker();
    room.desk.wait_for_outbox(Some(of.story), std::time::Duration::from_secs(60)).await.unwrap();
    worker.stop().await;
    let before = room.view(of.story).await.public_url.unwrap();
    room.host.stop_built_in().await;
    let room = room.reopen().await;
    call::open_public_page(&room.desk, of).await.unwrap();
    let opened = room.host.opened().remove(0);
    assert_ne!(opened, before, "the port is another one");
    let html = String::from_utf8(testkit::fetch(&opened).await).unwrap();
    assert!(
        html.contains(&of.story.to_string()) || html.contains(&room.view(of.story).await.content.headline)
    );
    call::use_built_in_portal(&room.desk, Nothing {}).await.unwrap();
    let again = call::list_stories(&room.desk, query).await.unwrap();
    assert_eq!(again.counts.drafts + again.counts.published, 3, "samples come once");
}
