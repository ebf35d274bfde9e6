//! What several tests of the outbox and the desk begin with, and how they wait for an end.

use std::time::Duration;

use khosra_desk::{
    Ended,
    wire::{AttachPhoto, IntentView, StoryView},
};
use story::{StoryId, StoryPhoto};
use testkit::{Newsroom, content, jpeg_with_place};

const PATIENCE: Duration = Duration::from_secs(60);

/// A story with a photo that says where it was taken.
pub async fn with_photo(room: &Newsroom, headline: &str) -> StoryView {
    let view = room.write(content(headline)).await;
    let attach = AttachPhoto { story: view.story, name: "../../x\n.jpg".to_owned() };
    let attached = room.desk.attach_photo(attach, jpeg_with_place()).await.unwrap();
    assert!(attached.photo.had_location);
    let mut content = view.content.clone();
    content.photos.push(StoryPhoto {
        id: attached.photo.id,
        caption: "ধানখেতের আলে".to_owned(),
        credit: "নিজস্ব".to_owned(),
        alt: "ধানখেত".to_owned(),
        decorative: false,
        lead: true,
        focal: None,
    });
    room.save(view.story, view.counter + 1, content).await
}

/// Lets the outbox run until nothing of the story, or of any, moves any more.
pub async fn ended(room: &Newsroom, story: Option<StoryId>) -> Ended {
    let worker = room.desk.start_worker();
    let ended = room.desk.wait_for_outbox(story, PATIENCE).await.unwrap();
    worker.stop().await;
    ended
}

/// The newest delivery, which is settled.
pub fn settled(ended: Ended) -> IntentView {
    match ended {
        Ended::Settled(mut intents) => intents.remove(0),
        other => panic!("{other:?}"),
    }
}

/// The newest delivery, which waits for a person.
pub fn stuck(ended: Ended) -> IntentView {
    match ended {
        Ended::Stuck(mut intents) => intents.remove(0),
        other => panic!("{other:?}"),
    }
}
