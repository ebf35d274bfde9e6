//! Where readers of a WordPress meet a story.

use khosra_portal::{Act, Place, Portal, TakingDown, Whereabouts, take_down};
use story::{PlaceKind, PlaceState, Wording, Wordings};

use super::{site::site, stories::Intent};

const OLD: &str = "হাওরে ‘আগাম’ বন্যা, ডুবেছে ৩০ গ্রাম";
const NEW: &str = "হাওরে ‘আগাম’ বন্যা, ডুবেছে ১৩ গ্রাম";

fn told(headline: &str) -> Wording {
    Wording { headline: headline.to_owned(), ..Wording::default() }
}

async fn seen(portal: &dyn Portal, url: &str, wordings: &Wordings) -> Vec<Place> {
    let asked = Whereabouts { url: Some(url), section: "politics", section_names: &[], wordings };
    portal.places(&asked).await.unwrap()
}

#[track_caller]
fn state(places: &[Place], kind: PlaceKind) -> PlaceState {
    places.iter().find(|place| place.kind == kind).unwrap_or_else(|| panic!("{kind:?} in {places:?}")).state
}

#[tokio::test]
async fn front_page_archive_feed_and_sitemap_are_found_with_pretty_addresses_and_without() {
    let site = site!();
    for url in [&site.url, &site.url_with_plain_links] {
        let portal = site.portal_at(url, "editor").await;
        let first = Intent::publish(OLD);
        let receipt = first.deliver(&*portal, false).await.unwrap();
        let second = first.then(Act::Correct, |payload| payload.headline = NEW.into());
        second.deliver(&*portal, false).await.unwrap();
        let wordings = Wordings { now: Some(told(NEW)), former: vec![told(OLD)], notice: String::new() };
        let places = seen(&*portal, &receipt.public_url, &wordings).await;
        for kind in [PlaceKind::Page, PlaceKind::Front, PlaceKind::Section, PlaceKind::Feed] {
            assert_eq!(state(&places, kind), PlaceState::New, "{kind:?} in {places:?}");
        }
        assert!(places.iter().all(|place| !place.url.contains("comments")), "{places:?}");
        // This site asks search engines to stay away, and so has no sitemap.
        assert!(places.iter().all(|place| place.kind != PlaceKind::Sitemap), "{places:?}");
    }
}

#[tokio::test]
async fn a_withdrawn_story_is_nowhere() {
    let site = site!();
    let portal = site.portal("editor").await;
    let intent = Intent::publish("হাওরের বাঁধ নিয়ে শুনানি পেছাল");
    let receipt = intent.deliver(&*portal, false).await.unwrap();
    let wordings = Wordings { former: vec![told(&intent.payload.headline)], ..Wordings::default() };
    let before = seen(&*portal, &receipt.public_url, &wordings).await;
    assert_eq!(state(&before, PlaceKind::Front), PlaceState::Old, "{before:?}");
    let down = TakingDown {
        key: intent.then(Act::Withdraw, |_| {}).key,
        story: intent.story(),
        act: Act::Withdraw,
        headline: &intent.payload.headline,
        note: "তথ্য যাচাই হয়নি",
        consent: None,
        maybe_coming: false,
    };
    take_down(&*portal, &down).await.unwrap();
    let after = seen(&*portal, &receipt.public_url, &wordings).await;
    assert!(after.iter().all(|place| place.state == PlaceState::Absent), "{after:?}");
}
