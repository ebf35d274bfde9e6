//! What holds a story back from readers, wherever it stands: a legal flag, an embargo, a kill that waits for a second
//! person. They are constraints beside the text and never part of it: no version, no payload and no page has them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::{Command, Refusal, RefusalCode};

/// Longest reason of a guard, in letters.
pub const MAX_GUARD_LETTERS: usize = 1_000;

/// A time further ahead than this, of an embargo or a schedule, is a slip of the hand.
pub const FURTHEST: TimeDelta = TimeDelta::days(366);

/// What somebody said, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Said {
    /// The person's name.
    #[serde(default)]
    pub by: String,
    /// Their account at the portal; empty where only this machine knows of it.
    #[serde(default)]
    pub account: String,
    /// When, by the clock of whoever wrote it down.
    pub at: DateTime<Utc>,
    /// Why; may be empty for an embargo.
    #[serde(default)]
    pub reason: String,
}

/// Somebody doubts that the story may be published at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LegalFlag {
    /// By whom, and why.
    pub raised: Said,
    /// An editor wants it cleared; another one has to agree.
    #[serde(default)]
    pub clearing: Option<Said>,
}

/// Not before this time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Embargo {
    /// By the portal's clock.
    pub until: DateTime<Utc>,
    /// By whom.
    pub set: Said,
}

/// Everything that holds one story back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Guards {
    /// Blocks approve, publish, schedule and correct.
    pub legal: Option<Box<LegalFlag>>,
    /// Blocks publish and schedule before its time.
    pub embargo: Option<Box<Embargo>>,
    /// A kill that one editor asked for. Readers have the story no more; it is final once another editor agrees.
    pub kill: Option<Box<Said>>,
}

/// Who is about to lift a guard or to kill, and on whose word.
#[derive(Debug, Clone, Copy)]
pub struct Alone<'a> {
    /// Name or account, as [`Said::is_by`] compares it.
    pub me: &'a str,
    /// There is nobody else to ask in this newsroom.
    pub newsroom_of_one: bool,
    /// There is no time to ask anybody; it will be marked.
    pub breaks_glass: bool,
}

impl Said {
    /// Said by this person; by the account where it is known, else by the name.
    pub fn is_by(&self, me: &str) -> bool {
        if self.account.is_empty() { self.by == me } else { self.account == me || self.by == me }
    }
}

impl Guards {
    /// Nothing holds the story back.
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }

    /// The embargo, while it keeps the story from readers who are to get it at `at`.
    pub fn embargo_at(&self, at: DateTime<Utc>) -> Option<&Embargo> {
        self.embargo.as_deref().filter(|embargo| at < embargo.until)
    }

    /// A person has something to do about it: an embargo ends by itself.
    pub fn wants_somebody(&self) -> bool {
        self.legal.is_some() || self.kill.is_some()
    }

    /// What keeps `command` from a story that is to reach readers at `at`, if its time is not there.
    ///
    /// # Errors
    /// [`RefusalCode::Embargoed`] for a publication or a schedule.
    pub fn allow_at(&self, command: Command, at: DateTime<Utc>) -> Result<(), Refusal> {
        let goes_out = matches!(command, Command::Publish | Command::Schedule);
        if goes_out && self.embargo_at(at).is_some() {
            let instead = Some(Command::Schedule);
            return Err(Refusal { code: RefusalCode::Embargoed, instead });
        }
        Ok(())
    }

    /// Which step this person's clearing of the legal flag is.
    ///
    /// # Errors
    /// [`RefusalCode::NotFlagged`]; [`RefusalCode::SecondPerson`] for whoever has asked for it already.
    pub fn clearing_step(&self, alone: Alone<'_>) -> Result<Command, Refusal> {
        let Some(flag) = &self.legal else {
            return Err(Refusal { code: RefusalCode::NotFlagged, instead: None });
        };
        step(flag.clearing.as_ref(), alone, [Command::AskClear, Command::ClearFlag, Command::ClearAlone])
    }

    /// Which step this person's kill is.
    ///
    /// # Errors
    /// [`RefusalCode::SecondPerson`] for whoever has asked for it already.
    pub fn killing_step(&self, alone: Alone<'_>) -> Result<Command, Refusal> {
        step(self.kill.as_deref(), alone, [Command::AskKill, Command::Kill, Command::KillAlone])
    }

    /// The same once `command` was carried out. A command that is none of a guard's changes nothing.
    #[must_use]
    pub fn after(mut self, command: Command, said: Said) -> Self {
        match command {
            Command::Flag => self.legal = Some(Box::new(LegalFlag { raised: said, clearing: None })),
            Command::AskClear => {
                if let Some(flag) = &mut self.legal {
                    flag.clearing = Some(said);
                }
            }
            Command::ClearFlag | Command::ClearAlone => self.legal = None,
            Command::LiftEmbargo => self.embargo = None,
            Command::AskKill => self.kill = Some(Box::new(said)),
            Command::Kill | Command::KillAlone | Command::CallOffKill => self.kill = None,
            _ => {}
        }
        self
    }

    /// The same with an embargo.
    #[must_use]
    pub fn embargoed(self, until: DateTime<Utc>, set: Said) -> Self {
        Self { embargo: Some(Box::new(Embargo { until, set })), ..self }
    }
}

