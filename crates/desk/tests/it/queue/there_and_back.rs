//! File, take, return, file again, publish.

use khosra_desk::{
    commands::call,
    wire::{ApproveStory, DeskEvent, ErrorCode, OfStory},
};
use story::{Command, DeskState, PublicState, RevisionReason, Role};
use testkit::{Newsroom, Proxy, content};

use super::{ANSWERED, Between, Desk, EDITED, FILED, REASON, between, with_photo};

/// Filed, taken, edited and returned.
async fn returned() -> (Between, story::StoryId) {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.editor.taken(story).await;
    between.editor.rewrite(story, EDITED).await;
    between.editor.returned(story).await;
    (between, story)
}

#[tokio::test]
async fn a_filed_story_waits_in_the_queue_with_everything_that_is_shown_of_it() {
    let between = between().await;
    let view = with_photo(&between.author.room, FILED).await;
    between.author.file(view.story).await;
    between.author.delivered(view.story).await;
    between.editor.told();
    let queue = between.editor.queue().await;
    assert!(queue.has_desk && queue.at_desk && queue.synced_at.is_some());
    let row = &queue.rows[0];
    assert_eq!(
        (row.story, row.headline.as_str(), row.author.as_str()),
        (view.story, FILED, &*between.author.name)
    );
    assert_eq!((row.desk, row.public, row.photos), (DeskState::Filed, PublicState::Never, 1));
    assert!(row.words > 10 && row.filed_at.is_some() && row.held.is_none() && !row.ours && !row.here);
    let told = between.editor.told();
    assert!(told.iter().any(|event| matches!(event, DeskEvent::QueueChanged { waiting: 1 })), "{told:?}");
    between.editor.queue().await;
    let again = between.editor.told();
    assert!(!again.iter().any(|event| matches!(event, DeskEvent::QueueChanged { .. })), "{again:?}");
}

#[tokio::test]
async fn a_taken_story_is_here_under_its_own_id_with_text_and_photos() {
    let between = between().await;
    let view = with_photo(&between.author.room, FILED).await;
    let story = view.story;
    between.author.file(story).await;
    between.author.delivered(story).await;
    between.editor.queue().await;
    let taken = between.editor.taken(story).await;
    assert_eq!(
        (taken.story, taken.axes.desk, taken.content.headline.as_str()),
        (story, DeskState::InEdit, FILED)
    );
    assert_eq!(taken.content.body, view.content.body);
    assert_eq!((taken.photos.len(), taken.content.photos[0].caption.as_str()), (1, "ধানখেতের আলে"));
    let log = call::story_log(&between.editor.room.desk, OfStory { story }).await.unwrap();
    assert_eq!((log[0].command, log[0].actor.as_str()), (Command::Take, &*between.editor.name));
    let versions =
        call::list_revisions(&between.editor.room.desk, OfStory { story }).await.unwrap().revisions;
    assert_eq!(
        (versions[0].reason, versions[0].author.as_str()),
        (RevisionReason::Portal, &*between.author.name)
    );
    for row in [&between.editor.known_queue().await.rows[0], &between.editor.queue().await.rows[0]] {
        assert!(row.ours && row.here && row.desk == DeskState::InEdit, "{row:?}");
        assert_eq!(row.held.as_ref().map(|held| held.name.as_str()), Some(&*between.editor.name));
    }
}

#[tokio::test]
async fn its_author_hears_who_returned_it_and_why_and_has_the_desks_text() {
    let (between, story) = returned().await;
    between.author.told();
    between.author.queue().await;
    let told = between.author.told();
    assert!(
        told.iter().any(|event| matches!(event, DeskEvent::Returned { by, reason, .. }
        if *by == between.editor.name && reason == REASON)),
        "{told:?}"
    );
    let view = between.author.view(story).await;
    assert_eq!((view.axes.desk, view.content.headline.as_str()), (DeskState::Returned, EDITED));
    let review = view.review.unwrap();
    assert_eq!(
        (review.by.as_str(), review.reason.as_str(), review.theirs),
        (&*between.editor.name, REASON, None)
    );
    assert!(between.author.history(story).await.contains(&FILED.to_owned()), "what was filed is a version");
    between.author.queue().await;
    let again = between.author.told();
    assert!(!again.iter().any(|event| matches!(event, DeskEvent::Returned { .. })), "it is told once");
}

