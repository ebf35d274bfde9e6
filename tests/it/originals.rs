//! Originals of photos from the command line: on which lines they go, and what waits.

use serde_json::Value;
use story::Sha256Hex;
use testkit::{CANARY, fetch_as, jpeg_with_place};

use crate::cli::{Place, Ran, ran};

const HEADLINE: &str = "মূল ছবিসহ ঘাটের খবর";

/// Where nobody says what the line costs, whatever this machine is connected by.
fn run(place: &Place, arguments: &[&str]) -> Ran {
    let mut command = place.command(arguments);
    command.env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    ran(command.output().unwrap())
}

/// Status and bytes of the original of the story's photo, as the portal gives it to its editor.
async fn fetched(place: &Place, site: &str, story: &str) -> (u16, Vec<u8>) {
    let secrets = std::fs::read_to_string(place.store().join("secrets.json")).unwrap();
    let token = secrets.split('"').nth(3).unwrap();
    let (_, story) = fetch_as(&format!("{site}/api/v1/stories/{story}"), Some(token)).await;
    let story: Value = serde_json::from_slice(&story).unwrap();
    let photo: Sha256Hex = serde_json::from_value(story["payload"]["photos"][0]["sha256"].clone()).unwrap();
    fetch_as(&format!("{site}/api/v1/photos/{photo}/original"), Some(token)).await
}

/// The originals that the outbox tells of.
fn originals(place: &Place) -> Vec<Value> {
    run(place, &["outbox", "--json"]).json()["originals"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_original_waits_where_the_lines_price_is_not_known_says_so_and_goes_when_it_is_sent() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    run(&place, &["publish", &id, "--wait", "60"]).done();
    for (language, sentence) in [
        ("en", "This machine cannot tell whether the line is paid for by the byte; the original waits."),
        ("bn", "এই সংযোগে বাইটের দাম দিতে হয় কি না, যন্ত্রটি জানে না; মূল ফাইলটি অপেক্ষা করছে।"),
    ] {
        let told = run(&place, &["outbox", "run", "--wait", "20", "--lang", language]);
        assert!(told.err.contains(HEADLINE) && told.err.contains(sentence), "{}", told.err);
        assert!(told.done().contains("original queued (price_unknown)"), "the story itself is settled");
    }
    let held = originals(&place);
    assert_eq!((held.len(), &held[0]["state"], &held[0]["attempts"]), (1, &"queued".into(), &0.into()));
    assert_eq!(fetched(&place, &site.url(), &id).await.0, 404);

    run(&place, &["outbox", "send", held[0]["intent"].as_str().unwrap()]).done();
    run(&place, &["outbox", "run", "--wait", "20"]).done();
    assert_eq!(originals(&place)[0]["state"], "confirmed");
    let (status, bytes) = fetched(&place, &site.url(), &id).await;
    assert_eq!(status, 200);
    let holds = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
    assert!(holds(&jpeg_with_place()) && !holds(&bytes), "the place stays on this machine");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_choice_of_lines_is_kept_told_in_both_languages_and_followed() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    for (choice, english, bengali) in [
        ("never", "Originals of photos go to no portal.", "ছবির মূল ফাইল কোনো পোর্টালে যায় না।"),
        ("always", "Originals of photos go on every line.", "ছবির মূল ফাইল সব সংযোগেই যায়।"),
    ] {
        let told = run(&place, &["outbox", "budget", "--originals", choice, "--lang", "en"]);
        assert!(told.err.contains(english), "{}", told.err);
        let kept = run(&place, &["outbox", "budget"]);
        assert!(kept.err.contains(bengali), "{}", kept.err);
        let id = place.story(HEADLINE);
        run(&place, &["publish", &id, "--wait", "60"]).done();
        run(&place, &["outbox", "run", "--wait", "20"]).done();
        let due = if choice == "always" { (1, 200) } else { (0, 404) };
        assert_eq!((originals(&place).len(), fetched(&place, &site.url(), &id).await.0), due, "{choice}");
    }
    let refused = run(&place, &["outbox", "budget", "--originals", "sometimes"]).stopped(2);
    assert!(refused.contains("never") && refused.contains("always"), "it names what there is: {refused}");
}
