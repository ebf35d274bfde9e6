//! Two people at one story: whatever comes of it, both texts are there.

use khosra_desk::{
    commands::call,
    wire::{ApproveStory, ErrorCode, OfIntent, OfRevision, OfStory, OfTheirs},
};
use story::{Cause, Command, DeskState, PublicState, Role};
use testkit::content;

use super::{ANSWERED, Between, Desk, EDITED, FILED, REASON, between};

const TYPED: &str = "বাঁধ ভাঙার খবর, আরও একটু";

/// Returned with another text while its author went on typing.
async fn typed_meanwhile() -> (Between, story::StoryId) {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.author.rewrite(story, TYPED).await;
    between.editor.taken(story).await;
    between.editor.rewrite(story, EDITED).await;
    between.editor.returned(story).await;
    between.author.queue().await;
    (between, story)
}

#[tokio::test]
async fn what_its_author_typed_meanwhile_stays_and_the_desks_text_stands_beside_it() {
    let (between, story) = typed_meanwhile().await;
    let view = between.author.view(story).await;
    assert_eq!((view.axes.desk, view.content.headline.as_str()), (DeskState::Returned, TYPED));
    let review = view.review.unwrap();
    assert_eq!(review.reason, REASON);
    assert_eq!(between.author.says(story, review.theirs.unwrap()).await, EDITED);
}

#[tokio::test]
async fn the_desks_text_is_not_overwritten_before_its_author_says_so() {
    let (between, story) = typed_meanwhile().await;
    between.author.file(story).await;
    let stuck = between.author.stuck(story).await;
    assert_eq!(stuck.cause, Some(Cause::ChangedOnPortal));
    let theirs = stuck.theirs.expect("the desk's text is shown");
    assert_eq!(between.author.says(story, theirs.revision).await, EDITED);
    let over = OfTheirs { intent: stuck.intent, revision: theirs.revision };
    call::publish_over(&between.author.room.desk, over).await.unwrap();
    between.author.delivered(story).await;
    let taken = between.editor.taken(story).await;
    assert_eq!(taken.content.headline, TYPED);
    assert!(between.editor.history(story).await.contains(&EDITED.to_owned()));
}

#[tokio::test]
async fn the_desks_text_taken_over_is_written_on_without_a_question() {
    let (between, story) = typed_meanwhile().await;
    let number = between.author.view(story).await.review.unwrap().theirs.unwrap();
    call::restore_revision(&between.author.room.desk, OfRevision { story, number }).await.unwrap();
    between.author.rewrite(story, ANSWERED).await;
    let review = between.author.view(story).await.review.unwrap();
    assert_eq!((review.theirs, review.reason.as_str()), (None, REASON));
    between.author.file(story).await;
    between.author.delivered(story).await;
    let history = between.author.history(story).await;
    for text in [TYPED, EDITED, ANSWERED] {
        assert!(history.contains(&text.to_owned()), "{history:?}");
    }
}

#[tokio::test]
async fn a_story_in_other_hands_is_not_taken_unless_somebody_says_so() {
    let between = between().await;
    let other = Desk::sign_in(&between.site, Role::SubEditor, 2_000_000).await;
    let story = between.author.filed(content(FILED)).await;
    other.taken(story).await;
    let held = between.editor.take(story, false).await.unwrap();
    assert!(held.story.is_none());
    assert_eq!(held.held.unwrap().name, other.name);
    assert!(!between.editor.queue().await.rows[0].here, "nothing was changed");
    let taken = between.editor.take(story, true).await.unwrap();
    assert_eq!(taken.story.unwrap().content.headline, FILED);
    let row = other.queue().await.rows.remove(0);
    assert!(row.here && !row.ours, "{row:?}");
    assert_eq!(row.held.unwrap().name, between.editor.name);
}

#[tokio::test]
async fn both_texts_survive_a_taking_over() {
    let between = between().await;
    let other = Desk::sign_in(&between.site, Role::SubEditor, 2_000_000).await;
    let story = between.author.filed(content(FILED)).await;
    other.taken(story).await;
    other.rewrite(story, TYPED).await;
    between.editor.take(story, true).await.unwrap();
    // Writing goes on at both.
    let edited = between.editor.rewrite(story, EDITED).await;
    other.returned(story).await;
    between.editor.room.publish(&edited).await;
    let stuck = between.editor.stuck(story).await;
    let theirs = stuck.theirs.expect("the other's text is shown");
    assert_eq!(between.editor.says(story, theirs.revision).await, TYPED);
    let over = OfTheirs { intent: stuck.intent, revision: theirs.revision };
    call::publish_over(&between.editor.room.desk, over).await.unwrap();
    between.editor.delivered(story).await;
    other.queue().await;
    let view = other.view(story).await;
    assert_eq!((view.axes.public, view.content.headline.as_str()), (PublicState::Live, TYPED));
    assert!(view.differs_from_live);
}

