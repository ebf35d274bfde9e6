//! No network, a restart, a lease that runs out: what is known stays known.

use std::time::{Duration as StdDuration, Instant};

use chrono::Duration;
use khosra_desk::wire::ErrorCode;
use story::{DeskState, Role};
use testkit::{Fault, Proxy, content, portal};

use super::{ANSWERED, Desk, EDITED, FILED, between};

#[tokio::test]
async fn without_a_network_the_queue_is_there_and_a_taking_says_why_not() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.editor.queue().await;
    between.site.stop().await;
    let refused = between.editor.take(story, false).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::TextNotHere);
    assert_eq!(between.editor.known_queue().await.rows[0].headline, FILED);
}

#[tokio::test]
async fn a_restart_keeps_the_queue_and_what_was_taken() {
    let between = between().await;
    let story = between.author.filed(content(FILED)).await;
    between.author.filed(content(ANSWERED)).await;
    between.editor.queue().await;
    between.editor.taken(story).await;
    between.editor.rewrite(story, EDITED).await;
    let before = between.editor.known_queue().await;
    let editor = Desk { room: between.editor.room.reopen().await, name: between.editor.name };
    let after = editor.known_queue().await;
    assert_eq!((after.rows.len(), &after.rows), (2, &before.rows));
    assert!(after.rows.iter().any(|row| row.story == story && row.ours));
    editor.returned(story).await;
    between.author.queue().await;
    assert_eq!(between.author.view(story).await.content.headline, EDITED);
}

#[tokio::test]
async fn changes_are_asked_for_from_where_the_last_answer_ended() {
    let between = between().await;
    let line = Proxy::to(&between.site.url()).await;
    let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::SubEditor, 2_000_000)).await;
    between.author.filed(content(FILED)).await;
    editor.queue().await;
    between.author.filed(content(ANSWERED)).await;
    line.seen();
    assert_eq!(editor.queue().await.rows.len(), 2);
    let asked: Vec<_> = line.seen().into_iter().map(|seen| seen.asked.path).collect();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].contains("since="), "{asked:?}");
}

#[tokio::test]
async fn what_is_filed_is_there_a_moment_later_and_a_quiet_desk_is_asked_hardly_anything() {
    let between = between().await;
    let line = Proxy::to(&between.site.url()).await;
    let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::Editor, 2_000_000)).await;
    between.author.filed(content(FILED)).await;
    let follower = editor.room.desk.follow_portal();
    editor.waits_for(1).await;
    tokio::time::sleep(StdDuration::from_secs(3)).await;
    let asked: Vec<_> = line.seen().into_iter().map(|seen| seen.asked.path).collect();
    let waiting = asked.iter().filter(|path| path.contains("wait=25")).count();
    assert_eq!(waiting, 1, "one question is under way: {asked:?}");
    between.author.filed(content(ANSWERED)).await;
    let began = Instant::now();
    editor.waits_for(2).await;
    assert!(began.elapsed() < StdDuration::from_secs(15), "it was told: {:?}", began.elapsed());
    follower.stop().await;
}

#[tokio::test]
async fn a_portal_that_was_put_back_to_an_earlier_day_is_followed_from_the_beginning() {
    let between = between().await;
    between.author.filed(content(FILED)).await;
    between.author.filed(content(ANSWERED)).await;
    between.editor.queue().await;
    // Another site under the same address, which has seen less.
    let port = url::Url::parse(&between.site.url()).unwrap().port().unwrap();
    between.site.stop().await;
    let data = between.folder.path().join("other");
    let site = portal(&data, port, &[]).await;
    let editor = testkit::account(&site, Role::Editor);
    between.editor.room.sign_in_at(&site.url(), &editor.user, &editor.password).await;
    assert!(between.editor.queue().await.rows.is_empty());
}

#[tokio::test]
async fn a_story_that_is_worked_on_stays_in_our_hands_and_one_that_is_done_is_given_back() {
    let between = between().await;
    let line = Proxy::to(&between.site.url()).await;
    let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::Editor, 2_000_000)).await;
    let story = between.author.filed(content(FILED)).await;
    let taken = editor.taken(story).await;
    assert_eq!(leases(&line), ["POST"]);
    editor.room.host.pass(Duration::minutes(3));
    let follower = editor.room.desk.follow_portal();
    assert_eq!(asked(&line).await, ["POST"], "it is renewed");
    follower.stop().await;
    editor.room.publish(&taken).await;
    editor.delivered(story).await;
    let follower = editor.room.desk.follow_portal();
    assert_eq!(asked(&line).await, ["DELETE"], "it is given back");
    follower.stop().await;
}

#[tokio::test]
async fn a_taking_that_is_cut_off_before_the_text_came_is_taken_again() {
    let between = between().await;
    let line = Proxy::to(&between.site.url()).await;
    let editor = Desk::sign_in_over(&between.site, &line.url(), (Role::Editor, 2_000_000)).await;
    let view = super::with_photo(&between.author.room, FILED).await;
    between.author.file(view.story).await;
    between.author.delivered(view.story).await;
    line.bend(|asked| (asked.method == "GET" && asked.path.contains("/photos/")).then_some(Fault::CutBefore));
    let cut = editor.take(view.story, false).await.unwrap_err();
    assert_eq!(cut.code, ErrorCode::PortalFailed);
    let row = editor.queue().await.rows.remove(0);
    assert!(!row.here && !row.ours && row.desk == DeskState::InEdit, "{row:?}");
    line.calm();
    let taken = editor.taken(view.story).await;
    assert_eq!((taken.photos.len(), taken.content.headline.as_str()), (1, FILED));
    assert!(editor.known_queue().await.rows[0].ours);
}

/// How leases were asked for since the last look.
fn leases(line: &Proxy) -> Vec<String> {
    let seen = line.seen().into_iter().filter(|seen| seen.asked.path.ends_with("/lease"));
    seen.map(|seen| seen.asked.method).collect()
}

/// How a lease is asked for next; nothing, when nobody asks within some seconds.
async fn asked(line: &Proxy) -> Vec<String> {
    for _ in 0..100 {
        let asked = leases(line);
        if !asked.is_empty() {
            return asked;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Vec::new()
}

#[tokio::test]
async fn what_was_returned_and_filed_anew_behind_ones_back_waits_for_whoever_takes_it() {
    let between = between().await;
    let other = Desk::sign_in(&between.site, Role::SubEditor, 2_000_000).await;
    let story = between.author.filed(content(FILED)).await;
    other.taken(story).await;
    between.editor.take(story, true).await.unwrap();
    between.editor.returned(story).await;
    between.author.queue().await;
    between.author.file(story).await;
    between.author.delivered(story).await;
    assert_eq!(other.view(story).await.axes.desk, DeskState::InEdit);
    other.queue().await;
    assert_eq!(other.view(story).await.axes.desk, DeskState::Filed);
    assert_eq!(other.view(story).await.content.headline, FILED);
    other.taken(story).await;
}
