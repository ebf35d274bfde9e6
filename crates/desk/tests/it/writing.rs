//! Saving, revisions, setting aside, rescue.

use khosra_desk::{
    commands::call,
    wire::{
        CutRevision, ErrorCode, ListQuery, Nothing, OfRevision, OfStory, RescueText, SaveDraft, Settings,
    },
};
use story::{Content, DeskList, DeskState, RevisionReason};
use testkit::{Newsroom, content};

#[tokio::test]
async fn a_late_save_changes_nothing() {
    let room = Newsroom::open();
    let view = room.write(content("নতুন")).await;
    let late =
        SaveDraft { story: view.story, counter: 1, content: content("পুরোনো"), undo: None };
    let saved = call::save_draft(&room.desk, late).await.unwrap();
    assert_eq!(saved.counter, view.counter);
    assert_eq!(room.view(view.story).await.content.headline, "নতুন");
}

#[tokio::test]
async fn a_new_story_is_whose_the_last_one_was_until_the_settings_say_otherwise() {
    let room = Newsroom::open();
    let begun = || async { call::new_story(&room.desk, Nothing {}).await.unwrap().content.byline };
    assert_eq!(begun().await, "");
    room.write(Content {
        byline: "নাসরিন সুলতানা".to_owned(), ..content("ঘাট")
    })
    .await;
    begun().await;
    assert_eq!(begun().await, "নাসরিন সুলতানা");
    room.write(Content {
        byline: "নিজস্ব প্রতিবেদক".to_owned(), ..content("হাট")
    })
    .await;
    assert_eq!(begun().await, "নিজস্ব প্রতিবেদক");
    let settings = call::start(&room.desk, Nothing {}).await.unwrap().settings;
    let named = Settings { byline: "তপন কুমার সরকার".to_owned(), ..settings };
    call::save_settings(&room.desk, named).await.unwrap();
    assert_eq!(begun().await, "তপন কুমার সরকার");
}

#[tokio::test]
async fn text_is_stored_in_one_spelling_and_on_one_line_where_the_page_has_one() {
    let room = Newsroom::open();
    let odd = Content {
        headline: "বা\u{09A1}\u{09BC}ি\u{0}\nঘর".to_owned(),
        body: "এক\r\nদুই\u{0}".to_owned(),
        ..content("")
    };
    let view = room.write(odd).await;
    assert_eq!(view.content.headline, "বাড়ি ঘর");
    assert_eq!(view.content.body, "এক\nদুই");
}

#[tokio::test]
async fn a_revision_brought_back_loses_nothing() {
    let room = Newsroom::open();
    let view = room.write(content("প্রথম")).await;
    let cut = CutRevision { story: view.story, reason: RevisionReason::Asked };
    call::cut_revision(&room.desk, cut).await.unwrap();
    room.save(view.story, view.counter + 1, content("দ্বিতীয়")).await;
    let back = call::restore_revision(&room.desk, OfRevision { story: view.story, number: 1 }).await.unwrap();
    assert_eq!(back.content.headline, "প্রথম");
    let revisions = call::list_revisions(&room.desk, OfStory { story: view.story }).await.unwrap().revisions;
    let mut headlines = Vec::new();
    for revision in &revisions {
        let of = OfRevision { story: view.story, number: revision.number };
        headlines.push(call::read_revision(&room.desk, of).await.unwrap().headline);
    }
    assert!(headlines.contains(&"দ্বিতীয়".to_owned()), "{headlines:?}");
    assert_eq!(headlines.first().map(String::as_str), Some("প্রথম"));
}

#[tokio::test]
async fn a_spiked_story_stands_in_the_trash_and_comes_back() {
    let room = Newsroom::open();
    let of = OfStory { story: room.write(content("বাদ")).await.story };
    let spiked = call::spike(&room.desk, of).await.unwrap();
    assert_eq!((spiked.axes.desk, DeskList::of(&spiked.axes)), (DeskState::Spiked, DeskList::Trash));
    assert_eq!(call::spike(&room.desk, of).await.unwrap_err().code, ErrorCode::RefusedSpiked);
    let back = call::unspike(&room.desk, of).await.unwrap();
    assert_eq!(back.axes.desk, DeskState::Draft);
    assert_eq!(call::unspike(&room.desk, of).await.unwrap_err().code, ErrorCode::RefusedNotSpiked);
    let refused: Vec<_> =
        call::story_log(&room.desk, of).await.unwrap().into_iter().filter_map(|e| e.refused).collect();
    assert_eq!(refused, ["spiked", "not_spiked"]);
}

#[tokio::test]
async fn lists_and_their_counts_agree() {
    let room = Newsroom::open();
    for number in 0..5 {
        room.write(content(&format!("খবর {number}"))).await;
    }
    let mut after = None;
    let mut seen = 0;
    loop {
        let query = ListQuery { list: DeskList::Drafts, section: None, limit: 2, after };
        let page = call::list_stories(&room.desk, query).await.unwrap();
        assert_eq!(page.counts.drafts, 5);
        seen += page.rows.len();
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, 5);
}

#[cfg(unix)]
#[tokio::test]
async fn rescued_text_is_whole_and_nobody_elses_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let room = Newsroom::open();
    let story = room.write(content("রক্ষা")).await.story;
    let rescue = || RescueText { story, content: content("রক্ষা") };
    let first = call::rescue_text(&room.desk, rescue()).await.unwrap().path;
    let second = call::rescue_text(&room.desk, rescue()).await.unwrap().path;
    assert_ne!(first, second);
    let text = std::fs::read_to_string(&first).unwrap();
    assert!(text.contains("রক্ষা") && text.contains("একটার পর একটা"), "{text}");
    assert_eq!(std::fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!first.starts_with(room.desk.folder().to_str().unwrap()));
}

#[tokio::test]
async fn an_empty_desk_starts_without_asking_anybody() {
    let room = Newsroom::open();
    let start = call::start(&room.desk, Nothing {}).await.unwrap();
    assert!(start.first_start && start.portals.is_empty() && start.sections.is_empty());
    assert!(room.host.told().is_empty());
}
