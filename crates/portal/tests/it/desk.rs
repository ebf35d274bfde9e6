//! A portal's desk over the native contract: the queue by cursor, leases, photos that come back.

use khosra_portal::{
    Act, Address, Credentials, DeskItem, DeskPage, Holder, Kind, Portal, Secret, StoryToSend, Taken, Taking,
    Unless, connect, sign_in,
};
use newsite::Running;
use serde_json::json;
use story::{Cause, DeskState, IntentId, Payload, Role, Sha256Hex, StoryId};
use testkit::Proxy;

use crate::{
    conformance::fresh_id,
    server::{Answer, Server},
    shelf::{bytes, payload, story_id},
};

async fn site(folder: &std::path::Path) -> Running {
    testkit::portal(folder, 0, &[]).await
}

async fn of(site: &Running, role: Role) -> Box<dyn Portal> {
    at(&site.url(), testkit::account(site, role)).await
}

async fn at(url: &str, account: &newsite::Account) -> Box<dyn Portal> {
    let address = Address::parse(Kind::Native, url).unwrap();
    let password = Secret::new(account.password.clone());
    let credentials = Credentials { user: &account.user, password: &password, device: "test" };
    let session = sign_in(&address, &credentials).await.unwrap();
    connect(&address, session.token).unwrap()
}

/// A story that is filed; the digest of its working copy.
async fn filed(author: &dyn Portal) -> Sha256Hex {
    let sent = bytes(&payload("বাঁধ ভেঙে পানি ঢুকছে"));
    let story = StoryToSend { story: story_id(), bytes: &sent, unless: &Unless::Exists };
    author.send_story(&story).await.unwrap();
    let hash = Sha256Hex::of(&sent);
    hand(author, story_id(), Act::File, &hash).await;
    hash
}

async fn hand(person: &dyn Portal, story: StoryId, act: Act, hash: &Sha256Hex) {
    let transition = khosra_portal::Transition {
        consent: None,
        story,
        key: IntentId(fresh_id()),
        act,
        hash: hash.clone(),
        at: None,
        etag: None,
        anew: false,
        note: String::new(),
        change: None,
    };
    person.transition(&transition).await.unwrap();
}

fn taking<'a>(hash: &'a Sha256Hex, device: &'a str, takeover: bool) -> Taking<'a> {
    Taking { story: story_id(), key: IntentId(fresh_id()), hash, device, takeover }
}

#[tokio::test]
async fn the_desk_is_followed_by_cursor_and_a_story_is_taken_held_taken_over_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let (author, sub) = (of(&site, Role::Correspondent).await, of(&site, Role::SubEditor).await);
    let editor = of(&site, Role::Editor).await;
    assert!(editor.about().await.unwrap().capabilities.desk);
    let hash = filed(author.as_ref()).await;
    let page = editor.desk_changes(None).await.unwrap();
    assert!(page.anew && !page.more);
    let item = &page.items[0];
    assert_eq!((item.id, item.matches, item.desk), (story_id(), true, DeskState::Filed));
    assert_eq!(item.author_name, testkit::account(&site, Role::Correspondent).name);
    let Taken::Ours(lease) = sub.take(&taking(&hash, "desk-2", false)).await.unwrap() else {
        panic!("nobody else has it");
    };
    let Taken::Held(Holder { name, device, .. }) =
        editor.take(&taking(&hash, "desk-1", false)).await.unwrap()
    else {
        panic!("it is in other hands");
    };
    assert_eq!((name.as_str(), device.as_str()), (&*testkit::account(&site, Role::SubEditor).name, "desk-2"));
    let next = editor.desk_changes(Some(&page.next)).await.unwrap();
    assert!(!next.anew);
    assert_eq!((next.items[0].desk, next.items[0].lease.is_some()), (DeskState::InEdit, true));
    let renewed = sub.renew(story_id(), &lease, "desk-2").await.unwrap().unwrap();
    assert_eq!(renewed.token, lease.token);
    let Taken::Ours(over) = editor.take(&taking(&hash, "desk-1", true)).await.unwrap() else {
        panic!("it is taken over");
    };
    assert_eq!(over.taken_from.unwrap().device, "desk-2");
    assert_eq!(sub.renew(story_id(), &renewed, "desk-2").await.unwrap(), None);
    // What is somebody else's is given back without a word.
    sub.give_back(story_id(), &renewed).await.unwrap();
}

#[tokio::test]
async fn another_version_than_the_one_named_is_not_taken_and_nobodys_hands_are_full() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let (author, sub) = (of(&site, Role::Correspondent).await, of(&site, Role::SubEditor).await);
    let hash = filed(author.as_ref()).await;
    let other = Sha256Hex::of(b"another version");
    let failure = sub.take(&taking(&other, "desk-2", false)).await.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::Conflict, true));
    let editor = of(&site, Role::Editor).await;
    assert!(matches!(editor.take(&taking(&hash, "desk-1", false)).await.unwrap(), Taken::Ours(_)));
}

