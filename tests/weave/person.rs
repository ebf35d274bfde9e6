//! Somebody at their own desk, on a machine of their own.

use std::{collections::BTreeMap, time::Duration};

use chrono::{DateTime, Utc};
use desk::{
    Desk, Host as _,
    commands::call,
    wire::{CommandError, IntentView, NoteView, Nothing, OfStory, StoryView},
};
use khosra_testkit::{Fault, Room};
use newsite::Clock as _;
use story::{IntentId, StoryId};

use crate::{
    guards::Asked,
    newsroom::{Chair, House, PATIENCE},
    plan::{Line, Plan, Seat},
};

/// How long is waited, at most, until what was asked for is done or stuck.
const QUIET: Duration = Duration::from_millis(150);
const LOOKS: usize = 8;

pub struct Person<'a> {
    house: &'a House,
    pub seat: Seat,
    pub chair: &'a Chair,
    pub room: Room,
    pub line: Line,
    /// Every word that was saved, by story; each stands in no other text of any run.
    pub saved: BTreeMap<StoryId, Vec<String>>,
    /// Intents that the desk said it had taken back.
    pub taken_back: Vec<IntentId>,
    /// What they did about whatever holds a story back, or tried to.
    pub asked: Vec<Asked>,
}

impl<'a> Person<'a> {
    pub async fn sit_down(house: &'a House, plan: &Plan, seat: Seat, first_id: u64) -> Self {
        let chair = house.chair(seat, plan);
        chair.line.calm();
        let mut room = Room::open(&chair.template, first_id, PATIENCE).await;
        room.host.pass(house.clock.now() - room.host.now() + plan.skew(seat));
        if plan.follows[seat.number()] {
            room.follow();
        }
        // As every start of the program does.
        call::refresh_queue(room.desk(), Nothing {}).await.expect("nothing is wrong with the line yet");
        let (saved, taken_back, asked) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { house, seat, chair, room, line: Line::Whole, saved, taken_back, asked }
    }

    /// The account.
    pub fn user(&self) -> &str {
        &self.chair.account.user
    }

    pub fn name(&self) -> &str {
        &self.chair.account.name
    }

    /// The clock on the wall, which is the portal's, whatever the machine's says.
    pub fn wall(&self) -> DateTime<Utc> {
        self.house.clock.now()
    }

    pub fn desk(&self) -> &Desk {
        self.room.desk()
    }

    pub fn lay(&mut self, line: Line) {
        self.line = line;
        let proxy = &self.chair.line;
        match line {
            Line::Whole => proxy.calm(),
            Line::Cut => proxy.bend(|_| Some(Fault::CutBefore)),
            Line::Mute => proxy.bend(|_| Some(Fault::CutAnswer(None))),
        }
    }

    /// The story, if it is on this machine.
    pub async fn view(&self, story: StoryId) -> Option<StoryView> {
        call::open_story(self.desk(), OfStory { story }).await.ok()
    }

    pub async fn notes(&self, story: StoryId) -> Vec<NoteView> {
        call::list_notes(self.desk(), OfStory { story }).await.map(|said| said.notes).unwrap_or_default()
    }

    /// Everything that is not settled.
    pub async fn open(&self) -> Vec<IntentView> {
        let outbox = call::outbox(self.desk(), Nothing {}).await.expect("the outbox can be read");
        outbox.intents.into_iter().filter(|intent| !intent.state.is_settled()).collect()
    }

    /// Waits until nothing moves any more by itself, with no patience for a time that something waits for. On a line
    /// that is not whole nothing ever comes to an end.
    pub async fn quiet(&self) -> Result<(), CommandError> {
        if self.line != Line::Whole {
            return Ok(());
        }
        for _ in 0..LOOKS {
            let waiting = self.open().await.into_iter().filter(|intent| intent.state.is_waiting());
            let waiting: Vec<_> = waiting.collect();
            if waiting.is_empty() {
                break;
            }
            if waiting.iter().any(|intent| intent.next_at.is_some()) {
                self.desk().send_all_now().await?;
            }
            self.desk().wait_for_outbox(None, QUIET).await?;
        }
        Ok(())
    }
}
