//! What was done, counted.

use std::{collections::BTreeMap, fmt};

use chrono::TimeDelta;

/// Sums over runs.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub runs: u64,
    pub requests: u64,
    pub stories: u64,
    pub photos: u64,
    /// Originals that a portal has in the end.
    pub originals: u64,
    pub intents: u64,
    pub confirmed: u64,
    pub taken_back: u64,
    pub scheduled: u64,
    pub withdrawn: u64,
    pub killed: u64,
    /// Of those two, while something of the story was on its way.
    pub overtaken: u64,
    /// Published again after a withdrawal.
    pub again: u64,
    /// Articles too many that no reader sees, until the next look puts them away.
    pub copies: u64,
    /// Stories whose end the portal cannot promise.
    pub open_ends: u64,
    /// Of those, the stories that were taken down last and that readers have: the command that was overtaken came after all.
    pub came_back: u64,
    pub attempts: u64,
    pub kills: u64,
    pub sign_ins: u64,
    pub sent_again: u64,
    /// By the desk's clock.
    pub passed: TimeDelta,
    pub faults: BTreeMap<String, u64>,
    /// Times that a person was asked, by cause.
    pub stuck: BTreeMap<String, u64>,
}

impl Figures {
    pub fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.runs, other.runs),
            (&mut self.requests, other.requests),
            (&mut self.stories, other.stories),
            (&mut self.photos, other.photos),
            (&mut self.originals, other.originals),
            (&mut self.intents, other.intents),
            (&mut self.confirmed, other.confirmed),
            (&mut self.taken_back, other.taken_back),
            (&mut self.scheduled, other.scheduled),
            (&mut self.withdrawn, other.withdrawn),
            (&mut self.killed, other.killed),
            (&mut self.overtaken, other.overtaken),
            (&mut self.again, other.again),
            (&mut self.copies, other.copies),
            (&mut self.open_ends, other.open_ends),
            (&mut self.came_back, other.came_back),
            (&mut self.attempts, other.attempts),
            (&mut self.kills, other.kills),
            (&mut self.sign_ins, other.sign_ins),
            (&mut self.sent_again, other.sent_again),
        ] {
            *sum += more;
        }
        self.passed += other.passed;
        for (sums, more) in [(&mut self.faults, other.faults), (&mut self.stuck, other.stuck)] {
            more.into_iter().for_each(|(name, times)| *sums.entry(name).or_default() += times);
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: u64 = self.faults.values().sum();
        writeln!(
            f,
            "{} runs, {} requests, {faults} faults, {} kills; {} stories with {} photos and {} originals in {} intents: \
             {} confirmed, {} taken back, after {} attempts; {} scheduled; {} withdrawn and {} killed for ever, \
             {} of them with something on its way, {} published again; {} sign-ins, {} times sent again by hand; \
             {} hours passed by the desk's clock",
            self.runs,
            self.requests,
            self.kills,
            self.stories,
            self.photos,
            self.originals,
            self.intents,
            self.confirmed,
            self.taken_back,
            self.attempts,
            self.scheduled,
            self.withdrawn,
            self.killed,
            self.overtaken,
            self.again,
            self.sign_ins,
            self.sent_again,
            self.passed.num_hours(),
        )?;
        if self.copies + self.open_ends > 0 {
            let Self { copies, open_ends, came_back, .. } = self;
            writeln!(
                f,
                "without a promise: {copies} copies until the next look, {open_ends} ends left open, {came_back} of them back with readers"
            )?;
        }
        self.faults.iter().try_for_each(|(name, times)| writeln!(f, "{times:>8}  {name}"))?;
        writeln!(f, "a person was asked:")?;
        self.stuck.iter().try_for_each(|(name, times)| writeln!(f, "{times:>8}  {name}"))
    }
}
