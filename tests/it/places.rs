//! Where readers meet a story, as a newsroom's script asks for it.

use crate::cli::{Place, arg, story_file};

const OLD: &str = "কাঁঠালতলা ঘাটে নৌকাডুবি, নিখোঁজ ১২";
const NEW: &str = "কাঁঠালতলা ঘাটে নৌকাডুবি, নিখোঁজ ১০";

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_story_is_told_as_it_is_now_at_every_place_and_a_withdrawn_one_is_nowhere() {
    let place = Place::new();
    let site = place.portal().await;
    let id = place.story(OLD);
    place.sign_in(&site);
    let nowhere = place.run(&["story", "places", &id, "--lang", "en"]);
    assert_eq!(nowhere.code, Some(4), "{}", nowhere.err);
    place.run(&["publish", &id, "--wait", "60"]).done();
    let file = place.file("corrected.md", story_file(NEW));
    place.run(&["story", "import", arg(&file), "--id", &id]).done();
    place.run(&["publish", &id, "--change", "typo", "--wait", "60"]).done();

    let seen = place.run(&["story", "places", &id, "--json"]);
    assert!(seen.err.contains("পুরোনো লেখা আর কোথাও দেখা যাচ্ছে না।"), "{}", seen.err);
    let view = seen.json();
    let places = view["places"].as_array().unwrap();
    let states: Vec<_> = places
        .iter()
        .map(|place| (place["kind"].as_str().unwrap(), place["state"].as_str().unwrap()))
        .collect();
    let expected = [
        ("page", "new"),
        ("card", "new"),
        ("front", "new"),
        ("section", "new"),
        ("feed", "new"),
        ("sitemap", "listed"),
    ];
    assert_eq!(states, expected);

    place.run(&["withdraw", &id, "--reason", "তথ্য যাচাই হয়নি"]).done();
    let gone = place.run(&["story", "places", &id, "--lang", "en"]);
    assert_eq!(gone.code, Some(0), "{}", gone.err);
    assert!(gone.err.contains("The story does not show anywhere any more."), "{}", gone.err);
    assert!(gone.out.contains("front  absent"), "{}", gone.out);

    site.stop().await;
    let offline = place.run(&["story", "places", &id, "--lang", "en"]);
    assert_eq!(offline.code, Some(4), "{}", offline.err);
}
