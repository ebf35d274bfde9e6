//! A story as its author means it: what is still to be done with it.

use story::{StoryId, StoryPhoto};

use crate::plan::{StoryPlan, TakenDown};

pub struct Author {
    pub plan: StoryPlan,
    pub story: Option<StoryId>,
    pub photos: Vec<StoryPhoto>,
    /// Versions given to the outbox so far, and how many there are to be.
    pub versions: usize,
    pub goal: usize,
    /// Requests that had arrived when it was begun.
    pub began: usize,
    /// The taking down that is still to come.
    pub down: Option<TakenDown>,
    /// The portal may yet publish it by its clock.
    pub may_be_scheduled: bool,
}

impl Author {
    pub fn of(plan: StoryPlan) -> Self {
        Self {
            plan,
            story: None,
            photos: Vec::new(),
            versions: 0,
            goal: plan.corrections + 1,
            began: 0,
            down: plan.taken_down,
            may_be_scheduled: false,
        }
    }

    pub fn is_done(&self) -> bool {
        self.versions >= self.goal && self.down.is_none() && !self.may_be_scheduled
    }

    /// Now, once so many requests have arrived; else when there is nothing else to be done.
    pub fn goes_down(&self, arrived: usize, is_open: bool) -> bool {
        let all_else = !is_open && self.versions >= self.goal && !self.waits_for_its_time();
        self.down.is_some_and(|down| all_else || arrived >= self.began + down.after)
    }

    /// Nothing is done with it before its time has come.
    pub fn waits_for_its_time(&self) -> bool {
        let is_awaited = self.plan.scheduled.is_some_and(|scheduled| scheduled.is_awaited);
        let is_last = self.versions >= self.goal && self.down.is_none();
        self.may_be_scheduled && (is_awaited || is_last)
    }
}
