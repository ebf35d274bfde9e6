//! Signing in, and what each account finds.

use khosra_portal::{ConnectError, Credentials, ListName, Secret, sign_in};
use story::{Cause, Role};

use super::site::{address, site};

#[tokio::test]
async fn a_wrong_password_an_unknown_user_and_a_reader_are_not_let_in() {
    let site = site!();
    let real = site.password("reader");
    for (user, password, due) in [
        ("editor", Secret::new("abcd abcd abcd abcd abcd abcd"), Cause::SignedOut),
        ("nobody", Secret::new("abcd abcd abcd abcd abcd abcd"), Cause::SignedOut),
        ("reader", real, Cause::Forbidden),
    ] {
        let credentials = Credentials { user, password: &password, device: "desk-pc" };
        let refused = sign_in(&address(&site.url), &credentials).await.unwrap_err();
        let ConnectError::Failed(failure) = refused else { panic!("{refused:?}") };
        assert_eq!((failure.cause, failure.nothing_done), (due, true), "{user}: {failure}");
    }
}

#[tokio::test]
async fn rights_decide_what_an_account_is() {
    let site = site!();
    for (user, role, one_person, text_only, own_only) in [
        ("admin", Role::Editor, true, false, false),
        ("editor", Role::Editor, true, false, false),
        ("author", Role::Editor, true, false, true),
        ("contributor", Role::Correspondent, false, true, true),
    ] {
        let portal = site.portal(user).await;
        let (me, about) = (portal.me().await.unwrap(), portal.about().await.unwrap());
        assert_eq!((me.user.as_str(), me.role, me.one_person), (user, role, one_person));
        assert_eq!(about.capabilities.text_only, text_only, "{user}");
        assert_eq!(about.capabilities.schedules, !text_only, "{user}");
        assert_eq!(about.capabilities.own_stories_only, own_only, "{user}");
    }
}

#[tokio::test]
async fn the_site_says_what_it_is_on_each_of_its_addresses() {
    let site = site!();
    for (url, companion) in
        [(&site.url, false), (&site.url_with_companion, true), (&site.url_with_plain_links, false)]
    {
        let portal = site.portal_at(url, "author").await;
        let about = portal.about().await.unwrap();
        assert_eq!((about.name.as_str(), &about.version), ("পদ্মাপাড়ের খবর", &site.version), "{url}");
        assert_eq!(about.capabilities.idempotent_create, companion, "{url}");
        assert_eq!(about.capabilities.refuses_overwriting, companion, "{url}");
    }
}

#[tokio::test]
async fn sections_form_a_tree_and_their_names_are_plain_letters() {
    let site = site!();
    for url in [&site.url, &site.url_with_plain_links] {
        let sections = site.portal_at(url, "contributor").await.sections().await.unwrap();
        let find = |slug: &str| sections.iter().find(|section| section.slug == slug).unwrap();
        assert_eq!(find("election").parent.as_deref(), Some("politics"));
        assert_eq!(find("politics").parent.as_deref(), Some("national"));
        assert_eq!(find("business").name_bn, "অর্থ ও বাণিজ্য");
    }
}

#[tokio::test]
async fn readers_lists_are_there_and_the_most_read_is_empty() {
    let site = site!();
    let portal = site.portal("editor").await;
    assert!(!portal.list(ListName::Latest).await.unwrap().is_empty());
    assert!(portal.list(ListName::Popular).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_wordpress_is_not_taken_for_one() {
    let hotel = crate::server::Answer::new(200, "text/html", "<!doctype html><title>Wi-Fi</title>");
    for (answer, due) in [
        (hotel, Cause::LoginPage),
        (crate::server::Answer::new(404, "text/html", "<h1>404</h1>"), Cause::NotTheContract),
        (
            crate::server::Answer::json(200, serde_json::json!({"namespaces": ["x/v1"]})),
            Cause::NotTheContract,
        ),
    ] {
        let server = crate::server::Server::always(answer).await;
        let password = Secret::new("abcd");
        let credentials = Credentials { user: "desk", password: &password, device: "desk-pc" };
        let refused = sign_in(&address(&server.url), &credentials).await.unwrap_err();
        assert!(matches!(&refused, ConnectError::Failed(failure) if failure.cause == due), "{refused:?}");
    }
}

#[tokio::test]
async fn no_part_of_the_password_shows_in_a_detail() {
    let server = crate::server::Server::start(|request| {
        let echo = request.header("authorization").unwrap_or_default().to_owned();
        crate::server::Answer::new(500, "text/plain", format!("{echo} desk:sesame sesame")).into()
    })
    .await;
    let credentials = Credentials { user: "desk", password: &Secret::new("sesame"), device: "desk-pc" };
    let refused = format!("{:?}", sign_in(&address(&server.url), &credentials).await.unwrap_err());
    // Base64 of "desk:sesame".
    assert!(!refused.contains("sesame") && !refused.contains("ZGVzazpzZXNhbWU"), "{refused}");
    assert!(refused.contains("•••"), "{refused}");
}
