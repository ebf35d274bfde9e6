//! From the command to the outbox: what is refused, and that all of it is one act.

use khosra_desk::{
    commands::call,
    wire::{ErrorCode, Nothing, OfIntent, OfStory, PublishStory},
};
use story::{Content, DeliveryState, DeskList, DeskState};
use testkit::{Newsroom, content, portal};

#[tokio::test]
async fn without_a_portal_there_is_nowhere_to_publish() {
    let room = Newsroom::open();
    let view = room.write(content("খবর")).await;
    let order = PublishStory::soon(view.story, view.counter);
    assert_eq!(call::publish(&room.desk, order).await.unwrap_err().code, ErrorCode::NoPortal);
}

#[tokio::test]
async fn a_text_that_the_person_did_not_see_is_not_published() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = room.write(content("দেখা")).await;
    room.save(view.story, view.counter + 1, content("না দেখা")).await;
    let order = PublishStory::soon(view.story, view.counter);
    assert_eq!(call::publish(&room.desk, order).await.unwrap_err().code, ErrorCode::MovedOn);
    assert!(room.view(view.story).await.deliveries.is_empty());
}

#[tokio::test]
async fn findings_block_and_say_which() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    for headline in ["", &"ক".repeat(350_000)] {
        let view = room.write(Content { section: String::new(), ..content(headline) }).await;
        let order = PublishStory::soon(view.story, view.counter);
        let error = call::publish(&room.desk, order).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::FindingsBlock);
        assert!(error.params["findings"].contains("headline_"), "{error:?}");
        assert!(error.params["findings"].contains("section_missing"), "{error:?}");
        assert_eq!(room.view(view.story).await.content.headline, headline);
    }
}

#[tokio::test]
async fn publishing_is_logged_queued_and_cannot_be_given_twice() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = room.write(content("একবার")).await;
    let queued = room.publish(&view).await;
    assert_eq!(DeskList::of(&queued.axes), DeskList::Outbox);
    assert_eq!(queued.axes.desk, DeskState::Approved);
    assert_eq!(queued.deliveries.len(), 1);
    assert_eq!(queued.deliveries[0].state, DeliveryState::Queued);
    let order = PublishStory::soon(view.story, view.counter);
    let again = call::publish(&room.desk, order).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::RefusedDeliveryOpen);
    let log = call::story_log(&room.desk, OfStory { story: view.story }).await.unwrap();
    let commands: Vec<_> =
        log.iter().map(|event| format!("{:?}{:?}", event.command, event.refused)).collect();
    assert_eq!(commands, ["CreateNone", "ApproveNone", "PublishNone", "PublishSome(\"delivery_open\")"]);
}

#[tokio::test]
async fn what_was_not_sent_can_be_taken_back_and_then_not_again() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = room.write(content("ফেরত")).await;
    let intent = room.publish(&view).await.deliveries[0].intent;
    call::cancel_intent(&room.desk, OfIntent { intent }).await.unwrap();
    let view = room.view(view.story).await;
    assert_eq!(view.deliveries[0].state, DeliveryState::Cancelled);
    assert_eq!(DeskList::of(&view.axes), DeskList::Drafts);
    let again = call::cancel_intent(&room.desk, OfIntent { intent }).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::TooLateToCancel);
    let open: Vec<_> = call::outbox(&room.desk, Nothing {}).await.unwrap().intents;
    assert!(open.iter().all(|intent| intent.state.is_settled()));
}
