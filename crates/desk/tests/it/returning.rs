//! A story goes back to its author: returned by the desk, or recalled by themselves. Against a real portal, over a line
//! that a test may bend.

use std::time::Duration;

use ::portal::{Act, Address, Credentials, Kind, Portal, Secret, StoryToSend, Unless};
use khosra_desk::{
    Ended, Host as _,
    commands::call,
    wire::{ErrorCode, IntentAct, IntentView, OfIntent, OfStory, PublishStory, ReturnStory, StoryView},
};
use newsite::Running;
use serde_json::{Value, json};
use story::{Cause, Command, DeliveryState, DeskState, IntentId, PublicState, Role, Sha256Hex, StoryId};
use testkit::{Asked, Fault, Newsroom, Proxy, content, portal};

use crate::common::{self, command, settled, stuck};

const REASON: &str = "দ্বিতীয় অনুচ্ছেদের সূত্র কী?";
const HEADLINE: &str = "সেতুর কাজ আবার পেছাল";
const ANSWER: &str = "সেতুর কাজ আবার পেছাল, জানালেন প্রকৌশলী";

struct Given {
    room: Newsroom,
    site: Running,
    line: Proxy,
    story: StoryId,
}

/// A story, not filed yet; the account is an editor's.
async fn written() -> Given {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let line = Proxy::to(&site.url()).await;
    room.sign_in_over(&site, &line.url()).await;
    let story = room.write(content(HEADLINE)).await.story;
    Given { room, site, line, story }
}

/// A story that the portal's desk has.
async fn filed() -> Given {
    let given = written().await;
    given.file().await;
    assert_eq!(given.settled().await.act, IntentAct::File);
    given
}

impl Given {
    async fn view(&self) -> StoryView {
        self.room.view(self.story).await
    }

    async fn desk(&self) -> DeskState {
        self.view().await.axes.desk
    }

    async fn file(&self) -> StoryView {
        let counter = self.view().await.counter;
        let order = PublishStory::soon(self.story, counter);
        call::file(&self.room.desk, order).await.unwrap()
    }

    async fn give_back(&self) -> Result<StoryView, ErrorCode> {
        let (story, counter) = (self.story, self.view().await.counter);
        let order = ReturnStory { story, counter, reason: REASON.to_owned() };
        call::return_story(&self.room.desk, order).await.map_err(|error| error.code)
    }

