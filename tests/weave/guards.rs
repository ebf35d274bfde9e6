//! What a person does about what holds a story back: puts a legal flag or an embargo on, or takes it off.

use chrono::{DateTime, TimeDelta, Utc};
use desk::{
    commands::call,
    wire::{ClearFlag, CommandError, FlagStory, OfStory, SetEmbargo},
};
use story::StoryId;

use crate::{
    act::{Doing, Done, done},
    plan::What,
};

/// One such thing that somebody asked for, whatever was answered: a portal that nobody hears may have done it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub story: StoryId,
    pub mark: Mark,
}

/// By what it is known again in the portal's book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Its reason is in no other.
    Flag(String),
    /// The same.
    Clear(String),
    Embargo(DateTime<Utc>),
    Lift,
    CallOff,
}

impl Doing<'_, '_> {
    pub async fn hold_back(&mut self, story: StoryId) -> Result<Done, CommandError> {
        let reason = self.word.clone();
        let until = |minutes| self.person.wall() + TimeDelta::minutes(minutes);
        let (mark, breaks_glass) = match self.step.what {
            What::Flag => (Mark::Flag(reason.clone()), false),
            What::Clear { glass } => (Mark::Clear(reason.clone()), glass),
            What::Embargo { minutes } => (Mark::Embargo(until(minutes)), false),
            What::Lift => (Mark::Lift, false),
            What::CallOff => (Mark::CallOff, false),
            _ => return Ok(Done::Nothing),
        };
        self.person.asked.push(Asked { story, mark: mark.clone() });
        let desk = self.person.desk();
        match mark {
            Mark::Flag(_) => done(call::flag_story(desk, FlagStory { story, reason }).await),
            Mark::Clear(_) => done(call::clear_flag(desk, ClearFlag { story, reason, breaks_glass }).await),
            Mark::Embargo(until) => done(call::set_embargo(desk, SetEmbargo { story, until }).await),
            Mark::Lift => done(call::lift_embargo(desk, OfStory { story }).await),
            Mark::CallOff => done(call::call_off_kill(desk, OfStory { story }).await),
        }
    }
}
