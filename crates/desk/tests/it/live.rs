//! What readers have beside what is being written, and where they still meet what it said before.

use khosra_desk::{
    commands::call,
    wire::{
        ErrorCode, OfStory, OpenPlace, PlacesView, PreviewPage, PreviewQuery, PreviewView, PublishStory,
        StoryView, TakeDownStory,
    },
};
use newsite::Running;
use story::{ChangeKind, Content, Field, Notice, PlaceKind, PlaceState, StoryId};
use testkit::{Newsroom, portal};

use crate::common::{ended, settled, with_photo};

const OLD: &str = "জোয়ারে বাঁধ ভেঙে ১২ গ্রাম প্লাবিত";
const NEW: &str = "জোয়ারে বাঁধ ভেঙে ১০ গ্রাম প্লাবিত";

async fn live() -> (Newsroom, Running, StoryView) {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = with_photo(&room, OLD).await;
    room.publish(&view).await;
    settled(ended(&room, Some(view.story)).await);
    let view = room.view(view.story).await;
    (room, site, view)
}

async fn page(room: &Newsroom, story: StoryId, content: &Content, show: PreviewPage) -> PreviewView {
    let query = PreviewQuery { story, content: content.clone(), known: Vec::new(), show };
    call::preview(&room.desk, query).await.unwrap()
}

fn html(view: &PreviewView) -> String {
    let blocks: String = view.blocks.iter().filter_map(|block| block.html.as_deref()).collect();
    view.page.html.clone().unwrap_or_default().replacen(page::TEXT_GOES_HERE, &blocks, 1)
}

async fn correct(room: &Newsroom, view: &StoryView, content: Content, notice: Option<Notice>) -> StoryView {
    let view = room.save(view.story, view.counter + 1, content).await;
    let order = PublishStory { notice, ..PublishStory::soon(view.story, view.counter) };
    call::publish(&room.desk, order).await.unwrap();
    settled(ended(room, Some(view.story)).await);
    room.view(view.story).await
}

#[tokio::test]
async fn the_page_that_readers_have_is_shown_without_the_portal_while_another_is_written() {
    let (room, site, view) = live().await;
    site.stop().await;
    let mut draft = view.content.clone();
    draft.headline = NEW.to_owned();
    draft.body.push_str("\n\nনতুন অনুচ্ছেদ।");
    let live = page(&room, view.story, &draft, PreviewPage::Live).await;
    let shown = html(&live);
    assert!(shown.contains(OLD) && !shown.contains(NEW) && !shown.contains("নতুন অনুচ্ছেদ"), "{shown}");
    assert!(shown.contains(&format!("/photo/{}/display", view.content.photos[0].id)), "its photo is shown");
    assert!(live.places.is_empty(), "a click in it leads nowhere in the draft");
    let since = live.live.unwrap().since;
    assert_eq!(Some(since), view.deliveries[0].confirmed_at.map(|_| since));
    let asked = page(&room, view.story, &draft, PreviewPage::Draft).await;
    assert!(asked.live.is_none() && html(&asked).contains(NEW));
}

#[tokio::test]
async fn the_difference_marks_words_captions_and_photos_in_the_drafts_page() {
    let (room, _site, view) = live().await;
    let mut draft = view.content.clone();
    draft.headline = NEW.to_owned();
    draft.photos[0].caption = "ধানখেতের পাশে".to_owned();
    draft.photos[0].alt = "সবুজ ধানখেত".to_owned();
    draft.section = "sports".to_owned();
    let changes = page(&room, view.story, &draft, PreviewPage::Changes).await;
    let shown = html(&changes);
    let marked =
        "<del class=\"change\" data-change=\"1\">১২</del><ins class=\"change\" data-change=\"1\">১০</ins>";
    assert!(shown.contains(marked), "{shown}");
    assert!(shown.contains(">আলে</del>") || shown.contains("ধানখেতের "), "{shown}");
    assert!(shown.contains("/theme/dainik/changes.css"), "the marks have their style");
    let live = changes.live.unwrap();
    assert_eq!((live.changes, live.unseen), (2, vec![Field::Section, Field::Alt]));
    let style = room.desk.theme_file("dainik", "changes.css").unwrap();
    assert!(style.0.starts_with("text/css") && !style.1.is_empty());

    draft.photos.clear();
    let gone = html(&page(&room, view.story, &draft, PreviewPage::Changes).await);
    assert!(gone.contains("<del class=\"change\" data-change=\"2\"><img"), "{gone}");
    // The same letters, some of them in two parts.
    let mut typed = view.content.clone();
    typed.headline = typed.headline.replace('\u{9df}', "\u{9af}\u{9bc}");
    assert_ne!(typed.headline, view.content.headline);
    let same = page(&room, view.story, &typed, PreviewPage::Changes).await;
    assert_eq!(same.live.as_ref().map(|live| live.changes), Some(0));
    assert!(!html(&same).contains("data-change"));
}

