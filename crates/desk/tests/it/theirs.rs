//! Somebody changes a story at the portal: it comes back as a version, and nothing is written over it before a
//! person says so.

use ::portal::{Act, Address, Credentials, Kind, Portal, Secret, StoryToSend, Unless};
use khosra_desk::{
    Ended,
    commands::call,
    wire::{ErrorCode, IntentView, Nothing, OfIntent, OfRevision, OfStory, OfTheirs, StoryView, TheirsView},
};
use newsite::Running;
use serde_json::{Value, json};
use story::{
    Cause, Command, DeliveryState, IntentId, LostKind, PublicState, RevisionReason, Role, Sha256Hex, StoryId,
};
use testkit::{Newsroom, content, portal};

use crate::common::{self, command, settled, stuck};

const OURS: &str = "জোয়ারের পানি নেমে গেছে";
const THEIRS: &str = "জোয়ারের পানি আবার বাড়ছে";

struct Given {
    room: Newsroom,
    site: Running,
    story: StoryId,
}

/// A story that readers have; then somebody else has changed it at the portal, and a correction of ours is stuck.
async fn given(change: impl FnOnce(&mut Value)) -> (Given, IntentView) {
    let given = live().await;
    given.somebody(change, Some(Act::Correct)).await;
    given.rewrite(OURS).await;
    let stuck = given.stuck().await;
    (given, stuck)
}

async fn live() -> Given {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    let view = room.write(content("জোয়ারের পানি নামছে")).await;
    room.publish(&view).await;
    let given = Given { room, site, story: view.story };
    assert_eq!(given.settled().await.state, DeliveryState::Confirmed);
    given
}

impl Given {
    /// Another client of the same portal.
    async fn other(&self) -> Box<dyn Portal> {
        let account = testkit::account(&self.site, Role::Editor);
        let address = Address::parse(Kind::Native, &self.site.url()).unwrap();
        let password = Secret::new(account.password.clone());
        let credentials = Credentials { user: &account.user, password: &password, device: "other" };
        let session = ::portal::sign_in(&address, &credentials).await.unwrap();
        ::portal::connect(&address, session.token).unwrap()
    }

    /// Changes the working copy at the portal, and what readers have if an act is given.
    async fn somebody(&self, change: impl FnOnce(&mut Value), act: Option<Act>) {
        let portal = self.other().await;
        let remote = portal.look_up(self.story).await.unwrap().unwrap();
        let mut payload = remote.payload;
        change(&mut payload);
        let bytes = serde_json::to_vec(&payload).unwrap();
        let unless = Unless::OtherThan(remote.etag);
        let sent = StoryToSend { story: self.story, bytes: &bytes, unless: &unless };
        portal.send_story(&sent).await.unwrap();
        let Some(act) = act else { return };
        let (key, hash) = (IntentId(khosra_desk::Host::new_id(&*self.room.host)), Sha256Hex::of(&bytes));
        portal.transition(&command((self.story, key), act, hash)).await.unwrap();
    }

    /// Our own next version, on its way.
    async fn rewrite(&self, headline: &str) {
        let view = self.view().await;
        let mut changed = view.content.clone();
        changed.headline = headline.to_owned();
        let view = self.room.save(self.story, view.counter + 1, changed).await;
        self.room.publish(&view).await;
    }

    async fn ended(&self) -> Ended {
        common::ended(&self.room, Some(self.story)).await
    }

    async fn settled(&self) -> IntentView {
        settled(self.ended().await)
    }

    async fn stuck(&self) -> IntentView {
        stuck(self.ended().await)
    }

    async fn view(&self) -> StoryView {
        self.room.view(self.story).await
    }

    async fn versions(&self) -> Vec<(u32, RevisionReason, String)> {
        let all = call::list_revisions(&self.room.desk, OfStory { story: self.story }).await.unwrap();
        all.revisions.into_iter().map(|one| (one.number, one.reason, one.author)).collect()
    }

    async fn says(&self, number: u32) -> story::Content {
        let which = OfRevision { story: self.story, number };
        call::read_revision(&self.room.desk, which).await.unwrap()
    }

    async fn commands(&self) -> Vec<(Command, String)> {
        let log = call::story_log(&self.room.desk, OfStory { story: self.story }).await.unwrap();
        log.into_iter().map(|event| (event.command, event.actor)).collect()
    }