#[tokio::test]
async fn a_returned_story_is_answered_taken_again_and_published() {
    let (between, story) = returned().await;
    between.author.queue().await;
    between.author.rewrite(story, ANSWERED).await;
    between.author.file(story).await;
    between.author.delivered(story).await;
    let row = between.editor.queue().await.rows.remove(0);
    assert_eq!((row.desk, row.headline.as_str(), row.ours), (DeskState::Filed, ANSWERED, false));
    let taken = between.editor.taken(story).await;
    assert_eq!((taken.content.headline.as_str(), taken.review.is_none()), (ANSWERED, true));
    assert!(between.editor.history(story).await.contains(&EDITED.to_owned()));
    between.editor.room.publish(&taken).await;
    let published = between.editor.delivered(story).await;
    let page = String::from_utf8(testkit::fetch(&published.public_url.unwrap()).await).unwrap();
    assert!(page.contains(ANSWERED));
    assert!(between.editor.queue().await.rows.is_empty(), "what readers have is off the list");
    between.author.queue().await;
    let view = between.author.view(story).await;
    assert_eq!(view.axes.public, PublicState::Live);
    assert!(view.public_url.is_some() && view.review.is_none());
    assert_eq!(view.content.headline, ANSWERED);
}

#[tokio::test]
async fn its_author_hears_once_who_approved_it_and_once_that_readers_have_it() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    let taken = between.editor.taken(story).await;
    let order = ApproveStory { story, counter: taken.counter };
    let approved = call::approve(&between.editor.room.desk, order).await.unwrap();
    between.editor.delivered(story).await;
    between.author.told();
    between.author.queue().await;
    let told = between.author.told();
    let by = |event: &&DeskEvent| matches!(event, DeskEvent::Approved { by, headline, .. } if *by == between.editor.name && headline == FILED);
    assert_eq!(told.iter().filter(by).count(), 1, "{told:?}");
    between.editor.room.publish(&approved).await;
    between.editor.delivered(story).await;
    between.author.queue().await;
    between.author.queue().await;
    let told = between.author.told();
    let live =
        |event: &&DeskEvent| matches!(event, DeskEvent::WentLive { headline, .. } if headline == FILED);
    assert_eq!(told.iter().filter(live).count(), 1, "{told:?}");
    assert!(!told.iter().any(|event| matches!(event, DeskEvent::Approved { .. })), "{told:?}");
    let told = between.editor.told();
    assert!(
        !told.iter().any(|event| matches!(event, DeskEvent::WentLive { .. })),
        "who published knows: {told:?}"
    );
}

#[tokio::test]
async fn a_photo_that_came_with_a_story_is_not_sent_again() {
    let between = between().await;
    let line = Proxy::to(&between.site.url()).await;
    let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::SubEditor, 2_000_000)).await;
    let view = with_photo(&between.author.room, FILED).await;
    between.author.file(view.story).await;
    between.author.delivered(view.story).await;
    editor.taken(view.story).await;
    editor.rewrite(view.story, EDITED).await;
    line.seen();
    editor.returned(view.story).await;
    let uploads: Vec<_> =
        line.seen().into_iter().filter(|seen| seen.asked.path.contains("uploads")).collect();
    assert!(uploads.iter().all(|seen| seen.asked.method == "OPTIONS"), "{uploads:?}");
    between.author.queue().await;
    let back = between.author.view(view.story).await;
    assert_eq!(back.content.headline, EDITED);
    assert_eq!(back.content.photos, view.content.photos, "the author's own photos, under their own names");
}

#[tokio::test]
async fn a_correspondent_has_no_queue_and_takes_nothing() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    let queue = between.author.queue().await;
    assert!(queue.has_desk && !queue.at_desk && queue.rows.is_empty());
    let refused = between.author.take(story, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedRole);
    let alone = Newsroom::open();
    let nowhere = Desk { room: alone, name: String::new() };
    assert!(!nowhere.queue().await.has_desk);
    let refused = nowhere.take(story, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoPortal);
}