#[tokio::test]
async fn what_was_taken_is_recalled_no_more_and_what_was_not_is() {
    let between = between().await;
    let first = between.author.filed(content(FILED)).await;
    let second = between.author.filed(content(ANSWERED)).await;
    between.editor.taken(first).await;
    between.author.queue().await;
    assert_eq!(between.author.view(first).await.axes.desk, DeskState::InEdit);
    let of = |story| OfStory { story };
    let refused = call::recall_story(&between.author.room.desk, of(first)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedTaken);
    call::recall_story(&between.author.room.desk, of(second)).await.unwrap();
    between.author.delivered(second).await;
    let waiting = between.editor.queue().await.rows;
    assert_eq!(waiting.iter().map(|row| row.story).collect::<Vec<_>>(), [first]);
    let refused = between.editor.take(second, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedNotFiled);
}

#[tokio::test]
async fn what_was_approved_and_taken_by_somebody_else_is_not_called_approved_any_more() {
    let between = between().await;
    let other = Desk::sign_in(&between.site, Role::SubEditor, 2_000_000).await;
    let story = between.author.filed(content(FILED)).await;
    let taken = between.editor.taken(story).await;
    let order = ApproveStory { story, counter: taken.counter };
    call::approve(&between.editor.room.desk, order).await.unwrap();
    between.editor.queue().await;
    assert_eq!(
        between.editor.view(story).await.axes.desk,
        DeskState::Approved,
        "the portal has not heard yet"
    );
    between.editor.delivered(story).await;
    other.taken(story).await;
    between.editor.queue().await;
    let axes = between.editor.view(story).await.axes;
    assert_eq!((axes.desk, axes.approval, axes.fallen), (DeskState::InEdit, None, None));
    let log = call::story_log(&between.editor.room.desk, OfStory { story }).await.unwrap();
    let last = log.last().unwrap();
    assert_eq!((last.command, last.actor.as_str()), (Command::Take, other.name.as_str()));
}

#[tokio::test]
async fn what_left_the_queue_while_something_of_it_was_on_its_way_is_followed_afterwards() {
    let between = between().await;
    let other = Desk::sign_in(&between.site, Role::SubEditor, 2_000_000).await;
    let story = between.author.filed(content(FILED)).await;
    other.taken(story).await;
    let taken = between.editor.take(story, true).await.unwrap().story.unwrap();
    other.gives_back(story).await;
    between.editor.room.publish(&taken).await;
    between.editor.delivered(story).await;
    // The portal tells of it once, and the return is not settled then.
    other.queue().await;
    let stuck = other.stuck(story).await;
    call::cancel_intent(&other.room.desk, OfIntent { intent: stuck.intent }).await.unwrap();
    other.queue().await;
    let axes = other.view(story).await.axes;
    assert_eq!((axes.desk, axes.public), (DeskState::Approved, PublicState::Live));
}

#[tokio::test]
async fn an_author_who_missed_the_taking_hears_that_the_returned_story_was_approved() {
    let (between, story) = {
        let between = between().await;
        let story = between.author.filed(content(FILED)).await;
        between.editor.taken(story).await;
        between.editor.returned(story).await;
        (between, story)
    };
    between.author.queue().await;
    assert_eq!(between.author.view(story).await.axes.desk, DeskState::Returned);
    between.editor.room.publish(&between.editor.view(story).await).await;
    between.editor.delivered(story).await;
    between.author.queue().await;
    let axes = between.author.view(story).await.axes;
    assert_eq!((axes.desk, axes.public), (DeskState::Approved, PublicState::Live));
}

#[tokio::test]
async fn what_is_written_on_after_its_approval_stays_in_edit_and_nothing_is_logged_at_every_look() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    let taken = between.editor.taken(story).await;
    let order = ApproveStory { story, counter: taken.counter };
    call::approve(&between.editor.room.desk, order).await.unwrap();
    between.editor.delivered(story).await;
    between.editor.rewrite(story, EDITED).await;
    let lines = || call::story_log(&between.editor.room.desk, OfStory { story });
    let before = lines().await.unwrap().len();
    between.editor.queue().await;
    between.editor.queue().await;
    assert_eq!(lines().await.unwrap().len(), before);
    assert_eq!(between.editor.view(story).await.axes.desk, DeskState::InEdit);
}