    async fn page(&self) -> String {
        let url = self.view().await.public_url.unwrap();
        String::from_utf8(testkit::fetch(&url).await).unwrap()
    }
}

fn headline(to: &str) -> impl FnOnce(&mut Value) {
    move |payload| payload["headline"] = json!(to)
}

fn of(stuck: &IntentView) -> OfTheirs {
    OfTheirs { intent: stuck.intent, revision: theirs(stuck).revision }
}

fn theirs(stuck: &IntentView) -> &TheirsView {
    stuck.theirs.as_ref().expect("the portal's version is shown")
}

#[tokio::test]
async fn what_was_written_at_the_portal_is_a_version_and_the_draft_is_untouched() {
    let (given, stuck) = given(headline(THEIRS)).await;
    assert_eq!((stuck.state, stuck.cause), (DeliveryState::Blocked, Some(Cause::ChangedOnPortal)));
    let found = theirs(&stuck);
    assert!(found.live && found.lost.is_empty(), "{found:?}");
    assert_eq!(given.says(found.revision).await.headline, THEIRS);
    let newest = given.versions().await.remove(0);
    assert_eq!(newest, (found.revision, RevisionReason::Portal, "পরীক্ষা".to_owned()));
    assert!(given.commands().await.contains(&(Command::ChangeAtPortal, "পরীক্ষা".to_owned())));
    assert_eq!(given.view().await.content.headline, OURS);
    assert!(given.page().await.contains(THEIRS), "nothing was written over it");
}

#[tokio::test]
async fn looking_again_makes_no_second_version_of_the_same_words() {
    let (given, stuck) = given(headline(THEIRS)).await;
    let before = given.versions().await;
    call::send_now(&given.room.desk, OfIntent { intent: stuck.intent }).await.unwrap();
    let again = given.stuck().await;
    assert_eq!(theirs(&again).revision, theirs(&stuck).revision);
    let looked = call::look_at_portal(&given.room.desk, OfStory { story: given.story }).await.unwrap();
    assert_eq!(looked.revision, Some(theirs(&stuck).revision));
    assert_eq!(given.versions().await, before);
}

#[tokio::test]
async fn the_portals_version_is_taken_over_and_corrected_afterwards() {
    let (given, stuck) = given(headline(THEIRS)).await;
    let view = call::accept_theirs(&given.room.desk, of(&stuck)).await.unwrap();
    assert_eq!((view.content.headline.as_str(), view.differs_from_live), (THEIRS, false));
    assert_eq!(view.deliveries[0].state, DeliveryState::Cancelled);
    let lost = given.versions().await;
    let ours = lost.iter().filter(|(_, reason, _)| *reason != RevisionReason::Portal);
    let mut ours_said = Vec::new();
    for (number, ..) in ours {
        ours_said.push(given.says(*number).await.headline);
    }
    assert!(ours_said.contains(&OURS.to_owned()), "what the draft said is in the history: {ours_said:?}");
    assert!(given.commands().await.iter().any(|(command, _)| *command == Command::AcceptTheirs));
    // From here on it is a version of ours, and may be corrected like any other.
    given.rewrite("জোয়ারের পানি স্থির").await;
    assert_eq!(given.settled().await.state, DeliveryState::Confirmed);
    assert!(given.page().await.contains("জোয়ারের পানি স্থির"));
}

#[tokio::test]
async fn ours_goes_in_its_place_once_a_person_says_so() {
    let (given, stuck) = given(headline(THEIRS)).await;
    call::publish_over(&given.room.desk, of(&stuck)).await.unwrap();
    let done = given.settled().await;
    assert_eq!((done.intent, done.state), (stuck.intent, DeliveryState::Confirmed));
    assert!(given.page().await.contains(OURS));
    assert_eq!(given.says(theirs(&stuck).revision).await.headline, THEIRS, "and theirs is kept");
    assert!(given.commands().await.iter().any(|(command, _)| *command == Command::PublishOver));
    assert!(!given.view().await.differs_from_live);
}

