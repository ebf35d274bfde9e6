//! What the person does during a run: whatever the window allows.

use chrono::TimeDelta;
use desk::{
    Host as _,
    commands::call,
    wire::{
        AttachPhoto, CommandError, ErrorCode, IntentAct, IntentView, Nothing, OfIntent, OfStory,
        PublishStory, SaveDraft, ScheduleStory, StoryView, TakeDownStory,
    },
};
use khosra_testkit::content;
use story::{Cause, IntentId, PublicState, StoryId};

use super::{ANSWERS, Down, Run, is_taking_down};
use crate::{
    material::{headline, picture, said},
    subject::Subject,
};

impl<S: Subject> Run<'_, S> {
    /// Whoever has a command to give, and may, does so; says whether anybody had.
    pub(super) async fn write(&mut self, open: &[IntentView]) -> Result<bool, String> {
        let mut wrote = false;
        for number in 0..self.stories.len() {
            if !self.stories[number].is_done() && !self.waits(number) {
                wrote |= self.step(number, open).await?;
            }
        }
        Ok(wrote)
    }

    async fn step(&mut self, number: usize, open: &[IntentView]) -> Result<bool, String> {
        let story = self.stories[number].story;
        let is_open = story.is_some_and(|story| open.iter().any(|intent| intent.story == story));
        let Some(story) = story else {
            let story = self.begin(number).await;
            self.stories[number].began = *self.arrived.borrow();
            return self.publish(number, story).await.map(|()| true);
        };
        if self.stories[number].goes_down(*self.arrived.borrow(), is_open) {
            return self.take_down(number, story, is_open).await.map(|()| true);
        }
        if is_open {
            return Ok(false);
        }
        let public = self.view(story).await.axes.public;
        let author = &mut self.stories[number];
        author.may_be_scheduled &=
            public == PublicState::Scheduled && self.lane.subject.pass(TimeDelta::zero());
        if author.is_done() || author.waits_for_its_time() {
            return Ok(false);
        }
        self.publish(number, story).await.map(|()| true)
    }

    pub(super) async fn view(&self, story: StoryId) -> StoryView {
        call::open_story(self.room.desk(), OfStory { story }).await.expect("it is there")
    }

    /// Withdraws or kills it, if the desk finds something to take down.
    async fn take_down(&mut self, number: usize, story: StoryId, is_open: bool) -> Result<(), String> {
        let author = &mut self.stories[number];
        let Some(plan) = author.down else { return Ok(()) };
        let order = TakeDownStory {
            story, reason: "তথ্য যাচাই হয়নি".to_owned(), breaks_glass: false
        };
        let desk = self.room.desk();
        let taken =
            if plan.killed { call::kill(desk, order).await } else { call::withdraw(desk, order).await };
        match taken {
            Ok(view) => {
                author.down = None;
                author.goal = author.versions + usize::from(plan.again);
                let intent = view.deliveries[0].intent;
                self.downs.push(Down { story, intent, lines: None });
                *if plan.killed { &mut self.figures.killed } else { &mut self.figures.withdrawn } += 1;
                self.figures.overtaken += u64::from(is_open);
                self.figures.again += u64::from(plan.again);
                Ok(())
            }
            // Everything was taken back before.
            Err(error) if error.code == ErrorCode::RefusedNotPublic => {
                author.down = None;
                Ok(())
            }
            Err(error) => Err(format!("to take it down was refused: {error:?}")),
        }
    }

    /// Not yet, while others are not done.
    fn waits(&self, number: usize) -> bool {
        let arrived = *self.arrived.borrow() - self.begin;
        let before = &self.stories[..number];
        arrived < self.stories[number].plan.begins_after && before.iter().any(|other| !other.is_done())
    }

    async fn begin(&mut self, number: usize) -> StoryId {
        let story = call::new_story(self.room.desk(), Nothing {}).await.expect("a story").story;
        let plan = self.stories[number].plan;
        for photo in 0..plan.photos {
            let bytes = picture(self.plan.seed, number, photo, plan.large && photo == 0);
            let attach = AttachPhoto { story, name: format!("{photo}.jpg") };
            let attached = self.room.desk().attach_photo(attach, bytes).await.expect("a photo");
            self.stories[number].photos.push(said(attached.photo.id, photo == 0));
            self.figures.photos += 1;
        }
        self.stories[number].story = Some(story);
        self.figures.stories += 1;
        story
    }

    /// The next version, saved and given to the outbox.
    async fn publish(&mut self, number: usize, story: StoryId) -> Result<(), String> {
        let counter = self.view(story).await.counter + 1;
        let author = &mut self.stories[number];
        author.versions += 1;
        let headline = headline(self.plan.seed, number, author.versions);
        let content = story::Content {
            photos: author.photos.clone(),
            section: S::SECTION.to_owned(),
            ..content(&headline)
        };
        let (plan, is_first) = (author.plan, author.versions == 1);
        let save = SaveDraft { story, counter, content, undo: None };
        call::save_draft(self.room.desk(), save).await.expect("it is saved");
        let given = match plan.scheduled.filter(|_| is_first) {
            Some(scheduled) => {
                author.may_be_scheduled = true;
                self.figures.scheduled += 1;
                // A real clock must not reach it during the run.
                let least = if self.lane.subject.pass(TimeDelta::zero()) { 0 } else { 90 };
                let at = self.room.host.now() + TimeDelta::minutes(scheduled.minutes.max(least));
                call::schedule(self.room.desk(), ScheduleStory { story, counter, at, over_fallen: false })
                    .await
            }
            None => {
                let order = PublishStory::soon(story, counter);
                call::publish(self.room.desk(), order).await
            }
        };
        let view = given.map_err(|error| format!("publish was refused: {error:?}"))?;
        self.figures.intents += 1;
        if plan.taken_back {
            self.take_back(view.deliveries[0].intent).await;
        }
        Ok(())
    }

    /// Says whether it could be taken back.
    async fn take_back(&mut self, intent: IntentId) -> bool {
        match call::cancel_intent(self.room.desk(), OfIntent { intent }).await {
            Ok(_) => {
                self.figures.taken_back += 1;
                self.taken_back.push(intent);
                true
            }
            Err(error) => {
                assert_eq!(error.code, ErrorCode::TooLateToCancel);
                false
            }
        }
    }

    /// What waits for a person gets one: who signs in again, sends again, or takes it back.
    pub(super) async fn answer(&mut self, open: &[IntentView]) -> Result<(), String> {
        for stuck in open.iter().filter(|intent| intent.state.is_stuck()) {
            self.answers += 1;
            if self.answers > ANSWERS {
                return Err("whatever the person does, it stays stuck".to_owned());
            }
            let cause = stuck.cause.map(|cause| format!("{cause:?}")).unwrap_or_default();
            *self.figures.stuck.entry(cause).or_default() += 1;
            let signed_out = matches!(stuck.cause, Some(Cause::SignedOut | Cause::NoSecret));
            let calm = *self.arrived.borrow() - self.begin > self.plan.faults.len();
            let dice = self.dice.below(100);
            if self.is_too_late(stuck) && self.take_back(stuck.intent).await {
                continue;
            }
            match dice {
                // On a good line everything must arrive: to take it back then would hide what never can. Who takes a
                // story down means it.
                0..12 if !calm && !is_taking_down(stuck.act) => drop(self.take_back(stuck.intent).await),
                12..60 if signed_out => {
                    // It may fail on this line as anything may; then the person is asked again.
                    self.figures.sign_ins += 1;
                    let _: Result<(), CommandError> = self.room.sign_in().await;
                }
                _ => self.send_now(stuck.intent).await,
            }
        }
        Ok(())
    }

    /// No portal takes a time that is past by its clock.
    fn is_too_late(&self, stuck: &IntentView) -> bool {
        stuck.act == IntentAct::Schedule
            && stuck.cause == Some(Cause::Invalid)
            && stuck.live_at.is_some_and(|at| at <= self.lane.subject.now())
    }

    pub(super) async fn send_now(&mut self, intent: IntentId) {
        self.figures.sent_again += 1;
        call::send_now(self.room.desk(), OfIntent { intent }).await.expect("the window offers it");
    }
}