/// The first person asks, another one agrees; alone it takes a newsroom of one, or breaking the glass.
fn step(
    asked: Option<&Said>,
    alone: Alone<'_>,
    [ask, agree, glass]: [Command; 3],
) -> Result<Command, Refusal> {
    if alone.newsroom_of_one {
        return Ok(agree);
    }
    if alone.breaks_glass {
        return Ok(glass);
    }
    match asked {
        None => Ok(ask),
        Some(said) if said.is_by(alone.me) => {
            Err(Refusal { code: RefusalCode::SecondPerson, instead: Some(glass) })
        }
        Some(_) => Ok(agree),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(by: &str) -> Said {
        Said {
            by: by.to_owned(), account: String::new(), at: DateTime::UNIX_EPOCH, reason: "কারণ".to_owned()
        }
    }

    fn alone(me: &str) -> Alone<'_> {
        Alone { me, newsroom_of_one: false, breaks_glass: false }
    }

    #[test]
    fn a_flag_is_cleared_by_two_by_breaking_the_glass_or_where_there_is_nobody_else() {
        let free = Guards::default();
        assert_eq!(free.clearing_step(alone("ক")).map_err(|no| no.code), Err(RefusalCode::NotFlagged));
        let flagged = free.after(Command::Flag, said("খ"));
        assert_eq!(flagged.clearing_step(alone("ক")), Ok(Command::AskClear));
        let asked = flagged.clone().after(Command::AskClear, said("ক"));
        let again = asked.clearing_step(alone("ক")).map_err(|no| (no.code, no.instead));
        assert_eq!(again, Err((RefusalCode::SecondPerson, Some(Command::ClearAlone))));
        assert_eq!(asked.clearing_step(alone("গ")), Ok(Command::ClearFlag));
        let glass = Alone { breaks_glass: true, ..alone("ক") };
        assert_eq!(flagged.clearing_step(glass), Ok(Command::ClearAlone));
        let one = Alone { newsroom_of_one: true, ..alone("ক") };
        assert_eq!(flagged.clearing_step(one), Ok(Command::ClearFlag));
        assert!(asked.clone().after(Command::ClearFlag, said("গ")).is_free());
        let renewed = asked.after(Command::Flag, said("খ"));
        assert_eq!(renewed.legal.and_then(|flag| flag.clearing), None, "a new doubt is asked about anew");
    }

    #[test]
    fn a_kill_is_asked_for_by_one_and_made_final_by_another() {
        let free = Guards::default();
        assert_eq!(free.killing_step(alone("ক")), Ok(Command::AskKill));
        let waiting = free.after(Command::AskKill, said("ক"));
        assert_eq!(waiting.killing_step(alone("ক")).map_err(|no| no.code), Err(RefusalCode::SecondPerson));
        assert_eq!(waiting.killing_step(alone("খ")), Ok(Command::Kill));
        assert_eq!(waiting.killing_step(Alone { breaks_glass: true, ..alone("ক") }), Ok(Command::KillAlone));
        assert!(waiting.after(Command::CallOffKill, said("খ")).is_free());
    }

    #[test]
    fn an_embargo_holds_until_its_very_time_and_lets_approvals_through() {
        let until = DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(1);
        let before = until - chrono::TimeDelta::milliseconds(1);
        let guards = Guards::default().embargoed(until, said("ক"));
        for command in [Command::Publish, Command::Schedule] {
            assert_eq!(guards.allow_at(command, before).map_err(|no| no.code), Err(RefusalCode::Embargoed));
            assert_eq!(guards.allow_at(command, until), Ok(()));
        }
        assert_eq!(guards.allow_at(Command::Approve, before), Ok(()));
        assert!(!guards.wants_somebody());
        assert!(guards.after(Command::LiftEmbargo, said("ক")).is_free());
    }
}
