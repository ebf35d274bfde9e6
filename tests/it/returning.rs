//! Filed, recalled, returned from the command line.

use crate::cli::Place;

const HEADLINE: &str = "চার বছর পর চালু কাঁঠালতলা ঘাট";
const REASON: &str = "দ্বিতীয় অনুচ্ছেদের সূত্র কী?";

fn desk_state(place: &Place, id: &str) -> String {
    let shown = place.run(&["story", "show", id, "--json"]).json();
    shown["axes"]["desk"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filed_story_is_recalled_filed_again_and_returned_with_a_reason() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    let early = place.run(&["recall", &id, "--lang", "en"]).stopped(4);
    assert_eq!(early.trim(), "The desk does not have the story.");
    place.run(&["file", &id]).done();
    assert_eq!(desk_state(&place, &id), "filed");
    place.run(&["recall", &id]).done();
    assert_eq!(desk_state(&place, &id), "draft");
    place.run(&["file", &id]).done();
    let reasonless = place.run(&["return", &id, "--reason", " ", "--lang", "en"]).stopped(4);
    assert_eq!(reasonless.trim(), "A reason has to be given.");
    let returned = place.run(&["--json", "return", &id, "--reason", REASON]).json();
    assert_eq!((&returned["act"], &returned["state"]), (&"return".into(), &"confirmed".into()));
    assert_eq!(desk_state(&place, &id), "returned");
    let log = place.run(&["--json", "story", "log", &id]).json();
    let last = log.as_array().unwrap().last().unwrap();
    assert_eq!((&last["command"], &last["note"]), (&"return".into(), &REASON.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_in_a_paused_outbox_is_recalled_at_once() {
    let place = Place::new();
    let site = place.portal().await;
    place.sign_in(&site);
    let id = place.story(HEADLINE);
    place.run(&["outbox", "pause"]).done();
    assert_eq!(place.run(&["file", &id, "--wait", "0"]).code, Some(3));
    place.run(&["recall", &id]).done();
    assert_eq!(desk_state(&place, &id), "draft");
    let (status, _) =
        testkit::fetch_as(&format!("{}/api/v1/stories/{id}", site.url()), Some(site.app_token())).await;
    assert_eq!(status, 404);
}
