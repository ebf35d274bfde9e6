//! Approval as an act of its own, against a real portal: who may, what it holds for, and what falls.

use chrono::TimeDelta;

use khosra_desk::{
    Host as _,
    commands::call,
    wire::{
        ApproveStory, ErrorCode, IntentAct, IntentView, NameVersion, Nothing, OfIntent, OfRevision, OfStory,
        OnePersonMode, PublishStory, StoryView, VersionMark,
    },
};
use newsite::Running;
use serde_json::Value;
use story::{Approval, Cause, Command, DeliveryState, DeskState, PublicState, Role, StoryId};
use testkit::{Newsroom, account, content, portal, strict_portal};

use crate::common::{self, settled, stuck};

const HEADLINE: &str = "চরের স্কুলে নতুন ঘর";
const CHANGED: &str = "চরের স্কুলে নতুন ঘর।";

struct Given {
    room: Newsroom,
    site: Running,
    story: StoryId,
}

/// Nasrin's story, at the desk of a portal where a second person reads everything; the editor has it open.
async fn edited() -> Given {
    let room = Newsroom::open();
    let site = strict_portal(&room.folder().join("site")).await;
    let author = account(&site, Role::Correspondent);
    room.sign_in_at(&site.url(), &author.user, &author.password).await;
    let story = room.write(content(HEADLINE)).await.story;
    let given = Given { room, site, story };
    call::file(&given.room.desk, given.order().await).await.unwrap();
    given.settled().await;
    given.room.sign_in(&given.site).await;
    given
}

/// The editor's own story.
async fn own() -> Given {
    let room = Newsroom::open();
    let site = strict_portal(&room.folder().join("site")).await;
    room.sign_in(&site).await;
    let story = room.write(content(HEADLINE)).await.story;
    Given { room, site, story }
}

impl Given {
    async fn view(&self) -> StoryView {
        self.room.view(self.story).await
    }

    async fn order(&self) -> PublishStory {
        let counter = self.view().await.counter;
        PublishStory::soon(self.story, counter)
    }

    async fn publish(&self, over_fallen: bool) -> Result<StoryView, ErrorCode> {
        let order = PublishStory { over_fallen, ..self.order().await };
        call::publish(&self.room.desk, order).await.map_err(|error| error.code)
    }

    async fn approve(&self) -> Result<StoryView, ErrorCode> {
        let (story, counter) = (self.story, self.view().await.counter);
        call::approve(&self.room.desk, ApproveStory { story, counter }).await.map_err(|error| error.code)
    }

    async fn approved(&self) -> StoryView {
        self.approve().await.unwrap();
        assert_eq!(self.settled().await.act, IntentAct::Approve);
        self.view().await
    }

    async fn write(&self, headline: &str) -> StoryView {
        let counter = self.view().await.counter + 1;
        self.room.save(self.story, counter, content(headline)).await
    }

    async fn settled(&self) -> IntentView {
        settled(common::ended(&self.room, Some(self.story)).await)
    }

    async fn there(&self) -> Value {
        let url = format!("{}/api/v1/stories/{}", self.site.url(), self.story);
        let (_, body) = testkit::fetch_as(&url, Some(self.site.app_token())).await;
        serde_json::from_slice(&body).unwrap()
    }

    async fn commands(&self) -> Vec<Command> {
        let log = call::story_log(&self.room.desk, OfStory { story: self.story }).await.unwrap();
        log.iter().filter(|line| line.refused.is_none()).map(|line| line.command).collect()
    }
}

