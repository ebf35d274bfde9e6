//! Taking without a network: from what was fetched in advance, tentatively, and what becomes of it when the line is back.

use std::time::Duration;

use khosra_desk::{
    commands::call,
    wire::{DeskEvent, ErrorCode, OfRevision, OfStory, StoryView},
};
use story::{Command, Content, DeskState, Line, Role, StoryId, Suggestion};
use testkit::{Fault, Proxy, content};

use super::{ANSWERED, Between, Desk, EDITED, FILED, between, with_photo};

/// An editor behind a line that can be cut, and a story that waits.
struct Away {
    between: Between,
    line: Proxy,
    editor: Desk,
    story: StoryId,
}

impl Away {
    async fn behind_a_line() -> Self {
        let between = between().await;
        let line = Proxy::to(&between.site.url()).await;
        let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::Editor, 2_000_000)).await;
        let unplaced = Content { dateline: String::new(), ..content(FILED) };
        let story = between.author.filed(unplaced).await;
        Self { between, line, editor, story }
    }

    /// The editor has followed the desk for a while, and then the line is cut.
    async fn prepared() -> Self {
        let away = Self::behind_a_line().await;
        let follower = away.editor.room.desk.follow_portal();
        away.fetched().await;
        follower.stop().await;
        away.cut();
        away
    }

    async fn fetched(&self) {
        let asked = format!("/stories/{}", self.story);
        let waited = tokio::time::timeout(Duration::from_secs(20), async {
            while !self.line.seen().iter().any(|seen| seen.asked.path.ends_with(&asked)) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        waited.await.expect("the text is asked for in advance");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }

    fn cut(&self) {
        self.line.bend(|_| Some(Fault::CutBefore));
    }

    /// Taken without the desk, and written at.
    async fn taken_and_edited(&self) -> StoryView {
        let taken = self.editor.taken(self.story).await;
        assert!(taken.tentative.is_some_and(|tentative| tentative.held.is_none()));
        assert_eq!((taken.axes.desk, taken.content.headline.as_str()), (DeskState::InEdit, FILED));
        self.editor.rewrite(self.story, EDITED).await
    }

    /// The line is back, and the desk is asked.
    async fn back(&self) {
        self.line.calm();
        self.editor.told();
        self.editor.queue().await;
    }
}

#[tokio::test]
async fn a_story_taken_without_the_desk_is_the_editors_once_the_line_is_back() {
    let away = Away::prepared().await;
    away.taken_and_edited().await;
    let row = away.editor.known_queue().await.rows.remove(0);
    assert!(row.tentative && row.here && !row.ours && row.desk == DeskState::Filed, "{row:?}");

    let Away { between, line, editor: Desk { room, name }, story } = away;
    let away = Away { between, line, editor: Desk { room: room.reopen().await, name }, story };
    assert!(away.editor.view(story).await.tentative.is_some(), "it outlives the program");

    away.back().await;
    let view = away.editor.view(story).await;
    assert_eq!((view.tentative, view.content.headline.as_str()), (None, EDITED));
    let row = away.editor.known_queue().await.rows.remove(0);
    assert!(row.ours && !row.tentative, "{row:?}");
    let told = away.editor.told();
    let late = |event: &DeskEvent| matches!(event, DeskEvent::TakenLate { theirs: None, .. });
    assert!(told.iter().any(late), "{told:?}");
    let log = call::story_log(&away.editor.room.desk, OfStory { story }).await.unwrap();
    assert_eq!(log.iter().filter(|line| line.command == Command::Take).count(), 1, "{log:?}");
    assert_eq!(story::log::broken_link(&log), None);
    away.between.author.queue().await;
    assert_eq!(away.between.author.view(story).await.axes.desk, DeskState::InEdit, "the desk knows");

    away.editor.returned(story).await;
    away.between.author.queue().await;
    assert_eq!(away.between.author.view(story).await.content.headline, EDITED);
}

#[tokio::test]
async fn a_story_whose_text_was_never_here_has_to_be_fetched_first() {
    let away = Away::behind_a_line().await;
    away.editor.queue().await;
    away.cut();
    let refused = away.editor.take(away.story, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::TextNotHere);
    assert!(!away.editor.known_queue().await.rows[0].here);
}

#[tokio::test]
async fn nothing_is_fetched_in_advance_over_a_line_that_has_its_price() {
    let away = Away::behind_a_line().await;
    away.editor.room.host.set_line(Line::Metered);
    let follower = away.editor.room.desk.follow_portal();
    away.editor.waits_for(1).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    follower.stop().await;
    away.cut();
    let refused = away.editor.take(away.story, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::TextNotHere);
}

#[tokio::test]
async fn a_text_fetched_in_advance_comes_with_its_photos() {
    let away = Away::behind_a_line().await;
    let pictured = with_photo(&away.between.author.room, ANSWERED).await.story;
    away.between.author.file(pictured).await;
    away.between.author.delivered(pictured).await;
    let away = Away { story: pictured, ..away };
    let follower = away.editor.room.desk.follow_portal();
    away.fetched().await;
    follower.stop().await;
    away.cut();
    assert_eq!(away.editor.taken(pictured).await.photos.len(), 1);
}

#[tokio::test]
async fn a_story_that_was_here_before_is_taken_as_it_is_and_the_newer_text_comes_later() {
    let away = Away::behind_a_line().await;
    let story = away.story;
    away.editor.queue().await;
    away.editor.taken(story).await;
    away.editor.returned(story).await;
    away.between.author.queue().await;
    away.between.author.rewrite(story, ANSWERED).await;
    away.between.author.file(story).await;
    away.between.author.delivered(story).await;
    away.editor.queue().await;
    away.cut();
    let taken = away.editor.taken(story).await;
    assert_eq!((taken.tentative.is_some(), taken.content.headline.as_str()), (true, FILED));
    away.back().await;
    let view = away.editor.view(story).await;
    assert_eq!((view.tentative, view.content.headline.as_str()), (None, ANSWERED));
}

#[tokio::test]
async fn what_its_author_changed_meanwhile_stands_beside_what_was_written_here() {
    let away = Away::prepared().await;
    let (story, author) = (away.story, &away.between.author);
    away.taken_and_edited().await;
    call::recall_story(&author.room.desk, OfStory { story }).await.unwrap();
    author.delivered(story).await;
    author.rewrite(story, ANSWERED).await;
    author.file(story).await;
    author.delivered(story).await;

    away.back().await;
    assert_eq!(away.editor.view(story).await.content.headline, EDITED);
    let told = away.editor.told();
    let theirs = told.iter().find_map(|event| match event {
        DeskEvent::TakenLate { theirs, .. } => *theirs,
        _ => None,
    });
    let number = theirs.expect("the window is told of it");
    assert_eq!(away.editor.says(story, number).await, ANSWERED);
    let merge = call::merge_view(&away.editor.room.desk, OfRevision { story, number }).await.unwrap();
    assert!(merge.base.is_some());
}

/// Somebody else takes the story while the editor has no network.
async fn taken_by_another() -> (Away, Desk) {
    let away = Away::prepared().await;
    let other = Desk::sign_in(&away.between.site, Role::SubEditor, 3_000_000).await;
    away.taken_and_edited().await;
    other.taken(away.story).await;
    away.back().await;
    let view = away.editor.view(away.story).await;
    let held = view.tentative.and_then(|tentative| tentative.held).expect("it is said who has it");
    assert_eq!((held.name, view.content.headline.as_str()), (other.name.clone(), EDITED));
    (away, other)
}

#[tokio::test]
async fn where_somebody_else_has_it_by_then_it_can_be_taken_over() {
    let (away, other) = taken_by_another().await;
    let over = away.editor.take(away.story, true).await.unwrap().story.unwrap();
    assert_eq!((over.tentative, over.content.headline.as_str()), (None, EDITED));
    other.queue().await;
    assert!(!other.known_queue().await.rows[0].ours);
}

#[tokio::test]
async fn where_somebody_else_has_it_by_then_ones_words_are_handed_to_them() {
    const PLACE: &str = "কুড়িগ্রাম";
    const ADDED: &str = "বিকেলে পানি নামতে শুরু করে";
    let (away, other) = taken_by_another().await;
    let story = away.story;
    let view = away.editor.view(story).await;
    let body = format!("{}\n\n{ADDED}।", view.content.body);
    let written = Content { dateline: PLACE.to_owned(), body, ..view.content };
    away.editor.room.save(story, view.counter + 1, written).await;
    let view = call::hand_over(&away.editor.room.desk, OfStory { story }).await.unwrap();
    assert_eq!((view.tentative, view.content.headline.as_str()), (None, FILED));
    assert!(away.editor.history(story).await.contains(&EDITED.to_owned()), "they stay a version here");
    let twice = call::hand_over(&away.editor.room.desk, OfStory { story }).await.unwrap_err();
    assert_eq!(twice.code, ErrorCode::MovedOn);

    away.editor.queue().await;
    other.queue().await;
    let notes = call::list_notes(&other.room.desk, OfStory { story }).await.unwrap().notes;
    assert!(notes.iter().all(|note| note.author == away.editor.name), "{notes:?}");
    let suggested = notes.iter().filter_map(|note| match &note.suggestion {
        Some(Suggestion::Replace { words }) => Some(words.as_str()),
        _ => None,
    });
    let suggested: Vec<_> = suggested.collect();
    let suggests = |part: &str| suggested.iter().any(|words| words.contains(part));
    assert!(suggests("তিন") && suggests(ADDED), "{suggested:?}");
    let plain: Vec<_> =
        notes.iter().filter(|note| note.suggestion.is_none()).map(|note| note.text.as_str()).collect();
    assert_eq!(plain, [PLACE], "of a field that was empty nothing can be quoted");
}
