//! A story on its way to readers.

use chrono::{TimeDelta, Utc};
use khosra_portal::{Act, RemoteState, Unless, outcome};
use serde_json::{Value, json};
use story::{Cause, Outcome};

use super::{
    site::site,
    stories::{Intent, photo, send_photo},
};
use crate::server::Reply;

#[tokio::test]
async fn a_story_with_two_photos_is_published_read_back_and_corrected() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion, &site.url_with_plain_links] {
        let portal = site.portal_at(url, "author").await;
        let ((lead, of_lead), (other, of_other)) = (photo("ঘাটে নৌকা", true), photo("চরের মানুষ", false));
        for (bytes, photo) in [(&lead, &of_lead), (&other, &of_other)] {
            assert!(!portal.has_photo(&photo.sha256).await.unwrap());
            send_photo(&*portal, bytes, photo).await.unwrap();
            assert!(portal.has_photo(&photo.sha256).await.unwrap());
        }
        let mut payload = Intent::publish("পদ্মার পানি \"বিপৎসীমার\" ওপরে & বাড়ছে").payload;
        payload.body += &format!("\n\n![](photo:{})", of_other.sha256);
        payload.photos = vec![of_lead, of_other];
        let first = Intent::of(payload);
        let receipt = first.deliver(&*portal, false).await.unwrap();
        let page = portal.public_page(&receipt.public_url).await.unwrap();
        assert!(page.contains("wp-block-heading") && page.contains("চরের মানুষ ছবি: রফিকুল ইসলাম"), "{page}");
        assert!(page.contains("wp-post-image"), "the lead photo stands on the page");
        assert!(first.deliver(&*portal, true).await.unwrap().was_there);

        let second = first.then(Act::Correct, |payload| payload.headline = "পদ্মার পানি কমছে".into());
        let corrected = second.deliver(&*portal, false).await.unwrap();
        assert_eq!(corrected.public_url, receipt.public_url);
        assert!(portal.public_page(&receipt.public_url).await.unwrap().contains("পদ্মার পানি কমছে"));
        let posts = site.posts(first.story()).await;
        assert_eq!(posts.len(), 1);
        assert!(posts[0]["slug"].as_str().unwrap().starts_with("padma-rises"));
        assert_eq!(posts[0]["categories"], json!([site.sections["politics"]]));
        assert_eq!(posts[0]["tags"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn an_approval_is_no_act_there() {
    let site = site!();
    let portal = site.portal("editor").await;
    assert!(!portal.about().await.unwrap().capabilities.approvals);
    let intent = Intent::publish("ঘাটের ইজারা বাতিল");
    intent.send(&*portal, Unless::Exists).await.unwrap();
    intent.transition(&*portal, Act::File).await.unwrap();
    let failure = intent.transition(&*portal, Act::Approve).await.unwrap_err();
    assert_eq!((failure.cause, failure.nothing_done), (Cause::Invalid, true));
    assert_eq!(site.posts(intent.story()).await[0]["status"], "pending");
}

#[tokio::test]
async fn readers_see_nothing_of_a_correction_before_its_transition() {
    let site = site!();
    let portal = site.portal("editor").await;
    let first = Intent::publish("ফেরি চলাচল বন্ধ");
    let receipt = first.deliver(&*portal, false).await.unwrap();
    let second = first.then(Act::Correct, |payload| payload.headline = "ফেরি চলাচল শুরু".into());
    second.send(&*portal, Unless::OtherThan(receipt.etag)).await.unwrap();
    assert!(portal.public_page(&receipt.public_url).await.unwrap().contains("ফেরি চলাচল বন্ধ"));
    second.transition(&*portal, Act::Correct).await.unwrap();
    assert!(portal.public_page(&receipt.public_url).await.unwrap().contains("ফেরি চলাচল শুরু"));
}

#[tokio::test]
async fn a_correspondent_files_for_the_desk_and_is_refused_photos_in_plain_words() {
    let site = site!();
    let portal = site.portal("contributor").await;
    let intent = Intent::publish("হাটে \"ভিড়\" & যানজট <বাজার>");
    intent.send(&*portal, Unless::Exists).await.unwrap();
    let filed = intent.transition(&*portal, Act::File).await.unwrap();
    assert_eq!((filed.state, filed.hash), (RemoteState::NotPublic, intent.hash()));
    let remote = portal.look_up(intent.story()).await.unwrap().unwrap();
    assert_eq!(remote.hash, intent.hash(), "what the filters for untrusted authors respell is no change");
    assert_eq!(remote.payload, serde_json::from_slice::<Value>(&intent.bytes).unwrap());
    assert_eq!(site.posts(intent.story()).await[0]["status"], "pending");

    let (bytes, of_it) = photo("হাট", true);
    let refused = send_photo(&*portal, &bytes, &of_it).await.unwrap_err();
    assert_eq!((refused.cause, refused.nothing_done), (Cause::Forbidden, true));
    assert!(refused.detail.starts_with("this account may not upload photos"), "{refused}");
    let published = intent.transition(&*portal, Act::Publish).await.unwrap_err();
    assert_eq!(published.cause, Cause::Forbidden);
}

#[tokio::test]
async fn a_correspondents_story_is_still_found_when_the_desk_has_published_it() {
    let site = site!();
    let (correspondent, editor) = (site.portal("contributor").await, site.portal("editor").await);
    let intent = Intent::publish("সেতুর কাজ শেষের পথে");
    intent.send(&*correspondent, Unless::Exists).await.unwrap();
    intent.transition(&*correspondent, Act::File).await.unwrap();
    intent.transition(&*editor, Act::Publish).await.unwrap();
    let seen = correspondent.look_up(intent.story()).await.unwrap().unwrap();
    assert_eq!(
        (seen.state, seen.payload["headline"].as_str()),
        (RemoteState::Live, Some("সেতুর কাজ শেষের পথে"))
    );
    assert_ne!(seen.hash, intent.hash(), "what it cannot see it does not claim");
    let posts = site.posts(intent.story()).await;
    assert_eq!(posts.len(), 1);
    assert!(posts[0]["slug"].as_str().unwrap().starts_with("padma-rises"), "{}", posts[0]["slug"]);
}

#[tokio::test]
async fn an_address_that_readers_have_stays_and_a_drafts_follows_its_story() {
    let site = site!();
    let portal = site.portal("author").await;
    let first = Intent::publish("ঠিকানা");
    let copy = first.send(&*portal, Unless::Exists).await.unwrap();
    let second = first.then(Act::Publish, |payload| payload.slug = "new-address".into());
    second.send(&*portal, Unless::OtherThan(copy.etag)).await.unwrap();
    let address = second.deliver(&*portal, false).await.unwrap().public_url;
    assert!(address.contains("/new-address"), "{address}");
    let third = second.then(Act::Correct, |payload| payload.slug = "third-address".into());
    assert_eq!(third.deliver(&*portal, false).await.unwrap().public_url, address);
}

#[tokio::test]
async fn a_scheduled_story_waits_and_can_be_published_now() {
    let site = site!();
    let portal = site.portal("editor").await;
    let intent = Intent::publish("ঈদের ট্রেনের সময়সূচি");
    intent.send(&*portal, Unless::Exists).await.unwrap();
    let missing = intent.transition(&*portal, Act::Schedule).await.unwrap_err();
    assert_eq!((missing.cause, missing.nothing_done), (Cause::Invalid, true));
    let at = now() + TimeDelta::hours(6);
    let scheduled = intent.transition_at(&*portal, Act::Schedule, Some(at)).await.unwrap();
    assert_eq!(scheduled.state, RemoteState::Scheduled);
    let remote = portal.look_up(intent.story()).await.unwrap().unwrap();
    assert_eq!((remote.scheduled_for, remote.live_hash), (Some(at), None));
    let live = intent.deliver(&*portal, false).await.unwrap();
    assert!(live.published_at.unwrap() < at, "it did not wait for its hour");
}

#[tokio::test]
async fn a_story_from_the_archive_keeps_its_day() {
    let site = site!();
    let portal = site.portal("editor").await;
    let day = "2019-03-26T05:30:00Z".parse().unwrap();
    let mut payload = Intent::publish("স্বাধীনতা দিবসের কুচকাওয়াজ").payload;
    payload.published_at = Some(day);
    let receipt = Intent::of(payload).deliver(&*portal, false).await.unwrap();
    assert_eq!(receipt.published_at, Some(day));
    assert!(receipt.public_url.contains("/2019/03/26/"), "{}", receipt.public_url);
}

#[tokio::test]
async fn a_section_that_the_portal_does_not_have_is_named_before_anything_is_sent() {
    let site = site!();
    let portal = site.portal("editor").await;
    let mut payload = Intent::publish("নতুন বিভাগ").payload;
    payload.section = "weather".into();
    let intent = Intent::of(payload);
    let failure = intent.deliver(&*portal, false).await.unwrap_err();
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::Invalid });
    assert!(failure.detail.contains("/section") && failure.detail.contains("weather"), "{failure}");
    assert!(site.posts(intent.story()).await.is_empty());
}

#[tokio::test]
async fn what_wordpress_drops_without_a_word_is_named_when_it_is_read_back() {
    let site = site!();
    let section = format!("\"categories\":[{}]", site.sections["politics"]);
    let unknown = format!("\"categories\":[{}]", 99_999);
    // The section is deleted between the look at it and the writing.
    let proxy = site
        .behind(&site.url, move |request, forward| {
            if request.method == "POST" {
                let body = String::from_utf8(request.body.clone()).unwrap();
                request.body = body.replace(&section, &unknown).into_bytes();
            }
            Reply::Raw(forward(request))
        })
        .await;
    let intent = Intent::publish("বিভাগ হারিয়ে গেল");
    let failure = intent.deliver(&*site.portal_at(&proxy.url, "editor").await, false).await.unwrap_err();
    assert_eq!(outcome(&failure), Outcome::Stuck { why: Cause::ReadBackDiffers });
    assert!(failure.detail.starts_with("/section: "), "{failure}");
    assert_eq!(site.posts(intent.story()).await[0]["status"], "draft", "readers got nothing of it");
}

#[tokio::test]
async fn a_related_story_is_a_link_once_readers_can_have_it() {
    let site = site!();
    let portal = site.portal("editor").await;
    let first = Intent::publish("সেতুর প্রথম দিন");
    let address = first.deliver(&*portal, false).await.unwrap().public_url;
    let mut payload = Intent::publish("সেতুর দ্বিতীয় দিন").payload;
    payload.body = format!("লেখা\n\n[প্রথম দিন](story:{})\n\n[নেই](story:{})", first.story(), payload.story);
    let second = Intent::of(payload);
    second.deliver(&*portal, false).await.unwrap();
    let content = site.posts(second.story()).await[0]["content"]["raw"].as_str().unwrap().to_owned();
    assert!(content.contains(&format!("<p><a href=\"{address}\">আরও পড়ুন: প্রথম দিন</a></p>")), "{content}");
    assert!(content.contains("<p>নেই</p>"), "{content}");
}

/// To the second, as WordPress counts.
#[expect(clippy::disallowed_methods, reason = "the real portal runs by the real clock")]
pub fn now() -> chrono::DateTime<Utc> {
    chrono::DateTime::from_timestamp(Utc::now().timestamp(), 0).unwrap()
}
