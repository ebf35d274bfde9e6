//! Between author and desk on WordPress: what waits for review, and what is said of it, which readers never get.

use base64::{Engine, engine::general_purpose::STANDARD};
use khosra_portal::{
    Act, Delivery, DeskItem, Failure, Portal, Recalling, Receipt, RemoteState, Taken, Taking, deliver_story,
    outcome, recall,
};
use miniz_oxide::inflate::decompress_to_vec;
use reqwest::Method;
use serde_json::{Value, json};
use story::{Cause, DeskState, IntentId, Outcome, StoryId};

use super::{
    site::{Site, site},
    stories::{Intent, photo, send_photo},
};
use crate::server::Reply;

const REASON: &str = "দ্বিতীয় অনুচ্ছেদের সূত্র কে?";

/// What the desk has open or has no more, and where to go on.
async fn told(portal: &dyn Portal, since: Option<&str>) -> (Vec<DeskItem>, String) {
    let mut page = portal.desk_changes(since).await.unwrap();
    let mut items = std::mem::take(&mut page.items);
    while page.more {
        page = portal.desk_changes(Some(&page.next)).await.unwrap();
        items.append(&mut page.items);
    }
    (items, page.next)
}

/// What was last said of one story; other tests file theirs meanwhile.
fn of(story: StoryId, items: &[DeskItem]) -> Option<&DeskItem> {
    items.iter().rfind(|item| item.id == story)
}

async fn filed(portal: &dyn Portal, headline: &str) -> Intent {
    let filing = Intent { act: Act::File, ..Intent::publish(headline) };
    filing.deliver(portal, false).await.unwrap();
    filing
}

async fn give_back(back: &Intent, portal: &dyn Portal, maybe_sent: bool) -> Result<Receipt, Failure> {
    let delivery = Delivery {
        consent: None,
        key: back.key,
        act: Act::Return,
        payload: &back.payload,
        bytes: &back.bytes,
        at: None,
        notice: None,
        reason: REASON,
        window_closed: false,
        maybe_sent,
        sent_before: &back.sent_before,
        over: None,
        guards: &[],
    };
    deliver_story(portal, &delivery).await
}

/// What stands in the post's envelope, unpacked.
async fn between_the_lines(site: &Site, story: StoryId) -> String {
    let posts = site.posts(story).await;
    let raw = posts[0]["content"]["raw"].as_str().unwrap();
    let (_, source) = raw.split_once("\"source\":\"").unwrap();
    let source = source.split('"').next().unwrap().replace("\\/", "/");
    String::from_utf8(decompress_to_vec(&STANDARD.decode(source).unwrap()).unwrap()).unwrap()
}

async fn in_wordpress(site: &Site, story: StoryId, change: Value) {
    let id = site.posts(story).await[0]["id"].clone();
    site.by_hand("admin", Method::POST, &format!("posts/{id}"), change).await;
}

/// WordPress counts in whole seconds.
async fn some_seconds() {
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
}

#[tokio::test]
async fn what_a_correspondent_files_waits_for_the_desk_and_nobody_elses_eyes() {
    let site = site!();
    let (author, editor) = (site.portal("contributor").await, site.portal("editor").await);
    let capabilities = editor.about().await.unwrap().capabilities;
    assert!(capabilities.desk && capabilities.without_leases && !capabilities.own_stories_only);
    let filing = filed(&*author, "হাটের ইজারা নিয়ে প্রশ্ন").await;
    let (items, _) = told(&*editor, None).await;
    let item = of(filing.story(), &items).unwrap();
    assert_eq!((item.matches, item.desk, item.state), (true, DeskState::Filed, RemoteState::NotPublic));
    assert_eq!((item.headline.as_str(), item.section.as_str()), ("হাটের ইজারা নিয়ে প্রশ্ন", "politics"));
    assert_eq!((item.author_name.as_str(), item.photos), ("রেহানা পারভীন", 0));
    assert_eq!((&item.hash, item.lease.as_ref()), (&filing.hash(), None));
    assert!(item.words > 20 && item.filed_at.is_some(), "{item:?}");
    assert!(of(filing.story(), &told(&*author, None).await.0).is_some(), "its author follows it");
    for other in ["neighbour", "author"] {
        assert!(of(filing.story(), &told(&*site.portal(other).await, None).await.0).is_none(), "{other}");
    }
}

