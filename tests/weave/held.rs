//! What holds a story back at the portal, by its book and by no code of its or of the table's: a legal flag, an embargo,
//! and a kill that waits for a second person.

use chrono::{DateTime, Utc};
use story::{Consent, Embargo, Guards, LegalFlag, Said};

use crate::{
    book::{Act, Kept},
    figures::Figures,
    guards::Mark,
    person::Person,
};

/// As far as a law asks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Held {
    is_flagged: bool,
    /// Whose account wants the flag cleared.
    clearing: Option<String>,
    until: Option<DateTime<Utc>>,
    /// Whose account wants the story killed.
    killing: Option<String>,
}

impl Held {
    pub fn of(guards: &Guards) -> Self {
        let clearing = guards.legal.as_ref().and_then(|flag| flag.clearing.as_ref());
        Self {
            is_flagged: guards.legal.is_some(),
            clearing: clearing.map(|said| said.account.clone()),
            until: guards.embargo.as_ref().map(|embargo| embargo.until),
            killing: guards.kill.as_ref().map(|said| said.account.clone()),
        }
    }

    /// Nothing goes to readers at that time.
    pub fn keeps_back(&self, at: DateTime<Utc>) -> bool {
        self.is_flagged || self.killing.is_some() || self.until.is_some_and(|until| at < until)
    }

    /// Whether what is held back so may go where this command brings it. A correction is of what readers have, and no
    /// embargo is of that.
    fn lets_pass(&self, act: &Act) -> bool {
        match act.command.as_str() {
            "approve" | "correct" => !self.is_flagged && self.killing.is_none(),
            "publish" => !self.keeps_back(act.at),
            "schedule" => act.time.is_some_and(|time| !self.keeps_back(time)),
            _ => true,
        }
    }

    /// Once this command was carried out, whoever may give it; `None` where it cannot have been.
    pub fn after(&self, act: &Act) -> Option<Self> {
        if !self.lets_pass(act) {
            return None;
        }
        let (clearing, killing, by) = (self.clearing.as_ref(), self.killing.as_ref(), Some(&act.by));
        let free = || Self { is_flagged: false, clearing: None, ..self.clone() };
        let settled = || Self { killing: None, ..self.clone() };
        let gives_reason = !act.note.is_empty();
        match act.command.as_str() {
            "flag" => gives_reason.then(|| Self { is_flagged: true, ..free() }),
            "ask_clear" => (self.is_flagged && clearing.is_none() && gives_reason)
                .then(|| Self { clearing: by.cloned(), ..self.clone() }),
            "clear_flag" => {
                (self.is_flagged && clearing.is_some() && clearing != by && gives_reason).then(free)
            }
            "clear_alone" => {
                (self.is_flagged && act.consent == Some(Consent::Glass) && gives_reason).then(free)
            }
            "ask_kill" => {
                (killing.is_none() && gives_reason).then(|| Self { killing: by.cloned(), ..self.clone() })
            }
            "kill" => (killing.is_some() && killing != by && gives_reason).then(settled),
            "kill_alone" => (act.consent == Some(Consent::Glass) && gives_reason).then(settled),
            "call_off_kill" => killing.is_some().then(settled),
            "set_embargo" => act.time.map(|time| Self { until: Some(time), ..self.clone() }),
            "lift_embargo" => Some(Self { until: None, ..self.clone() }),
            _ => Some(self.clone()),
        }
    }

    /// As the desk's table takes it: that it is there, and nothing of whose word it is.
    pub fn guards(&self) -> Guards {
        let said = Said {
            by: String::new(),
            account: String::new(),
            at: DateTime::UNIX_EPOCH,
            reason: String::new(),
        };
        let clearing = self.clearing.as_ref().map(|_| said.clone());
        let kill = self.killing.as_ref().map(|_| Box::new(said.clone()));
        Guards {
            legal: self.is_flagged.then(|| Box::new(LegalFlag { raised: said.clone(), clearing })),
            embargo: self.until.map(|until| Box::new(Embargo { until, set: said.clone() })),
            kill,
        }
    }
}

/// Readers got nothing of a story while a flag was on it or its embargo stood; the portal's commands stand in its book in
/// the order in which they were carried out.
pub fn got_through(kept: &Kept, figures: &mut Figures) -> Option<String> {
    let mut held = Held::default();
    let is_at_stake = kept.acts.iter().any(|act| mark(act).is_some());
    for act in &kept.acts {
        let judges = ["approve", "publish", "correct", "schedule"].contains(&act.command.as_str());
        figures
            .judged("readers get nothing that is held back: by the book", usize::from(is_at_stake && judges));
        held = match held.after(act) {
            Some(after) => after,
            None => return Some(format!("{}: {act:?} was carried out under {held:?}", kept.story)),
        };
    }
    let said = Held::of(&kept.guards);
    (held != said)
        .then(|| format!("{}: by the book it is held back by {held:?}, and by {said:?}", kept.story))
}

/// Whoever put something on or took it off was asked to, and once: none of these commands has a key in an outbox.
pub fn asked_for(kept: &Kept, people: &[Person<'_>], figures: &mut Figures) -> Vec<String> {
    let mut broken = Vec::new();
    for act in &kept.acts {
        let Some(mark) = mark(act) else { continue };
        figures.judged("what holds a story back was put on and taken off as somebody asked, once", 1);
        let same = |other: &&Act| other.by == act.by && self::mark(other).as_ref() == Some(&mark);
        let done = kept.acts.iter().filter(same).count();
        let asked = people.iter().filter(|person| person.user() == act.by).flat_map(|person| &person.asked);
        let asked = asked.filter(|asked| asked.story == kept.story && asked.mark == mark).count();
        if done > asked {
            broken.push(format!("{}: asked for {asked} times and done {done} times: {act:?}", kept.story));
        }
    }
    broken
}

pub fn mark(act: &Act) -> Option<Mark> {
    match act.command.as_str() {
        "flag" => Some(Mark::Flag(act.note.clone())),
        "ask_clear" | "clear_flag" | "clear_alone" => Some(Mark::Clear(act.note.clone())),
        "set_embargo" => act.time.map(Mark::Embargo),
        "lift_embargo" => Some(Mark::Lift),
        "call_off_kill" => Some(Mark::CallOff),
        _ => None,
    }
}

/// What holds it back at the portal is known on a machine that has it.
pub fn unknown_here(here: &Guards, kept: &Kept, figures: &mut Figures) -> Option<String> {
    let is_at_stake = *here != Guards::default() || kept.guards != Guards::default();
    figures.judged("what holds a story back is known on every machine", usize::from(is_at_stake));
    (*here != kept.guards).then(|| format!("it is held back by {here:?} here and by {:?} there", kept.guards))
}