#[tokio::test]
async fn a_cursor_that_the_portal_never_gave_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let editor = of(&site, Role::Editor).await;
    let page = editor.desk_changes(Some("c999999")).await.unwrap();
    assert!(page.anew && page.items.is_empty());
    let refused = editor.desk_changes(Some("nonsense")).await.unwrap_err();
    assert_eq!(refused.cause, Cause::Invalid);
}

#[tokio::test]
async fn a_photo_comes_back_as_it_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let editor = of(&site, Role::Editor).await;
    let photo = testkit::jpeg();
    let sha256 = Sha256Hex::of(&photo);
    assert_eq!(editor.fetch_photo(&sha256).await.unwrap_err().cause, Cause::NotFound);
    let sent = khosra_portal::PhotoToSend { sha256: &sha256, media_type: "image/jpeg", bytes: &photo };
    editor.send_photo(&sent, &|_| {}).await.unwrap();
    assert!(editor.fetch_photo(&sha256).await.unwrap() == photo);
}

#[tokio::test]
async fn other_bytes_than_the_photos_are_refused_and_so_is_a_log_in_page() {
    let sha256 = Sha256Hex::of(b"a photo");
    let other = Server::always(Answer::new(200, "image/jpeg", "other bytes")).await;
    assert_eq!(other.portal().fetch_photo(&sha256).await.unwrap_err().cause, Cause::WrongEcho);
    let page = Server::always(Answer::new(200, "text/html", "<!DOCTYPE html><title>Wi-Fi</title>")).await;
    assert_eq!(page.portal().fetch_photo(&sha256).await.unwrap_err().cause, Cause::LoginPage);
}

#[tokio::test]
async fn a_conflict_that_is_not_about_a_lease_is_a_failure() {
    let server = Server::always(Answer::problem(409, "out-of-turn")).await;
    let hash = Sha256Hex::of(b"x");
    let failure = server.portal().take(&taking(&hash, "desk-1", false)).await.unwrap_err();
    assert_eq!(failure.cause, Cause::Conflict);
    let foreign = Server::always(Answer::json(409, json!({ "error": "conflict" }))).await;
    assert_eq!(foreign.portal().desk_changes(Some("c1")).await.unwrap_err().cause, Cause::Conflict);
}

/// Every page until there is no more.
async fn all_pages(portal: &dyn Portal, since: Option<&str>) -> Vec<DeskPage> {
    let mut pages = vec![portal.desk_changes(since).await.unwrap()];
    while let Some(page) = pages.last().filter(|page| page.more) {
        let next = portal.desk_changes(Some(&page.next)).await.unwrap();
        pages.push(next);
    }
    pages
}

#[tokio::test]
async fn a_full_desk_is_told_a_hundred_at_a_time_and_each_story_once() {
    const WAITING: u128 = 250;
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path()).await;
    let author = of(&site, Role::Correspondent).await;
    let numbered = |number: u128| StoryId(uuid::Uuid::from_u128(story_id().0.as_u128() + number));
    let mut hashes = Vec::new();
    for number in 0..WAITING {
        let story = numbered(number);
        let headline = format!("বাঁধ ভেঙে পানি ঢুকছে, গ্রাম {number}");
        let sent = bytes(&Payload { story, ..payload(&headline) });
        let story = StoryToSend { story, bytes: &sent, unless: &Unless::Exists };
        author.send_story(&story).await.unwrap();
        hashes.push((numbered(number), Sha256Hex::of(&sent)));
        hand(&*author, numbered(number), Act::File, &hashes.last().unwrap().1).await;
    }
    let line = Proxy::to(&site.url()).await;
    let editor = at(&line.url(), testkit::account(&site, Role::Editor)).await;
    line.seen();
    let pages = all_pages(&*editor, None).await;
    assert_eq!(line.seen().len(), 3);
    let told: Vec<StoryId> = pages.iter().flat_map(|page| &page.items).map(|item| item.id).collect();
    assert_eq!(told.len(), hashes.len(), "none twice");
    assert!(hashes.iter().all(|(story, _)| told.contains(story)));

    for (story, hash) in hashes.iter().step_by(2).take(100) {
        hand(&*author, *story, Act::Recall, hash).await;
    }
    let pages = all_pages(&*editor, Some(&pages.last().unwrap().next)).await;
    assert!(
        line.seen().len() <= 2,
        "a hundred changes in at most two requests, the last of which finds nothing"
    );
    let changed: Vec<&DeskItem> = pages.iter().flat_map(|page| &page.items).collect();
    assert_eq!(changed.len(), 100, "only what changed");
    assert!(changed.iter().all(|item| !item.matches), "and that it is the desk's no more");
}