#[tokio::test]
async fn the_queue_is_told_once_and_again_when_somebody_changes_it() {
    let site = site!();
    let (author, editor) = (site.portal("contributor").await, site.portal("editor").await);
    let filing = filed(&*author, "বাজারে ইলিশ কম").await;
    let story = filing.story();
    let (_, cursor) = told(&*editor, None).await;
    some_seconds().await;
    let (_, cursor) = told(&*editor, Some(&cursor)).await;
    let (items, cursor) = told(&*editor, Some(&cursor)).await;
    assert!(of(story, &items).is_none(), "nothing of it is new");
    in_wordpress(site, story, json!({"title": "বাজারে ইলিশ নেই", "categories": [site.sections["business"]]}))
        .await;
    let (items, cursor) = told(&*editor, Some(&cursor)).await;
    let item = of(story, &items).unwrap();
    assert_eq!((item.headline.as_str(), item.section.as_str()), ("বাজারে ইলিশ নেই", "business"));
    assert_ne!(item.hash, filing.hash());
    let id = site.posts(story).await[0]["id"].clone();
    site.by_hand("admin", Method::DELETE, &format!("posts/{id}"), Value::Null).await;
    let (items, _) = told(&*editor, Some(&cursor)).await;
    assert!(!of(story, &items).unwrap().matches);
    assert!(editor.desk_changes(Some("no cursor of ours")).await.unwrap().anew);
}

#[tokio::test]
async fn whatever_is_done_in_wordpress_takes_a_story_off_the_queue_and_its_author_hears_of_it() {
    let site = site!();
    let (author, editor) = (site.portal("contributor").await, site.portal("editor").await);
    for (status, desk, state) in [
        ("draft", DeskState::Returned, RemoteState::NotPublic),
        ("publish", DeskState::Approved, RemoteState::Live),
    ] {
        let filing = filed(&*author, "সাঁকো ভেঙে দুর্ভোগ").await;
        let (_, cursor) = told(&*editor, None).await;
        in_wordpress(site, filing.story(), json!({ "status": status })).await;
        let (items, _) = told(&*editor, Some(&cursor)).await;
        assert!(!of(filing.story(), &items).unwrap().matches, "{status}");
        let seen = author.look_up(filing.story()).await.unwrap().unwrap();
        assert_eq!((seen.desk, seen.state), (Some(desk), state));
        assert_eq!((seen.way.desk_by, seen.way.desk_note.as_str()), (None, ""), "nobody gave a reason");
    }
}

#[tokio::test]
async fn a_return_brings_the_desks_words_and_its_reason_and_readers_never_get_the_reason() {
    let site = site!();
    for url in [&site.url, &site.url_with_companion] {
        let (author, editor) =
            (site.portal_at(url, "contributor").await, site.portal_at(url, "editor").await);
        let filing = filed(&*author, "সেচের পানি নিয়ে বিরোধ").await;
        let back = filing.then(Act::Return, |payload| payload.headline = "সেচের পানি কার".into());
        give_back(&back, &*editor, false).await.unwrap();
        let seen = author.look_up(filing.story()).await.unwrap().unwrap();
        assert_eq!((seen.desk, &seen.hash), (Some(DeskState::Returned), &back.hash()));
        assert_eq!((seen.way.desk_by.as_deref(), seen.way.desk_note.as_str()), (Some("শিরিন আক্তার"), REASON));
        assert!(seen.way.desk_at.is_some());
        let post = site.posts(filing.story()).await[0].clone();
        assert_eq!(post["status"], "draft");
        let anonymous = format!("{}wp-json/wp/v2/posts/{}", site.url, post["id"]);
        assert_eq!(reqwest::get(anonymous).await.unwrap().status().as_u16(), 401);
        assert!(between_the_lines(site, filing.story()).await.contains(REASON));

        let again = back.then(Act::File, |payload| payload.body = format!("{} সূত্র: কৃষক।", payload.body));
        again.deliver(&*author, false).await.unwrap();
        assert!(!between_the_lines(site, filing.story()).await.contains(REASON));
        let live = again.then(Act::Publish, |payload| payload.headline = "সেচের পানি কার হাতে".into());
        let url = live.deliver(&*editor, false).await.unwrap().public_url;
        nothing_between_the_lines(site, filing.story(), &url).await;
    }
}

/// Readers have it once, and nothing of what author and desk said.
async fn nothing_between_the_lines(site: &Site, story: StoryId, url: &str) {
    let posts = site.posts(story).await;
    assert_eq!((posts.len(), &posts[0]["status"]), (1, &json!("publish")));
    assert_eq!(posts[0]["author"], site.users["contributor"].id, "it stays its author's");
    let envelope = between_the_lines(site, story).await;
    for word in [REASON, "শিরিন আক্তার", "রেহানা পারভীন", "\"word\""]
    {
        assert!(!envelope.contains(word), "{word}: {envelope}");
    }
    let rest = format!("{}wp-json/wp/v2/posts/{}", site.url, posts[0]["id"]);
    let feed = format!("{}?feed=rss2", site.url);
    for place in [url, rest.as_str(), feed.as_str()] {
        let text = reqwest::get(place).await.unwrap().text().await.unwrap();
        assert!(!text.contains(REASON), "{place}");
        // The site is everybody's: in its feed the editor stands with stories of their own.
        assert!(place == feed || !text.contains("শিরিন আক্তার"), "{place}");
    }
}

