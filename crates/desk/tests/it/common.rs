//! What several tests of the outbox and the desk begin with, and how they wait for an end.

use std::time::Duration;

use ::portal::{Act, Address, Credentials, Kind, Secret, Taken, Taking, Transition};
use khosra_desk::{
    Ended, Host as _,
    wire::{AttachPhoto, IntentView, StoryView},
};
use newsite::Running;
use story::{IntentId, Role, Sha256Hex, StoryId, StoryPhoto};
use testkit::{Newsroom, content, jpeg_with_place};

const PATIENCE: Duration = Duration::from_secs(60);

/// What somebody else tells the portal to do with a story, from another machine.
pub fn command((story, key): (StoryId, IntentId), act: Act, hash: Sha256Hex) -> Transition {
    let (at, change, consent) = (None, None, None);
    Transition { story, key, act, hash, note: String::new(), at, etag: None, anew: false, change, consent }
}

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

/// Somebody at the desk takes the story on another machine.
pub async fn take_as(room: &Newsroom, site: &Running, role: Role, story: StoryId) {
    let account = testkit::account(site, role);
    let address = Address::parse(Kind::Native, &site.url()).unwrap();
    let password = Secret::new(account.password.clone());
    let credentials = Credentials { user: &account.user, password: &password, device: "other" };
    let session = ::portal::sign_in(&address, &credentials).await.unwrap();
    let portal = ::portal::connect(&address, session.token).unwrap();
    let hash = portal.look_up(story).await.unwrap().unwrap().hash;
    let key = IntentId(room.host.new_id());
    let taking = Taking { story, key, hash: &hash, device: "other", takeover: true };
    assert!(matches!(portal.take(&taking).await.unwrap(), Taken::Ours(_)));
}
