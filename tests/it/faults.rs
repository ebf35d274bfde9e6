//! Portals that fail, and a program that is killed: one article, and a sentence.

use std::time::Duration;

use testkit::portal;

use crate::cli::{Place, articles};

const HEADLINE: &str = "শেষ খেয়ার মাঝি";

#[tokio::test(flavor = "multi_thread")]
async fn with_the_portal_down_the_story_waits_and_outbox_run_goes_on() {
    let place = Place::new();
    let site = place.portal().await;
    let port = site.url().rsplit(':').next().unwrap().parse().unwrap();
    place.sign_in(&site);
    site.stop().await;
    let id = place.story(HEADLINE);
    let waiting = place.run(&["publish", &id, "--wait", "3", "--lang", "en"]).stopped(3);
    assert!(waiting.contains("safe"), "{waiting}");
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(shown["deliveries"][0]["state"], "queued");
    let intent = shown["deliveries"][0]["intent"].clone();
    assert_eq!(place.run(&["publish", &id]).code, Some(4), "an open delivery is not begun anew");
    let site = portal(&place.path("site"), port, &[]).await;
    place.run(&["outbox", "run", "--wait", "60"]).done();
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(
        (shown["deliveries"][0]["state"].as_str(), &shown["deliveries"][0]["intent"]),
        (Some("confirmed"), &intent)
    );
    assert_eq!(articles(&site, HEADLINE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_sql_error_with_status_200_is_told_plainly_and_the_story_is_safe() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    site.faults().replace(&["sql-error"]).unwrap();
    let ran = place.run(&["publish", &id, "--wait", "5", "--lang", "en"]);
    assert!(matches!(ran.code, Some(3 | 4)), "{:?}", ran.code);
    assert!(ran.err.contains("safe") && ran.err.contains("error of its own"), "{}", ran.err);
    assert!(ran.out.trim().is_empty(), "no address: {}", ran.out);
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(
        (shown["axes"]["public"].as_str(), shown["content"]["headline"].as_str()),
        (Some("never"), Some(HEADLINE))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_page_is_named_as_one() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    site.faults().replace(&["login-page"]).unwrap();
    let told = place.run(&["publish", &id, "--wait", "5", "--lang", "en"]).stopped(3);
    assert!(told.contains("sign in to this network"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lost_after_the_portal_acted_ends_in_one_article() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    site.faults().replace(&["drop-answer:2@transitions"]).unwrap();
    place.run(&["publish", &id, "--wait", "2"]);
    for _ in 0..10 {
        if place.run(&["outbox", "run", "--wait", "10"]).code == Some(0) {
            break;
        }
    }
    let shown = place.run(&["story", "show", &id, "--json"]).json();
    assert_eq!(shown["deliveries"].as_array().unwrap().len(), 1);
    assert_eq!(shown["axes"]["public"], "live");
    assert_eq!(articles(&site, HEADLINE).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_of_publishing_the_outbox_goes_on_to_one_article() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    for (number, wait) in [150_u64, 300, 500, 900, 1400].into_iter().enumerate() {
        let headline = format!("{HEADLINE} {number}");
        let id = place.story(&headline);
        site.faults().replace(&["latency=120"]).unwrap();
        let mut child = place.spawn(&["publish", &id, "--wait", "60"]);
        tokio::time::sleep(Duration::from_millis(wait)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        site.faults().replace::<&str>(&[]).unwrap();
        let shown = place.run(&["story", "show", &id, "--json"]).json();
        if shown["deliveries"].as_array().unwrap().is_empty() {
            // Killed before the command was given: nothing was begun, so it may be given now.
            assert_eq!(articles(&site, &headline).await, 0);
            place.run(&["publish", &id, "--wait", "60"]).done();
        } else {
            place.run(&["outbox", "run", "--wait", "60"]).done();
        }
        let shown = place.run(&["story", "show", &id, "--json"]).json();
        assert_eq!(shown["deliveries"].as_array().unwrap().len(), 1, "after {wait} ms");
        assert_eq!(articles(&site, &headline).await, 1, "after {wait} ms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_drops_the_credit_is_found_out() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    site.faults().replace(&["drop-credit"]).unwrap();
    let told = place.run(&["publish", &id, "--wait", "30", "--lang", "en"]).stopped(4);
    assert!(told.contains("differs"), "{told}");
    let outbox = place.run(&["outbox", "--json"]).json();
    assert!(outbox["intents"][0]["detail"].as_str().unwrap().contains("credit"), "{outbox}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_keeps_otherwise_is_named_and_may_be_accepted_in_both_languages() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    site.faults().replace(&["drop-credit"]).unwrap();
    place.run(&["publish", &id, "--wait", "30"]).stopped(4);
    let outbox = place.run(&["outbox", "--json"]).json();
    let intent = outbox["intents"][0]["intent"].as_str().unwrap();
    for (language, sentence) in [("en", "If it may stay so: "), ("bn", "এভাবেই থাকলে চললে: ")]
    {
        let told = place.run(&["outbox", "--lang", language]).err;
        assert!(told.contains(&format!("{sentence}outbox accept {intent}")), "{told}");
    }
    let public = || place.run(&["story", "show", &id, "--json"]).json()["axes"]["public"].clone();
    assert_eq!(public(), "never", "nobody has said yet that it may stay so");
    place.run(&["outbox", "accept", intent]).done();
    assert_eq!((public(), articles(&site, HEADLINE).await), ("live".into(), 1));
    let told = place.run(&["outbox", "--lang", "en"]).err;
    assert!(!told.contains("outbox accept"), "nothing is left to be decided: {told}");
    for (language, sentence) in [("en", "has moved on"), ("bn", "লেখাটি বদলে গেছে")]
    {
        let told = place.run(&["outbox", "accept", intent, "--lang", language]).stopped(4);
        assert!(told.contains(sentence), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_says_no_is_exit_four() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    site.faults().replace(&["status=422@stories"]).unwrap();
    place.run(&["publish", &id, "--wait", "30"]).stopped(4);
}