    async fn recall(&self) -> Result<StoryView, ErrorCode> {
        call::recall_story(&self.room.desk, OfStory { story: self.story }).await.map_err(|error| error.code)
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

    /// The portal hears the command, and nobody hears the portal.
    async fn answer_lost(&self) -> IntentView {
        let mut lost = false;
        self.line.bend(move |asked: &Asked| {
            if lost {
                // A line that answers small questions would have it go on at once.
                return Some(Fault::CutBefore);
            }
            lost = asked.path.ends_with("/transitions");
            lost.then_some(Fault::CutAnswer(None))
        });
        let worker = self.room.desk.start_worker();
        for _ in 0..600 {
            let newest = self.view().await.deliveries.remove(0);
            if newest.attempts > 0 && newest.state != DeliveryState::Sending {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        worker.stop().await;
        self.line.calm();
        let newest = self.view().await.deliveries.remove(0);
        assert_eq!(newest.state, DeliveryState::Unknown, "{newest:?}");
        newest
    }

    /// Goes on with what is in doubt.
    async fn goes_on(&self, intent: IntentId) -> IntentView {
        call::send_now(&self.room.desk, OfIntent { intent }).await.unwrap();
        self.settled().await
    }

    async fn take_back(&self, intent: IntentId) {
        call::cancel_intent(&self.room.desk, OfIntent { intent }).await.unwrap();
    }

    /// The story by the portal's word.
    async fn there(&self) -> Value {
        let url = format!("{}/api/v1/stories/{}", self.site.url(), self.story);
        let (_, body) = testkit::fetch_as(&url, Some(self.site.app_token())).await;
        serde_json::from_slice(&body).unwrap()
    }

    /// Another client of the same portal.
    async fn other(&self, role: Role) -> Box<dyn Portal> {
        let account = testkit::account(&self.site, role);
        let address = Address::parse(Kind::Native, &self.site.url()).unwrap();
        let password = Secret::new(account.password.clone());
        let credentials = Credentials { user: &account.user, password: &password, device: "other" };
        let session = ::portal::sign_in(&address, &credentials).await.unwrap();
        ::portal::connect(&address, session.token).unwrap()
    }

    /// Somebody writes another headline there.
    async fn somebody(&self, role: Role, headline: &str) {
        let portal = self.other(role).await;
        let remote = portal.look_up(self.story).await.unwrap().unwrap();
        let mut payload = remote.payload;
        payload["headline"] = json!(headline);
        let bytes = serde_json::to_vec(&payload).unwrap();
        let unless = Unless::OtherThan(remote.etag);
        portal.send_story(&StoryToSend { story: self.story, bytes: &bytes, unless: &unless }).await.unwrap();
    }

    /// The author gives a command on another machine.
    async fn author(&self, act: Act) {
        let portal = self.other(Role::Editor).await;
        let hash: Sha256Hex = portal.look_up(self.story).await.unwrap().unwrap().hash;
        let (story, key) = (self.story, IntentId(self.room.host.new_id()));
        let given = command((story, key), act, hash);
        portal.transition(&given).await.unwrap();
    }

    async fn commands(&self) -> Vec<Command> {
        let log = call::story_log(&self.room.desk, OfStory { story: self.story }).await.unwrap();
        log.iter().map(|line| line.command).collect()
    }
}

#[tokio::test]
async fn a_returned_story_is_back_with_its_author_who_is_told_why() {
    let given = filed().await;
    let mut content = given.view().await.content;
    content.headline = "সেতুর কাজ আবার পেছাল: সূত্র লাগবে".to_owned();
    given.room.save(given.story, given.view().await.counter + 1, content).await;
    assert_eq!(given.give_back().await.unwrap().axes.desk, DeskState::Returned);
    let intent = given.settled().await;
    assert_eq!((intent.act, intent.state), (IntentAct::Return, DeliveryState::Confirmed));
    let there = given.there().await;
    assert_eq!((&there["desk"], &there["desk_note"]), (&json!("returned"), &json!(REASON)));
    assert_eq!(there["payload"]["headline"], "সেতুর কাজ আবার পেছাল: সূত্র লাগবে");
    let view = given.view().await;
    assert_eq!((view.axes.desk, view.axes.public), (DeskState::Returned, PublicState::Never));
    let log = call::story_log(&given.room.desk, OfStory { story: given.story }).await.unwrap();
    let last = log.last().unwrap();
    assert_eq!((last.command, last.desk, last.note.as_str()), (Command::Return, DeskState::Returned, REASON));
    given.file().await;
    assert_eq!(given.settled().await.act, IntentAct::File);
    assert_eq!(given.there().await["desk"], "filed");
}

#[tokio::test]
async fn a_return_needs_a_reason_the_text_that_was_seen_and_a_story_at_the_desk() {
    let given = written().await;
    assert_eq!(given.give_back().await.unwrap_err(), ErrorCode::RefusedNotFiled);
    given.file().await;
    given.settled().await;
    let counter = given.view().await.counter;
    for (counter, reason, code) in
        [(counter, " \n", ErrorCode::ReasonNeeded), (counter + 1, REASON, ErrorCode::MovedOn)]
    {
        let order = ReturnStory { story: given.story, counter, reason: reason.to_owned() };
        assert_eq!(call::return_story(&given.room.desk, order).await.unwrap_err().code, code);
    }
    assert_eq!(given.view().await.deliveries.len(), 1);
}

#[tokio::test]
async fn a_correspondent_files_and_recalls_and_does_not_return() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    let line = Proxy::to(&site.url()).await;
    let account = testkit::account(&site, Role::Correspondent);
    room.sign_in_at(&line.url(), &account.user, &account.password).await;
    let story = room.write(content(HEADLINE)).await.story;
    let given = Given { room, site, line, story };
    given.file().await;
    given.settled().await;
    assert_eq!(given.give_back().await.unwrap_err(), ErrorCode::RefusedRole);
    given.recall().await.unwrap();
    assert_eq!(given.settled().await.act, IntentAct::Recall);
    assert_eq!(given.there().await["desk"], "draft");
}

#[tokio::test]
async fn what_is_wrong_with_a_text_does_not_keep_it_from_going_back() {
    let given = filed().await;
    let mut content = given.view().await.content;
    (content.headline, content.section) = (String::new(), String::new());
    let view = given.room.save(given.story, given.view().await.counter + 1, content).await;
    assert!(!view.findings.is_empty());
    given.give_back().await.unwrap();
    assert_eq!(given.settled().await.state, DeliveryState::Confirmed);
    assert_eq!(given.there().await["desk"], "returned");
}

#[tokio::test]
async fn a_recalled_story_is_a_draft_again_and_can_be_filed_once_more() {
    let given = filed().await;
    assert_eq!(given.recall().await.unwrap().axes.desk, DeskState::Draft);
    let intent = given.settled().await;
    assert_eq!((intent.act, intent.state), (IntentAct::Recall, DeliveryState::Confirmed));
    assert_eq!(given.there().await["desk"], "draft");
    given.file().await;
    given.settled().await;
    assert_eq!(given.there().await["desk"], "filed");
    let expected = [Command::Create, Command::File, Command::Recall, Command::File];
    assert_eq!(given.commands().await, expected);
}

#[tokio::test]
async fn what_was_not_sent_yet_is_recalled_without_a_word_to_the_portal() {
    let given = written().await;
    given.file().await;
    let view = given.recall().await.unwrap();
    assert_eq!((view.axes.desk, view.deliveries.len()), (DeskState::Draft, 1));
    assert_eq!(given.settled().await.state, DeliveryState::Cancelled);
    assert_eq!(given.there().await["status"], 404);
    assert_eq!(given.recall().await.unwrap_err(), ErrorCode::RefusedNotFiled);
}

#[tokio::test]
async fn what_may_have_been_sent_is_not_recalled_before_the_portal_has_said_so() {
    let given = written().await;
    given.file().await;
    let filing = given.answer_lost().await;
    assert_eq!(given.recall().await.unwrap_err(), ErrorCode::RefusedDeliveryOpen);
    given.goes_on(filing.intent).await;
    given.recall().await.unwrap();
    given.settled().await;
    assert_eq!(given.there().await["desk"], "draft");
}

#[tokio::test]
async fn what_somebody_at_the_desk_has_is_not_recalled_and_the_author_hears_it() {
    let given = filed().await;
    given.somebody(Role::SubEditor, "ডেস্কের শিরোনাম").await;
    given.recall().await.unwrap();
    let stuck = given.stuck().await;
    assert_eq!((stuck.state, stuck.cause), (DeliveryState::Refused, Some(Cause::Conflict)));
    given.take_back(stuck.intent).await;
    assert_eq!(given.desk().await, DeskState::Filed);
    let there = given.there().await;
    assert_eq!((&there["desk"], &there["payload"]["headline"]), (&json!("in_edit"), &json!("ডেস্কের শিরোনাম")));
}

#[tokio::test]
async fn a_recall_that_was_cut_off_before_the_desk_took_the_story_leaves_nothing_open() {
    let given = filed().await;
    given.recall().await.unwrap();
    given.line.bend(|asked: &Asked| asked.path.ends_with("/transitions").then_some(Fault::CutBefore));
    let worker = given.room.desk.start_worker();
    while given.view().await.deliveries[0].state != DeliveryState::Unknown {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    worker.stop().await;
    given.line.calm();
    given.somebody(Role::SubEditor, "ডেস্কের শিরোনাম").await;
    let intent = given.view().await.deliveries[0].intent;
    call::send_now(&given.room.desk, OfIntent { intent }).await.unwrap();
    assert_eq!(given.stuck().await.state, DeliveryState::Refused);
    given.take_back(intent).await;
    assert_eq!(given.desk().await, DeskState::Filed);
}

#[tokio::test]
async fn a_return_whose_answer_was_lost_is_one_although_the_author_has_filed_again() {
    let given = filed().await;
    given.give_back().await.unwrap();
    let lost = given.answer_lost().await;
    assert_eq!(given.there().await["desk"], "returned");
    given.somebody(Role::Editor, ANSWER).await;
    given.author(Act::File).await;
    let before = given.there().await;
    let intent = given.goes_on(lost.intent).await;
    assert_eq!((intent.intent, intent.state), (lost.intent, DeliveryState::Confirmed));
    let after = given.there().await;
    assert_eq!(after, before, "nothing was done twice, nothing written over");
    assert_eq!((&after["desk"], &after["payload"]["headline"]), (&json!("filed"), &json!(ANSWER)));
}

#[tokio::test]
async fn a_recall_whose_answer_was_lost_is_one_although_the_story_was_filed_again() {
    let given = filed().await;
    given.recall().await.unwrap();
    let lost = given.answer_lost().await;
    assert_eq!(given.there().await["desk"], "draft");
    given.author(Act::File).await;
    let before = given.there().await;
    assert_eq!(given.goes_on(lost.intent).await.state, DeliveryState::Confirmed);
    assert_eq!(given.there().await, before, "it was recalled once");
}

#[tokio::test]
async fn a_return_that_a_recall_has_overtaken_is_refused_and_writes_nothing() {
    let given = filed().await;
    let mut content = given.view().await.content;
    content.headline = "ডেস্কের শিরোনাম".to_owned();
    given.room.save(given.story, given.view().await.counter + 1, content).await;
    given.give_back().await.unwrap();
    given.author(Act::Recall).await;
    let before = given.there().await;
    let stuck = given.stuck().await;
    assert_eq!((stuck.state, stuck.cause), (DeliveryState::Refused, Some(Cause::Conflict)));
    assert_eq!(given.there().await, before);
    given.take_back(stuck.intent).await;
    assert_eq!(given.desk().await, DeskState::InEdit);
    assert_eq!(given.view().await.content.headline, "ডেস্কের শিরোনাম");
}

#[tokio::test]
async fn what_is_taken_back_before_it_was_sent_leaves_the_story_where_it_was() {
    let given = written().await;
    let filing = given.file().await.deliveries[0].intent;
    given.take_back(filing).await;
    assert_eq!(given.desk().await, DeskState::Draft);
    given.file().await;
    given.settled().await;
    let returning = given.give_back().await.unwrap().deliveries[0].intent;
    given.take_back(returning).await;
    assert_eq!(given.desk().await, DeskState::InEdit);
    assert_eq!(given.there().await["desk"], "filed");
    given.give_back().await.unwrap();
    assert_eq!(given.settled().await.act, IntentAct::Return);
}
