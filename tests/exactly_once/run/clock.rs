//! Time during a run: nobody waits for a clock here.

use chrono::TimeDelta;
use desk::{Host as _, wire::IntentView};
use story::DeliveryState;

use super::{Run, is_taking_down};
use crate::subject::Subject;

impl<S: Subject> Run<'_, S> {
    /// The clock is set to where something is due, when nothing is due before.
    pub(super) async fn let_time_pass(&mut self, open: &[IntentView]) {
        let now = self.room.host.now();
        let is_behind = |intent: &IntentView| {
            let downs =
                open.iter().filter(|other| is_taking_down(other.act) && other.intent != intent.intent);
            !is_taking_down(intent.act) && downs.clone().any(|down| down.story == intent.story)
        };
        let waits = |intent: &IntentView| {
            let is_later = intent.next_at.is_some_and(|next| next > now) || is_behind(intent);
            intent.state != DeliveryState::Sending && is_later
        };
        if open.is_empty() {
            return self.let_the_time_come().await;
        }
        if !open.iter().all(waits) {
            return;
        }
        let next = open.iter().filter(|intent| !is_behind(intent)).filter_map(|intent| intent.next_at).min();
        let Some(next) = next else { return };
        if self.dice.chance(10) {
            // Somebody has no patience.
            return self.send_now(open[0].intent).await;
        }
        self.pass(next - now + TimeDelta::milliseconds(1)).await;
    }

    /// Of scheduled stories, by both clocks.
    async fn let_the_time_come(&mut self) {
        let clock = self.room.host.now().min(self.lane.subject.now());
        for number in 0..self.stories.len() {
            let author = &self.stories[number];
            let Some(story) = author.story.filter(|_| author.waits_for_its_time()) else { continue };
            let at = self.view(story).await.live_at;
            let until = at.map_or(TimeDelta::zero(), |at| at + TimeDelta::seconds(6) - clock);
            // Clocks go on, and the desk asks again where it got no answer.
            return self.pass(until.max(TimeDelta::seconds(1))).await;
        }
    }

    async fn pass(&self, time: TimeDelta) {
        self.room.host.pass(time);
        self.lane.subject.pass(time);
        self.room.wake().await;
    }
}