#[tokio::test]
async fn a_correction_that_readers_were_told_of_stands_on_the_page_they_have() {
    let (room, _site, view) = live().await;
    let content = Content { headline: NEW.to_owned(), ..view.content.clone() };
    let notice = Notice {
        kind: ChangeKind::Correction, note: "গ্রামের সংখ্যা ভুল ছিল।".to_owned()
    };
    let view = correct(&room, &view, content, Some(notice)).await;
    let draft = Content { headline: "অন্য শিরোনাম".to_owned(), ..view.content.clone() };
    let shown = html(&page(&room, view.story, &draft, PreviewPage::Live).await);
    assert!(shown.contains(NEW) && shown.contains("গ্রামের সংখ্যা ভুল ছিল।"), "{shown}");
}

#[tokio::test]
async fn of_a_story_that_no_reader_has_there_is_no_such_page() {
    let room = Newsroom::open();
    let view = room.write(testkit::content("কেউ দেখেনি")).await;
    let content = view.content.clone();
    for show in [PreviewPage::Live, PreviewPage::Changes] {
        let query = PreviewQuery { story: view.story, content: content.clone(), known: Vec::new(), show };
        assert_eq!(call::preview(&room.desk, query).await.unwrap_err().code, ErrorCode::NotFound);
    }
    let refused = call::story_places(&room.desk, OfStory { story: view.story }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedNotPublic);
}

fn state(view: &PlacesView, kind: PlaceKind) -> PlaceState {
    view.places
        .iter()
        .find(|place| place.kind == kind)
        .unwrap_or_else(|| panic!("{kind:?} in {view:?}"))
        .state
}

#[tokio::test]
async fn after_a_correction_every_place_of_the_portal_is_looked_at() {
    let (room, _site, view) = live().await;
    let content = Content { headline: NEW.to_owned(), ..view.content.clone() };
    let notice = Notice {
        kind: ChangeKind::Correction, note: format!("শিরোনামে ‘{OLD}’ লেখা হয়েছিল।")
    };
    let view = correct(&room, &view, content, Some(notice)).await;
    let of = OfStory { story: view.story };
    let places = call::story_places(&room.desk, of).await.unwrap();
    assert!(!places.down);
    for kind in [PlaceKind::Page, PlaceKind::Card, PlaceKind::Front, PlaceKind::Section, PlaceKind::Feed] {
        assert_eq!(state(&places, kind), PlaceState::New, "{kind:?} in {places:?}");
    }
    assert_eq!(state(&places, PlaceKind::Sitemap), PlaceState::Listed);

    let front = places.places.iter().find(|place| place.kind == PlaceKind::Front).unwrap();
    let open = |url: &str| OpenPlace { story: view.story, url: url.to_owned() };
    call::open_place(&room.desk, open(&front.url)).await.unwrap();
    assert_eq!(room.host.opened().last(), Some(&front.url));
    for strange in ["https://evil.example/", "file:///etc/passwd", ""] {
        let refused = call::open_place(&room.desk, open(strange)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound, "{strange}");
    }

    let reason = "তথ্য যাচাই হয়নি".to_owned();
    let down = TakeDownStory { story: view.story, reason, breaks_glass: false };
    call::withdraw(&room.desk, down).await.unwrap();
    settled(ended(&room, Some(view.story)).await);
    let places = call::story_places(&room.desk, of).await.unwrap();
    assert!(places.down && places.places.iter().all(|place| place.state == PlaceState::Absent), "{places:?}");
}

#[tokio::test]
async fn a_portal_that_cannot_be_reached_is_said_in_one_word() {
    let (room, site, view) = live().await;
    site.stop().await;
    let error = call::story_places(&room.desk, OfStory { story: view.story }).await.unwrap_err();
    assert_eq!(
        (error.code, error.params.get("cause").map(String::as_str)),
        (ErrorCode::PortalFailed, Some("offline"))
    );
}