#[tokio::test]
async fn an_approval_is_at_the_portal_and_in_the_log_and_readers_get_nothing_of_it() {
    let given = edited().await;
    let view = given.approved().await;
    let approval = view.axes.approval.unwrap();
    assert_eq!((view.axes.desk, view.axes.public), (DeskState::Approved, PublicState::Never));
    let there = given.there().await;
    assert_eq!(there["approved"]["by"].as_str(), Some(approval.by.as_str()));
    assert_eq!((&there["approved"]["hash"], there["state"].as_str()), (&there["hash"], Some("never")));
    assert_eq!(given.commands().await, [Command::Create, Command::File, Command::Approve]);
    assert_eq!(
        given.approve().await.unwrap().axes.approval,
        Some(approval.clone()),
        "it is approved already"
    );
    given.publish(false).await.unwrap();
    given.settled().await;
    let view = given.view().await;
    assert_eq!(
        (view.axes.public, view.axes.approval),
        (PublicState::Live, Some(Approval { sent: true, ..approval }))
    );
    let commands = [Command::Create, Command::File, Command::Approve, Command::Publish];
    assert_eq!(given.commands().await, commands, "it is not approved a second time");
}

/// Drill 3: approve, change one letter, publish.
#[tokio::test]
async fn approve_change_one_letter_publish_is_refused_by_the_client() {
    let given = edited().await;
    let approval = given.approved().await.axes.approval;
    let view = given.write(CHANGED).await;
    assert_eq!((view.axes.desk, &view.axes.approval), (DeskState::InEdit, &None));
    assert_eq!(view.axes.fallen, approval, "who had approved is not forgotten");
    assert_eq!(given.publish(false).await.unwrap_err(), ErrorCode::RefusedApprovalFell);
    assert_eq!(given.view().await.axes.public, PublicState::Never);
    given.publish(true).await.unwrap();
    given.settled().await;
    let view = given.view().await;
    assert_eq!((view.axes.public, view.axes.fallen), (PublicState::Live, None));
}

#[tokio::test]
async fn the_very_text_that_was_approved_is_approved_again() {
    let given = edited().await;
    let approved = given.approved().await.axes;
    given.write(CHANGED).await;
    assert_eq!(given.write(HEADLINE).await.axes, approved);
    given.publish(false).await.unwrap();
    given.settled().await;
    assert_eq!(given.view().await.axes.public, PublicState::Live);
}

#[tokio::test]
async fn what_somebody_took_at_the_portal_after_its_approval_is_not_published() {
    let given = edited().await;
    given.approved().await;
    common::take_as(&given.room, &given.site, Role::SubEditor, given.story).await;
    given.publish(false).await.unwrap();
    let intent = stuck(common::ended(&given.room, Some(given.story)).await);
    assert_eq!((intent.state, intent.cause), (DeliveryState::Blocked, Some(Cause::NotApproved)));
    assert_eq!(given.there().await["state"].as_str(), Some("never"));
}

#[tokio::test]
async fn an_approval_that_was_not_sent_is_taken_back_with_its_intent() {
    let given = edited().await;
    let intent = given.approve().await.unwrap().deliveries.remove(0);
    call::cancel_intent(&given.room.desk, OfIntent { intent: intent.intent }).await.unwrap();
    let axes = given.view().await.axes;
    assert_eq!((axes.desk, axes.approval), (DeskState::InEdit, None));
    assert_eq!(given.commands().await.last(), Some(&Command::Unapprove));
}

#[tokio::test]
async fn own_writing_needs_somebody_else_until_one_person_mode_is_on_and_is_marked_then() {
    let given = own().await;
    assert_eq!(given.approve().await.unwrap_err(), ErrorCode::RefusedOwnWriting);
    assert_eq!(given.publish(false).await.unwrap_err(), ErrorCode::RefusedOwnWriting);
    let mode = call::set_one_person(&given.room.desk, OnePersonMode { on: true }).await.unwrap();
    assert!(!mode.newsroom && mode.until.is_some_and(|until| until > given.room.host.now()));
    let view = given.approved().await;
    assert!(view.axes.approval.unwrap().alone);
    assert_eq!(given.there().await["approved"]["alone"], true);
    assert_eq!(given.commands().await, [Command::Create, Command::ApproveAlone]);
    given.publish(false).await.unwrap();
    given.settled().await;
    assert_eq!(given.view().await.axes.public, PublicState::Live);
}