#[tokio::test]
async fn what_was_returned_and_is_published_as_it_is_goes_out_without_the_reason() {
    let site = site!();
    let (author, editor) = (site.portal("contributor").await, site.portal("editor").await);
    let filing = filed(&*author, "ফুটবল মাঠে ধান").await;
    let back = Intent { key: Intent::publish("").key, sent_before: vec![filing.hash()], ..filing.clone() };
    give_back(&back, &*editor, false).await.unwrap();
    let live = Intent { act: Act::Publish, key: Intent::publish("").key, ..filing.clone() };
    let url = live.deliver(&*editor, false).await.unwrap().public_url;
    nothing_between_the_lines(site, filing.story(), &url).await;
}

#[tokio::test]
async fn a_return_whose_answer_was_lost_is_not_given_twice() {
    let site = site!();
    let author = site.portal("contributor").await;
    let filing = filed(&*author, "মেলায় যাত্রা বন্ধ").await;
    let back = filing.then(Act::Return, |payload| payload.headline = "মেলায় যাত্রা নেই".into());
    let mut answers = 0;
    let line = site
        .behind(&site.url, move |request, forward| {
            let answer = forward(request);
            answers += usize::from(request.method == "POST" && request.path.contains("/wp/v2/posts/"));
            if answers == 2 && request.method == "POST" { Reply::Cut } else { Reply::Raw(answer) }
        })
        .await;
    let editor = site.portal_at(&line.url, "editor").await;
    let lost = give_back(&back, &*editor, false).await.unwrap_err();
    assert!(matches!(outcome(&lost), Outcome::Unknown { .. }), "{lost}");
    assert!(give_back(&back, &*editor, true).await.unwrap().was_there);

    let again = back.then(Act::File, |payload| payload.headline = "মেলায় যাত্রা কেন নেই".into());
    again.deliver(&*author, false).await.unwrap();
    assert!(give_back(&back, &*editor, true).await.unwrap().was_there, "its author has answered since");
    let seen = author.look_up(filing.story()).await.unwrap().unwrap();
    assert_eq!((seen.desk, seen.hash), (Some(DeskState::Filed), again.hash()));
    assert!(filing.deliver(&*author, true).await.unwrap().was_there, "nor is the first filing");
    assert_eq!(site.posts(filing.story()).await[0]["status"], "pending");
}

#[tokio::test]
async fn a_filing_whose_answer_was_lost_is_done_when_readers_have_the_story() {
    let site = site!();
    let (author, editor) = (site.portal("contributor").await, site.portal("editor").await);
    let filing = filed(&*author, "নতুন বাসস্ট্যান্ড চালু").await;
    let live = Intent { key: Intent::publish("").key, ..filing.then(Act::Publish, |_| ()) };
    live.deliver(&*editor, false).await.unwrap();
    let receipt = filing.deliver(&*author, true).await.unwrap();
    assert_eq!((receipt.was_there, receipt.state), (true, RemoteState::Live));
    assert_eq!(filing.deliver(&*author, false).await.unwrap_err().cause, Cause::ChangedOnPortal);
}

#[tokio::test]
async fn its_author_takes_a_story_back_once_and_not_from_the_readers() {
    let site = site!();
    let (author, editor) = (site.portal("contributor").await, site.portal("editor").await);
    let filing = filed(&*author, "পৌরসভার বাজেট").await;
    let (_, cursor) = told(&*editor, None).await;
    let recalling =
        |maybe_sent| Recalling { key: Intent::publish("").key, story: filing.story(), maybe_sent };
    let back = recalling(false);
    assert!(!recall(&*author, &back).await.unwrap().was_back);
    assert!(recall(&*author, &back).await.unwrap().was_back);
    assert!(!of(filing.story(), &told(&*editor, Some(&cursor)).await.0).unwrap().matches);
    let seen = editor.look_up(filing.story()).await.unwrap().unwrap();
    assert_eq!((seen.desk, seen.way.desk_by.as_deref()), (Some(DeskState::Draft), Some("রেহানা পারভীন")));

    let again = Intent { key: Intent::publish("").key, ..filing.clone() };
    again.deliver(&*author, false).await.unwrap();
    let late = Recalling { maybe_sent: true, ..back };
    assert!(recall(&*author, &late).await.unwrap().was_back, "it was filed again since");
    assert_eq!(site.posts(filing.story()).await[0]["status"], "pending");
    let live = Intent { act: Act::Publish, key: Intent::publish("").key, ..filing.clone() };
    live.deliver(&*editor, false).await.unwrap();
    assert_eq!(recall(&*author, &recalling(false)).await.unwrap_err().cause, Cause::Conflict);
}

