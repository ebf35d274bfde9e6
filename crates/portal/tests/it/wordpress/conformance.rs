//! The conformance run against a portal that nobody here wrote.

use khosra_portal::{ListName, RemoteState};
use story::{Guarantee, Untold};

use super::site::site;
use crate::conformance::{all_but, run};

#[tokio::test]
async fn every_promise_is_kept_but_one_that_nobody_can_try() {
    let site = site!();
    for (url, user, publishing) in [
        (&site.url, "editor", true),
        (&site.url, "editor", false),
        (&site.url_with_companion, "author", true),
        (&site.url_with_plain_links, "author", true),
    ] {
        let portal = site.portal_at(url, user).await;
        let report = run(&*portal, publishing).await;
        let left_out = Guarantee::ALL.into_iter().filter(|guarantee| guarantee.is_public() && !publishing);
        let left_out = left_out.map(|guarantee| (guarantee, Untold::LeftOut));
        // The adapter itself counts the bytes and names the photo: there is no other digest to send.
        // Nor does it know the key of a command.
        // It has no place for originals.
        let never = [Guarantee::ChecksPhotos, Guarantee::KeepsOriginals, Guarantee::StaysDown];
        let never = never.map(|guarantee| (guarantee, Untold::NotOffered));
        let exceptions = never.into_iter().chain(left_out);
        all_but(&report, &exceptions.collect::<Vec<_>>());
        assert_eq!(report.left_over, None, "{url} {user}");
        assert_eq!(portal.look_up(report.story).await.unwrap().unwrap().state, RemoteState::Killed);
        let posts = site.posts(report.story).await;
        assert!(posts.len() == 1 && posts[0]["status"] == "trash", "{posts:?}");
        let latest = portal.list(ListName::Latest).await.unwrap();
        assert!(latest.iter().all(|item| !item.headline.contains("Test story")), "{latest:?}");
    }
}

#[tokio::test]
async fn a_contributors_test_goes_to_the_trash_and_what_it_may_not_is_not_told() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let portal = site.portal_at(url, "contributor").await;
        let report = run(&*portal, true).await;
        let not_allowed = [
            Guarantee::KeepsPhotos,
            Guarantee::TakesAPhotoOnce,
            Guarantee::ChecksPhotos,
            Guarantee::KeepsOriginals,
            Guarantee::Returns,
            Guarantee::Schedules,
            Guarantee::Unschedules,
            Guarantee::Publishes,
            Guarantee::RepeatsNothing,
            Guarantee::Corrects,
            Guarantee::Withdraws,
            Guarantee::StaysDown,
            Guarantee::Kills,
        ];
        all_but(&report, &not_allowed.map(|guarantee| (guarantee, Untold::NotAllowed)));
        assert_eq!((report.left_over, report.photo), (None, None));
        assert_eq!(site.posts(report.story).await[0]["status"], "trash");
    }
}