#[tokio::test]
async fn one_person_mode_ends_with_the_day_and_can_be_turned_off_before() {
    let given = own().await;
    call::set_one_person(&given.room.desk, OnePersonMode { on: true }).await.unwrap();
    given.room.host.pass(TimeDelta::hours(25));
    let mode = call::start(&given.room.desk, Nothing {}).await.unwrap().one_person;
    assert_eq!((mode.until, mode.by.as_str()), (None, ""));
    assert_eq!(given.publish(false).await.unwrap_err(), ErrorCode::RefusedOwnWriting);
    call::set_one_person(&given.room.desk, OnePersonMode { on: true }).await.unwrap();
    call::set_one_person(&given.room.desk, OnePersonMode { on: false }).await.unwrap();
    assert_eq!(given.approve().await.unwrap_err(), ErrorCode::RefusedOwnWriting);
}

#[tokio::test]
async fn a_newsroom_of_one_publishes_in_one_press_and_nothing_is_marked() {
    let room = Newsroom::open();
    let site = portal(&room.folder().join("site"), 0, &[]).await;
    room.sign_in(&site).await;
    assert!(call::start(&room.desk, Nothing {}).await.unwrap().one_person.newsroom);
    let story = room.write(content(HEADLINE)).await.story;
    let given = Given { room, site, story };
    given.publish(false).await.unwrap();
    given.settled().await;
    assert_eq!(given.commands().await, [Command::Create, Command::Approve, Command::Publish]);
    assert!(!given.view().await.axes.approval.unwrap().alone);
}

#[tokio::test]
async fn only_an_editor_turns_one_person_mode_on() {
    let room = Newsroom::open();
    let site = strict_portal(&room.folder().join("site")).await;
    let author = account(&site, Role::Correspondent);
    room.sign_in_at(&site.url(), &author.user, &author.password).await;
    let refused = call::set_one_person(&room.desk, OnePersonMode { on: true }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedRole);
}

#[tokio::test]
async fn what_is_written_after_the_publication_is_a_new_text_and_asks_nothing() {
    let given = edited().await;
    given.approved().await;
    given.publish(false).await.unwrap();
    given.settled().await;
    let view = given.write(CHANGED).await;
    assert_eq!((view.axes.desk, view.axes.approval, view.axes.fallen), (DeskState::InEdit, None, None));
    given.publish(false).await.unwrap();
    given.settled().await;
    assert!(!given.view().await.differs_from_live);
}

#[tokio::test]
async fn a_versions_history_tells_its_name_and_what_was_done_with_it() {
    let given = edited().await;
    given.approved().await;
    given.publish(false).await.unwrap();
    given.settled().await;
    given.write(CHANGED).await;
    let desk = &given.room.desk;
    let order = |name: &str| NameVersion { story: given.story, number: 1, name: name.to_owned() };
    let listed = call::name_version(desk, order(" ছাপার আগে ")).await.unwrap();
    let mark = listed.marks.iter().find(|mark| mark.number == 1).unwrap();
    assert_eq!(mark.name, "ছাপার আগে");
    let done = |mark: &VersionMark| mark.acts.iter().map(|act| act.command).collect::<Vec<_>>();
    let approved = listed.marks.iter().find(|mark| done(mark).contains(&Command::Approve)).unwrap();
    assert!(done(approved).ends_with(&[Command::Approve, Command::Publish]), "{approved:?}");
    let said =
        call::read_revision(desk, OfRevision { story: given.story, number: approved.number }).await.unwrap();
    assert_ne!(said.headline, CHANGED);
    let long = call::name_version(desk, order(&"ক".repeat(81))).await.unwrap_err();
    assert_eq!(long.code, ErrorCode::TextTooLong);
    assert!(call::name_version(desk, order("")).await.unwrap().marks.iter().all(|mark| mark.name.is_empty()));
}