#[tokio::test]
async fn two_editors_may_take_the_same_and_neither_writes_over_the_other() {
    let site = site!();
    let author = site.portal("contributor").await;
    let (one, other) = (site.portal("editor").await, site.portal("admin").await);
    let filing = filed(&*author, "স্কুলে শিক্ষক সংকট").await;
    for desk in [&one, &other] {
        let (key, hash) = (IntentId(filing.key.0), filing.hash());
        let taking = Taking { story: filing.story(), key, hash: &hash, device: "desk", takeover: false };
        assert_eq!(desk.take(&taking).await.unwrap(), Taken::Unleased);
    }
    let theirs = filing.then(Act::Return, |payload| payload.headline = "স্কুলে শিক্ষক নেই".into());
    give_back(&theirs, &*one, false).await.unwrap();
    let ours = filing.then(Act::Return, |payload| payload.headline = "শিক্ষক ছাড়া স্কুল".into());
    assert_eq!(give_back(&ours, &*other, false).await.unwrap_err().cause, Cause::Conflict);
    let live = Intent { act: Act::Publish, ..ours };
    let refused = live.deliver(&*other, false).await.unwrap_err();
    assert_eq!(outcome(&refused), Outcome::Stuck { why: Cause::ChangedOnPortal });
    let post = &site.posts(filing.story()).await[0];
    assert_eq!((&post["title"]["raw"], &post["status"]), (&json!("স্কুলে শিক্ষক নেই"), &json!("draft")));
}

#[tokio::test]
async fn what_was_written_in_wordpress_is_counted_and_the_whole_list_costs_few_questions() {
    let site = site!();
    let mut asked = 0;
    let count = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let paths = std::sync::Arc::clone(&count);
    let line = site
        .behind(&site.url, move |request, forward| {
            paths.lock().unwrap().push(request.path.clone());
            Reply::Raw(forward(request))
        })
        .await;
    let portal = site.portal_at(&line.url, "neighbour").await;
    let before = portal.desk_changes(None).await.unwrap();
    let mut ids = Vec::new();
    for number in 0..26 {
        let post = json!({"title": format!("হাতে লেখা {number}"), "content": "বিষয়", "status": "pending"});
        ids.push(site.by_hand("neighbour", Method::POST, "posts", post).await["id"].clone());
    }
    some_seconds().await;
    let mut since = || {
        let paths = count.lock().unwrap();
        let fresh = paths.len() - asked;
        asked = paths.len();
        fresh
    };
    since();
    let page = portal.desk_changes(Some(&before.next)).await.unwrap();
    assert_eq!((page.elsewhere - before.elsewhere, page.items.len(), page.more), (26, 0, false));
    assert_eq!(since(), 3, "the list, and two times what is new in it");
    let quiet = portal.desk_changes(Some(&page.next)).await.unwrap();
    assert_eq!((quiet.elsewhere, since()), (page.elsewhere, 1));
    for id in ids {
        site.by_hand("neighbour", Method::DELETE, &format!("posts/{id}?force=true"), Value::Null).await;
    }
    let after = portal.desk_changes(Some(&quiet.next)).await.unwrap();
    assert_eq!(after.elsewhere, before.elsewhere);
}

#[tokio::test]
async fn a_photo_comes_back_as_it_was_sent() {
    let site = site!();
    let (author, editor) = (site.portal("author").await, site.portal("editor").await);
    let (bytes, of_it) = photo("বটতলার হাট", true);
    assert_eq!(editor.fetch_photo(&of_it.sha256).await.unwrap_err().cause, Cause::NotFound);
    send_photo(&*author, &bytes, &of_it).await.unwrap();
    assert!(editor.fetch_photo(&of_it.sha256).await.unwrap() == bytes);
    let mut filing = Intent::publish("বটতলায় হাট বসেছে");
    filing.payload.photos.push(of_it);
    let filing = Intent { act: Act::File, ..Intent::of(filing.payload) };
    filing.deliver(&*author, false).await.unwrap();
    let (items, _) = told(&*editor, None).await;
    let item = of(filing.story(), &items).unwrap();
    assert_eq!((item.photos, item.author_name.as_str()), (1, "কামাল উদ্দিন"));
}