#[tokio::test]
async fn a_third_version_is_not_overwritten_by_what_was_said_of_the_second() {
    let (given, stuck) = given(headline(THEIRS)).await;
    given.somebody(headline("তৃতীয় শিরোনাম"), Some(Act::Correct)).await;
    call::publish_over(&given.room.desk, of(&stuck)).await.unwrap();
    let again = given.stuck().await;
    assert_eq!(again.cause, Some(Cause::ChangedOnPortal));
    assert_ne!(theirs(&again).revision, theirs(&stuck).revision);
    assert_eq!(given.says(theirs(&again).revision).await.headline, "তৃতীয় শিরোনাম");
    assert!(given.page().await.contains("তৃতীয় শিরোনাম"));
    // What was decided on the second version is not a decision on the third.
    call::send_now(&given.room.desk, OfIntent { intent: stuck.intent }).await.unwrap();
    assert_eq!(given.stuck().await.cause, Some(Cause::ChangedOnPortal));
    let stale = call::publish_over(&given.room.desk, of(&stuck)).await.unwrap_err();
    assert_eq!(stale.code, ErrorCode::MovedOn);
    let stale = call::accept_theirs(&given.room.desk, of(&stuck)).await.unwrap_err();
    assert_eq!(stale.code, ErrorCode::MovedOn);
    call::publish_over(&given.room.desk, of(&again)).await.unwrap();
    assert_eq!(given.settled().await.state, DeliveryState::Confirmed);
    assert!(given.page().await.contains(OURS));
}

#[tokio::test]
async fn a_working_copy_that_readers_do_not_have_yet_is_a_version_too() {
    let given = live().await;
    given.somebody(headline(THEIRS), None).await;
    given.rewrite(OURS).await;
    let stuck = given.stuck().await;
    let view = call::accept_theirs(&given.room.desk, of(&stuck)).await.unwrap();
    assert_eq!((view.content.headline.as_str(), view.axes.public), (THEIRS, PublicState::Live));
    assert!(view.differs_from_live, "readers have the version before it");
}

#[tokio::test]
async fn a_look_without_an_intent_brings_the_version_home() {
    let given = live().await;
    let look = || call::look_at_portal(&given.room.desk, OfStory { story: given.story });
    assert_eq!(look().await.unwrap().revision, None, "what is there came from here");
    given.somebody(headline(THEIRS), Some(Act::Correct)).await;
    let number = look().await.unwrap().revision.unwrap();
    assert_eq!(given.says(number).await.headline, THEIRS);
    assert_eq!(given.view().await.content.headline, "জোয়ারের পানি নামছে");
}

#[tokio::test]
async fn a_photo_that_is_not_here_leaves_its_words() {
    let given = live().await;
    let portal = given.other().await;
    let bytes = testkit::other_jpeg();
    let sha256 = Sha256Hex::of(&bytes);
    let photo = ::portal::PhotoToSend { sha256: &sha256, media_type: "image/jpeg", bytes: &bytes };
    portal.send_photo(&photo, &|_| {}).await.unwrap();
    let change = |payload: &mut Value| {
        payload["photos"] = json!([{
            "sha256": sha256, "media_type": "image/jpeg", "width": 64, "height": 48, "caption": "ভেজা ঘাট",
            "credit": "রফিক", "alt": "ঘাট", "decorative": false, "lead": true, "focal": null,
        }]);
    };
    given.somebody(change, Some(Act::Correct)).await;
    given.rewrite(OURS).await;
    let stuck = given.stuck().await;
    let found = theirs(&stuck);
    assert_eq!(found.lost.iter().map(|lost| lost.kind).collect::<Vec<_>>(), [LostKind::Photo]);
    let says = given.says(found.revision).await;
    assert!(says.body.ends_with("ছবি: ভেজা ঘাট (রফিক)") && says.photos.is_empty(), "{}", says.body);
}

#[tokio::test]
async fn where_nothing_of_the_kind_stands_in_the_way_nothing_is_decided() {
    let given = live().await;
    let intent = given.view().await.deliveries[0].intent;
    let of = OfTheirs { intent, revision: 1 };
    assert_eq!(call::accept_theirs(&given.room.desk, of).await.unwrap_err().code, ErrorCode::MovedOn);
    assert_eq!(call::publish_over(&given.room.desk, of).await.unwrap_err().code, ErrorCode::MovedOn);
    let accepted = call::accept_differences(&given.room.desk, OfIntent { intent }).await;
    assert_eq!(accepted.unwrap_err().code, ErrorCode::MovedOn);
    let _ = call::outbox(&given.room.desk, Nothing {}).await.unwrap();
}
